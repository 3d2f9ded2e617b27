"""Several matters of one visit: who has them, what came of each, one answer for every one."""

import pytest
from sqlalchemy.orm import Session

from desk.actions.dispatching import DispatchCase
from desk.actions.matters import AddMatter, AnswerMatter, AssignMatter, MatterUnit
from desk.actions.support import DropSupport
from desk.actions.taking_back import TakeBack
from desk.rules.codes import (
    AssignmentRole,
    Exit,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Assignment, CaseSearch
from tests.actions.several import (
    BOTH,
    EXPLAINED,
    FAST,
    PARTLY,
    SOLVED,
    answer,
    give_second_to_enforcement,
    ids,
    matters,
    two_units,
)
from tests.actions.work import LI, LIANG, SUN, ZHAO, ZHOU, S
from tests.small_hall import COMMAND_LINE

# What comes up later


def test_a_matter_that_comes_up_later_is_added_and_the_lead_has_it(work):
    case = work.to(S.HANDLING)
    at = work.clock.forward(minutes=1)

    changes = work.ask(ZHAO, AddMatter, case, contents=("楼顶漏水", " ", "门禁坏了"))

    rows = matters(work, case)
    assert changes.title == "添加事项 2 个"
    assert work.history(case)[-1].payload["detail"] == "楼顶漏水\n门禁坏了"
    assert [row.content for row in rows[1:]] == ["楼顶漏水", "门禁坏了"]
    assert [(row.seq, row.unit_id) for row in rows[1:]] == [
        (2, work.unit("城建办")),
        (3, work.unit("城建办")),
    ]
    assert {(row.added_at, row.round_no) for row in rows[1:]} == {(at, 1)}


def test_a_matter_can_be_added_for_a_unit_on_the_case(work):
    case = two_units(work)

    work.ask(ZHAO, AddMatter, case, contents=("占道",), unit=work.unit("综合行政执法队"))

    assert matters(work, case)[-1].unit_id == work.unit("综合行政执法队")


def test_before_the_dispatch_a_new_matter_has_no_unit_and_then_goes_to_the_lead(work):
    case = work.register()
    work.ask(LI, AddMatter, case, contents=("楼顶漏水",))
    assert matters(work, case)[1].unit_id is None

    work.to(S.DISPATCHED, case)

    assert {row.unit_id for row in matters(work, case)} == {work.unit("城建办")}


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"contents": ()}, "contents", "请写下新提出的事项"),
        ({"contents": (" ", "\n")}, "contents", "请写下新提出的事项"),
        ({"contents": ("事",) * 99}, "contents", "最多 99 个事项"),
    ],
)
def test_an_added_matter_must_say_something_and_there_is_an_end(work, facts, field, sentence):
    case = work.to(S.HANDLING)

    with pytest.raises(RuleBroken, match=sentence) as refused:
        work.ask(ZHAO, AddMatter, case, **facts)

    assert refused.value.field == field
    assert len(matters(work, case)) == 1


def test_a_matter_is_not_added_for_a_unit_that_is_not_on_the_case(work):
    case = work.to(S.HANDLING)

    with pytest.raises(RuleBroken, match="执法队还没有参加这一件，请先分拨或加派") as refused:
        work.ask(ZHAO, AddMatter, case, contents=("占道",), unit=work.unit("综合行政执法队"))

    assert refused.value.field == "unit"


def test_a_unit_without_a_part_adds_nothing_and_after_handling_nobody_does(work):
    case = work.to(S.HANDLING)
    with pytest.raises(NotAllowed):
        work.ask(LIANG, AddMatter, case, contents=("别的",))

    work.to(S.OPINION, case)

    with pytest.raises(NotAllowed):
        work.ask(ZHAO, AddMatter, case, contents=("又一件",))


def test_a_case_is_found_by_what_came_up_later(work):
    case = work.register(matters=("路灯不亮", "电梯停运"))
    work.to(S.HANDLING, case)

    work.ask(ZHAO, AddMatter, case, contents=("楼顶漏水",))

    with Session(work.hall.engine) as session:
        doc = session.get_one(CaseSearch, (case, False)).doc
    assert all(words in doc for words in ("电梯停运", "楼顶漏水"))


# Who has which


def test_the_dispatchers_give_a_matter_to_another_unit_on_the_case(work):
    case = two_units(work)
    second = ids(work, case)[1]
    unit = work.unit("综合行政执法队")

    changes = work.ask(ZHOU, AssignMatter, case, matters=(MatterUnit(second, unit),))

    assert changes.title == "事项分给单位"
    assert work.history(case)[-1].payload["detail"] == "事项 2 交执法队：电梯停运"
    assert [row.unit_id for row in matters(work, case)] == [work.unit("城建办"), unit]


def test_whoever_takes_a_matter_over_keeps_the_words_and_gives_the_result_anew(work):
    case = two_units(work)
    second = ids(work, case)[1]
    work.ask(ZHAO, AnswerMatter, case, answers=(answer(second, PARTLY, "换了一半。"),))

    give_second_to_enforcement(work, case)

    row = matters(work, case)[1]
    assert (row.result, row.is_solved, row.answered_by, row.answered_at) == (None,) * 4
    assert row.answer == "换了一半。"


def test_a_matter_is_not_given_to_a_unit_outside_the_case(work):
    case = two_units(work)
    second = ids(work, case)[1]

    wanted = (MatterUnit(second, work.unit("南塘社区")),)
    with pytest.raises(RuleBroken, match="南塘还没有参加这一件") as refused:
        work.ask(ZHOU, AssignMatter, case, matters=wanted)

    assert refused.value.field == f"unit_{second}"
    assert matters(work, case)[1].unit_id == work.unit("城建办")


def test_before_the_dispatch_no_unit_can_have_a_matter(work):
    case = work.register(matters=BOTH)

    wanted = (MatterUnit(ids(work, case)[1], work.unit("城建办")),)
    with pytest.raises(RuleBroken, match="请先分拨或加派"):
        work.ask(ZHOU, AssignMatter, case, matters=wanted)


def test_giving_every_matter_to_whom_has_it_already_is_refused(work):
    case = two_units(work)
    wanted = tuple(MatterUnit(one, work.unit("城建办")) for one in ids(work, case))

    with pytest.raises(RuleBroken, match="都没有变") as refused:
        work.ask(ZHOU, AssignMatter, case, matters=wanted)

    assert refused.value.field == "matters"


def test_a_matter_of_another_case_is_not_touched(work):
    case, other = two_units(work), work.to(S.HANDLING, matters=BOTH)
    foreign = ids(work, other)[0]

    wanted = (MatterUnit(foreign, work.unit("城建办")),)
    with pytest.raises(RuleBroken, match="不在这一轮里"):
        work.ask(ZHOU, AssignMatter, case, matters=wanted)
    with pytest.raises(RuleBroken, match="不在这一轮里") as refused:
        work.ask(ZHAO, AnswerMatter, case, answers=(answer(foreign),))
    assert refused.value.field == "answers"


def test_only_the_dispatchers_give_matters_away(work):
    case = two_units(work)

    wanted = (MatterUnit(ids(work, case)[1], work.unit("综合行政执法队")),)
    with pytest.raises(NotAllowed):
        work.ask(ZHAO, AssignMatter, case, matters=wanted)


def test_with_another_lead_the_matters_go_to_it_and_those_of_a_remaining_unit_stay(work):
    case = two_units(work)
    give_second_to_enforcement(work, case)

    work.ask(
        ZHOU,
        DispatchCase,
        case,
        lead=work.unit("榕东社区"),
        supports=(work.unit("综合行政执法队"),),
        reason="归社区",
        **FAST,
    )

    units = [row.unit_id for row in matters(work, case)]
    assert units == [work.unit("榕东社区"), work.unit("综合行政执法队")]


def test_a_unit_that_leaves_the_case_leaves_its_matters_to_the_lead(work):
    case = two_units(work, S.ACCEPTED)
    give_second_to_enforcement(work, case)

    work.ask(ZHOU, DispatchCase, case, lead=work.unit("榕东社区"), reason="归社区", **FAST)

    assert {row.unit_id for row in matters(work, case)} == {work.unit("榕东社区")}


# What came of each


def test_a_supporting_unit_answers_its_own_matter(work):
    case = two_units(work)
    second = give_second_to_enforcement(work, case)
    at = work.clock.forward(minutes=1)

    changes = work.ask(
        SUN, AnswerMatter, case, answers=(answer(second, said="已修好。", basis="《条例》"),)
    )

    row = matters(work, case)[1]
    assert changes.title == "答复事项 2"
    assert work.history(case)[-1].payload["detail"] == "事项 2 已解决：已修好。"
    assert (row.result, row.answer, row.basis, row.is_solved) == (
        SOLVED,
        "已修好。",
        "《条例》",
        True,
    )
    assert (row.answered_by, row.answered_at) == (work.staff(SUN), at)
    assert work.case(case).status is S.HANDLING


def test_the_lead_may_answer_a_matter_of_another_unit_and_put_it_otherwise(work):
    case = two_units(work)
    first, second = ids(work, case)
    give_second_to_enforcement(work, case)
    work.ask(SUN, AnswerMatter, case, answers=(answer(second, PARTLY, is_solved=True),))

    work.ask(ZHAO, AnswerMatter, case, answers=(answer(second, None, "措辞改了。"), answer(first)))

    row = matters(work, case)[1]
    assert (row.result, row.answer, row.is_solved) == (PARTLY, "措辞改了。", True)
    assert row.answered_by == work.staff(ZHAO)
    assert work.history(case)[-1].title == "答复事项 1、2"


def test_saying_the_same_again_leaves_the_answer_with_who_gave_it(work):
    case = two_units(work)
    second = give_second_to_enforcement(work, case)
    work.ask(SUN, AnswerMatter, case, answers=(answer(second),))

    work.ask(ZHAO, AnswerMatter, case, answers=(answer(second),))

    assert matters(work, case)[1].answered_by == work.staff(SUN)


def test_another_result_takes_the_word_solved_with_it(work):
    case = two_units(work)
    first = ids(work, case)[0]
    work.ask(ZHAO, AnswerMatter, case, answers=(answer(first, SOLVED),))

    work.ask(ZHAO, AnswerMatter, case, answers=(answer(first, EXPLAINED),))

    assert matters(work, case)[0].is_solved is False


def test_a_supporting_unit_does_not_answer_for_others(work):
    case = two_units(work)
    first = ids(work, case)[0]

    with pytest.raises(RuleBroken, match="事项 1 由城建办答复，您写的内容还在") as refused:
        work.ask(SUN, AnswerMatter, case, answers=(answer(first),))

    assert refused.value.field == f"answer_{first}"


def test_who_has_not_accepted_yet_does_not_answer(work):
    case = work.to(S.ACCEPTED, supports=("综合行政执法队",), matters=BOTH)
    second = give_second_to_enforcement(work, case)

    with pytest.raises(RuleBroken, match="请先签收"):
        work.ask(SUN, AnswerMatter, case, answers=(answer(second),))


def test_the_first_desk_without_a_part_answers_nothing(work):
    case = two_units(work)

    with pytest.raises(RuleBroken, match="由城建办答复"):
        work.ask(LI, AnswerMatter, case, answers=(answer(ids(work, case)[0]),))


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"result": None, "said": "已办。"}, "result", "还没有办理结果"),
        ({"result": SOLVED, "said": " "}, "answer", "还没有答复"),
    ],
)
def test_an_answer_is_a_result_and_words(work, facts, field, sentence):
    case = two_units(work)
    first = ids(work, case)[0]

    with pytest.raises(RuleBroken, match=sentence) as refused:
        work.ask(ZHAO, AnswerMatter, case, answers=(answer(first, **facts),))

    assert refused.value.field == f"{field}_{first}"
    assert "事项 1（城建办）" in str(refused.value)


def test_at_least_one_matter_is_answered(work):
    case = two_units(work)

    with pytest.raises(RuleBroken, match="至少写一个事项") as refused:
        work.ask(ZHAO, AnswerMatter, case, answers=())

    assert refused.value.field == "answers"


def test_the_command_line_may_answer_for_any_unit(work):
    case = two_units(work)

    work.ask(COMMAND_LINE, AnswerMatter, case, answers=(answer(ids(work, case)[0]),))

    assert matters(work, case)[0].result is SOLVED


# With the dispatch


def test_the_dispatch_says_which_unit_has_which_matter(work):
    case = work.register(matters=BOTH)
    second, unit = ids(work, case)[1], work.unit("综合行政执法队")

    work.ask(
        ZHOU,
        DispatchCase,
        case,
        lead=work.unit("城建办"),
        supports=(unit,),
        matters=((second, unit),),
        **FAST,
    )

    assert [row.unit_id for row in matters(work, case)] == [work.unit("城建办"), unit]
    assert "事项 2 交执法队：电梯停运" in work.history(case)[-1].payload["detail"]
    slips = [paper.row["other_demands"] for paper in work.papers(case, "dispatch-slip")]
    assert slips == ["逐项答复：事项 1 路灯不亮", "逐项答复：事项 2 电梯停运"]


def test_a_dispatch_does_not_give_a_matter_to_a_unit_that_gets_no_part(work):
    case = work.register(matters=BOTH)
    second = ids(work, case)[1]
    wanted = {"lead": work.unit("城建办"), "matters": ((second, work.unit("南塘社区")),)}

    with pytest.raises(RuleBroken, match="南塘还没有参加这一件") as refused:
        work.ask(ZHOU, DispatchCase, case, **wanted, **FAST)

    assert refused.value.field == f"unit_{second}"
    assert work.case(case).status is S.RECEIVED


def test_taking_a_dispatch_back_gives_the_matters_back_with_what_was_answered(work):
    case = two_units(work)
    second = give_second_to_enforcement(work, case)
    work.ask(SUN, AnswerMatter, case, answers=(answer(second),))
    before = [(row.unit_id, row.result, row.answer) for row in matters(work, case)]
    work.ask(ZHOU, DispatchCase, case, lead=work.unit("榕东社区"), reason="归社区", **FAST)
    assert {row.unit_id for row in matters(work, case)} == {work.unit("榕东社区")}

    work.ask(ZHOU, TakeBack, case)

    assert [(row.unit_id, row.result, row.answer) for row in matters(work, case)] == before


def test_a_support_that_is_dropped_leaves_its_matter_to_the_lead(work):
    case = two_units(work)
    give_second_to_enforcement(work, case)
    part = next(p for p in work.all(Assignment, case) if p.role is AssignmentRole.SUPPORT)

    work.ask(ZHOU, DropSupport, case, parts=(part.id,), reason="用不上了")

    assert {row.unit_id for row in matters(work, case)} == {work.unit("城建办")}


# Matters answered on the spot


def test_what_is_answered_on_the_spot_has_its_answer_at_once(work):
    case = work.register(exit=Exit.ON_SPOT, answer="当面说明。", matters=BOTH)

    assert {(row.result, row.answer, row.is_solved) for row in matters(work, case)} == {
        (SOLVED, "当面说明。", True)
    }

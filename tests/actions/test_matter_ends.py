"""Several matters of one visit: each has its end, its answer, and maybe a second round."""

import pytest

from desk.actions.followup import MatterWord, RecordFollowUp
from desk.actions.handling import FinishHandling
from desk.actions.matter_answers import MatterAnswer
from desk.actions.matters import AnswerMatter
from desk.actions.opinions import WriteOpinion
from desk.actions.support import ReportSupport
from desk.rules.codes import (
    Discontent,
    HandlingResult,
    NextStep,
    OpinionStatus,
    Resolution,
    Satisfaction,
)
from desk.rules.errors import RuleBroken
from desk.store.models import Opinion, Round
from tests.actions.several import (
    BOTH,
    EXPLAINED,
    PARTLY,
    SOLVED,
    answer,
    give_second_to_enforcement,
    ids,
    matters,
    two_units,
)
from tests.actions.work import SUN, WU, ZHAO, S

# Finishing


def test_the_whole_is_proposed_from_what_was_answered_before_and_now(work):
    case = two_units(work)
    second = give_second_to_enforcement(work, case)
    work.ask(SUN, AnswerMatter, case, answers=(answer(second, EXPLAINED, "须等年检。"),))
    work.ask(SUN, ReportSupport, case, feedback="已说明", result=EXPLAINED)
    first = ids(work, case)[0]

    changes = work.ask(ZHAO, FinishHandling, case, matters=(answer(first, said="已换灯头。"),))

    found, round_row = work.case(case), work.all(Round, case)[0]
    assert changes.title == "办理完毕 部分解决"
    assert (found.status, found.result, round_row.result) == (S.OPINION, PARTLY, PARTLY)
    assert round_row.measures == "(一)路灯不亮：已换灯头。\n(二)电梯停运：须等年检。"
    draft = work.all(Opinion, case)[0]
    assert draft.result is PARTLY
    assert [(item["seq"], item["result"], item["unit"]) for item in draft.items] == [
        (1, "solved", "城建办"),
        (2, "explained", "执法队"),
    ]
    assert draft.items[0]["answer"] == "已换灯头。您反映的问题已解决。"
    assert draft.decision == (
        "(一)路灯不亮：已换灯头。您反映的问题已解决。\n"
        "(二)电梯停运：须等年检。依照现行政策，该请求不能支持，已向您说明。"
    )
    assert "\n" not in draft.acceptance  # the letter lists the matters itself


def test_the_handler_may_call_the_whole_otherwise_and_say_how(work):
    case = work.to(S.HANDLING, matters=BOTH)
    given = tuple(answer(one) for one in ids(work, case))

    work.ask(
        ZHAO,
        FinishHandling,
        case,
        result=HandlingResult.MEASURES,
        measures="合着办。",
        matters=given,
    )

    assert work.case(case).result is HandlingResult.MEASURES
    assert work.all(Round, case)[0].measures == "合着办。"


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ((None, "已办。"), "result", "还没有办理结果"),
        ((SOLVED, None), "answer", "还没有答复"),
    ],
)
def test_handling_does_not_end_while_a_matter_lacks_something(work, given, field, sentence):
    case = work.to(S.HANDLING, matters=BOTH)
    first, second = ids(work, case)

    with pytest.raises(RuleBroken, match=sentence) as refused:
        work.ask(ZHAO, FinishHandling, case, matters=(answer(first), MatterAnswer(second, *given)))

    assert refused.value.field == f"{field}_{second}"
    assert work.case(case).status is S.HANDLING
    assert matters(work, case)[0].result is None  # nothing of it was kept


def test_handling_does_not_end_with_an_answer_to_a_foreign_matter(work):
    case, other = work.to(S.HANDLING, matters=BOTH), work.to(S.HANDLING)

    with pytest.raises(RuleBroken, match="不在这一轮里"):
        work.ask(ZHAO, FinishHandling, case, matters=(answer(ids(work, other)[0]),))


@pytest.mark.parametrize(
    ("facts", "field"), [({"measures": "已办。"}, "result"), ({"result": SOLVED}, "measures")]
)
def test_one_matter_alone_is_ended_by_result_and_measures(work, facts, field):
    case = work.to(S.HANDLING)

    with pytest.raises(RuleBroken) as refused:
        work.ask(ZHAO, FinishHandling, case, **facts)

    assert refused.value.field == field


def test_one_matter_alone_is_answered_by_the_measures_and_has_no_items(work):
    case = work.to(S.OPINION)

    row = matters(work, case)[0]
    assert (row.result, row.answer, row.is_solved) == (SOLVED, "已更换线路。", True)
    assert work.all(Opinion, case)[0].items is None


def test_an_appeal_of_many_matters_can_still_be_answered(work):
    case = work.to(S.OPINION, matters=tuple(f"第{n}件事" for n in range(1, 22)))

    decision = work.all(Opinion, case)[0].decision
    assert "(十)第10件事" in decision
    assert "(二十一)第21件事" in decision


# The opinion


def written(work, case, items=(), **more):
    said = work.opinion_words(case) | more
    return work.ask(ZHAO, WriteOpinion, case, items=items, **said)


def test_the_opinion_is_written_matter_by_matter(work):
    case = work.to(S.OPINION, matters=BOTH)
    first, second = ids(work, case)
    given = (answer(first, said="灯已亮。"), answer(second, said="梯已通。", basis="《条例》"))

    written(work, case, given, is_ready=True)

    opinion = work.all(Opinion, case)[0]
    assert opinion.status is OpinionStatus.SUBMITTED
    assert [item["answer"] for item in opinion.items] == ["灯已亮。", "梯已通。"]
    assert [item["basis"] for item in opinion.items] == [None, "《条例》"]
    assert opinion.decision == "(一)路灯不亮：灯已亮。\n(二)电梯停运：梯已通。依据：《条例》"
    assert [row.answer for row in matters(work, case)] == ["灯已亮。", "梯已通。"]


def test_another_result_in_the_opinion_changes_what_the_case_came_to(work):
    case = work.to(S.OPINION, matters=BOTH)
    first, second = ids(work, case)

    written(work, case, (answer(first), answer(second, EXPLAINED)))

    assert work.case(case).result is PARTLY
    assert work.all(Round, case)[0].result is PARTLY
    assert work.all(Opinion, case)[0].result is PARTLY
    assert work.all(Opinion, case)[0].status is OpinionStatus.DRAFT


def test_a_draft_with_a_gap_is_kept_but_not_handed_in(work):
    case = work.to(S.OPINION, matters=BOTH)
    second = ids(work, case)[1]
    gap = (MatterAnswer(second, answer=""),)
    written(work, case, gap)
    assert work.all(Opinion, case)[0].items[1]["answer"] == ""

    with pytest.raises(RuleBroken, match="事项 2（城建办）还没有答复") as refused:
        written(work, case, gap, is_ready=True)

    assert refused.value.field == f"answer_{second}"
    assert work.case(case).status is S.OPINION


def test_with_several_matters_one_text_for_all_is_refused(work):
    case = work.to(S.OPINION, matters=BOTH)

    with pytest.raises(RuleBroken, match="请逐项写答复") as refused:
        written(work, case, decision="都办好了。")

    assert refused.value.field == "decision"


def test_an_opinion_says_nothing_of_a_foreign_matter(work):
    case, other = work.to(S.OPINION, matters=BOTH), work.to(S.HANDLING)

    with pytest.raises(RuleBroken, match="不在这一轮里") as refused:
        written(work, case, (answer(ids(work, other)[0]),))

    assert refused.value.field == "items"


# A further round


def again(work, case, *words):
    """Ask about every matter and begin the next round."""
    work.ask(
        WU,
        RecordFollowUp,
        case,
        is_reached=True,
        was_contacted=True,
        matters=words,
        satisfaction=Satisfaction.DISSATISFIED,
        discontent=Discontent.NOT_SOLVED,
        next_step=NextStep.AGAIN,
    )


def test_only_what_the_appellant_does_not_call_solved_is_handled_again(work):
    case = work.to(S.FOLLOW_UP, matters=BOTH)
    first, second = ids(work, case)

    again(work, case, MatterWord(first, Resolution.YES), MatterWord(second, Resolution.NO))

    rows = matters(work, case)
    assert [(row.round_no, row.result, row.answer) for row in rows] == [
        (None, SOLVED, "已更换线路。"),
        (2, None, None),
    ]
    signed = work.all(Opinion, case)[0]  # what was answered stays with its opinion
    assert signed.items[1]["answer"].startswith("已更换线路。")


def test_the_opinion_of_a_further_round_answers_only_its_matters(work):
    case = work.to(S.FOLLOW_UP, matters=BOTH)
    first, second = ids(work, case)
    again(work, case, MatterWord(first, Resolution.YES), MatterWord(second, Resolution.NO))

    with pytest.raises(RuleBroken, match="不在这一轮里"):
        work.ask(ZHAO, FinishHandling, case, matters=(answer(first),))
    work.ask(ZHAO, FinishHandling, case, matters=(answer(second, EXPLAINED, "须等年检。"),))

    opinion = work.all(Opinion, case)[-1]
    assert [item["matter"] for item in opinion.items] == [second]
    assert opinion.decision.startswith("电梯停运：须等年检。")
    assert work.case(case).result is PARTLY  # with what was solved before


def test_a_matter_given_back_by_a_support_of_the_first_round_goes_to_the_lead(work):
    case = two_units(work)
    second = give_second_to_enforcement(work, case)
    work.ask(SUN, ReportSupport, case, feedback="已办", result=SOLVED)
    work.to(S.FOLLOW_UP, case)

    again(work, case, *(MatterWord(one, Resolution.NO) for one in ids(work, case)))

    assert matters(work, case)[1].unit_id == work.unit("城建办")
    assert matters(work, case)[1].id == second


def test_where_every_matter_was_called_solved_all_are_looked_at_again(work):
    case = work.to(S.FOLLOW_UP, matters=BOTH)

    again(work, case, *(MatterWord(one, Resolution.YES) for one in ids(work, case)))

    assert [row.round_no for row in matters(work, case)] == [2, 2]

"""One meeting brings many opinions: answered there, within a limit, or taken in as a case."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.gatherings import (
    AddOpinions,
    AnswerOpinion,
    ChangeGathering,
    OpinionLine,
    PassOpinion,
    RecordGathering,
    WithdrawOpinion,
)
from desk.actions.opinion_cases import CaseFromOpinion
from desk.queries.gatherings import gathering_board
from desk.rules.codes import Exit
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.gathering import counts_words
from desk.rules.proactive_codes import AnswerWay, GatheringKind, OpinionState
from desk.store.models import Case
from tests.actions.work import CHEN, LIANG, SUN, XU, ZHAO, ZHOU

DAY, DUE = date(2026, 11, 1), date(2026, 11, 11)
S = OpinionState


def there(text="路灯几点亮", **more):
    return OpinionLine(text=text, **({"answer": "每天 18 点"} | more))


def later(work, text="七栋下水道返味", unit="城建办", **more):
    said = {"way": AnswerWay.LIMITED, "unit": work.unit(unit), "due_on": DUE, "said_by": "七栋"}
    return OpinionLine(text=text, **(said | more))


def record(work, *lines, who=CHEN, **more):
    said = {
        "kind": GatheringKind.ASSEMBLY,
        "name": "榕东社区第四季度居民代表会议",
        "held_on": DAY,
        "place": "社区二楼",
        "unit": work.unit("榕东社区"),
        "attendees": 38,
        "opinions": lines,
    }
    return work.ask(who, RecordGathering, **(said | more)).made["gathering"]


def board(work, who):
    return work.desk(who).read(gathering_board)


def seen(work, who, meeting):
    """Return the meeting as somebody reads it, None where it is kept from him."""
    return next((one for one in board(work, who).gatherings if one.id == meeting), None)


def test_a_meeting_is_taken_down_at_once_and_every_opinion_is_answered(work):
    meeting = record(work, there(), later(work), later(work, "流动摊贩", "综合行政执法队"))
    with pytest.raises(RuleBroken, match="至少写一条"):
        work.ask(CHEN, AddOpinions, gathering=meeting, opinions=())
    work.ask(CHEN, AddOpinions, gathering=meeting, opinions=(later(work, "写错的"),))

    mine = seen(work, CHEN, meeting)
    assert [one.seq for one in mine.opinions] == [1, 2, 3, 4]
    first, second, third, wrong = mine.opinions
    assert (first.state, first.answer, first.answered_by) == (S.ON_SPOT, "每天 18 点", CHEN)
    work.ask(CHEN, WithdrawOpinion, opinion=wrong.id)
    with pytest.raises(RuleBroken, match="已经撤下"):
        work.ask(CHEN, WithdrawOpinion, opinion=wrong.id)

    # a unit that is to answer reads its own opinions of the meeting, and nobody else any
    his = seen(work, ZHAO, meeting)
    assert [one.text for one in his.opinions] == ["七栋下水道返味", "写错的"]
    assert not his.may_keep
    assert his.opinions[0].may_answer
    assert seen(work, LIANG, meeting) is None
    with pytest.raises(RuleBroken, match="找不到这条意见"):
        work.ask(LIANG, AnswerOpinion, opinion=second.id, answered_on=DAY, answer="好了")
    with pytest.raises(NotAllowed, match="由别的单位主办"):
        work.ask(ZHAO, WithdrawOpinion, opinion=second.id)
    work.ask(ZHAO, AnswerOpinion, opinion=second.id, answered_on=date(2026, 11, 2), answer="已疏通")
    with pytest.raises(RuleBroken, match="已经答复"):
        work.ask(CHEN, AnswerOpinion, opinion=second.id, answered_on=DAY, answer="好了")
    work.ask(
        ZHOU, PassOpinion, opinion=third.id, unit=work.unit("城建办"), due_on=date(2026, 11, 6)
    )
    assert seen(work, SUN, meeting) is None

    work.clock.set("2026-11-07 09:00")
    row = seen(work, ZHOU, meeting)
    assert counts_words(row.counts) == (
        "共 3 条；现场答复 1 条（33.33%）；限时答复 2 条，已答复 1 条；按时答复率 50.00%；"
        "超期未答 1 条。"
    )
    every = board(work, ZHOU)
    assert every.counts.every == sum(one.counts.every for one in every.gatherings)
    assert every.due_on(DAY) == DUE


def test_an_opinion_becomes_a_case_that_takes_no_part_in_the_rates(work):
    meeting = record(work, later(work))
    row = seen(work, CHEN, meeting)
    asked = {"opinion": row.opinions[0].id, "category": work.hall.category("楼道漏电")}
    with pytest.raises(RuleBroken, match="受理转办或本部门自办"):
        work.ask(CHEN, CaseFromOpinion, **asked, exit=Exit.ON_SPOT)
    place = work.hall.place("青榕花园")
    case = work.ask(CHEN, CaseFromOpinion, **asked, place=place).made["case"]
    with Session(work.hall.engine) as session:
        made = session.scalars(select(Case).where(Case.id == case)).one()
        assert (made.counts_in_rates, made.details) == (False, "七栋下水道返味")
        assert made.note == "2026-11-01 榕东社区第四季度居民代表会议 第 1 条意见（七栋）"
    row = seen(work, CHEN, meeting)
    assert (row.opinions[0].state, row.opinions[0].case) == (S.CASE, case)
    assert seen(work, ZHAO, meeting) is None  # who does not see the case is told of no opinion
    with pytest.raises(RuleBroken, match="已经转成诉求件"):
        work.ask(CHEN, WithdrawOpinion, opinion=row.opinions[0].id)
    with pytest.raises(RuleBroken, match="转成了诉求件"):
        work.ask(CHEN, CaseFromOpinion, **asked)


def test_what_is_missing_is_said_with_its_line(work):
    for lines, field, sentence in (
        ((), "text:0", "至少写一条"),
        ((there(), there(" ")), "text:1", "第 2 行没有写意见"),
        ((there(), there(answer="")), "answer:1", "第 2 条是现场答复"),
        ((later(work, unit="城建办"), later(work, due_on=None)), "due_on:1", "第 2 条的答复期限"),
        ((OpinionLine(text="加装座椅", way=AnswerWay.LIMITED),), "unit:0", "没有写现场答复"),
    ):
        with pytest.raises(RuleBroken, match=sentence) as refused:
            record(work, *lines)
        assert refused.value.field == field
    for more, sentence in (
        ({"name": " "}, "会议的名称"),
        ({"held_on": date(2026, 11, 3)}, "还没有开"),
        ({"unit": 5}, "主办单位"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            record(work, there(), **more)
    with pytest.raises(NotAllowed, match="由别的单位主办"):
        record(work, there(), who=LIANG)
    with pytest.raises(NotAllowed):
        record(work, there(), who=XU)
    with pytest.raises(RuleBroken, match="最多 300 条"):
        record(work, *[there()] * 301)


def test_a_meeting_is_corrected_and_its_limits_are_kept_in_order(work):
    meeting = record(work, later(work))
    said = {"kind": GatheringKind.FORUM, "name": "座谈会", "held_on": DAY}
    work.ask(CHEN, ChangeGathering, gathering=meeting, seen=1, **said)
    with pytest.raises(StaleCase):
        work.ask(ZHOU, ChangeGathering, gathering=meeting, seen=1, **said)
    row = seen(work, CHEN, meeting)
    assert (row.kind, row.name, row.attendees) == (GatheringKind.FORUM, "座谈会", None)
    opinion = row.opinions[0].id
    for more, sentence in (
        ({"answered_on": date(2026, 11, 3)}, "会议以后、今天以前"),
        ({"answered_on": date(2026, 10, 30)}, "会议以后、今天以前"),
        ({"answer": " "}, "怎么答复的"),
    ):
        asked = {"answered_on": DAY, "answer": "好了"} | more
        with pytest.raises(RuleBroken, match=sentence):
            work.ask(CHEN, AnswerOpinion, opinion=opinion, **asked)
    with pytest.raises(RuleBroken, match="期限已经过了"):
        work.ask(CHEN, PassOpinion, opinion=opinion, unit=work.unit("城建办"), due_on=DAY)

"""Change of shift: what goes into other hands, only once both have confirmed it."""

from datetime import timedelta

import pytest

from desk.actions.call_list import IssueCallList
from desk.actions.contacts import RecordContact
from desk.actions.handover import TakeOver, WithdrawHandover, WriteHandover
from desk.actions.keeping import GiveBack, KeepItem
from desk.actions.recusal import RecordAccused
from desk.actions.set_aside import MergeCase
from desk.queries.clock_reminders import own_limits
from desk.queries.desk_today import counter_day
from desk.queries.handover import (
    calls_of_tomorrow,
    handovers_waiting,
    shift_desk,
    shift_heading,
)
from desk.rules.codes import CaseStatus, ContactResult, Exit, KeptKind
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import KeptItem, Paper
from tests.actions.work import CHEN, LI, SUN, WU, ZHAO, ZHOU


def desk_of(work, who):
    return work.desk(who).read(shift_desk)


def own_case(work, who=LI):
    """Register a case that the window handles itself."""
    return work.register(who, exit=Exit.OWN_UNIT)


def promise(work, case, who=LI, hours=20):
    """Let somebody promise a call."""
    at = work.clock() + timedelta(hours=hours)
    work.ask(
        who,
        RecordContact,
        case,
        result=ContactResult.REACHED,
        note="明天上午回电",
        call_back_at=at,
    )


def hand_over(work, who=LI, to=WU, **more):
    mine = desk_of(work, who)
    facts = {
        "cases": tuple(case.id for case in mine.cases),
        "calls": tuple(call.id for call in mine.calls),
        "items": tuple(item.id for item in mine.items),
    }
    return work.ask(who, WriteHandover, to=work.staff(to), **(facts | more)).made["handover"]


def test_nothing_about_a_colleague_is_handed_to_him(work):
    case, other = own_case(work), own_case(work)
    promise(work, case)
    work.ask(LI, KeepItem, kind=KeptKind.ORIGINAL, name="录音笔", case=case)
    work.ask(ZHOU, RecordAccused, case, staff=work.staff(WU), reason="说他当面推脱")
    mine = desk_of(work, LI)
    for what in (
        {"cases": (case,), "calls": (), "items": ()},
        {"cases": (), "calls": tuple(call.id for call in mine.calls), "items": ()},
        {"cases": (), "calls": (), "items": tuple(item.id for item in mine.items)},
    ):
        with pytest.raises(RuleBroken, match="其中有反映吴芳本人的件") as refused:
            hand_over(work, **what)
        assert refused.value.field == "to"
    hand_over(work, cases=(other,), calls=(), items=())


def test_who_is_complained_about_meanwhile_neither_reads_nor_takes_it(work):
    case, other = own_case(work), own_case(work)
    promise(work, case)
    work.ask(LI, KeepItem, kind=KeptKind.ORIGINAL, name="录音笔", case=case)
    handover = hand_over(work)
    work.ask(ZHOU, RecordAccused, case, staff=work.staff(WU), reason="说他当面推脱")

    (offered,) = desk_of(work, WU).waiting
    assert [line["id"] for line in offered.row["cases"]] == [other]
    assert (offered.row["calls"], offered.row["items"]) == ([], [])
    changes = work.ask(WU, TakeOver, handover=handover)

    assert changes.cases == (other,)
    assert work.case(case).handler_id == work.staff(LI)
    mine = desk_of(work, LI)
    assert ([call.case_id for call in mine.calls], len(mine.items)) == ([case], 1)
    with work.hall.engine.connect() as connection:
        wanted = Paper.__table__.select().where(Paper.id == changes.made["paper"])
        row = connection.execute(wanted).one().row
    assert [line["number"] for line in row["open_work"]] == [work.case(other).number]
    assert (row["calls"], row["kept"]) == ([], [])


def test_what_was_handed_over_belongs_to_whoever_took_it(work):
    case = own_case(work)
    promise(work, case)
    work.ask(LI, KeepItem, kind=KeptKind.ORIGINAL, name="房产证原件", case=case)
    handover = hand_over(work, note="电梯件下午出检测报告。")
    assert work.desk(WU).read(handovers_waiting) == 1
    assert case in {row.id for row in desk_of(work, LI).cases}  # nothing changed hands yet

    changes = work.ask(WU, TakeOver, handover=handover)

    after = desk_of(work, WU)
    assert case in {row.id for row in after.cases}
    assert case in {call.case_id for call in after.calls}
    assert "房产证原件" in {item.name for item in after.items}
    assert case not in {row.id for row in desk_of(work, LI).cases}
    assert work.case(case).handler_id == work.staff(WU)
    assert case in changes.cases
    assert work.desk(WU).read(handovers_waiting) == 0
    assert "shift.taken_over" in work.kinds(case)


def test_the_paper_names_both_and_lists_everything(work):
    case = own_case(work)
    promise(work, case)
    handover = hand_over(work, note="请盯一下。")
    paper = work.ask(WU, TakeOver, handover=handover).made["paper"]
    with work.hall.engine.connect() as connection:
        row = connection.execute(Paper.__table__.select().where(Paper.id == paper)).one()
    assert row.code == "shift-handover"
    assert row.case_id is None
    assert (row.row["from_name"], row.row["to_name"]) == (LI, WU)
    assert row.row["taken_at"]
    assert work.case(case).number in {line["number"] for line in row.row["open_work"]}
    assert "明天上午回电" in {line["about"] for line in row.row["calls"]}


def test_what_was_finished_meanwhile_is_not_taken(work):
    stays, gone = own_case(work), own_case(work)
    handover = hand_over(work)
    work.to(CaseStatus.HANDLING, gone, handler=LI)
    work.to(CaseStatus.ARCHIVED, gone, handler=LI)
    assert work.ask(WU, TakeOver, handover=handover).cases.count(gone) == 0
    assert work.case(stays).handler_id == work.staff(WU)


def test_only_whom_it_was_written_for_takes_over_and_only_once(work):
    own_case(work)
    handover = hand_over(work)
    with pytest.raises(NotAllowed, match="别的同事"):
        work.ask(LI, TakeOver, handover=handover)
    with pytest.raises(RuleBroken, match="找不到"):
        work.ask(ZHOU, TakeOver, handover=handover)
    work.ask(WU, TakeOver, handover=handover)
    with pytest.raises(RuleBroken, match="已经接过"):
        work.ask(WU, TakeOver, handover=handover)


def test_a_handover_can_be_taken_back_until_somebody_took_it(work):
    own_case(work)
    handover = hand_over(work)
    with pytest.raises(NotAllowed, match="别的同事写的"):
        work.ask(WU, WithdrawHandover, handover=handover)
    work.ask(LI, WithdrawHandover, handover=handover)
    with pytest.raises(RuleBroken, match="收回"):
        work.ask(WU, TakeOver, handover=handover)
    with pytest.raises(RuleBroken, match="找不到"):
        work.ask(WU, TakeOver, handover=5)


@pytest.mark.parametrize(
    ("to", "sentence"), [(LI, "接班的同事"), (ZHAO, "本单位的同事"), (None, "接班的同事")]
)
def test_work_goes_to_a_colleague_of_the_same_unit(work, to, sentence):
    number = 5 if to is None else work.staff(to)
    with pytest.raises(RuleBroken, match=sentence) as refused:
        work.ask(LI, WriteHandover, to=number)
    assert refused.value.field == "to"


@pytest.mark.parametrize("what", ["cases", "calls", "items"])
def test_nobody_hands_over_what_is_not_his(work, what):
    with pytest.raises(RuleBroken, match="列表刚有变化"):
        work.ask(LI, WriteHandover, to=work.staff(WU), **{what: (5,)})


def test_a_call_that_was_made_is_no_longer_promised(work):
    case = own_case(work)
    promise(work, case)
    assert case in {call.case_id for call in work.desk(LI).read(calls_of_tomorrow)}
    tomorrow = work.clock().date() + timedelta(days=1)
    printed = work.ask(LI, IssueCallList, day=tomorrow).made["paper"]
    with work.hall.engine.connect() as connection:
        row = connection.execute(Paper.__table__.select().where(Paper.id == printed)).one().row
    assert [call["number"] for call in row["calls"]] == [work.case(case).number]
    handover = hand_over(work, cases=(), items=())
    work.clock.forward(minutes=5)
    work.ask(LI, RecordContact, case, result=ContactResult.REACHED, note="已回电")
    work.ask(WU, TakeOver, handover=handover)
    assert case not in {call.case_id for call in desk_of(work, WU).calls}
    assert case not in {call.case_id for call in work.desk(LI).read(calls_of_tomorrow)}


def test_what_was_given_back_meanwhile_is_not_taken_over(work):
    item = work.ask(LI, KeepItem, kind=KeptKind.KEY, name="仓库钥匙").made["item"]
    handover = hand_over(work, cases=(), calls=(), items=(item,))
    work.ask(LI, GiveBack, item=item, to="物业王经理")
    work.ask(WU, TakeOver, handover=handover)
    with work.hall.engine.connect() as connection:
        row = connection.execute(KeptItem.__table__.select().where(KeptItem.id == item)).one()
    assert row.holder_id == work.staff(LI)


def test_the_calls_of_tomorrow_stand_on_one_page(work):
    case = own_case(work)
    promise(work, case, hours=3)
    hidden = own_case(work)
    promise(work, hidden, hours=3)
    today = work.clock().date()
    paper = work.ask(LI, IssueCallList, day=today + timedelta(days=1)).made["paper"]
    with work.hall.engine.connect() as connection:
        row = connection.execute(Paper.__table__.select().where(Paper.id == paper)).one().row
    assert row["unit"] == "信联办"
    assert work.case(case).number in {call["number"] for call in row["calls"]}


def test_a_day_without_promises_needs_no_page(work):
    with pytest.raises(RuleBroken, match="不用打印"):
        work.ask(SUN, IssueCallList, day=work.clock().date())


def test_whoever_asked_to_be_hidden_is_hidden_on_the_list_too(work):
    case = work.register(LI, exit=Exit.OWN_UNIT, hides_appellant=True)
    promise(work, case)
    handover = hand_over(work)
    (line,) = [
        line
        for line in next(h for h in desk_of(work, WU).waiting if h.id == handover).row["calls"]
        if line["number"] == work.case(case).number
    ]
    assert (line["who"], line["phone"]) == ("要求保密", None)


def test_a_kept_thing_is_given_back_by_whoever_holds_it(work):
    case = own_case(work)
    item = work.ask(LI, KeepItem, kind=KeptKind.KEY, name="活动室钥匙").made["item"]
    other = work.ask(LI, KeepItem, kind=KeptKind.ORIGINAL, name="户口本", case=case).made["item"]
    with pytest.raises(NotAllowed, match="别的同事手里"):
        work.ask(WU, GiveBack, item=item, to="陈桂芳")
    with pytest.raises(RuleBroken, match="交还给谁"):
        work.ask(LI, GiveBack, item=item, to=" ")
    work.ask(LI, GiveBack, item=item, to="物业王经理")
    with pytest.raises(RuleBroken, match="已经交还"):
        work.ask(LI, GiveBack, item=item, to="物业王经理")
    with pytest.raises(RuleBroken, match="找不到"):
        work.ask(LI, GiveBack, item=5, to="物业王经理")
    work.to(CaseStatus.HANDLING, case, handler=LI)
    work.to(CaseStatus.ARCHIVED, case, handler=LI)
    work.ask(LI, GiveBack, item=other, to="陈桂芳", note="本人取走")
    (row,) = [kept for kept in work.all(KeptItem, case) if kept.id == other]
    assert (row.given_back_to, row.note) == ("陈桂芳", "本人取走")


def test_giving_an_original_back_stands_in_the_cases_history(work):
    case = own_case(work)
    item = work.ask(LI, KeepItem, kind=KeptKind.ORIGINAL, name="房产证", case=case).made["item"]
    work.ask(LI, GiveBack, item=item, to="陈桂芳")
    assert work.kinds(case)[-2:] == ["item.kept", "item.given_back"]


def test_a_thing_without_a_name_cannot_be_found_again(work):
    with pytest.raises(RuleBroken, match="保管的是什么") as refused:
        work.ask(LI, KeepItem, kind=KeptKind.OTHER, name=" ")
    assert refused.value.field == "name"


def test_the_page_says_whose_shift_it_is(work):
    assert work.desk(LI).read(shift_heading) == "信联办"
    assert {one.name for one in desk_of(work, LI).colleagues} >= {WU, ZHOU}
    assert CHEN not in {one.name for one in desk_of(work, LI).colleagues}


def test_a_call_that_was_promised_is_still_owed_when_the_case_goes_with_another(work):
    main = work.to(CaseStatus.ACCEPTED)
    case = own_case(work)
    promise(work, case)
    work.ask(ZHOU, MergeCase, case, into=main, reason="同一处漏电")

    assert [call.case_id for call in desk_of(work, LI).calls] == [case]
    assert case in {call.case_id for call in work.desk(LI).read(calls_of_tomorrow)}
    work.clock.forward(hours=19, minutes=50)
    assert case in {limit.case_id for limit in work.desk(LI).read(own_limits).limits}
    assert case in {call.case_id for call in work.desk(LI).read(counter_day).promised}

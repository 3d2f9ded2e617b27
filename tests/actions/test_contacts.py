"""Every attempt on one list: quiet hours, so many a day, 请勿再打, promises kept."""

from itertools import count

import pytest

from desk.actions.administration import SetSetting
from desk.actions.contacts import DoNotCall, RecordContact
from desk.actions.followup import RecordFollowUp
from desk.actions.intake import Appellant
from desk.rules.calling import RANG_IN
from desk.rules.codes import (
    Channel,
    ClockKind,
    ContactResult,
    ContactWay,
    Exit,
    FollowUpWay,
    Purpose,
    Urgency,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Contact
from tests.actions.work import CHEN, LI, QIN, SUN, WU, ZHAO, ZHENG, S

R = ContactResult
NUMBERS = (f"138000000{n:02}" for n in count(30))


@pytest.fixture
def number():
    """A number that no other test of this module rings."""
    return next(NUMBERS)


@pytest.fixture
def accepted(work, number):
    """A case that waits for its first call."""
    return work.to(S.ACCEPTED, appellant=Appellant(name="陈桂芳", phone=number))


def ring(work, case, who=ZHAO, **more):
    """Ring, with no word on why it had to be now."""
    facts = {"result": R.NO_ANSWER, "over_reason": ""} | more
    return work.ask(who, RecordContact, case, **facts)


def refused(work, case, who=ZHAO, **more):
    """Return what is said beside the field for the reason."""
    with pytest.raises(RuleBroken) as told:
        ring(work, case, who, **more)
    assert told.value.field == "over_reason"
    return str(told.value)


def test_a_fourth_call_of_the_day_asks_why_and_is_kept_with_the_answer(work, accepted):
    for _ in range(3):
        ring(work, accepted)

    said = refused(work, accepted)
    assert said.startswith("今天已打 3 次，每天最多 3 次，明天 8 点以后再打。")
    ring(work, accepted, over_reason="诉求人短信请回电")

    rows = work.all(Contact, accepted)
    assert [row.over_reason for row in rows] == [None, None, None, "诉求人短信请回电"]


def test_two_who_rang_at_once_have_both_rung(work, accepted):
    seen = work.version(accepted)
    ring(work, accepted, seen=seen)
    ring(work, accepted, LI, seen=seen)

    rows = work.all(Contact, accepted)
    assert {row.staff_id for row in rows} == {work.staff(ZHAO), work.staff(LI)}


def test_the_next_day_the_number_may_be_rung_again(work, accepted):
    for _ in range(3):
        ring(work, accepted)

    work.clock.set("2026-11-03 09:00")
    ring(work, accepted)

    assert len(work.all(Contact, accepted)) == 4


def test_calls_about_other_cases_of_the_number_count_and_follow_ups_too(work, number):
    person = Appellant(name="陈桂芳", phone=number)
    asked_back = work.to(S.FOLLOW_UP, appellant=person)  # rung once on its way
    work.ask(WU, RecordFollowUp, asked_back, is_reached=False, over_reason="")
    another = work.to(S.ACCEPTED, appellant=Appellant(phone=number))
    ring(work, another)

    assert "今天已打 3 次" in refused(work, another)
    with pytest.raises(RuleBroken, match="今天已打 3 次") as told:
        ring_back(work, asked_back)
    assert told.value.field == "over_reason"
    ring_back(work, asked_back, over_reason="约好这时打")
    assert work.all(Contact, asked_back)[-1].over_reason == "约好这时打"


def ring_back(work, case, **more):
    facts = {"is_reached": False, "over_reason": ""} | more
    return work.ask(WU, RecordFollowUp, case, **facts)


def test_a_call_with_which_the_appellant_came_is_no_call_of_the_hall(work, number):
    person = Appellant(name="陈桂芳", phone=number)
    case = work.register(channel=Channel.CALL, appellant=person)

    for _ in range(3):
        ring(work, case, LI)

    assert len(work.all(Contact, case)) == 4


def test_a_hall_sets_its_own_cap(own_work):
    setting = SetSetting(**own_work.hall.by("许诺"), key="calls_per_day", value=1)
    own_work.desk("许诺").carry_out(setting)
    case = own_work.to(S.ACCEPTED)
    ring(own_work, case)

    assert "每天最多 1 次" in refused(own_work, case)


@pytest.mark.parametrize(
    ("more", "is_asked"),
    [
        ({}, True),
        ({"way": ContactWay.HOME}, False),
        ({"way": ContactWay.ONLINE}, False),
    ],
)
def test_at_night_only_a_call_needs_a_reason(work, accepted, more, is_asked):
    work.clock.set("2026-11-02 22:10")

    if is_asked:
        assert refused(work, accepted, **more).startswith("现在是夜间，8 点以后再打。")
    else:
        ring(work, accepted, **more)
    assert bool(work.all(Contact, accepted)) is not is_asked


def test_an_urgent_case_is_rung_at_night_but_not_too_often(work, number):
    person = Appellant(phone=number)
    case = work.register(exit=Exit.OWN_UNIT, urgency=Urgency.URGENT, appellant=person)
    work.clock.set("2026-11-02 22:10")
    for _ in range(3):
        ring(work, case, LI)

    assert "每天最多 3 次" in refused(work, case, who=LI)


def test_who_asked_not_to_be_rung_is_rung_only_with_a_reason(work, accepted):
    changes = ring(
        work, accepted, result=R.REACHED, note="别再打了\n家里有病人", wants_no_calls=True
    )

    assert changes.title == "首次联系 接通，请勿再打"
    assert work.case(accepted).do_not_call_note == "别再打了"
    said = refused(work, accepted)
    assert said.startswith("诉求人今天说过请勿再打（别再打了）。")
    ring(work, accepted, over_reason="燃气泄漏，要他先出门")
    ring(work, accepted, way=ContactWay.HOME, result=R.REACHED)


def test_a_wish_on_one_case_holds_for_the_number_on_all_others(work, accepted, number):
    other = work.to(S.ACCEPTED, appellant=Appellant(phone=number))
    work.ask(ZHAO, DoNotCall, accepted)

    seq = work.case(accepted).seq
    assert refused(work, other).startswith(f"此号码在 {seq:05} 记有请勿再打。")
    work.ask(WU, DoNotCall, accepted, is_wanted=False, note="来电说可以打了")
    ring(work, other)


def test_of_a_report_only_the_wish_is_told_not_its_number(work, number):
    person = Appellant(name="陈桂芳", phone=number)
    report = work.register(purpose=Purpose.REPORT, appellant=person)
    work.ask(LI, DoNotCall, report)
    other = work.to(S.ACCEPTED, appellant=person)

    assert refused(work, other).startswith("此号码在 另一件 记有请勿再打。")


def test_a_wish_is_kept_once_and_lifted_with_a_word(work, accepted):
    with pytest.raises(RuleBroken, match="没有记请勿再打") as none_yet:
        work.ask(ZHAO, DoNotCall, accepted, is_wanted=False, note="可以打")
    first = work.ask(WU, DoNotCall, accepted)
    with pytest.raises(RuleBroken, match="已经记了") as twice:
        work.ask(ZHAO, DoNotCall, accepted, note="又说了一次")
    with pytest.raises(RuleBroken, match="为什么又可以打") as unexplained:
        work.ask(ZHAO, DoNotCall, accepted, is_wanted=False, note=" ")

    assert {told.value.field for told in (none_yet, twice, unexplained)} == {"note"}
    assert (first.title, work.case(accepted).do_not_call_note) == (
        "请勿再打",
        "诉求人要求不再打电话",
    )
    lifted = work.ask(ZHAO, DoNotCall, accepted, is_wanted=False, note="来厅说可以打")
    assert (lifted.title, lifted.detail) == ("撤掉请勿再打", "来厅说可以打")
    assert work.case(accepted).do_not_call_at is None
    assert work.history(accepted)[-1].payload["before"]["cases.do_not_call_note"]


@pytest.mark.parametrize("name", [ZHENG, QIN])
def test_who_does_not_ring_keeps_no_wishes(work, accepted, name):
    with pytest.raises(NotAllowed):
        work.ask(name, DoNotCall, accepted)


def test_a_promised_call_is_kept_by_the_next_that_reaches_him(work, accepted):
    back = work.clock.forward(hours=2)
    ring(work, accepted, call_back_at=back)
    ring(work, accepted)
    assert work.all(Contact, accepted)[0].called_back_at is None

    at = work.clock.forward(minutes=5)
    ring(work, accepted, way=ContactWay.HOME, result=R.REACHED)

    assert [row.called_back_at for row in work.all(Contact, accepted)] == [at, None, None]


def test_a_promise_is_kept_while_the_opinion_is_on_its_way_too(work, number):
    case = work.to(S.SIGNING, appellant=Appellant(phone=number))
    back = work.clock.forward(hours=1)
    ring(work, case, call_back_at=back)

    ring(work, case, result=R.REACHED)

    assert work.all(Contact, case)[-2].called_back_at is not None


def test_a_supporting_units_call_is_on_the_list_and_leaves_the_clock_alone(work, number):
    case = work.to(S.DISPATCHED, supports=("综合行政执法队",), appellant=Appellant(phone=number))

    changes = ring(work, case, SUN, result=R.REACHED, note="约好现场见")

    assert changes.title == "联系 接通"
    assert work.clock_of(case, ClockKind.CONTACT).stopped_at is None
    assert work.all(Contact, case)[0].unit_id == work.unit("综合行政执法队")
    assert ring(work, case, ZHAO).title == "首次联系 没人接"
    assert work.clock_of(case, ClockKind.CONTACT).stopped_at is not None


def test_until_it_is_sent_the_first_units_call_stops_the_clock_then_only_the_leads(work, number):
    early = work.register(appellant=Appellant(phone=number))
    assert ring(work, early, LI).title == "首次联系 没人接"
    assert work.clock_of(early, ClockKind.CONTACT).stopped_at is not None

    sent = work.to(S.ACCEPTED, appellant=Appellant(phone=number))
    assert ring(work, sent, LI, result=R.REACHED).title == "联系 接通"
    assert work.clock_of(sent, ClockKind.CONTACT).stopped_at is None
    assert ring(work, sent).title == "首次联系 没人接"
    assert work.clock_of(sent, ClockKind.CONTACT).stopped_at is not None


def test_who_is_first_and_lead_at_once_stops_the_clock_as_before(work, number):
    case = work.register(
        exit=Exit.OWN_UNIT, channel=Channel.HOTLINE, appellant=Appellant(phone=number)
    )

    assert ring(work, case, LI).title == "首次联系 没人接"
    assert work.clock_of(case, ClockKind.CONTACT).stopped_at is not None


def test_who_rings_himself_is_on_the_list_whatever_the_cap_and_the_hour(work, accepted):
    work.clock.set("2026-11-02 22:30")
    ring(work, accepted, result=R.REACHED, rang_in=True, over_reason="不用理由")
    refused(work, accepted)  # our own call still needs its reason

    (row,) = work.all(Contact, accepted)
    assert (row.way, row.over_reason) == (ContactWay.PHONE, RANG_IN)
    ring(work, accepted, over_reason="约好的", rang_in=True)  # nobody fails to answer his own call
    assert work.all(Contact, accepted)[-1].over_reason == "约好的"


def test_who_has_no_part_in_the_case_records_no_call(work, accepted):
    with pytest.raises(NotAllowed):
        ring(work, accepted, CHEN)


def test_a_visit_after_the_end_is_on_the_list_as_a_visit(work, number):
    case = work.to(S.FOLLOW_UP, appellant=Appellant(phone=number))

    work.ask(WU, RecordFollowUp, case, is_reached=False, way=FollowUpWay.HOME, missed=R.NO_ANSWER)

    last = work.all(Contact, case)[-1]
    assert (last.way, last.result, last.note) == (ContactWay.HOME, R.NO_ANSWER, "第 1 次回访")


def test_without_a_number_nothing_speaks_against_a_call_to_another(work):
    case = work.register(exit=Exit.OWN_UNIT, channel=Channel.LETTER, appellant=Appellant())

    ring(work, case, LI, result=R.REACHED)

    assert len(work.all(Contact, case)) == 1

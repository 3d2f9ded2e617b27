"""Which limits are whose to stop, and who is told of them at night; on both engines."""

from datetime import date, timedelta

from desk.actions.contacts import RecordContact
from desk.actions.dispatching import ReturnDispatch
from desk.actions.roster import SetDuty, SetDutyPost
from desk.actions.set_aside import WithdrawCase
from desk.actions.time_rules import SwitchRuleSet
from desk.queries.clock_reminders import on_duty_now, own_limits
from desk.queries.desk_today import Pile, handler_day
from desk.rules.clock_codes import RuleSet
from desk.rules.clock_reminders import Stage
from desk.rules.codes import Channel, ConfirmWay, ContactResult, ReturnReason
from tests.actions.conftest import own_work, shared_hall, work
from tests.actions.test_extensions import REVIEW, parked
from tests.actions.work import CHEN, FENG, LI, SUN, WANG, WU, XU, ZHAO, ZHENG, ZHOU, S

__all__ = ["own_work", "shared_hall", "work"]
EVERYBODY = (LI, ZHOU, WU, ZHAO, SUN, CHEN, ZHENG, WANG, FENG, XU)


def names(work, who, case):
    """What somebody has to stop of a case that is near or will be within a day."""
    found = work.desk(who).read(own_limits)
    return sorted(one.name for one in found.limits if one.case_id == case)


def whose(work, case):
    return {who: found for who in EVERYBODY if (found := names(work, who, case))}


def test_a_new_case_is_the_dispatchers(work):
    case = work.register()
    assert whose(work, case) == {ZHOU: ["分拨", "办理", "核实", "联系"]}


def test_what_was_sent_is_the_units_until_one_takes_it_and_then_his_alone(work):
    case = work.to(S.DISPATCHED)
    assert whose(work, case) == {ZHAO: ["办理", "核实", "签收", "联系"]}
    case = work.to(S.ACCEPTED, handler=ZHAO)
    assert whose(work, case) == {ZHAO: ["办理", "核实", "联系"]}
    work.ask(ZHAO, RecordContact, case, result=ContactResult.REACHED)
    assert whose(work, case) == {ZHAO: ["办理", "核实"]}


def test_a_supporting_unit_has_its_own_limits_and_not_the_leads(work):
    case = work.to(S.DISPATCHED, supports=("综合行政执法队",))
    assert names(work, SUN, case) == ["办理", "签收"]
    assert names(work, ZHAO, case) == ["办理", "核实", "签收", "联系"]


def test_a_support_that_is_asked_back_stays_with_its_unit_until_it_is_answered(work):
    case = work.to(S.DISPATCHED, supports=("综合行政执法队",))
    work.ask(SUN, ReturnDispatch, case, reason=ReturnReason.NOT_OURS, note="楼内没有违建")
    assert names(work, SUN, case) == ["办理", "签收"]
    day = work.desk(SUN).read(handler_day)
    (row,) = [row for row in day.rows if row.case_id == case]
    assert (row.aside, row.clock is None) == (Pile.SUPPORT, False)


def test_the_opinion_is_the_handlers_and_ringing_back_the_callers(work):
    case = work.to(S.OPINION)
    work.clock.forward(days=2)
    assert whose(work, case) == {ZHAO: ["意见书"]}
    case = work.to(S.FOLLOW_UP)
    work.clock.forward(days=2)
    assert whose(work, case) == {WU: ["回访"]}


def test_at_sign_off_and_the_seal_the_days_of_the_letter_go_on(own_work):
    work = own_work
    work.ask(XU, SwitchRuleSet, rule_set=RuleSet.PETITION, is_on=True, valid_from=date(2026, 11, 2))
    case = work.to(S.SIGNING, channel=Channel.PETITION)
    work.clock.forward(days=59)
    # no leader answers for the unit here: any of them may sign
    assert whose(work, case) == {ZHENG: ["信访答复"], WANG: ["信访答复"]}
    case = work.to(S.SEALING, channel=Channel.PETITION)
    work.clock.forward(days=59)
    assert whose(work, case) == {FENG: ["信访答复"]}


def test_what_was_withdrawn_reminds_nobody(work):
    case = work.to(S.ACCEPTED)
    work.ask(LI, WithdrawCase, case, reason="自己修好了", way=ConfirmWay.IN_PERSON)
    assert whose(work, case) == {}


def test_a_promised_call_is_said_to_who_promised_it(work):
    case = work.to(S.ACCEPTED)
    back = work.clock() + timedelta(minutes=30)
    facts = {"result": ContactResult.NO_ANSWER, "call_back_at": back}
    work.ask(ZHAO, RecordContact, case, **facts)
    assert "回电" in names(work, ZHAO, case)
    assert "回电" not in names(work, ZHOU, case)
    work.ask(ZHAO, RecordContact, case, result=ContactResult.REACHED)
    assert "回电" not in names(work, ZHAO, case)


def test_a_parked_case_comes_back_to_mind_on_its_day(work):
    case = parked(work)
    assert whose(work, case) == {}
    work.clock.set(f"{REVIEW} 09:00")
    assert whose(work, case) == {ZHOU: ["挂账复核"], ZHAO: ["挂账复核"]}
    found = next(one for one in work.desk(ZHOU).read(own_limits).limits if one.case_id == case)
    assert found.stage(work.clock()) is Stage.NEAR


def test_what_lies_far_ahead_is_not_read(work):
    case = work.to(S.OPINION)  # three working days
    assert names(work, ZHAO, case) == []


def test_by_night_the_24_hour_unit_is_on_duty_until_a_roster_names_somebody(own_work):
    work = own_work
    work.clock.set("2026-11-02 23:00")
    duty = {who: work.desk(who).read(on_duty_now) for who in (SUN, ZHAO)}
    assert duty == {SUN: True, ZHAO: False}
    assert work.desk(SUN).read(own_limits).hours.is_on_duty

    work.clock.set("2026-11-02 09:00")
    room = work.ask(
        ZHOU,
        SetDutyPost,
        name="执法队值班室",
        unit=work.unit("综合行政执法队"),
        is_round_clock=True,
    ).made["post"]
    work.ask(ZHOU, SetDuty, post=room, day=date(2026, 11, 2), people="赵强")
    work.clock.set("2026-11-02 23:00")
    duty = {who: work.desk(who).read(on_duty_now) for who in (SUN, ZHAO)}
    assert duty == {SUN: False, ZHAO: True}


def test_every_instant_is_stored_so_that_no_calendar_is_asked_for_a_limit(work):
    case = work.to(S.ACCEPTED)
    (contact,) = [
        one
        for one in work.desk(ZHAO).read(own_limits).limits
        if one.case_id == case and one.name == "联系"
    ]
    received = work.case(case).received_at
    assert contact.near_at == received + timedelta(minutes=8)
    assert contact.due_at == received + timedelta(minutes=10)

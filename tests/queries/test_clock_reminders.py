"""Which limits are whose to stop, and who is told of them at night; on both engines."""

from datetime import date, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from desk.actions.contacts import RecordContact
from desk.actions.dispatching import DispatchCase, ReturnDispatch
from desk.actions.last_mile import DeliverPaper, SealPaper
from desk.actions.roster import SetDuty, SetDutyPost
from desk.actions.set_aside import WithdrawCase
from desk.actions.time_rules import SwitchRuleSet
from desk.queries.about_staff import cases_about_staff
from desk.queries.clock_reminders import on_duty_now, own_limits
from desk.queries.desk_today import Pile, handler_day
from desk.rules.clock_codes import RuleSet
from desk.rules.clock_reminders import Stage
from desk.rules.codes import (
    Channel,
    ConfirmWay,
    ContactResult,
    DeliveryWay,
    Exit,
    Purpose,
    ReturnReason,
    Role,
    Urgency,
)
from desk.store.models import StaffRole
from tests.actions.conftest import own_work, shared_hall, work
from tests.actions.test_extensions import REVIEW, parked
from tests.actions.work import CHEN, FENG, LI, QIN, SUN, WANG, WU, XU, ZHAO, ZHENG, ZHOU, S

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


def keepers(work, case):
    return {who: found for who in (ZHOU, QIN, ZHENG, WANG) if (found := names(work, who, case))}


def test_a_report_that_names_nobody_is_seen_to_by_the_inspectors(work):
    report = work.register(ZHAO, first_unit=work.unit("城建办"), purpose=Purpose.REPORT)
    assert set(keepers(work, report)) == {QIN}
    assert report in [row.case_id for row in work.desk(QIN).read(cases_about_staff)]
    work.to(S.SEALING, report, lead="纪工委", handler=QIN)
    work.ask(QIN, SealPaper, report)
    work.ask(QIN, DeliverPaper, report, way=DeliveryWay.IN_PERSON)
    work.clock.forward(days=2)
    assert keepers(work, report) == {QIN: ["回访"]}
    assert names(work, WU, report) == []


def test_a_complaint_about_the_inspectors_is_the_leaders(work):
    case = work.register(
        ZHAO, first_unit=work.unit("城建办"), purpose=Purpose.REPORT,
        accused_unit=work.unit("纪工委"),
    )  # fmt: skip
    assert set(keepers(work, case)) == {ZHENG, WANG}


def test_what_is_about_a_colleague_is_the_dispatchers_and_the_inspectors_until_it_is_proposed(work):
    case = work.register(accused_unit=work.unit("城建办"))
    assert set(keepers(work, case)) == {ZHOU, QIN}
    lead = work.unit("综合行政执法队")
    work.ask(ZHOU, DispatchCase, case, lead=lead, urgency=Urgency.FAST)
    assert set(keepers(work, case)) == {ZHOU, QIN, ZHENG, WANG}


def test_in_a_street_without_inspectors_the_leaders_see_to_reports(own_work):
    work = own_work
    with Session(work.hall.engine) as session, session.begin():
        session.execute(delete(StaffRole).where(StaffRole.role == Role.INSPECTOR))
    work.hall.read_people()
    report = work.register(ZHAO, first_unit=work.unit("城建办"), purpose=Purpose.REPORT)
    assert set(keepers(work, report)) == {ZHENG, WANG}


def test_what_ended_at_the_counter_is_shown_to_the_inspectors_for_a_month(own_work):
    work = own_work
    case = work.register(exit=Exit.ON_SPOT, answer="已当面道歉。", accused_unit=work.unit("城建办"))
    assert [row.case_id for row in work.desk(QIN).read(cases_about_staff)] == [case]
    work.clock.forward(days=31)
    assert work.desk(QIN).read(cases_about_staff) == ()

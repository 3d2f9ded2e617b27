"""Whom a case is about has no part in it and no sight of it, from the moment it is said (9.4)."""

from dataclasses import replace

import pytest

from desk.actions.attachments import AddAttachment
from desk.actions.closing import AddNote, RevealPrivate
from desk.actions.contacts import RecordContact
from desk.actions.dispatching import DispatchCase
from desk.actions.followup import RecordFollowUp
from desk.actions.handling import AcceptAssignment, FinishHandling, RecordVerification
from desk.actions.last_mile import DeliverPaper, SealPaper
from desk.actions.looking import LookAtContact
from desk.actions.opinions import WriteOpinion
from desk.actions.papers import IssuePaper
from desk.actions.recusal import RecordAccused
from desk.actions.set_aside import MergeCase, UnmergeCase, WithdrawCase
from desk.actions.signing import SignOpinion
from desk.actions.support import AddSupport
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    ClockKind,
    ConfirmWay,
    ContactResult,
    DeliveryWay,
    HandlingResult,
    OpinionStatus,
    Purpose,
    Role,
    Urgency,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.rights import may_see
from desk.store.database import Database
from desk.store.models import Assignment, Clock, Matter, Opinion, Round
from tests.actions.work import CHEN, FENG, LI, LIANG, QIN, SUN, WANG, WU, ZHAO, ZHENG, ZHOU, S

WHY = "诉求人补充说明"
DISPATCH = {"lead": "执法队", "urgency": Urgency.FAST, "reason": "回避"}


def accuse(work, case, who=ZHOU, *, unit=None, staff=None, **more):
    facts = {
        "unit": work.unit(unit) if unit else None,
        "staff": work.staff(staff) if staff else None,
        "reason": WHY,
    }
    return work.ask(who, RecordAccused, case, **(facts | more))


def sees(work, case, name):
    return may_see(work.stand(case), work.hall.person(name))


def standing(work, case):
    gone = (AssignmentStatus.REPLACED, AssignmentStatus.RETURNED)
    return [part for part in work.all(Assignment, case) if part.status not in gone]


def running(work, case):
    return {
        clock.kind: clock
        for clock in work.all(Clock, case)
        if clock.stopped_at is None and clock.set_aside_at is None
    }


def test_who_is_complained_about_is_not_told_what_happened_since_he_looked(work):
    case = work.to(S.ACCEPTED)
    seen = work.case(case).version
    accuse(work, case, unit="城建办")

    with pytest.raises(NotAllowed, match="回避或保密"):
        work.ask(ZHAO, RecordVerification, case, seen=seen, note="配电箱漏电。")


@pytest.mark.parametrize("status", [S.DISPATCHED, S.ACCEPTED, S.HANDLING, S.OPINION, S.SIGNING])
def test_a_unit_that_turns_out_to_be_complained_about_loses_the_case_at_once(work, status):
    case = work.to(status)
    due = {clock.kind: clock.due_at for clock in work.all(Clock, case)}
    kinds = {clock.kind for clock in work.all(Clock, case)}

    changes = accuse(work, case, unit="城建办")

    found = work.case(case)
    assert changes.title == "记录被反映单位、人员，城建办不再承办"
    assert (found.status, found.lead_unit_id, found.handler_id) == (S.RECEIVED, None, None)
    (part,) = work.all(Assignment, case)
    assert (part.status, part.reason) == (AssignmentStatus.REPLACED, "回避")
    assert part.ended_from is not None
    assert not sees(work, case, ZHAO)
    assert sees(work, case, ZHOU)
    now = running(work, case)
    assert ClockKind.DISPATCH in now
    assert {ClockKind.VERIFY, ClockKind.HANDLE} <= set(now) & kinds
    assert all(now[kind].due_at == due[kind] for kind in (ClockKind.VERIFY, ClockKind.HANDLE))
    assert ClockKind.OPINION not in now
    assert work.all(Round, case)[-1].verify_note is None
    assert [row.answer for row in work.all(Matter, case)] == [None]


@pytest.mark.parametrize("status", [S.HANDLING, S.OPINION, S.SIGNING])
def test_somebody_else_then_does_all_of_it_anew(work, status):
    case = work.to(status)
    accuse(work, case, unit="城建办")
    drafts = [row.status for row in work.all(Opinion, case)]

    work.to(S.CLOSED, case, lead="综合行政执法队", handler=SUN)

    assert all(row.status is OpinionStatus.SENT_BACK for row in work.all(Opinion, case)[:-1])
    assert len(work.all(Opinion, case)) == len(drafts) + 1
    assert work.case(case).lead_unit_id == work.unit("综合行政执法队")


def test_the_unit_complained_about_gets_no_part_in_the_case_again(work):
    case = work.to(S.HANDLING)
    accuse(work, case, unit="城建办")
    for unit in ("城建办",):
        with pytest.raises(RuleBroken, match="被反映的单位不能承办"):
            work.ask(ZHOU, DispatchCase, case, lead=work.unit(unit), urgency=Urgency.FAST)
    work.to(S.HANDLING, case, lead="综合行政执法队", handler=SUN)
    with pytest.raises(RuleBroken, match="被反映的单位不能承办"):
        work.ask(ZHOU, AddSupport, case, units=(work.unit("城建办"),), reason="要会签")


@pytest.mark.parametrize("accused", ["榕东社区", "榕东第1网格"])
def test_units_above_and_below_are_concerned_too(work, accused):
    case = work.register()
    accuse(work, case, unit=accused)
    for unit in ("榕东社区", "榕东第1网格"):
        with pytest.raises(RuleBroken, match="被反映的单位不能承办"):
            work.ask(ZHOU, DispatchCase, case, lead=work.unit(unit), urgency=Urgency.FAST)
    assert not sees(work, case, CHEN)


def test_a_support_that_is_complained_about_goes_and_the_case_stays_with_its_lead(work):
    case = work.to(S.DISPATCHED, supports=("榕东社区",))

    changes = accuse(work, case, unit="榕东第1网格")

    assert changes.title == "记录被反映单位、人员，榕东不再承办"
    assert work.case(case).status is S.DISPATCHED
    assert [part.unit_id for part in standing(work, case)] == [work.unit("城建办")]
    accept = [c for c in work.all(Clock, case) if c.kind is ClockKind.ACCEPT]
    assert sum(clock.stopped_at is None for clock in accept) == 1


def test_a_handler_who_is_complained_about_loses_the_case_and_his_unit_does_with_him(work):
    case = work.to(S.HANDLING)

    accuse(work, case, LI, staff=ZHAO)

    assert work.case(case).status is S.RECEIVED
    assert not sees(work, case, ZHAO)


def test_a_complaint_about_somebody_who_has_no_part_in_it_moves_nothing(work):
    case = work.to(S.HANDLING)
    before = [(part.unit_id, part.status) for part in work.all(Assignment, case)]

    changes = accuse(work, case, staff=CHEN)

    assert changes.title == "记录被反映单位、人员"
    assert work.case(case).status is S.HANDLING
    assert [(part.unit_id, part.status) for part in work.all(Assignment, case)] == before


def test_an_opinion_on_the_desk_of_a_leader_who_is_complained_about_goes_to_another(work):
    case = work.to(S.SIGNING)

    accuse(work, case, staff=ZHENG)

    assert work.case(case).status is S.SIGNING
    with pytest.raises(NotAllowed, match="回避或保密"):
        work.ask(ZHENG, SignOpinion, case, is_agreed=True)
    work.ask(WANG, SignOpinion, case, is_agreed=True)
    assert work.case(case).status is S.SEALING


def test_the_history_does_not_name_who_was_complained_about(work):
    case = work.register()
    accuse(work, case, staff=CHEN)
    line = work.history(case)[-1]
    assert CHEN not in line.title + line.payload["detail"]


def test_what_was_said_of_somebody_is_corrected_and_sight_comes_back(work):
    case = work.to(S.HANDLING)
    accuse(work, case, staff=LI)
    assert not sees(work, case, LI)

    assert accuse(work, case, unit="南塘社区").title == "记录被反映单位、人员"
    assert sees(work, case, LI)
    assert not sees(work, case, LIANG)
    assert accuse(work, case).title == "取消被反映单位、人员"
    assert work.case(case).accused_unit_id is None


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"unit": 1}, "unit", "所选的被反映单位已不在表里"),
        ({"staff": 1}, "staff", "所选的被反映人员已不在表里"),
        ({}, "unit", "没有变，不用保存"),
        ({"as_report": True, "reason": " "}, "reason", "从哪里知道的"),
    ],
)
def test_what_cannot_be_recorded_is_refused_beside_its_field(work, more, field, said):
    case = work.register()
    with pytest.raises(RuleBroken, match=said) as refused:
        work.ask(ZHOU, RecordAccused, case, **({"reason": WHY} | more))
    assert refused.value.field == field


def test_what_turns_out_to_be_a_report_is_seen_only_by_who_handles_it_and_the_keepers(work):
    case = work.register(CHEN, first_unit=work.unit("榕东社区"))
    assert all(sees(work, case, name) for name in (CHEN, ZHOU, WU, QIN))

    changes = accuse(work, case, QIN, staff=ZHAO, as_report=True)

    found = work.case(case)
    assert changes.title == "记录被反映单位、人员，转为举报件"
    assert (found.is_secret, found.hides_appellant) == (True, True)
    assert found.purpose is Purpose.REPORT
    assert [name for name in (CHEN, ZHOU, WU, QIN, ZHENG) if sees(work, case, name)] == [
        CHEN,
        QIN,
        ZHENG,
    ]
    with pytest.raises(RuleBroken, match="没有变"):
        accuse(work, case, QIN, staff=ZHAO, as_report=True)


def test_a_report_that_names_nobody_can_be_told_as_one_later(work):
    case = work.register()
    assert accuse(work, case, QIN, as_report=True).title == "转为举报件"


def test_a_report_on_staff_is_dispatched_and_handled_by_the_inspectors(work):
    case = work.register(purpose=Purpose.REPORT, accused_staff=work.staff(ZHAO))
    assert [name for name in (SUN, LIANG, FENG) if sees(work, case, name)] == []

    work.ask(QIN, DispatchCase, case, lead=work.unit("纪工委"), urgency=Urgency.FAST)
    work.to(S.SIGNING, case, handler=QIN)

    assert work.case(case).handler_id == work.staff(QIN)
    assert sees(work, case, LI)  # the desk that took it in
    assert not sees(work, case, ZHAO)


def test_the_appellant_of_a_report_is_hidden_on_slips(work):
    case = work.register(purpose=Purpose.REPORT)
    work.ask(QIN, DispatchCase, case, lead=work.unit("纪工委"), urgency=Urgency.FAST)
    row = work.papers(case, "dispatch-slip")[0].row
    assert (row["is_confidential"], row["appellant"], row["phone"]) == (True, None, None)


def test_what_was_merged_into_a_case_is_about_the_same_people(work):
    main = work.to(S.HANDLING)
    case = work.to(S.HANDLING)
    free = work.register()
    for one in (case, free):
        work.ask(ZHOU, MergeCase, one, into=main, reason="同一件事")

    changes = accuse(work, main, unit="城建办")

    assert changes.cases == (main, case, free)
    for one in (main, case, free):
        assert not sees(work, one, ZHAO)
    aside = work.case(case)
    assert (aside.status, aside.set_aside_from) == (S.MERGED, S.RECEIVED)
    assert running(work, case) == {}
    work.ask(ZHOU, UnmergeCase, case)
    assert work.case(case).status is S.RECEIVED
    assert {ClockKind.DISPATCH, ClockKind.HANDLE} <= set(running(work, case))
    work.to(S.SIGNING, case, lead="综合行政执法队", handler=SUN)


def test_only_who_sees_a_case_says_whom_it_is_about(work):
    case = work.register()
    for name in (SUN, LIANG, FENG):
        with pytest.raises(NotAllowed):
            accuse(work, case, name, staff=ZHAO)


# What each would do if the case were not about himself: where it stands, who, what.
OWN = (
    (S.RECEIVED, ZHOU, DispatchCase, {"lead": "城建办", "urgency": Urgency.FAST}),
    (S.DISPATCHED, ZHOU, AddSupport, {"units": ("榕东社区",), "reason": "要到场"}),
    (S.DISPATCHED, ZHAO, AcceptAssignment, {}),
    (S.ACCEPTED, ZHAO, RecordContact, {"result": ContactResult.REACHED}),
    (S.ACCEPTED, ZHAO, RecordVerification, {"note": "查过"}),
    (
        S.HANDLING,
        ZHAO,
        FinishHandling,
        {"result": HandlingResult.SOLVED, "measures": "已换"},
    ),
    (
        S.OPINION,
        ZHAO,
        WriteOpinion,
        {"title": "甲", "acceptance": "乙", "findings": "丙", "decision": "丁"},
    ),
    (S.SIGNING, ZHENG, SignOpinion, {"is_agreed": True}),
    (S.SEALING, FENG, SealPaper, {}),
    (S.DELIVERING, LI, DeliverPaper, {"way": DeliveryWay.IN_PERSON}),
    (S.FOLLOW_UP, WU, RecordFollowUp, {"is_reached": False}),
    (S.HANDLING, ZHOU, MergeCase, {"into": 1, "reason": "同一件"}),
    (S.HANDLING, LI, WithdrawCase, {"reason": "不办了", "way": ConfirmWay.WRITTEN}),
    (S.HANDLING, LI, RevealPrivate, {"reason": "看看"}),
    (S.HANDLING, LI, LookAtContact, {"where": "案件"}),
    (S.HANDLING, LI, AddNote, {"note": "看看"}),
    (S.HANDLING, LI, IssuePaper, {"code": "intake-sheet"}),
    (S.HANDLING, LI, AddAttachment, {"name": "甲.txt", "content": b"a"}),
    (S.HANDLING, ZHOU, RecordAccused, {"reason": WHY}),
)
_UNITS = {"lead", "units"}


@pytest.mark.parametrize(
    ("status", "who", "request_", "facts"), OWN, ids=[row[2].__name__ for row in OWN]
)
def test_whom_a_case_is_about_does_nothing_with_it(work, status, who, request_, facts):
    others = {LI: CHEN}.get(who, LI)
    early = status in (S.SEALING, S.DELIVERING, S.FOLLOW_UP)
    case = work.register() if status is S.RECEIVED else work.to(S.HANDLING if early else status)
    accuse(work, case, QIN, staff=who)
    if early:
        _bring(work, case, status)
    given = {name: _ids(work, value) if name in _UNITS else value for name, value in facts.items()}

    with pytest.raises(NotAllowed, match="回避或保密"):
        work.ask(who, request_, case, **given)
    assert others != who


def _ids(work, value):
    return work.unit(value) if isinstance(value, str) else tuple(work.unit(one) for one in value)


def _bring(work, case, status):
    """Bring a case on although the one who usually seals or delivers is recused."""
    work.to(S.SEALING, case)
    if status in (S.DELIVERING, S.FOLLOW_UP):
        work.ask(FENG, SealPaper, case)
    if status is S.FOLLOW_UP:
        work.ask(LI, DeliverPaper, case, way=DeliveryWay.IN_PERSON)


def test_neither_a_deputy_who_is_complained_about_signs_nor_the_deputy_of_such_a_leader(work):
    stands_in = {
        "acts_for": frozenset({work.staff(ZHENG)}),
        "acting_roles": frozenset({Role.LEADER}),
    }
    deputy = replace(work.hall.person(SUN), **stands_in)
    desk = Database(work.hall.engine, deputy, clock=work.clock)
    for accused in (SUN, ZHENG):
        case = work.to(S.SIGNING)
        accuse(work, case, staff=accused)
        asked = SignOpinion(
            **work.hall.by(SUN),
            case=case,
            seen=work.case(case).version,
            is_agreed=True,
            for_other=True,
        )
        with pytest.raises(NotAllowed):
            desk.carry_out(asked)
        assert work.case(case).status is S.SIGNING


def test_a_lead_part_of_another_unit_stays_where_only_a_support_is_concerned(work):
    case = work.to(S.HANDLING, supports=())
    work.ask(ZHOU, AddSupport, case, units=(work.unit("南塘社区"),), reason="要到场")
    accuse(work, case, staff=SUN)
    assert {part.role for part in standing(work, case)} == {
        AssignmentRole.LEAD,
        AssignmentRole.SUPPORT,
    }

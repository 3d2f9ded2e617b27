"""Telling somebody by telephone is ringing him: on the list, judged, and counted once."""

from datetime import timedelta
from itertools import count

import pytest

from desk.actions.contacts import RecordContact
from desk.actions.extensions import AskExtension, TellExtension
from desk.actions.guidance import CheckArrival
from desk.actions.intake import Appellant
from desk.actions.pauses import PauseClocks
from desk.actions.set_aside import ReinstateCase, WithdrawCase
from desk.rules.arrivals import ArrivalAnswer
from desk.rules.calling import RANG_IN
from desk.rules.clock_codes import ExtensionKind, ExtensionReason, PauseReason
from desk.rules.codes import ClockKind, ConfirmWay, ContactResult, ContactWay, Exit
from desk.rules.errors import RuleBroken
from desk.rules.withdrawal import Withdrawer
from desk.store.models import Contact
from tests.actions.work import LI, ZHAO, S

PHONE, FACE = ContactWay.PHONE, ContactWay.FACE
REACHED = ContactResult.REACHED
NUMBERS = (f"138000000{n:02}" for n in count(60))


@pytest.fixture
def appellant():
    """Somebody whose number no other test of this module rings."""
    return Appellant(name="陈桂芳", phone=next(NUMBERS))


def told(work, way=PHONE, **more):
    return {"told_way": way, "told_at": work.clock(), **more}


def ask(work, case, **more):
    due = work.clock_of(case, ClockKind.HANDLE).due_at
    facts = {
        "kind": ExtensionKind.EXTEND,
        "reason": ExtensionReason.WORKS,
        "explanation": "等供电公司换总进线。",
        "late_reason": "刚知道要停电",
        "until": due + timedelta(days=1),
    }
    return work.ask(ZHAO, AskExtension, case, **(facts | more))


def pause(work, case, **more):
    facts = {"reason": PauseReason.MATERIALS, "note": "等房产证复印件，约三天"}
    return work.ask(ZHAO, PauseClocks, case, **(facts | more))


def withdraw(work, case, **more):
    facts = {"reason": "邻居自己修好了", "way": ConfirmWay.PHONE, "note": "他说“不用来了”"}
    return work.ask(LI, WithdrawCase, case, **(facts | more))


def arrive(work, case, **more):
    return work.ask(LI, CheckArrival, case, **({"answer": ArrivalAnswer.ARRIVED} | more))


def guided(work, appellant):
    facts = {"exit": Exit.GUIDANCE, "answer": "归仲裁院管。", "guided_to": "区仲裁院"}
    return work.register(appellant=appellant, **facts)


def last(work, case):
    row = work.all(Contact, case)[-1]
    return row.way, row.result, row.note, row.over_reason


def refused(call, *args, **more):
    with pytest.raises(RuleBroken, match="请写一句为什么") as said:
        call(*args, **more)
    assert said.value.field == "over_reason"
    return str(said.value)


def test_who_is_told_of_more_time_was_rung_and_that_counts(work, appellant):
    case = work.to(S.HANDLING, appellant=appellant)
    ask(work, case)
    assert len(work.all(Contact, case)) == 1  # nobody was told yet
    for _ in range(2):
        work.clock.forward(minutes=1)
        work.ask(ZHAO, TellExtension, case, **told(work, told_note="同意等"))
    assert last(work, case) == (PHONE, REACHED, "告知延期的理由：同意等", None)

    work.clock.forward(minutes=1)
    said = refused(work.ask, ZHAO, TellExtension, case, **told(work, over_reason=""))
    assert said.startswith("今天已打 3 次，每天最多 3 次")
    work.ask(ZHAO, TellExtension, case, **told(work, FACE, over_reason=""))
    assert last(work, case) == (FACE, REACHED, "告知延期的理由", None)


def test_a_talk_that_was_recorded_first_is_not_recorded_twice(work, appellant):
    case = work.to(S.HANDLING, appellant=appellant)
    at = work.all(Contact, case)[0].happened_at

    ask(work, case, told_way=PHONE, told_at=at)

    assert len(work.all(Contact, case)) == 1


def test_what_he_was_told_before_the_first_call_was_the_first_call(work, appellant):
    case = work.to(S.ACCEPTED, appellant=appellant)
    begun = work.clock_of(case, ClockKind.CONTACT).started_at
    ask(work, case, told_way=PHONE, told_at=begun - timedelta(hours=1))
    assert work.clock_of(case, ClockKind.CONTACT).stopped_at is None  # told before he had come

    at = work.clock.forward(minutes=1)
    pause(work, case, **told(work))

    assert work.clock_of(case, ClockKind.CONTACT).stopped_at == at
    assert last(work, case)[2] == "告知为什么暂停计时：等诉求人补充材料"


def test_nobody_is_told_at_night_without_a_reason(work, appellant):
    case = work.to(S.HANDLING, appellant=appellant)
    work.clock.set("2026-11-02 22:30")

    said = refused(pause, work, case, **told(work, over_reason=""))

    assert said.startswith("现在是夜间，8 点以后再打。")
    assert work.clock_of(case, ClockKind.HANDLE).paused_since is None
    pause(work, case, **told(work, rang_in=True, over_reason=""))
    assert last(work, case)[3] == RANG_IN


def test_asking_whether_he_arrived_is_an_attempt_to_reach_him(work, appellant):
    case = guided(work, appellant)
    arrive(work, case, answer=ArrivalAnswer.NOT_YET)
    assert work.all(Contact, case) == []  # the other office was asked

    arrive(work, case, answer=ArrivalAnswer.UNREACHED, asked_way=PHONE, over_reason="")
    no_answer = ContactResult.NO_ANSWER
    assert last(work, case) == (PHONE, no_answer, "问是否到达：没联系上，再问", None)
    for _ in range(2):
        arrive(work, case, answer=ArrivalAnswer.NOT_YET, asked_way=PHONE, over_reason="")
    refused(arrive, work, case, asked_way=PHONE, over_reason="")
    arrive(work, case, asked_way=FACE, note="本人来说的", over_reason="")
    assert last(work, case) == (FACE, REACHED, "问是否到达：已到达\n本人来说的", None)
    assert work.all(Contact, case)[0].unit_id == work.unit("信联办")


def test_how_a_withdrawal_was_confirmed_is_a_contact_but_for_a_letter(work, appellant):
    case = work.register(appellant=appellant)
    withdraw(work, case, rang_in=True, over_reason="")
    note = "诉求人本人确认撤回：他说“不用来了”"
    assert last(work, case) == (PHONE, REACHED, note, RANG_IN)
    work.ask(LI, ReinstateCase, case)
    work.clock.forward(minutes=1)
    withdraw(work, case, way=ConfirmWay.IN_PERSON, by=Withdrawer.GUARDIAN, note="")
    assert last(work, case) == (FACE, REACHED, "监护人确认撤回", None)
    work.ask(LI, ReinstateCase, case)
    withdraw(work, case, way=ConfirmWay.WRITTEN)

    assert len(work.all(Contact, case)) == 2
    work.ask(LI, ReinstateCase, case)
    assert work.clock_of(case, ClockKind.CONTACT).stopped_at is None  # as it was


def test_our_own_call_for_a_withdrawal_is_judged_and_counted_once(work, appellant):
    case = work.register(appellant=appellant)
    for _ in range(3):
        at = work.clock.forward(minutes=1)
        work.ask(LI, RecordContact, case, result=REACHED)
    withdraw(work, case, confirmed_at=at, over_reason="")
    assert len(work.all(Contact, case)) == 3
    work.ask(LI, ReinstateCase, case)
    work.clock.forward(minutes=1)

    refused(withdraw, work, case, over_reason="")
    assert work.case(case).status is S.RECEIVED
    withdraw(work, case, over_reason="他约我们这时候打")
    assert last(work, case)[3] == "他约我们这时候打"

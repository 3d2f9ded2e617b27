"""Cases before a leader (接访件): brought forward, what he said, who does it until when (9.3).

Each word issues the 接访登记表 anew under its number, so that the paper says how far it has come.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from desk.actions.numbers import next_text
from desk.actions.papers import issue, replace_paper
from desk.actions.reception_days import open_day
from desk.rules.codes import Channel, Role
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import day_of
from desk.rules.numbering import NumberKind
from desk.rules.reception_codes import ReceptionOrigin, ReceptionOutcome
from desk.rules.receptions import RECEIVERS, is_his_day, require_word
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.hall_rules import hall_calendar
from desk.store.ids import new_id
from desk.store.models import Case, Paper, ReceptionCase, ReceptionDay, Unit
from desk.store.people import staff_name
from desk.store.reception_book import is_reception_day
from desk.store.reception_rows import may_come_before, receivers_of, stand_ins
from desk.store.requests import CaseRequest, Changes, action
from desk.store.roster_rows import posts_on
from desk.store.transaction import Transaction, stand_of
from desk.store.unit_names import unit_name

_PAPER = "reception-record"
_NOT_FOUND = "找不到这次接访，请刷新后再试。"
_ABOUT_HIM = "此件反映的是当天接访的领导或其单位，依回避规定不能提请给他。请改到别的接访日。"
_RECORDERS = frozenset({Role.CLERK, Role.DISPATCHER, Role.OFFICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class BringForward(CaseRequest):
    """Bring a case before the leader of a reception day (提请接访)."""

    post: int
    day: date
    why: str = words("提请理由")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOffReception(CaseRequest):
    """Take a case off a reception day, before the leader has said anything."""

    reception: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReception(CaseRequest):
    """Write down what the leader said and decided (接访登记).

    Attributes:
        leader: who received, where it was not the first of the day's roster (代理人).
        received_at: when they sat together.
    """

    reception: int
    received_at: datetime
    opinion: str = words("领导意见", Field.BODY)
    outcome: ReceptionOutcome
    leader: int | None = None
    follow_unit: int | None = None
    follow_person: str = words("跟进人", longest=100, default="")
    follow_due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowReception(CaseRequest):
    """Say what came of what the leader decided (落实情况)."""

    reception: int
    note: str = words("落实情况", Field.BODY)


@action(BringForward, "reception.brought")
def bring_forward(tx: Transaction, request: BringForward) -> Changes:
    """Put a case on the list of a reception day.

    Raises:
        NotAllowed: neither 信联办 nor a leader.
        RuleBroken: nobody receives then, the day is over, no reason, on the list already, or it
            is about the leader of that day.
    """
    case = tx.open_case(request.case, request.seen, Deed.BRING_FORWARD)
    if not request.why.strip():
        raise RuleBroken("请写一句为什么提请领导接访。", field="why")
    if request.day < tx.today:
        raise RuleBroken("这个接访日已经过了，请选今天或以后的。", field="day")
    day = open_day(tx, request.post, request.day)
    if not _may_come(tx, case, day):
        raise RuleBroken(_ABOUT_HIM, field="day")
    row = _put(tx, case, day, ReceptionOrigin.BROUGHT, request.why)
    return Changes(
        f"提请 {request.day:%m-%d} 接访日",
        cases=(case.id,),
        made={"reception": row.id},
        detail=request.why,
    )


@action(TakeOffReception, "reception.taken_off")
def take_off_reception(tx: Transaction, request: TakeOffReception) -> Changes:
    """Take a case off a reception day again.

    Raises:
        NotAllowed: neither 信联办 nor a leader.
        RuleBroken: it is not on it, or the leader has spoken already.
    """
    case = tx.open_case(request.case, request.seen, Deed.BRING_FORWARD)
    row = _of_case(tx, case, request.reception)
    if row.opinion is not None:
        raise RuleBroken("领导已经接访过这一件，登记表已出，不能再移出。")
    tx.watch(row)
    row.removed_by, row.removed_at = request.made_by, request.happened_at
    return Changes("移出接访日", cases=(case.id,))


@action(RecordReception, "reception.recorded")
def record_reception(tx: Transaction, request: RecordReception) -> Changes:
    """Write down what the leader said; the record is issued, or its next revision.

    Raises:
        NotAllowed: neither the counter's desks nor the leader of that day or who stands in.
        RuleBroken: nobody stands on the roster, it is about him, or words, unit or day are missing.
    """
    case = tx.open_case(request.case, request.seen, Deed.HEAR)
    row = _of_case(tx, case, request.reception)
    day = tx.session.get_one(ReceptionDay, row.reception_day_id)
    leader, name = _leader(tx, day, request.leader)
    if not _may_come(tx, case, day):
        raise RuleBroken(_ABOUT_HIM)
    has_unit = request.follow_unit is not None
    require_word(
        request.opinion,
        request.outcome,
        has_unit=has_unit,
        due_on=request.follow_due,
        today=day_of(request.happened_at),
    )
    if request.follow_unit is not None:
        tx.own(Unit, request.follow_unit, "请从列表里选跟进单位。", field="follow_unit")
    tx.watch(row)
    row.leader_id, row.leader_name = leader, name
    row.received_at, row.opinion, row.outcome = (
        request.received_at,
        request.opinion,
        request.outcome,
    )
    row.follow_unit_id = request.follow_unit
    row.follow_person = request.follow_person or None
    row.follow_due = request.follow_due
    row.recorded_by, row.recorded_at = request.made_by, request.happened_at
    paper = _issue(tx, case, row)
    who = unit_name(tx.session, row.follow_unit_id, tx.today)
    until = f"，{who} {row.follow_due:%m-%d} 前" if row.follow_due and who else ""
    return Changes(
        f"领导接访：{label(request.outcome)}{until}",
        cases=(case.id,),
        made={"reception": row.id, "paper": paper.id, "number": paper.number},
        detail=request.opinion,
    )


@action(FollowReception, "reception.followed")
def follow_reception(tx: Transaction, request: FollowReception) -> Changes:
    """Say what came of it; the record says so too.

    Raises:
        NotAllowed: neither the unit that was told to, nor the counter's desks, nor a leader.
        RuleBroken: the leader has said nothing yet, or nothing is written.
    """
    case = tx.open_case(request.case, request.seen, Deed.FOLLOW_RECEPTION)
    row = _of_case(tx, case, request.reception)
    if row.opinion is None:
        raise RuleBroken("还没有登记领导意见，先登记再写落实情况。")
    person = tx.person
    oversees = person.is_built_in or person.roles & (_RECORDERS | RECEIVERS)
    if not oversees and row.follow_unit_id not in person.unit_ids:
        raise NotAllowed("落实情况由跟进单位或信联办填写。")
    if not request.note.strip():
        raise RuleBroken("请写做了什么、结果怎样。", field="note")
    tx.watch(row)
    row.done_on, row.done_note = day_of(request.happened_at), request.note
    row.done_by = request.made_by
    _issue(tx, case, row)
    return Changes("接访事项已落实", cases=(case.id,), detail=request.note)


def put_on_day(
    tx: Transaction, case: Case, at: datetime, reception_day: int | None = None
) -> ReceptionCase | None:
    """Put a case just taken in on the reception day it came on (接访日受理).

    Without one that was agreed on, that is today's for whoever came for the leader. A case about
    him goes the usual way instead, and nobody is told why (9.4).
    """
    day = (
        tx.session.get(ReceptionDay, reception_day)
        if reception_day is not None
        else _held_on(tx, day_of(at), case.channel)
    )
    if day is None or not _may_come(tx, case, day):
        return None
    by_appointment = reception_day is not None
    origin = ReceptionOrigin.APPOINTMENT if by_appointment else ReceptionOrigin.TAKEN_IN
    return _put(tx, case, day, origin, "")


def _held_on(tx: Transaction, day: date, channel: Channel) -> ReceptionDay | None:
    if channel is not Channel.LEADER_DAY:
        return None
    calendar = hall_calendar(tx.session, tx.street_id, tx.today)
    for post in posts_on(tx.session, tx.street_id, day):
        if is_reception_day(tx.session, post, day, calendar):
            return open_day(tx, post.id, day)
    return None


def _may_come(tx: Transaction, case: Case, day: ReceptionDay) -> bool:
    receivers = receivers_of(tx.session, day.post_id, day.day)
    return may_come_before(tx.session, receivers, stand_of(tx.session, case), tx.today)


def _put(
    tx: Transaction, case: Case, day: ReceptionDay, origin: ReceptionOrigin, why: str
) -> ReceptionCase:
    old = tx.session.scalar(
        select(ReceptionCase).where(
            ReceptionCase.reception_day_id == day.id, ReceptionCase.case_id == case.id
        )
    )
    if old is not None and old.removed_at is None:
        raise RuleBroken("此件已经在这个接访日上了。", field="day")
    if old is not None:
        tx.watch(old)
        old.removed_by = old.removed_at = None
        old.why = why or None
        return old
    row = ReceptionCase(
        id=new_id(),
        street_id=tx.street_id,
        reception_day_id=day.id,
        case_id=case.id,
        origin=origin,
        why=why or None,
        added_by=tx.person.staff_id,
        added_at=tx.now,
    )
    tx.add(row)
    return row


def _of_case(tx: Transaction, case: Case, reception: int) -> ReceptionCase:
    row = tx.own(ReceptionCase, reception, _NOT_FOUND)
    if row.case_id != case.id or row.removed_at is not None:
        raise RuleBroken(_NOT_FOUND)
    return row


def _leader(tx: Transaction, day: ReceptionDay, chosen: int | None) -> tuple[int | None, str]:
    """Return who received; only he, his deputy and the counter's desks write down what he said."""
    receivers = receivers_of(tx.session, day.post_id, day.day)
    if not receivers:
        raise RuleBroken("这个接访日还没有排领导。请先在“值班”里排上。")
    person = tx.person
    writes = person.is_built_in or person.roles & _RECORDERS
    if not writes and not is_his_day(person, [one.staff_id for one in receivers]):
        raise NotAllowed("这一天不是您接访，由当天的领导或信联办登记。")
    known = {one.staff_id for one in (*receivers, *stand_ins(tx.session, receivers, day.day))}
    if chosen is None:
        return receivers[0].staff_id, receivers[0].name
    if chosen not in known:
        raise RuleBroken("接访领导请从当天值班的人和其代理人里选。", field="leader")
    return chosen, staff_name(tx.session, chosen) or ""


def _issue(tx: Transaction, case: Case, row: ReceptionCase) -> Paper:
    """Issue the record; with each word its next revision under the same number."""
    old = tx.session.get(Paper, row.paper_id) if row.paper_id else None
    at = row.received_at or tx.now
    number = next_text(tx, NumberKind.RECEPTION, at) if old is None else old.number
    paper = issue(tx, case, _PAPER, number=number, assignment=row)
    if old is not None:
        replace_paper(tx, old, paper)
    row.paper_id = paper.id
    return paper

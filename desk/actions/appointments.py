"""Appointments (预约): who comes when, put off, called off, came or did not (DOMAIN.md 004-2).

Whoever comes is known by name only until he is a case; from then on the case alone says who he is
and what he wants (`link_appointment`), and what never became one is blanked after some days.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import update

from desk.actions.intake_checks import require_row
from desk.actions.reception_days import open_day
from desk.rules.codes import CaseStatus
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.identity import normalise_phone
from desk.rules.moments import day_of, in_shanghai, say_moment
from desk.rules.reception_codes import AppointmentState, AppointmentWay
from desk.rules.reception_settings import AHEAD_DAYS, KEPT_DAYS
from desk.rules.receptions import Slot, require_move, require_slot, require_visitor
from desk.rules.rights import CaseStand, require_hall
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import Appointment, Staff, Unit
from desk.store.reception_book import Asked, hold_book, slots_of, taken_at
from desk.store.reception_rows import may_come_before, receivers_of
from desk.store.reception_sight import find_appointment
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

S = AppointmentState
_NOT_FOUND = "找不到这个预约，可能刚被改动，请刷新后再试。"
_ABOUT_HIM = "反映的是当天接访的领导本人，不能约在他的接访日。请改约别的日子，或约到窗口。"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookAppointment(Request):
    """Write down that somebody will come.

    Attributes:
        post: the post of the leaders' reception, or None for the counter.
        accused_unit, accused_staff: whom it is about; they learn nothing of it (9.4).

    Made: {"appointment": id}.
    """

    starts_at: datetime
    post: int | None = None
    name: str = words("怎么称呼", Field.NAME)
    phone: str = words("电话", Field.CODE, longest=40, default="")
    way: AppointmentWay = AppointmentWay.PHONE
    matter: str = words("来办什么事", Field.BODY)
    needs: tuple[str, ...] = words("所需服务", default=())
    accused_unit: int | None = None
    accused_staff: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveAppointment(Request):
    """Put an appointment off, to another time or another book.

    Attributes:
        seen: how often it was put off, as it was on screen.
    """

    appointment: int
    seen: int
    starts_at: datetime
    post: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAppointment(Request):
    """Say that somebody came, did not come, called it off, or is expected after all."""

    appointment: int
    state: AppointmentState
    note: str = words("说明", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealAppointment(Request):
    """Look at the telephone number of somebody who will come, with a reason."""

    appointment: int
    reason: str = words("查看理由")


@action(BookAppointment, "appointment.booked")
def book_appointment(tx: Transaction, request: BookAppointment) -> Changes:
    """Give somebody a place of a half hour.

    Raises:
        NotAllowed: the asker keeps no appointments.
        RuleBroken: nobody is received then or all places are taken (the next free ones are
            named); who comes, or about what, is missing; it is about the leader of that day.
    """
    require_hall(Deed.KEEP_APPOINTMENTS, tx.person)
    require_visitor(request.name, request.matter)
    require_row(tx, Unit, request.accused_unit, "被反映单位", "accused_unit")
    require_row(tx, Staff, request.accused_staff, "被反映人员", "accused_staff")
    _forget_old(tx)
    row = Appointment(
        id=new_id(),
        street_id=tx.street_id,
        state=S.BOOKED,
        way=request.way,
        name=request.name,
        phone=normalise_phone(request.phone) or None,
        matter=request.matter,
        needs=list(request.needs),
        accused_unit_id=request.accused_unit,
        accused_staff_id=request.accused_staff,
        made_by=request.made_by,
        made_at=request.happened_at,
        moved=0,
    )
    _place(tx, row, request.starts_at, request.post)
    tx.add(row)
    when = f"{in_shanghai(row.starts_at):%m-%d %H:%M}"
    return Changes(f"{label(row.way)}预约 {when}", made={"appointment": row.id})


@action(MoveAppointment, "appointment.moved")
def move_appointment(tx: Transaction, request: MoveAppointment) -> Changes:
    """Put it off to another half hour; the old place is free again.

    Raises:
        NotAllowed: the asker keeps no appointments.
        RuleBroken: it is over, was put off meanwhile, or the new time cannot be had.
    """
    row = _kept(tx, request.appointment)
    if row.moved != request.seen:
        at = say_moment(row.starts_at, seen_at=tx.now)
        raise RuleBroken(f"这个预约刚被别的窗口改到 {at}，请看过后再改。", field="starts_at")
    if row.state is not S.BOOKED:
        require_move(row.state, S.BOOKED)
    tx.watch(row)
    row.state, row.ended_by, row.ended_at = S.CANCELLED, None, None  # its own place is free
    tx.session.flush()
    _place(tx, row, request.starts_at, request.post)
    row.state, row.moved = S.BOOKED, row.moved + 1
    when = f"{in_shanghai(row.starts_at):%m-%d %H:%M}"
    return Changes(f"预约改到 {when}", made={"appointment": row.id})


@action(MarkAppointment, "appointment.marked")
def mark_appointment(tx: Transaction, request: MarkAppointment) -> Changes:
    """Say what became of it; a place that nobody uses is free again.

    Raises:
        NotAllowed: the asker keeps no appointments.
        RuleBroken: it cannot become that any more.
    """
    row = _kept(tx, request.appointment)
    require_move(row.state, request.state)
    tx.watch(row)
    if row.state is S.NOT_COME:  # his place may be somebody else's by now
        _seat_anyway(tx, row)
    row.state = request.state
    is_over = request.state is not S.BOOKED
    row.ended_by = request.made_by if is_over else None
    row.ended_at = request.happened_at if is_over else None
    row.end_note = request.note or None
    return Changes(f"预约：{label(request.state)}", made={"appointment": row.id})


@action(RevealAppointment, "appointment.revealed")
def reveal_appointment(tx: Transaction, request: RevealAppointment) -> Changes:
    """Note who looked at the number of somebody who will come, and why.

    Raises:
        RuleBroken: it is kept from the asker, no reason was given, or no number is known.
    """
    row = _seen(tx, request.appointment)
    if not request.reason.strip():
        raise RuleBroken("请写一句为什么要看电话，查看会留痕。", field="reason")
    if not row.phone:
        raise RuleBroken("这个预约没有留电话，或已按规定抹去。")
    return Changes("查看预约电话", made={"appointment": row.id}, detail=request.reason)


def link_appointment(tx: Transaction, appointment: int, case_id: int, at: datetime) -> int | None:
    """Let an appointment become a case, which alone says from now on who he is (受理时).

    Returns its reception day, if it was with a leader. An intake never fails for an appointment
    that is gone meanwhile: it may come late from a desk that was offline.
    """
    row = find_appointment(tx.session, tx.person, appointment)
    if row is None or row.case_id is not None:
        return None
    tx.watch(row)
    if row.state not in {S.BOOKED, S.CAME}:
        _seat_anyway(tx, row)
    row.state, row.case_id = S.CAME, case_id
    row.ended_by, row.ended_at = tx.person.staff_id, at
    row.name = row.phone = row.matter = row.end_note = None
    row.needs, row.forgotten_at = [], tx.now
    return row.reception_day_id


def _seen(tx: Transaction, appointment: int) -> Appointment:
    row = find_appointment(tx.session, tx.person, appointment)
    if row is None:
        raise RuleBroken(_NOT_FOUND)
    return row


def _kept(tx: Transaction, appointment: int) -> Appointment:
    """Return an appointment that the asker keeps, and that is no case yet."""
    require_hall(Deed.KEEP_APPOINTMENTS, tx.person)
    row = _seen(tx, appointment)
    if row.case_id is not None:
        raise RuleBroken("这个预约已经受理成案，请到案件里办理。")
    return row


def _place(tx: Transaction, row: Appointment, starts_at: datetime, post: int | None) -> None:
    """Give an appointment the first free place of a half hour."""
    day = day_of(starts_at)
    row.reception_day_id, row.book_id = None, tx.street_id
    if post is not None:
        received = open_day(tx, post, day)
        _require_not_about(tx, row, post, day)
        row.reception_day_id = row.book_id = received.id
    hold_book(tx.session, row.book_id)
    slots = slots_of(tx.session, tx.street_id, Asked(day, post), tx.today)
    ahead = int(setting(tx.session, tx.street_id, AHEAD_DAYS, tx.today))
    slot = require_slot(slots, starts_at, now=tx.now, ahead_days=ahead)
    row.starts_at, row.seat = starts_at, slot.seat


def _require_not_about(tx: Transaction, row: Appointment, post: int, day: date) -> None:
    about = CaseStand(
        status=CaseStatus.RECEIVED,
        first_unit_id=0,
        first_responder_id=None,
        involved_units=frozenset(),
        accused_unit_id=row.accused_unit_id,
        accused_staff_id=row.accused_staff_id,
    )
    if not may_come_before(tx.session, receivers_of(tx.session, post, day), about, tx.today):
        raise RuleBroken(_ABOUT_HIM, field="starts_at")


def _seat_anyway(tx: Transaction, row: Appointment) -> None:
    """Seat somebody who is there, though his half hour may be full by now."""
    hold_book(tx.session, row.book_id)
    taken = taken_at(tx.session, row.book_id, row.starts_at)
    row.seat = Slot(row.starts_at, 0, taken).seat


def _forget_old(tx: Transaction) -> None:
    """Blank who would have come long ago and never became a case (到期抹去)."""
    days = int(setting(tx.session, tx.street_id, KEPT_DAYS, tx.today))
    tx.session.execute(
        update(Appointment)
        .where(
            Appointment.street_id == tx.street_id,
            Appointment.starts_at < tx.now - timedelta(days=days),
            Appointment.forgotten_at.is_(None),
        )
        .values(name=None, phone=None, matter=None, end_note=None, needs=[], forgotten_at=tx.now)
        .execution_options(synchronize_session=False)
    )

"""Sittings (会次): begun with rights signed and recusal asked, joined late, ended.

DOMAIN.md 2.13 (5), (7), 6.5 M2 → M3. A record is written meanwhile (`mediation_record.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from desk.actions.booking_plan import leave
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingStatus, MediationStatus, SessionEnd
from desk.rules.mediation_life import require_mediation_move
from desk.rules.mediation_rights import MediationDeed
from desk.rules.moments import in_shanghai
from desk.rules.sittings import Asked, why_not_begin
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.mediation_access import open_mediation
from desk.store.models import (
    Booking,
    Mediation,
    MediationCompanion,
    MediationContent,
    MediationParty,
    MediationSession,
)
from desk.store.requests import Changes, MediationRequest, action
from desk.store.transaction import Transaction

_WAITING = frozenset({BookingStatus.PROVISIONAL, BookingStatus.CONFIRMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Somebody who is in the room: a party itself, or who came along with it."""

    party: int
    companion: int | None = None
    came_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAnswer:
    """What a party signed, and what it said when asked about the mediator (回避询问).

    Attributes:
        against: the mediator whom it does not want, so that the next one need not ask again.
    """

    party: int
    has_signed: bool = False
    wants_other: bool | None = None
    against: int | None = None
    reason: str = words("回避的理由", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSession(MediationRequest):
    """Begin a sitting, from an appointment of today or on the spot. Made: {"session": id}.

    Attributes:
        invited: names of others who take part by invitation.
    """

    booking: int | None = None
    place: str = words("地点")
    reason: str = words("事由", default="")
    recorder: str = words("记录人", default="")
    attended: tuple[Attendance, ...]
    answers: tuple[PartyAnswer, ...]
    invited: tuple[str, ...] = words("应邀参加的人", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAttendance(MediationRequest):
    """Write down who came late or went early; who comes late is told and asked too."""

    session: int
    attended: tuple[Attendance, ...]
    answers: tuple[PartyAnswer, ...]
    invited: tuple[str, ...] = words("应邀参加的人", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSession(MediationRequest):
    """End a sitting that had no outcome yet; outcomes end theirs by themselves.

    Attributes:
        absent: parties that had an appointment and did not come.

    Made: {"again": whether a party has missed so many that the mediation may be ended}.
    """

    session: int
    end: SessionEnd
    result: str = words("调解结果", Field.BODY, default="")
    reason: str = words("中止的原因", default="")
    absent: tuple[int, ...] = ()


@action(StartSession, "mediation.session_started")
def start_session(tx: Transaction, request: StartSession) -> Changes:
    """Begin a sitting; with the first one the mediation is under way.

    Raises:
        RuleBroken: one is still open, nobody came, a party has not signed or was not asked, the
            mediator it refuses was not replaced, or the appointment is not one of today.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.HOLD_SESSION)
    last = _last_session(tx, mediation)
    if last is not None and last.ended_at is None:
        raise RuleBroken(f"第 {last.seq} 次会次还没有结束，请先结束它。")
    mediator = _require_ready(tx, mediation, request.attended, request.answers)
    if not request.place:
        raise RuleBroken("请写在哪里调解。", field="place")
    booking = _begun_booking(tx, mediation, request.booking)
    if mediation.status is not MediationStatus.MEDIATING:
        require_mediation_move(mediation.status, MediationStatus.MEDIATING)
        mediation.status = MediationStatus.MEDIATING
    row = MediationSession(
        id=new_id(),
        street_id=tx.street_id,
        mediation_id=mediation.id,
        seq=1 if last is None else last.seq + 1,
        booking_id=None if booking is None else booking.id,
        place=request.place,
        reason=request.reason or tx.session.get_one(MediationContent, mediation.id).title,
        started_at=request.happened_at,
        mediator_id=mediator,
        recorder=request.recorder or tx.person.name,
        attended=_attended_rows(tx, mediation, request.attended),
        invited=list(request.invited),
        rights_signed=_signed(request.answers),
        recusal_answers=_recusals(request.answers),
        blocks=[],
        saved_at=tx.now,
        saved_by=tx.person.staff_id,
    )
    tx.add(row)
    return Changes(f"开始第 {row.seq} 次调解", mediations=(mediation.id,), made={"session": row.id})


@action(ChangeAttendance, "mediation.attendance_changed")
def change_attendance(tx: Transaction, request: ChangeAttendance) -> Changes:
    """Write down who is in the room now.

    Raises:
        RuleBroken: the sitting is over, or somebody new has not signed or was not asked.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.HOLD_SESSION)
    row = running_session(tx, mediation, request.session)
    _require_ready(tx, mediation, request.attended, request.answers)
    row.attended = _attended_rows(tx, mediation, request.attended)
    row.invited = list(request.invited)
    row.rights_signed = {**row.rights_signed, **_signed(request.answers)}
    row.recusal_answers = {**row.recusal_answers, **_recusals(request.answers)}
    return Changes(f"第 {row.seq} 次调解到场人员有变", mediations=(mediation.id,))


@action(EndSession, "mediation.session_ended")
def end_session(tx: Transaction, request: EndSession) -> Changes:
    """End a sitting and count who did not come.

    Raises:
        RuleBroken: it is over already, its result or the reason to adjourn is missing, or somebody
            who came is said to be absent.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.HOLD_SESSION)
    row = running_session(tx, mediation, request.session)
    if request.end is SessionEnd.ADJOURN and not request.reason:
        raise RuleBroken("请写为什么中止。", field="reason")
    if not request.result and not request.reason:
        raise RuleBroken("请写这次谈到哪里，下次从哪里接着谈。", field="result")
    again = _count_absent(tx, mediation, row, request.absent)
    close_session(tx, row, request.happened_at, "\n".join(filter(None, _result_of(request))))
    absent = f"，{len(request.absent)} 方未到场" if request.absent else ""
    return Changes(
        f"结束第 {row.seq} 次调解：{label(request.end)}{absent}",
        mediations=(mediation.id,),
        made={"again": again},
    )


def running_session(tx: Transaction, mediation: Mediation, session: int) -> MediationSession:
    """Return a sitting of this mediation that is under way.

    Raises:
        RuleBroken: it is not one of this mediation, or is over.
    """
    row = tx.own(MediationSession, session, "找不到这次会次，请刷新后再试。")
    if row.mediation_id != mediation.id:
        raise RuleBroken("找不到这次会次，请刷新后再试。")
    if row.ended_at is not None:
        raise RuleBroken(f"第 {row.seq} 次会次已经结束，不能再改。内容还在，可以复制。")
    return row


def close_session(tx: Transaction, row: MediationSession, at: datetime, result: str) -> None:
    """End a sitting: everybody has left, and its room is free."""
    row.ended_at, row.result = at, result or row.result
    row.attended = [{**one, "left_at": one["left_at"] or at.isoformat()} for one in row.attended]
    booking = None if row.booking_id is None else tx.session.get(Booking, row.booking_id)
    if booking is not None and booking.status is BookingStatus.RUNNING:
        leave(tx, [booking], BookingStatus.HELD, "")


def close_open_session(tx: Transaction, mediation: Mediation, at: datetime, result: str) -> None:
    """End the sitting in which the outcome was found, if one is open."""
    last = _last_session(tx, mediation)
    if last is not None and last.ended_at is None:
        close_session(tx, last, at, result)


def parties_of(tx: Transaction, mediation: Mediation) -> dict[int, MediationParty]:
    """Return the parties that are still in the mediation, in their order."""
    rows = tx.session.scalars(
        select(MediationParty)
        .where(MediationParty.mediation_id == mediation.id, MediationParty.left_on.is_(None))
        .order_by(MediationParty.position)
    )
    return {row.id: row for row in rows}


def _last_session(tx: Transaction, mediation: Mediation) -> MediationSession | None:
    mine = MediationSession.mediation_id == mediation.id
    newest = select(func.max(MediationSession.seq)).where(mine).scalar_subquery()
    return tx.session.scalar(select(MediationSession).where(mine, MediationSession.seq == newest))


def _require_ready(
    tx: Transaction,
    mediation: Mediation,
    attended: Iterable[Attendance],
    answers: Iterable[PartyAnswer],
) -> int:
    """Return the mediator; raise unless everybody who came signed and was asked."""
    parties = parties_of(tx, mediation)
    came = {one.party for one in attended}
    if came - parties.keys():
        raise RuleBroken("到场的人里有不是本案当事人的，请刷新后再选。", field="attended")
    said = {answer.party: answer for answer in answers}
    present = {row.name: _asked(said.get(key)) for key, row in parties.items() if key in came}
    field, sentence = why_not_begin(present, mediation.mediator_id)
    if mediation.mediator_id is None or sentence:
        raise RuleBroken(sentence, field=field)
    return mediation.mediator_id


def _asked(answer: PartyAnswer | None) -> Asked:
    if answer is None:
        return Asked()
    return Asked(answer.has_signed, answer.wants_other, answer.against)


def _begun_booking(tx: Transaction, mediation: Mediation, wanted: int | None) -> Booking | None:
    if wanted is None:
        return None
    booking = tx.own(Booking, wanted, "找不到这个预约，请刷新后再选。", field="booking")
    if booking.mediation_id != mediation.id or booking.status not in _WAITING:
        raise RuleBroken("这个预约已经用过、取消或不是本案的，请重新选择。", field="booking")
    if in_shanghai(booking.starts_at).date() != tx.today:
        raise RuleBroken("这个预约不是今天的，请先改期，或直接在现场开始。", field="booking")
    tx.watch(booking)
    booking.status, booking.hold_until = BookingStatus.RUNNING, None
    return booking


def _attended_rows(
    tx: Transaction, mediation: Mediation, attended: Iterable[Attendance]
) -> list[dict[str, Any]]:
    """Return who came as the record lists them: each party with those who came along."""
    parties = parties_of(tx, mediation)
    companions = {
        row.id: row
        for row in tx.session.scalars(
            select(MediationCompanion).where(MediationCompanion.mediation_id == mediation.id)
        )
    }
    rows = []
    for one in attended:
        along = None if one.companion is None else companions.get(one.companion)
        if one.companion is not None and (along is None or along.party_id != one.party):
            raise RuleBroken("陪同人员有变，请刷新后再选。", field="attended")
        party = parties[one.party]
        rows.append(
            {
                "party": one.party,
                "companion": one.companion,
                "name": party.name if along is None else along.name,
                "role": str(party.side if along is None else along.role),
                "came_at": one.came_at.isoformat(),
                "left_at": None if one.left_at is None else one.left_at.isoformat(),
            }
        )
    return rows


def _signed(answers: Iterable[PartyAnswer]) -> dict[str, bool]:
    return {str(answer.party): True for answer in answers if answer.has_signed}


def _recusals(answers: Iterable[PartyAnswer]) -> dict[str, Mapping[str, Any]]:
    return {
        str(answer.party): {"asks": answer.wants_other, "reason": answer.reason}
        for answer in answers
        if answer.wants_other is not None
    }


def _count_absent(
    tx: Transaction, mediation: Mediation, row: MediationSession, absent: Iterable[int]
) -> bool:
    parties = parties_of(tx, mediation)
    came = {one["party"] for one in row.attended}
    most = int(setting(tx.session, tx.street_id, "mediation_no_shows", tx.today))
    again = False
    for key in sorted(set(absent)):
        if key not in parties or key in came:
            raise RuleBroken("到过场的当事人不算未到场，请核对。", field="absent")
        parties[key].no_shows += 1
        again = again or parties[key].no_shows >= most
    return again


def _result_of(request: EndSession) -> tuple[str, str]:
    return request.result, f"中止原因：{request.reason}" if request.reason else ""

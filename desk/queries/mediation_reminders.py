"""What falls due in the mediations whose content the reader may read (到期提醒)."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import exists, select

from desk.rules.codes import ClockKind
from desk.rules.mediation_codes import MediationStatus
from desk.rules.mediation_reminders import Due, DueInstalment, booking_reminder, reminders
from desk.rules.moments import day_of
from desk.store.booking_troubles import bookings_in_trouble
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.mediation_limits import MediationLimits
from desk.store.mediation_sight import content_seen_by
from desk.store.models import Booking, Instalment, JudicialConfirmation, Mediation, MediationContent

_AFTER = (MediationStatus.SETTLED, MediationStatus.FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that falls due in one mediation."""

    mediation_id: int
    title: str
    due: Due


def mediation_reminders(reader: Reader) -> tuple[Reminder, ...]:
    """Return what is overdue, due today or near, the earliest first."""
    today, street = day_of(reader.now), reader.person.street_id

    def days(key: str) -> int:
        return int(setting(reader.session, street, key, today))

    rows = reader.session.execute(
        select(
            Mediation.id,
            MediationContent.title,
            Mediation.status,
            Mediation.effective_on,
            Mediation.follow_up_due_on,
            exists(
                select(JudicialConfirmation.id).where(
                    JudicialConfirmation.mediation_id == Mediation.id
                )
            ),
        )
        .join(MediationContent, MediationContent.mediation_id == Mediation.id)
        .where(content_seen_by(reader.person, reader.now), Mediation.status.in_(_AFTER))
    ).all()
    limits = MediationLimits(reader.session, street, today)
    open_plans = _open_instalments(reader, [row.id for row in rows])
    found = [
        Reminder(row.id, row.title, due)
        for row in rows
        for due in reminders(
            today,
            instalments=open_plans[row.id],
            instalment_days=days("instalment_reminder_days"),
            court_last=(
                limits.last_day(ClockKind.CONFIRM, row.effective_on)
                if row.effective_on is not None and not row[-1]
                else None
            ),
            court_days=days("confirmation_reminder_days"),
            follow_up_on=(
                row.follow_up_due_on if row.status is MediationStatus.FOLLOW_UP else None
            ),
        )
    ]
    found += _troubled(reader)
    return tuple(sorted(found, key=lambda one: (one.due.on, one.mediation_id)))


def _troubled(reader: Reader) -> list[Reminder]:
    readable = (
        select(Mediation.id, MediationContent.title)
        .join(MediationContent, MediationContent.mediation_id == Mediation.id)
        .where(content_seen_by(reader.person, reader.now))
    ).subquery()
    mine = Booking.mediation_id.in_(select(readable.c.id))
    troubled = bookings_in_trouble(reader.session, reader.person.street_id, reader.now, mine)
    if not troubled:
        return []
    rows = reader.session.execute(select(readable.c.id, readable.c.title))
    titles = {row.id: row.title for row in rows}
    return [
        Reminder(one.mediation_id, titles[one.mediation_id], booking_reminder(one))
        for one in troubled
        if one.mediation_id is not None
    ]


def _open_instalments(reader: Reader, ids: list[int]) -> dict[int, list[DueInstalment]]:
    found: dict[int, list[DueInstalment]] = defaultdict(list)
    rows = reader.session.scalars(
        select(Instalment)
        .where(Instalment.mediation_id.in_(ids), Instalment.paid_fen < Instalment.amount_fen)
        .order_by(Instalment.seq)
    )
    for row in rows:
        left = row.amount_fen - row.paid_fen
        found[row.mediation_id].append(DueInstalment(row.seq, row.due_on, left))
    return found

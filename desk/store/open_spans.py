"""When the hall is open, as the database itself knows it (开放时段, DOMAIN.md 6.6 rule 4).

The calendar is worked out from the yearly notice, the opening hours and the hall's own days. No
trigger can do that; so its open quarters stand in a table, from which the triggers read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desk.rules.bookings import open_quarters
from desk.store.hall_rules import hall_calendar
from desk.store.models import OpenSpan
from desk.store.transaction import Transaction


def hold_calendar(tx: Transaction) -> None:
    """Keep the calendar as it is until this transaction ends, before a booking is checked by it.

    Bookings go on side by side; who changes the calendar waits for them, and they for him.
    """
    tx.once("calendar", partial(_lock, tx, func.pg_advisory_xact_lock_shared))


def keep_open_spans(tx: Transaction, days: Iterable[date]) -> None:
    """See to it that the open quarters of these days stand as the calendar has them now.

    A booking calls this before it takes its time: a day is written when it is first booked, and
    again when a new version of the program knows another notice for it.
    """
    hold_calendar(tx)
    for day in sorted(set(days)):
        tx.once(("open spans", day), partial(_keep, tx, day))


def rewrite_open_spans(tx: Transaction, from_day: date) -> None:
    """Write the open quarters anew from a day on, because the calendar or the hours changed.

    To be called by every action that changes one of them (a setting, a day of the hall's own, an
    imported notice), after its last change. Bookings that lie outside now stay where they are
    until somebody moves them: `actions.booking_troubles.say_out_of_hours` says which.
    """
    tx.session.flush()
    _lock(tx, func.pg_advisory_xact_lock)
    for day in known_days(tx.session, tx.street_id, from_day):
        _keep(tx, day)


def known_days(session: Session, street_id: int, from_day: date) -> Sequence[date]:
    """Return the days whose open quarters are written down, from a day on."""
    mine = (OpenSpan.street_id == street_id, OpenSpan.day >= from_day)
    days = select(OpenSpan.day).where(*mine).distinct()
    return session.scalars(days.order_by(OpenSpan.day)).all()


def written_spans(
    session: Session, street_id: int, days: Iterable[date]
) -> Mapping[date, tuple[range, ...]]:
    """Return the open quarters of days as they are written down; none where nothing is."""
    found: dict[date, tuple[range, ...]] = dict.fromkeys(days, ())
    rows = session.scalars(
        select(OpenSpan)
        .where(OpenSpan.street_id == street_id, OpenSpan.day.in_(found))
        .order_by(OpenSpan.day, OpenSpan.first_slot)
    )
    for row in rows:
        found[row.day] += (range(row.first_slot, row.end_slot),)
    return found


def calendar_spans(session: Session, street_id: int, day: date) -> tuple[range, ...]:
    """Return the open quarters of a day as the calendar has them."""
    return open_quarters(hall_calendar(session, street_id, day), day)


def _lock(tx: Transaction, lock: Callable[[int], Any]) -> bool:
    """Hold the street's calendar until the transaction ends; one file has one writer anyway."""
    if tx.is_shared:
        tx.session.execute(select(lock(tx.street_id)))
    return True


def _keep(tx: Transaction, day: date) -> None:
    spans = calendar_spans(tx.session, tx.street_id, day)
    if written_spans(tx.session, tx.street_id, [day])[day] == spans:
        return
    mine = (OpenSpan.street_id == tx.street_id, OpenSpan.day == day)
    tx.session.execute(delete(OpenSpan).where(*mine))
    rows = [
        {
            "street_id": tx.street_id,
            "day": day,
            "first_slot": span.start,
            "end_slot": span.stop,
            "parts": len(spans),
        }
        for span in spans
    ]
    if rows:
        tx.add_unless_there(OpenSpan, *rows)

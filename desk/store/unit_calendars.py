"""By which calendar a unit's part of a case is counted (24 小时值守、单位自己的工作时间)."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desk.rules.holiday_years import ROUND_CLOCK
from desk.rules.opening_hours import week_of
from desk.rules.working_days import Calendar
from desk.store.hall_rules import calendar_of_week, hall_calendar
from desk.store.models import Assignment, Unit, UnitVersion
from desk.store.models.hall import today_rows
from desk.store.transaction import Transaction


class PartCalendars:
    """The calendars of the hall and of its units, as valid on a day; each is read once."""

    def __init__(self, session: Session, street_id: int, on: date) -> None:
        self._session, self._street_id = session, street_id
        self.hall = hall_calendar(session, street_id, on)
        self._own = self._units_of_their_own(on)
        self._parts: dict[int, Calendar] = {}

    def of_unit(self, unit_id: int) -> Calendar:
        """Return by which calendar a unit works: round the clock, its own hours, or the hall's."""
        return self._own.get(unit_id, self.hall)

    def of_part(self, assignment_id: int | None) -> Calendar:
        """Return the calendar for the clocks of a part; without one those of the case itself."""
        if assignment_id is None or not self._own:
            return self.hall
        if assignment_id not in self._parts:
            part = self._session.get_one(Assignment, assignment_id)
            self._parts[assignment_id] = self.of_unit(part.unit_id)
        return self._parts[assignment_id]

    def _units_of_their_own(self, on: date) -> Mapping[int, Calendar]:
        rows = self._session.execute(
            select(Unit.id, Unit.is_always_open, UnitVersion.opening_hours)
            .join(UnitVersion, UnitVersion.unit_id == Unit.id)
            .where(
                Unit.street_id == self._street_id,
                today_rows(UnitVersion, on),
                or_(Unit.is_always_open, UnitVersion.opening_hours.is_not(None)),
            )
        )
        return {
            unit: ROUND_CLOCK if is_always_open else self._by_hours(hours or "")
            for unit, is_always_open, hours in rows
        }

    def _by_hours(self, hours: str) -> Calendar:
        return calendar_of_week(self._session, self._street_id, week_of(hours))


def unit_calendar(session: Session, street_id: int, unit_id: int, on: date) -> Calendar:
    """Return by which calendar a unit works on a day."""
    return PartCalendars(session, street_id, on).of_unit(unit_id)


def calendar_for(tx: Transaction, part: int | None) -> Calendar:
    """Return by which calendar a clock is counted: that of a unit's part by the unit's.

    Args:
        part: the id of the assignment the clock belongs to; the case's own have none.
    """

    def read() -> PartCalendars:
        return PartCalendars(tx.session, tx.street_id, tx.today)

    return tx.once("part calendars", read).of_part(part)

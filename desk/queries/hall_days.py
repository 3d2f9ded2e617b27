"""The hall's calendar as it is today (工作日历), for tools that count days themselves."""

from desk.rules.moments import day_of
from desk.rules.working_days import Calendar
from desk.store.database import Reader
from desk.store.hall_rules import hall_calendar


def hall_days(reader: Reader) -> Calendar:
    """Return the national calendar with the hall's own hours and days."""
    return hall_calendar(reader.session, reader.person.street_id, day_of(reader.now))

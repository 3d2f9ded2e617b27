"""The hall's own rules as data: limits, calendar, settings, as valid on a day."""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.deadlines import LimitedCase, TimeRule
from desk.rules.errors import RuleBroken
from desk.rules.hall_settings import SETTINGS
from desk.rules.working_days import CLOSED, HALL_HOURS, Calendar, Hours, built_in_calendar
from desk.store.models import CalendarDay, Case, Category, Setting, TimeRuleRow
from desk.store.models.hall import today_rows


def time_rules(session: Session, street_id: int, on: date) -> dict[int, TimeRule]:
    """Return the limits valid on a day, by row id."""
    rows = session.scalars(
        select(TimeRuleRow).where(TimeRuleRow.street_id == street_id, today_rows(TimeRuleRow, on))
    )
    return {row.id: rule_of(row) for row in rows}


def limited_case(session: Session, case: Case, rules: Iterable[TimeRule]) -> LimitedCase:
    """Return what the choice among `rules` depends on for a case."""
    categories = {case.category_id}
    if any(rule.category for rule in rules):
        above = session.get(Category, case.category_id)
        while above is not None and above.parent_id is not None:
            categories.add(above.parent_id)
            above = session.get(Category, above.parent_id)
    return LimitedCase(
        urgency=case.urgency,
        is_complex=case.is_complex,
        channel=case.channel,
        categories=frozenset(categories),
        is_again=case.round_no > 1,
    )


def rule_of(row: TimeRuleRow) -> TimeRule:
    """Return a stored limit as the rules know it."""
    return TimeRule(
        kind=row.kind,
        unit=row.unit,
        value=row.value,
        start_event=row.start_event,
        stop_event=row.stop_event,
        urgency=row.urgency,
        is_complex=row.is_complex,
        channel=row.channel,
        category=row.category_id,
        is_again=row.is_again,
        rollover=row.rollover,
        pausable=row.pausable,
        is_legal=row.is_legal,
        most_days=row.most_days,
        remind_value=row.remind_value,
        remind_unit=row.remind_unit,
        rule_set=row.rule_set,
        source=row.source,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def setting(session: Session, street_id: int, key: str, on: date, default: Any = None) -> Any:
    """Return one setting of the hall as valid on a day; without one our seed, or `default`."""
    found = session.scalar(
        select(Setting.value).where(
            Setting.street_id == street_id, Setting.key == key, today_rows(Setting, on)
        )
    )
    if found is not None:
        return found
    return SETTINGS[key].seed if default is None and key in SETTINGS else default


def hall_calendar(session: Session, street_id: int, on: date) -> Calendar:
    """Return the national calendar with the hall's opening hours and its own days."""
    said = setting(session, street_id, "opening_hours", on)
    hours = hours_of(said) if said else HALL_HOURS
    calendar = built_in_calendar(hours)
    own = session.scalars(select(CalendarDay).where(CalendarDay.street_id == street_id)).all()
    if not own:
        return calendar
    holidays = set(calendar.holidays)
    shifts = dict(calendar.shifts)
    for day in own:
        if day.is_working:
            holidays.discard(day.day)
            shifts[day.day] = hours_of(day.hours) if day.hours else hours
        else:
            holidays.add(day.day)
            shifts[day.day] = CLOSED
    return replace(calendar, holidays=frozenset(holidays), shifts=shifts)


def hours_of(text: str) -> Hours:
    """Return opening hours written as “09:00-12:00,14:00-18:00”, in any width of characters.

    Raises:
        RuleBroken: it cannot be read.
    """
    plain = unicodedata.normalize("NFKC", text).replace("、", ",").replace(" ", "")
    try:
        spans = tuple(
            (time.fromisoformat(start), time.fromisoformat(end))
            for start, _, end in (part.partition("-") for part in plain.split(","))
        )
    except ValueError:
        spans = ()
    # “12:00-14:00” after a dash would be read as a time with its zone
    has_zone = any(end.tzinfo is not None for _, end in spans)
    if not spans or has_zone or any(end <= start for start, end in spans):
        raise RuleBroken(
            f"办公时间“{text}”看不懂，请写成 09:00-12:00,14:00-18:00 这样。", field="value"
        )
    return spans

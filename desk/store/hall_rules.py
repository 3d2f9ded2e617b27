"""The hall's own rules as data: limits, calendar, settings, as valid on a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.deadlines import LimitedCase, TimeRule
from desk.rules.hall_settings import SETTINGS
from desk.rules.holiday_years import NamedDay, OwnDay, YearDays, built_in_years, calendar_of
from desk.rules.opening_hours import hours_of, week_of
from desk.rules.working_days import CLOSED, Calendar, Week
from desk.store.looked_up import once
from desk.store.models import (
    CalendarDay,
    CalendarNotice,
    Case,
    Category,
    Setting,
    TimeRuleRow,
)
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
    found = own_settings(session, street_id, on).get(key)
    if found is not None:
        return found
    return SETTINGS[key].seed if default is None and key in SETTINGS else default


def own_settings(session: Session, street_id: int, on: date) -> Mapping[str, Any]:
    """Return what the hall itself has set, as valid on a day, by its key."""

    def read() -> dict[str, Any]:
        rows = session.execute(
            select(Setting.key, Setting.value).where(
                Setting.street_id == street_id, today_rows(Setting, on)
            )
        )
        return {row.key: row.value for row in rows}

    return once(session, ("settings", street_id, on), read, of=(Setting,))


def hall_calendar(session: Session, street_id: int, on: date) -> Calendar:
    """Return the national calendar with the hall's opening hours and its own days."""
    return calendar_of_week(session, street_id, hall_week(session, street_id, on))


def calendar_of_week(session: Session, street_id: int, week: Week) -> Calendar:
    """Return the national calendar with a week's opening hours and the hall's own days."""
    return calendar_of(week, *_days_of(session, street_id))


def hall_week(session: Session, street_id: int, on: date) -> Week:
    """Return the hall's opening hours from Monday to Sunday, as valid on a day."""
    return week_of(str(setting(session, street_id, "opening_hours", on)))


def newest_notices(session: Session, street_id: int) -> Mapping[int, CalendarNotice]:
    """Return the notices that count, by year: of each year the one imported last."""
    rows = session.scalars(
        select(CalendarNotice)
        .where(CalendarNotice.street_id == street_id)
        .order_by(CalendarNotice.year, CalendarNotice.imported_at, CalendarNotice.id)
    )
    return {row.year: row for row in rows}


def known_years(session: Session, street_id: int) -> Mapping[int, YearDays]:
    """Return every year whose holidays are known: by the program, or by the newest notice."""
    notices = newest_notices(session, street_id)
    return {**built_in_years(), **{year: days_of_notice(row) for year, row in notices.items()}}


def days_of_notice(row: CalendarNotice) -> YearDays:
    """Return a stored notice as the rules know it."""
    return YearDays(
        row.year,
        tuple(NamedDay(date.fromisoformat(day), name) for day, name in row.holidays),
        tuple(
            NamedDay(date.fromisoformat(day), name, hours_of(hours) if hours else CLOSED)
            for day, name, hours in row.shifts
        ),
    )


def _days_of(session: Session, street_id: int) -> tuple[tuple[YearDays, ...], tuple[OwnDay, ...]]:
    def read() -> tuple[tuple[YearDays, ...], tuple[OwnDay, ...]]:
        notices = newest_notices(session, street_id).values()
        own = session.scalars(
            select(CalendarDay).where(CalendarDay.street_id == street_id).order_by(CalendarDay.day)
        )
        return tuple(map(days_of_notice, notices)), tuple(
            OwnDay(row.day, row.is_working, hours_of(row.hours) if row.hours else CLOSED)
            for row in own
        )

    return once(session, ("days", street_id), read, of=(CalendarNotice, CalendarDay))

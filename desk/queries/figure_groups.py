"""The conditions by which a case belongs to a row of a report (分组), by the words of that row."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select

from desk.queries.figure_measures import received_within
from desk.queries.rates import GONE, UnitNames, top_categories
from desk.rules.codes import AssignmentRole, Channel, SourceLevel
from desk.rules.rate_groups import GroupBy, cell_of, hour_of, named
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Assignment, Case

Condition = ColumnElement[bool]
_OWN_UNIT = func.coalesce(Case.lead_unit_id, Case.first_unit_id)


def in_group(
    reader: Reader, names: UnitNames, row: tuple[GroupBy, str], period: tuple[date, date]
) -> Condition:
    """Return the condition on `cases` that a case of a period belongs to a row.

    Raises:
        RuleBroken: the words are none of an hour or of a cell.
    """
    by, key = row
    if by in _OF_UNITS:
        return _named_so(names, key, period, _OF_UNITS[by])
    if by is GroupBy.CATEGORY:
        return _of_category(reader, key)
    if by is GroupBy.CELL:
        community, category = cell_of(key)
        lies_in = _named_so(names, community, period, _OF_UNITS[GroupBy.COMMUNITY])
        return and_(lies_in, _of_category(reader, category))
    return _PLAIN[by](reader, key)


def _named_so(
    names: UnitNames,
    key: str,
    period: tuple[date, date],
    belongs: Callable[[int | None], Condition],
) -> Condition:
    """Return the condition that a case belongs to a unit that was called so on its day."""
    spans = names.called(key, *period)
    return or_(
        false(), *(and_(received_within(start, end), belongs(unit)) for unit, start, end in spans)
    )


def _supports(unit: int | None) -> Condition:
    return exists(
        select(Assignment.id).where(
            Assignment.case_id == Case.id,
            Assignment.unit_id == unit,
            Assignment.role == AssignmentRole.SUPPORT,
            Assignment.status.not_in(GONE),
        )
    )


_OF_UNITS: Mapping[GroupBy, Callable[[int | None], Condition]] = {
    GroupBy.UNIT: lambda unit: or_(_OWN_UNIT.is_not_distinct_from(unit), _supports(unit)),
    GroupBy.SUPPORT: _supports,
    GroupBy.COMMUNITY: Case.community_id.is_not_distinct_from,
    GroupBy.GRID: Case.grid_id.is_not_distinct_from,
    GroupBy.FIRST_UNIT: lambda unit: Case.first_unit_id == unit,
}


def _of_category(reader: Reader, key: str) -> Condition:
    found = [category for category, top in top_categories(reader).items() if named(top) == key]
    return Case.category_id.in_(sorted(found))


def _of_channel(_reader: Reader, key: str) -> Condition:
    return Case.channel.in_([channel for channel in Channel if label(channel) == key])


def _of_level(_reader: Reader, key: str) -> Condition:
    return Case.source_level.in_([level for level in SourceLevel if label(level) == key])


def _of_day(_reader: Reader, key: str) -> Condition:
    day = date.fromisoformat(key)
    return received_within(day, day)


def _of_hour(reader: Reader, key: str) -> Condition:
    """Return the condition on the wall time of the hall; each engine has its own first weekday."""
    weekday, hour = hour_of(key)
    after_sunday = (weekday + 1) % 7
    if reader.session.get_bind().dialect.name == "sqlite":
        wall = func.strftime("%w%H", Case.received_at, "+8 hours")
        return wall == f"{after_sunday}{hour:02}"
    wall = func.to_char(func.timezone("Asia/Shanghai", Case.received_at), "DHH24")
    return wall == f"{after_sunday + 1}{hour:02}"


_PLAIN: Mapping[GroupBy, Callable[[Reader, str], Condition]] = {
    GroupBy.CHANNEL: _of_channel,
    GroupBy.LEVEL: _of_level,
    GroupBy.DAY: _of_day,
    GroupBy.HOUR: _of_hour,
}

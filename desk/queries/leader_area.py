"""For which units a leader answers (领导包片), and the cases of these."""

from sqlalchemy import ColumnElement, func, select, true

from desk.queries.lookups import units
from desk.rules.codes import Role
from desk.rules.moments import day_of
from desk.store.database import Reader
from desk.store.models import Case, LeaderArea
from desk.store.models.hall import today_rows
from desk.store.people import units_below

_NAMED = 3


def area_of(reader: Reader) -> frozenset[int] | None:
    """Return the units a leader answers for, with those below; None where he sees to all.

    Who stands in for a leader answers for his units too.
    """
    person, today = reader.person, day_of(reader.now)
    if Role.CHIEF in person.roles:
        return None
    own = reader.session.scalars(
        select(LeaderArea.unit_id).where(
            LeaderArea.leader_id.in_(sorted({person.staff_id} | person.acts_for)),
            today_rows(LeaderArea, today),
        )
    )
    found = {below for unit in own for below in units_below(reader.session, unit, today)}
    return frozenset(found) or None


def in_area(area: frozenset[int] | None) -> ColumnElement[bool]:
    """Return the condition on `cases` that a unit of the area answers for it."""
    if area is None:
        return true()
    return func.coalesce(Case.lead_unit_id, Case.first_unit_id).in_(sorted(area))


def area_words(reader: Reader, area: frozenset[int] | None) -> str:
    """Say for which units this is: “包片：城建办、执法队”."""
    if area is None:
        return "全街道"
    tops = [
        unit.short_name for unit in units(reader) if unit.id in area and unit.parent_id not in area
    ]
    rest = f"等 {len(tops)} 个单位" if len(tops) > _NAMED else ""
    return f"包片：{'、'.join(tops[:_NAMED])}{rest}"

"""What a new whistle offers (吹哨的选项): levels, in whose name, whom, by when, for which case."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from desk.queries.lookups import UnitChoice, units
from desk.rules.codes import UnitKind
from desk.rules.moments import day_of
from desk.rules.whistle_codes import WhistleKind
from desk.rules.whistle_settings import EMERGENCY_MINUTES, LEVELS, MINUTES
from desk.rules.whistling import default_level, is_runner, level_above, minutes_to_come
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Case, CaseUnit, Category, Place
from desk.store.sight import seen_by

_NOT_SUGGESTED = frozenset({UnitKind.GRID, UnitKind.COORDINATION})
_NO_CALLERS = frozenset({UnitKind.OUTSIDE, UnitKind.STREET})


@dataclass(frozen=True, slots=True)
class WhistleOptions:
    """What the form begins with; people write it otherwise.

    Attributes:
        callers: in whose name it may be raised: ids and names, the usual one first.
        units: whom one may call, those that have a part in the case first.
        suggested: those of them that have a part in the case.
        site, matter: of the case, by place and category only: other units read it.
    """

    levels: tuple[str, ...]
    level: str
    callers: tuple[tuple[int, str], ...]
    phone: str
    units: tuple[tuple[int, str], ...]
    suggested: tuple[int, ...]
    minutes: int
    emergency_minutes: int
    place_id: int | None = None
    place: str = ""
    site: str = ""
    matter: str = ""

    def required_at(self, kind: WhistleKind, now: datetime) -> datetime:
        """Return by when units are usually called to be there."""
        minutes = minutes_to_come(kind, usual=self.minutes, emergency=self.emergency_minutes)
        return (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)


def whistle_options(
    reader: Reader, case_id: int | None = None, below: str | None = None
) -> WhistleOptions:
    """Return what may be chosen; for a case that the reader sees, or one level above another.

    Args:
        below: the level on which a matter could not be settled.
    """
    person, today = reader.person, day_of(reader.now)
    every = [one for one in units(reader) if one.kind is not UnitKind.STREET]
    levels = tuple(setting(reader.session, person.street_id, LEVELS, today))
    own = _callers(reader, every)
    kind = own[0].kind if own else UnitKind.SECTION
    involved, about = _about(reader, case_id)
    mine = {one.id for one in own[:1]}
    ranked = sorted(every, key=lambda one: one.id not in involved)
    return WhistleOptions(
        levels=levels,
        level=(below and level_above(levels, below)) or default_level(levels, kind),
        callers=tuple((one.id, one.short_name) for one in own),
        phone=(own[0].phone or "") if own else "",
        units=tuple((one.id, one.short_name) for one in ranked),
        suggested=tuple(
            one.id for one in ranked if one.id in involved - mine and one.kind not in _NOT_SUGGESTED
        ),
        minutes=int(setting(reader.session, person.street_id, MINUTES, today)),
        emergency_minutes=int(setting(reader.session, person.street_id, EMERGENCY_MINUTES, today)),
        **about,
    )


def _callers(reader: Reader, every: list[UnitChoice]) -> list[UnitChoice]:
    """Return in whose name the reader may raise one: his own units, or all who run whistles."""
    person = reader.person
    mine = [one for one in every if one.id in person.unit_ids and one.kind not in _NO_CALLERS]
    if is_runner(person):
        mine = [one for one in every if one.kind not in _NO_CALLERS]
    first = {person.home_unit_id}
    if person.home_unit_id not in {one.id for one in mine}:
        first = {one.id for one in mine if one.kind is UnitKind.COORDINATION}
    return sorted(mine, key=lambda one: one.id not in first)


def _about(reader: Reader, case_id: int | None) -> tuple[set[int], dict[str, Any]]:
    if case_id is None:
        return set(), {}
    case = reader.session.scalar(select(Case).where(Case.id == case_id, seen_by(reader.person)))
    if case is None:
        return set(), {}
    involved = select(CaseUnit.unit_id).where(CaseUnit.case_id == case.id)
    place = reader.session.get(Place, case.place_id) if case.place_id else None
    category = reader.session.get(Category, case.category_id)
    name = place.name if place else ""
    return set(reader.session.scalars(involved)), {
        "place_id": case.place_id,
        "place": name,
        "site": name,
        "matter": f"{name}{category.name if category else ''}：",
    }

"""What the words of a ledger mean in this street (名称对照): units, categories, people.

A unit is found by its full name, its short name, or its name without a suffix such as “社区”;
units of former times are found too, and keep their own id.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select

from desk.exchange.cells import short_forms
from desk.rules.codes import UnitKind
from desk.rules.errors import RuleBroken
from desk.rules.identity import fold_width
from desk.store.database import Reader
from desk.store.models import Category, Staff, Unit, UnitVersion

Key = TypeVar("Key")

COMMUNITIES = frozenset({UnitKind.COMMUNITY})
GRIDS = frozenset({UnitKind.GRID})
RESPONSIBLE = frozenset(UnitKind) - GRIDS


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """One version of a unit: what it was called from one day to another."""

    unit_id: int
    kind: UnitKind
    name: str
    short_name: str
    parent_id: int | None
    valid_from: date
    valid_to: date | None

    def is_valid_on(self, day: date) -> bool:
        """Return whether the unit bore this name on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Directory:
    """The names of one street, as the person who imports sees them."""

    units: tuple[NamedUnit, ...]
    tops: dict[str, int]
    seconds: dict[tuple[int, str], int]
    category_names: dict[int, tuple[str, str]]
    staff: dict[str, tuple[int, ...]]

    def unit(self, word: str, kinds: Collection[UnitKind], on: date) -> int:
        """Return the id of the unit that `word` names.

        Raises:
            RuleBroken: no unit is called so, or several are.
        """
        wanted = fold_width(word).strip()
        candidates = [unit for unit in self.units if unit.kind in kinds]
        for tier in range(3):
            found = [unit for unit in candidates if wanted in _forms(unit, tier)]
            if found:
                return _only(found, word, on)
        what = "社区" if kinds == COMMUNITIES else "网格" if kinds == GRIDS else "单位"
        raise RuleBroken(f"本街道没有叫“{word}”的{what}，请核对名称，或先在单位表中添上")

    def grid(self, word: str, community: int | None, on: date) -> int:
        """Return the id of a grid; inside a known community “第4网格” is enough."""
        own = [
            unit
            for unit in self.units
            if unit.kind in GRIDS and unit.parent_id == community and unit.name.endswith(word)
        ]
        if community is not None and len({unit.unit_id for unit in own}) == 1:
            return own[0].unit_id
        return self.unit(word, GRIDS, on)

    def category(self, top: str, second: str) -> tuple[int, str]:
        """Return the category, and the second level that the hall does not have so far.

        Raises:
            RuleBroken: the hall has no such category of the first level.
        """
        top_id = self.tops.get(fold_width(top).strip())
        if top_id is None:
            raise RuleBroken(f"本厅的一级分类里没有“{top}”，可填：{'、'.join(self.tops)}")
        if not second:
            return top_id, ""
        known = self.seconds.get((top_id, second))
        return (top_id, second) if known is None else (known, "")

    def person(self, name: str) -> int | None:
        """Return the one member of staff of this name; a name of former times is nobody's."""
        found = self.staff.get(name, ())
        return found[0] if len(found) == 1 else None

    def coordination_office(self) -> int | None:
        """Return the office that takes appeals in where a ledger does not say who did (信联办)."""
        offices = [u.unit_id for u in self.units if u.kind is UnitKind.COORDINATION]
        streets = [u.unit_id for u in self.units if u.kind is UnitKind.STREET]
        return next(iter((*offices, *streets)), None)

    def name_of(self, unit_id: int | None, on: date) -> str:
        """Return what a unit was called on a day, in full."""
        versions = [unit for unit in self.units if unit.unit_id == unit_id]
        valid = [unit for unit in versions if unit.is_valid_on(on)]
        return next((unit.name for unit in (*valid, *versions)), "")


def read_directory(reader: Reader) -> Directory:
    """Return the names of the reader's street."""
    street = reader.person.street_id
    session = reader.session
    units = session.execute(
        select(
            UnitVersion.unit_id,
            Unit.kind,
            UnitVersion.name,
            UnitVersion.short_name,
            UnitVersion.parent_id,
            UnitVersion.valid_from,
            UnitVersion.valid_to,
        )
        .join(Unit, Unit.id == UnitVersion.unit_id)
        .where(Unit.street_id == street)
        .order_by(UnitVersion.position, UnitVersion.valid_from)
    )
    categories = session.execute(
        select(Category.id, Category.parent_id, Category.name)
        .where(Category.street_id == street)
        .order_by(Category.valid_to.is_not(None), Category.position)
    ).all()
    staff: dict[str, list[int]] = defaultdict(list)
    for staff_id, name in session.execute(
        select(Staff.id, Staff.name).where(Staff.street_id == street)
    ):
        staff[name].append(staff_id)
    return Directory(
        units=tuple(NamedUnit(*row) for row in units),
        tops=_first_named((name, key) for key, parent, name in categories if parent is None),
        seconds=_first_named(
            ((parent, name), key) for key, parent, name in categories if parent is not None
        ),
        category_names=_category_names(categories),
        staff={name: tuple(ids) for name, ids in staff.items()},
    )


def _forms(unit: NamedUnit, tier: int) -> tuple[str, ...]:
    """Return the names a unit answers to, the surest tier first."""
    tiers = (
        (unit.name,),
        (unit.short_name,),
        (*short_forms(unit.name), *short_forms(unit.short_name)),
    )
    return tiers[tier]


def _only(found: Sequence[NamedUnit], word: str, on: date) -> int:
    ids = {unit.unit_id for unit in found}
    if len(ids) > 1:
        ids = {unit.unit_id for unit in found if unit.is_valid_on(on)} or ids
    if len(ids) > 1:
        names = "、".join(dict.fromkeys(unit.name for unit in found))
        raise RuleBroken(f"“{word}”对应好几个单位（{names}），请写全称")
    return ids.pop()


def _first_named(pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    """Return a dictionary in which the first of several equal names wins."""
    found: dict[Key, int] = {}
    for name, key in pairs:
        found.setdefault(name, key)
    return found


def _category_names(categories: Sequence[Any]) -> dict[int, tuple[str, str]]:
    """Return first and second level of every category; a third level counts as its second."""
    parents = {key: (parent, name) for key, parent, name in categories}
    names: dict[int, tuple[str, str]] = {}
    for key in parents:
        chain: list[str] = []
        step: int | None = key
        while step is not None:
            step, name = parents[step]
            chain.insert(0, name)
        names[key] = (chain[0], chain[1] if len(chain) > 1 else "")
    return names

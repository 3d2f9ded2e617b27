"""The named filters that somebody is offered on a board (常用筛选), and with which he begins."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select

from desk.rules.saved_filters import BoardKind
from desk.store.database import Reader
from desk.store.models import FilterDefault, SavedFilter, Staff


@dataclass(frozen=True, slots=True)
class NamedFilter:
    """One filter as it is offered.

    Attributes:
        whose: the colleague who shares it; nothing for one's own.
    """

    id: int
    name: str
    chosen: Mapping[str, str]
    is_shared: bool
    whose: str

    @property
    def is_own(self) -> bool:
        """Whether its reader may change it."""
        return not self.whose


@dataclass(frozen=True, slots=True)
class NamedFilters:
    """What is offered, one's own first, and what the board begins with."""

    filters: tuple[NamedFilter, ...] = ()
    default: int | None = None

    def get(self, filter_id: int | None) -> NamedFilter | None:
        """Return one of them."""
        return next((one for one in self.filters if one.id == filter_id), None)


def named_filters(reader: Reader, board: BoardKind = BoardKind.CASES) -> NamedFilters:
    """Return one's own filters and those that colleagues share."""
    me = reader.person.staff_id
    rows = reader.session.execute(
        select(SavedFilter, Staff.name)
        .join(Staff, Staff.id == SavedFilter.owner_id)
        .where(
            SavedFilter.street_id == reader.person.street_id,
            SavedFilter.board == board.value,
            SavedFilter.removed_at.is_(None),
            or_(SavedFilter.owner_id == me, SavedFilter.is_shared.is_(True)),
        )
        .order_by(SavedFilter.owner_id != me, SavedFilter.position, SavedFilter.id)
    )
    found = tuple(
        NamedFilter(row.id, row.name, row.chosen, row.is_shared, "" if row.owner_id == me else who)
        for row, who in rows
    )
    chosen = reader.session.get(FilterDefault, (me, board.value))
    default = chosen.filter_id if chosen is not None else None
    return NamedFilters(found, default if any(one.id == default for one in found) else None)

"""Filters of the boards under a name (常用筛选): saved, shared, removed and brought back."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.saved_filters import LONGEST_NAME, BoardKind, require_filter
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import FilterDefault, SavedFilter
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_GONE = "找不到这个筛选，可能已被删除。请重新打开列表。"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveFilter(Request):
    """Save a filter under a name, or change one's own.

    Attributes:
        filter: the one that is changed; a new one, if not given.
        chosen: what was chosen, by `rules.saved_filters.PARTS`.
        is_shared: everybody is offered it; else its owner alone.
    """

    filter: int | None = None
    board: BoardKind = BoardKind.CASES
    name: str = words("筛选名称", longest=LONGEST_NAME)
    chosen: Mapping[str, str]
    is_shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveFilter(Request):
    """Offer one's own filter no longer, or bring it back (撤回删除)."""

    filter: int
    brings_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PutFilterFirst(Request):
    """Offer one's own filter before the others (置顶)."""

    filter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginWithFilter(Request):
    """Begin on a board with this filter; without one, if it is None."""

    board: BoardKind = BoardKind.CASES
    filter: int | None


@action(SaveFilter, "filter.saved")
def save_filter(tx: Transaction, request: SaveFilter) -> Changes:
    """Save a filter behind those that one has.

    Raises:
        RuleBroken: it has no name, holds nothing, there are too many, or it is not there.
        NotAllowed: it is somebody else's.
    """
    own = _count(tx, request.board) if request.filter is None else 0
    require_filter(request.name, request.chosen, own)
    row = None if request.filter is None else _own(tx, request.filter)
    if row is None:
        row = SavedFilter(
            id=new_id(),
            street_id=tx.street_id,
            owner_id=tx.person.staff_id,
            board=request.board.value,
            name=request.name,
            chosen=dict(request.chosen),
            is_shared=request.is_shared,
            position=_place(tx, request.board, is_first=False),
            saved_at=tx.now,
        )
        tx.add(row)
    else:
        row.name, row.chosen = request.name, dict(request.chosen)
        row.is_shared, row.saved_at = request.is_shared, tx.now
    whose = "（大家可用）" if row.is_shared else ""
    return Changes(f"存常用筛选 {row.name}{whose}", made={"filter": row.id})


@action(RemoveFilter, "filter.removed")
def remove_filter(tx: Transaction, request: RemoveFilter) -> Changes:
    """Offer a filter no longer, or again.

    Raises:
        RuleBroken: it is not there.
        NotAllowed: it is somebody else's.
    """
    row = _own(tx, request.filter)
    row.removed_at = None if request.brings_back else tx.now
    verb = "恢复" if request.brings_back else "删除"
    return Changes(f"{verb}常用筛选 {row.name}", made={"filter": row.id})


@action(PutFilterFirst, "filter.moved")
def put_filter_first(tx: Transaction, request: PutFilterFirst) -> Changes:
    """Put a filter before the person's others.

    Raises:
        RuleBroken: it is not there.
        NotAllowed: it is somebody else's.
    """
    row = _own(tx, request.filter)
    row.position = _place(tx, BoardKind(row.board), is_first=True)
    return Changes(f"置顶常用筛选 {row.name}")


@action(BeginWithFilter, "filter.default")
def begin_with_filter(tx: Transaction, request: BeginWithFilter) -> Changes:
    """Remember with which filter the person begins on a board.

    Raises:
        RuleBroken: it is not there, or not offered to this person.
    """
    name = "（不筛选）"
    if request.filter is not None:
        row = tx.own(SavedFilter, request.filter, _GONE)
        if row.removed_at is not None or not (row.is_shared or _is_own(tx, row)):
            raise RuleBroken(_GONE)
        name = row.name
    key = (tx.person.staff_id, request.board.value)
    chosen = tx.session.get(FilterDefault, key)
    if chosen is None:
        chosen = FilterDefault(
            staff_id=key[0], board=key[1], street_id=tx.street_id, filter_id=request.filter
        )
        tx.add(chosen)
    else:
        chosen.filter_id = request.filter
    return Changes(f"打开看板时先用 {name}")


def _own(tx: Transaction, row_id: int) -> SavedFilter:
    row = tx.own(SavedFilter, row_id, _GONE)
    if not _is_own(tx, row):
        raise NotAllowed("这是同事存的筛选，只有他自己能改。可以先用它，再另存一个自己的。")
    return row


def _is_own(tx: Transaction, row: SavedFilter) -> bool:
    return row.owner_id == tx.person.staff_id


def _count(tx: Transaction, board: BoardKind) -> int:
    there = select(func.count(SavedFilter.id)).where(
        SavedFilter.owner_id == tx.person.staff_id,
        SavedFilter.board == board.value,
        SavedFilter.removed_at.is_(None),
    )
    return tx.session.scalar(there) or 0


def _place(tx: Transaction, board: BoardKind, *, is_first: bool) -> int:
    """Return the place before or behind all filters that the person has there."""
    places = SavedFilter.position
    own = select(func.min(places) if is_first else func.max(places)).where(
        SavedFilter.owner_id == tx.person.staff_id, SavedFilter.board == board.value
    )
    return (tx.session.scalar(own) or 0) + (-1 if is_first else 1)

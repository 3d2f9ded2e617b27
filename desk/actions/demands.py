"""The list of demands and the list of resources (需求清单、资源清单): 需求出题、资源共享.

The lists are for the whole street: everybody reads them, who raised a line keeps it, and whoever
oversees the street may end it. Sources: DOMAIN.md 003-10, 000-5.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select

from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.proactive import DEMAND_MOVES, DEMANDS_AT_WORK, RESOURCE_MOVES
from desk.rules.proactive_codes import DemandState, ResourceKind, ResourceState
from desk.rules.rights import may_in_hall, require_hall
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Demand, OfferedResource, Unit, Whistle
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.whistle_sight import whistle_seen_by

Row = TypeVar("Row", bound=Any)
_GONE = "找不到这一条，请刷新后再试。"
_STALE = "这一条刚被更新。您写的内容还在，请看过最新情况后再存。"


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseDemand(Request):
    """Say what a unit needs and cannot do alone (需求出题)."""

    title: str = words("需求", longest=100)
    details: str = words("具体情况", Field.BODY, default="")
    unit: int
    wanted_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDemand(Request):
    """Correct a demand (更改需求)."""

    demand: int
    seen: int
    title: str = words("需求", longest=100)
    details: str = words("具体情况", Field.BODY, default="")
    wanted_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDemand(Request):
    """Say what became of a demand (需求办结、撤回、恢复): met, dropped, or open again."""

    demand: int
    seen: int
    state: DemandState
    note: str = words("说明", Field.BODY, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class WhistleForDemand(Request):
    """Tie a demand to the whistle that is to settle it (吹哨解题)."""

    demand: int
    seen: int
    whistle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferResource(Request):
    """Say what somebody offers (登记资源).

    Attributes:
        unit: the unit that keeps in touch with whoever offers it.
    """

    kind: ResourceKind
    title: str = words("资源", longest=100)
    details: str = words("怎么用", Field.BODY, default="")
    offered_by: str = words("提供单位", longest=100)
    phone: str = words("办公电话", longest=40, default="")
    unit: int
    open_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeResource(OfferResource):
    """Correct a resource (更改资源)."""

    resource: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveResource(Request):
    """Say that an offer no longer stands, or does again (停用、恢复)."""

    resource: int
    seen: int
    state: ResourceState
    note: str = words("说明", Field.BODY, default="")


@action(RaiseDemand, "demand.raised")
def raise_demand(tx: Transaction, request: RaiseDemand) -> Changes:
    """Put a demand on the list.

    Raises:
        NotAllowed: it is another unit's.
        RuleBroken: it is not said what is needed.
    """
    require_keeper(tx, request.unit)
    row = Demand(
        id=new_id(),
        street_id=tx.street_id,
        title=_titled(request.title),
        details=request.details or None,
        unit_id=request.unit,
        wanted_by=request.wanted_by,
        state=DemandState.OPEN,
        raised_by=request.made_by,
        raised_at=request.happened_at,
        changed_at=tx.now,
        version=1,
    )
    tx.add(row)
    return _told(f"需求出题：{row.title}", row)


@action(ChangeDemand, "demand.changed")
def change_demand(tx: Transaction, request: ChangeDemand) -> Changes:
    """Correct a demand.

    Raises:
        NotAllowed: it is another unit's.
        StaleCase: somebody changed it meanwhile.
        RuleBroken: it has ended, or it is not said what is needed.
    """
    row = changing(tx, Demand, request.demand, request.seen)
    require_keeper(tx, row.unit_id)
    if row.state not in DEMANDS_AT_WORK:
        raise RuleBroken("这条需求已经了结。要改，请先恢复。")
    row.title, row.details = _titled(request.title), request.details or None
    row.wanted_by = request.wanted_by
    return _told(f"更改需求：{row.title}", row)


@action(MoveDemand, "demand.moved")
def move_demand(tx: Transaction, request: MoveDemand) -> Changes:
    """Say what became of a demand.

    Raises:
        NotAllowed: it is another unit's.
        StaleCase: somebody changed it meanwhile.
        RuleBroken: it cannot become that now, or it is not said how it ended.
    """
    row = changing(tx, Demand, request.demand, request.seen)
    require_keeper(tx, row.unit_id)
    wanted = {DemandState.MET, DemandState.DROPPED, DemandState.OPEN}
    if request.state not in wanted & DEMAND_MOVES[row.state]:
        raise RuleBroken(f"这条需求现在是“{label(row.state)}”，不能这样改，请刷新后再看。")
    is_open = request.state is DemandState.OPEN
    if not is_open and not request.note.strip():
        raise RuleBroken("请写明怎么解决的，或为什么撤回。", field="note")
    row.state = request.state
    end(row, request, is_over=not is_open)
    return _told(f"需求{label(row.state)}：{row.title}", row, request.note)


@action(WhistleForDemand, "demand.whistled")
def whistle_for_demand(tx: Transaction, request: WhistleForDemand) -> Changes:
    """Tie a demand to a whistle.

    Raises:
        NotAllowed: it is another unit's.
        StaleCase: somebody changed it meanwhile.
        RuleBroken: it has ended, or there is no such whistle.
    """
    row = changing(tx, Demand, request.demand, request.seen)
    require_keeper(tx, row.unit_id)
    if row.state not in DEMANDS_AT_WORK:
        raise RuleBroken("这条需求已经了结。要吹哨，请先恢复。")
    found = tx.session.scalar(
        select(Whistle.number).where(Whistle.id == request.whistle, whistle_seen_by(tx.person))
    )
    if found is None:
        raise RuleBroken("找不到这张哨单，请从列表里选。", field="whistle")
    row.whistle_id, row.state = request.whistle, DemandState.WHISTLED
    return _told(f"吹哨解题：{row.title}，{found}", row)


@action(OfferResource, "resource.offered")
def offer_resource(tx: Transaction, request: OfferResource) -> Changes:
    """Put a resource on the list.

    Raises:
        NotAllowed: it is kept by another unit.
        RuleBroken: it is not said what is offered, or by whom.
    """
    require_keeper(tx, request.unit)
    row = OfferedResource(
        id=new_id(),
        street_id=tx.street_id,
        unit_id=request.unit,
        state=ResourceState.OFFERED,
        raised_by=request.made_by,
        raised_at=request.happened_at,
        changed_at=tx.now,
        version=1,
    )
    _write(tx, row, request)
    tx.add(row)
    return _told(f"登记资源：{row.title}，{row.offered_by}提供", row)


@action(ChangeResource, "resource.changed")
def change_resource(tx: Transaction, request: ChangeResource) -> Changes:
    """Correct a resource.

    Raises:
        NotAllowed: it is kept by another unit.
        StaleCase: somebody changed it meanwhile.
        RuleBroken: it is not said what is offered, or by whom.
    """
    row = changing(tx, OfferedResource, request.resource, request.seen)
    require_keeper(tx, row.unit_id)
    require_keeper(tx, request.unit)
    _write(tx, row, request)
    return _told(f"更改资源：{row.title}", row)


@action(MoveResource, "resource.moved")
def move_resource(tx: Transaction, request: MoveResource) -> Changes:
    """Say that an offer no longer stands, or does again.

    Raises:
        NotAllowed: it is kept by another unit.
        StaleCase: somebody changed it meanwhile.
        RuleBroken: it is so already.
    """
    row = changing(tx, OfferedResource, request.resource, request.seen)
    require_keeper(tx, row.unit_id)
    if request.state not in RESOURCE_MOVES[row.state]:
        raise RuleBroken(f"这项资源已经是“{label(row.state)}”，请刷新后再看。")
    row.state = request.state
    end(row, request, is_over=row.state is ResourceState.ENDED)
    return _told(f"资源{label(row.state)}：{row.title}", row, request.note)


def require_keeper(tx: Transaction, unit: int) -> None:
    """Refuse whoever may not write a line of this unit.

    Raises:
        NotAllowed: it is another unit's, and who asks does not oversee the street.
        RuleBroken: there is no such unit.
    """
    require_hall(Deed.KEEP_LISTS, tx.person)
    tx.own(Unit, unit, "请从列表里选一个单位。", field="unit")
    if unit not in tx.person.unit_ids and not may_in_hall(Deed.KEEP_TOPICS, tx.person):
        raise NotAllowed("这一条由别的单位登记，请由该单位或信联办来改。")


def changing(tx: Transaction, table: type[Row], row_id: int, seen: int) -> Row:
    """Return a line that is to be changed.

    Raises:
        StaleCase: somebody changed it meanwhile.
        RuleBroken: there is none.
    """
    row = tx.own(table, row_id, _GONE)
    tx.session.refresh(row, with_for_update=True)
    if row.version != seen:
        raise StaleCase(_STALE)
    tx.watch(row)
    row.version += 1
    row.changed_at = tx.now
    return row


def end(row: Any, request: Any, *, is_over: bool) -> None:
    """Write down who ended a line and how, or that it goes on."""
    row.end_note = (request.note or None) if is_over else None
    row.ended_by = request.made_by if is_over else None
    row.ended_at = request.happened_at if is_over else None


def _titled(title: str) -> str:
    if not title.strip():
        raise RuleBroken("请用一句话写明需要什么。", field="title")
    return title.strip()


def _write(tx: Transaction, row: OfferedResource, said: OfferResource | ChangeResource) -> None:
    if not said.title.strip():
        raise RuleBroken("请用一句话写明能提供什么。", field="title")
    if not said.offered_by.strip():
        raise RuleBroken("请写明由哪个单位提供。", field="offered_by")
    row.kind, row.title = said.kind, said.title.strip()
    row.details, row.offered_by = said.details or None, said.offered_by.strip()
    row.phone, row.unit_id, row.open_until = said.phone or None, said.unit, said.open_until
    row.changed_at = tx.now


def _told(title: str, row: Demand | OfferedResource, detail: str = "") -> Changes:
    name = "demand" if isinstance(row, Demand) else "resource"
    return Changes(title, made={name: row.id}, detail=detail)

"""Who comes when a whistle is blown (报到签到), and who is called besides (加叫).

Who comes is written down on the spot or typed in from the signed paper; each called unit's
response is its own. A unit outside the street is answered for by 信联办 with a document.
Sources: DOMAIN.md 002-14, 2.7.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from desk.actions.blobs import keep_blob
from desk.actions.whistle_access import (
    called_units,
    changed,
    is_outside,
    opened,
    parties,
    put_on_paper,
)
from desk.actions.whistle_words import Call
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.text_gate import Field
from desk.rules.whistling import (
    Party,
    WhistleStep,
    require_arrival,
    require_recorder,
    require_units,
)
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Unit, WhistleArrival, WhistleUnit
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_NOT_CALLED = "这个单位不在这张哨单上。请先加叫，再登记报到。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody of a called unit who came, by which unit, with which post, when."""

    unit: int
    name: str = words("到场人", Field.NAME)
    post: str = words("职务", longest=60, default="")
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordArrivals(Request):
    """Say who came (报到签到), one or many at once.

    Attributes:
        is_from_paper: they signed on paper, this is typed in afterwards.
        document: on what proof, for units outside the street: 现场签到表, 复函 with its number.
        content, media_type: the document itself, if there is a picture or a PDF of it.
    """

    whistle: int
    arrivals: tuple[Arrival, ...]
    is_from_paper: bool = False
    document: str = words("凭证", longest=100, default="")
    content: bytes | None = field(default=None, repr=False)
    media_type: str = words("文件类型", longest=60, default="application/pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveArrival(Request):
    """Strike out somebody who was written down by mistake (划去报到)."""

    arrival: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMore(Request):
    """Call further units to a place where others are already called (加叫)."""

    whistle: int
    units: tuple[Call, ...]


@action(RecordArrivals, "whistle.arrived")
def record_arrivals(tx: Transaction, request: RecordArrivals) -> Changes:
    """Write down who came; the first of a unit is the unit's response.

    Raises:
        NotAllowed: the asker may not say so of this unit.
        RuleBroken: a name is missing, the time cannot be, the unit was not called, or one outside
            the street came without a document.
    """
    whistle = opened(tx, request.whistle, WhistleStep.ARRIVE)
    if not request.arrivals:
        raise RuleBroken("请至少写一位到场的人。", field="arrivals")
    document = keep_blob(tx, request.content, request.media_type) if request.content else None
    rows = {row.unit_id: row for row in called_units(tx, whistle)}
    mine = parties(tx, whistle)
    for one in request.arrivals:
        called = rows.get(one.unit)
        if called is None or called.called_at is None:
            raise RuleBroken(_NOT_CALLED, field="arrivals")
        outside = is_outside(tx, one.unit)
        require_recorder(mine, is_own_unit=one.unit in tx.person.unit_ids, is_outside=outside)
        require_arrival(
            name=one.name,
            at=one.at,
            raised_at=whistle.raised_at,
            now=tx.now,
            is_outside=outside,
            document=request.document,
        )
        tx.session.add(
            WhistleArrival(
                id=new_id(),
                street_id=tx.street_id,
                whistle_id=whistle.id,
                whistle_unit_id=called.id,
                name=one.name,
                post=one.post or None,
                arrived_at=one.at,
                is_from_paper=request.is_from_paper,
                document=request.document or None,
                sha256=document,
                recorded_by=request.made_by,
                recorded_at=tx.now,
            )
        )
    _count_responses(tx, {rows[one.unit] for one in request.arrivals})
    units = dict.fromkeys(unit_name(tx.session, one.unit, tx.today) for one in request.arrivals)
    return Changes(f"{'、'.join(units)}报到（{whistle.number}）", made={"whistle": whistle.id})


@action(RemoveArrival, "whistle.arrival_removed")
def remove_arrival(tx: Transaction, request: RemoveArrival) -> Changes:
    """Strike out an arrival; the unit's response is what remains.

    Raises:
        NotAllowed: the asker neither wrote it down nor runs the whistle.
        RuleBroken: it is struck out already.
    """
    row = tx.own(WhistleArrival, request.arrival, "找不到这条报到，请刷新后再试。")
    whistle = opened(tx, row.whistle_id, WhistleStep.ARRIVE)
    if row.removed_at is not None:
        raise RuleBroken("这条报到已经划去了。")
    is_own = row.recorded_by == tx.person.staff_id
    if not (is_own or {Party.RUNNER, Party.CALLER} & parties(tx, whistle)):
        raise NotAllowed("报到由登记的人、吹哨单位或信联办划去。")
    tx.watch(row)
    row.removed_by, row.removed_at = request.made_by, tx.now
    _count_responses(tx, [tx.session.get_one(WhistleUnit, row.whistle_unit_id)])
    return Changes(f"划去报到（{whistle.number}）", made={"whistle": whistle.id})


@action(CallMore, "whistle.called_more")
def call_more(tx: Transaction, request: CallMore) -> Changes:
    """Call further units; 信联办 sees them on its board, they are called at once.

    Raises:
        NotAllowed: the asker neither called nor runs the whistle.
        RuleBroken: no unit, one that is called already, or a time that is over.
    """
    whistle = opened(tx, request.whistle, WhistleStep.CALL_MORE)
    require_units(request.units, caller_unit=whistle.caller_unit_id, since=request.happened_at)
    there = {row.unit_id for row in called_units(tx, whistle)}
    known = {
        row.unit_id: row
        for row in tx.session.scalars(
            select(WhistleUnit).where(WhistleUnit.whistle_id == whistle.id)
        )
    }
    for place, one in enumerate(request.units, start=len(known) + 1):
        tx.own(Unit, one.unit, "请从列表里选单位。", field="units")
        if one.unit in there:
            raise RuleBroken("这个单位已经叫过了。", field="units")
        row = known.get(one.unit)
        if row is None:
            row = WhistleUnit(
                id=new_id(), street_id=tx.street_id, whistle_id=whistle.id, unit_id=one.unit
            )
            tx.session.add(row)
        else:  # it was taken off the list before the others were called
            tx.watch(row)
            row.withdrawn_by = row.withdrawn_at = None
        row.place_in_list, row.required_at = place, one.required_at
        row.contact, row.called_at = one.contact or None, request.happened_at
    tx.session.flush()
    changed(tx, whistle)
    paper = put_on_paper(tx, whistle)
    units = "、".join(unit_name(tx.session, one.unit, tx.today) for one in request.units)
    return Changes(
        f"加叫{units}（{whistle.number}）", made={"whistle": whistle.id, "paper": paper.id}
    )


def _count_responses(tx: Transaction, units: Iterable[WhistleUnit]) -> None:
    """Keep when the first of each unit's people came."""
    tx.session.flush()
    for unit in units:
        first = tx.session.scalar(
            select(func.min(WhistleArrival.arrived_at)).where(
                WhistleArrival.whistle_unit_id == unit.id, WhistleArrival.removed_at.is_(None)
            )
        )
        tx.watch(unit)
        unit.arrived_at = first

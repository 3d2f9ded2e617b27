"""Which leader answers for which unit (领导包片), with dates: it decides who signs (9.2)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from desk.rules.codes import Role
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.rights import require_hall
from desk.store.ids import new_id
from desk.store.models import LeaderArea, Staff, Unit
from desk.store.people import roles_of
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLeaderArea(Request):
    """Let a leader answer for a unit from one day to another.

    Attributes:
        last_day: the last day on which he answers for it; None until somebody else does.
    """

    leader: int
    unit: int
    valid_from: date
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLeaderArea(Request):
    """Say on which day a leader answers for a unit for the last time; None takes the end away."""

    area: int
    last_day: date | None


@action(SetLeaderArea, "leader_area.set")
def set_leader_area(tx: Transaction, request: SetLeaderArea) -> Changes:
    """Begin an area; one that has no end yet ends where the new one begins.

    Raises:
        RuleBroken: whoever is named leads nothing on that day, or another leader answers for the
            unit on one of the days.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    leader = tx.own(Staff, request.leader, "请从列表里选一位领导。", field="leader")
    unit = tx.own(Unit, request.unit, "请从列表里选一个单位。", field="unit")
    if not roles_of(tx.session, [leader.id], request.valid_from) & {Role.LEADER, Role.CHIEF}:
        raise RuleBroken(f"{leader.name}那时不是分管领导或主要领导，请先给岗位。", field="leader")
    _require_order(request.valid_from, request.last_day)
    until = _after(request.last_day)
    for other in _areas_of(tx, unit.id):
        if other.valid_to is None and other.valid_from < request.valid_from:
            tx.watch(other)
            other.valid_to = request.valid_from
        else:
            _require_apart(tx, other, request.valid_from, until)
    row = LeaderArea(
        id=new_id(),
        street_id=tx.street_id,
        leader_id=leader.id,
        unit_id=unit.id,
        valid_from=request.valid_from,
        valid_to=until,
    )
    tx.add(row)
    return Changes(
        f"包片：{unit_name(tx.session, unit.id, tx.today)}由{leader.name}负责",
        made={"area": row.id},
    )


@action(EndLeaderArea, "leader_area.ended")
def end_leader_area(tx: Transaction, request: EndLeaderArea) -> Changes:
    """Change the last day of an area.

    Raises:
        RuleBroken: it is not there, or another leader answers for the unit by then.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    row = tx.own(LeaderArea, request.area, "找不到这一行包片，请刷新后再试。")
    if request.last_day is not None and request.last_day < row.valid_from - _ONE_DAY:
        raise RuleBroken("截止日期不能早于开始日期。", field="last_day")
    until = _after(request.last_day)
    for other in _areas_of(tx, row.unit_id):
        if other.id != row.id:
            _require_apart(tx, other, row.valid_from, until)
    tx.watch(row)
    row.valid_to = until
    return Changes(f"更改包片：{unit_name(tx.session, row.unit_id, tx.today)}")


def _areas_of(tx: Transaction, unit_id: int) -> list[LeaderArea]:
    return list(tx.session.scalars(select(LeaderArea).where(LeaderArea.unit_id == unit_id)))


def _after(last_day: date | None) -> date | None:
    return None if last_day is None else last_day + _ONE_DAY


def _require_order(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise RuleBroken("截止日期不能早于开始日期。", field="last_day")


def _require_apart(tx: Transaction, other: LeaderArea, start: date, until: date | None) -> None:
    ends_before = other.valid_to is not None and other.valid_to <= start
    begins_after = until is not None and until <= other.valid_from
    if ends_before or begins_after or other.valid_to == other.valid_from:
        return
    name = tx.session.get_one(Staff, other.leader_id).name
    raise RuleBroken(
        f"这些日子里已由{name}包片（自 {other.valid_from:%Y-%m-%d} 起），请先改那一行的截止日期。",
        field="valid_from",
    )

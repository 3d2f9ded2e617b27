"""Who stands in for a leader, from one day to another (代理人): for sign-off and dispatch."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from desk.rules.codes import Role
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.rights import require_hall
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Deputy, Staff
from desk.store.people import roles_of
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_ONE_DAY = timedelta(days=1)
_LEADING = frozenset({Role.LEADER, Role.CHIEF})


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDeputy(Request):
    """Let somebody stand in for a leader.

    Attributes:
        last_day: the last day on which he does; None until it is ended.
    """

    principal: int
    deputy: int
    reason: str = words("原因", default="")
    valid_from: date
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDeputy(Request):
    """Say on which day somebody stands in for the last time; None takes the end away."""

    row: int
    last_day: date | None


@action(SetDeputy, "deputy.set")
def set_deputy(tx: Transaction, request: SetDeputy) -> Changes:
    """Write down who stands in for whom; he signs and confirms in the other's name (代签).

    Raises:
        RuleBroken: one of them is not known, they are the same, the first leads nothing, the days
            are the wrong way round, he stands in on those days already, or it is oneself.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    principal = _member(tx, request.principal, "principal")
    deputy = _member(tx, request.deputy, "deputy")
    _require_not_oneself(tx, deputy.id)
    if principal.id == deputy.id:
        raise RuleBroken("不能由本人代理本人，请选另一位。", field="deputy")
    if not roles_of(tx.session, [principal.id], request.valid_from) & _LEADING:
        raise RuleBroken(f"{principal.name}不是分管领导或主要领导，不用代理人。", field="principal")
    if request.last_day is not None and request.last_day < request.valid_from:
        raise RuleBroken("截止日期不能早于开始日期。", field="last_day")
    until = _after(request.last_day)
    if any(_meets(row, request.valid_from, until) for row in _rows(tx, principal.id, deputy.id)):
        raise RuleBroken("这些日子里已经由他代理，请改原来那一行。", field="valid_from")
    row = Deputy(
        id=new_id(),
        street_id=tx.street_id,
        principal_id=principal.id,
        deputy_id=deputy.id,
        reason=request.reason or None,
        valid_from=request.valid_from,
        valid_to=until,
    )
    tx.add(row)
    return Changes(f"{principal.name}由{deputy.name}代理", made={"deputy": row.id})


@action(EndDeputy, "deputy.ended")
def end_deputy(tx: Transaction, request: EndDeputy) -> Changes:
    """Change the last day on which somebody stands in.

    Raises:
        RuleBroken: the row is not there, would end before it begins, or is one's own.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    row = tx.own(Deputy, request.row, "找不到这一行代理，请刷新后再试。")
    _require_not_oneself(tx, row.deputy_id)
    if request.last_day is not None and request.last_day < row.valid_from - _ONE_DAY:
        raise RuleBroken("截止日期不能早于开始日期。", field="last_day")
    tx.watch(row)
    row.valid_to = _after(request.last_day)
    return Changes("更改代理人")


def _require_not_oneself(tx: Transaction, deputy: int) -> None:
    if deputy == tx.person.staff_id:
        raise RuleBroken("不能让自己代理别人，请另一名管理员来设。", field="deputy")


def _member(tx: Transaction, staff_id: int, field: str) -> Staff:
    return tx.own(Staff, staff_id, "请从列表里选一位同事。", field=field)


def _rows(tx: Transaction, principal: int, deputy: int) -> list[Deputy]:
    return list(
        tx.session.scalars(
            select(Deputy).where(Deputy.principal_id == principal, Deputy.deputy_id == deputy)
        )
    )


def _after(last_day: date | None) -> date | None:
    return None if last_day is None else last_day + _ONE_DAY


def _meets(row: Deputy, start: date, until: date | None) -> bool:
    begins_in_time = until is None or row.valid_from < until
    return begins_in_time and (row.valid_to is None or row.valid_to > start)

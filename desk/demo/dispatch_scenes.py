"""A day at the dispatchers' desk of the fictional street: teams, a call for one, two returns."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.dispatching import ReturnDispatch
from desk.actions.support import AddSupport
from desk.actions.teams import SetTeam
from desk.demo.index import StreetIndex
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ReturnReason,
    Role,
    Urgency,
)
from desk.store.database import Database
from desk.store.models import Assignment, Case
from desk.store.requests import Request

_TEAMS = (
    ("应急抢修一队", "应急抢修", "城建办", "13800000061", "24 小时，管电、水、气、井盖"),
    ("法务导师组", "业务导师", "平安法治办", "13800000062", "工作日，司法所派人一起上门"),
    ("消防技术组", "技术保障", "应急办", "13800000063", "带检测仪，出具检测记录"),
)
_WHY_BACK = (
    (ReturnReason.NOT_OURS, "此处是区管市政道路，按职责清单第十二条不归本单位，请改派。"),
    (ReturnReason.INCOMPLETE, "没有写明是哪一栋、哪一层，电话无人接，请先补全再派。"),
)


def team_requests(street: StreetIndex, made_by: int, at: datetime) -> Iterator[SetTeam]:
    """Yield the teams of the street, as far as their units are there."""
    for name, kind, unit, phone, note in _TEAMS:
        if unit in street.units:
            yield SetTeam(
                made_by=made_by,
                happened_at=at,
                name=name,
                kind=kind,
                unit=street.units[unit],
                phone=phone,
                note=note,
            )


def live_dispatching(database: Database, street: StreetIndex, teams: list[int]) -> None:
    """Let two units ask to hand a case back, and call a team in for an urgent one."""
    for request in (*_returns(database, street), *_calls(database, street, teams)):
        database.carry_out(request)


def _returns(database: Database, street: StreetIndex) -> Iterator[Request]:
    asked = select(Assignment.case_id).where(Assignment.status == AssignmentStatus.RETURNING)
    with Session(database.engine) as session:
        rows = session.execute(
            select(Case.id, Case.version, Case.lead_unit_id)
            .where(
                Case.status.in_([CaseStatus.DISPATCHED, CaseStatus.ACCEPTED]),
                Case.return_count == 0,
                Case.id.not_in(asked),
            )
            .order_by(Case.received_at.desc(), Case.seq.desc())
            .limit(len(_WHY_BACK))
        ).all()
    for (case, version, unit), (reason, note) in zip(rows, _WHY_BACK, strict=False):
        who = street.handler_of.get(unit or 0)
        yield ReturnDispatch(
            made_by=who.id if who else database.person.staff_id,
            happened_at=database.now(),
            case=case,
            seen=version,
            reason=reason,
            note=note,
        )


def _calls(database: Database, street: StreetIndex, teams: list[int]) -> Iterator[Request]:
    called = teams[:1]
    unit = street.units.get(_TEAMS[0][2])
    there = select(Assignment.case_id).where(
        (Assignment.unit_id == unit)
        | (
            (Assignment.role == AssignmentRole.SUPPORT)
            & (Assignment.status == AssignmentStatus.WAITING)
        )
    )
    with Session(database.engine) as session:
        row = session.execute(
            select(Case.id, Case.version)
            .where(Case.status == CaseStatus.HANDLING, Case.id.not_in(there))
            .order_by(Case.urgency != Urgency.URGENT, Case.received_at.desc(), Case.seq.desc())
            .limit(1)
        ).first()
    if row is not None and called:
        yield AddSupport(
            made_by=street.by_role[Role.DISPATCHER][0].id,
            happened_at=database.now(),
            case=row.id,
            seen=row.version,
            teams=tuple(called),
            reason="现场漏电，需抢修队带设备到场断电检修。",
        )

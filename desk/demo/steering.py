"""Supervision in the fictional street (督办、催办): from above and our own, at every station."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desk.actions.supervising import (
    DecideSupervision,
    ReportSupervision,
    Supervise,
    TakeSupervision,
)
from desk.actions.urging import ExplainUrging, Urge
from desk.demo.index import StreetIndex
from desk.demo.waiting import handler_of, head_of
from desk.rules.assessment_codes import (
    SupervisionGround,
    SupervisionSource,
    SupervisionState,
    UrgingWay,
)
from desk.rules.codes import CaseStatus, Role
from desk.store.database import Database
from desk.store.models import Case, Supervision

G, S = SupervisionGround, SupervisionState
_CITY = SupervisionSource.CITY


@dataclass(frozen=True, slots=True)
class _Plan:
    """One supervision of the demo, and how far it has come."""

    state: SupervisionState
    grounds: tuple[SupervisionGround, ...]
    requirement: str
    by: Role = Role.DISPATCHER
    number: str = ""  # from above
    report: str = ""
    is_late: bool = False


_PLANS = (
    _Plan(S.ISSUED, (G.OVERDUE, G.SILENT), "今天与诉求人联系，三日内拿出处理办法并书面反馈。"),
    _Plan(
        S.REPORTED,
        (),
        "按市热线要求限期办结，附现场照片和诉求人签字。",
        number="市督〔2026〕1126号",
        report="现场已处理完毕，照片已传；诉求人当面表示认可，已签字。",
    ),
    _Plan(
        S.TAKEN,
        (G.PUBLIC,),
        "向纪工委说明为什么几次上门没有结果，明确完成时间。",
        by=Role.INSPECTOR,
        is_late=True,
    ),
    _Plan(S.TAKEN, (G.INSTRUCTED,), "主要领导批示：部门负责人到现场，一周内见效果。"),
    _Plan(
        S.CLOSED,
        (G.REPEAT,),
        "三次反映同一处，查清原因，一次办好。",
        report="已查明原因，换了办法处理，连续三天没有再发生。",
    ),
)
_URGED = (
    (UrgingWay.PHONE, "已接通，答应今天下班前到场。", ""),
    (UrgingWay.WRITTEN, "诉求人昨天又来电，请先回电说明进度，再定完成时间。", ""),
    (
        UrgingWay.WRITTEN,
        "请说明为什么还没有办完，什么时候能办完。",
        "等第三方回话，周五前办完并回访。",
    ),
)


_APART = timedelta(hours=7)  # between one supervision and the next


def live_steering(database: Database, street: StreetIndex) -> None:
    """Let cases be supervised and urged: those of the busiest unit first."""
    found = _in_hand(database, len(_PLANS) + len(_URGED))
    for at, (case, plan) in enumerate(zip(found, _PLANS, strict=False), start=1):
        _supervised(database, street, case, plan, _ago(database, case, at * _APART))
    urged = zip(found[len(_PLANS) :], _URGED, strict=False)
    for at, (case, (way, note, explained)) in enumerate(urged, start=1):
        since = _ago(database, case, at * _APART / 2)
        facts: dict[str, Any] = {"unit": case.lead_unit_id, "way": way, "note": note}
        if way is UrgingWay.WRITTEN:
            facts["explain_by"] = database.now() + timedelta(days=2)
        office = street.by_role[Role.DISPATCHER][0].id
        head = {**head_of(database, case, office), "happened_at": since}
        made = database.carry_out(Urge(**head, **facts)).made
        if explained:
            head = {
                **head_of(database, case, handler_of(street, case)),
                "happened_at": since + (database.now() - since) / 2,
            }
            database.carry_out(ExplainUrging(**head, urging=made["urging"], explanation=explained))


def _in_hand(database: Database, count: int) -> list[Any]:
    """Return cases that are handled, whoever has most of them first."""
    with Session(database.engine) as session:
        rows = session.execute(
            select(Case.id, Case.lead_unit_id, Case.handler_id, Case.received_at)
            .where(
                Case.status.in_([CaseStatus.ACCEPTED, CaseStatus.HANDLING]),
                Case.is_secret.is_(False),
                Case.lead_unit_id.is_not(None),
            )
            .order_by(Case.received_at, Case.id)
        ).all()
    units = [row.lead_unit_id for row in rows]
    return sorted(rows, key=lambda row: -units.count(row.lead_unit_id))[:count]


def _ago(database: Database, case: Any, span: timedelta) -> datetime:
    """Return a moment so long ago, but never before half the time that the case has been there."""
    now = database.now()
    half: datetime = now - (now - case.received_at) / 2
    return max(half, now - span)


def _supervised(
    database: Database, street: StreetIndex, case: Any, plan: _Plan, issued_at: datetime
) -> None:
    now = database.now()
    supervision = database.carry_out(
        Supervise(
            **head_of(database, case, street.by_role[plan.by][0].id) | {"happened_at": issued_at},
            unit=case.lead_unit_id,
            grounds=plan.grounds,
            requirement=plan.requirement,
            due_at=now + timedelta(days=3) - (now - issued_at) / 2,
            source=_CITY if plan.number else SupervisionSource.STREET,
            outside_number=plan.number,
            copied_to="分管领导、街道纪工委",
        )
    ).made["supervision"]
    for at, (made_by, request, more) in enumerate(_steps(street, case, plan), start=1):
        since = issued_at + (now - issued_at) * at / 4
        head = head_of(database, case, made_by) | {"happened_at": since}
        database.carry_out(request(**head, supervision=supervision, **more))
    if plan.is_late:
        with Session(database.engine) as session, session.begin():
            late = update(Supervision).where(Supervision.id == supervision)
            session.execute(late.values(due_at=issued_at + (now - issued_at) / 2))


def _steps(
    street: StreetIndex, case: Any, plan: _Plan
) -> Iterator[tuple[int, type, dict[str, Any]]]:
    unit = handler_of(street, case)
    if plan.state is not S.ISSUED:
        yield unit, TakeSupervision, {}
    if plan.report:
        yield unit, ReportSupervision, {"report": plan.report}
    if plan.state is S.CLOSED:
        office = street.by_role[plan.by][0].id
        yield office, DecideSupervision, {"outcome": S.CLOSED, "note": "照片和签字齐。"}

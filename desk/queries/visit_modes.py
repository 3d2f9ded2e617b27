"""How somebody came (来访方式): his appointment, and who acts for him (委托代办)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk.queries.own_work import is_own_work, looks_now
from desk.rules.reception_codes import AgentPower, AgentRelation, VisitMode
from desk.store.database import Reader
from desk.store.models import Appointment, Case, CaseAgent
from desk.store.reception_sight import appointment_seen_by
from desk.store.transaction import stand_of


@dataclass(frozen=True, slots=True)
class AgentView:
    """Who acts for the appellant; told to those who may know the appellant himself."""

    name: str
    relation: AgentRelation
    phone: str
    powers: tuple[AgentPower, ...]
    paper: str


@dataclass(frozen=True, slots=True)
class VisitView:
    """How somebody came, when he had agreed to come, and who came for him."""

    mode: VisitMode | None = None
    agreed_at: datetime | None = None
    agent: AgentView | None = None


def visit_of(reader: Reader, case: Case) -> VisitView:
    """Return how the appellant of a case that the reader sees came."""
    if case.visit_mode in {None, VisitMode.ON_SITE}:
        return VisitView(case.visit_mode)
    agreed = reader.session.scalar(
        select(Appointment.starts_at).where(
            Appointment.case_id == case.id, appointment_seen_by(reader.person)
        )
    )
    shown = is_own_work(reader, case, stand_of(reader.session, case))
    row = reader.session.get(CaseAgent, case.id) if shown or looks_now(reader, case.id) else None
    if row is None or row.name is None:
        return VisitView(case.visit_mode, agreed)
    powers = tuple(AgentPower(code) for code in row.powers)
    agent = AgentView(row.name, row.relation, row.phone or "", powers, row.paper or "")
    return VisitView(case.visit_mode, agreed, agent)

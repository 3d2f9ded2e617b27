"""Who may lead a case and be in its team (包案领导、专班人选); 领导包片 proposes the leader."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from desk.queries.lookups import staff, units
from desk.queries.supervisions import steering_options
from desk.rules.assessment_codes import SupervisionGround
from desk.rules.deeds import WORKING_ROLES
from desk.rules.leader_case_settings import PLAN_DAYS
from desk.rules.leader_cases import LEADERS
from desk.rules.moments import day_of
from desk.rules.rights import may_see
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Case, LeaderArea, Staff
from desk.store.models.hall import today_rows
from desk.store.people import person_of
from desk.store.sight import seen_by
from desk.store.transaction import stand_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could lead, or be in the team."""

    staff_id: int
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class LeaderChoices:
    """Who may lead a case, whom 领导包片 proposes, and who may be in its team.

    Attributes:
        leaders: those who need not stay out of it.
        proposed: the leader who answers for its unit; None where nobody does.
        grounds: why the facts speak for it.
    """

    leaders: tuple[Candidate, ...]
    proposed: int | None
    people: tuple[Candidate, ...]
    planned_until: date
    grounds: tuple[SupervisionGround, ...]


def leader_choices(reader: Reader, case_id: int) -> LeaderChoices | None:
    """Return who may lead a case; None: kept from the reader."""
    case = reader.session.scalar(select(Case).where(Case.id == case_id, seen_by(reader.person)))
    if case is None:
        return None
    today = day_of(reader.now)
    names = {unit.id: unit.short_name for unit in units(reader)}
    everybody = [one for one in staff(reader) if one.roles & WORKING_ROLES]
    leaders = tuple(
        Candidate(one.id, one.name, names.get(one.unit_id, ""))
        for one in everybody
        if one.roles & LEADERS and _may_see(reader, case, one.id, today)
    )
    options = steering_options(reader, case_id)
    return LeaderChoices(
        leaders=leaders,
        proposed=_proposed(reader, case, {one.staff_id for one in leaders}, today),
        people=tuple(Candidate(one.id, one.name, names.get(one.unit_id, "")) for one in everybody),
        planned_until=today
        + timedelta(days=int(setting(reader.session, reader.person.street_id, PLAN_DAYS, today))),
        grounds=options.grounds if options is not None else (),
    )


def _may_see(reader: Reader, case: Case, staff_id: int, today: date) -> bool:
    row = reader.session.get_one(Staff, staff_id)
    return may_see(stand_of(reader.session, case), person_of(reader.session, row, today))


def _proposed(reader: Reader, case: Case, leaders: set[int], today: date) -> int | None:
    """Return the leader who answers for the unit that has the case (领导包片)."""
    unit = case.lead_unit_id or case.first_unit_id
    rows = reader.session.scalars(
        select(LeaderArea.leader_id)
        .where(LeaderArea.unit_id == unit, today_rows(LeaderArea, today))
        .order_by(LeaderArea.id)
    )
    return next((leader for leader in rows if leader in leaders), None)

"""Which leader leads a case now, and who is in his team (包案领导、专班)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.leader_case_codes import TeamRole
from desk.store.models import LeaderCase, TeamMember


def open_leader_case(session: Session, case_id: int) -> LeaderCase | None:
    """Return the led case that goes on; None where none does."""
    query = select(LeaderCase).where(
        LeaderCase.case_id == case_id, LeaderCase.concluded_at.is_(None)
    )
    return session.scalar(query)


def team_of(session: Session, leader_case: int) -> Sequence[TeamMember]:
    """Return who is in the team now, the leader first."""
    rows = session.scalars(
        select(TeamMember)
        .where(TeamMember.leader_case_id == leader_case, TeamMember.until.is_(None))
        .order_by(TeamMember.id)
    ).all()
    order = list(TeamRole)
    return sorted(rows, key=lambda row: order.index(row.role))


def current_leader(session: Session, leader_case: int) -> TeamMember | None:
    """Return who leads now; None where he had to leave it (回避)."""
    return next((row for row in team_of(session, leader_case) if row.role is TeamRole.LEADER), None)


def staff_in(team: Sequence[TeamMember]) -> frozenset[int]:
    """Return the members of staff in a team."""
    return frozenset(row.staff_id for row in team if row.staff_id is not None)

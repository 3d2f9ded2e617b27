"""Cases led by a leader (领导包案): all of one, for its file, and each leader's own of the week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from desk.queries.case_rows import has_rows
from desk.queries.meetings import MeetingView, meetings_of
from desk.rules.deeds import Deed
from desk.rules.leader_case_codes import (
    CheckAnswer,
    Checklist,
    LeaderOutcome,
    TeamRole,
)
from desk.rules.leader_case_settings import PATTERN, PLEDGES, QUESTIONS
from desk.rules.leader_cases import may_direct, may_work, team_hints
from desk.rules.moments import day_of
from desk.rules.rights import CaseStand, may
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Case, CheckLine, LeaderCase, LeaderStep, TeamMember


@dataclass(frozen=True, slots=True)
class MemberView:
    """Somebody in the team, or who was in it."""

    id: int
    role: TeamRole
    staff_id: int | None
    name: str
    office: str
    since: date
    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """One line of a list and what was said to it last; nothing yet where `said_at` is None."""

    words: str
    answer: CheckAnswer | None = None
    responsible: str = ""
    note: str = ""
    on_day: date | None = None
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LeaderStepView:
    """A step planned, done or dropped."""

    id: int
    action: str
    due_on: date | None
    done_on: date | None
    result: str
    is_dropped: bool

    @property
    def waits(self) -> bool:
        """Whether it is planned and still to be done."""
        return self.done_on is None and not self.is_dropped


@dataclass(frozen=True, slots=True)
class LeaderCaseView:
    """One led case, going on or concluded.

    Attributes:
        team, left: who is in it, the leader first; who was.
        hints: whom the team lacks by the hall's pattern.
        steps: what was done, the newest first, and before it what is planned, the next first.
    """

    id: int
    reason: str
    started_on: date
    planned_until: date
    team: tuple[MemberView, ...]
    left: tuple[MemberView, ...]
    hints: tuple[str, ...]
    pledges: tuple[CheckView, ...]
    questions: tuple[CheckView, ...]
    steps: tuple[LeaderStepView, ...]
    outcome: LeaderOutcome | None
    conclusion: str
    concluded_on: date | None
    may_work: bool
    may_direct: bool

    @property
    def leader(self) -> MemberView | None:
        """Return who leads it now; None where he had to leave it (回避)."""
        return next((one for one in self.team if one.role is TeamRole.LEADER), None)

    @property
    def planned(self) -> tuple[LeaderStepView, ...]:
        """Return what is still to be done by the plan, the next first."""
        return tuple(one for one in self.steps if one.waits)


@dataclass(frozen=True, slots=True)
class LeadingView:
    """What the page of a case needs to know about leaders, lists and meetings.

    Attributes:
        now: the led case that goes on; earlier: those that were concluded, the newest first.
        questions: the hall's 三问, with what was said to each last, on whatever occasion.
    """

    now: LeaderCaseView | None
    earlier: tuple[LeaderCaseView, ...]
    questions: tuple[CheckView, ...]
    meetings: tuple[MeetingView, ...]


def leading_of(reader: Reader, case: Case, stand: CaseStand) -> LeadingView:
    """Return who leads a case that the reader sees, and what was said in meetings about it."""
    rows: Sequence[LeaderCase] = ()
    checks: Sequence[CheckLine] = ()
    if has_rows(reader, LeaderCase, case.id):
        led = select(LeaderCase).where(LeaderCase.case_id == case.id)
        rows = reader.session.scalars(led.order_by(LeaderCase.id.desc())).all()
    if has_rows(reader, CheckLine, case.id):  # 三问 are asked of cases that nobody leads, too
        gone_through = select(CheckLine).where(CheckLine.case_id == case.id)
        checks = reader.session.scalars(gone_through.order_by(CheckLine.id)).all()
    views = _views(reader, rows, checks, stand) if rows else ()
    asked = [one for one in checks if one.checklist is Checklist.QUESTIONS]
    may_meet = may(Deed.HOLD_MEETING, stand, reader.person)
    return LeadingView(
        now=next((one for one in views if one.outcome is None), None),
        earlier=tuple(one for one in views if one.outcome is not None),
        questions=_lines(asked, _listed(reader, QUESTIONS)),
        meetings=meetings_of(reader, case, may_correct=may_meet),
    )


def _views(
    reader: Reader, rows: Sequence[LeaderCase], checks: Sequence[CheckLine], stand: CaseStand
) -> tuple[LeaderCaseView, ...]:
    case_id, session = rows[0].case_id, reader.session
    members = session.scalars(
        select(TeamMember).where(TeamMember.case_id == case_id).order_by(TeamMember.id)
    ).all()
    steps = session.scalars(
        select(LeaderStep).where(LeaderStep.case_id == case_id).order_by(LeaderStep.id)
    ).all()
    return tuple(
        _view(
            reader,
            row,
            [_member(one) for one in members if one.leader_case_id == row.id],
            [_step(one) for one in steps if one.leader_case_id == row.id],
            [one for one in checks if one.leader_case_id == row.id],
            stand,
        )
        for row in rows
    )


def _view(
    reader: Reader,
    row: LeaderCase,
    members: Sequence[MemberView],
    steps: Sequence[LeaderStepView],
    checks: Sequence[CheckLine],
    stand: CaseStand,
) -> LeaderCaseView:
    order = list(TeamRole)
    team = sorted(
        (one for one in members if one.until is None), key=lambda one: order.index(one.role)
    )
    leader = next((one.staff_id for one in team if one.role is TeamRole.LEADER), None)
    staff = frozenset(one.staff_id for one in team if one.staff_id is not None)
    goes_on = row.concluded_at is None
    pattern: Mapping[str, int] = _listed(reader, PATTERN)
    return LeaderCaseView(
        id=row.id,
        reason=row.reason,
        started_on=row.started_on,
        planned_until=row.planned_until,
        team=tuple(team),
        left=tuple(one for one in members if one.until is not None),
        hints=team_hints((one.role for one in team), pattern) if goes_on else (),
        pledges=_lines(
            [one for one in checks if one.checklist is Checklist.PLEDGES], _listed(reader, PLEDGES)
        ),
        questions=_lines(
            [one for one in checks if one.checklist is Checklist.QUESTIONS],
            _listed(reader, QUESTIONS),
        ),
        steps=_in_order(steps),
        outcome=row.outcome,
        conclusion=row.conclusion or "",
        concluded_on=row.concluded_on,
        may_work=goes_on
        and may(Deed.WORK_LEADER_CASE, stand, reader.person)
        and may_work(reader.person, staff, stand),
        may_direct=goes_on
        and may(Deed.DIRECT_LEADER_CASE, stand, reader.person)
        and may_direct(reader.person, leader, stand),
    )


def _listed(reader: Reader, key: str) -> Mapping[str, int]:
    found: Mapping[str, int] = setting(
        reader.session, reader.person.street_id, key, day_of(reader.now)
    )
    return found


def _lines(said: Sequence[CheckLine], listed: Mapping[str, int]) -> tuple[CheckView, ...]:
    """Return the hall's lines of today with what was said last, then those it has no longer."""
    newest = {one.words: one for one in said}
    return tuple(
        _check(newest[words]) if words in newest else CheckView(words)
        for words in dict.fromkeys([*listed, *newest])
    )


def _check(row: CheckLine) -> CheckView:
    return CheckView(
        words=row.words,
        answer=row.answer,
        responsible=row.responsible or "",
        note=row.note or "",
        on_day=row.on_day,
        said_at=row.said_at,
    )


def _member(row: TeamMember) -> MemberView:
    return MemberView(
        id=row.id,
        role=row.role,
        staff_id=row.staff_id,
        name=row.name,
        office=row.office or "",
        since=row.since,
        until=row.until,
        reason=row.reason or "",
    )


def _step(row: LeaderStep) -> LeaderStepView:
    return LeaderStepView(
        id=row.id,
        action=row.action,
        due_on=row.due_on,
        done_on=row.done_on,
        result=row.result or "",
        is_dropped=row.is_dropped,
    )


def _in_order(steps: Sequence[LeaderStepView]) -> tuple[LeaderStepView, ...]:
    planned = sorted((one for one in steps if one.waits), key=lambda one: one.due_on or date.max)
    past = [one for one in steps if not one.waits]
    past.sort(key=lambda one: (one.done_on or date.max, one.id), reverse=True)
    return (*planned, *past)

"""What a leader sees each week of the cases he leads (包案周览): what moved, and what did not."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select, true

from desk.queries.lookups import units
from desk.rules.codes import CaseStatus, Role, Urgency
from desk.rules.leader_case_codes import TeamRole
from desk.rules.leader_case_settings import STILL_DAYS
from desk.rules.moments import day_of, start_of
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Case, CheckLine, LeaderCase, LeaderStep, Meeting, TeamMember
from desk.store.sight import seen_by

_WEEK = timedelta(days=7)
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class LedCase:
    """A case that a leader leads, with the last seven days.

    Attributes:
        leader: who leads it; empty where he had to leave it.
        moved: how many steps were done, meetings held and list lines filled in these days.
        news: what was done in these days, the newest first: day, action, result.
        quiet_days: how many whole days nothing of it moved.
        late_steps: how many planned steps are over their day.
        next_step: the next planned step and its day.
    """

    case_id: int
    seq: int
    summary: str
    unit: str
    urgency: Urgency
    status: CaseStatus
    leader: str
    is_mine: bool
    started_on: date
    planned_until: date
    moved: int
    news: tuple[tuple[date, str, str], ...]
    quiet_days: int
    is_still: bool
    late_steps: int
    next_step: tuple[date, str] | None

    def is_over(self, today: date) -> bool:
        """Return whether the planned day is past."""
        return self.planned_until < today


@dataclass(frozen=True, slots=True)
class LedWeek:
    """A leader's led cases of the week, those without movement first.

    Attributes:
        still_days: after how many days without movement a case stands first.
    """

    cases: tuple[LedCase, ...]
    still_days: int


def led_week(reader: Reader) -> LedWeek:
    """Return the open cases that the reader leads, or stands in for; the first leader sees all."""
    today = day_of(reader.now)
    rows = reader.session.execute(
        select(LeaderCase, Case, TeamMember.name, TeamMember.staff_id)
        .join(Case, Case.id == LeaderCase.case_id)
        .outerjoin(
            TeamMember,
            (TeamMember.leader_case_id == LeaderCase.id)
            & (TeamMember.role == TeamRole.LEADER)
            & TeamMember.until.is_(None),
        )
        .where(LeaderCase.concluded_at.is_(None), seen_by(reader.person), _own(reader))
        .order_by(LeaderCase.planned_until, LeaderCase.id)
    ).all()
    still = int(setting(reader.session, reader.person.street_id, STILL_DAYS, today))
    facts = _Moves(reader, [row[0] for row in rows], still)
    mine = {reader.person.staff_id} | reader.person.acts_for
    found = [
        _led(led, case, name or "", facts, is_mine=staff in mine) for led, case, name, staff in rows
    ]
    found.sort(key=lambda one: (not one.is_mine, not one.is_still, one.planned_until, one.seq))
    return LedWeek(tuple(found), still)


def _own(reader: Reader) -> ColumnElement[bool]:
    if Role.CHIEF in reader.person.seeing_roles or reader.person.is_built_in:
        return true()
    mine = sorted({reader.person.staff_id} | reader.person.acts_for)
    return TeamMember.staff_id.in_(mine)


class _Moves:
    """What was done on some led cases: read in four statements, whatever their number."""

    def __init__(self, reader: Reader, led: Sequence[LeaderCase], still_days: int) -> None:
        self.today, self.still_days = day_of(reader.now), still_days
        self.names = {unit.id: unit.short_name for unit in units(reader)}
        self._first = self.today - _WEEK + timedelta(days=1)
        ids, cases = [one.id for one in led], [one.case_id for one in led]
        session = reader.session
        self.steps: dict[int, list[LeaderStep]] = {key: [] for key in ids}
        for step in session.scalars(
            select(LeaderStep).where(LeaderStep.leader_case_id.in_(ids)).order_by(LeaderStep.id)
        ):
            self.steps[step.leader_case_id].append(step)
        self.held: dict[int, list[tuple[date, str]]] = {}
        for case_id, held_at, title in session.execute(
            select(Meeting.case_id, Meeting.held_at, Meeting.title).where(
                Meeting.case_id.in_(cases)
            )
        ):
            self.held.setdefault(int(case_id or 0), []).append((day_of(held_at), title))
        since = start_of(self._first)
        self.checked = Counter(
            {
                row[0]: row[1]
                for row in session.execute(
                    select(CheckLine.leader_case_id, func.count())
                    .where(CheckLine.leader_case_id.in_(ids), CheckLine.said_at >= since)
                    .group_by(CheckLine.leader_case_id)
                )
            }
        )
        self.last_checked = {
            key: day_of(said)
            for key, said in session.execute(
                select(CheckLine.leader_case_id, func.max(CheckLine.said_at))
                .where(CheckLine.leader_case_id.in_(ids))
                .group_by(CheckLine.leader_case_id)
            )
        }

    def is_of_week(self, day: date) -> bool:
        """Return whether a day is one of the last seven."""
        return self._first <= day <= self.today

    def news(self, led: LeaderCase) -> list[tuple[date, str, str]]:
        """Return what was done, the newest first."""
        done = [
            (step.done_on, step.action, step.result or "")
            for step in self.steps[led.id]
            if step.done_on is not None
        ]
        held = [(day, "会商", title) for day, title in self.held.get(led.case_id, ())]
        return sorted([*done, *held], key=lambda one: one[0], reverse=True)


def _led(led: LeaderCase, case: Case, leader: str, facts: _Moves, *, is_mine: bool) -> LedCase:
    done = [one for one in facts.news(led) if one[0] >= led.started_on]
    news = [one for one in done if facts.is_of_week(one[0])]
    planned = sorted(_planned(facts.steps[led.id]))
    moved_on = max(
        [led.started_on, facts.last_checked.get(led.id, led.started_on), *(d[0] for d in done)]
    )
    quiet = max((facts.today - moved_on).days, 0)
    return LedCase(
        case_id=case.id,
        seq=case.seq,
        summary=case.summary,
        unit=facts.names.get(case.lead_unit_id or case.first_unit_id, ""),
        urgency=case.urgency,
        status=case.status,
        leader=leader,
        is_mine=is_mine,
        started_on=led.started_on,
        planned_until=led.planned_until,
        moved=len(news) + facts.checked[led.id],
        news=tuple(news[:_SHOWN]),
        quiet_days=quiet,
        is_still=quiet >= facts.still_days,
        late_steps=sum(day < facts.today for day, _what in planned),
        next_step=planned[0] if planned else None,
    )


def _planned(steps: Iterable[LeaderStep]) -> list[tuple[date, str]]:
    return [
        (step.due_on, step.action)
        for step in steps
        if step.due_on is not None and step.done_at is None
    ]

"""A case being written for the demo: its rows, its clocks, its history lines."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from desk.demo.index import Someone, StreetIndex
from desk.demo.sample import Appeal
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    ClockKind,
    ContactResult,
    ContactWay,
    Role,
)
from desk.rules.deadlines import LimitedCase, choose_rule, limits_of, rule_text
from desk.rules.lifecycle import FINISHED
from desk.rules.moments import day_of
from desk.store.fresh_clocks import clock_instants
from desk.store.ids import new_id

_PROMISED = frozenset({ClockKind.DISPATCH, ClockKind.CONTACT, ClockKind.VERIFY, ClockKind.HANDLE})
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: a history line with what it did to the case."""

    at: datetime
    kind: str
    title: str
    who: Someone
    apply: Callable[["Life"], None]
    detail: str = ""


@dataclass(slots=True)
class Life:
    """A case being written: its own row and everything below it."""

    appeal: Appeal
    street: StreetIndex
    seq: int
    now: datetime
    rows: Rows = field(default_factory=dict)
    events: list[Step] = field(default_factory=list)
    id: int = field(default_factory=new_id)
    case: dict[str, Any] = field(default_factory=dict)
    round: dict[str, Any] = field(default_factory=dict)
    clocks: list[dict[str, Any]] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)
    opinion: dict[str, Any] = field(default_factory=dict)
    same_visit: int | None = None

    def add(self, table: str, **row: Any) -> dict[str, Any]:
        """Add a row of a table that belongs to the case."""
        full = {"street_id": self.street.street_id, "case_id": self.id, **row}
        self.rows.setdefault(table, []).append(full)
        return full

    def someone(self, role: Role) -> Someone:
        """Return one of the people of a role, always the same for this case."""
        people = self.street.by_role[role]
        return people[self.seq % len(people)]

    def start(self, kind: ClockKind, at: datetime, part: int | None = None) -> None:
        """Start a clock as the actions would."""
        rule = choose_rule(
            self.street.rules.values(),
            kind,
            LimitedCase(urgency=self.appeal.urgency, is_complex=self.appeal.is_complex),
            on=day_of(at),
        )
        assert rule is not None  # noqa: S101 - the seeded rules cover every kind
        rule_id = next(key for key, value in self.street.rules.items() if value is rule)
        limits = limits_of(rule, at, self.street.calendar)
        self.clocks.append(
            self.add(
                "clocks",
                id=new_id(),
                round_no=1,
                assignment_id=part,
                kind=kind,
                rule_id=rule_id,
                rule_text=rule_text(rule),
                unit=rule.unit,
                is_applicable=True,
                started_at=at,
                original_due_at=limits.due_at,
                **clock_instants(limits),
                stopped_at=None,
                paused_since=None,
                pause_reason=None,
            )
        )

    def stop(self, kind: ClockKind, at: datetime, part: object = None) -> None:
        """Stop a clock of a kind: the case's own, or that of one unit's part."""
        for clock in self.clocks:
            is_meant = clock["kind"] is kind and clock["assignment_id"] == part
            if is_meant and clock["stopped_at"] is None:
                clock["stopped_at"] = at
                if at > clock["due_at"] and kind in _PROMISED and part is None:
                    self.case["is_overdue"] = True


def add_part(
    life: Life, unit: int, role: AssignmentRole, at: datetime, handler: Someone | None
) -> dict[str, Any]:
    """Give a unit its part in the case, and lasting sight of it."""
    part = life.add(
        "assignments",
        id=new_id(),
        round_no=1,
        unit_id=unit,
        role=role,
        status=AssignmentStatus.ACCEPTED if handler else AssignmentStatus.WAITING,
        mode=life.case["mode"],
        handler_id=handler.id if handler else None,
        dispatched_by=life.someone(Role.DISPATCHER).id,
        dispatched_at=at,
        accepted_at=at if handler else None,
        reported_at=None,
        feedback=None,
        return_reason=None,
        return_note=None,
        requirements=["10分钟内联系", "30分钟内核实"],
        instruction=None,
        ended_at=None,
    )
    life.parts.append(part)
    known = {row["unit_id"] for row in life.rows["case_units"]}
    if unit not in known:
        life.add("case_units", unit_id=unit, since=at)
    return part


def add_contact(life: Life, at: datetime, who: Someone, note: str, way: ContactWay) -> None:
    """Record that the appellant was spoken to."""
    life.add(
        "contacts",
        id=new_id(),
        round_no=1,
        staff_id=who.id,
        unit_id=who.unit_id,
        happened_at=at,
        way=way,
        result=ContactResult.REACHED,
        note=note,
        call_back_at=None,
        called_back_at=None,
        over_reason=None,
    )


def add_up(life: Life) -> None:
    """Write on the case which clock burns first, and its version."""
    supports = {part["id"] for part in life.parts if part["role"] is not AssignmentRole.LEAD}
    running = [
        clock
        for clock in life.clocks
        if clock["stopped_at"] is None and clock["assignment_id"] not in supports
    ]
    first = min(running, key=lambda clock: clock["due_at"], default=None)
    if first is not None and life.case["status"] not in FINISHED:
        life.case |= {
            "next_clock": first["kind"],
            "next_due_at": first["due_at"],
            "next_half_at": first["half_at"],
            "next_near_at": first["near_at"],
        }
    life.case["changed_at"] = life.events[-1].at
    life.case["version"] = len(life.events)
    life.rows["cases"] = [life.case]


def command_id(case_id: int, version: int) -> UUID:
    """Return the command id of an invented step; derived, so it needs no randomness."""
    return UUID(bytes=hashlib.sha256(f"{case_id}:{version}".encode()).digest()[:16])

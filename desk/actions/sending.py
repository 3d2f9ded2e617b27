"""Sending a case to units (派单): parts, clocks and slips; used by every way a case goes out."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from desk.actions.clocks import (
    Moved,
    happened,
    moved_words,
    recompute_clocks,
    refresh_next,
    running,
    stop_part,
    wake,
)
from desk.actions.matters import give_matters, say_units
from desk.actions.numbers import next_text
from desk.actions.papers import issue
from desk.actions.set_aside import parts_where, show_merged
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockEvent,
    DispatchMode,
    Urgency,
)
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.numbering import NumberKind
from desk.rules.wording import label
from desk.store.ids import new_id
from desk.store.models import Assignment, Case, Paper, Round, Unit
from desk.store.people import units_about
from desk.store.requests import Changes
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

LIVE = (AssignmentStatus.WAITING, AssignmentStatus.ACCEPTED, AssignmentStatus.RETURNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Where a case goes, and with which words.

    Attributes:
        matters: which matter goes to which of the units; the lead has the others.
    """

    lead: int
    supports: tuple[int, ...] = ()
    grid: int | None = None
    urgency: Urgency
    is_complex: bool = False
    requirements: tuple[str, ...] = ()
    instruction: str = ""
    reason: str = ""
    matters: tuple[tuple[int, int], ...] = ()

    @property
    def units(self) -> tuple[int, ...]:
        """Return everyone it goes to, the lead first."""
        return (self.lead, *self.supports, *((self.grid,) if self.grid else ()))

    def as_row(self) -> dict[str, Any]:
        """Return it as plain data, as a proposal keeps it."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: dict[str, Any], *, lead: int | None = None) -> "Sending":
        """Return what a proposal keeps; with another lead, who then supports no longer."""
        chosen = row["lead"] if lead is None else lead
        kept = {
            "lead": chosen,
            "supports": tuple(unit for unit in row["supports"] if unit != chosen),
            "grid": None if row["grid"] == chosen else row["grid"],
            "urgency": Urgency(row["urgency"]),
            "requirements": tuple(row["requirements"]),
        }
        units = (chosen, *row["supports"], row["grid"])
        given = row.get("matters", ())
        kept["matters"] = tuple((matter, unit) for matter, unit in given if unit in units)
        return cls(**(row | kept))


def send(tx: Transaction, case: Case, plan: Sending, at: datetime) -> Changes:
    """Make `plan.lead` answerable for the case; start its clocks (DOMAIN.md 6.1 #4, #8).

    Raises:
        RuleBroken: a unit stands twice, is the unit complained about, or the case has moved on.
    """
    again = case.status is not CaseStatus.RECEIVED
    require_units(tx, case, plan.units, field="lead")
    if again and not plan.reason.strip():
        raise RuleBroken("改派请写一句理由，原承办单位会看到。", field="reason")
    require_move(case.status, CaseStatus.DISPATCHED)
    ended = end_parts(tx, case, at)
    if again and plan.lead != case.lead_unit_id:
        case.redirect_count += 1
    case.status = CaseStatus.DISPATCHED
    case.mode = DispatchMode.DOUBLE if len(plan.units) > 1 else DispatchMode.DIRECT
    case.lead_unit_id, case.handler_id = plan.lead, None
    limits: list[Moved] = []
    if (case.urgency, case.is_complex) != (plan.urgency, plan.is_complex):
        case.urgency, case.is_complex = plan.urgency, plan.is_complex
        limits = recompute_clocks(tx, case)
    case.is_graded = True
    parts = _parts(tx, case, plan, at)
    moved = give_matters(tx, case, dict(plan.matters))
    present = round_of(tx, case)
    present.dispatched_at = present.dispatched_at or at
    papers = begin_parts(tx, case, parts, at)
    names = _names(tx, plan.units[1:])
    verb = "改派" if again else label(case.mode)
    proposal = f"拟办意见：{plan.instruction}" if plan.instruction else ""
    return Changes(
        f"{verb} 主办{unit_name(tx.session, plan.lead, tx.today)}"
        + (f"，协办{names}" if names else ""),
        cases=(case.id,),
        made={
            "parts": [part.id for part in parts],
            "ended": [part.id for part in ended],
            "papers": [paper.id for paper in papers],
            "matters": [[matter, before] for matter, before in moved.items()],
        },
        detail="\n".join(
            filter(
                None,
                (
                    f"级别{label(case.urgency)}。",
                    moved_words(limits, at),
                    plan.reason,
                    *say_units(tx, plan.matters),
                    proposal,
                ),
            )
        ),
    )


def words_of(tx: Transaction, plan: Sending) -> str:
    """Return in a few words where a case is to go."""
    names = _names(tx, plan.units[1:])
    return f"主办{unit_name(tx.session, plan.lead, tx.today)}" + (f"，协办{names}" if names else "")


def require_units(tx: Transaction, case: Case, units: Sequence[int], *, field: str) -> None:
    """Raise RuleBroken unless a case may be given to these units (回避, DOMAIN.md 9.4)."""
    if len(set(units)) != len(units):
        raise RuleBroken("同一个单位选了两次，主办和协办不能相同。", field="supports")
    known = tx.session.scalars(
        select(Unit.id).where(Unit.street_id == tx.street_id, Unit.id.in_(units))
    )
    if set(units) - set(known):
        raise RuleBroken("所选的单位不在单位表里，请重新选择。", field=field)
    accused = case.accused_unit_id
    if accused is not None and units_about(tx.session, accused, tx.today) & set(units):
        raise RuleBroken(
            "被反映的单位不能承办这一件，请改派别的单位或由分管领导指定。", field=field
        )


def live_parts(tx: Transaction, case: Case) -> list[Assignment]:
    """Return the parts of the present round that somebody still has in hand."""
    return parts_where(tx, case, Assignment.status.in_(LIVE))


def end_parts(
    tx: Transaction, case: Case, at: datetime, parts: Iterable[Assignment] | None = None
) -> list[Assignment]:
    """End parts that go to somebody else, all by default; what they were stays known."""
    ended = live_parts(tx, case) if parts is None else list(parts)
    for part in ended:
        part.ended_from, part.ended_at = part.status, at
        part.status = AssignmentStatus.REPLACED
        stop_part(tx, case, part, at)
    if any(part.role is AssignmentRole.LEAD for part in ended):
        wake(tx, running(tx, case), at)  # what the old lead waited for, the next one may not
    tx.session.flush()
    return ended


def new_part(
    tx: Transaction,
    case: Case,
    unit: int,
    role: AssignmentRole,
    at: datetime,
    **more: Any,
) -> Assignment:
    """Give a unit a part of the present round, and lasting sight of the case."""
    facts = {"requirements": [], "instruction": None} | more
    part = Assignment(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        round_no=case.round_no,
        unit_id=unit,
        role=role,
        status=AssignmentStatus.WAITING,
        mode=case.mode,
        dispatched_by=tx.person.staff_id,
        dispatched_at=at,
        **facts,
    )
    tx.add(part)
    tx.involve(case, unit)
    show_merged(tx, case)
    return part


def begin_parts(
    tx: Transaction, case: Case, parts: Iterable[Assignment], at: datetime
) -> list[Paper]:
    """Start the clocks of new parts and issue a slip to each (交办单: 每承办单位 1 份)."""
    parts = list(parts)
    for part in parts:
        happened(tx, case, ClockEvent.DISPATCHED, at, assignment=part)
    return [
        issue(
            tx,
            case,
            "dispatch-slip",
            number=next_text(tx, NumberKind.DISPATCH, at),
            assignment=part,
        )
        for part in parts
    ]


def _parts(tx: Transaction, case: Case, plan: Sending, at: datetime) -> list[Assignment]:
    wanted = [(plan.lead, AssignmentRole.LEAD)]
    wanted += [(unit, AssignmentRole.SUPPORT) for unit in plan.supports]
    if plan.grid:
        wanted.append((plan.grid, AssignmentRole.GRID))
    words = {
        "requirements": list(plan.requirements),
        "instruction": plan.instruction or None,
    }
    found = [new_part(tx, case, unit, role, at, **words) for unit, role in wanted]
    refresh_next(tx, case)
    return found


def round_of(tx: Transaction, case: Case) -> Round:
    """Return the round that the case is in."""
    return next(row for row in tx.rows(Round, case) if row.number == case.round_no)


def _names(tx: Transaction, units: Iterable[int]) -> str:
    return "、".join(unit_name(tx.session, unit, tx.today) for unit in units)

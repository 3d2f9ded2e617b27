"""Taking a dispatch back (撤回分拨): for a minute, by who sent it, while nobody has accepted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from desk.actions.clocks import (
    part_clocks,
    recompute_clocks,
    refresh_next,
    reopen_clock,
    take_event_back,
)
from desk.actions.matters import give_matters
from desk.actions.pauses import pause_again
from desk.actions.rounds import is_about
from desk.actions.sending import end_parts, live_parts, round_of
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockEvent,
    ClockKind,
    DispatchMode,
    PaperState,
    Urgency,
)
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.store.hall_rules import setting
from desk.store.models import (
    Assignment,
    Case,
    DispatchProposal,
    Event,
    EventCase,
    Matter,
    Paper,
)
from desk.store.requests import CaseRequest, Changes, action
from desk.store.sendings import SENT, TAKEN_BACK
from desk.store.transaction import Transaction

# What a dispatch sets on the case, and what taking it back gives back.
_CODES: Mapping[str, type[StrEnum]] = {"mode": DispatchMode, "urgency": Urgency}
_GIVEN_BACK = (*_CODES, "lead_unit_id", "handler_id", "is_complex", "is_graded", "is_overdue")
_GIVEN_BACK += ("redirect_count",)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack(CaseRequest):
    """Take back the dispatch that was just made."""


@action(TakeBack, "case.taken_back")
def take_back(tx: Transaction, request: TakeBack) -> Changes:
    """Put the case back to what it was before it was sent; the slips become void.

    What somebody else changed meanwhile stays. Numbers of void slips are not given again, and
    the units keep sight of the case, as whoever was once involved does.

    Raises:
        RuleBroken: it is too late, somebody else sent it, a unit has accepted or was added, or
            the case would go back to whom it is about by now.
    """
    case = tx.open_case(request.case, request.seen, Deed.TAKE_BACK)
    parts = live_parts(tx, case)
    line = _line_of(tx, case, parts)
    _require_in_time(tx, line)
    if any(part.status is not AssignmentStatus.WAITING for part in parts):
        raise RuleBroken("已有单位签收，不能撤回。需要改请用“改派”，写一句理由。")
    at, made = request.happened_at, line.result["made"]
    _require_not_about(tx, case, made["ended"])
    lead = next(part for part in parts if part.role is AssignmentRole.LEAD)
    former = line.payload["before"].get("cases.status", CaseStatus.DISPATCHED)
    for part in end_parts(tx, case, at, parts):
        for clock in part_clocks(tx, case, part):
            clock.is_applicable = False  # it never came to count
        part.reason = TAKEN_BACK
    has_other_level = _give_back_case(case, line)
    _give_back_parts(tx, case, made["ended"])
    _give_back_matters(tx, made["matters"])
    has_other_limits = pause_again(tx, case, lead.dispatched_at)
    take_event_back(tx, case, ClockEvent.DISPATCHED, lead.dispatched_at)
    if former == CaseStatus.RECEIVED:
        present = round_of(tx, case)
        if present.dispatched_at == lead.dispatched_at:
            present.dispatched_at = None
    if has_other_level or has_other_limits:
        recompute_clocks(tx, case)
    numbers = _void(tx, made["papers"])
    _reopen_proposal(tx, made.get("proposal"))
    give_matters(tx, case)  # what was added meanwhile for a unit that is off the case again
    _go_back(tx, case, CaseStatus(former))
    refresh_next(tx, case)
    return Changes(
        f"撤回：{line.title}",
        cases=(case.id,),
        detail=f"交办单 {'、'.join(numbers)} 作废，编号不再使用。",
    )


def _line_of(tx: Transaction, case: Case, parts: Iterable[Assignment]) -> Event:
    """Return the history line that made exactly the parts that live now."""
    lines = tx.session.scalars(
        select(Event)
        .join(EventCase, EventCase.event_id == Event.id)
        .where(EventCase.case_id == case.id, Event.kind.in_(SENT))
        .order_by(EventCase.version.desc())
    )
    alive = {part.id for part in parts}
    line = next((line for line in lines if alive & set(_made(line, "parts"))), None)
    if line is None:
        raise RuleBroken("没有可以撤回的分拨。需要改请用“改派”，写一句理由。")
    if alive - set(_made(line, "parts")):
        raise RuleBroken("分拨之后又加派了单位，不能撤回。需要改请用“改派”，写一句理由。")
    return line


def _made(line: Event, name: str) -> list[int]:
    found: list[int] = line.result.get("made", {}).get(name, [])
    return found


def _require_in_time(tx: Transaction, line: Event) -> None:
    seconds = setting(tx.session, tx.street_id, "undo_seconds", tx.today)
    if line.made_by != tx.person.staff_id:
        raise RuleBroken("只有刚才分拨的人可以撤回。需要改请用“改派”，写一句理由。")
    if tx.now - line.recorded_at > timedelta(seconds=seconds):
        raise RuleBroken(f"已过 {seconds} 秒，不能撤回。需要改请用“改派”，写一句理由。")


def _require_not_about(tx: Transaction, case: Case, ended: Iterable[int]) -> None:
    """Refuse where whom the case is about by now would have it again (回避, DOMAIN.md 9.4)."""
    former = tx.session.scalars(select(Assignment).where(Assignment.id.in_(ended)))
    if any(is_about(tx, case, part.unit_id, part.handler_id) for part in former):
        raise RuleBroken(
            "原来承办的是被反映的单位或人员，不能撤回给他。需要改请用“改派”，写一句理由。"
        )


def _give_back_case(case: Case, line: Event) -> bool:
    """Set what the dispatch changed to what the history says it was, unless it changed since.

    Returns:
        Whether the level is another one now; running limits must be computed anew then.
    """
    before, after = line.payload["before"], line.payload["after"]
    level = case.urgency, case.is_complex
    for name in _GIVEN_BACK:
        key = f"cases.{name}"
        if key in before and getattr(case, name) == after[key]:
            setattr(case, name, _read(name, before[key]))
    return level != (case.urgency, case.is_complex)


def _read(name: str, value: Any) -> Any:
    return _CODES[name](value) if name in _CODES and value is not None else value


def _give_back_parts(tx: Transaction, case: Case, ended: Iterable[int]) -> None:
    """Let the parts live again that the dispatch ended, each as it was, with its clocks."""
    for part in tx.session.scalars(select(Assignment).where(Assignment.id.in_(ended))):
        assert part.ended_from is not None  # noqa: S101 - written when it ended
        for kind, done_at in (
            (ClockKind.ACCEPT, part.accepted_at),
            (ClockKind.HANDLE, part.reported_at),
        ):
            if done_at is None:
                reopen_clock(tx, case, kind, part.ended_at, assignment=part)
        part.status, part.ended_from, part.ended_at = part.ended_from, None, None
    tx.session.flush()


def _give_back_matters(tx: Transaction, moved: Iterable[tuple[int, int | None]]) -> None:
    for matter, unit in moved:
        tx.session.get_one(Matter, matter).unit_id = unit


def _void(tx: Transaction, papers: Iterable[int]) -> list[str]:
    rows = tx.session.scalars(select(Paper).where(Paper.id.in_(papers)).order_by(Paper.id)).all()
    for paper in rows:
        paper.state = PaperState.VOID
    return [paper.number for paper in rows]


def _reopen_proposal(tx: Transaction, proposal_id: int | None) -> None:
    """Let the proposal wait again that the first leader had confirmed."""
    proposal = tx.session.get(DispatchProposal, proposal_id) if proposal_id else None
    if proposal is not None:
        tx.watch(proposal)
        proposal.decided_by = proposal.decided_at = None
        proposal.is_confirmed = proposal.note = None


def _go_back(tx: Transaction, case: Case, status: CaseStatus) -> None:
    """Go back to a status, over 办理前 where the life of a case knows no straight way."""
    if status is CaseStatus.HANDLING:
        case.status = CaseStatus.ACCEPTED
        tx.session.flush()
    case.status = status

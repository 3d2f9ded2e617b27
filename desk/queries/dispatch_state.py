"""How a case stands between dispatchers and first leader (分拨): proposed, taken back, returned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from desk.rules.chief_dispatch import Turn, Waiting
from desk.rules.codes import AssignmentStatus, CaseStatus, ClockKind, Role, Urgency
from desk.rules.moments import day_of
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Assignment, Case, Clock, DispatchProposal, Event, EventCase
from desk.store.people import chief_deputies
from desk.store.sendings import SENT
from desk.store.sight import seen_by

Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A dispatch that waits for the first leader (一把手派单).

    Attributes:
        supports: names of the supporting units, the grid last.
        turn: whose word is waited for at the moment of reading.
        direct_from: from when on the dispatchers may send it themselves.
        plan: what a request to send it exactly so consists of.
    """

    id: int
    case_id: int
    proposed_by: str
    proposed_at: datetime
    lead_id: int
    lead: str
    supports: tuple[str, ...]
    urgency: Urgency
    instruction: str
    turn: Turn
    direct_from: datetime | None
    plan: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TakeBackOffer:
    """A dispatch that may be taken back until a moment (撤回分拨)."""

    case_id: int
    seq: int
    version: int
    until: datetime


@dataclass(frozen=True, slots=True)
class DispatchState:
    """What the dispatchers need to know besides the parts.

    Attributes:
        asks_chief: whether a dispatch by the reader would be a proposal to the first leader.
        goes_directly: whether it need no longer wait for his word (代理规则).
        sent_back: what the first leader wrote when he sent the last proposal back.
        redirects: how often it was given to another lead (改派).
        returns_allowed: after how many returns and redirects the dispatchers decide alone.
        take_back: what the reader has just sent and may still take back.
    """

    proposal: ProposalView | None = None
    asks_chief: bool = False
    goes_directly: bool = False
    sent_back: str = ""
    redirects: int = 0
    returns_allowed: int = 3
    take_back: TakeBackOffer | None = None


def dispatch_state(reader: Reader, case: Case, units: Names, people: Names) -> DispatchState:
    """Return how a case stands; each part is looked up only where the status has use for it."""
    waits = case.status is CaseStatus.RECEIVED
    proposals = _proposals(reader, case.id) if waits else []
    last = proposals[-1] if proposals else None
    pending = last if last is not None and last.decided_at is None else None
    asks = waits and _asks_chief(reader)
    return DispatchState(
        proposal=_view(reader, pending, units, people) if pending is not None else None,
        asks_chief=asks,
        goes_directly=asks and _goes_directly(reader, case.id, pending),
        sent_back=(last.note or "") if last is not None and last.is_confirmed is False else "",
        redirects=case.redirect_count,
        returns_allowed=_setting(reader, "returns_allowed"),
        take_back=_offer(reader, case),
    )


def pending_proposals(reader: Reader, units: Names, people: Names) -> dict[int, ProposalView]:
    """Return the proposals of the street that wait for a word, by case, the oldest first."""
    rows = reader.session.scalars(
        select(DispatchProposal)
        .join(Case, Case.id == DispatchProposal.case_id)
        .where(
            seen_by(reader.person),
            DispatchProposal.decided_at.is_(None),
            Case.status == CaseStatus.RECEIVED,
        )
        .order_by(DispatchProposal.proposed_at, DispatchProposal.id)
    )
    return {row.case_id: _view(reader, row, units, people) for row in rows}


def asks_the_chief(reader: Reader) -> bool:
    """Return whether the hall has its first leader confirm dispatches, or some still wait (9.5)."""
    return bool(_setting(reader, "chief_dispatch")) or bool(pending_proposals(reader, {}, {}))


def dispatch_way(reader: Reader, case_id: int) -> tuple[bool, bool]:
    """Return whether a dispatch would ask the first leader, and whether it may go out directly."""
    asks = _asks_chief(reader)
    pending = next((row for row in _proposals(reader, case_id) if row.decided_at is None), None)
    return asks, asks and _goes_directly(reader, case_id, pending)


def _asks_chief(reader: Reader) -> bool:
    is_chief = Role.CHIEF in reader.person.seeing_roles
    return not is_chief and bool(_setting(reader, "chief_dispatch"))


def _goes_directly(reader: Reader, case_id: int, pending: DispatchProposal | None) -> bool:
    proposed_at = pending.proposed_at if pending is not None else None
    return _waiting(reader, case_id, proposed_at).turn(reader.now) is Turn.DISPATCHER


def _waiting(reader: Reader, case_id: int, proposed_at: datetime | None) -> Waiting:
    deputies = chief_deputies(reader.session, reader.person.street_id, day_of(reader.now))
    return Waiting(
        proposed_at=proposed_at,
        near_at=_near_at(reader, case_id),
        minutes=_setting(reader, "chief_minutes"),
        has_deputy=bool(deputies),
    )


def take_back_offer(reader: Reader, case_id: int) -> TakeBackOffer | None:
    """Return what the reader has just sent, while he may take it back."""
    case = reader.session.scalar(select(Case).where(Case.id == case_id, seen_by(reader.person)))
    return None if case is None else _offer(reader, case)


def _proposals(reader: Reader, case_id: int) -> list[DispatchProposal]:
    return list(
        reader.session.scalars(
            select(DispatchProposal)
            .where(DispatchProposal.case_id == case_id)
            .order_by(DispatchProposal.id)
        )
    )


def _view(reader: Reader, row: DispatchProposal, units: Names, people: Names) -> ProposalView:
    plan: dict[str, Any] = row.row
    waiting = _waiting(reader, row.case_id, row.proposed_at)
    others = [*plan["supports"], *([plan["grid"]] if plan["grid"] else [])]
    return ProposalView(
        id=row.id,
        case_id=row.case_id,
        proposed_by=people.get(row.proposed_by, ""),
        proposed_at=row.proposed_at,
        lead_id=plan["lead"],
        lead=units.get(plan["lead"], ""),
        supports=tuple(units.get(unit, "") for unit in others),
        urgency=Urgency(plan["urgency"]),
        instruction=plan["instruction"],
        turn=waiting.turn(reader.now),
        direct_from=waiting.direct_from,
        plan={name: plan[name] for name in ("lead", "grid", "is_complex", "instruction")}
        | {
            "supports": tuple(plan["supports"]),
            "requirements": tuple(plan["requirements"]),
            "urgency": Urgency(plan["urgency"]),
        },
    )


def _near_at(reader: Reader, case_id: int) -> datetime | None:
    return reader.session.scalar(
        select(Clock.near_at)
        .where(
            Clock.case_id == case_id,
            Clock.kind == ClockKind.DISPATCH,
            Clock.stopped_at.is_(None),
        )
        .order_by(Clock.id.desc())
        .limit(1)
    )


def _offer(reader: Reader, case: Case) -> TakeBackOffer | None:
    if case.status is not CaseStatus.DISPATCHED:
        return None
    line = reader.session.scalar(
        select(Event)
        .join(EventCase, EventCase.event_id == Event.id)
        .where(EventCase.case_id == case.id, Event.kind.in_(SENT))
        .order_by(EventCase.version.desc())
        .limit(1)
    )
    if line is None or line.made_by != reader.person.staff_id:
        return None
    until = line.recorded_at + timedelta(seconds=_setting(reader, "undo_seconds"))
    taken = reader.session.scalar(
        select(Assignment.id)
        .where(
            Assignment.id.in_(line.result.get("made", {}).get("parts", [])),
            Assignment.status != AssignmentStatus.WAITING,
        )
        .limit(1)
    )
    if taken is not None or reader.now >= until:
        return None
    return TakeBackOffer(case.id, case.seq, case.version, until)


def _setting(reader: Reader, key: str) -> int:
    found: int = setting(reader.session, reader.person.street_id, key, day_of(reader.now))
    return found

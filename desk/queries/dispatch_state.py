"""How a case stands between dispatchers and first leader (分拨): proposed, taken back, returned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from desk.queries.case_look import case_stand
from desk.rules.chief_dispatch import Asked, Turn, Waiting, who_is_asked
from desk.rules.codes import AssignmentStatus, CaseStatus, ClockKind, Role, Urgency
from desk.rules.moments import day_of
from desk.rules.rights import KEEPERS_OF_SECRETS, CaseStand
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Assignment, Case, Clock, DispatchProposal, Event, EventCase
from desk.store.people import chief_deputies
from desk.store.sendings import SENT
from desk.store.sight import confidential, seen_by, standing_at

Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A dispatch that waits for a word: the first leader's, or of who keeps secrets (9.4, 9.5).

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
        asked: whose word a dispatch by the reader would need; None: nobody's.
        goes_directly: whether it need no longer wait for the first leader's (代理规则).
        sent_back: what was written when the last proposal was sent back; by whom: `sent_back_by`.
        redirects: how often it was given to another lead (改派).
        returns_allowed: after how many returns and redirects the dispatchers decide alone.
        take_back: what the reader has just sent and may still take back.
    """

    proposal: ProposalView | None = None
    asked: Asked | None = None
    goes_directly: bool = False
    sent_back: str = ""
    sent_back_by: str = ""
    redirects: int = 0
    returns_allowed: int = 3
    take_back: TakeBackOffer | None = None


def dispatch_state(
    reader: Reader, case: Case, stand: CaseStand, units: Names, people: Names
) -> DispatchState:
    """Return how a case stands; each part is looked up only where the status has use for it."""
    waits = case.status is CaseStatus.RECEIVED
    proposals = _proposals(reader, case.id) if waits else []
    last = proposals[-1] if proposals else None
    pending = last if last is not None and last.decided_at is None else None
    asked = _asked(reader, stand)
    was_sent_back = last is not None and last.is_confirmed is False
    return DispatchState(
        proposal=_view(reader, pending, (units, people), is_confidential=stand.is_confidential)
        if pending is not None
        else None,
        asked=asked,
        goes_directly=asked is Asked.CHIEF and _goes_directly(reader, case.id, pending),
        sent_back=(last.note or "") if last is not None and was_sent_back else "",
        sent_back_by=people.get(last.decided_by or 0, "") if last is not None else "",
        redirects=case.redirect_count,
        returns_allowed=_setting(reader, "returns_allowed"),
        take_back=_offer(reader, case),
    )


def pending_proposals(reader: Reader, units: Names, people: Names) -> dict[int, ProposalView]:
    """Return the proposals of the street that wait for a word, by case, the oldest first."""
    rows: Any = reader.session.execute(
        select(DispatchProposal, confidential())
        .join(Case, Case.id == DispatchProposal.case_id)
        .where(
            seen_by(reader.person),
            DispatchProposal.decided_at.is_(None),
            standing_at({CaseStatus.RECEIVED}),
        )
        .order_by(DispatchProposal.proposed_at, DispatchProposal.id)
    )
    return {
        row.case_id: _view(reader, row, (units, people), is_confidential=is_confidential)
        for row, is_confidential in rows
    }


def own_proposals(reader: Reader, units: Names, people: Names) -> dict[int, ProposalView]:
    """Return those that wait for the reader's word: the first leader's all, else confidential."""
    every = pending_proposals(reader, units, people)
    if Role.CHIEF in reader.person.seeing_roles:
        return every
    is_keeper = bool(reader.person.seeing_roles & KEEPERS_OF_SECRETS)
    return {case: one for case, one in every.items() if is_keeper and one.turn is Turn.KEEPERS}


def confirms_now(reader: Reader) -> bool:
    """Return whether the reader is asked before cases go out: by rule, or as some wait (9.5)."""
    is_asked = Role.CHIEF in reader.person.seeing_roles and _setting(reader, "chief_dispatch")
    return bool(is_asked) or bool(own_proposals(reader, {}, {}))


def dispatch_way(reader: Reader, case_id: int) -> tuple[Asked | None, bool]:
    """Return whose word a dispatch would need, and whether it may go out without it by now."""
    stand = case_stand(reader, case_id)
    if stand is None:
        return None, False
    asked = _asked(reader, stand)
    pending = next((row for row in _proposals(reader, case_id) if row.decided_at is None), None)
    return asked, asked is Asked.CHIEF and _goes_directly(reader, case_id, pending)


def _asked(reader: Reader, stand: CaseStand) -> Asked | None:
    switch = bool(_setting(reader, "chief_dispatch"))
    return who_is_asked(stand, reader.person, asks_chief=switch)


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


def _view(
    reader: Reader, row: DispatchProposal, names: tuple[Names, Names], *, is_confidential: bool
) -> ProposalView:
    plan: dict[str, Any] = row.row
    units, people = names
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
        turn=Turn.KEEPERS if is_confidential else waiting.turn(reader.now),
        direct_from=None if is_confidential else waiting.direct_from,
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

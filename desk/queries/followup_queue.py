"""Whom to ring back (回访): promised calls, delivered answers, and answers given on the spot."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy import case as first_of

from desk.queries.case_file import CaseFile, case_file
from desk.queries.case_views import ContactData
from desk.queries.clock_rows import next_clocks
from desk.queries.desk_today import promised_today
from desk.queries.lookups import units
from desk.rules.calling import GivingUp
from desk.rules.clock_faces import ClockFacts
from desk.rules.codes import CaseStatus, Urgency, Verdict
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed
from desk.rules.moments import day_of
from desk.rules.rights import may
from desk.rules.verdicts import verdict_of
from desk.store.calls import giving_up
from desk.store.database import Reader
from desk.store.models import Case, FollowUp, PrivateFacts
from desk.store.sight import at_hand, seen_by, standing_at, unasked

_MOST = 300
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One call to make; no contact data.

    Attributes:
        attempts: when nobody was reached in this round, oldest first.
        promised_at: the call that was promised for today, or should have been made by now.
        verdict: what he said at the end of the round before.
        is_on_spot: answered at the counter, and never rated.
    """

    case_id: int
    number: str
    seq: int
    summary: str
    urgency: Urgency
    unit: str
    shown_name: str
    attempts: tuple[datetime, ...]
    promised_at: datetime | None
    round_no: int
    verdict: Verdict | None
    is_on_spot: bool
    clock: ClockFacts | None


@dataclass(frozen=True, slots=True)
class FollowUpCard:
    """Everything for one call: how to reach him, what was said and done before."""

    file: CaseFile
    contact: ContactData
    attempts: tuple[datetime, ...]
    giving_up: GivingUp

    def unrated_bar(self, now: datetime) -> str:
        """Return why the case may not be closed unrated yet; empty: it may."""
        return self.giving_up.bar(self.attempts, now)


def followup_queue(reader: Reader) -> tuple[FollowUpRow, ...]:
    """Return the calls to make: those promised for today, then the first due on top.

    Those without a limit come last.
    """
    promised = promised_today(reader)
    query = select(
        Case.id,
        Case.number,
        Case.seq,
        Case.summary,
        Case.urgency,
        Case.lead_unit_id,
        Case.first_unit_id,
        Case.appellant_shown,
        Case.status,
        Case.round_no,
        Case.resolution,
        Case.satisfaction,
        Case.next_due_at,
        Case.closed_at,
        promised.label("promised_at"),
    ).order_by(
        first_of((promised.is_(None), 1), else_=0),
        promised,
        first_of((Case.next_due_at.is_(None), 1), else_=0),
        Case.next_due_at,
        Case.closed_at,
        Case.id,
    )
    # asked one after the other: each has a small index of its own
    found: list[Any] = [
        row
        for which in (standing_at({CaseStatus.FOLLOW_UP}), unasked())
        for row in reader.session.execute(
            query.where(seen_by(reader.person), which).limit(_MOST)
        ).all()
    ]
    found = sorted(found, key=_first_called)[:_MOST]
    ids = [row.id for row in found]
    clocks, attempts = next_clocks(reader, ids), _attempts(reader, ids)
    names = {unit.id: unit.short_name for unit in units(reader)}
    return tuple(
        FollowUpRow(
            case_id=row.id,
            number=row.number,
            seq=row.seq,
            summary=row.summary,
            urgency=row.urgency,
            unit=names.get(row.lead_unit_id or row.first_unit_id, ""),
            shown_name=row.appellant_shown,
            attempts=attempts.get(row.id, ()),
            promised_at=row.promised_at,
            round_no=row.round_no,
            verdict=verdict_of(row.resolution, row.satisfaction),
            is_on_spot=row.status is CaseStatus.CLOSED,
            clock=clocks[row.id].facts if row.id in clocks else None,
        )
        for row in found
    )


def _first_called(row: Any) -> tuple[datetime, datetime, datetime, int]:
    """Return where a call stands in the queue, as each part of it is ordered."""
    return (
        row.promised_at or _NEVER,
        row.next_due_at or _NEVER,
        row.closed_at or _NEVER,
        row.id,
    )


def followup_card(reader: Reader, case_id: int) -> FollowUpCard:
    """Return all that is needed for one call.

    Raises:
        NotAllowed: the reader does not follow this case up.
    """
    file = case_file(reader, case_id)
    if file is None or not may(Deed.FOLLOW_UP, file.stand, reader.person):
        raise NotAllowed("这一件现在不归您回访。请刷新列表，看看它在谁手里。")
    contact = file.contact_data or _contact(reader, case_id)
    return FollowUpCard(
        replace(file, contact_data=contact),
        contact,
        _attempts(reader, [case_id]).get(case_id, ()),
        giving_up(reader.session, reader.person.street_id, day_of(reader.now)),
    )


def _contact(reader: Reader, case_id: int) -> ContactData:
    """Return the contact data: ringing back is this reader's own work (decision 19)."""
    facts = reader.session.scalar(
        select(PrivateFacts)
        .join(Case, Case.id == PrivateFacts.case_id)
        .where(Case.id == case_id, at_hand(reader.person))
    )
    return ContactData(
        name=(facts.name if facts else None) or "",
        phone=(facts.phone if facts else None) or "",
        other_phone=(facts.other_phone if facts else None) or "",
        address=(facts.address if facts else None) or "",
        site=(facts.site if facts else None) or "",
        guardian=(facts.guardian if facts else None) or "",
        is_revealed=False,
    )


def _attempts(reader: Reader, cases: list[int]) -> dict[int, tuple[datetime, ...]]:
    """Return when nobody was reached in the present round of each case, oldest first."""
    found: dict[int, tuple[datetime, ...]] = {}
    rows = reader.session.execute(
        select(FollowUp.case_id, FollowUp.happened_at)
        .join(Case, and_(Case.id == FollowUp.case_id, Case.round_no == FollowUp.round_no))
        .where(FollowUp.case_id.in_(cases), FollowUp.is_reached.is_(False))
        .order_by(FollowUp.seq)
    )
    for key, at in rows:
        found[key] = (*found.get(key, ()), at)
    return found

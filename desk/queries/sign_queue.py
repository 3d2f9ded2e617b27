"""What waits for a signature (审签): for whom, on whose desk, since when, until when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, union

from desk.queries.lookups import units
from desk.queries.sign_desks import DeskView, Way, ways_of
from desk.rules.clock_faces import ClockFace, ClockFacts, ClockState, clock_face
from desk.rules.codes import CaseStatus, ClockKind
from desk.rules.moments import day_of, end_of, start_of
from desk.rules.sign_route import Stand
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Case, Clock, Opinion, SignStep
from desk.store.sight import seen_by, standing_at

_LATELY = 50
_MINE = frozenset({Stand.OWN, Stand.ANY, Stand.DEPUTY})


@dataclass(frozen=True, slots=True)
class SignRow:
    """One opinion in the queue; `limit` is that of the opinion as it was set.

    Attributes:
        here: the desk on which it lies; None once all have signed.
        passed: the desks that have agreed, with how long it lay there.
        signed_at: when the reader signed it, or when it was issued.
    """

    case_id: int
    number: str
    seq: int
    version: int
    summary: str
    unit: str
    submitted_at: datetime
    signed_at: datetime | None
    limit: ClockFacts | None
    here: DeskView | None
    passed: tuple[DeskView, ...] = ()

    @property
    def stand(self) -> Stand:
        """Return how the reader stands to the desk on which it lies."""
        return self.here.stand if self.here else Stand.NOBODY

    def lies_since(self) -> datetime:
        """Return since when it has lain on this desk."""
        return (self.here.arrived_at if self.here else None) or self.submitted_at

    def is_past(self, now: datetime) -> bool:
        """Return whether the limit that was set for the opinion has passed."""
        return self.limit is not None and self.limit.due_at is not None and self.limit.due_at < now

    def is_due_today(self, now: datetime) -> bool:
        """Return whether the limit that was set for the opinion ends today, and not before now."""
        due = self.limit.due_at if self.limit else None
        return due is not None and now <= due <= end_of(day_of(now))

    def face(self, now: datetime) -> ClockFace | None:
        """Return the chip: how far the opinion's own limit still is.

        The clock itself stopped when the opinion was submitted; what is shown here is only
        when a signature would still come within the first limit.
        """
        if self.limit is None or self.limit.due_at is None:
            return None
        face = clock_face(replace(self.limit, name="签发", stopped_at=None), now)
        on_time = self.submitted_at <= self.limit.due_at
        sentence = f"{face.sentence}意见书的表在送审时已停，这里按原定期限排先后。"
        if face.state is ClockState.OVER and on_time:
            return ClockFace("签发", ClockState.NEAR, "已过原定期限", sentence)
        return replace(face, sentence=sentence)


@dataclass(frozen=True, slots=True)
class SignQueue:
    """What waits for this reader, the first due on top; what he signed; where all of it lies."""

    waiting: tuple[SignRow, ...]
    signed: tuple[SignRow, ...]
    signed_today: int
    everywhere: tuple[SignRow, ...] = ()
    undo_seconds: int = 0  # how long a signature may be taken back


def sign_queue(reader: Reader) -> SignQueue:
    """Return what waits for a signature, and what this reader signed lately."""
    everywhere = sorted(_rows(reader, standing_at({CaseStatus.SIGNING})), key=_first_due)
    me = reader.person.staff_id
    signed = sorted(_signed_lately(reader), key=_last_signed, reverse=True)
    today = start_of(day_of(reader.now))
    whole = select(Opinion.id).where(Opinion.signed_by == me, Opinion.signed_at >= today)
    steps = _steps(me, SignStep.opinion_id).where(SignStep.signed_at >= today)
    both = union(whole, steps).subquery()
    return SignQueue(
        waiting=tuple(row for row in everywhere if row.stand in _MINE),
        signed=tuple(signed),
        signed_today=reader.session.scalar(select(func.count()).select_from(both)) or 0,
        everywhere=tuple(everywhere),
        undo_seconds=setting(
            reader.session, reader.person.street_id, "undo_seconds", day_of(reader.now)
        ),
    )


def _signed_lately(reader: Reader) -> list[SignRow]:
    """Return what the reader signed last; found by his signatures, not by looking at every case."""
    me = reader.person.staff_id
    whole = select(Opinion.case_id, Opinion.id, Opinion.signed_at).where(Opinion.signed_by == me)
    steps = _steps(me, SignStep.case_id, SignStep.opinion_id, SignStep.signed_at)
    newest = [
        *reader.session.execute(whole.order_by(Opinion.signed_at.desc()).limit(_LATELY)),
        *reader.session.execute(steps.order_by(SignStep.signed_at.desc()).limit(_LATELY)),
    ]
    latest = {row[1]: row[0] for row in sorted(newest, key=lambda row: row[2])}
    opinions = list(latest)[-_LATELY:]
    cases = Case.id.in_({latest[one] for one in opinions})
    return _rows(reader, and_(cases, Opinion.id.in_(opinions)))


def _steps(me: int, *columns: Any) -> Select[Any]:
    return select(*columns).where(SignStep.signed_by == me, SignStep.is_agreed.is_(True))


def on_time_words(rows: Sequence[SignRow], now: datetime) -> str:
    """Say what signing today would save: “今天签完仍不超期”."""
    past = sum(1 for row in rows if row.is_past(now))
    today = sum(1 for row in rows if row.is_due_today(now))
    if past:
        rest = f"，另有 {today} 份今天到期" if today else ""
        return f"{past} 份已过原定期限{rest}"
    if today:
        return f"{today} 份今天到期，今天签完仍不超期"
    return "今天签完仍不超期" if rows else ""


def _first_due(row: SignRow) -> tuple[datetime, int]:
    due = row.limit.due_at if row.limit else None
    return due or row.submitted_at, row.case_id


def _last_signed(row: SignRow) -> datetime:
    return row.signed_at or row.submitted_at


def _rows(reader: Reader, condition: ColumnElement[bool], *, limit: int = 500) -> list[SignRow]:
    newest = (
        select(func.max(Opinion.id))
        .where(Opinion.case_id == Case.id, Opinion.round_no == Case.round_no)
        .correlate(Case)
        .scalar_subquery()
    )
    found = reader.session.execute(
        select(
            Case.id,
            Case.number,
            Case.seq,
            Case.version,
            Case.status,
            Case.summary,
            Case.lead_unit_id,
            Case.first_unit_id,
            Opinion.id.label("opinion_id"),
            Opinion.submitted_at,
            Opinion.written_at,
            Opinion.signed_at,
        )
        .join(Opinion, Opinion.case_id == Case.id)
        .where(seen_by(reader.person), condition, Opinion.id == newest)
        .order_by(Opinion.signed_at.desc(), Opinion.id.desc())
        .limit(limit)
    ).all()
    names = {unit.id: unit.short_name for unit in units(reader)}
    limits = _limits(reader, [row.id for row in found])
    waiting = [row for row in found if row.status is CaseStatus.SIGNING]
    submitted = {row.opinion_id: row.submitted_at or row.written_at for row in waiting}
    ways = ways_of(reader, [row.opinion_id for row in found], submitted)
    return [
        SignRow(
            case_id=row.id,
            number=row.number,
            seq=row.seq,
            version=row.version,
            summary=row.summary,
            unit=names.get(row.lead_unit_id or row.first_unit_id, ""),
            submitted_at=row.submitted_at or row.written_at,
            signed_at=_signed_at(reader, ways[row.opinion_id]) or row.signed_at,
            limit=limits.get(row.id),
            here=ways[row.opinion_id].here if row.status is CaseStatus.SIGNING else None,
            passed=ways[row.opinion_id].passed,
        )
        for row in found
    ]


def _signed_at(reader: Reader, way: Way) -> datetime | None:
    me = reader.person.staff_id
    return next((desk.signed_at for desk in way.passed if desk.signed_by_id == me), None)


def _limits(reader: Reader, cases: list[int]) -> dict[int, ClockFacts]:
    if not cases:
        return {}
    rows = reader.session.execute(
        select(
            Clock.case_id,
            Clock.unit,
            Clock.rule_text,
            Clock.started_at,
            Clock.due_at,
            Clock.half_at,
            Clock.near_at,
            Clock.day_ends,
        )
        .where(Clock.case_id.in_(cases), Clock.kind == ClockKind.OPINION)
        .order_by(Clock.round_no)
    )
    return {
        row.case_id: ClockFacts(
            name="签发",
            unit=row.unit,
            rule_text=row.rule_text,
            started_at=row.started_at,
            due_at=row.due_at,
            half_at=row.half_at,
            near_at=row.near_at,
            day_ends=tuple(datetime.fromisoformat(end) for end in row.day_ends or ()),
        )
        for row in rows
    }

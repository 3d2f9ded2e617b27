"""What waits for a signature (审签): the queue, and beside each paper what the case says."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from desk.queries.clock_rows import ClockRow, clocks_of
from desk.queries.lookups import units
from desk.rules.clock_faces import ClockFace, ClockFacts, ClockState, clock_face
from desk.rules.codes import CaseStatus, ClockKind, HandlingResult, OpinionStatus, Role, UnitKind
from desk.rules.errors import NotAllowed
from desk.rules.matters import OpinionItem
from desk.rules.moments import day_of
from desk.rules.opinion_checks import OpinionCheck, OpinionFacts, Spent, opinion_checks
from desk.store.database import Reader
from desk.store.letterheads import letterhead_of
from desk.store.models import Case, Clock, Matter, Opinion, PrivateFacts, Staff, StaffRole
from desk.store.models.hall import today_rows
from desk.store.sight import seen_by

_LATELY = 50
_FINISHED = frozenset(
    {HandlingResult.SOLVED, HandlingResult.EXPLAINED, HandlingResult.LEGAL_WAY}
) | {HandlingResult.HANDED_OVER, HandlingResult.WITHDRAWN, HandlingResult.UNFOUNDED}


@dataclass(frozen=True, slots=True)
class SignRow:
    """One opinion in the queue; `due_at` is the limit of the opinion as it was set."""

    case_id: int
    number: str
    seq: int
    version: int
    summary: str
    unit: str
    submitted_at: datetime
    signed_at: datetime | None
    limit: ClockFacts | None

    def is_past(self, now: datetime) -> bool:
        """Return whether the limit that was set for the opinion has passed."""
        return self.limit is not None and self.limit.due_at is not None and self.limit.due_at < now

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
    """What waits, the first due on top, and how much this reader has signed."""

    waiting: tuple[SignRow, ...]
    signed: tuple[SignRow, ...]
    signed_count: int


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One station of an opinion on its way: who, since when."""

    what: str
    who: str
    unit: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class SignSheet:
    """What stands beside the paper of one case.

    Attributes:
        sections: the opinion's own words by section, to see what a colleague has changed.
    """

    case_id: int
    version: int
    status: CaseStatus
    checks: tuple[OpinionCheck, ...]
    route: tuple[RouteStep, ...]
    sections: tuple[tuple[str, str], ...]
    remark: str
    submitted_at: datetime | None


def sign_queue(reader: Reader) -> SignQueue:
    """Return what waits for a signature, and what this reader signed lately."""
    waiting = [
        row for row in _rows(reader, Case.status == CaseStatus.SIGNING) if row.signed_at is None
    ]
    mine = Opinion.signed_by == reader.person.staff_id
    signed = sorted(
        _rows(reader, mine, limit=_LATELY), key=lambda row: row.signed_at or row.submitted_at
    )
    count = reader.session.scalar(select(func.count(Opinion.id)).where(mine)) or 0
    return SignQueue(
        waiting=tuple(sorted(waiting, key=_first_due)),
        signed=tuple(reversed(signed)),
        signed_count=count,
    )


def sign_sheet(reader: Reader, case_id: int) -> SignSheet:
    """Return what the case says about its newest opinion.

    Raises:
        NotAllowed: the reader may not see the case.
    """
    case = reader.session.scalar(select(Case).where(Case.id == case_id, seen_by(reader.person)))
    opinion = reader.session.scalars(
        select(Opinion)
        .where(Opinion.case_id == case_id)
        .order_by(Opinion.round_no.desc(), Opinion.revision.desc())
        .limit(1)
    ).first()
    if case is None or opinion is None:
        raise NotAllowed("找不到这份意见书，可能已不归您查看。请刷新列表。")
    return SignSheet(
        case_id=case.id,
        version=case.version,
        status=case.status,
        checks=opinion_checks(_facts(reader, case, opinion)),
        route=_route(reader, case, opinion),
        sections=(
            ("标题", opinion.title),
            ("受理情况", opinion.acceptance),
            ("调查核实情况", opinion.findings),
            ("处理意见", opinion.decision),
            ("依据", opinion.basis or ""),
            ("后续措施", opinion.next_measures or ""),
            ("救济途径", opinion.remedy or ""),
        ),
        remark=opinion.remark or "",
        submitted_at=opinion.submitted_at,
    )


def _first_due(row: SignRow) -> tuple[datetime, int]:
    due = row.limit.due_at if row.limit else None
    return due or row.submitted_at, row.case_id


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
            Case.summary,
            Case.lead_unit_id,
            Case.first_unit_id,
            Opinion.submitted_at,
            Opinion.written_at,
            Opinion.signed_at,
        )
        .join(Opinion, Opinion.id == newest)
        .where(seen_by(reader.person), condition)
        .order_by(Opinion.signed_at.desc(), Opinion.id)
        .limit(limit)
    ).all()
    names = {unit.id: unit.short_name for unit in units(reader)}
    limits = _limits(reader, [row.id for row in found])
    return [
        SignRow(
            case_id=row.id,
            number=row.number,
            seq=row.seq,
            version=row.version,
            summary=row.summary,
            unit=names.get(row.lead_unit_id or row.first_unit_id, ""),
            submitted_at=row.submitted_at or row.written_at,
            signed_at=row.signed_at,
            limit=limits.get(row.id),
        )
        for row in found
    ]


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


def _facts(reader: Reader, case: Case, opinion: Opinion) -> OpinionFacts:
    today = day_of(reader.now)
    every = units(reader)
    private = reader.session.get(PrivateFacts, case.id)
    matters = reader.session.execute(
        select(Matter.result, Matter.answer).where(Matter.case_id == case.id).order_by(Matter.seq)
    ).all()
    people = reader.session.scalars(select(Staff.name).where(Staff.street_id == case.street_id))
    clocks = {row.kind: row for row in clocks_of(reader, case.id) if row.round_no == case.round_no}
    sections = {UnitKind.SECTION, UnitKind.COORDINATION, UnitKind.ENFORCEMENT}
    return OpinionFacts(
        case_number=case.number,
        received_on=day_of(case.received_at),
        appellant=(private.name if private else None) or "",
        title=opinion.title,
        acceptance=opinion.acceptance,
        findings=opinion.findings,
        decision=opinion.decision,
        next_measures=opinion.next_measures or "",
        answers=tuple(bool(row.result or row.answer) for row in matters),
        items=tuple(OpinionItem.from_row(item) for item in opinion.items or ()),
        issuer=letterhead_of(reader.session, case.street_id, today).issuer,
        inner_units=frozenset(
            name for unit in every if unit.kind in sections for name in (unit.name, unit.short_name)
        ),
        names=frozenset(people) | {unit.short_name for unit in every},
        is_finished=opinion.result in _FINISHED,
        contact=_spent(clocks.get(ClockKind.CONTACT)),
        verification=_spent(clocks.get(ClockKind.VERIFY)),
    )


def _spent(clock: ClockRow | None) -> Spent | None:
    if clock is None or not clock.facts.is_applicable:
        return None
    facts = clock.facts
    if facts.started_at is None or facts.stopped_at is None or facts.due_at is None:
        return None
    used = max(facts.stopped_at - facts.started_at - facts.paused_total, timedelta())
    return Spent(used, max(facts.stopped_at - facts.due_at, timedelta()))


def _route(reader: Reader, case: Case, opinion: Opinion) -> tuple[RouteStep, ...]:
    names = {unit.id: unit.short_name for unit in units(reader)}
    people = {
        row.id: row
        for row in reader.session.execute(
            select(Staff.id, Staff.name, Staff.unit_id).where(
                Staff.id.in_({opinion.written_by, opinion.signed_by} - {None})
            )
        )
    }
    writer = people[opinion.written_by]
    steps = [RouteStep("拟稿", writer.name, names.get(writer.unit_id, ""), opinion.submitted_at)]
    if opinion.status is OpinionStatus.SIGNED and opinion.signed_by in people:
        steps.append(RouteStep("签批", people[opinion.signed_by].name, "", opinion.signed_at))
    else:
        steps.append(RouteStep("签批", reader.person.name, "", None))
    if case.status in {CaseStatus.SIGNING, CaseStatus.SEALING}:
        steps.append(RouteStep("盖章", _sealers(reader, names), "", None))
    return tuple(steps)


def _sealers(reader: Reader, names: dict[int, str]) -> str:
    """Return the units whose people seal papers in this hall."""
    found = reader.session.scalars(
        select(Staff.unit_id)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(
            Staff.street_id == reader.person.street_id,
            StaffRole.role == Role.OFFICE,
            today_rows(StaffRole, day_of(reader.now)),
        )
        .distinct()
    )
    return "、".join(names[unit] for unit in found if unit in names) or "信联办"

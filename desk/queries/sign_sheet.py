"""Beside an opinion that waits for a signature (审签单): checks, route, versions, what differs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from desk.queries.clock_rows import ClockRow, clocks_of
from desk.queries.lookups import units
from desk.queries.own_work import is_named, unnamed
from desk.queries.sign_desks import DeskView, Way, ways_of
from desk.rules.codes import CaseStatus, ClockKind, HandlingResult, OpinionStatus, Role, UnitKind
from desk.rules.errors import NotAllowed
from desk.rules.matters import OpinionItem
from desk.rules.moments import day_of
from desk.rules.opinion_checks import OpinionCheck, OpinionFacts, Spent, opinion_checks
from desk.rules.rights import NOT_FOUND
from desk.rules.sign_route import Stand
from desk.rules.text_changes import changes
from desk.store.contacts_told import addressee
from desk.store.database import Reader
from desk.store.letterheads import letterhead_of
from desk.store.models import Case, Matter, Opinion, Staff, StaffRole
from desk.store.models.hall import today_rows
from desk.store.sight import seen_by

_FINISHED = frozenset(
    {HandlingResult.SOLVED, HandlingResult.EXPLAINED, HandlingResult.LEGAL_WAY}
) | {HandlingResult.HANDED_OVER, HandlingResult.WITHDRAWN, HandlingResult.UNFOUNDED}
_SECTIONS = (
    ("title", "标题"),
    ("acceptance", "受理情况"),
    ("findings", "调查核实情况"),
    ("decision", "处理意见"),
    ("basis", "依据"),
    ("next_measures", "后续措施"),
    ("remedy", "救济途径"),
)
_MOVING = frozenset({CaseStatus.SIGNING, CaseStatus.SEALING})


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One station of an opinion on its way: who, since when, how long, what was said.

    Attributes:
        at: when it went on from there; None where it lies now or has not been.
        is_mine: it lies on the reader's own desk.
        is_back: it was sent back from there.
    """

    what: str
    who: str
    unit: str
    at: datetime | None
    since: datetime | None = None
    said: str = ""
    is_mine: bool = False
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class SignSheet:
    """What stands beside the paper of one case.

    Attributes:
        here: the desk on which it lies; None once it is signed.
        sections: the opinion's own words by section, to see what a colleague has changed.
        differences: by section, what differs from the version before (改后重签).
    """

    case_id: int
    version: int
    status: CaseStatus
    revision: int
    checks: tuple[OpinionCheck, ...]
    route: tuple[RouteStep, ...]
    here: DeskView | None
    sections: tuple[tuple[str, str], ...]
    differences: tuple[tuple[str, str], ...]
    remark: str
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpinionVersion:
    """One version of an opinion, and how it differs from the one before."""

    revision: int
    status: OpinionStatus
    number: str
    written_by: str
    written_at: datetime
    signed_by: str
    signed_at: datetime | None
    sections: tuple[tuple[str, str], ...]
    differences: tuple[tuple[str, str], ...]


def sign_sheet(reader: Reader, case_id: int) -> SignSheet:
    """Return what the case says about its newest opinion.

    Raises:
        NotAllowed: the reader may not see the case.
    """
    case = reader.session.scalar(select(Case).where(Case.id == case_id, seen_by(reader.person)))
    opinions = _versions(reader, case_id)
    if case is None or not opinions:
        raise NotAllowed("找不到这份意见书，可能已不归您查看。请刷新列表。")
    opinion, before = opinions[-1], opinions[-2] if len(opinions) > 1 else None
    submitted = {opinion.id: opinion.submitted_at} if opinion.submitted_at else {}
    way = ways_of(reader, [opinion.id], submitted)[opinion.id]
    said = unnamed(reader, case)
    return SignSheet(
        case_id=case.id,
        version=case.version,
        status=case.status,
        revision=opinion.revision,
        checks=opinion_checks(_facts(reader, case, opinion)),
        route=_route(reader, case, opinion, way),
        here=way.here if case.status is CaseStatus.SIGNING else None,
        sections=_masked(_sections(opinion), said),
        differences=_masked(_differences(before, opinion), said),
        remark=opinion.remark or "",
        submitted_at=opinion.submitted_at,
    )


def opinion_versions(reader: Reader, case_id: int) -> tuple[OpinionVersion, ...]:
    """Return the versions of the present round's opinion, the newest first.

    Raises:
        NotAllowed: the reader may not see the case.
    """
    case = reader.session.scalar(select(Case).where(Case.id == case_id, seen_by(reader.person)))
    if case is None:
        raise NotAllowed(NOT_FOUND)
    return versions_of(reader, case, _versions(reader, case_id))


def versions_of(
    reader: Reader, case: Case, opinions: Sequence[Opinion]
) -> tuple[OpinionVersion, ...]:
    """Return versions of one opinion, given oldest first, the newest first."""
    ways = ways_of(reader, [one.id for one in opinions], {})
    names = _people(reader, [one.written_by for one in opinions])
    said = unnamed(reader, case)
    return tuple(
        OpinionVersion(
            revision=one.revision,
            status=one.status,
            number=one.number or "",
            written_by=names.get(one.written_by, ""),
            written_at=one.written_at,
            signed_by="、".join(desk.whose for desk in ways[one.id].passed),
            signed_at=one.signed_at,
            sections=_masked(_sections(one), said),
            differences=_masked(_differences(opinions[at - 1] if at else None, one), said),
        )
        for at, one in reversed(list(enumerate(opinions)))
    )


def _versions(reader: Reader, case_id: int) -> list[Opinion]:
    """Return the versions of the newest round that has an opinion, oldest first."""
    rows = list(
        reader.session.scalars(
            select(Opinion)
            .where(Opinion.case_id == case_id)
            .order_by(Opinion.round_no, Opinion.revision)
        )
    )
    return [row for row in rows if row.round_no == rows[-1].round_no]


def _sections(opinion: Opinion) -> tuple[tuple[str, str], ...]:
    return tuple((words, getattr(opinion, name) or "") for name, words in _SECTIONS)


def _masked(
    pairs: Sequence[tuple[str, str]], said: Callable[[str], str]
) -> tuple[tuple[str, str], ...]:
    return tuple((name, said(text)) for name, text in pairs)


def _differences(before: Opinion | None, opinion: Opinion) -> tuple[tuple[str, str], ...]:
    if before is None:
        return ()
    pairs = zip(_sections(before), _sections(opinion), strict=True)
    return tuple(
        (name, "；".join(change.in_words() for change in changes(was, now)))
        for (name, was), (_, now) in pairs
        if was != now
    )


def _people(reader: Reader, staff: list[int]) -> dict[int, str]:
    rows = reader.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(staff)))
    return {key: name for key, name in rows}  # noqa: C416 - a Row is no pair to mypy


def _facts(reader: Reader, case: Case, opinion: Opinion) -> OpinionFacts:
    today = day_of(reader.now)
    every = units(reader)
    appellant = ""
    if is_named(reader, case):
        appellant = addressee(reader.session, reader.person, case)
    matters = reader.session.execute(
        select(Matter.result, Matter.answer).where(Matter.case_id == case.id).order_by(Matter.seq)
    ).all()
    people = reader.session.scalars(select(Staff.name).where(Staff.street_id == case.street_id))
    clocks = {row.kind: row for row in clocks_of(reader, case.id) if row.round_no == case.round_no}
    sections = {UnitKind.SECTION, UnitKind.COORDINATION, UnitKind.ENFORCEMENT}
    return OpinionFacts(
        case_number=case.number,
        received_on=day_of(case.received_at),
        appellant=appellant,
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


def _route(reader: Reader, case: Case, opinion: Opinion, way: Way) -> tuple[RouteStep, ...]:
    names = {unit.id: unit.short_name for unit in units(reader)}
    writer = reader.session.get_one(Staff, opinion.written_by)
    unit = names.get(writer.unit_id, "")
    steps = [RouteStep("拟稿", writer.name, unit, opinion.submitted_at)]
    steps += [_station(desk) for desk in (*way.earlier, *way.desks)]
    if not way.desks and opinion.signed_at is not None:
        signer = _people(reader, [opinion.signed_by or 0])
        steps.append(RouteStep("签批", "".join(signer.values()), "", opinion.signed_at))
    if case.status in _MOVING:
        steps.append(RouteStep("盖章", _sealers(reader, names), "", None))
    return tuple(steps)


def _station(desk: DeskView) -> RouteStep:
    is_back = desk.is_agreed is False
    return RouteStep(
        "退回" if is_back else "签批",
        desk.whose,
        "签批夹" if desk.on_paper else "",
        desk.signed_at,
        since=desk.arrived_at,
        said=desk.remark,
        is_mine=desk.stand in {Stand.OWN, Stand.ANY} and desk.arrived_at is not None,
        is_back=is_back,
    )


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

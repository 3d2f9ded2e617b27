"""Requests for more time and pauses (延期、挂账、暂停): of one case, and all that wait or stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from desk.queries.clock_rows import ClockRow, next_clocks
from desk.queries.lookups import units
from desk.rules.clock_codes import ExtensionKind, ExtensionReason, ExtensionState, PauseReason
from desk.rules.codes import CaseStatus, ClockKind, ContactWay, Role, Urgency
from desk.rules.extensions import EXTENDABLE, PENDING, Extendable, paused_too_long
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of
from desk.rules.rights import KEEPERS_OF_SECRETS
from desk.rules.sign_route import SignDesk, Stand, stand_at
from desk.store.database import Reader
from desk.store.extensions import extendable_of
from desk.store.hall_rules import setting
from desk.store.models import Case, Clock, ClockPause, ExtensionRequest, Staff
from desk.store.sight import seen_by

_MOST = 200


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request as people read it.

    Attributes:
        until: 拟延至, once granted 批准延至.
        leader: on whose desk it lies; empty where any leader may decide.
        stand: how the reader stands to that desk; NOBODY before 信联办 has passed it on.
        said: what 信联办 and the leader wrote, with their names.
    """

    case_id: int
    kind: ExtensionKind
    state: ExtensionState
    clock_kind: ClockKind | None
    reason: ExtensionReason
    explanation: str
    due_before: datetime | None
    until: datetime | None
    review_on: date | None
    told_way: ContactWay | None
    told_at: datetime | None
    told_note: str
    unit: str
    asked_by: str
    asked_at: datetime
    leader: str
    stand: Stand
    said: tuple[str, ...]
    decided_by: str
    decided_at: datetime | None
    is_of_round: bool = True
    is_over: bool = False

    @property
    def is_pending(self) -> bool:
        """Whether nobody has decided it, and the round it was asked in still goes on."""
        return self.state in PENDING and self.is_of_round


@dataclass(frozen=True, slots=True)
class PauseView:
    """Why the limits of a case stand still."""

    reason: PauseReason
    since: datetime
    note: str
    begun_by: str


@dataclass(frozen=True, slots=True)
class ExtensionsView:
    """What the page of a case needs to know: its requests, the newest first, and its pause."""

    requests: tuple[RequestView, ...] = ()
    pause: PauseView | None = None

    @property
    def pending(self) -> RequestView | None:
        """Return the request that waits, if one does."""
        return next((one for one in self.requests if one.is_pending), None)

    @property
    def parking(self) -> RequestView | None:
        """Return the granted request by which the case is parked now."""
        return next(
            (
                one
                for one in self.requests
                if one.kind is ExtensionKind.PARK
                and one.state is ExtensionState.GRANTED
                and not one.is_over
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class ExtensionOptions:
    """What a request may ask for: the running limits, and the hall's own numbers."""

    limits: tuple[Extendable, ...]
    own_days: int
    ahead_hours: int
    review_days: int


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One case in the list of what waits or stands still; no contact data.

    Attributes:
        request: the request that waits, or by which it is parked.
        pause: why its limits stand still.
        clock: the first limit that still runs: one set by law, where the case is parked.
        is_mine: whether it waits for the reader.
        is_late: whether its review is overdue, or the pause lasts too long.
    """

    case_id: int
    seq: int
    version: int
    summary: str
    urgency: Urgency
    status: CaseStatus
    unit: str
    request: RequestView | None
    pause: PauseView | None
    clock: ClockRow | None
    is_mine: bool = False
    is_late: bool = False


def extensions_of(reader: Reader, case: Case, names: Mapping[int, str]) -> ExtensionsView:
    """Return the requests and the pause of a case that the reader may see."""
    rows = _requests(reader, ExtensionRequest.case_id == case.id, names)
    pauses = _pauses(reader, [case.id])
    return ExtensionsView(tuple(row for _, row in rows), pauses.get(case.id))


def extension_options(reader: Reader, case_id: int) -> ExtensionOptions | None:
    """Return what may be asked for on a case; None for one that the reader may not see."""
    session, today = reader.session, day_of(reader.now)
    case = session.scalar(select(Case).where(Case.id == case_id, seen_by(reader.person)))
    if case is None:
        return None
    clocks = session.scalars(
        select(Clock)
        .where(
            Clock.case_id == case.id,
            Clock.round_no == case.round_no,
            Clock.kind.in_(sorted(EXTENDABLE)),
            Clock.assignment_id.is_(None),
            Clock.is_applicable.is_(True),
            Clock.stopped_at.is_(None),
            Clock.set_aside_at.is_(None),
        )
        .order_by(Clock.due_at)
    )
    street = reader.person.street_id
    return ExtensionOptions(
        tuple(extendable_of(session, clock, today) for clock in clocks),
        setting(session, street, "extension_most_days", today),
        setting(session, street, "extension_ahead_hours", today),
        setting(session, street, "parked_review_days", today),
    )


def waiting_requests(reader: Reader) -> tuple[StandingRow, ...]:
    """Return the requests that wait for this reader: for 信联办, or on his desk (待批的延期)."""
    return tuple(row for row in all_requests(reader) if row.is_mine)


def all_requests(reader: Reader) -> tuple[StandingRow, ...]:
    """Return every request that waits in the cases the reader sees, the oldest first."""
    names = _unit_names(reader)
    waits = and_(
        ExtensionRequest.state.in_(sorted(PENDING)),
        ExtensionRequest.round_no == Case.round_no,
        Case.status.in_(sorted(OPEN)),
        seen_by(reader.person),
    )
    found = dict(_requests(reader, waits, names))
    rows = _standing(reader, Case.id.in_(sorted(found)), names, found)
    return tuple(sorted(rows, key=lambda row: row.request.asked_at if row.request else reader.now))


def standing_still(reader: Reader) -> tuple[StandingRow, ...]:
    """Return what is parked or paused (挂账与暂停), overdue reviews and long pauses on top."""
    names = _unit_names(reader)
    is_paused = Clock.paused_since.is_not(None) & Clock.stopped_at.is_(None)
    held = select(Clock.case_id).where(
        is_paused, Clock.set_aside_at.is_(None), Clock.street_id == reader.person.street_id
    )
    still = or_(
        Case.status == CaseStatus.PARKED,
        and_(Case.status.in_(sorted(OPEN)), Case.id.in_(held)),
    )
    parked = and_(
        ExtensionRequest.kind == ExtensionKind.PARK,
        ExtensionRequest.state == ExtensionState.GRANTED,
        ExtensionRequest.ended_at.is_(None),
        seen_by(reader.person),
    )
    rows = _standing(reader, still, names, dict(_requests(reader, parked, names)))
    return tuple(sorted(rows, key=lambda row: (not row.is_late, _looked_at(row, reader.now))))


def _looked_at(row: StandingRow, now: datetime) -> tuple[date, datetime]:
    """Order by the day of review, then by how long it has stood."""
    review = row.request.review_on if row.request else None
    since = row.pause.since if row.pause else now
    return review or date.max, since


def _standing(
    reader: Reader,
    which: ColumnElement[bool],
    names: Mapping[int, str],
    requests: Mapping[int, RequestView],
) -> list[StandingRow]:
    cases = reader.session.scalars(
        select(Case).where(seen_by(reader.person), which).order_by(Case.id).limit(_MOST)
    ).all()
    ids = [case.id for case in cases]
    pauses, clocks = _pauses(reader, ids), next_clocks(reader, ids)
    days = setting(reader.session, reader.person.street_id, "pause_listed_days", day_of(reader.now))
    found = []
    for case in cases:
        request, pause = requests.get(case.id), pauses.get(case.id)
        found.append(
            StandingRow(
                case_id=case.id,
                seq=case.seq,
                version=case.version,
                summary=case.summary,
                urgency=case.urgency,
                status=case.status,
                unit=names.get(case.lead_unit_id or case.first_unit_id, ""),
                request=request,
                pause=pause,
                clock=clocks.get(case.id),
                is_mine=_is_mine(reader, case, request),
                is_late=_is_late(reader.now, case, request, pause, days),
            )
        )
    return found


def _is_mine(reader: Reader, case: Case, request: RequestView | None) -> bool:
    if request is None or not request.is_pending:
        return False
    person = reader.person
    if request.state is ExtensionState.OFFICE:
        is_kept = bool(case.is_secret or case.accused_unit_id or case.accused_staff_id)
        keepers = KEEPERS_OF_SECRETS if is_kept else frozenset[Role]()
        return bool(person.roles & ({Role.DISPATCHER} | keepers))
    return request.stand is not Stand.NOBODY


def _is_late(
    now: datetime,
    case: Case,
    request: RequestView | None,
    pause: PauseView | None,
    days: int,
) -> bool:
    if case.status is CaseStatus.PARKED:
        review = request.review_on if request else None
        return review is not None and review <= day_of(now)
    return pause is not None and paused_too_long(pause.since, now, days)


def _requests(
    reader: Reader, which: ColumnElement[bool], names: Mapping[int, str]
) -> list[tuple[int, RequestView]]:
    """Return requests as people read them with the ids of their cases, the newest first."""
    asker, office, desk, leader = (aliased(Staff) for _ in range(4))
    rows = reader.session.execute(
        select(ExtensionRequest, asker.name, office.name, desk.name, leader.name, Case.round_no)
        .join(Case, Case.id == ExtensionRequest.case_id)
        .join(asker, asker.id == ExtensionRequest.asked_by)
        .outerjoin(office, office.id == ExtensionRequest.office_by)
        .outerjoin(desk, desk.id == ExtensionRequest.leader_id)
        .outerjoin(leader, leader.id == ExtensionRequest.leader_by)
        .where(which)
        .order_by(ExtensionRequest.id.desc())
    ).all()
    return [(row[0].case_id, _view(reader, row, names)) for row in rows]


def _view(reader: Reader, row: Any, names: Mapping[int, str]) -> RequestView:
    request, asked_by, office, desk, leader, round_no = row
    said = [
        f"{who}：{note or '同意。'}"
        for who, note in ((office, request.office_note), (leader, request.leader_note))
        if who
    ]
    return RequestView(
        case_id=request.case_id,
        kind=request.kind,
        state=request.state,
        clock_kind=request.clock_kind,
        reason=request.reason,
        explanation=request.explanation,
        due_before=request.due_before,
        until=request.granted_until or request.until_at,
        review_on=request.review_on,
        told_way=request.told_way,
        told_at=request.told_at,
        told_note=request.told_note or "",
        unit=names.get(request.unit_id, ""),
        asked_by=asked_by,
        asked_at=request.asked_at,
        leader=desk or "",
        stand=_stand(reader, request),
        said=tuple(said),
        decided_by=leader or "",
        decided_at=request.leader_at,
        is_of_round=request.round_no == round_no,
        is_over=request.ended_at is not None,
    )


def _stand(reader: Reader, request: ExtensionRequest) -> Stand:
    """Return how the reader stands to the desk; the first leader may always decide."""
    if request.state is not ExtensionState.LEADER:
        return Stand.NOBODY
    stand = stand_at(SignDesk(Role.LEADER, request.leader_id), reader.person)
    if stand is Stand.NOBODY and Role.CHIEF in reader.person.seeing_roles:
        return Stand.ANY
    return stand


def _pauses(reader: Reader, cases: Sequence[int]) -> dict[int, PauseView]:
    """Return the pause of each of these cases that stands still: its own, else a support's."""
    if not cases:
        return {}
    rows = reader.session.execute(
        select(Clock.case_id, ClockPause, Staff.name)
        .join(Clock, Clock.id == ClockPause.clock_id)
        .join(Staff, Staff.id == ClockPause.begun_by)
        .where(
            Clock.case_id.in_(cases),
            Clock.paused_since.is_not(None),
            Clock.stopped_at.is_(None),
            ClockPause.until_at.is_(None),
        )
        .order_by(Clock.assignment_id.is_(None), ClockPause.id)
    )
    return {
        case: PauseView(pause.reason, pause.from_at, pause.note or "", name)
        for case, pause, name in rows
    }


def _unit_names(reader: Reader) -> dict[int, str]:
    return {unit.id: unit.short_name for unit in units(reader)}

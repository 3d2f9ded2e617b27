"""All that waits for a word, and all that stands still (待批的延期、挂账与暂停)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select

from desk.queries.clock_rows import ClockRow, next_clocks
from desk.queries.extensions import PauseView, RequestView, pauses_of, requests_where
from desk.queries.lookups import units
from desk.rules.clock_codes import ExtensionKind, ExtensionState
from desk.rules.codes import CaseStatus, Role, Urgency
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.extensions import PENDING, paused_too_long
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of
from desk.rules.rights import KEEPERS_OF_SECRETS
from desk.rules.sign_route import Stand
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Case, Clock, ExtensionRequest
from desk.store.sight import seen_by

_MOST = 200
# where a request can still be answered; what it asked for is over once the opinion is delivered
_ANSWERED_AT = OPEN & STEP_OF[Deed.REVIEW_EXTENSION].statuses


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


@dataclass(frozen=True, slots=True)
class StandingDay:
    """The list of what waits and of what stands still."""

    requests: tuple[StandingRow, ...]
    still: tuple[StandingRow, ...]


def standing_day(reader: Reader) -> StandingDay:
    """Return the requests that wait anywhere, and what is parked or paused."""
    return StandingDay(all_requests(reader), standing_still(reader))


def waiting_requests(reader: Reader) -> tuple[StandingRow, ...]:
    """Return the requests that wait for this reader: for 信联办, or on his desk (待批的延期)."""
    return tuple(row for row in all_requests(reader) if row.is_mine)


def all_requests(reader: Reader) -> tuple[StandingRow, ...]:
    """Return every request that waits in the cases the reader sees, the oldest first."""
    names = _unit_names(reader)
    waits = and_(
        ExtensionRequest.state.in_(sorted(PENDING)),
        ExtensionRequest.round_no == Case.round_no,
        Case.status.in_(sorted(_ANSWERED_AT)),
        seen_by(reader.person),
    )
    found = dict(reversed(requests_where(reader, waits, names)))
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
    rows = _standing(reader, still, names, dict(reversed(requests_where(reader, parked, names))))
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
    pauses, clocks = pauses_of(reader, ids), next_clocks(reader, ids)
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


def _unit_names(reader: Reader) -> dict[int, str]:
    return {unit.id: unit.short_name for unit in units(reader)}

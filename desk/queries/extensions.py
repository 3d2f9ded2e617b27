"""Requests for more time and pauses (延期、挂账、暂停): of one case, and all that wait or stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from desk.queries.case_rows import has_rows
from desk.rules.clock_codes import ExtensionKind, ExtensionReason, ExtensionState, PauseReason
from desk.rules.codes import ClockKind, ContactWay, Role
from desk.rules.extensions import EXTENDABLE, PENDING, Extendable
from desk.rules.moments import day_of
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


def extensions_of(reader: Reader, case: Case, names: Mapping[int, str]) -> ExtensionsView:
    """Return the requests and the pause of a case that the reader may see."""
    asked = has_rows(reader, ExtensionRequest, case.id)
    mine = ExtensionRequest.case_id == case.id
    rows = requests_where(reader, mine, names) if asked else []
    pauses = pauses_of(reader, [case.id])
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


def requests_where(
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


def pauses_of(reader: Reader, cases: Sequence[int]) -> dict[int, PauseView]:
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

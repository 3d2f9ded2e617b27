"""What people read of a whistle (哨单): its line on a board, its called units, all of it."""

from dataclasses import dataclass
from datetime import datetime

from desk.rules.clock_faces import ClockFacts
from desk.rules.codes import Satisfaction, SpanUnit
from desk.rules.supervising import half_and_near
from desk.rules.whistle_codes import WhistleKind, WhistleResult, WhistleStage, WhistleState
from desk.rules.whistling import Party, Response, WhistleStep, stage_of


@dataclass(frozen=True, slots=True)
class CalledView:
    """A called unit with its response.

    Attributes:
        is_own: whether it is one of the reader's units.
        is_outside: whether it is none of the street's own: answered for by 信联办.
    """

    id: int
    unit_id: int
    unit: str
    required_at: datetime | None
    contact: str
    called_at: datetime | None
    arrived_at: datetime | None
    is_own: bool
    is_outside: bool

    @property
    def response(self) -> Response:
        """Return how it responded, as the rules know it."""
        return Response(self.required_at, self.arrived_at)


@dataclass(frozen=True, slots=True)
class WhistleRow:
    """A whistle as a line of a board."""

    id: int
    number: str
    level: str
    kind: WhistleKind
    state: WhistleState
    caller_unit_id: int
    caller_unit: str
    site: str
    matter: str
    raised_at: datetime
    result: WhistleResult | None
    units: tuple[CalledView, ...]
    is_own_call: bool

    @property
    def stage(self) -> WhistleStage | None:
        """Return its column on the board."""
        return stage_of(self.state, [one.response for one in self.units])

    @property
    def calls_me(self) -> bool:
        """Whether one of the reader's units is called."""
        return any(one.is_own and one.called_at is not None for one in self.units)

    @property
    def waits_for_me(self) -> bool:
        """Whether one of the reader's units is called and has not come."""
        waits = any(one.is_own and one.called_at and one.arrived_at is None for one in self.units)
        return self.state is WhistleState.CALLED and waits

    @property
    def facts(self) -> ClockFacts | None:
        """Return by when the next unit should be there, as a clock; None where none is awaited."""
        if self.state is not WhistleState.CALLED:
            return None
        awaited = [
            (one.required_at, one.called_at or self.raised_at)
            for one in self.units
            if one.required_at is not None and one.arrived_at is None
        ]
        if not awaited:
            return None
        due_at, since = min(awaited)
        half_at, near_at = half_and_near(since, due_at)
        return ClockFacts(
            name="到场",
            unit=SpanUnit.HOUR,
            rule_text="哨单上的要求到场时间",
            started_at=since,
            due_at=due_at,
            original_due_at=due_at,
            half_at=half_at,
            near_at=near_at,
        )


@dataclass(frozen=True, slots=True)
class ArrivalView:
    """Somebody who came."""

    id: int
    unit_id: int
    unit: str
    name: str
    post: str
    arrived_at: datetime
    is_from_paper: bool
    document: str
    sha256: str | None
    recorded_by: str


@dataclass(frozen=True, slots=True)
class DutyView:
    """What a unit does by when."""

    id: int
    unit_id: int
    unit: str
    matter: str
    due_at: datetime | None
    done_at: datetime | None
    done_by: str
    done_note: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class WhistleFile:
    """All of one whistle.

    Attributes:
        steps: what the reader may do now.
        cases: ids and numbers of its cases that the reader sees.
        risen_to: the whistle on which it was called again one level up.
    """

    row: WhistleRow
    version: int
    caller: str
    caller_phone: str
    place_id: int | None
    place: str
    steps_taken: str
    outside_number: str
    review_note: str
    reviewed_by: str
    reviewed_at: datetime | None
    consultation: str
    consulted_by: str
    result_note: str
    resolved_at: datetime | None
    concluded_by: str
    concluded_at: datetime | None
    is_responsive: bool | None
    satisfaction: Satisfaction | None
    rating_note: str
    rated_by: str
    rated_at: datetime | None
    filed_by: str
    filed_at: datetime | None
    withdraw_note: str
    withdrawn_by: str
    withdrawn_at: datetime | None
    remark: str
    paper_id: int | None
    arrivals: tuple[ArrivalView, ...]
    duties: tuple[DutyView, ...]
    cases: tuple[tuple[int, str], ...]
    risen_from: tuple[int, str] | None
    risen_to: tuple[int, str] | None
    parties: frozenset[Party]
    steps: tuple[WhistleStep, ...]

    @property
    def id(self) -> int:
        """Return which whistle it is."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class WhistleHit:
    """A whistle that was searched for by its number."""

    id: int
    number: str
    state: WhistleState
    site: str
    raised_at: datetime

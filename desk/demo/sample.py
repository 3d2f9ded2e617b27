"""Invented appeals with the real hall's proportions (DOMAIN.md 8.2, 8.3); one seed, one street."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, TypeVar

from desk.demo.clustered import Clusters
from desk.demo.residents import Residents
from desk.demo.texts import (
    EXPLAINED,
    FINDINGS,
    MEASURES,
    OTHER_TEXT,
    SUGGESTIONS,
    TEXTS,
)
from desk.rules.codes import (
    Channel,
    Discontent,
    FollowUpWay,
    HandlingResult,
    Purpose,
    Resolution,
    Satisfaction,
    Sex,
    SourceLevel,
    Urgency,
)
from desk.rules.moments import SHANGHAI

_CHANNELS = {
    Channel.HOTLINE: 35,
    Channel.PLATFORM: 25,
    Channel.VISIT: 15,
    Channel.GRID: 12,
    Channel.CALL: 6,
    Channel.PETITION: 3,
    Channel.LETTER: 2,
    Channel.QR_CODE: 2,
}
_PURPOSES = {
    Purpose.COMPLAINT: 458,
    Purpose.HELP: 453,
    Purpose.INQUIRY: 65,
    Purpose.SUGGESTION: 15,
    Purpose.REPORT: 5,
    Purpose.THANKS: 4,
}
_LEVELS = {Urgency.URGENT: 4, Urgency.FAST: 36, Urgency.ROUTINE: 60}
_TOPS = {  # share of first-level categories of a trading street
    "物业与小区": 22,
    "市容环卫": 12,
    "街面秩序": 13,
    "噪声": 12,
    "消费维权与市场监管": 12,
    "市政设施": 9,
    "房屋与城建": 7,
    "邻里与家庭": 5,
    "民政与社会保障": 3,
    "劳动社保": 3,
    "治安与公共安全": 2,
}
_HOURS = {(8, 12): 42, (14, 18): 40, (18, 23): 10, (12, 14): 5, (6, 8): 3}
_WEEKDAYS = (120, 105, 100, 100, 98, 70, 60)
_HANDLE_HOURS = {Urgency.URGENT: 2, Urgency.FAST: 24, Urgency.ROUTINE: 72}
_LATE_DISPATCH, _VERIFIED_IN_TIME = 0.015, 0.88  # DOMAIN.md 8.3
LIVELY, OLD = 100, 20  # from so many appeals on, one of twenty came a year before
_YEAR = timedelta(weeks=52)
Drawn = TypeVar("Drawn")
OUTSIDE = frozenset({Channel.HOTLINE, Channel.PLATFORM, Channel.PETITION})


@dataclass(frozen=True, slots=True)
class Appeal:
    """One invented appeal with everything that happened to it afterwards."""

    received_at: datetime
    channel: Channel
    purpose: Purpose
    source_level: SourceLevel
    urgency: Urgency
    is_complex: bool
    community: str
    estate: str
    address: str
    top_category: str
    category: str
    details: str
    name: str
    sex: Sex
    phone: str
    outside_number: str | None
    is_double: bool
    dispatch_after: timedelta
    accept_after: timedelta
    contact_after: timedelta
    verify_after: timedelta
    handle_after: timedelta
    opinion_after: timedelta
    delivery_after: timedelta
    follow_up_after: timedelta
    findings: str
    measures: str
    result: HandlingResult
    follow_up_way: FollowUpWay
    failed_calls: int
    is_reached: bool
    was_contacted: bool
    resolution: Resolution
    satisfaction: Satisfaction
    discontent: Discontent | None
    suggestion: str | None
    repeats: "Appeal | None" = field(default=None, compare=False)


class Sampler:
    """Draws appeals; the same seed and places give the same appeals."""

    def __init__(
        self,
        seed: int,
        estates: dict[str, tuple[str, ...]],
        categories: dict[str, tuple[str, ...]],
        per_day: int | None = None,
    ) -> None:
        self._random = Random(seed)
        self._residents = Residents(seed, estates)
        self._estates = estates
        self._categories = {top: categories[top] for top in _TOPS}
        self._per_day = per_day
        self._count = 0
        self._clusters: Clusters | None = None

    def moments(self, count: int, until: date) -> list[datetime]:
        """Return when `count` appeals came, oldest first, ending on the day `until`.

        About ten a day as in a small street, more for large counts; Mondays are busiest.
        """
        per_day = self._per_day or (10 if count <= 3650 else count / 365)
        days = max(1, round(count / per_day))
        first = until - timedelta(days=days - 1)
        every_day = [first + timedelta(days=n) for n in range(days)]
        weights = [_WEEKDAYS[day.weekday()] for day in every_day]
        chosen = self._random.choices(every_day, weights, k=count)
        self._clusters = Clusters(until)
        if count >= LIVELY:  # some of the people were here last year too
            old = sorted(chosen)[: count // OLD]
            chosen = [day - _YEAR for day in old] + sorted(chosen)[count // OLD :]
        return sorted(datetime.combine(day, self._hour(), SHANGHAI) for day in chosen)

    def appeal(self, at: datetime) -> Appeal:
        """Draw one appeal that came at `at`."""
        draw = self._random
        self._count += 1
        top = draw.choices(list(_TOPS), list(_TOPS.values()))[0]
        category = draw.choice(self._categories[top])
        community = draw.choice(list(self._estates))
        estate = draw.choice(self._estates[community])
        resident = self._residents.one_of(estate)
        where = f"{estate} {resident.building} 栋"
        channel = _pick(draw, _CHANNELS)
        urgency = _pick(draw, _LEVELS)
        drawn = Appeal(
            received_at=at,
            channel=channel,
            purpose=_pick(draw, _PURPOSES),
            source_level=self._level(channel),
            urgency=urgency,
            is_complex=draw.random() < 0.08,
            community=f"{community}社区",
            estate=estate,
            address=f"{where} {resident.door}",
            top_category=top,
            category=category,
            details=self._details(category, where),
            name=resident.name,
            sex=resident.sex,
            phone=resident.phone,
            outside_number=f"{at:%y%m%d}{self._count:06}" if channel in OUTSIDE else None,
            is_double=draw.random() < 0.35,
            **self._times(urgency),
            **self._outcome(),
        )
        return drawn if self._clusters is None else self._clusters.turned(drawn)

    def _hour(self) -> time:
        start, end = _pick(self._random, _HOURS)
        return time(self._random.randrange(start, end), self._random.randrange(60))

    def _details(self, category: str, where: str) -> str:
        draw = self._random
        text = draw.choice(TEXTS.get(category, (OTHER_TEXT,)))
        return text.format(
            where=where, n=draw.randint(2, 6), hour=draw.randint(9, 11), category=category
        )

    def _level(self, channel: Channel) -> SourceLevel:
        if channel is Channel.HOTLINE:
            return self._random.choice((SourceLevel.CITY, SourceLevel.CITY, SourceLevel.DISTRICT))
        if channel is Channel.GRID:
            return SourceLevel.COMMUNITY
        return SourceLevel.DISTRICT if channel in OUTSIDE else SourceLevel.STREET

    def _times(self, urgency: Urgency) -> dict[str, Any]:
        draw = self._random
        # whoever calls must know first whose work it is; now and then nobody is there to say so
        contact = draw.expovariate(1 / 5)
        dispatch = contact * draw.uniform(0.2, 0.9)
        if draw.random() < _LATE_DISPATCH:
            dispatch = draw.uniform(61, 110)
            contact = dispatch + draw.expovariate(1 / 5)
        accept = dispatch + draw.uniform(1, 12)
        in_time = max(contact, accept) + draw.uniform(2, 12)
        verify = min(in_time, 29.0) if draw.random() < _VERIFIED_IN_TIME else draw.uniform(31, 90)
        limit = _HANDLE_HOURS[urgency]
        late = draw.random() < 0.05
        handle = limit * (draw.uniform(1.02, 1.4) if late else draw.uniform(0.3, 0.93))
        handle_minutes = max(handle * 60, max(verify, accept) + 5)
        opinion_days = draw.uniform(0.1, 2.0)
        return {
            "dispatch_after": timedelta(minutes=dispatch),
            "accept_after": timedelta(minutes=accept),
            "contact_after": timedelta(minutes=contact),
            "verify_after": timedelta(minutes=max(verify, accept + 1)),
            "handle_after": timedelta(minutes=handle_minutes),
            "opinion_after": timedelta(minutes=handle_minutes, days=opinion_days),
            "delivery_after": timedelta(minutes=handle_minutes, days=opinion_days + 0.3),
            "follow_up_after": timedelta(
                minutes=handle_minutes, days=opinion_days + draw.uniform(0.5, 2.2)
            ),
        }

    def _outcome(self) -> dict[str, Any]:
        draw = self._random
        reached = draw.random() > 0.06
        roll = draw.random()
        result, resolution, measures = HandlingResult.SOLVED, Resolution.YES, draw.choice(MEASURES)
        if roll > 0.97:
            result, resolution = HandlingResult.PARTLY, Resolution.PARTLY
        elif roll > 0.93:
            result, resolution, measures = HandlingResult.EXPLAINED, Resolution.NO, EXPLAINED
        happy = draw.random()
        satisfaction = Satisfaction.SATISFIED if happy < 0.92 else Satisfaction.FAIRLY
        if happy > 0.97 or (resolution is Resolution.NO and happy > 0.5):
            satisfaction = Satisfaction.DISSATISFIED
        bad = satisfaction is Satisfaction.DISSATISFIED
        return {
            "findings": draw.choice(FINDINGS),
            "measures": measures,
            "result": result,
            "follow_up_way": draw.choice(
                (FollowUpWay.PHONE, FollowUpWay.PHONE, FollowUpWay.HOME, FollowUpWay.HALL)
            ),
            "failed_calls": draw.choice((0, 0, 0, 1, 2)) if reached else 3,
            "is_reached": reached,
            "was_contacted": draw.random() < 0.995,
            "resolution": resolution,
            "satisfaction": satisfaction,
            "discontent": Discontent.NOT_SOLVED if bad else None,
            "suggestion": draw.choice(SUGGESTIONS) if draw.random() < 0.3 else None,
        }


def _pick(draw: Random, weights: dict[Drawn, int]) -> Drawn:
    return draw.choices(list(weights), list(weights.values()))[0]

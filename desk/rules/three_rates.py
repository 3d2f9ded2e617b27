"""The three rates 响应率、解决率、满意率, score, rank and deduction (DOMAIN.md 4.1–4.3).

Only cases count that are assessed, not excluded, and rated by the appellant; without any there
is no rate, no score and no rank. What the sources leave open is decided here:

- 已解释认可 counts as resolved; 部分解决 counts with its weight (0 unless the hall says other).
- 双是 is resolved and 满意 or 基本满意; 双否 is 未解决 and 不满意; 非双是 is every other than 双是.
- An appellant who was not asked whether somebody got in touch counts as not responded.
- By the record (1030 口径) a case counts as responded to if its contact limit was kept; where none
  ran, the appellant's word counts.
- The score is the weighted mean of the rates; bonus and deduction are shown beside it, or go into
  it where the hall says so (`report_rows`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from desk.rules.assessment_codes import NotRated, ResponseBy
from desk.rules.codes import ClockKind, Resolution, Satisfaction, SourceLevel, Verdict
from desk.rules.measures import LIMITS
from desk.rules.rate_rules import DeductionMode, RateRules
from desk.rules.rounding import ratio, rounded, share
from desk.rules.verdicts import AGREED, verdict_of

RATED = frozenset({Satisfaction.SATISFIED, Satisfaction.FAIRLY, Satisfaction.DISSATISFIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedCase:
    """The facts of one case that statistics are made of.

    Attributes:
        units: names of the lead unit and all supporting units.
        counts_in_rates: taken into assessment and not excluded.
        was_contacted: the appellant's word on whether somebody got in touch.
        on_time: per clock whether it was kept; clocks that did not run are left out.
        hour: of its reception, by the wall clock.
        is_met: handled, and its appellant was met face to face.
        is_reached: somebody spoke with him; is_answered: somebody said what came of it.
        is_appealed: somebody has decided whether its bad rating stays; has_won_appeal: another
            one counts now.
    """

    received_on: date
    units: tuple[str, ...] = ()
    first_unit: str = ""
    community: str = ""
    grid: str = ""
    hour: int = 0
    category: str = ""
    channel: str = ""
    source_level: SourceLevel | None = None
    counts_in_rates: bool = True
    was_contacted: bool | None = None
    resolution: Resolution | None = None
    satisfaction: Satisfaction | None = None
    on_time: Mapping[ClockKind, bool] = field(default_factory=dict)
    is_repeat: bool = False
    is_national: bool = False
    is_overdue: bool = False
    is_early: bool = False
    is_returned: bool = False
    is_redone: bool = False
    is_handled: bool = False
    is_met: bool = False
    is_reached: bool = False
    is_answered: bool = False
    is_appealed: bool = False
    has_won_appeal: bool = False

    @property
    def was_answered(self) -> bool:
        """Whether he was answered; whom somebody rang afterwards was."""
        return self.is_answered or self.satisfaction is not None

    @property
    def was_reached(self) -> bool:
        """Whether somebody got in touch; with whoever was answered, somebody was."""
        return self.is_reached or self.was_answered

    @property
    def is_rated(self) -> bool:
        """Whether the case is part of the denominators."""
        return self.counts_in_rates and self.satisfaction in RATED

    @property
    def is_not_rated(self) -> bool:
        """Whether it is assessed, and the appellant could not be reached or would not say."""
        return self.counts_in_rates and self.satisfaction is Satisfaction.NOT_RATED

    @property
    def was_in_time(self) -> bool:
        """Whether the contact limit was kept; where none ran, whether he says he was contacted."""
        return self.on_time.get(ClockKind.CONTACT, self.was_contacted is True)

    @property
    def is_resolved(self) -> bool:
        """Whether the appellant calls it resolved."""
        return self.resolution in AGREED

    @property
    def verdict(self) -> Verdict | None:
        """双是, 非双是 or 双否."""
        return verdict_of(self.resolution, self.satisfaction)


@dataclass(frozen=True, slots=True)
class Rates:
    """Exact rates and score of a group of cases, None where nobody rated."""

    response: Fraction | None
    resolution: Fraction | None
    satisfaction: Fraction | None
    score: Fraction | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases of a group there are of each kind."""

    received: int
    assessed: int
    visited: int
    responded: int
    resolved: int
    partly_resolved: int
    satisfied: int
    fairly_satisfied: int
    dissatisfied: int
    double_yes: int
    double_no: int
    in_time: int
    not_rated: int
    repeats: int
    national: int
    overdue: int
    early: int
    returned: int
    redone: int
    handled: int
    met: int
    contacted: int
    answered: int
    called_back: int
    ran_dispatch: int
    ran_contact: int
    ran_verify: int
    ran_handle: int
    ran_opinion: int
    kept_dispatch: int
    kept_contact: int
    kept_verify: int
    kept_handle: int
    kept_opinion: int
    ran_accept: int
    kept_accept: int
    appealed: int
    appeals_won: int

    @property
    def not_double_yes(self) -> int:
        """Rated cases that are not 双是."""
        return self.visited - self.double_yes

    def __add__(self, other: "Tally") -> "Tally":
        """Return how many there are in two groups that share no case."""
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)))

    def __sub__(self, other: "Tally") -> "Tally":
        """Return how many there are without those of another group that is part of this one."""
        return Tally(*(getattr(self, f.name) - getattr(other, f.name) for f in fields(Tally)))

    def limit(self, clock: ClockKind) -> tuple[int, int]:
        """Return how many limits of a kind ran, and how many of them were kept."""
        return getattr(self, f"ran_{clock}"), getattr(self, f"kept_{clock}")

    def weighed(self, rules: RateRules) -> "Weighed":
        """Return what the group comes to under the rules of its month."""
        counts_all = rules.not_rated is NotRated.DISSATISFIED
        return Weighed(
            self,
            self.visited + (self.not_rated if counts_all else 0),
            self.in_time if rules.response_by is ResponseBy.IN_TIME else self.responded,
            self.resolved + Fraction(rules.partly) * self.partly_resolved,
            self.satisfied + Fraction(rules.fairly) * self.fairly_satisfied,
        )

    def rates(self, rules: RateRules) -> Rates:
        """Return the rates of the group under `rules`."""
        return self.weighed(rules).rates(rules)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A group as its months' rules weigh it; groups that share no case can be added.

    Attributes:
        counted: how many cases are in the denominator.
        responded, resolved, satisfied: what they are worth.
    """

    tally: Tally
    counted: int
    responded: int
    resolved: Fraction
    satisfied: Fraction

    def __add__(self, other: "Weighed") -> "Weighed":
        """Return what two groups come to together."""
        return Weighed(
            self.tally + other.tally,
            self.counted + other.counted,
            self.responded + other.responded,
            self.resolved + other.resolved,
            self.satisfied + other.satisfied,
        )

    def __sub__(self, other: "Weighed") -> "Weighed":
        """Return what is left without another group that is part of this one."""
        return Weighed(
            self.tally - other.tally,
            self.counted - other.counted,
            self.responded - other.responded,
            self.resolved - other.resolved,
            self.satisfied - other.satisfied,
        )

    def rates(self, rules: RateRules) -> Rates:
        """Return rates and score; the weights of the score are those of `rules`."""
        n = self.counted
        response = ratio(self.responded, n)
        resolution, satisfaction = ratio(self.resolved, n), ratio(self.satisfied, n)
        weights = rules.response + rules.resolution + rules.satisfaction
        worth = (
            Fraction(rules.response) * self.responded
            + Fraction(rules.resolution) * self.resolved
            + Fraction(rules.satisfaction) * self.satisfied
        )
        return Rates(response, resolution, satisfaction, ratio(worth * 100, weights * n))


@dataclass(frozen=True, slots=True)
class Place:
    """A rank; several may share it, and the next one is left out (1, 1, 3)."""

    rank: int | None
    tied: bool


NO_PLACE = Place(None, tied=False)


def tally(cases: Iterable[RatedCase]) -> Tally:
    """Count a group of cases."""
    group = list(cases)
    rated = [case for case in group if case.is_rated]
    return Tally(
        received=len(group),
        assessed=sum(case.counts_in_rates for case in group),
        visited=len(rated),
        responded=sum(case.was_contacted is True for case in rated),
        resolved=sum(case.is_resolved for case in rated),
        partly_resolved=sum(case.resolution is Resolution.PARTLY for case in rated),
        satisfied=sum(case.satisfaction is Satisfaction.SATISFIED for case in rated),
        fairly_satisfied=sum(case.satisfaction is Satisfaction.FAIRLY for case in rated),
        dissatisfied=sum(case.satisfaction is Satisfaction.DISSATISFIED for case in rated),
        double_yes=sum(case.verdict is Verdict.DOUBLE_YES for case in rated),
        double_no=sum(case.verdict is Verdict.DOUBLE_NO for case in rated),
        in_time=sum(case.was_in_time for case in rated),
        not_rated=sum(case.is_not_rated for case in group),
        repeats=sum(case.is_repeat for case in group),
        national=sum(case.is_national for case in group),
        overdue=sum(case.is_overdue for case in group),
        early=sum(case.is_early for case in group),
        returned=sum(case.is_returned for case in group),
        redone=sum(case.is_redone for case in group),
        handled=sum(case.is_handled for case in group),
        met=sum(case.is_met for case in group),
        contacted=sum(case.was_reached for case in group),
        answered=sum(case.was_answered for case in group),
        called_back=sum(case.satisfaction is not None for case in group),
        appealed=sum(case.is_appealed for case in group),
        appeals_won=sum(case.has_won_appeal for case in group),
        **_limits(group),
    )


def _limits(group: Sequence[RatedCase]) -> dict[str, int]:
    ran = Counter(clock for case in group for clock in case.on_time)
    kept = Counter(clock for case in group for clock, is_kept in case.on_time.items() if is_kept)
    return {f"ran_{clock}": ran[clock] for clock in LIMITS} | {
        f"kept_{clock}": kept[clock] for clock in LIMITS
    }


def say_met(met: int, handled: int) -> str:
    """Say the share of handled cases whose appellant was met, with both figures (见面率)."""
    said = share(met, handled, 1)
    return f"见面率 {said}%（{met}/{handled} 件）" if said is not None else ""


def places(scores: Sequence[Fraction | None], decimals: int = 2) -> list[Place]:
    """Return the rank of each score, the highest first.

    Scores that read the same with so many decimals share a rank; without a score there is none.
    """
    shown = [None if score is None else Decimal(rounded(score, decimals)) for score in scores]
    known = [score for score in shown if score is not None]
    return [
        NO_PLACE
        if score is None
        else Place(1 + sum(other > score for other in known), tied=known.count(score) > 1)
        for score in shown
    ]


def deductions(groups: Sequence[Weighed], rules: RateRules) -> list[Fraction]:
    """Return what each group loses for lying below the weighted mean satisfaction.

    The base is weighted by the number of ratings. A group without ratings takes no part and
    loses nothing.
    """
    base = ratio(sum(group.satisfied for group in groups), sum(group.counted for group in groups))
    rates = [ratio(group.satisfied, group.counted) for group in groups]
    return [
        Fraction() if base is None or rate is None else _points((base - rate) * 100, rules)
        for rate in rates
    ]


def _points(gap: Fraction, rules: RateRules) -> Fraction:
    if gap <= 0:
        return Fraction()
    counted = Fraction(floor(gap)) if rules.mode is DeductionMode.WHOLE_POINTS else gap
    points = Fraction(rules.step) * counted
    return points if rules.cap is None else min(points, Fraction(rules.cap))

"""Opinions of a meeting (意见征集): where each stands, and how many of how many (DOMAIN.md 9.5)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desk.rules.proactive_codes import AnswerWay, OpinionState
from desk.rules.rounding import share

S = OpinionState


@dataclass(frozen=True, slots=True)
class OpinionFacts:
    """What decides where an opinion stands."""

    way: AnswerWay
    due_on: date | None = None
    answered_on: date | None = None
    is_case: bool = False
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class OpinionCounts:
    """How many opinions there are of each kind; what was withdrawn counts nowhere.

    Attributes:
        limited: those with a limit of their own; a case has the limits of cases.
        judged: those of which it is known whether their limit was kept.
    """

    every: int = 0
    on_spot: int = 0
    limited: int = 0
    answered: int = 0
    in_time: int = 0
    judged: int = 0
    waiting: int = 0
    late: int = 0
    cases: int = 0

    @property
    def on_spot_share(self) -> str:
        """What part was answered at the meeting."""
        return _shown(share(self.on_spot, self.every))

    @property
    def in_time_share(self) -> str:
        """What part of the limits was kept, of those that are decided."""
        return _shown(share(self.in_time, self.judged))


def state_of(opinion: OpinionFacts, today: date) -> OpinionState:
    """Return where an opinion stands on a day."""
    if opinion.is_withdrawn:
        return S.WITHDRAWN
    if opinion.is_case:
        return S.CASE
    if opinion.way is AnswerWay.ON_SPOT:
        return S.ON_SPOT
    due = opinion.due_on
    if opinion.answered_on is None:
        return S.LATE if due is not None and due < today else S.WAITING
    return S.ANSWERED_LATE if due is not None and opinion.answered_on > due else S.IN_TIME


def count_opinions(opinions: Iterable[OpinionFacts], today: date) -> OpinionCounts:
    """Return how many opinions stand where."""
    found = Counter(state_of(one, today) for one in opinions)
    answered = found[S.IN_TIME] + found[S.ANSWERED_LATE]
    open_ones = found[S.WAITING] + found[S.LATE]
    return OpinionCounts(
        every=sum(found.values()) - found[S.WITHDRAWN],
        on_spot=found[S.ON_SPOT],
        limited=answered + open_ones,
        answered=answered,
        in_time=found[S.IN_TIME],
        judged=answered + found[S.LATE],
        waiting=open_ones,
        late=found[S.LATE],
        cases=found[S.CASE],
    )


def counts_words(counts: OpinionCounts) -> str:
    """Say the figures of a meeting in one line."""
    said = [
        f"共 {counts.every} 条",
        f"现场答复 {counts.on_spot} 条（{counts.on_spot_share}）",
        f"限时答复 {counts.limited} 条，已答复 {counts.answered} 条",
        f"按时答复率 {counts.in_time_share}",
    ]
    if counts.late:
        said.append(f"超期未答 {counts.late} 条")
    if counts.cases:
        said.append(f"转诉求件 {counts.cases} 条")
    return "；".join(said) + "。"


def _shown(value: str | None) -> str:
    return "—" if value is None else f"{value}%"

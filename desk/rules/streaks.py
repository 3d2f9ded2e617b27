"""How many months in a row went without a bad word or a missed limit (零差评、零超期连续月数).

One bad rating or one missed limit ends it. It is told twice, by the last ratings and by the first
ones, and only in the monthly bulletin (DOMAIN.md 002-23, 9.5).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """What a month of one unit, or of the whole street, comes to.

    Attributes:
        month: “2026-06”; received: how many cases it took in; a month without any goes on.
        bad_last, bad_first: cases that were rated 不满意 in the end, or the first time asked.
        overdue: cases with a limit that was missed.
    """

    month: str
    received: int
    bad_last: int = 0
    bad_first: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Streak:
    """For how many months in a row, up to the last one that is over.

    Attributes:
        no_bad_last, no_bad_first: 零差评 by the last and by the first ratings.
        no_overdue: 零超期; both: neither of the two, by the last ratings.
    """

    no_bad_last: int
    no_bad_first: int
    no_overdue: int
    both: int

    def words(self) -> str:
        """Say it for the bulletin, or nothing where there is nothing to be proud of."""
        said = []
        if self.no_bad_last:
            first = f"（按首次评价 {self.no_bad_first} 个月）"
            said.append(f"零差评连续 {self.no_bad_last} 个月{first}")
        if self.no_overdue:
            said.append(f"零超期连续 {self.no_overdue} 个月")
        return "，".join(said)


def streak(months: Sequence[MonthFacts]) -> Streak:
    """Return the streaks that end with the last of `months`, given in their order.

    Months before the first case was ever taken in do not count.
    """
    begun = next((n for n, month in enumerate(months) if month.received), len(months))
    known = months[begun:]
    return Streak(
        no_bad_last=_run([month.bad_last for month in known]),
        no_bad_first=_run([month.bad_first for month in known]),
        no_overdue=_run([month.overdue for month in known]),
        both=_run([month.bad_last + month.overdue for month in known]),
    )


def _run(bad: Collection[int]) -> int:
    length = 0
    for number in reversed(list(bad)):
        if number:
            break
        length += 1
    return length

"""What a plan has brought about (治理成效): the same kind of cases before and after, day for day.

The days before the plan began are compared with as many days after it was finished; how many is
the hall's own number. Nothing is said of a rise or fall before the second window is over, and
where nobody complained before there is nothing to divide by (“—”).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from desk.rules.rounding import share


@dataclass(frozen=True, slots=True)
class Window:
    """Some days, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Effect:
    """How many cases came in both windows.

    Attributes:
        days: how long each window is.
        after: those that came since, None while the plan is under way.
        passed: how many days of the second window are over.
        whole_on: when it will be over.
    """

    days: int
    before: int
    after: int | None = None
    passed: int = 0
    whole_on: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether both windows are over, so that they may be compared."""
        return self.after is not None and self.passed >= self.days


def window_before(starts_on: date, days: int) -> Window:
    """Return the days before a plan began."""
    return Window(starts_on - timedelta(days=days), starts_on - timedelta(days=1))


def window_after(finished_on: date, days: int) -> Window:
    """Return as many days after it was finished."""
    return Window(finished_on + timedelta(days=1), finished_on + timedelta(days=days))


def days_passed(window: Window, today: date) -> int:
    """Return how many days of a window are over; today is not."""
    whole = (window.last - window.first).days + 1
    return max(0, min(whole, (today - window.first).days))


def change_words(effect: Effect) -> str:
    """Say how the number moved: “下降 40%”, “上升 20%”, “持平”; “—” without anything before."""
    if not effect.is_whole or effect.after is None or not effect.before:
        return "—"
    fewer = effect.before - effect.after
    if not fewer:
        return "持平"
    size = share(abs(fewer), effect.before, 0)
    return f"{'下降' if fewer > 0 else '上升'} {size}%"


def effect_words(effect: Effect) -> str:
    """Say what a plan has brought about, in one sentence."""
    before = f"治理前 {effect.days} 天 {effect.before} 件"
    if effect.after is None:
        return f"{before}；治理完成后与之比较。"
    if not effect.is_whole and effect.whole_on is not None:
        return (
            f"{before}；治理后已过 {effect.passed} 天，来 {effect.after} 件，"
            f"满 {effect.days} 天（{effect.whole_on:%m-%d}）再算升降。"
        )
    after = f"治理后 {effect.days} 天 {effect.after} 件"
    if not effect.before:
        return f"此类诉求升降 —：{before}，{after}。"
    return f"此类诉求{change_words(effect)}：{before}，{after}。"

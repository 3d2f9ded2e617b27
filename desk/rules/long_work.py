"""How far long work is, and how long it still takes (进度、剩余时间)."""

from dataclasses import dataclass

_TOO_EARLY = 2.0  # seconds; a guess made earlier would jump about
_LEAST = 0.02  # of the whole; likewise
_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Progress:
    """How far work is.

    Attributes:
        done: how much is done, in `unit`.
        of: how much there is; 0 where nobody knows.
        doing: what is being done just now, where the work has several parts (“正在校验”).
        unit: what is counted.
        since: at which steady second this part began; a part says nothing about the next.
    """

    done: int = 0
    of: int = 0
    doing: str = ""
    unit: str = "件"
    since: float = 0.0

    @property
    def share(self) -> float | None:
        """Which part of the whole is done, from 0 to 1; None where nobody knows."""
        return min(self.done / self.of, 1.0) if self.of > 0 else None

    def seconds_left(self, now: float) -> float | None:
        """Return how many seconds are left at the pace so far; None while it is too early to say.

        Args:
            now: the steady second that it is.
        """
        share, took = self.share, now - self.since
        if share is None or share < _LEAST or took < _TOO_EARLY:
            return None
        return took / share - took


def left_words(seconds: float | None) -> str:
    """Return how long it still takes, rounded up: “约还要 3 分钟”; empty where nobody knows."""
    if seconds is None:
        return ""
    if seconds < _MINUTE:
        return f"约还要 {max(10, -(-int(seconds) // 10) * 10)} 秒"
    minutes = -(-int(seconds) // _MINUTE)
    if seconds < _HOUR:
        return f"约还要 {minutes} 分钟"
    return f"约还要 {minutes // _MINUTE} 小时 {minutes % _MINUTE} 分钟"


def progress_words(progress: Progress, now: float) -> str:
    """Return how far work is: “正在读台账，已 1,200 / 8,000 件，约还要 3 分钟”."""
    much = ""
    if progress.of > 0:
        much = f"已 {progress.done:,} / {progress.of:,} {progress.unit}"
    elif progress.done:
        much = f"已 {progress.done:,} {progress.unit}"
    left = left_words(progress.seconds_left(now))
    return "，".join(part for part in (progress.doing or "正在做", much, left) if part)


def short_words(title: str, progress: Progress, others: int) -> str:
    """Return the words of the status line: “导出台账 45%，另有 1 项”."""
    share = progress.share
    much = "" if share is None else f" {int(share * 100)}%"
    return f"{title}{much}" + (f"，另有 {others} 项" if others else "")

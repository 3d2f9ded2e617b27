"""Whether the server's copies and restore drills are as they should be (备份与恢复演练)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from desk.rules.codes import UpkeepKind
from desk.rules.moments import in_shanghai
from desk.rules.wording import label

K = UpkeepKind
# a copy is made every night, a drill every month; what is older has failed at least once
_OLDEST: Mapping[UpkeepKind, timedelta] = MappingProxyType(
    {K.BACKUP: timedelta(days=2), K.DRILL: timedelta(days=40)}
)
_STEPS: Mapping[UpkeepKind, str] = MappingProxyType(
    {
        K.BACKUP: "请管机器的同事在服务器上运行 backup-nightly.sh，并看它说了什么。",
        K.DRILL: "请管机器的同事在服务器上运行 restore-drill.sh，并看它说了什么。",
    }
)


@dataclass(frozen=True, slots=True)
class Run:
    """One copy or one drill: when, with which result, in which words."""

    kind: UpkeepKind
    happened_at: datetime
    is_good: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What everybody is told about the copies or the drills; without a step all is well."""

    kind: UpkeepKind
    is_good: bool
    sentence: str
    step: str = ""


def verdict(kind: UpkeepKind, last: Run | None, now: datetime) -> Verdict:
    """Return what is to be said of the last run; a failure after a good one is still a failure."""
    what = label(kind)
    if last is None:
        return Verdict(kind, is_good=False, sentence=f"还没有做过{what}。", step=_STEPS[kind])
    if not last.is_good:
        words = f"{_day(last.happened_at).lstrip()}的{what}没有成功：{last.sentence}"
        return Verdict(kind, is_good=False, sentence=words, step=_STEPS[kind])
    words = f"最近一次{what}在{_day(last.happened_at).rstrip()}：{last.sentence}"
    if now - last.happened_at > _OLDEST[kind]:
        days = (now - last.happened_at).days
        words = f"已有 {days} 天没有{what}。{words}"
        return Verdict(kind, is_good=False, sentence=words, step=_STEPS[kind])
    return Verdict(kind, is_good=True, sentence=words)


def _day(moment: datetime) -> str:
    wall = in_shanghai(moment)
    return f" {wall.month} 月 {wall.day} 日 {wall:%H:%M} "

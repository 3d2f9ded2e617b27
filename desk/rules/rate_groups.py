"""By what the rows of a report are kept apart (分组), and the words that stand for each row."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum

from desk.rules.errors import RuleBroken
from desk.rules.three_rates import RatedCase
from desk.rules.wording import label

NOT_NAMED = "未注明"
BESIDE = " · "  # between the two words of a cell
_DAYS = "一二三四五六日"
_HOURS = 24


class GroupBy(StrEnum):
    """What the rows of a report are; scripts may ask for the first four (EXCHANGE.md 1)."""

    UNIT = "unit"  # 单位：主办、协办各计一次
    COMMUNITY = "community"  # 社区
    CATEGORY = "category"  # 类别
    CHANNEL = "channel"  # 渠道
    GRID = "grid"  # 网格
    LEVEL = "level"  # 来源级别
    FIRST_UNIT = "first_unit"  # 首办单位
    SUPPORT = "support"  # 协办单位：双派件的另一半
    DAY = "day"  # 日
    HOUR = "hour"  # 星期几的几点
    CELL = "cell"  # 社区 × 类别


EXCHANGED = (GroupBy.UNIT, GroupBy.COMMUNITY, GroupBy.CATEGORY, GroupBy.CHANNEL)
GROUP_LABELS: Mapping[GroupBy, str] = {
    GroupBy.UNIT: "单位",
    GroupBy.COMMUNITY: "社区",
    GroupBy.CATEGORY: "类别",
    GroupBy.CHANNEL: "渠道",
    GroupBy.GRID: "网格",
    GroupBy.LEVEL: "来源级别",
    GroupBy.FIRST_UNIT: "首办单位",
    GroupBy.SUPPORT: "协办单位",
    GroupBy.DAY: "日期",
    GroupBy.HOUR: "星期与时刻",
    GroupBy.CELL: "社区与类别",
}


def named(word: str) -> str:
    """Return a word, or what stands where there is none."""
    return word or NOT_NAMED


def day_key(day: date) -> str:
    """Return the key of a day's row: “2026-11-02”."""
    return day.isoformat()


def hour_key(weekday: int, hour: int) -> str:
    """Return the key of an hour of the week, Monday being 0: “周一 09 时”."""
    return f"周{_DAYS[weekday]} {hour:02} 时"


def cell_key(community: str, category: str) -> str:
    """Return the key of a cell: “榕东 · 噪声”."""
    return f"{named(community)}{BESIDE}{named(category)}"


def hour_of(key: str) -> tuple[int, int]:
    """Return weekday and hour of the key of an hour.

    Raises:
        RuleBroken: it is none.
    """
    for weekday in range(len(_DAYS)):
        for hour in range(_HOURS):
            if key == hour_key(weekday, hour):
                return weekday, hour
    raise RuleBroken("请选周一 09 时这样的时段。", field="key")


def cell_of(key: str) -> tuple[str, str]:
    """Return community and category of the key of a cell.

    Raises:
        RuleBroken: it is none.
    """
    community, found, category = key.rpartition(BESIDE)
    if not found:
        raise RuleBroken("请选社区与类别相交的一格。", field="key")
    return community, category


# A case dispatched to two units counts once with each of them, and once in the total.
KEYS: Mapping[GroupBy, Callable[[RatedCase], Iterable[str]]] = {
    GroupBy.UNIT: lambda case: map(named, case.units or ("",)),
    GroupBy.COMMUNITY: lambda case: (named(case.community),),
    GroupBy.CATEGORY: lambda case: (named(case.category),),
    GroupBy.CHANNEL: lambda case: (named(case.channel),),
    GroupBy.GRID: lambda case: (named(case.grid),),
    GroupBy.LEVEL: lambda case: (named(label(case.source_level) if case.source_level else ""),),
    GroupBy.FIRST_UNIT: lambda case: (named(case.first_unit),),
    GroupBy.SUPPORT: lambda case: map(named, case.units[1:]),
    GroupBy.DAY: lambda case: (day_key(case.received_on),),
    GroupBy.HOUR: lambda case: (hour_key(case.received_on.weekday(), case.hour),),
    GroupBy.CELL: lambda case: (cell_key(case.community, case.category),),
}

"""What has changed of a bulletin's cases since it was issued (自印发以来), read from their history.

A bulletin keeps what it said; the cases go on. Each change leads to its cases, so that nobody has
to wonder why the figures of a month differ today.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from desk.rules.bulletin_figures import SHOWN, Facts, shown_value


class ChangeKind(StrEnum):
    """What happened to a case after the bulletin was issued, in the order in which it is told."""

    ADDED = "added"  # 补录、导入
    RATED = "rated"  # 取得评价
    RATED_AGAIN = "rated_again"  # 改评
    EXCLUDED = "excluded"  # 剔除
    COUNTED_AGAIN = "counted_again"  # 恢复计入
    LATE = "late"  # 变为超期
    OTHER_UNIT = "other_unit"  # 改派
    OTHER_CATEGORY = "other_category"  # 改类别
    OTHER_MARKS = "other_marks"  # 改记重复件、国满件
    ENDED = "ended"  # 撤回、合并


C = ChangeKind
CHANGE_WORDS: Mapping[ChangeKind, str] = MappingProxyType(
    {
        C.ADDED: "补录或导入",
        C.RATED: "取得评价",
        C.RATED_AGAIN: "改评",
        C.EXCLUDED: "剔除",
        C.COUNTED_AGAIN: "恢复计入",
        C.LATE: "变为超期",
        C.OTHER_UNIT: "换了主办单位",
        C.OTHER_CATEGORY: "改了类别",
        C.OTHER_MARKS: "改记重复件或国满件",
        C.ENDED: "撤回或并案",
    }
)
RATING = ("was_contacted", "resolution", "satisfaction")
_GONE = ("withdrawn", "merged")


@dataclass(frozen=True, slots=True)
class Changed:
    """One kind of change with its cases."""

    kind: ChangeKind
    cases: tuple[int, ...]

    def words(self) -> str:
        """Say it: “3 件改评”."""
        return f"{len(self.cases)} 件{CHANGE_WORDS[self.kind]}"


def kinds_of(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[ChangeKind]:
    """Return what became of one case.

    Args:
        before: the columns that changed since, as they were when the bulletin was issued.
        now: the same columns as they are.
    """
    moved = {name for name, value in before.items() if now.get(name) != value}
    found = []
    if moved & set(RATING):
        was_rated = before.get("satisfaction", now.get("satisfaction")) is not None
        found.append(C.RATED_AGAIN if was_rated else C.RATED)
    if "counts_in_rates" in moved:
        found.append(C.COUNTED_AGAIN if now["counts_in_rates"] else C.EXCLUDED)
    if "is_overdue" in moved and now["is_overdue"]:
        found.append(C.LATE)
    if "lead_unit_id" in moved:
        found.append(C.OTHER_UNIT)
    if "category_id" in moved:
        found.append(C.OTHER_CATEGORY)
    if moved & {"repeat_of_id", "repeat_of_number", "is_national_survey"}:
        found.append(C.OTHER_MARKS)
    if "status" in moved and now["status"] in _GONE:
        found.append(C.ENDED)
    return found


def gathered(found: Iterable[tuple[int, ChangeKind]]) -> list[Changed]:
    """Return the changes by kind, each with its cases in the order of their ids."""
    by_kind: dict[ChangeKind, list[int]] = {kind: [] for kind in ChangeKind}
    for case, kind in found:
        by_kind[kind].append(case)
    return [Changed(kind, tuple(sorted(cases))) for kind, cases in by_kind.items() if cases]


def say_changes(changes: Iterable[Changed]) -> str:
    """Say all that happened: “自印发以来：3 件改评，1 件剔除。”."""
    said = "，".join(one.words() for one in changes)
    return f"自印发以来：{said}。" if said else "自印发以来，这一期的件没有变化。"


def moved_figures(then: Facts, now: Facts) -> list[str]:
    """Say which figures read otherwise today: “满意率 91.20% → 91.45%”.

    Args:
        then, now: figures as `bulletin_figures.picked` returns them.
    """
    return [
        f"{one.name} {shown_value(then[one.key], one.key)} → {shown_value(now[one.key], one.key)}"
        for one in SHOWN
        if one.key in then and then[one.key] != now[one.key]
    ]

"""What a grid does, and what a month is judged by (网格职责、月度评价项目): written in lines.

Both lists are the hall's own. What we ship is a suggestion: the original speaks of nine kinds of
duties and seventy items and names none of them (DOMAIN.md 003-7). A hall edits the lines; from a
day on the new ones count, and a month that was judged keeps its own items.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desk.rules.errors import RuleBroken

MOST_DUTIES = 120
MOST_ITEMS = 12
MOST_POINTS = 100
_LONGEST = 40
_PUBLIC = "*"
_ENDS = ("：", ":")


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of a grid.

    Attributes:
        heading: which kind it is of (政策宣传).
        is_public: a service that is named on cards and signs (服务事项).
    """

    heading: str
    text: str
    is_public: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the duty as it is stored."""
        return {"heading": self.heading, "text": self.text, "is_public": self.is_public}


@dataclass(frozen=True, slots=True)
class EvaluationItem:
    """One thing that a month is judged by, and how many points it may give at most."""

    text: str
    most: int

    def as_json(self) -> dict[str, Any]:
        """Return the item as it is stored."""
        return {"text": self.text, "most": self.most}


def duties_of(data: Sequence[Mapping[str, Any]]) -> tuple[Duty, ...]:
    """Return the duties that were stored."""
    return tuple(Duty(one["heading"], one["text"], bool(one["is_public"])) for one in data)


def items_of(data: Sequence[Mapping[str, Any]]) -> tuple[EvaluationItem, ...]:
    """Return the items that were stored."""
    return tuple(EvaluationItem(one["text"], int(one["most"])) for one in data)


def read_duties(text: str) -> tuple[Duty, ...]:
    """Return the duties written in lines under their headings.

    Raises:
        RuleBroken: there are none or too many, one is too long, or the first has no heading.
    """
    heading, found = "", []
    for number, line in enumerate(text.splitlines(), start=1):
        plain = line.strip().replace("＊", _PUBLIC)
        if not plain:
            continue
        if plain.endswith(_ENDS):
            heading = plain[:-1].strip()
            continue
        words = plain.lstrip(_PUBLIC).strip()
        if not heading:
            raise RuleBroken("请先写一行类别，以“：”结尾，再一行一项写职责。", field="text")
        if not 1 <= len(words) <= _LONGEST:
            raise RuleBroken(f"第 {number} 行请写 1 到 {_LONGEST} 个字。", field="text")
        found.append(Duty(heading, words, plain.startswith(_PUBLIC)))
    if not found:
        raise RuleBroken("至少写一项职责：先一行类别，以“：”结尾，再一行一项。", field="text")
    if len(found) > MOST_DUTIES:
        raise RuleBroken(f"最多 {MOST_DUTIES} 项，现在是 {len(found)} 项。", field="text")
    return tuple(found)


def show_duties(duties: Sequence[Duty]) -> str:
    """Return duties as they are edited."""
    lines: list[str] = []
    heading = None
    for duty in duties:
        if duty.heading != heading:
            heading = duty.heading
            lines.append(f"{heading}：")
        lines.append(f"{_PUBLIC if duty.is_public else ''}{duty.text}")
    return "\n".join(lines)


def read_items(text: str) -> tuple[EvaluationItem, ...]:
    """Return the items written in lines: “入户走访 20”.

    Raises:
        RuleBroken: a line cannot be read, there are none or too many, or a name comes twice.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not 1 <= len(lines) <= MOST_ITEMS:
        raise RuleBroken(f"请写 1 到 {MOST_ITEMS} 项，一行一项，例如 入户走访 20", field="text")
    found = tuple(_read_item(number, line) for number, line in enumerate(lines, start=1))
    if len({item.text for item in found}) < len(found):
        raise RuleBroken("有两项同名，请改成不同的名称。", field="text")
    return found


def show_items(items: Sequence[EvaluationItem]) -> str:
    """Return items as they are edited."""
    return "\n".join(f"{item.text} {item.most}" for item in items)


def require_scores(items: Sequence[EvaluationItem], scores: Sequence[int]) -> None:
    """Raise RuleBroken unless each item has points up to its most."""
    if len(scores) != len(items):
        raise RuleBroken(f"一共 {len(items)} 项，请每项都打分。", field="scores")
    for item, score in zip(items, scores, strict=True):
        if not 0 <= score <= item.most:
            raise RuleBroken(f"“{item.text}”请打 0 到 {item.most} 分。", field="scores")


def _read_item(number: int, line: str) -> EvaluationItem:
    name, _blank, points = line.replace("　", " ").rpartition(" ")
    text, plain = name.strip(), points.removesuffix("分")
    is_number = plain.isascii() and plain.isdecimal()
    if not text or len(text) > _LONGEST or not is_number:
        raise RuleBroken(f"第 {number} 行看不懂，请写成 入户走访 20", field="text")
    if not 1 <= int(plain) <= MOST_POINTS:
        raise RuleBroken(f"第 {number} 行的满分请写 1 到 {MOST_POINTS}。", field="text")
    return EvaluationItem(text, int(plain))


# suggestions, until a hall writes its own
DUTIES = read_duties(
    """
政策宣传：
*讲解惠民政策和办事流程
防诈骗、消防安全入户提醒
社情民意：
*收集诉求，当场能答的当场答
留意生病卧床、突发事件、不满情绪、矛盾纠纷
走访服务：
*上门看望老年人、残疾人、独居住户
*代办、陪办到大厅的事项
矛盾调解：
*邻里纠纷先行劝解，需要时转人民调解
安全巡查：
楼道杂物、飞线充电、消防设施巡看
*报修公共设施损坏
环境秩序：
垃圾、占道、噪声问题发现和劝导
人口房屋：
网格内住户和房屋变动核对
文明共建：
组织居民议事，联系楼栋长和联户党员
应急处置：
台风、暴雨、停水停电时通知到户
"""
)
ITEMS = read_items("入户走访 30\n诉求响应 30\n矛盾化解 20\n安全巡查 20")

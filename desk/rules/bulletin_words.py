"""The sentences of a bulletin (通报的话), written by rule from its figures, section by section.

Nothing is said that the figures do not bear out, and nothing where there is nothing to say; people
may write it otherwise before it is issued.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_advice import advice
from desk.rules.bulletin_figures import Facts
from desk.rules.bulletin_findings import hot_spots, solved, steering, trends, troubles
from desk.rules.bulletin_periods import BEFORE, THIS, YEAR_AGO, say_days
from desk.rules.bulletin_phrases import against, counted, listed, points

K = BulletinKind


class Section(StrEnum):
    """The parts of a bulletin, in their order."""

    OVERVIEW = "overview"
    UNITS = "units"
    HOT = "hot"
    TROUBLES = "troubles"
    SOLVED = "solved"
    TRENDS = "trends"
    STEERING = "steering"
    KEEPING = "keeping"
    ADVICE = "advice"


S = Section
SECTION_WORDS: Mapping[Section, str] = MappingProxyType(
    {
        S.OVERVIEW: "总体情况",
        S.UNITS: "各单位办理",
        S.HOT: "热点",
        S.TROUBLES: "超期和双否",
        S.SOLVED: "办结和化解",
        S.TRENDS: "三升两降",
        S.STEERING: "督办和研判会任务",
        S.KEEPING: "备份和恢复演练",
        S.ADVICE: "工作建议",
    }
)
SECTIONS: Mapping[BulletinKind, tuple[Section, ...]] = MappingProxyType(
    {
        K.DAILY: (S.OVERVIEW, S.HOT, S.TROUBLES, S.SOLVED, S.STEERING),
        K.WEEKLY: (S.OVERVIEW, S.UNITS, S.HOT, S.TROUBLES, S.SOLVED, S.STEERING, S.ADVICE),
        K.MONTHLY: tuple(S),
    }
)
PUBLIC = frozenset({S.OVERVIEW, S.UNITS, S.HOT, S.SOLVED})
_FEW = 3
_RATES = (
    ("response_rate", "响应率"),
    ("resolution_rate", "解决率"),
    ("satisfaction_rate", "满意率"),
)


def sentences(facts: Facts) -> dict[str, list[str]]:
    """Return the sentences of each section that has any."""
    kind = BulletinKind(facts["kind"])
    found = {section.value: _WRITERS[section](facts) for section in SECTIONS[kind]}
    return {section: said for section, said in found.items() if said}


def public_sentences(facts: Facts) -> dict[str, list[str]]:
    """Return what is said outside the house, from the figures of a public version."""
    return {key: said for key, said in sentences(facts).items() if Section(key) in PUBLIC}


def _overview(facts: Facts) -> list[str]:
    kind = BulletinKind(facts["kind"])
    days = say_days(kind, *_days(facts))
    now = facts["total"]
    said = [f"{days}{counted('受理群众诉求', now['received'])}{_compared(facts, kind)}。"]
    if not facts["is_over"]:
        held = "" if kind is K.DAILY else "，与以前同样天数相比"
        said.append(f"{THIS[kind]}还没有结束，数字截至 {facts['made_at']}{held}。")
    levels = [(name, one["count"]) for name, one in now["by_level"].items() if one["count"]]
    if levels:
        said.append(f"来源：{listed(levels)}。")
    return said + _rates(facts, kind)


def _compared(facts: Facts, kind: BulletinKind) -> str:
    received = facts["total"]["received"]
    parts = [against(received, facts["before"]["received"], BEFORE[kind])]
    if facts["year_ago"]["received"]:
        parts.append(against(received, facts["year_ago"]["received"], YEAR_AGO))
    return "".join(f"，{part}" for part in parts if part)


def _rates(facts: Facts, kind: BulletinKind) -> list[str]:
    now = facts["total"]
    if not now["received"]:
        return []
    if now["satisfaction_rate"] is None:
        few = "取得回访评价的件还少，三率不单列。"  # of a public version
        none = f"{THIS[kind]}受理的还没有取得回访评价，三率暂不计算。"
        return [few if now["visited"] else none]
    rates = "、".join(f"{name} {now[key]}%" for key, name in _RATES)
    said = [f"其中 {now['visited']} 件已有回访评价：{rates}，综合得分 {now['score']} 分。"]
    moved = [
        f"{name}{words}"
        for key, name in _RATES
        if (words := points(now[key], facts["before"][key], BEFORE[kind]))
    ]
    if moved:
        said.append(f"{'，'.join(moved)}。")
    if isinstance(now["double_yes"], int):  # a public version may leave them out
        said.append(
            f"双是 {now['double_yes']} 件，非双是 {now['not_double_yes']} 件"
            f"{_double_no(now['double_no'])}。"
        )
    return said


def _double_no(count: int) -> str:
    return f"，其中双否 {count} 件" if count else "，没有双否件"


def _units(facts: Facts) -> list[str]:
    rows = [row for row in facts["units"] if row["received"]]
    if not rows:
        return []
    most = sorted(rows, key=lambda row: (-row["received"], row["key"]))[:_FEW]
    said = [f"承办较多的单位：{listed([(row['key'], row['received']) for row in most])}。"]
    first = [row for row in rows if row.get("rank") and row["rank"] <= _FEW]
    if facts["ranks"] and first:
        named = "、".join(
            f"{row['key']} {row['score']} 分{'（并列）' if row['tied'] else ''}" for row in first
        )
        said.append(f"综合得分前 {_FEW} 名：{named}。")
    lost = [row for row in rows if facts["ranks"] and Decimal(row["deduction"])]
    said += [
        f"{row['key']}满意率低于全街道加权平均，按规则扣 {row['deduction']} 分。" for row in lost
    ]
    return said


def _days(facts: Facts) -> tuple[date, date]:
    return date.fromisoformat(facts["from"]), date.fromisoformat(facts["to"])


_WRITERS: Mapping[Section, Callable[[Facts], list[str]]] = {
    S.OVERVIEW: _overview,
    S.UNITS: _units,
    S.HOT: hot_spots,
    S.TROUBLES: troubles,
    S.SOLVED: solved,
    S.TRENDS: trends,
    S.STEERING: steering,
    S.KEEPING: lambda facts: list(facts["upkeep"]),
    S.ADVICE: advice,
}

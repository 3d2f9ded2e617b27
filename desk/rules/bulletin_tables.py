"""The tables of a bulletin (通报的表), the same on paper, in a workbook and on the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_figures import Facts, shown_value
from desk.rules.bulletin_periods import BEFORE, YEAR_AGO
from desk.rules.bulletin_phrases import short_day
from desk.rules.comparing import ARROWS, NOTHING, Trend

_WENT = {
    Trend.UP.value: "升",
    Trend.DOWN.value: "降",
    Trend.SAME.value: "平",
}
_GROUPS = (("communities", "社区"), ("categories", "类别"), ("places", "小区、地点"))
_TOP, _TOP_OF_A_DAY = 5, 3  # of each group


@dataclass(frozen=True, slots=True)
class BulletinTable:
    """One table: how it is called, its columns by key, and its lines."""

    key: str
    title: str
    columns: Mapping[str, str]
    lines: tuple[Mapping[str, Any], ...]


def tables(facts: Facts) -> tuple[BulletinTable, ...]:
    """Return the tables of a bulletin that have anything in them, in their order."""
    found = (
        BulletinTable("figures", "主要指标", _figure_columns(facts), figure_lines(facts)),
        BulletinTable("units", "各单位", _unit_columns(facts), unit_lines(facts)),
        BulletinTable("hot", "热点", _hot_columns(facts), hot_lines(facts)),
        BulletinTable("cases", "要盯办的件", CASE_COLUMNS, case_lines(facts)),
        BulletinTable("goals", "三升两降", _goal_columns(facts), goal_lines(facts)),
        BulletinTable("tasks", "研判会任务", TASK_COLUMNS, task_lines(facts)),
    )
    return tuple(one for one in found if one.lines)


CASE_COLUMNS: Mapping[str, str] = MappingProxyType(
    {"number": "编号", "unit": "承办单位", "category": "类别", "community": "社区", "why": "为什么"}
)
TASK_COLUMNS: Mapping[str, str] = MappingProxyType(
    {"text": "任务", "unit": "责任单位", "due_on": "期限", "state": "进展"}
)
_RATE_COLUMNS = {
    "received": "承办",
    "visited": "已评价",
    "response_rate": "响应率",
    "resolution_rate": "解决率",
    "satisfaction_rate": "满意率",
    "score": "得分",
}


def figure_lines(facts: Facts) -> tuple[dict[str, str], ...]:
    """Return each figure beside what it is held against."""
    return tuple(
        {
            "name": one["name"],
            "now": shown_value(one["now"], one["key"]),
            "before": shown_value(one["before"], one["key"]),
            "against_before": one["against_before"],
            "year_ago": shown_value(one["year_ago"], one["key"]),
            "against_year_ago": one["against_year_ago"],
        }
        for one in facts["changes"]
    )


def unit_lines(facts: Facts) -> tuple[dict[str, Any], ...]:
    """Return the units with their rates; in the order of their places where these are told."""
    if facts["kind"] == BulletinKind.DAILY.value:
        return ()
    return tuple(
        {
            "rank": _rank(row),
            "unit": row["key"],
            "received": row["received"],
            "visited": row["visited"],
            **{key: _rate(row[key]) for key in ("response_rate", "resolution_rate")},
            "satisfaction_rate": _rate(row["satisfaction_rate"]),
            "score": row["score"] or NOTHING,
        }
        for row in facts["units"]
    )


def hot_lines(facts: Facts) -> tuple[dict[str, Any], ...]:
    """Return the busiest communities, categories and places, with how many there were before."""
    most = _TOP_OF_A_DAY if facts["kind"] == BulletinKind.DAILY.value else _TOP
    return tuple(
        {"what": what, "key": row["key"], "received": row["received"], "before": row["before"]}
        for group, what in _GROUPS
        for row in facts[group][:most]
        if row["received"]
    )


def case_lines(facts: Facts) -> tuple[dict[str, str], ...]:
    """Return the cases that somebody must see to, each once, with every reason."""
    whys: dict[str, list[str]] = {}
    cases: dict[str, Facts] = {}
    for group in ("overdue", "double_no", "supervisions"):
        for case in facts[group].get("cases", ()):
            cases.setdefault(case["number"], case)
            whys.setdefault(case["number"], []).append(case["why"])
    return tuple(
        {
            "number": number,
            "unit": case["unit"],
            "category": case["category"],
            "community": case["community"],
            "why": "、".join(whys[number]),
        }
        for number, case in cases.items()
    )


def goal_lines(facts: Facts) -> tuple[dict[str, str], ...]:
    """Return 三升两降, one line for each goal."""
    return tuple(
        {
            "name": one["name"],
            "should": "升" if one["should"] == Trend.UP.value else "降",
            **{when: shown_value(one[when], one["key"]) for when in ("now", "before", "year_ago")},
            "went": NOTHING if one["went"] is None else _WENT[one["went"]],
            "met": NOTHING if one["is_met"] is None else "达到" if one["is_met"] else "未达到",
        }
        for one in facts["goals"]
    )


def task_lines(facts: Facts) -> tuple[dict[str, str], ...]:
    """Return the decisions of the review with what became of them."""
    return tuple(
        {
            "text": one["text"],
            "unit": one["unit"],
            "due_on": short_day(one["due_on"]),
            "state": _task_state(one),
        }
        for one in facts["tasks"]
    )


def trend_lines(facts: Facts) -> tuple[dict[str, Any], ...]:
    """Return what the chart of the last periods shows."""
    return tuple(
        {
            "label": one["label"],
            "received": one["received"],
            "satisfaction_rate": one["satisfaction_rate"],
        }
        for one in facts["trend"]
    )


def _task_state(task: Facts) -> str:
    if task["is_done"]:
        return f"{short_day(task['done_on'])}完成"
    return "过期未完成" if task["is_late"] else "办理中"


def _rank(row: Facts) -> str:
    if not row.get("rank"):
        return ""
    arrow = ARROWS[Trend(row["went"])] if row.get("went") else ""
    parts = (str(row["rank"]), "并列" if row["tied"] else "", arrow)
    return " ".join(part for part in parts if part)


def _rate(value: str | None) -> str:
    return NOTHING if value is None else f"{value}%"


def _before(facts: Facts) -> str:
    return BEFORE[BulletinKind(facts["kind"])]


def _figure_columns(facts: Facts) -> dict[str, str]:
    return {
        "name": "指标",
        "now": "本期",
        "before": _before(facts),
        "against_before": "环比",
        "year_ago": YEAR_AGO,
        "against_year_ago": "同比",
    }


def _unit_columns(facts: Facts) -> dict[str, str]:
    rank = {"rank": "名次"} if facts["ranks"] else {}
    return {**rank, "unit": "单位", **_RATE_COLUMNS}


def _hot_columns(facts: Facts) -> dict[str, str]:
    return {"what": "分类", "key": "名称", "received": "本期", "before": _before(facts)}


def _goal_columns(facts: Facts) -> dict[str, str]:
    return {
        "name": "指标",
        "should": "应",
        "now": "本期",
        "before": _before(facts),
        "year_ago": YEAR_AGO,
        "went": "实际",
        "met": "结果",
    }

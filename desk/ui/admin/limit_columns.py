"""The form of one limit (时限规则): its columns, and how its texts become a limit and back."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from desk.exchange.organisation_rows import Column, Sheet
from desk.queries.time_rules import LimitsNow
from desk.rules.clock_codes import RuleSet
from desk.rules.codes import Channel, ClockEvent, ClockKind, SpanUnit, Urgency
from desk.rules.deadlines import TimeRule, rule_text
from desk.rules.errors import RuleBroken
from desk.rules.limit_events import STARTS, STOPS
from desk.rules.wording import choices, from_label, label
from desk.ui.list_form import ListLine

_YES_NO = ("是", "否")
_COMPLEX, _PLAIN = "情况复杂", "不复杂"
_FIRST, _AGAIN = "首次办理", "二次及以后"


def _words(table: type[StrEnum]) -> tuple[str, ...]:
    return tuple(words for _, words in choices(table))


def _events(table: Mapping[ClockKind, tuple[ClockEvent, ...]]) -> tuple[str, ...]:
    known = {event for events in table.values() for event in events}
    return tuple(label(event) for event in ClockEvent if event in known)


# For which cases a limit is: one that is there keeps this; for other cases a new one is made.
SCOPE_COLUMNS: tuple[Column, ...] = (
    Column("种类", required=True, options=_words(ClockKind)),
    Column("级别", "空着：各级都用", options=_words(Urgency)),
    Column("复杂程度", "空着：都用", options=(_COMPLEX, _PLAIN)),
    Column("来源渠道", "空着：各渠道都用", options=_words(Channel)),
    Column("类别", "空着：各类都用；选上级类别就管它下面各类", source=Sheet.CATEGORIES),
    Column("轮次", "空着：都用", options=(_FIRST, _AGAIN)),
)
LIMIT_COLUMNS: tuple[Column, ...] = (
    Column("时限", required=True),
    Column("单位", required=True, options=_words(SpanUnit)),
    Column("起算", required=True, options=_events(STARTS)),
    Column("停止", "空着：按这一种时限的惯例", options=_events(STOPS)),
    Column("依据", "例如：街道办〔2026〕3 号"),
    Column("生效日期", "写作 2026-11-23；从那天零点起用", required=True),
    Column("到期前提醒", "提前多少；0 或空着不提醒"),
    Column("提醒单位", options=_words(SpanUnit)),
    Column("可以暂停", "等材料、等鉴定、挂账时停表", options=_YES_NO),
    Column("法定时限", "内部环节不能暂停，改动要写依据", options=_YES_NO),
    Column("遇休息日顺延", "只用于自然日", options=_YES_NO),
    Column("最多延长几天", "法律允许延长的天数，不限就空着"),
)
COLUMN_OF: Mapping[str, str] = {
    "kind": "种类",
    "urgency": "级别",
    "category": "类别",
    "value": "时限",
    "unit": "单位",
    "start_event": "起算",
    "stop_event": "停止",
    "remind_value": "到期前提醒",
    "remind_unit": "提醒单位",
    "pausable": "可以暂停",
    "rollover": "遇休息日顺延",
    "most_days": "最多延长几天",
    "source": "依据",
    "valid_from": "生效日期",
}


def limit_name(rule: TimeRule, categories: Mapping[int, str]) -> str:
    """Return which limit it is: “办理 · 紧急”."""
    parts = [label(rule.kind)]
    if rule.urgency is not None:
        parts.append(label(rule.urgency))
    if rule.is_complex is not None:
        parts.append(_COMPLEX if rule.is_complex else _PLAIN)
    if rule.channel is not None:
        parts.append(label(rule.channel))
    if rule.category is not None:
        parts.append(categories.get(rule.category, "停用的类别").rpartition(" › ")[2])
    if rule.is_again is not None:
        parts.append(_AGAIN if rule.is_again else _FIRST)
    return " · ".join(parts)


def limit_words(rule: TimeRule) -> str:
    """Return how long a limit is: “10 分钟”."""
    return rule_text(rule).removeprefix("限 ").partition("，")[0]


def of_set(now: LimitsNow, wanted: RuleSet) -> list[tuple[int, TimeRule]]:
    """Return the limits of a set with their row ids, in the order of the clocks strip."""
    order = list(ClockKind)

    def place(one: tuple[int, TimeRule]) -> tuple[int, int, timedelta, date]:
        rule = one[1]
        named = sum(part is not None for part in rule.scope)
        return order.index(rule.kind), named, rule.span.length, rule.valid_from

    return sorted(((k, r) for k, r in now.rules.items() if r.rule_set is wanted), key=place)


def limit_lines(now: LimitsNow, today: date) -> list[ListLine]:
    """Return every set with its limits below it; the hall's own set once it has any."""
    lines: list[ListLine] = []
    for wanted in RuleSet:
        mine = of_set(now, wanted)
        if mine or wanted is not RuleSet.OWN:
            note = f"在用 {len(mine)} 条" if mine else "未启用"
            lines.append(ListLine(wanted, label(wanted), note))
        for row, rule in mine:
            name = f"　{limit_name(rule, now.categories)}"
            lines.append(ListLine(row, name, _note(rule, today)))
    return lines


def _note(rule: TimeRule, today: date) -> str:
    words = limit_words(rule)
    if rule.valid_from > today:
        return f"{words}，{rule.valid_from:%m-%d} 起"
    return f"{words}，到 {rule.valid_to:%m-%d}" if rule.valid_to else words


def values_of(rule: TimeRule, categories: Mapping[int, str], start: date) -> dict[str, str]:
    """Return a limit as the texts of its form."""
    repeated = {None: "", True: _AGAIN, False: _FIRST}
    hard = {None: "", True: _COMPLEX, False: _PLAIN}
    return {
        "种类": label(rule.kind),
        "级别": label(rule.urgency) if rule.urgency else "",
        "复杂程度": hard[rule.is_complex],
        "来源渠道": label(rule.channel) if rule.channel else "",
        "类别": categories.get(rule.category or 0, ""),
        "轮次": repeated[rule.is_again],
        "时限": str(rule.value),
        "单位": label(rule.unit),
        "起算": label(rule.start_event),
        "停止": label(rule.stop_event) if rule.stop_event else "",
        "到期前提醒": str(rule.remind_value or ""),
        "提醒单位": label(rule.remind_unit),
        "可以暂停": "是" if rule.pausable else "",
        "法定时限": "是" if rule.is_legal else "",
        "遇休息日顺延": "是" if rule.rollover else "",
        "最多延长几天": str(rule.most_days or ""),
        "依据": rule.source,
        "生效日期": start.isoformat(),
    }


def limit_from(
    values: Mapping[str, str], categories: Mapping[int, str], rule_set: RuleSet
) -> TimeRule:
    """Return the limit that the texts of a form say.

    Raises:
        RuleBroken: a text cannot be read; the sentence names the field.
    """
    paths = {path: row_id for row_id, path in categories.items()}
    if values["类别"] and values["类别"] not in paths:
        raise RuleBroken("列表里没有这个类别，请从列表里选一项。", field="category")
    return TimeRule(
        kind=from_label(ClockKind, values["种类"]),
        urgency=from_label(Urgency, values["级别"]) if values["级别"] else None,
        is_complex=values["复杂程度"] == _COMPLEX if values["复杂程度"] else None,
        channel=from_label(Channel, values["来源渠道"]) if values["来源渠道"] else None,
        category=paths.get(values["类别"]),
        is_again=values["轮次"] == _AGAIN if values["轮次"] else None,
        value=_whole(values["时限"], "value"),
        unit=from_label(SpanUnit, values["单位"]),
        start_event=from_label(ClockEvent, values["起算"]),
        stop_event=from_label(ClockEvent, values["停止"]) if values["停止"] else None,
        remind_value=_whole(values["到期前提醒"] or "0", "remind_value"),
        remind_unit=from_label(SpanUnit, values["提醒单位"] or label(SpanUnit.WORKING_DAY)),
        pausable=values["可以暂停"] == "是",
        is_legal=values["法定时限"] == "是",
        rollover=values["遇休息日顺延"] == "是",
        most_days=_whole(values["最多延长几天"], "most_days") if values["最多延长几天"] else None,
        source=values["依据"],
        rule_set=rule_set,
    )


def start_from(values: Mapping[str, str]) -> date:
    """Return from when the limit is to be in force.

    Raises:
        RuleBroken: the day cannot be read.
    """
    try:
        return date.fromisoformat(values["生效日期"])
    except ValueError as error:
        said = f"日期“{values['生效日期']}”看不懂，请写作 2026-11-23。"
        raise RuleBroken(said, field="valid_from") from error


def _whole(text: str, field: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise RuleBroken(f"请写整数，现在是“{text}”。", field=field)
    return int(text)

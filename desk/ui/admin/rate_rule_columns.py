"""The form of one set of rules of assessment (考评规则): its fields, and its texts as rules."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from desk.exchange.organisation_rows import Column
from desk.rules.assessment_codes import ExclusionReason, NotRated, ResponseBy
from desk.rules.errors import RuleBroken
from desk.rules.rate_rules import MODE_WORDS, RULE_WORDS, RateRules
from desk.rules.wording import choices, from_label, label

_YES_NO = ("是", "否")


def _words(table: type[StrEnum]) -> tuple[str, ...]:
    return tuple(words for _, words in choices(table))


RATE_RULE_COLUMNS: tuple[Column, ...] = (
    Column("名称", "例如：2027 年度", required=True),
    Column("从哪个月起用", "写作 2026-12；从那月 1 日起，月中不换", required=True),
    Column("响应率的权重", "三项权重合起来算比例", required=True),
    Column("解决率的权重", required=True),
    Column("满意率的权重", required=True),
    Column("响应的判据", "回访时诉求人说联系过，还是记录在时限内联系", options=_words(ResponseBy)),
    Column("基本满意的系数", "0 到 1；算作几分满意", required=True),
    Column("部分解决的系数", "0 到 1；算作几分解决", required=True),
    Column("未接通、拒评", options=_words(NotRated)),
    Column("每低一个百分点扣分", "满意率比全街道低一个百分点扣几分", required=True),
    Column("不足一个百分点", options=tuple(MODE_WORDS.values())),
    Column("最多扣分", "空着：不封顶"),
    Column("小数位数", "屏幕和通报上的位数，0 到 4", required=True),
    Column("单位排名", "不勾就不排名次，只列数", options=_YES_NO),
    Column("加分、扣分计入得分", "不勾就列在得分旁边", options=_YES_NO),
    Column("剔除理由", "承办单位申请剔除时只能选这些", options=_words(ExclusionReason), many=True),
)
COLUMN_OF: Mapping[str, str] = {"name": "名称", "valid_from": "从哪个月起用"} | RULE_WORDS


def values_of(rules: RateRules, starts: date) -> dict[str, str]:
    """Return rules as the texts of their form.

    Args:
        starts: from which month they are proposed to be used.
    """
    return {
        "名称": rules.name,
        "从哪个月起用": f"{starts:%Y-%m}",
        "响应率的权重": _number(rules.response),
        "解决率的权重": _number(rules.resolution),
        "满意率的权重": _number(rules.satisfaction),
        "响应的判据": label(rules.response_by),
        "基本满意的系数": _number(rules.fairly),
        "部分解决的系数": _number(rules.partly),
        "未接通、拒评": label(rules.not_rated),
        "每低一个百分点扣分": _number(rules.step),
        "不足一个百分点": MODE_WORDS[rules.mode],
        "最多扣分": "" if rules.cap is None else _number(rules.cap),
        "小数位数": str(rules.decimals),
        "单位排名": "是" if rules.ranks else "",
        "加分、扣分计入得分": "是" if rules.adds_points else "",
        "剔除理由": "、".join(label(reason) for reason in rules.reasons),
    }


def plain_from(values: Mapping[str, str]) -> dict[str, Any]:
    """Return what the texts of a form say as plain data, for `rules.rate_rules.rules_of`.

    Raises:
        RuleBroken: the month cannot be read, or a word is none of the list.
    """
    modes = {words: mode for mode, words in MODE_WORDS.items()}
    if values["不足一个百分点"] not in modes:
        raise RuleBroken("请从列表里选“整点”或“按比例”。", field="mode")
    reasons = [word for word in values["剔除理由"].split("、") if word]
    return {
        "name": values["名称"],
        "valid_from": month_from(values["从哪个月起用"], "valid_from").isoformat(),
        "response": values["响应率的权重"],
        "resolution": values["解决率的权重"],
        "satisfaction": values["满意率的权重"],
        "response_by": _code(ResponseBy, values["响应的判据"], "response_by"),
        "fairly": values["基本满意的系数"],
        "partly": values["部分解决的系数"],
        "not_rated": _code(NotRated, values["未接通、拒评"], "not_rated"),
        "step": values["每低一个百分点扣分"],
        "mode": modes[values["不足一个百分点"]].value,
        "cap": values["最多扣分"] or None,
        "decimals": values["小数位数"],
        "ranks": values["单位排名"] == "是",
        "adds_points": values["加分、扣分计入得分"] == "是",
        "reasons": [from_label(ExclusionReason, word).value for word in reasons],
    }


def month_from(text: str, field: str) -> date:
    """Return the first day of a month that is written as “2026-12”.

    Raises:
        RuleBroken: it cannot be read.
    """
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise RuleBroken(f"月份“{text}”看不懂，请写作 2026-12。", field=field) from error


def _code(table: type[StrEnum], word: str, field: str) -> str:
    known = {words: code for code, words in choices(table)}
    if word not in known:
        raise RuleBroken("请从列表里选一项。", field=field)
    return known[word].value


def _number(value: Decimal) -> str:
    """Return a number as people write it: “30”, “0.6”."""
    return f"{value.normalize():f}"

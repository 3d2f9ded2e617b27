"""The rules by which a hall is assessed (考评规则): weights, what counts, who is left out.

They are the hall's own data, each set valid from the first day of a month until the next one
begins; a past month is always counted by the rules of that month (DOMAIN.md 001-14, 4.1, 9.5).
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from desk.rules.assessment_codes import ExclusionReason, NotRated, ResponseBy
from desk.rules.errors import RuleBroken
from desk.rules.wording import label

_WEIGHT = "权重请写 0 到 100。"
_SHARE = "系数请写 0 到 1 之间的数，例如 0.6。"
_BOUNDS = (  # field, the most it may be, what is said otherwise
    ("response", 100, _WEIGHT),
    ("resolution", 100, _WEIGHT),
    ("satisfaction", 100, _WEIGHT),
    ("fairly", 1, _SHARE),
    ("partly", 1, _SHARE),
    ("step", 100, "每低一个百分点扣几分，请写 0 到 100。"),
    ("cap", 100, "最多扣几分，请写 0 到 100；不封顶就空着。"),
    ("decimals", 4, "小数位数请写 0 到 4。"),
)


class DeductionMode(StrEnum):
    """How a gap to the base is turned into points (DOMAIN.md 4.3)."""

    WHOLE_POINTS = "whole_points"  # 整点
    PROPORTIONAL = "proportional"  # 按比例


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRules:
    """How rates are made, from a day on; the weights are the hall's own, no higher office's.

    Attributes:
        response, resolution, satisfaction: weights of the score.
        response_by: by what a case counts as responded to (响应判据).
        fairly: what a 基本满意 is worth; partly: what a 部分解决 is worth; 0 to 1.
        not_rated: what an appellant counts as who could not be reached (未接通、拒评).
        step: points for each percentage point below the base; cap: the most that is deducted.
        adds_points: whether bonus and deduction go into the score, or stand beside it only.
        reasons: for which reasons a case may be excluded (剔除口径).
        decimals: how many decimals are shown.
        ranks: whether units are ranked at all (排名可关).
    """

    name: str = "缺省 2026-01-01"
    valid_from: date = date(2026, 1, 1)
    response: Decimal = Decimal(30)
    resolution: Decimal = Decimal(35)
    satisfaction: Decimal = Decimal(35)
    response_by: ResponseBy = ResponseBy.ASKED
    fairly: Decimal = Decimal("0.6")
    partly: Decimal = Decimal(0)
    not_rated: NotRated = NotRated.LEFT_OUT
    step: Decimal = Decimal("0.1")
    mode: DeductionMode = DeductionMode.WHOLE_POINTS
    cap: Decimal | None = None
    adds_points: bool = False
    reasons: tuple[ExclusionReason, ...] = tuple(ExclusionReason)
    decimals: int = 2
    ranks: bool = True


SEED = RateRules()


@dataclass(frozen=True, slots=True)
class RulesByMonth:
    """Every set of rules of a hall, in the order in which they came into force."""

    sets: tuple[RateRules, ...] = (SEED,)

    def on(self, day: date) -> RateRules:
        """Return the rules of a day; days before the first set are counted by it."""
        starts = [one.valid_from for one in self.sets]
        return self.sets[max(bisect_right(starts, day) - 1, 0)]

    def within(self, first: date, last: date) -> tuple[RateRules, ...]:
        """Return every set that counts for a day of a period, in their order."""
        until = self.sets.index(self.on(last)) + 1
        return self.sets[self.sets.index(self.on(first)) : until]

    def say(self, first: date, last: date) -> str:
        """Return the names of the rules that a period is counted by."""
        return "；".join(one.name for one in self.within(first, last))


def rules_by_month(values: Sequence[Mapping[str, Any]]) -> RulesByMonth:
    """Return the sets that are stored as plain data; until the first of them our seed counts."""
    own = sorted((rules_of(value) for value in values), key=lambda one: one.valid_from)
    is_replaced = own and own[0].valid_from <= SEED.valid_from
    return RulesByMonth(tuple(own) if is_replaced else (SEED, *own))


def rules_of(value: Mapping[str, Any]) -> RateRules:
    """Return rules that are stored as plain data; what was not known then has our seed.

    Raises:
        RuleBroken: a value is none, beside its field.
    """
    known = {one.name for one in fields(RateRules)}
    given = {key: _read(key, said) for key, said in value.items() if key in known}
    rules = RateRules(**given)
    require_sound(rules)
    return rules


def plain_rules(rules: RateRules) -> dict[str, Any]:
    """Return rules as plain data."""
    return {one.name: _plain(getattr(rules, one.name)) for one in fields(rules)}


def require_sound(rules: RateRules) -> None:
    """Raise RuleBroken unless rules make sense, beside the field that does not."""
    if not rules.name.strip():
        raise RuleBroken("请给这套考评规则起个名字，例如“2027 年度”。", field="name")
    if rules.valid_from.day != 1:
        raise RuleBroken("考评规则从某月 1 日起用，月中不换。", field="valid_from")
    for field, most, sentence in _BOUNDS:
        value = getattr(rules, field)
        if value is not None and not 0 <= value <= most:
            raise RuleBroken(sentence, field=field)
    if not rules.response + rules.resolution + rules.satisfaction:
        raise RuleBroken("三项权重不能都是 0。", field="response")


def say_differences(old: RateRules, new: RateRules) -> list[str]:
    """Say what a new set changes, one line each: “基本满意的系数：0.6 → 0.8”."""
    return [
        f"{words}：{_shown(getattr(old, name))} → {_shown(getattr(new, name))}"
        for name, words in ((one.name, RULE_WORDS.get(one.name)) for one in fields(RateRules))
        if words and getattr(old, name) != getattr(new, name)
    ]


MODE_WORDS = {DeductionMode.WHOLE_POINTS: "整点", DeductionMode.PROPORTIONAL: "按比例"}
RULE_WORDS = {
    "response": "响应率的权重",
    "resolution": "解决率的权重",
    "satisfaction": "满意率的权重",
    "response_by": "响应的判据",
    "fairly": "基本满意的系数",
    "partly": "部分解决的系数",
    "not_rated": "未接通、拒评",
    "step": "每低一个百分点扣分",
    "mode": "不足一个百分点",
    "cap": "最多扣分",
    "adds_points": "加分、扣分计入得分",
    "reasons": "剔除理由",
    "decimals": "小数位数",
    "ranks": "单位排名",
}


def _read(key: str, said: Any) -> Any:
    """Return one value from plain data: text, number, switch or list."""
    try:
        match getattr(SEED, key):
            case date():
                return date.fromisoformat(str(said))
            case ResponseBy() | NotRated() | DeductionMode() as seed:
                return type(seed)(said)
            case tuple():
                return tuple(ExclusionReason(code) for code in said)
            case bool() | str():
                return said
            case int():
                return int(said)
            case _:
                return None if said is None else Decimal(str(said))
    except (ValueError, InvalidOperation, TypeError) as error:
        raise RuleBroken(f"“{said}”看不懂，请核对。", field=key) from error


def _plain(value: Any) -> Any:
    match value:
        case Decimal() | date():
            return str(value)
        case tuple():
            return [code.value for code in value]
        case StrEnum():
            return value.value
        case _:
            return value


def _shown(value: Any) -> str:
    match value:
        case None:
            return "不封顶"
        case DeductionMode():
            return MODE_WORDS[value]
        case StrEnum():
            return label(value)
        case bool():
            return "开" if value else "关"
        case tuple():
            return "、".join(label(code) for code in value) or "无"
        case _:
            return str(value)

"""A month is counted by the rules of that month, and rules are the hall's own data (考评规则)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desk.rules.assessment_codes import ExclusionReason, NotRated, ResponseBy
from desk.rules.errors import RuleBroken
from desk.rules.rate_rules import (
    SEED,
    DeductionMode,
    RateRules,
    RulesByMonth,
    plain_rules,
    rules_by_month,
    rules_of,
    say_differences,
)
from desk.rules.wording import label

OWN = RateRules(
    name="2026 下半年",
    valid_from=date(2026, 7, 1),
    response_by=ResponseBy.IN_TIME,
    fairly=Decimal("0.8"),
    not_rated=NotRated.DISSATISFIED,
    mode=DeductionMode.PROPORTIONAL,
    cap=Decimal(5),
    adds_points=True,
    reasons=(ExclusionReason.ELSEWHERE,),
    decimals=1,
    ranks=False,
)


def test_what_is_stored_is_read_back_as_it_was():
    assert rules_of(plain_rules(SEED)) == SEED
    assert rules_of(plain_rules(OWN)) == OWN


def test_a_set_from_an_older_program_has_our_seed_where_it_says_nothing():
    assert rules_of({"name": "旧", "fairly": "0.5", "gone": 1}) == replace(
        SEED, name="旧", fairly=Decimal("0.5")
    )


def test_a_past_month_is_counted_by_the_rules_of_that_month():
    rules = rules_by_month([plain_rules(OWN), plain_rules(SEED)])
    assert rules.on(date(2026, 6, 30)) == SEED
    assert rules.on(date(2026, 7, 1)) == OWN
    assert rules.on(date(2025, 1, 1)) == SEED
    assert rules.within(date(2026, 6, 1), date(2026, 6, 30)) == (SEED,)
    assert rules.within(date(2026, 6, 1), date(2026, 7, 31)) == (SEED, OWN)
    assert rules.say(date(2026, 6, 1), date(2026, 7, 31)) == "缺省 2026-01-01；2026 下半年"
    assert rules_by_month([]) == RulesByMonth()
    assert rules_by_month([plain_rules(OWN)]) == rules  # until then our seed counts


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("valid_from", "2026-07-15"),
        ("valid_from", "七月"),
        ("response", "101"),
        ("response", "-1"),
        ("fairly", "1.1"),
        ("partly", "多半"),
        ("not_rated", "whatever"),
        ("step", "200"),
        ("cap", "-1"),
        ("reasons", ["whatever"]),
        ("reasons", 7),
        ("decimals", 9),
        ("decimals", "两位"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_beside_its_field(field, value):
    with pytest.raises(RuleBroken) as refused:
        rules_of({field: value})
    assert refused.value.field == field


def test_weights_may_not_all_be_nothing():
    with pytest.raises(RuleBroken, match="不能都是 0"):
        rules_of({"response": 0, "resolution": 0, "satisfaction": 0})


def test_what_a_new_set_changes_is_said_line_by_line():
    assert say_differences(SEED, SEED) == []
    assert say_differences(SEED, OWN) == [
        "响应的判据：回访口径 → 1030 口径",
        "基本满意的系数：0.6 → 0.8",
        "未接通、拒评：不进分母 → 按不满意计",
        "不足一个百分点：整点 → 按比例",
        "最多扣分：不封顶 → 5",
        "加分、扣分计入得分：关 → 开",
        f"剔除理由：{'、'.join(label(one) for one in ExclusionReason)} → 非本辖区",
        "小数位数：2 → 1",
        "单位排名：开 → 关",
    ]
    assert say_differences(SEED, replace(SEED, reasons=()))[0].endswith("→ 无")

"""A day on which something is due is read as people write it, and lies ahead."""

from datetime import date

import pytest

from desk.rules.day_words import read_coming_day, read_near_day
from desk.rules.errors import RuleBroken

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("今天", TODAY),
        (" 明天 ", date(2026, 11, 23)),
        ("后天", date(2026, 11, 24)),
        ("11-22", TODAY),
        ("12.1", date(2026, 12, 1)),
        ("1月31日", date(2027, 1, 31)),
        ("2026-11-2", date(2026, 11, 2)),
        ("２０２７年２月５日", date(2027, 2, 5)),
    ],
)
def test_a_day_without_a_year_is_the_next_such_day(written, meant):
    assert read_coming_day(written, TODAY) == meant


@pytest.mark.parametrize("written", ["", "下周", "13-1", "2-30"])
def test_what_is_no_day_is_refused_beside_its_field(written):
    with pytest.raises(RuleBroken, match="看不懂") as refusal:
        read_coming_day(written, TODAY, field="plan")
    assert refusal.value.field == "plan"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("今天", TODAY),
        ("昨天", date(2026, 11, 21)),
        ("明天", date(2026, 11, 23)),
        ("11-2", date(2026, 11, 2)),
        ("1-31", date(2027, 1, 31)),
        ("2025-1-31", date(2025, 1, 31)),
    ],
)
def test_a_day_of_a_plan_is_the_nearest_such_day(written, meant):
    assert read_near_day(written, TODAY, field="starts_on") == meant


@pytest.mark.parametrize("written", ["下周", "2-30", "2026-13-1"])
def test_a_day_of_a_plan_that_is_none_is_refused_beside_its_field(written):
    with pytest.raises(RuleBroken) as refused:
        read_near_day(written, TODAY, field="starts_on")
    assert refused.value.field == "starts_on"

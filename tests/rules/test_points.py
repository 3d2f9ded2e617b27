"""Points for a unit and a month are read, said and refused in words (加分、扣分)."""

from datetime import date

import pytest

from desk.rules.errors import RuleBroken
from desk.rules.points import read_points, require_points, say_points

GIVEN = {
    "month": "2026-11",
    "today": date(2026, 11, 2),
    "reason": "专题经验获通报表扬",
    "evidence": "市中心通报第 7 期",
}


@pytest.mark.parametrize(
    ("text", "hundredths", "said"),
    [("0.2", 20, "+0.20"), (" 1 ", 100, "+1.00"), ("-0.25", -25, "-0.25"), ("－3", -300, "-3.00")],
)
def test_points_are_kept_in_hundredths(text, hundredths, said):
    assert read_points(text) == hundredths
    assert say_points(hundredths) == said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("两分", "看不懂"),
        ("", "看不懂"),
        ("0.125", "两位小数"),
        ("Infinity", "两位小数"),
        ("0", "不能是 0"),
        ("100.01", "-100 到 100"),
    ],
)
def test_what_is_no_number_of_points_is_refused(text, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        read_points(text)
    assert refused.value.field == "points"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"month": "2026-13"}, "month"),
        ({"month": "2026-12"}, "month"),
        ({"reason": " "}, "reason"),
        ({"evidence": "有"}, "evidence"),
    ],
)
def test_points_need_a_month_that_has_begun_a_reason_and_evidence(changed, field):
    require_points(**GIVEN)
    with pytest.raises(RuleBroken) as refused:
        require_points(**(GIVEN | changed))
    assert refused.value.field == field

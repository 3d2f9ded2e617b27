"""When a mediator is on duty: written by people, kept by weekday."""

import pytest

from desk.rules.duty_hours import read_duty, say_duty
from desk.rules.errors import RuleBroken


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", {}),
        ("周四 9:00-12:00", {"3": "9:00-12:00"}),
        (
            "周一至周三 09:00-12:00，14:00-18:00；周六 09:00-11:00",
            {**dict.fromkeys("012", "09:00-12:00,14:00-18:00"), "5": "09:00-11:00"},
        ),
        ("星期一、三、周五到周天 14：00—18：00", dict.fromkeys("02456", "14:00-18:00")),
    ],
)
def test_what_is_written_is_kept_by_weekday(written, kept):
    assert read_duty(written) == kept
    assert read_duty(say_duty(kept)) == kept


def test_days_in_a_row_are_said_as_one():
    duty = {**dict.fromkeys("014", "09:00-12:00"), "5": "14:00-18:00"}
    assert say_duty(duty) == "周一至周二 09:00-12:00；周五 09:00-12:00；周六 14:00-18:00"


@pytest.mark.parametrize(
    "written",
    [
        "天天",
        "周一 早上",
        "周一 12:00-09:00",
        "周一 25:00-26:00",
        "周五至周一 09:00-12:00",
        "周一二 09:00-12:00",
        "周一至二三 09:00-12:00",
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_field(written):
    with pytest.raises(RuleBroken, match="看不懂，请写成") as refused:
        read_duty(written)
    assert refused.value.field == "duty"

"""Opening hours are written as people write them, and read the same way again."""

from datetime import time

import pytest

from desk.rules.errors import RuleBroken
from desk.rules.opening_hours import hours_of, say_hours, say_week, usual_hours, week_of
from desk.rules.working_days import ALL_DAY, CLOSED, HALL_HOURS

MORNING = ((time(9), time(12)),)
LATE = ((time(9), time(12)), (time(14), time(20)))
USUAL_WEEK = (HALL_HOURS,) * 5 + (CLOSED, CLOSED)


@pytest.mark.parametrize(
    ("written", "week"),
    [
        ("09:00-12:00,14:00-18:00", USUAL_WEEK),
        ("０９：００—１２：００，１４：００～１８：００", USUAL_WEEK),
        ("周一至周五 9:00-12:00、14:00-18:00。", USUAL_WEEK),
        ("工作日 14:00至18:00，09:00到12:00", USUAL_WEEK),
        (
            "周一至周五 09:00-12:00,14:00-18:00；周三 09:00-12:00,14:00-20:00；周六 09:00-12:00",
            (*USUAL_WEEK[:2], LATE, *USUAL_WEEK[3:5], MORNING, CLOSED),
        ),
        (
            "09:00-12:00,14:00-18:00\n星期二、星期四休息；礼拜天 全天",
            (HALL_HOURS, CLOSED, HALL_HOURS, CLOSED, HALL_HOURS, CLOSED, ALL_DAY),
        ),
        ("每天 24 小时；周末 09:00-12:00", (ALL_DAY,) * 5 + (MORNING,) * 2),
        ("周六、天 00:00-24:00", (CLOSED,) * 5 + (ALL_DAY,) * 2),
    ],
)
def test_a_week_is_read_as_it_is_written(written, week):
    assert week_of(written) == week
    assert week_of(say_week(week)) == week


def test_a_week_is_said_shortly():
    said = "周一至周二 09:00-12:00,14:00-18:00；周三 09:00-12:00,14:00-20:00；周六 00:00-24:00"
    week = (HALL_HOURS, HALL_HOURS, LATE, CLOSED, CLOSED, ALL_DAY, CLOSED)
    assert say_week(week) == said
    assert say_hours(CLOSED) == "休息"


@pytest.mark.parametrize(
    "written",
    [
        "早上九点",
        " ",
        "周一至周五",
        "周五至周一 09:00-12:00",
        "周一二 09:00-12:00",
        "周一 12:00-09:00",
        "周一 09:00-25:00",
        "周一 09:00-09:75",
        "周一 09:60-10:00",
        "周一 09:00-12:00,11:00-13:00",
        "周八 09:00-12:00",
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(written):
    with pytest.raises(RuleBroken, match="看不懂，或时段有重叠。请写成“周一至周五") as refused:
        week_of(written, "hours")
    assert refused.value.field == "hours"


def test_a_hall_that_never_opens_is_refused():
    with pytest.raises(RuleBroken, match="没有一天开放"):
        week_of("周一至周日 休息")


def test_one_day_has_its_hours():
    assert hours_of("9:00-12:00，14：00—18：00") == HALL_HOURS
    for written in ("休息", "", "上午"):
        with pytest.raises(RuleBroken, match="看不懂") as refused:
            hours_of(written)
        assert refused.value.field == "value"


def test_a_day_to_which_work_was_moved_has_the_hours_of_most_days():
    assert usual_hours(week_of("周一至周五 09:00-12:00；周三 全天；周六 全天")) == MORNING
    assert usual_hours(week_of("周六 全天")) == HALL_HOURS

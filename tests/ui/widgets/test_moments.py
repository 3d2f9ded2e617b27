"""Moments are typed the way they are said."""

from datetime import datetime

import pytest

from desk.rules.moments import SHANGHAI
from desk.ui.widgets.checked_field import Check
from desk.ui.widgets.moment_edit import MomentEdit
from desk.ui.widgets.moment_text import read_moment, write_moment

NOW = datetime(2026, 11, 23, 9, 46, 18, tzinfo=SHANGHAI)


def at(month, day, hour, minute, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0942", at(11, 23, 9, 42)),
        ("942", at(11, 23, 9, 42)),
        ("9:42", at(11, 23, 9, 42)),
        ("９：４２", at(11, 23, 9, 42)),
        ("9.42", at(11, 23, 9, 42)),
        ("9点", at(11, 23, 9, 0)),
        ("9点半", at(11, 23, 9, 30)),
        ("下午3点05分", at(11, 23, 15, 5)),
        ("昨天 15:30", at(11, 22, 15, 30)),
        ("昨天下午 3:30", at(11, 22, 15, 30)),
        ("前天0800", at(11, 21, 8, 0)),
        ("11-20 9:05", at(11, 20, 9, 5)),
        ("11月20日 9:05", at(11, 20, 9, 5)),
        ("2026-11-20 09:05", at(11, 20, 9, 5)),
        ("2025年12月31日23:59", at(12, 31, 23, 59, 2025)),
        ("明天 10:00", at(11, 24, 10, 0)),
        ("周一 9:30", at(11, 23, 9, 30)),
        ("周五1430", at(11, 27, 14, 30)),
        ("下周四 上午9点", at(12, 3, 9, 0)),
        ("上周日 9:00", at(11, 22, 9, 0)),
        ("现在", at(11, 23, 9, 46)),
        ("10分钟前", at(11, 23, 9, 36)),
        ("2小时前", at(11, 23, 7, 46)),
    ],
)
def test_a_moment_is_read(typed, meant):
    assert read_moment(typed, NOW) == meant


def test_a_weekday_has_passed_where_only_the_past_counts():
    assert read_moment("星期五 9:30", NOW, looks_back=True) == at(11, 20, 9, 30)
    assert read_moment("周一 9:30", NOW, looks_back=True) == at(11, 23, 9, 30)


@pytest.mark.parametrize(
    "typed", ["", "abc", "周八 9:00", "25:00", "0960", "11-31 9:00", "2-30 0900", "昨天", "9"]
)
def test_what_means_no_moment_is_not_guessed(typed):
    assert read_moment(typed, NOW) is None


def test_in_january_a_day_in_december_was_last_year():
    january = at(1, 3, 8, 0, 2027)
    assert read_moment("12-30 16:00", january) == at(12, 30, 16, 0)
    assert read_moment("1-2 16:00", at(12, 30, 8, 0)) == at(1, 2, 16, 0, 2027)


def test_what_is_written_back_is_read_again():
    for moment in (at(11, 23, 9, 42), at(11, 22, 0, 0), at(3, 5, 23, 59), at(11, 24, 8, 0)):
        assert read_moment(write_moment(moment, NOW), NOW) == moment


@pytest.fixture
def field(qtbot):
    made = MomentEdit("发生时间", lambda: NOW, past_only=True, required=True)
    qtbot.addWidget(made)
    return made


def test_the_field_shows_in_full_what_it_has_understood(qtbot, field):
    with qtbot.waitSignal(field.moment_changed) as changed:
        field.set_text("昨天1530")
    assert changed.args == [at(11, 22, 15, 30)]
    assert field.text() == "昨天 15:30"
    assert field.state().sentence == "2026 年 11 月 22 日 星期日 15:30"


def test_the_field_refuses_a_moment_to_come_and_keeps_the_text(field):
    field.set_text("23:50")
    assert field.state().state is Check.BAD
    assert field.moment() is None
    assert field.text() == "23:50"


def test_the_field_says_how_to_write_when_it_has_not_understood(field):
    field.set_text("上周")
    assert field.state().state is Check.BAD
    assert "0942" in field.state().sentence


def test_a_required_moment_is_asked_for(field):
    assert field.check_now().sentence == "请填写发生时间。"
    field.set_moment(at(11, 20, 9, 5))
    assert field.text() == "2026-11-20 09:05"
    field.set_moment(None)
    assert field.moment() is None

"""Shift+F4: a limit is counted while somebody waits for the answer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desk.actions.administration import SetSetting
from desk.rules.codes import SpanUnit
from desk.ui.time_tool import TimeTool
from desk.ui.widgets.checked_field import Check


@pytest.fixture
def tool(qtbot, sqlite_hall, desk_of):
    """The tool as it opens on Thursday, 24 September 2026, at ten in the morning."""
    sqlite_hall.clock.set("2026-09-24 10:00")
    made = TimeTool(desk_of("李敏"))
    qtbot.addWidget(made)
    made.open_tool()
    qtbot.waitUntil(lambda: "写下起算时间" in made.result() or "起算" in made.result())
    qtbot.waitUntil(lambda: made._calendar is not None)
    return made


def type_into(field, text):
    field.edit.setFocus()
    field.edit.setText(text)  # words come in whole, as from an input method
    QTest.keyClick(field.edit, Qt.Key.Key_Return)


def test_three_working_days_skip_the_moon_festival_and_say_so(tool):
    type_into(tool._amount, "3")

    assert tool.result() == (
        "到期：2026 年 9 月 30 日（周三）18:00\n"
        "算进去的日子：9 月 28 日至 30 日。不算的日子（休息日、暂停）：9 月 25 日至 27 日。"
    )

    QTest.keyClick(tool, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == tool.result()


def test_digits_choose_the_unit_and_only_calendar_days_may_roll_over(tool):
    assert not tool._rolls.isVisible()
    type_into(tool._amount, "8")

    QTest.keyClicks(tool._unit.focusProxy(), "6")

    assert tool._unit.value() is SpanUnit.DAY
    assert "2026 年 10 月 2 日（周五）24:00" in tool.result()

    tool._rolls.click()

    assert "2026 年 10 月 8 日（周四）24:00" in tool.result()


def test_a_pause_moves_the_end_and_one_that_cannot_be_read_is_refused_beside_its_field(tool):
    type_into(tool._amount, "1")
    type_into(tool._pauses, "9-28 9:00 到 9-29 12:00")
    assert "9 月 29 日（周二）18:00" in tool.result()

    type_into(tool._pauses, "昨天以前")

    assert tool._pauses.state().state is Check.BAD
    assert tool.result().startswith("没看懂“昨天以前”。")


@pytest.mark.parametrize("typed", ["三", "0", "1.5", "99999"])
def test_a_number_that_cannot_be_used_is_refused_beside_its_field(tool, typed):
    type_into(tool._amount, typed)

    assert tool._amount.state().state is Check.BAD
    assert tool.result() == "写下起算时间和时限，这里就有到期时间。"
    assert not tool._copy.isEnabled()


def test_a_year_without_holidays_is_said_beside_the_date(tool):
    type_into(tool._start, "2026-12-31 10:00")
    type_into(tool._amount, "3")

    assert "2027 年节假日表未更新" in tool.result()


def test_counting_back_says_so(tool):
    type_into(tool._amount, "-2")

    assert tool.result().startswith("往前推到：2026 年 9 月 22 日（周二）18:00")


def test_the_hall_s_own_hours_count(qtbot, tool, sqlite_hall, desk_of):
    sqlite_hall.sign_in("许诺").carry_out(
        SetSetting(**sqlite_hall.by("许诺"), key="opening_hours", value="08:30-12:00,13:00-17:00")
    )
    type_into(tool._amount, "1")
    tool.open_tool()

    qtbot.waitUntil(lambda: "9 月 28 日（周一）17:00" in tool.result())


def test_many_years_without_holidays_are_said_once(tool):
    type_into(tool._start, "2030-01-01 10:00")
    type_into(tool._amount, "999")

    assert tool.result().count("节假日表未更新") == 1
    assert tool.result().endswith("往后 3 年也一样。")

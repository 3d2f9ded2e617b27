"""The administrator goes through the months by keys, decides days, and pastes the yearly notice."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.calendar import SetCalendarDay
from desk.store.models import CalendarDay, CalendarNotice
from desk.ui.admin.calendar_section import CalendarSection
from desk.ui.admin_screen import AdminScreen
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.checked_field import Check
from tests.rules.notices import NOTICE_2027
from tests.ui.small_screen import HEIGHT, WIDTH, cut, main_buttons

K = Qt.Key


def rest(qtbot, page):
    qtbot.waitUntil(lambda: not page.desk.tasks.is_busy, timeout=20_000)


@pytest.fixture
def part(qtbot, desk_of, sqlite_hall):
    """Open 工作日历 on Monday 2 November 2026, the keyboard in the month."""
    sqlite_hall.clock.set("2026-11-02 09:00")
    opened = CalendarSection(desk_of("周航"))
    qtbot.addWidget(opened)
    opened.resize(1030, 660)
    opened.show()
    opened.arrive()
    rest(qtbot, opened)
    opened.sheet.setFocus()
    yield opened
    opened.close()


@pytest.fixture
def press(qtbot, part):
    """Press keys where the keyboard is, each after the one before was answered."""

    def keys(*wanted):
        for key in wanted:
            qtbot.keyClick(part.focusWidget() or part, key)
            rest(qtbot, part)

    return keys


def rows(hall, table):
    with Session(hall.engine) as session:
        return session.scalars(select(table)).all()


def shown(part):
    view = part.sheet.view()
    return None if view is None else view.day


def test_arrows_page_keys_and_home_go_through_days_and_months(part, press):
    assert shown(part) == date(2026, 11, 2)
    press(K.Key_Left, K.Key_Left)
    assert shown(part) == date(2026, 10, 31)
    press(K.Key_Down)
    assert shown(part) == date(2026, 11, 7)
    press(K.Key_PageDown, K.Key_PageDown)
    assert shown(part) == date(2027, 1, 1)
    press(K.Key_PageUp)
    assert shown(part) == date(2026, 12, 1)
    press(K.Key_Home)
    assert shown(part) == date(2026, 11, 2)


def test_a_month_is_read_out_with_its_holidays_and_counts_its_working_days(qtbot, part):
    part.go_to(date(2026, 10, 1))
    rest(qtbot, part)
    cell = part.sheet.currentIndex()
    said = part.sheet.cells.data(cell, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "10 月 1 日 星期四，国庆节放假"
    rest_of = [chip.accessibleDescription() for chip in part.months.chips()]
    assert rest_of[9] == "18 个工作日"


def test_a_day_is_closed_by_keys_and_given_back(qtbot, part, press, sqlite_hall):
    said = []
    part.said.connect(said.append)
    press(K.Key_Down, K.Key_Return, K.Key_2)
    qtbot.keyClick(part.focusWidget(), K.Key_Return, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, part)
    assert part.form.reason.state().state is Check.BAD
    assert "请写明原因" in part.form.reason.state().sentence
    part.form.reason.set_text("停电检修")
    part.form.last.set_text("2026-11-10")
    part.form.save.click()
    rest(qtbot, part)
    assert [row.day.day for row in rows(sqlite_hall, CalendarDay)] == [9, 10]
    assert said[0].startswith("已设本街道关闭 11 月 9 日（周一）至 10 日（周二），2 天。")
    assert part.form.facts.text() == "本街道关闭：停电检修。"
    assert "到期时间都不变" in part.effect.box.words.text()
    assert shown(part) == date(2026, 11, 9)

    press(K.Key_Return, K.Key_1)
    assert part.form.save.text() == "恢复照日历"
    part.form.save.click()
    rest(qtbot, part)
    assert [row.day.day for row in rows(sqlite_hall, CalendarDay)] == [10]


def test_what_was_written_for_a_day_is_there_again_when_one_comes_back(part, press):
    press(K.Key_Return, K.Key_3)
    part.form.reason.set_text("接访加班")
    press(K.Key_Escape)
    assert part.sheet.hasFocus()
    press(K.Key_Right)
    assert part.form.reason.text() == ""
    press(K.Key_Left)
    assert part.form.reason.text() == "接访加班"
    assert part.form.hours.isVisible()


def test_a_holiday_is_worked_in_turn_and_what_is_wrong_is_said_beside_its_field(
    qtbot, part, sqlite_hall
):
    part.go_to(date(2026, 10, 2))
    rest(qtbot, part)
    assert part.form.facts.text() == "国庆节放假。"
    part.form.way.chips()[2].click()
    part.form.reason.set_text("节假日轮值")
    part.form.last.set_text("明天")
    part.form.save.click()
    assert "看不懂" in part.form.last.state().sentence
    part.form.last.set_text("")
    part.form.hours.set_text("上午")
    part.form.save.click()
    rest(qtbot, part)
    assert "看不懂" in part.form.hours.state().sentence
    part.form.hours.set_text("9:00-12:00")
    part.form.save.click()
    rest(qtbot, part)
    (row,) = rows(sqlite_hall, CalendarDay)
    assert (row.day, row.hours) == (date(2026, 10, 2), "09:00-12:00")
    assert part.form.facts.text() == "本街道开放：节假日轮值，09:00-12:00。"


def test_a_notice_is_read_while_it_is_pasted_and_saved_only_as_shown(qtbot, part, sqlite_hall):
    said = []
    part.said.connect(said.append)
    part.show_notice()
    rest(qtbot, part)
    page = part.notice
    page.submit()
    assert said == ["还没有读懂的年份，不能保存。"]
    page.text.set_text(NOTICE_2027.replace("1月1日（周五）", "1月1日（周四）"))
    assert "写的星期不对" in page.words.text()
    assert not page.save.isEnabled()
    page.text.set_text(NOTICE_2027)
    assert page.table()[0] == ("元旦", "1 月 1 日（周五）至 3 日（周日），3 天", "")
    assert page.save.text() == "保存 2027 年"
    page.save.click()
    rest(qtbot, part)
    assert [row.year for row in rows(sqlite_hall, CalendarNotice)] == [2027]
    assert shown(part) == date(2027, 1, 1)
    assert said[1] == "已导入 2027 年放假通知。"

    part.show_notice()
    rest(qtbot, part)
    page.text.set_text(NOTICE_2027)
    assert "与现在的节假日表一样" in page.words.text()
    page.text.set_text(NOTICE_2027.replace("放假1天，不调休", "放假"))
    qtbot.keyClick(page.text, K.Key_Escape)
    rest(qtbot, part)
    part.show_notice()
    assert page.text.text()


def test_a_calendar_file_is_opened_in_place_of_pasting(qtbot, part, tmp_path):
    part.show_notice()
    rest(qtbot, part)
    page, file = part.notice, tmp_path / "2026.json"
    file.write_text('{"holidays": ["2026-01-01"]}', encoding="utf-8-sig")
    page.read_file(file)
    rest(qtbot, part)
    assert page.table() == [("节假日", "1 月 1 日（周四），1 天", "")]
    assert "保存后以这一份为准" in page.words.text()
    file.write_bytes(b"\xff\xfe")
    page.read_file(file)
    rest(qtbot, part)
    assert "读不了，请确认" in page.words.text()
    file.write_bytes(b" " * (1024 * 1024 + 1))
    page.read_file(file)
    rest(qtbot, part)
    assert "太大，不像是一份日历" in page.words.text()


def test_what_a_new_day_of_rest_does_to_running_limits_is_said_and_done(
    qtbot, part, life, sqlite_hall
):
    life.at("opinion")
    request = SetCalendarDay(
        **part.desk.by_me(), day=date(2026, 11, 3), is_working=False, reason="停水"
    )
    part.desk.act(request, owner=part, done=part._on_saved)
    rest(qtbot, part)
    assert "现有 1 件的到期时间将变化：1 件变晚" in part.effect.box.words.text()
    part.effect.box.begin.click()
    rest(qtbot, part)
    assert part.effect.box.words.text() == "已重算 1 件，1 件的到期时间有变化。"


def test_the_missing_year_is_before_the_administrators_eyes_until_it_is_imported(
    qtbot, desk_of, sqlite_hall
):
    sqlite_hall.clock.set("2026-11-02 09:00")
    screen = AdminScreen(desk_of("许诺"))
    qtbot.addWidget(screen)
    screen.show()
    screen.show_section("工作日历")
    rest(qtbot, screen)
    assert screen.help_page() == "calendar"
    assert not screen.missing_year.isVisible()  # the calendar says so itself
    assert "2027 年节假日表未更新" in screen.section().known_words()
    screen.show_section("单位")
    rest(qtbot, screen)
    assert "2027 年节假日表还没有" in screen.missing_year.words.text()
    assert screen.missing_year.isVisible()
    screen.missing_year.import_wanted.emit()
    rest(qtbot, screen)
    part = screen.section()
    part.notice.text.set_text(NOTICE_2027)
    part.notice.submit()
    rest(qtbot, screen)
    assert "许诺 2026 年 11 月 2 日导入" in part.known_words()
    screen.show_section("单位")
    rest(qtbot, screen)
    assert not screen.missing_year.isVisible()


@pytest.mark.parametrize("name", ["周航", "郑伟"])
def test_dispatchers_and_leaders_keep_the_limits_and_no_registers_of_people(qtbot, desk_of, name):
    screen = AdminScreen(desk_of(name))
    qtbot.addWidget(screen)
    # kept by some of them anyway
    own = {"事项目录", "值班岗位", "答复口径", "导出台账", "走访问卷", "导入台账", "回填模板"}
    assessed = {"考评规则", "加分扣分", "考核申请"}
    assert set(screen.sections) - own == {"时限", "工作日历"} | assessed


def test_dispatchers_are_warned_on_their_start_page_from_november_on(
    qtbot, open_window, sqlite_hall
):
    sqlite_hall.clock.set("2026-10-31 09:00")
    page = open_window("周航").pages.front
    assert not page.missing_year.isVisible()
    sqlite_hall.clock.set("2026-11-01 09:00")
    page = open_window("周航").pages.front
    qtbot.waitUntil(page.missing_year.isVisible, timeout=20_000)
    assert "请在“管理 · 工作日历”导入" in page.missing_year.words.text()


def test_whoever_keeps_the_limits_goes_from_the_warning_to_the_form_that_takes_the_notice(
    qtbot, open_window, sqlite_hall
):
    sqlite_hall.clock.set("2026-11-02 09:00")
    window = open_window("周航")
    warning = window.pages.front.missing_year
    qtbot.waitUntil(warning.isVisible, timeout=20_000)
    go_on = warning.findChild(KeyButton)
    assert go_on.isVisible()
    go_on.click()
    screen = window.pages.front
    rest(qtbot, screen)
    assert screen.section().notice.isVisible()
    screen.section().notice.text.set_text(NOTICE_2027)
    screen.section().notice.submit()
    rest(qtbot, screen)
    assert "周航 2026 年 11 月 2 日导入" in screen.section().known_words()


@pytest.mark.parametrize("part", ["month", "notice"])
def test_on_the_smallest_screen_nothing_of_the_calendar_is_cut(
    qtbot, open_window, sqlite_hall, part
):
    sqlite_hall.clock.set("2026-11-02 09:00")
    window = open_window("许诺")
    window.setMinimumSize(WIDTH, HEIGHT)
    window.resize(WIDTH, HEIGHT)
    page = window.pages.front
    page.show_section("工作日历")
    rest(qtbot, page)
    section = page.section()
    if part == "notice":
        section.show_notice()
        section.notice.text.set_text(NOTICE_2027)
        rest(qtbot, page)
    else:
        section.form.way.chips()[2].click()

    def nothing_is_cut():
        assert cut(section) == []

    qtbot.waitUntil(nothing_is_cut)
    if part == "notice":
        assert all(main_buttons(section).values())

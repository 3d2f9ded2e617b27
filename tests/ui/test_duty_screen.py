"""The roster's page: drawn up with the keyboard, read by everybody."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.roster import SetDuty, SetDutyPost
from desk.store.models import DutyShift, Paper
from desk.ui.widgets.checked_field import Check

MONDAY = date(2026, 11, 2)


@pytest.fixture
def post(sqlite_hall):
    """A post around the clock that 李敏 and 何平 take turns at."""
    turn = tuple(sqlite_hall.person(name).staff_id for name in ("李敏", "何平"))
    request = SetDutyPost(
        **sqlite_hall.by("许诺"),
        name="街道值班室",
        unit=sqlite_hall.unit("信联办"),
        phone="0700-8800110",
        is_round_clock=True,
        turn=turn,
    )
    return sqlite_hall.sign_in("许诺").carry_out(request).made["post"]


@pytest.fixture
def screen(qtbot, post, open_window):
    """The page as the dispatcher opens it, the keyboard on today."""
    return opened(qtbot, open_window("周航"))


def opened(qtbot, window):
    window.pages.go("duty")
    found = window.pages.front
    qtbot.waitUntil(lambda: found.sheet.cell() is not None)
    return found


def settled(qtbot, screen):
    qtbot.waitUntil(lambda: not screen.desk.tasks.is_busy)


def kept(hall):
    with Session(hall.engine) as session:
        rows = session.scalars(select(DutyShift).where(DutyShift.replaced_at.is_(None)))
        return {(row.day.day, row.person) for row in rows}


def test_digits_name_the_usual_people_day_after_day(qtbot, screen, sqlite_hall):
    assert screen.sheet.cell().day == MONDAY

    for digit in (Qt.Key.Key_1, Qt.Key.Key_2):
        QTest.keyClick(screen.sheet, digit)
        settled(qtbot, screen)

    assert kept(sqlite_hall) == {(2, "李敏"), (3, "何平")}
    assert screen.sheet.cell().day == date(2026, 11, 4)


def test_a_name_is_written_with_enter_and_saved_with_the_form_s_key(qtbot, screen, sqlite_hall):
    QTest.keyClick(screen.sheet, Qt.Key.Key_Return)
    assert screen.side.people.edit.hasFocus()
    screen.side.people.set_text("★王磊、李敏（夜）")

    QTest.keyClick(screen.side.people.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, screen)

    assert kept(sqlite_hall) == {(2, "王磊"), (2, "李敏")}
    assert screen.sheet.cell().text == "★王磊、李敏（夜）"


def test_what_is_typed_and_not_saved_stays_with_its_day(qtbot, screen):
    screen.side.people.set_text("李敏")
    QTest.keyClick(screen.sheet, Qt.Key.Key_Down)
    assert screen.side.people.text() == ""

    QTest.keyClick(screen.sheet, Qt.Key.Key_Up)

    assert screen.side.people.text() == "李敏"
    assert screen.side.unsaved() == 1


def test_names_that_cannot_be_read_are_refused_beside_the_field(qtbot, screen, sqlite_hall):
    screen.side.people.set_text("李敏（下午）")
    screen.bar.press("保存这一格")
    settled(qtbot, screen)

    assert screen.side.people.state().state is Check.BAD
    assert "“下午”看不懂" in screen.side.people.state().sentence
    assert (screen.side.people.text(), kept(sqlite_hall)) == ("李敏（下午）", set())


def test_another_desk_s_names_are_never_overwritten(qtbot, screen, post, sqlite_hall):
    theirs = SetDuty(**sqlite_hall.by("冯丽"), post=post, day=MONDAY, people="吴芳")
    sqlite_hall.sign_in("冯丽").carry_out(theirs)
    screen.side.people.set_text("李敏")
    screen.bar.press("保存这一格")
    settled(qtbot, screen)

    assert kept(sqlite_hall) == {(2, "吴芳")}
    assert screen.side.people.text() == "李敏"


def test_turns_fill_the_month_and_space_finds_what_is_left(qtbot, screen, post, sqlite_hall):
    assert len(screen._month.gaps) == 30
    QTest.keyClick(screen.sheet, Qt.Key.Key_Space)
    assert screen.sheet.cell().day == date(2026, 11, 3)

    screen.bar.press("街道值班室按轮值排满")
    settled(qtbot, screen)

    assert len(kept(sqlite_hall)) == 30
    assert screen.side._gaps.text() == "这个月都排上了。"


def test_months_are_turned_and_home_leads_back(qtbot, screen):
    QTest.keyClick(screen.sheet, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: screen._month.first == date(2026, 12, 1))
    QTest.keyClick(screen.sheet, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: screen._month.first == date(2026, 11, 1))
    assert screen.sheet.cell().day == MONDAY


def test_the_month_is_printed_as_it_stands(qtbot, screen, sqlite_hall):
    QTest.keyClick(screen.sheet, Qt.Key.Key_1)
    settled(qtbot, screen)
    screen.bar.press("打印值班表")
    settled(qtbot, screen)

    with Session(sqlite_hall.engine) as session:
        (paper,) = session.scalars(select(Paper).where(Paper.code == "duty-roster"))
    assert paper.row["days"][1]["at"] == ["李敏"]


def test_who_may_not_write_reads_and_prints(qtbot, post, open_window):
    screen = opened(qtbot, open_window("赵强"))

    assert "保存这一格" not in screen.bar.labels()
    assert "打印值班表" in screen.bar.labels()
    assert not screen.side.people.isEnabled()


def test_a_hall_without_posts_is_told_where_to_add_them(qtbot, open_window):
    window = open_window("周航")
    window.pages.go("duty")
    screen = window.pages.front
    qtbot.waitUntil(lambda: screen._month is not None)
    assert screen._stack.currentIndex() == 1

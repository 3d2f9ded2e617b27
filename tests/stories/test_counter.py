"""Small things at the counter that a stranger stumbled over."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from desk.ui.help_window import HANDBOOK, handbook_pages
from tests.stories.life import CLERK, NAME, PHONE, comes_in

Key = Qt.Key


def test_a_name_that_was_brought_is_written_over_not_behind(open_program, sqlite_street_url):
    someone = open_program(sqlite_street_url)
    comes_in(someone)
    someone.dial(PHONE)
    someone.press(Key.Key_Return)  # and only now the name of last time is found
    form = someone.front.work.sheet.form
    assert form.name.text() == NAME
    assert form.name.edit.hasFocus()
    for letter in "罗晓燕":
        someone.say(letter)
        someone.quiet()
    assert form.name.text() == "罗晓燕"


def test_what_is_unfolded_is_in_sight(open_program, sqlite_street_url):
    someone = open_program(sqlite_street_url)
    someone.sign_in(CLERK)
    someone.press(Key.Key_F2)
    someone.press(Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    first = QApplication.focusWidget()
    sheet = someone.front.work.sheet
    view = sheet._scroll.viewport()
    assert sheet.more.isAncestorOf(first)
    assert view.rect().contains(QRect(first.mapTo(view, QPoint(0, 0)), first.size()))


def test_without_a_printer_the_clerk_hears_what_to_do(open_program, sqlite_street_url, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", "/nonexistent/socket")
    someone = open_program(sqlite_street_url)
    number = comes_in(someone)
    assert number
    said = someone.window.messages.kept()[0].sentence
    assert "缺省打印机" in said
    assert "案件已经保存" in said


def test_a_small_screen_is_filled_and_a_large_one_is_not(open_program, sqlite_street_url, qapp):
    frame = open_program(sqlite_street_url).program.frame
    room = frame.screen().availableGeometry()
    frame.fit_screen()
    has_room = room.width() > 1366 and room.height() > 808
    assert frame.isMaximized() is not has_room


def test_the_first_page_of_the_handbook_names_every_page_in_its_order():
    said = (HANDBOOK / "index.md").read_text(encoding="utf-8")
    titles = [title for name, title in handbook_pages() if name not in {"index", "keys"}]
    places = [said.find(f"**{title}**") for title in titles]
    assert -1 not in places
    assert places == sorted(places)
    assert titles[0] == "第一天"

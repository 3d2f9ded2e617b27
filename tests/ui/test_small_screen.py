"""At 150 % on 1366×768 nothing is cut, and what is to be pressed is in sight."""

import pytest
from PySide6.QtCore import Qt

from tests.actions.rooms import FIRST, Rooms
from tests.actions.work import LI, Work
from tests.ui.case_desk import ALT, CTRL, NO
from tests.ui.small_screen import HEIGHT, WIDTH, cut, main_buttons

K = Qt.Key
DAY, WEEK, MONTH = 0, 1, 2


class SmallScreen:
    """Somebody before a window as large as such a screen."""

    def __init__(self, qtbot, window):
        self.qtbot, self.window = qtbot, window
        window.setMinimumSize(WIDTH, HEIGHT)  # as the frame does on such a screen
        window.resize(WIDTH, HEIGHT)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    @property
    def page(self):
        return self.window.pages.front

    def go(self, name):
        self.window.pages.go(name)
        return self.rest()

    def press(self, key, modifier=NO):
        self.qtbot.keyClick(self.window.focusWidget() or self.page, key, modifier)
        return self.rest()

    def rest(self):
        tasks = self.window.desk.tasks
        self.qtbot.waitUntil(lambda: not tasks.is_busy, timeout=15000)
        return self

    def fits(self):
        """Judge the page once its layouts have come to rest."""

        def nothing_is_cut():
            assert cut(self.page) == []

        self.qtbot.waitUntil(nothing_is_cut)
        return all(main_buttons(self.page).values())


@pytest.fixture
def small(qtbot, open_window):
    return lambda name: SmallScreen(qtbot, open_window(name))


@pytest.fixture
def booked(sqlite_hall):
    """A mediation that has a room, on the day that is on show."""
    sqlite_hall.clock.set("2026-11-02 08:00")
    rooms = Rooms(sqlite_hall, sqlite_hall.clock).furnish()
    mediation = rooms.mediation()
    rooms.booked(FIRST, "10:00", "11:00", mediation)
    return mediation


def test_the_counter_has_its_advice_in_a_drawer(small):
    screen = small("李敏").go("intake")
    work = screen.page.work
    assert screen.fits()
    assert work.side.isHidden()

    screen.press(K.Key_J, ALT)
    assert work.side.isVisible()
    assert screen.window.focusWidget().text() == "可能引发舆情"
    screen.press(K.Key_Escape)
    assert work.side.isHidden()
    assert work.sheet.form.phone.edit.hasFocus()

    screen.window.resize(1366, 768)
    assert work.side.isVisible()
    assert not work.foot.advice.isVisible()


def test_a_mediation_is_read_column_by_column(small, booked):
    screen = small("孟瑶")
    screen.window.pages.open_mediation(booked)
    page = screen.rest().page.page
    screen.qtbot.waitUntil(lambda: page.heading.words() != "")
    assert screen.fits()
    assert page.steps.isVisible()
    assert not page.dossier.isVisible()

    page.turn.chips()[-1].click()
    assert page.dossier.isVisible()
    assert not page.steps.isVisible()
    page.lacks.setFocus()
    assert screen.fits()

    screen.press(K.Key_Q, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert screen.page is not page
    assert screen.fits()


def test_the_figures_stand_below_the_filters_and_the_words_on_the_buttons_stay(small, sqlite_hall):
    Work(sqlite_hall, sqlite_hall.clock).register(LI)
    board = small("周航").go("board")
    board.press(K.Key_F, CTRL)
    board.qtbot.waitUntil(lambda: not set(cut(board.page.page.filters)))
    assert cut(board.page.page.found) == []
    board.qtbot.waitUntil(lambda: cut(board.page.page.bar) == [])
    assert small("周航").go("topics").fits()


def test_days_weeks_and_months_of_the_rooms_fit(small, booked):
    screen = small("孟瑶").go("rooms")
    assert screen.fits()
    screen.press(K.Key_N)
    assert screen.fits()
    screen.page.work.form.close_layer()
    for view in (WEEK, MONTH):
        screen.page.choose_view(view)
        assert screen.rest().fits()
        assert screen.page.side.isHidden()
    screen.page.choose_view(DAY)
    assert screen.page.side.isVisible()


def test_the_name_of_a_paper_is_read_whole(small, life):
    life.at("signing", name="林晓燕")
    screen = small("郑伟").go("signoff")
    screen.qtbot.waitUntil(lambda: screen.page.pane.pages.page_count() > 0)
    assert screen.fits()
    name = screen.page.pane.head._text
    assert name.width() >= name.sizeHint().width()

"""What people see when a limit nears: a quiet line, then one that stays; the caret never moves."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desk.actions.administration import SetSetting
from desk.actions.contacts import RecordContact
from desk.rules.codes import ContactResult, Urgency
from desk.settings import change_settings, data_folder
from desk.ui.keys import GlobalKey
from desk.ui.read_marks import ReadMarks

CTRL = Qt.KeyboardModifier.ControlModifier


class Watcher:
    """One person before the window, with a clock that is moved by hand."""

    def __init__(self, qtbot, window, hall):
        self.qtbot, self.window, self.hall = qtbot, window, hall
        self.bundle = window.messages.bundle
        self.sounds = []
        window.reminders._beep = lambda: self.sounds.append("响")
        self.tallies = []
        window.reminders.counted.connect(self.tallies.append)
        self.at()

    def at(self, clock=None):
        """Let it be so late in the hall, and the window's timer ring."""
        if clock is not None:
            self.hall.clock.set(clock)
        self.window.desk.set_time(self.hall.clock())
        self.window.reminders.ask()
        self.rest()

    def rest(self):
        """Wait until everything asked has been answered."""
        reminders = self.window.reminders
        self.qtbot.waitUntil(
            lambda: not (self.window.desk.tasks.is_busy or reminders._is_asking), timeout=20_000
        )

    def lines(self):
        """What stands in the bundle."""
        return [line.text for line in self.bundle.lines()]

    def eight_seconds_later(self):
        """Let the time of the quiet lines be over."""
        self.bundle._on_time_over()

    def bell(self):
        """Open the bell by its key; return what it says."""
        QTest.keySequence(self.window, GlobalKey.REMINDERS)
        return [(row.group, row.head) for row in self.window.bell.rows()]


@pytest.fixture
def watch(qtbot, open_window, sqlite_hall):
    """Open the window for somebody and return who watches it."""

    def sit(name="赵强"):
        return Watcher(qtbot, open_window(name), sqlite_hall)

    return sit


@pytest.fixture
def case(life):
    """A case taken in at nine and accepted four minutes later: 联系 is due at ten past nine."""
    return life.at("accepted")


def seq(life, case):
    return f"{life.case(case).seq:05}"


def writing(watcher):
    """Put the caret into a field of the window, with words half written."""
    field = QLineEdit(watcher.window)
    field.show()
    field.setFocus()
    watcher.qtbot.keyClicks(field, "wo")
    return field


def test_at_four_fifths_one_quiet_line_comes_and_goes(watch, life, case):
    someone = watch()
    assert someone.lines() == []

    someone.at("2026-11-02 09:08")

    assert someone.lines() == [f"{seq(life, case)} 联系 将到期，限 09:10"]
    assert someone.bundle.lines()[0].detail == life.case(case).summary
    someone.eight_seconds_later()
    assert someone.lines() == []
    someone.at("2026-11-02 09:09")
    assert someone.lines() == []  # once is enough
    assert someone.bell() == [("09:08", f"{seq(life, case)} 联系 将到期，限 09:10")]


def test_what_is_over_stays_and_the_caret_stays_where_one_writes(watch, life, case):
    someone = watch()
    field = writing(someone)

    someone.at("2026-11-02 09:11")

    assert someone.lines() == [f"{seq(life, case)} 联系 已超期，限 09:10"]
    someone.eight_seconds_later()
    assert someone.lines() == [f"{seq(life, case)} 联系 已超期，限 09:10"]
    someone.qtbot.keyClicks(QApplication.focusWidget(), "zai")
    assert field.text() == "wozai"
    assert someone.bundle.property("state") == "bad"

    someone.bundle.put_away()
    someone.at("2026-11-02 09:12")
    assert someone.lines() == []


def test_what_was_done_meanwhile_is_not_asked_for_any_more(watch, life, case):
    someone = watch()
    someone.at("2026-11-02 09:11")
    assert someone.lines()

    life.do("赵强", RecordContact, case, result=ContactResult.REACHED)
    someone.at()

    assert someone.lines() == []


def test_several_cases_are_one_line(watch, life):
    someone = watch()
    for _ in range(3):
        life.at("accepted")
        life.hall.clock.set("2026-11-02 09:00")

    someone.at("2026-11-02 09:08")
    assert someone.lines() == ["3 件将到期，最早 09:10"]
    someone.at("2026-11-02 09:11")
    assert someone.lines() == ["3 件已超期，最早 09:10"]
    assert [(tally.over, tally.near) for tally in someone.tallies][-1] == (3, 0)

    assert len(someone.bell()) == 6
    assert someone.lines() == []  # what was looked at behind the bell was read


def test_who_comes_back_gets_one_summary_and_reads_it_once(watch, life):
    for _ in range(2):
        life.at("accepted")
        life.hall.clock.set("2026-11-02 09:00")
    life.hall.clock.set("2026-11-02 09:11")
    life.at("accepted")  # taken in later: it is not near yet
    life.hall.clock.set("2026-11-02 09:20")

    someone = watch()
    assert someone.lines() == ["2 件已超期，1 件将到期，最早 09:10"]
    someone.window.rest()
    assert someone.lines() == []
    someone.window.wake()
    someone.rest()
    assert someone.lines() == ["2 件已超期，1 件将到期，最早 09:10"]

    someone.bundle.put_away()
    someone.rest()
    someone.window.rest()
    someone.window.wake()
    someone.rest()
    assert someone.lines() == []


def test_a_press_on_the_line_opens_the_case_and_so_does_enter_behind_the_bell(watch, life, case):
    someone = watch()
    someone.at("2026-11-02 09:11")
    someone.bundle.lines()[0].on_pressed()
    someone.rest()
    assert someone.window.pages.page.name == "case"
    assert someone.lines() == []

    someone.window.pages.go("start")
    someone.bell()
    QTest.keyClick(someone.window.bell.line, Qt.Key.Key_Return)
    someone.rest()
    assert someone.window.pages.page.name == "case"
    assert someone.window.bell.isHidden()


def test_the_bell_is_searched_by_a_few_words_and_escape_gives_the_caret_back(watch, life, case):
    someone = watch()
    someone.at("2026-11-02 09:11")
    field = writing(someone)
    someone.bell()
    someone.window.bell.search("没有这样的话")
    assert someone.window.bell.rows() == ()
    someone.window.bell.search("联系 超期")
    assert len(someone.window.bell.rows()) == 1
    QTest.keyClick(someone.window.bell.line, Qt.Key.Key_Escape)
    assert field.hasFocus()


def test_a_morning_without_reminders_says_so(watch):
    someone = watch("吴芳")
    assert someone.bell() == []
    assert someone.window.bell._said.text() == "今天还没有提醒。"


def test_at_night_only_urgent_cases_are_said(watch, life):
    life.hall.clock.set("2026-11-02 22:30")
    life.at("accepted")
    life.hall.clock.set("2026-11-02 22:30")
    urgent = life.at("accepted", urgency=Urgency.URGENT)
    someone = watch()

    someone.at("2026-11-02 22:41")

    assert someone.lines() == [f"{seq(life, urgent)} 联系 已超期，限 22:40"]
    assert someone.tallies[-1].over == 2  # counted all the same
    someone.bundle.put_away()
    someone.at("2026-11-03 09:00")
    assert someone.lines() == ["2 件已超期，最早 11 月 2 日 22:40"]


def test_nothing_is_heard_unless_it_was_turned_on_and_nothing_at_night(watch, life, case):
    someone = watch()
    someone.at("2026-11-02 09:08")
    assert someone.sounds == []

    change_settings(reminder_sound=True)
    someone.at("2026-11-02 09:11")
    assert someone.sounds == ["响"]
    someone.at("2026-11-02 09:12")
    assert someone.sounds == ["响"]

    life.hall.clock.set("2026-11-02 22:30")
    life.at("accepted", urgency=Urgency.URGENT)
    someone.at("2026-11-02 22:41")
    assert someone.lines()
    assert someone.sounds == ["响"]


def test_the_sound_is_switched_from_the_palette(watch):
    someone = watch()
    switch = next(a for a in someone.window.palette_box._actions if a.label.startswith("提醒声音"))
    switch.carry_out()
    assert "到期提醒会响一声，夜间不响。" in someone.window._status.text()
    switch.carry_out()
    assert "到期提醒不再出声。" in someone.window._status.text()


def test_the_timer_waits_for_the_next_moment_and_not_a_second_less(watch, case):
    someone = watch()  # nine o'clock and four minutes; 联系 is near at 09:08
    left = someone.window.reminders._next.remainingTime()
    assert 235_000 < left <= 241_000


def test_marks_outlive_the_window_and_a_damaged_file_is_no_trouble(watch, life, case):
    someone = watch()
    someone.at("2026-11-02 09:08")
    someone.rest()
    marks = ReadMarks(someone.window.desk.person.staff_id)
    assert [mark.split()[1] for mark in marks.load()] == ["near"]

    file = data_folder() / "reminders" / f"{someone.window.desk.person.staff_id}.json"
    for damaged in ("{", json.dumps({"a": 1})):
        file.write_text(damaged, encoding="utf-8")
        assert marks.load() == ()
    file.unlink()
    file.mkdir()  # nothing can be written there
    marks.add({"clock:1 over"})
    assert marks.load() == ()


def test_while_the_database_is_away_nothing_is_said_and_it_looks_again_later(watch, life, case):
    someone = watch()
    someone.window.reminders._is_asking = True
    someone.window.reminders._on_failure(None)
    assert someone.window.reminders._next.isActive()
    someone.at("2026-11-02 09:11")
    assert len(someone.lines()) == 1


def test_a_hall_without_quiet_hours_hears_its_reminders_when_it_is_open(watch, life):
    facts = {"key": "opening_hours", "value": "18:00-23:00"}
    life.hall.sign_in("许诺").carry_out(SetSetting(**life.hall.by("许诺"), **facts))
    life.hall.clock.set("2026-11-02 20:00")
    life.at("accepted")
    someone = watch()
    someone.at("2026-11-02 20:11")
    assert len(someone.lines()) == 1

"""The page 调解室 by keys: booking, being refused and helped, moving, series, what expires."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.mediators import SetMediatorTie
from desk.rules.booking_troubles import BookingTrouble
from desk.rules.bookings import SLOT
from desk.rules.mediation_codes import BookingStatus, TieKind
from desk.store.models import Paper
from desk.store.requests import Changes
from desk.ui.drafts import drafts_of
from desk.ui.preview import PaperPreview
from desk.ui.rooms.arranging import Mode
from desk.ui.rooms.block_paint import drawn_as
from desk.ui.rooms.day_sheet import Place, marked_title, spoken_booking
from desk.ui.rooms_screen import RoomsScreen
from desk.ui.theme import tokens
from desk.ui.widgets.verb_dialog import VerbDialog
from tests.actions.rooms import CAUCUS, FIRST, GU, LAO_LIANG, MENG, QIAN, SECOND, STUDIO, Rooms, at
from tests.ui.before_page import BeforePage

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NO = Qt.KeyboardModifier.NoModifier
DAY, WEEK, MONTH = 0, 1, 2


class AtRooms(BeforePage):
    """Somebody before the rooms' page."""

    def __init__(self, qtbot, desk, rooms):
        self.rooms = rooms
        super().__init__(qtbot, desk, rooms, RoomsScreen(desk))
        self.grid, self.form = self.page.grid, self.page.side.form.form
        for pause in (self.page.reading._soon, self.page.work.form._check):
            pause.setInterval(0)
        self.grid.setFocus()

    def is_busy(self):
        return self.page.reading._soon.isActive() or self.page.work.form._check.isActive()

    def press(self, key, modifier=NO, times=1):
        for _ in range(times):
            self.qtbot.keyClick(self.page.window().focusWidget() or self.page, key, modifier)
        self.rest()

    def go(self, room, time):
        start = at(time)
        self.grid.go_to(Place(self.rooms.room_ids[room], start, start + SLOT))
        return self

    def write(self, mediation, start="", end="", mediator=None):
        """Fill the open form in; the room is where the keyboard was."""
        self.form.mediation.set_value(mediation)
        if start:
            self.form.start.set_moment(at(start))
        if end:
            self.form.end.set_text(end)
        if mediator is not None:
            self.form.mediator.set_value(self.rooms.mediator_ids[mediator])
        self.rest()

    def save(self):
        self.press(K.Key_Return, CTRL)

    def mode(self):
        return self.page.work.form.mode

    def on_show(self):
        """Return what the grid shows: title, rooms, time."""
        return [
            (one.title, len(one.rooms), f"{one.starts_at.astimezone(at('09:00').tzinfo):%H:%M}")
            for one in self.grid.sheet.view.bookings
        ]

    def dialog(self):
        return self.page.findChild(VerbDialog)

    def choose(self, verb):
        self.dialog().button(verb).click()
        self.page.activateWindow()
        self.qtbot.waitUntil(self.page.isActiveWindow)
        self.rest()


@pytest.fixture
def rooms(sqlite_hall):
    """A hall with rooms and mediators, at eight on a Monday."""
    sqlite_hall.clock.set("2026-11-02 08:00")
    return Rooms(sqlite_hall, sqlite_hall.clock).furnish()


@pytest.fixture
def before(qtbot, desk_of, rooms):
    """Put somebody before the page; all pages are closed afterwards."""
    opened = []

    def sit(name=MENG):
        opened.append(AtRooms(qtbot, desk_of(name), rooms))
        return opened[-1]

    yield sit
    for one in opened:
        one.page.close()


def test_a_booking_is_made_with_the_keyboard_alone(before, rooms):
    mediation = rooms.mediation()
    page = before()
    page.go(FIRST, "09:00").press(K.Key_Down, SHIFT, times=4)
    page.press(K.Key_N)
    page.form.mediation.edit.insert("漏水")
    page.press(K.Key_Return)
    page.save()

    assert page.mode() is Mode.IDLE
    assert page.on_show() == [("邻里纠纷", 1, "09:00")]
    booking = rooms.booking(page.grid.booking().id)
    assert (booking.ends_at - booking.starts_at, booking.mediation_id) == (5 * SLOT, mediation)
    assert page.page.side.card.shown.people == "张某、李某"
    assert page.page.grid.hasFocus()


def test_what_a_colleague_took_is_refused_in_place_and_one_key_takes_a_gap(before, rooms):
    mediation = rooms.mediation()
    other = before("周航")
    other.go(SECOND, "09:30").press(K.Key_N)
    other.form.purpose.chips.chips()[2].click()
    other.form.title.set_text("个案会商")
    page = before()
    page.go(SECOND, "10:15").press(K.Key_N)
    page.write(mediation, end="11:30", mediator=QIAN)
    page.form.attendees.set_text("4")
    other.page.work.form.submit()
    other.rest()
    page.save()

    side = page.page.side
    assert page.mode() is Mode.REFUSED
    assert "第二调解室 09:30–10:30 已被信联办占下" in page.page.work.form.arranging.refusal
    assert page.grid.sheet.wish.starts_at == at("10:15")
    assert [gap.starts_at for gap in page.grid.sheet.gaps][:1] == [at("10:15")]
    assert "1，今天 10:15–11:30" in side.offers.buttons[0].accessibleName()

    page.press(K.Key_Escape)
    assert (page.mode(), page.form.attendees.text()) == (Mode.WRITING, "4")
    page.save()
    page.press(K.Key_1)
    assert page.mode() is Mode.IDLE
    assert sorted(page.on_show()) == [("个案会商", 1, "09:30"), ("邻里纠纷", 1, "10:15")]
    assert rooms.overlaps() == 0


def test_a_colleagues_booking_appears_and_the_place_stays(before, rooms):
    page = before()
    page.go(FIRST, "15:00").press(K.Key_Down, SHIFT)
    place = page.grid.place()
    rooms.book(STUDIO, "10:00", "11:00", who="周航")
    page.desk.changed.emit(Changes("别人排了一场"), "周航")
    page.rest()
    assert page.on_show() == [("个案会商", 1, "10:00")]
    assert page.grid.place() == place


def test_a_booking_is_carried_with_arrows_and_put_down(before, rooms):
    booking = rooms.booked(FIRST, "09:30", "10:30", rooms.mediation(), caucus_room=CAUCUS)
    page = before()
    page.go(FIRST, "09:30").press(K.Key_M)
    page.press(K.Key_Down, times=2)
    page.press(K.Key_Escape)
    assert (page.grid.carried, rooms.status(booking)) == (None, BookingStatus.CONFIRMED)

    page.press(K.Key_M)
    page.press(K.Key_Down, times=2)
    page.press(K.Key_Return)
    assert rooms.status(booking) is BookingStatus.MOVED
    assert page.on_show() == [("邻里纠纷", 2, "10:00")]
    assert page.page.side.card._before.text() == "原定 今天 09:30–10:30，已改期"


def test_a_booking_is_drawn_and_pulled_with_the_mouse(qtbot, before, rooms):
    mediation = rooms.mediation()
    page = before()
    view, grid = page.grid.viewport(), page.grid

    def spot(room, time):
        row = int(grid.sheet.row_of(at(time)))
        column = grid.sheet.column_of(rooms.room_ids[room])
        return grid.visualRect(grid.model().index(row, column)).center()

    def pull(start, end):
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(view, (start + end) / 2)
        qtbot.mouseMove(view, end)
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
        page.rest()

    pull(spot(FIRST, "09:00"), spot(FIRST, "09:45"))
    assert (page.mode(), page.form.end.text()) == (Mode.WRITING, "10:00")
    page.write(mediation)
    page.save()
    pull(spot(FIRST, "09:15"), spot(STUDIO, "10:15"))
    assert page.on_show() == [("邻里纠纷", 1, "10:00")]
    assert page.grid.booking().room_id == rooms.room_ids[STUDIO]


def test_cancelling_needs_a_reason(before, rooms):
    booking = rooms.booked(FIRST, "09:30", "10:30", rooms.mediation())
    page = before()
    page.go(FIRST, "09:30").press(K.Key_Delete)
    assert not page.dialog().button("one").isEnabled()
    page.dialog().focusWidget().insert("当事人住院")
    page.choose("one")
    assert rooms.status(booking) is BookingStatus.CANCELLED
    assert page.on_show() == []


def test_a_series_is_booked_and_moved_from_here_on(before, rooms):
    page = before()
    page.go(STUDIO, "14:30").press(K.Key_N)
    page.form.purpose.chips.chips()[1].click()
    page.form.title.set_text("街道领导接访")
    page.form.repeat.tick.click()
    assert page.form.repeat.weekdays.value() == ["一"]
    page.form.repeat.until.set_text("3 次")
    page.save()
    assert page.on_show() == [("街道领导接访", 1, "14:30")]

    page.press(K.Key_M)
    page.press(K.Key_Down)
    page.press(K.Key_Return)
    page.choose("all")
    assert page.on_show() == [("街道领导接访", 1, "14:45")]
    page.press(K.Key_PageDown, times=7)
    assert (page.page.reading.day, page.on_show()[0][2]) == (date(2026, 11, 9), "14:45")

    page.go(STUDIO, "2026-11-09 14:45").press(K.Key_Delete)
    page.dialog().focusWidget().insert("当天领导外出")
    page.choose("one")
    page.press(K.Key_PageDown, times=7)
    assert page.on_show() == [("街道领导接访", 1, "14:45")]
    page.press(K.Key_Home)
    assert page.page.reading.day == date(2026, 11, 2)


def test_a_provisional_booking_counts_down_and_is_released(before, rooms):
    booking = rooms.booked(FIRST, "14:30", "15:30", rooms.mediation(), is_provisional=True)
    page = before()
    card = page.go(FIRST, "14:30").page.side.card
    page.rest()
    assert "还剩 29 分" in card._left.text() or "还剩 30 分" in card._left.text()
    assert list(card.buttons) == ["confirm", "move", "change", "cancel", "open"]

    rooms.clock.forward(minutes=31)
    page.desk.set_time(rooms.clock())
    page.page.work.tick()
    page.rest()
    assert rooms.status(booking) is BookingStatus.EXPIRED
    assert page.on_show() == []


def test_a_booking_is_confirmed_begun_and_ended(before, rooms):
    mediation = rooms.mediation()
    booking = rooms.booked(FIRST, "14:30", "15:30", mediation, is_provisional=True)
    page = before()
    page.go(FIRST, "14:30")
    for button, status in (
        ("confirm", BookingStatus.CONFIRMED),
        ("start", BookingStatus.RUNNING),
        ("end", BookingStatus.HELD),
    ):
        rooms.clock.set("2026-11-02 14:31" if button != "confirm" else "2026-11-02 08:05")
        page.desk.set_time(rooms.clock())
        page.page.side.card.buttons[button].click()
        page.rest()
        assert rooms.status(booking) is status


def test_a_booking_to_come_neither_begins_nor_is_missed_and_leads_to_its_mediation(before, rooms):
    mediation = rooms.mediation()
    rooms.booked(FIRST, "14:30", "15:30", mediation)
    rooms.clock.set("2026-11-01 08:05")
    page = before()
    wanted = []
    page.page.mediation_wanted.connect(wanted.append)
    page.page.reading.go_to(rooms.monday)
    page.rest()
    page.go(FIRST, "14:30")

    assert list(page.page.side.card.buttons) == ["move", "change", "cancel", "open"]
    page.page.side.card.buttons["open"].click()

    assert wanted == [mediation]


def test_who_did_not_come_is_named_and_counted(before, rooms):
    booking = rooms.booked(FIRST, "08:45", "09:45", rooms.mediation(), overtime_by="郑伟")
    rooms.clock.set("2026-11-02 09:20")
    page = before()
    page.go(FIRST, "08:45").page.side.card.buttons["absent"].click()
    page.rest()
    page.dialog().findChildren(type(page.form.access))[1].click()
    page.choose("one")
    assert rooms.status(booking) is BookingStatus.NO_SHOW
    assert [one.no_shows for one in rooms.parties(rooms.booking(booking).mediation_id)] == [0, 1]


def test_a_hard_rule_is_said_beside_its_field_and_a_soft_one_before_saving(before, rooms):
    mediation = rooms.mediation()
    page = before()
    page.go(SECOND, "10:00").press(K.Key_N)
    page.write(mediation)
    page.form.attendees.set_text("40")
    page.save()
    assert "6 人" in page.form.attendees.state().sentence
    page.form.attendees.set_text("4")
    page.form.end.set_text("12:00")
    page.form.access.setChecked(True)
    page.grid.setFocus()
    page.rest()
    assert "无障碍" in page.page.side.form._advice.text()
    page.save()
    assert page.on_show() == [("邻里纠纷", 1, "10:00")]


def test_outside_of_the_hours_somebody_must_have_allowed_it(before, rooms):
    mediation = rooms.mediation()
    page = before()
    page.go(FIRST, "12:30").press(K.Key_N)
    page.write(mediation)
    assert page.form.overtime.isVisibleTo(page.form)
    page.save()
    assert page.mode() is Mode.WRITING
    assert page.form.overtime.state().sentence
    page.form.overtime.set_value("郑伟")
    page.save()
    assert page.on_show() == [("邻里纠纷", 1, "12:30")]


def test_a_form_put_away_keeps_what_was_written(before, rooms):
    mediation = rooms.mediation()
    page = before()
    page.go(FIRST, "10:00").press(K.Key_N)
    page.write(mediation, mediator=LAO_LIANG)
    page.press(K.Key_Escape)
    assert (page.mode(), page.page.side.new.text()) == (Mode.IDLE, "接着排")
    page.go(STUDIO, "15:00").press(K.Key_N)
    assert page.form.mediation.value() == mediation
    assert page.form.mediator.value() == rooms.mediator_ids[LAO_LIANG]
    assert page.form.room.value() == rooms.room_ids[STUDIO]
    page.form.staggers.setChecked(True)
    page.page.close()
    drafts_of(page.desk).flush()

    later = before()  # the program was ended and started anew
    later.qtbot.waitUntil(lambda: later.page.side.new.text() == "接着排")
    later.go(SECOND, "16:00").press(K.Key_N)
    assert later.form.mediation.value() == mediation
    assert later.form.staggers.isChecked()
    later.page.side.form.clear.click()
    later.rest()
    assert later.form.mediation.value() is None
    assert (
        drafts_of(later.desk).all(later.desk.person.staff_id, "booking")[0].content["mediation"]
        is None
    )


def test_a_mediation_sends_somebody_here_with_the_form_open(before, rooms):
    mediation = rooms.mediation()
    rooms.clock.set("2026-11-02 10:20")
    page = before()
    page.page.begin_for(mediation)
    page.rest()
    assert page.mode() is Mode.WRITING
    assert (page.form.mediation.value(), page.form.start.moment()) == (mediation, at("10:30"))
    assert page.form.mediator.value() == rooms.mediator_ids[QIAN]


def test_people_of_a_booking_are_changed_in_the_form(before, rooms):
    booking = rooms.booked(FIRST, "10:00", "11:00", rooms.mediation())
    page = before()
    page.go(FIRST, "10:00").press(K.Key_Return)
    page.form.mediator.set_value(rooms.mediator_ids[LAO_LIANG])
    page.form.reason.set_text("钱惠请假")
    page.save()
    assert rooms.status(booking) is BookingStatus.MOVED
    assert page.grid.booking().mediator == LAO_LIANG


def test_week_and_month_lead_back_to_the_day(before, rooms):
    rooms.book(FIRST, "2026-11-05 10:00", "2026-11-05 11:00", rooms.mediation())
    page = before()
    page.page.choose_view(WEEK)
    page.rest()
    week = page.page.cells.week
    week.setCurrentIndex(week.model().index(0, 3))
    assert page.page.side.card.shown.title == "邻里纠纷"
    spoken = week.model().data(week.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "11 月 5 日，10:00–11:00，邻里纠纷，张某、李某，已确认，钱惠"
    page.press(K.Key_Return)
    assert (page.page.chosen_view(), page.page.reading.day) == (DAY, date(2026, 11, 5))
    assert page.grid.booking().title == "邻里纠纷"

    page.page.choose_view(MONTH)
    chip = next(c for c in page.page.cells.mediators.chips() if c.text() == QIAN)
    chip.click()
    page.rest()
    cells = [cell for row in page.page.cells.month.cells.rows for cell in row if cell.bookings]
    assert [cell.day for cell in cells] == [date(2026, 11, 5)]
    page.press(K.Key_PageDown)
    assert page.page.reading.month.days[0].day == date(2026, 12, 1)


def test_the_grid_says_every_place_aloud(before, rooms):
    rooms.book(FIRST, "10:00", "11:00", rooms.mediation(is_private=True), caucus_room=CAUCUS)
    page = before()
    model = page.grid.model()

    def said(room, time):
        column = page.grid.sheet.column_of(rooms.room_ids[room])
        index = model.index(int(page.grid.sheet.row_of(at(time))), column)
        return model.data(index, Qt.ItemDataRole.AccessibleTextRole)

    assert said(CAUCUS, "10:30") == ("背靠背间 10:30，10:00–11:00，邻里纠纷，不公开，已确认，钱惠")
    assert said(FIRST, "11:00") == "第一调解室 11:00，清场缓冲"
    assert said(STUDIO, "12:30") == "老梁工作室 12:30，不开放"
    assert said(STUDIO, "14:00") == "老梁工作室 14:00，空"
    read = QAccessible.queryAccessibleInterface(page.grid)
    assert read.text(QAccessible.Text.Name) == "调解室排期，行是时间，列是房间"


def test_whoever_books_no_room_reads_and_changes_nothing(before, rooms):
    rooms.book(FIRST, "10:00", "11:00", rooms.mediation())
    page = before("郑伟")
    page.go(FIRST, "10:00")
    page.rest()
    assert list(page.page.side.card.buttons) == ["open"]
    assert page.page.side.card.shown.people == ""
    page.go(FIRST, "15:00").press(K.Key_N)
    assert page.mode() is Mode.IDLE
    assert page.page.side.new.isHidden()


def test_the_day_is_printed_and_a_calendar_file_is_written(before, rooms, tmp_path):
    rooms.book(FIRST, "10:00", "11:00", rooms.mediation())
    page = before()
    page.press(K.Key_P, CTRL)
    page.page.papers.ask_sign(page.page.work.room_name())
    page.choose("print")
    with Session(rooms.hall.engine) as session:
        papers = session.execute(select(Paper.code, Paper.row).order_by(Paper.id)).all()
    printed = {paper.code: paper.row for paper in papers}
    assert printed["room-schedule"]["weekday"] == "周一"
    assert printed["door-sign"]["name"] == FIRST
    page.press(K.Key_F9)
    preview = page.page.window().findChild(PaperPreview)
    assert preview.isVisible(), "what was issued last is seen without a printer, too"
    preview.close()
    page.page.activateWindow()

    page.page.side.legend.export_wanted.emit()
    dialog = page.page.findChild(QFileDialog)
    target = tmp_path / "rooms.ics"
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    page.qtbot.waitUntil(target.exists)
    assert "SUMMARY:邻里纠纷 · 张某、李某" in target.read_text("utf-8")


def test_a_booking_that_cannot_stay_is_marked_in_words_and_with_a_red_edge(before, rooms):
    rooms.booked(FIRST, "09:00", "10:00", rooms.mediation())
    rooms.booked(SECOND, "09:00", "10:00", mediator=LAO_LIANG)
    kin = {"mediator": rooms.mediator_ids[QIAN], "kind": TieKind.RELATIVE}
    rooms.ask(GU, SetMediatorTie, name="李国强", **kin)
    page = before()
    page.go(FIRST, "09:00").rest()
    card = page.page.side.card
    assert card.shown.trouble is BookingTrouble.TIE
    assert (card._chip.text(), card._lines.text().partition("\n")[0]) == (
        "须换调解员",
        "调解员与一方当事人或其代理人有回避登记，请另选一位。",
    )
    marked, plain = page.grid.sheet.view.bookings
    assert marked_title(marked) == "须换调解员 · 邻里纠纷"
    assert "，须换调解员，邻里纠纷，" in spoken_booking(marked)
    assert drawn_as(marked, tokens()).bar == tokens().colour("bad")
    assert drawn_as(plain, tokens()).bar != tokens().colour("bad")

    page.press(K.Key_Return)
    page.write(marked.mediation_id, mediator=LAO_LIANG, start="2026-11-02 10:30", end="11:30")
    page.save()
    assert {one.trouble for one in page.grid.sheet.view.bookings} == {None}


def test_without_the_database_one_can_only_look(before, rooms):
    mediation = rooms.mediation()
    rooms.booked(FIRST, "10:00", "11:00", mediation)
    page = before()
    page.go(SECOND, "14:00").press(K.Key_N)
    page.write(mediation, "14:00", "15:00")
    page.page.follow_connection(is_there=False)
    page.save()
    assert (page.mode(), page.page.side.form.save.isEnabled()) == (Mode.WRITING, False)
    page.page.work.form.close_layer()
    page.go(FIRST, "10:00")
    for key in (K.Key_M, K.Key_N):
        page.press(key)
    assert (page.mode(), page.grid.carried) == (Mode.IDLE, None)
    assert not page.page.side.card._row.isVisible()
    assert "屏幕上是 08:00 的样子" in page.page.side.away._text.text()
    assert len(page.on_show()) == 1

    page.page.follow_connection(is_there=True)
    page.rest()
    assert page.page.side.away.isHidden()
    page.go(SECOND, "14:00").press(K.Key_N)
    page.save()
    assert [where for _title, _rooms, where in page.on_show()] == ["10:00", "14:00"]

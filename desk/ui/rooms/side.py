"""Beside the grid (右栏): what is at the keyboard, the form, or what is offered instead."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.room_day import RoomBooking, RoomColumn
from desk.rules.bookings import say_span
from desk.rules.moments import in_shanghai
from desk.ui.keys import GlobalKey, ListKey
from desk.ui.rooms.arranging import Arranging, Mode
from desk.ui.rooms.booking_card import BookingCard
from desk.ui.rooms.booking_form import BookingForm
from desk.ui.rooms.cell_sheet import Cell
from desk.ui.rooms.day_sheet import DaySheet, Place, title_of
from desk.ui.rooms.legend import Legend
from desk.ui.rooms.offers import Offers
from desk.ui.scroll_column import scrolled
from desk.ui.theme import THEME, say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, HintCard, text_label

_ONLY_LOOK = "现在只能看，不能排、不能改；写了一半的留在本机，连上后接着排。"
_LOW = 3  # times the navigation: less shows three offers, and the wish only in the grid


class FormCard(Card):
    """The form with its advice and its two buttons; only the fields scroll.

    Signals:
        submitted: the clerk wants it booked.
        put_away: the clerk closes it; what is in it stays.
        cleared: the clerk wants it empty.
    """

    submitted = Signal()
    put_away = Signal()
    cleared = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("新排期", parent=parent)
        self.form = BookingForm(clock)
        self._advice = text_label("", "hint", wraps=True)
        self._advice.setAccessibleName("排期提醒")
        self._trouble = text_label("", "label", wraps=True)
        say_state(self._trouble, state="bad")
        self.save = KeyButton("排定", GlobalKey.FINISH, kind=ButtonKind.MAIN)
        self.out = KeyButton("先放下", GlobalKey.OUT)
        self.clear = KeyButton("清空", kind=ButtonKind.QUIET)
        self.save.clicked.connect(self.submitted)
        self.out.clicked.connect(self.put_away)
        self.clear.clicked.connect(self.cleared)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.save)
        row.addWidget(self.out)
        row.addStretch()
        row.addWidget(self.clear)
        self.body.addWidget(scrolled(self.form), 1)
        self.body.addWidget(self._trouble)
        self.body.addWidget(self._advice)
        self.body.addLayout(row)
        self.show_advice(())
        self.show_trouble("")

    def show_advice(self, sentences: Sequence[str]) -> None:
        """Show what to think of before saving."""
        self._advice.setText("\n".join(f"提醒：{sentence}" for sentence in sentences))
        self._advice.setVisible(bool(sentences))

    def show_trouble(self, sentence: str) -> None:
        """Show a refusal that belongs to no field."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))


class RoomsSide(QWidget):
    """One of: the booking at the keyboard, an empty place, the form, the offers.

    Signals:
        new_wanted: a booking is to be made at the keyboard's place.
    """

    new_wanted = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_book = True
        self.setAccessibleName("排期详情")
        self.card, self.offers = BookingCard(clock), Offers()
        self.form = FormCard(clock)
        self._free = Card("选中的时间")
        self._where = text_label("", "strong", wraps=True)
        self._state = text_label("", "label", wraps=True)
        self.new = KeyButton("新排期", ListKey.NEW, kind=ButtonKind.MAIN)
        self.new.clicked.connect(self.new_wanted)
        for widget in (self._where, self._state, self.new):
            self._free.body.addWidget(widget)
        self.away = HintCard("连不上数据库", state="warn")
        self.away.hide()
        self.legend = Legend()
        above = QWidget()
        cards = QVBoxLayout(above)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(tokens().sizes.gutter)
        for card in (self._free, self.card, self.offers):
            cards.addWidget(card)
        cards.addStretch()
        self._above = scrolled(above)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().sizes.gutter)
        column.addWidget(self.away)
        column.addWidget(self._above, 1)
        column.addWidget(self.form, 1)
        column.addWidget(self.legend)
        self._keep_width()
        THEME.changed.connect(self._keep_width)
        self.form.hide()
        self.card.hide()
        self.offers.hide()

    def show_cell(self, cell: Cell, rooms: tuple[RoomColumn, ...]) -> None:
        """Show what is in a cell of the week or the month; it is changed in the day's view."""
        if not self.offers.isHidden() or cell.day is None:
            return
        first = next(iter(cell.bookings), None)
        self.card.setVisible(first is not None)
        self._free.setVisible(first is None)
        if first is not None:
            self.card.show_booking(replace(first, may_change=False), rooms)
            return
        room = next((one.name for one in rooms if one.id == cell.room_id), "")
        self._where.setText(f"{cell.day.month} 月 {cell.day.day} 日 {room}".strip())
        self._state.setText(cell.closed or "没有安排。按 Enter 打开这一天。")
        self.new.hide()

    def show_away(self, since: datetime | None) -> None:
        """Say that one can only look, and as of when; None: the database answers again."""
        self.away.setVisible(since is not None)
        if since is not None:
            self.away.set_text(f"屏幕上是 {in_shanghai(since):%H:%M} 的样子。{_ONLY_LOOK}")
        self.card.allow(may_change=since is None)
        self.form.save.setEnabled(since is None)

    def show_carried(self, booking: RoomBooking, place: Place) -> None:
        """Show where a booking would be put down."""
        self.card.hide()
        self._free.show()
        end = place.starts_at + (booking.ends_at - booking.starts_at)
        self._where.setText(f"{title_of(booking)} 改到 {say_span(place.starts_at, end)}")
        self._state.setText("方向键移动，Enter 放下，Esc 不改了。")

    def show_rights(self, *, may_book: bool) -> None:
        """Leave out what somebody who only reads cannot do."""
        self._may_book = may_book
        self.new.setVisible(may_book)
        self.legend.show_rights(may_book=may_book)

    def _keep_width(self) -> None:
        """Be as wide with the form as without it: the grid must not move under the eyes."""
        self.setMinimumWidth(self.form.minimumSizeHint().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the legend out where the window is too low for it."""
        super().resizeEvent(event)
        self._show_legend()

    def _show_legend(self) -> None:
        """Show the legend where it takes nothing from the form or from three offers."""
        refused, writes = not self.offers.isHidden(), not self.form.isHidden()
        is_low = self.height() < _LOW * tokens().sizes.navigation
        self.offers.wish.setHidden(is_low)
        needed = self.offers.sizeHint().height() + self.legend.minimumSizeHint().height()
        self.legend.keys.setVisible(not refused)
        crowded = is_low or needed > self.height()
        self.legend.setVisible(not writes and not (refused and crowded))

    def show_mode(self, arranging: Arranging) -> None:
        """Show the form, the offers, or what is at the keyboard."""
        writes, refused = arranging.mode is Mode.WRITING, arranging.mode is Mode.REFUSED
        self.form.setVisible(writes)
        self._above.setVisible(not writes)
        self.offers.setVisible(refused)
        self._show_legend()
        if refused:
            self._free.hide()
            self.card.hide()
        kept = arranging.plan is not None and not refused
        self.new.setText("接着排" if kept else "新排期")

    def show_place(self, sheet: DaySheet, place: Place | None, booking: RoomBooking | None) -> None:
        """Show what is at the keyboard, unless offers are on the table."""
        if self.offers.isVisibleTo(self):
            return
        self.card.setVisible(booking is not None)
        self._free.setVisible(booking is None)
        self.new.setVisible(self._may_book)
        if booking is not None:
            self.card.show_booking(booking, sheet.rooms)
        elif place is not None:
            room = next((one.name for one in sheet.rooms if one.id == place.room_id), "")
            self._where.setText(f"{room} {say_span(place.starts_at, place.ends_at)}")
            self._state.setText(_state_of(sheet, place))
        else:
            self._where.setText("还没有房间。")
            self._state.setText("请管理员在“管理 · 调解室”里先登记房间。")


def _state_of(sheet: DaySheet, place: Place) -> str:
    if sheet.is_clearing(place.room_id, place.starts_at):
        return "这一刻在清场，排不进来。"
    if not sheet.is_open(place.starts_at):
        return "大厅不开放，要排需街道领导批准。"
    return "空着。Shift+方向键改长短，或用鼠标拖出一段。"

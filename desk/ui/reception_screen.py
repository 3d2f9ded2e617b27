"""Appointments and reception days (接访): who comes when, before which leader, what came of it.

Who sits there: a clerk with the telephone at his ear. Arrows go over the days at the left, N books
on the day on show, Enter takes in whoever has come: his name and what he wants are filled in.
"""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.appointments import appointment_phone
from desk.rules.deeds import Deed
from desk.rules.looks import REVEALED_FOR
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.queue_page import queue_card
from desk.ui.receptions.entry_card import EntryCard
from desk.ui.receptions.panels import PhonePanel
from desk.ui.receptions.reading import VIEW_WORDS, Place, Reading, View
from desk.ui.receptions.words import book_words
from desk.ui.receptions.work import ReceptionWork
from desk.ui.screen import Screen
from desk.ui.sections.step_panel import StepHost
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import SectionHead
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList

_NOBODY = "这一天还没有人约，也没有件。"


class ReceptionScreen(Screen):
    """Days at the left, who comes in the middle, one of them and the form at the right."""

    title = "接访"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.reading = Reading(desk, self)
        self.days = WorkList("接访日和预约的日子", desk.now)
        self.list = WorkList("这一天的预约和接访件", desk.now, tall=True)
        self.card, self.host = EntryCard(), StepHost(desk)
        self.bar = ActionBar(self)
        self.work = ReceptionWork(desk, self.reading, self.host, self)
        self._phone, self._phone_of = "", 0  # a number just asked for, and whose it is
        self._build()
        self._hide = QTimer(self, singleShot=True)
        self._hide.setInterval(int(REVEALED_FOR.total_seconds() * 1000))
        self._connect()

    def arrive(self) -> None:
        """Read the days; the keyboard is in them."""
        self.reading.read()
        if self.host.panel is None:
            self._front().setFocus()

    def views(self) -> tuple[str, ...]:
        """Return the reception days, the counter's book and what is owed."""
        days, counter, owed = VIEW_WORDS
        count = len(self.reading.owed)
        return (days, counter, f"{owed} {count}" if count else owed)

    def chosen_view(self) -> int:
        """Return which of them is on."""
        return int(self.reading.view)

    def choose_view(self, index: int) -> None:
        """Show another view; what was written in a form is kept as a draft."""
        self.reading.view = View(index)
        self.reading.place = self.reading.book = self.reading.day = None
        self.host.close_panel()
        self._left.setVisible(self.reading.view is not View.OWED)
        self._show_days()
        self.views_changed.emit()
        self._front().setFocus()

    def open_day(self, day: date, post: int | None) -> None:
        """Show a day of the counter's book, or of a leader's."""
        self.reading.wanted = Place(day, post)
        self.choose_view(View.COUNTER if post is None else View.DAYS)

    def help_page(self) -> str:
        """Return the handbook page on receptions."""
        return "receptions"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the form away with Esc; the arrows to the side change between days and lines."""
        if event.key() == Qt.Key.Key_Escape and not is_composing() and self.host.close_layer():
            self._front().setFocus()
            return
        if event.key() == Qt.Key.Key_Right and self.days.hasFocus():
            self.list.setFocus()
            return
        if event.key() == Qt.Key.Key_Left and self.list.hasFocus():
            self._front().setFocus()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        sizes = tokens().sizes
        self._day_head, self._head = SectionHead("日子"), SectionHead("")
        self._left = queue_card(self._day_head, self.days)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.gutter)
        column.addWidget(self.card)
        column.addWidget(self.host, 1)
        column.addStretch()
        row = QHBoxLayout()
        row.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        row.setSpacing(sizes.gutter)
        row.addWidget(self._left, 30)
        row.addWidget(queue_card(self._head, self.list), 44)
        row.addWidget(right, 44)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row, 1)
        whole.addWidget(self.bar)

    def _connect(self) -> None:
        self.reading.days_read.connect(self._show_days)
        self.reading.day_read.connect(self._show_day)
        self.days.chosen.connect(self.reading.choose)
        self.days.opened.connect(lambda _at: self.list.setFocus())
        self.list.chosen.connect(self._on_line)
        self.list.opened.connect(lambda _key: self.work.open_line())
        self.list.passed.connect(self.list.go_on)
        self.work.said.connect(self.said)
        self.work.case_wanted.connect(self.case_wanted)
        self.work.intake_wanted.connect(self.intake_wanted)
        self.work.changed.connect(self._offer)
        self.host.opened.connect(self._on_panel)
        self.host.done.connect(self._on_done)
        self._hide.timeout.connect(partial(self._show_phone, 0, ""))
        self.desk.changed.connect(self._on_changed)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self.host.submit)
        PaneWalk(self, [self.days, self.list, self.host, self.bar])

    def _front(self) -> QWidget:
        return self.list if self.reading.view is View.OWED else self.days

    def _show_days(self) -> None:
        rows, fresh = self.reading.day_rows_left(), self.reading.place is None
        self.days.set_rows(rows)
        if rows and fresh:
            self.days.choose(self.reading.first())
            self.reading.choose(self.days.current_id())
        self.views_changed.emit()
        self.badge_changed.emit(sum(one.is_late for one in self.reading.owed))
        if self.reading.view is View.OWED:
            self._show_day()

    def _show_day(self) -> None:
        place = self.reading.place
        rows = self.reading.rows()
        if self.reading.view is View.OWED:
            self._head.set_text("领导交办、还没有落实的")
        elif place is not None:
            self._head.set_text(book_words(place.day, place.leader))
        self._head.set_note(f"{len(rows)} 条" if rows else _NOBODY)
        self.list.set_rows(rows)
        self._on_line(self.list.current_id() if rows else None)

    def _on_line(self, key: int | None) -> None:
        self.work.line = key
        if key != self._phone_of:
            self._phone, self._phone_of = "", 0
        self._show_line()
        self._offer()

    def _show_line(self) -> None:
        one, case = self.work.appointment(), self.work.reception()
        if one is not None:
            self.card.show_appointment(one, self._phone)
        elif case is not None:
            self.card.show_reception(case)
        else:
            self.card.show_day(self.reading.day)

    def _offer(self) -> None:
        may_book = may_in_hall(Deed.KEEP_APPOINTMENTS, self.desk.person)
        self.bar.set_items(self.work.items(may_book=may_book))

    def _on_panel(self, panel: object) -> None:
        self.card.setVisible(panel is None)
        self._offer()

    def _on_done(self, panel: object, changes: Any) -> None:
        self.said.emit(f"{changes.title}。")
        one = self.work.appointment()
        if isinstance(panel, PhonePanel) and one is not None:
            query = partial(appointment_phone, appointment=one.id)
            self.desk.ask(query, owner=self, done=partial(self._show_phone, one.id))
        self.reading.read()
        self.list.setFocus()

    def _show_phone(self, appointment: int, phone: str) -> None:
        self._phone, self._phone_of = phone, appointment
        self._show_line()
        if phone:
            self._hide.start()

    def _on_changed(self, _changes: object, asker: object) -> None:
        if self.isVisible() and asker is not self.host:
            self.reading.read()

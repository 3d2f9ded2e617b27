"""Writing into the roster (排班): a cell, the usual people by digit, turns, the sheet on paper."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.actions.roster import FillTurns, IssueDutyRoster, SetDuty
from desk.queries.roster import DutyPostView
from desk.rules.errors import DeskError
from desk.rules.roster import read_people, write_people
from desk.ui.desk import Desk
from desk.ui.duty.sheet import DutySheet
from desk.ui.duty.side import DutySide, Place
from desk.ui.printing import papers_of


class DutyWork(QObject):
    """What is done to the cell at the keyboard, and to the month.

    Signals:
        said: a sentence for the status line.
        stale: the month must be read again.
    """

    said = Signal(str)
    stale = Signal()

    def __init__(self, desk: Desk, sheet: DutySheet, side: DutySide, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._sheet, self._side = desk, sheet, side
        sheet.opened.connect(side.people.setFocus)
        sheet.named.connect(self._on_digit)
        side.offered.connect(self._put)

    def post(self) -> DutyPostView | None:
        """Return the post at the keyboard."""
        here = self._sheet.currentIndex()
        return self._sheet.duties.post_at(here.column()) if here.isValid() else None

    def save(self, *, goes_on: bool = False) -> None:
        """Save the cell; the keyboard goes on to the next day if it is so wanted."""
        cell = self._sheet.cell()
        if cell is None:
            return
        request = SetDuty(
            **self._desk.by_me(),
            post=cell.post,
            day=cell.day,
            people=self._side.people.text(),
            phone=self._side.phone.text(),
            note=self._side.note.text(),
            seen=cell.ids,
        )
        place: Place = (cell.post, cell.day)
        done = partial(self._on_saved, place, goes_on=goes_on)
        self._desk.act(request, owner=self, done=done, failed=self._on_refused)

    def fill(self, first: date) -> None:
        """Let people take turns on the empty days of a month."""
        post = self.post()
        if post is not None:
            request = FillTurns(**self._desk.by_me(), post=post.id, first=first)
            self._desk.act(request, owner=self, done=self._on_filled, failed=self._on_refused)

    def print_month(self, first: date) -> None:
        """Print a month as it is saved."""
        if self._side.unsaved():
            self.said.emit("有写了还没有存的格子，打印的是已经存上的。")
        request = IssueDutyRoster(**self._desk.by_me(), first=first)
        self._desk.act(request, owner=self, done=self._on_issued)

    def _on_digit(self, at: int) -> None:
        post = self.post()
        if post is not None and post.may_write and at < len(post.offered):
            self._put(post.offered[at])

    def _put(self, name: str) -> None:
        """Put an offered name into the cell and save it."""
        typed = self._side.people.text().strip()
        try:
            people = read_people(f"{typed}、{name}")
        except DeskError as refused:
            self._side.refuse(str(refused))
            return
        self._side.people.set_text(write_people(people))
        self.save(goes_on=not typed)

    def _on_saved(self, place: Place, changes: Any, *, goes_on: bool) -> None:
        self._side.forget(place)
        self.said.emit(f"已存：{changes.title} {changes.detail}。")
        cell = self._sheet.cell()
        if goes_on and cell is not None and (cell.post, cell.day) == place:
            self._sheet.go_down()
        self._sheet.setFocus()
        self.stale.emit()

    def _on_refused(self, error: DeskError) -> None:
        self._side.refuse(str(error))
        self.stale.emit()

    def _on_filled(self, changes: Any) -> None:
        self.said.emit(f"{changes.title}。")
        self.stale.emit()

    def _on_issued(self, changes: Any) -> None:
        self.said.emit(f"{changes.title}。")
        papers_of(self._desk).print_paper(changes.made["paper"], owner=self)

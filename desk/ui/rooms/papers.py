"""What leaves the rooms' page (打印、导出): a day's schedule, a sign for a door, a calendar."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.actions.room_papers import IssueDoorSign, IssueRoomSchedule
from desk.exchange.room_calendar import CalendarWish, calendar_file
from desk.ui.desk import Desk
from desk.ui.file_choice import choose_target, written
from desk.ui.preview import open_preview
from desk.ui.printing import papers_of
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.verb_dialog import Verb, VerbDialog

_WEEKS = timedelta(days=27)  # four weeks, as far as people plan
_PRINT, _STAY = "print", "stay"


class RoomsPapers(QObject):
    """Prints and exports what the page shows.

    Signals:
        said: a sentence for the status line.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._newest: int | None = None

    def print_day(self, day: date) -> None:
        """Print the schedule of a day."""
        self._issue(IssueRoomSchedule(**self._desk.by_me(), day=day))

    def preview(self, day: date) -> None:
        """Show what was issued last, else the schedule of a day: without a printer, too."""
        if self._newest is not None:
            open_preview(self._desk, self._newest, self._window)
        else:
            self._issue(IssueRoomSchedule(**self._desk.by_me(), day=day), is_shown=True)

    def ask_sign(self, room: str) -> None:
        """Ask what stands on the sign of a door, then print it."""
        verbs = (Verb(_PRINT, "打印", ButtonKind.MAIN), Verb(_STAY, "先不打"))
        sentence = "A4 横放，对折后两面都看得见。"
        dialog = VerbDialog(self._window, "打印门贴、桌签", sentence, verbs)
        name, role = CheckedField("名称", hint="房间名，或谁坐在这里"), CheckedField("身份或状态")
        note = CheckedField("说明", hint="例如：请勿打扰，有事请找 2 号窗口")
        name.set_text(room)
        role.set_text("调解进行中")
        for field in (name, role, note):
            dialog.body.addWidget(field)

        def decided(verb: object) -> None:
            if verb == _PRINT:
                self._issue(
                    IssueDoorSign(
                        **self._desk.by_me(),
                        name=name.text(),
                        role=role.text(),
                        note=note.text(),
                    )
                )

        dialog.chosen.connect(decided)
        dialog.open()
        name.setFocus()

    def export(self, first: date) -> None:
        """Ask for a file, then write four weeks of bookings into it as a calendar."""
        wish = CalendarWish(first, first + _WEEKS)
        choose_target(
            self._window,
            "导出排期到日历文件",
            partial(self._write, wish),
            "日历文件 (*.ics)",
            name=f"调解室排期-{first:%Y%m%d}.ics",
        )

    def _issue(self, request: Any, *, is_shown: bool = False) -> None:
        def issued(changes: Any) -> None:
            paper = self._newest = changes.made["paper"]
            if is_shown:
                open_preview(self._desk, paper, self._window)
            else:
                papers_of(self._desk).print_paper(paper, owner=self)

        self._desk.act(
            request, owner=self, done=issued, failed=lambda error: self.said.emit(str(error))
        )

    def _write(self, wish: CalendarWish, target: Path) -> None:
        query = partial(calendar_file, wish=wish)
        self._desk.ask(query, owner=self, done=partial(self._save, target))

    def _save(self, target: Path, content: bytes) -> None:
        self._desk.work(
            partial(written, target, content),
            owner=self,
            done=lambda path: self.said.emit(f"四周的排期已存到 {path}。"),
            failed=lambda error: self.said.emit(str(error)),
        )

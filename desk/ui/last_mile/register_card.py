"""The register of seals at hand (用印登记): another paper sealed, or the register printed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desk.actions.seal_register import IssueSealRegister, RegisterSeal
from desk.queries.last_mile import hall_seals
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import day_of
from desk.ui.case.form_column import FormColumn
from desk.ui.case.form_parts import bad
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.printing import papers_of
from desk.ui.scroll_column import scrolled
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_WEEK = timedelta(days=6)


class RegisterCard(Card):
    """Two short forms: a line for another paper, and which days to print.

    Signals:
        said: a sentence for the status line.
        printed: the register was issued; carries the id of the paper.
        close_asked: the clerk wants to put the card away.
    """

    said = Signal(str)
    printed = Signal(object)
    close_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("用印登记")
        self._desk = desk
        self.form = FormColumn()
        self._build()
        self.body.addWidget(scrolled(self.form), 1)

    def begin(self) -> None:
        """Offer the seals and the last seven days; the keyboard goes to the first field."""
        self._desk.ask(hall_seals, owner=self, done=self._offer_seals)
        today = day_of(self._desk.now())
        self._first.set_text(f"{today - _WEEK:%Y-%m-%d}")
        self._last.set_text(f"{today:%Y-%m-%d}")
        self._title.setFocus()

    def register(self) -> None:
        """Write a line into the register."""
        self.form.clear_sentences()
        copies = self._copies.text().strip()
        if not copies.isdecimal() or int(copies) < 1:
            self._refuse("copies", "份数请写 1 以上的整数。")
            return
        request = RegisterSeal(
            **self._desk.by_me(),
            seal=str(self._seal.value() or ""),
            title=self._title.text(),
            copies=int(copies),
            approved_by=self._approved_by.text(),
            note=self._note.text(),
        )
        self._act(request, self._on_registered)

    def print_period(self) -> None:
        """Issue the register of the days that are asked for, and print it."""
        self.form.clear_sentences()
        days: dict[str, date] = {}
        for name, field in (("first", self._first), ("last", self._last)):
            try:
                days[name] = date.fromisoformat(field.text().strip())
            except ValueError:
                self._refuse(name, "日期请写成 2026-11-02 这样。")
                return
        request = IssueSealRegister(**self._desk.by_me(), first=days["first"], last=days["last"])
        self._act(request, self._on_issued)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the card away with Esc, before the page itself goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_asked.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        away = KeyButton("收起", GlobalKey.OUT, kind=ButtonKind.QUIET, parent=self)
        away.clicked.connect(self.close_asked)
        if self.head is not None:
            self.head.add(away)
        form = self.form
        form.add(text_label("意见书、告知书盖章自动登记；别的文件在这里记。", "label", wraps=True))
        self._title = form.text("title", "用印事由或文件名", required=True)
        self._seal = form.picker("seal", "印章", PickerField("印章", (), required=True))
        self._copies = form.text("copies", "份数")
        self._copies.set_text("1")
        self._approved_by = form.text("approved_by", "批准人", required=True)
        self._note = form.text("note", "备注")
        self.save = KeyButton("记一行", kind=ButtonKind.PLAIN, parent=self)
        self.save.clicked.connect(self.register)
        form.column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        form.add(text_label("打印登记簿", "strong"))
        self._first = form.text("first", "起日")
        self._last = form.text("last", "止日")
        self.print_out = KeyButton("打印这几天的", kind=ButtonKind.PLAIN, parent=self)
        self.print_out.clicked.connect(self.print_period)
        form.column.addWidget(self.print_out, 0, Qt.AlignmentFlag.AlignLeft)
        form.column.addStretch()

    def _offer_seals(self, seals: tuple[str, ...]) -> None:
        self._seal.set_items([PickItem(seal, seal) for seal in seals])
        if self._seal.value() is None:
            self._seal.set_value(seals[0])

    def _act(self, request: Any, done: Callable[[Any], None]) -> None:
        self._desk.act(request, owner=self, done=done, failed=self._on_refused)

    def _on_registered(self, changes: Any) -> None:
        self.said.emit(f"{changes.title}，已记下。")
        for field in (self._title, self._approved_by, self._note):
            field.set_text("")
        self._copies.set_text("1")
        self._title.setFocus()

    def _on_issued(self, changes: Any) -> None:
        paper = changes.made["paper"]
        self.said.emit(f"{changes.title}。")
        self.printed.emit(paper)
        papers_of(self._desk).print_paper(paper, owner=self)

    def _on_refused(self, error: DeskError) -> None:
        field = error.field if isinstance(error, RuleBroken) else None
        self._refuse(field or "title", str(error))

    def _refuse(self, name: str, sentence: str) -> None:
        entry = self.form.entries[name]
        entry.say(bad(sentence))
        entry.focus()

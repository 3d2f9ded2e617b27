"""Importing a year's holidays (导入放假通知): the words left, what was understood right."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.actions.calendar import ImportNotice
from desk.queries.calendar import known_holiday_years
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.holiday_years import YearDays
from desk.rules.notice_input import Understood, understand
from desk.ui.desk import Desk
from desk.ui.file_choice import choose_file
from desk.ui.keys import GlobalKey
from desk.ui.scroll_column import scrolled
from desk.ui.theme import say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.text_area import TextArea

_ADVICE = (
    "把国务院办公厅放假通知的全文（连标题）粘贴在左边，这里就列出读懂的日子；请对照原文看一遍再保存。"
    "也可以打开一个 JSON 日历文件。"
)
_FILES = "日历文件 (*.json);;文字 (*.txt)"
_LARGEST = 1024 * 1024
_HEADS = ("节日", "放假", "调休上班")


class NoticePage(QWidget):
    """Reads while one types; saves only what it has shown.

    Signals:
        said: a sentence for the clerk.
        saved: a year was imported; carries the Changes.
        left: back to the calendar.
    """

    said = Signal(str)
    saved = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: Mapping[int, YearDays] = {}
        self._found: tuple[Understood, ...] = ()
        self.text = TextArea("放假通知全文", lines=8, most=60)
        self.text.fill()
        self.words = text_label(_ADVICE, "reading", wraps=True)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self.open = KeyButton("打开文件…", icon="attach")
        self.save = KeyButton("保存", GlobalKey.FINISH, kind=ButtonKind.MAIN)
        self.back = KeyButton("返回日历", GlobalKey.OUT)
        self._build()
        self.text.text_changed.connect(lambda _text: self._read())
        self.open.clicked.connect(self._on_open)
        self.save.clicked.connect(self.submit)
        self.back.clicked.connect(self.left)

    def arrive(self) -> None:
        """Load what is known now; what was pasted stays."""
        self._desk.ask(known_holiday_years, owner=self, done=self._on_known)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Save the years on show."""
        if not self._found:
            self.said.emit("还没有读懂的年份，不能保存。")
            return
        self.save.setEnabled(False)
        request = ImportNotice(**self._desk.by_me(), text=self.text.text())
        self._desk.act(request, owner=self, done=self._on_saved, failed=self._on_refused)

    def read_file(self, file: Path) -> None:
        """Put a file's text where one pastes it, as if it had been pasted."""
        self._desk.work(
            lambda: _text_of(file), owner=self, done=self.text.set_text, failed=self._on_refused
        )

    def table(self) -> list[tuple[str, ...]]:
        """Return the lines on show."""
        return [(one.name, one.rest, one.worked) for year in self._found for one in year.lines]

    def _build(self) -> None:
        look = tokens().sizes
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        left, right = Card("通知原文"), Card("读懂的日子", note="存之前请对照原文")
        left.body.addWidget(self.text, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addWidget(self._table)
        column.addStretch()
        right.body.addWidget(scrolled(inside), 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.save, self.open, self.back):
            row.addWidget(button)
        row.addStretch()
        right.body.addLayout(row)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.gutter)
        whole.addWidget(left, 4)
        whole.addWidget(right, 7)
        self._show("")

    def _on_known(self, known: Mapping[int, YearDays]) -> None:
        self._known = known
        self._read()

    def _read(self) -> None:
        """Read what stands there; nothing is saved by it."""
        self._found = ()
        if not self.text.text().strip():
            self._show("")
            return
        try:
            self._found = understand(self.text.text(), self._known)
        except RuleBroken as error:
            self._show(str(error))
        else:
            self._show("")

    def _show(self, trouble: str) -> None:
        say_state(self.words, role="reading", state="bad" if trouble else "")
        self.words.setText(trouble or self._said() or _ADVICE)
        self.save.setEnabled(bool(self._found))
        years = "、".join(str(one.days.year) for one in self._found)
        self.save.setText(f"保存 {years} 年" if years else "保存")
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not self._found:
            return
        for at, head in enumerate(_HEADS):
            self._grid.addWidget(text_label(head, "hint"), 0, at)
        for row, line in enumerate(self.table(), start=1):
            for at, words in enumerate(line):
                label = text_label(words or "–", "strong" if at == 0 else "", wraps=at > 0)
                self._grid.addWidget(label, row, at, Qt.AlignmentFlag.AlignTop)

    def _said(self) -> str:
        said = [
            f"{one.days.year} 年，来自：{one.source}。{self._instead(one)}" for one in self._found
        ]
        unused = [sentence for one in self._found for sentence in one.unused]
        if unused:
            said.append(f"没有用到的句子，请过目：{'；'.join(unused)}")
        return "\n".join(said)

    def _instead(self, found: Understood) -> str:
        known = self._known.get(found.days.year)
        if known is None:
            return ""
        if {one.day for one in known.rest} == {one.day for one in found.days.rest}:
            return "放假的日子与现在的节假日表一样。"
        return "这一年已有节假日表，保存后以这一份为准。"

    def _on_open(self) -> None:
        choose_file(self, "打开日历文件", self.read_file, _FILES)

    def _on_saved(self, changes: object) -> None:
        self.text.set_text("")
        self._read()
        self.saved.emit(changes)

    def _on_refused(self, error: DeskError) -> None:
        self._show(str(error))
        self.save.setEnabled(bool(self._found))


def _text_of(file: Path) -> str:
    """Return a file's text.

    Raises:
        RuleBroken: it is too large, or not text.
    """
    try:
        if file.stat().st_size > _LARGEST:
            raise RuleBroken(f"“{file.name}”太大，不像是一份日历。请另选一个文件。")
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise RuleBroken(f"“{file.name}”读不了，请确认它是 UTF-8 的文字文件。") from fault

"""One line of a list, to be read part by part, with the cases it is about (选中的这一条)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.topics import TopicLine
from desk.rules.moments import say_moment
from desk.rules.wording import label
from desk.ui.scroll_column import scrolled
from desk.ui.widgets.cards import Card, text_label
from desk.ui.work_list import WorkList, WorkRow

_GAP = 8


class ReadingCard(Card):
    """The head, then what is to be read part by part, then the cases to walk through."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("表扬与提醒", parent=parent)
        self._now = now
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(2)
        self.cases = WorkList("信里说的诉求", now)
        self.body.addWidget(scrolled(inside), 3)
        self.body.addWidget(self.cases, 2)
        self.cases.hide()

    def show_parts(
        self,
        head: str,
        note: str,
        parts: Sequence[tuple[str, str]],
        cases: Sequence[TopicLine] = (),
    ) -> None:
        """Show this; a part without words is left out.

        Args:
            parts: what each is called, and its words.
        """
        self.show_words(head, note, parts)
        self.cases.set_rows([self._row(line) for line in cases])
        self.cases.setVisible(bool(cases))

    def show_words(self, head: str, note: str, parts: Sequence[tuple[str, str]]) -> None:
        """Show what is to be read; the lines below stay as they are."""
        assert self.head is not None  # noqa: S101 - made above
        self.head.set_text(head)
        self.head.set_note(note)
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for name, words in parts:
            if words:
                if name:
                    self._column.addSpacing(_GAP if self._column.count() else 0)
                    self._column.addWidget(text_label(name, "label"))
                self._column.addWidget(text_label(words, "reading", wraps=True))
        self._column.addStretch()

    def words(self) -> str:
        """Return all that is to be read."""
        found = []
        for at in range(self._column.count()):
            item = self._column.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None:
                found.append(str(widget.property("text") or ""))
        return "\n".join(found)

    def _row(self, line: TopicLine) -> WorkRow:
        at = say_moment(line.received_at, seen_at=self._now())
        parts = (f"{line.seq:05}", at, line.place, label(line.status), line.unit)
        return WorkRow(line.case, line.summary, left="　".join(part for part in parts if part))

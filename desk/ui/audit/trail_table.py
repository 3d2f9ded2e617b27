"""Lines of the log as a table (留痕表): when, who, what, about which file."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desk.queries.trail import TrailLine
from desk.rules.moments import in_shanghai
from desk.ui.theme import tokens
from desk.ui.widgets.glyphs import spell_missing

_HEADS = ("第几条", "时间", "谁", "事项", "做了什么", "编号", "在哪台")
_WHAT = 4
_WIDTHS = (58, 126, 134, 72, 0, 184, 76)


class TrailTable(QTableWidget):
    """Chosen with the arrows; nothing here can be changed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_HEADS), parent)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(_HEADS))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens().sizes.row_compact)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self._build_heads()

    def set_lines(self, lines: Sequence[TrailLine]) -> None:
        """Show these lines; the row that was chosen stays chosen."""
        row = max(self.currentRow(), 0)
        self.setRowCount(len(lines))
        for at, line in enumerate(lines):
            for column, words in enumerate(_words(line)):
                item = QTableWidgetItem(spell_missing(words))
                item.setToolTip(words)
                self.setItem(at, column, item)
        if lines:
            self.setCurrentCell(min(row, len(lines) - 1), _WHAT)

    def _build_heads(self) -> None:
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        for column, width in enumerate(_WIDTHS):
            if column == _WHAT:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                self.setColumnWidth(column, width)


def _words(line: TrailLine) -> tuple[str, ...]:
    who = f"{line.who}（{line.sent_by}代发）" if line.sent_by else line.who
    late = f"（{in_shanghai(line.happened_at):%m-%d %H:%M} 的事，后补）" if line.happened_at else ""
    at = f"{in_shanghai(line.at):%Y-%m-%d %H:%M}"
    return str(line.place), at, who, line.subject, f"{line.title}{late}", line.number, line.desk

"""The cases behind a figure (统计清单) as lines, read page by page on the way down."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desk.queries.figure_cases import FigureCase
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.ui.theme import tokens
from desk.ui.widgets.composing import is_composing
from desk.ui.widgets.glyphs import spell_missing

_HEADS = ("编号", "收件", "承办", "社区", "类别", "题名", "现在", "评价")
_TITLE = 5
_WIDTHS = (176, 92, 110, 84, 118, 0, 116, 64)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_AHEAD = 10  # lines before the end at which the next page is asked for


class CaseTable(QTableWidget):
    """Enter opens a case; what is chosen stays chosen while further pages come.

    Signals:
        opened: Enter or a double click on a line; carries the case's id.
        end_near: the end of what was read is near; more may be read.
    """

    opened = Signal(object)
    end_near = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_HEADS), parent)
        self.cases: list[FigureCase] = []
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
        self.cellDoubleClicked.connect(lambda *_: self._open())
        self.currentCellChanged.connect(self._on_current)

    def set_cases(self, cases: Sequence[FigureCase]) -> None:
        """Show these cases; the chosen one stays chosen if it is still among them."""
        before = self.current_case()
        self.cases = []
        self.setRowCount(0)
        self.add_cases(cases)
        ids = [case.id for case in self.cases]
        if ids:
            row = ids.index(before.id) if before is not None and before.id in ids else 0
            self.setCurrentCell(row, _TITLE)

    def add_cases(self, cases: Sequence[FigureCase]) -> None:
        """Show these below the others."""
        first = len(self.cases)
        self.cases += cases
        self.setRowCount(len(self.cases))
        for at, case in enumerate(cases, first):
            for column, words in enumerate(_words(case)):
                item = QTableWidgetItem(spell_missing(words))
                item.setToolTip(words)
                self.setItem(at, column, item)

    def current_case(self) -> FigureCase | None:
        """Return the chosen case."""
        row = self.currentRow()
        return self.cases[row] if 0 <= row < len(self.cases) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; letters and digits belong to the page."""
        if event.key() in _ENTER and not is_composing():
            self._open()
        elif event.text().isalnum():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        case = self.current_case()
        if case is not None:
            self.opened.emit(case.id)

    def _on_current(self, row: int, *_others: int) -> None:
        if row >= len(self.cases) - _AHEAD:
            self.end_near.emit()

    def _build_heads(self) -> None:
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        for column, width in enumerate(_WIDTHS):
            if column == _TITLE:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                self.setColumnWidth(column, width)


def _words(case: FigureCase) -> tuple[str, ...]:
    state = label(case.status) + ("（超期）" if case.is_overdue else "")
    rated = "" if case.verdict is None else label(case.verdict)
    received = f"{in_shanghai(case.received_at):%Y-%m-%d}"
    return (
        case.number,
        received,
        case.unit,
        case.community,
        case.category,
        case.summary,
        state,
        rated,
    )

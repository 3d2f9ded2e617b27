"""What was not taken in, row by row, with its reason (没有通过的行)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from desk.exchange.organisation_rows import Refused
from desk.ui.theme import tokens
from desk.ui.widgets.cards import Card

_HEADS = ("表", "行", "名称", "为什么没有通过")
_HEIGHT = 190


class RefusedTable(Card):
    """A small table that is there only while something is wrong."""

    def __init__(self) -> None:
        super().__init__("没有通过的行", note="改好或删去后自动消失")
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setHorizontalHeaderLabels(list(_HEADS))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAccessibleName("没有通过的行")
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().setDefaultSectionSize(tokens().sizes.row_compact)
        self.body.addWidget(self.table)
        self.hide()

    def show_refused(self, refused: Sequence[Refused]) -> None:
        """Show these rows; none hides the table."""
        self.setVisible(bool(refused))
        self.table.setRowCount(len(refused))
        row = tokens().sizes.row_compact
        self.table.setFixedHeight(min(_HEIGHT, row * (len(refused) + 1) + 14))
        for at, bad in enumerate(refused):
            for column, words in enumerate((bad.sheet, str(bad.row), bad.name, bad.reason)):
                item = QTableWidgetItem(str(words))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(at, column, item)

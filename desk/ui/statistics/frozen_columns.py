"""The first columns of a wide table stay where they are while the others move (固定首列)."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView


class FrozenColumns(QTableView):
    """A second view of the same lines, over the left edge of the table itself.

    It is only looked at: the keyboard, the mouse and screen readers stay with the table below.
    """

    def __init__(self, below: QTableView) -> None:
        super().__init__(below)
        self._below = below
        self._count = 0
        self.setModel(below.model())
        self.setSelectionModel(below.selectionModel())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(below.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        for bar in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(below.verticalScrollMode())
        below.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        below.horizontalScrollBar().valueChanged.connect(lambda _value: self.follow())
        self.hide()

    def freeze(self, count: int) -> None:
        """Keep so many columns in their place."""
        self._count = count
        for column in range(self.model().columnCount()):
            self.setColumnHidden(column, column >= count)
            self.setColumnWidth(column, self._below.columnWidth(column))
        self.follow()

    def width_of_columns(self) -> int:
        """Return how much of the table they cover."""
        return sum(self._below.columnWidth(column) for column in range(self._count))

    def follow(self) -> None:
        """Lie over the table where it was moved sideways; where it was not, be out of the way."""
        is_moved = self._below.horizontalScrollBar().value() > 0
        self.setVisible(is_moved and self._count > 0)
        view, head = self._below.viewport(), self._below.horizontalHeader()
        self.horizontalHeader().setFixedHeight(head.height())
        self.setGeometry(view.x(), head.y(), self.width_of_columns(), head.height() + view.height())
        self.verticalScrollBar().setValue(self._below.verticalScrollBar().value())

    def uncover(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Move the table so that a chosen cell does not lie below."""
        if index.column() < self._count or not index.isValid():
            return
        hidden = self.width_of_columns() - self._below.visualRect(index).left()
        bar = self._below.horizontalScrollBar()
        if hidden > 0 and bar.value() > 0:
            bar.setValue(bar.value() - hidden)

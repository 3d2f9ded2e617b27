"""The day's grid as a table of quarters × rooms: what a screen reader reads cell by cell."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk.rules.moments import in_shanghai
from desk.ui.rooms.day_sheet import DaySheet

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class DayModel(QAbstractTableModel):
    """Rows are quarters of an hour, columns are rooms; nothing in it is ever edited."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: DaySheet | None = None

    def show(self, sheet: DaySheet) -> None:
        """Show another sheet; where the table keeps its shape the place in it stays."""
        old, self.sheet = self.sheet, sheet
        same = old is not None and (old.rows, len(old.rooms)) == (sheet.rows, len(sheet.rooms))
        if same and self.rowCount() and self.columnCount():
            corner = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), corner)
            last = self.columnCount() - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        else:
            self.beginResetModel()
            self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many quarters of an hour there are."""
        return 0 if parent.isValid() or self.sheet is None else self.sheet.rows

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many rooms there are."""
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.rooms)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what is said of a cell; nothing is written into it by the table itself."""
        spoken = {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}
        if self.sheet is None or not index.isValid() or role not in spoken:
            return None
        room, moment = self.sheet.rooms[index.column()], self.sheet.moment_of(index.row())
        if role == Qt.ItemDataRole.ToolTipRole and not self.sheet.booking_at(room.id, moment):
            return None
        return self.sheet.spoken(room.id, moment)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the name of a room, or the time of a row."""
        if self.sheet is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self.sheet.rooms[section].name
        return f"{in_shanghai(self.sheet.moment_of(section)):%H:%M}"

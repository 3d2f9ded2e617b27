"""Cards of one column, and lines of the table (HOUSE.md 8.7): fetched page by page by scrolling."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desk.queries.case_board import PAGE, BoardRow
from desk.rules.moments import say_moment
from desk.rules.wording import label
from desk.ui.board.card_paint import ROW_ROLE, face_of, spoken, whose

Index = QModelIndex | QPersistentModelIndex
Deliver = Callable[[list[BoardRow]], None]
LoadPage = Callable[[BoardRow, Deliver, Callable[[], None]], None]
_READ_ROLES = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


class Pages:
    """Rows in memory and whether there may be more; a late page is known by its generation."""

    def __init__(self) -> None:
        self.rows: list[BoardRow] = []
        self.is_complete = True
        self.is_waiting = False
        self.generation = 0

    def replace(self, rows: Sequence[BoardRow], *, total: int) -> None:
        """Start again with these rows."""
        self.rows = list(rows)
        self.is_complete = len(rows) >= total
        self.is_waiting = False
        self.generation += 1

    def position(self, case_id: int) -> int | None:
        """Return where a case stands among the rows that were read."""
        return next((at for at, row in enumerate(self.rows) if row.id == case_id), None)

    def can_fetch(self) -> bool:
        """Whether the database may hold further rows."""
        return bool(self.rows) and not (self.is_complete or self.is_waiting)


class PagedCases(QAbstractTableModel):
    """Rows that were read so far; the view asks for more as it is scrolled."""

    heads: tuple[str, ...] = ("",)

    def __init__(
        self,
        load: LoadPage,
        unit_names: Mapping[int, str],
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._load, self._names, self._clock = load, unit_names, clock
        self.pages = Pages()

    def show(self, rows: Sequence[BoardRow], *, total: int) -> None:
        """Show these rows instead; unchanged ones are left alone."""
        if [row.id for row in self.pages.rows] == [row.id for row in rows]:
            self.pages.replace(rows, total=total)
            if rows:
                last = self.index(len(rows) - 1, len(self.heads) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.pages.replace(rows, total=total)
        self.endResetModel()

    def row(self, index: Index) -> BoardRow:
        """Return the row shown at `index`."""
        return self.pages.rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many rows were read."""
        return 0 if parent.isValid() else len(self.pages.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.heads)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the database may hold further rows."""
        return not parent.isValid() and self.pages.can_fetch()

    def fetchMore(self, parent: Index) -> None:
        """Ask for the page after the last row; an answer to an older question is dropped."""
        if not self.canFetchMore(parent):
            return
        pages, generation = self.pages, self.pages.generation
        pages.is_waiting = True

        def deliver(page: list[BoardRow]) -> None:
            if generation != pages.generation:
                return  # answers a question asked before the last reload
            pages.is_waiting = False
            pages.is_complete = len(page) < PAGE
            if page:
                self._append(page)

        def give_up() -> None:
            if generation == pages.generation:
                pages.is_waiting = False

        self._load(pages.rows[-1], deliver, give_up)

    def _append(self, page: list[BoardRow]) -> None:
        first = len(self.pages.rows)
        self.beginInsertRows(QModelIndex(), first, first + len(page) - 1)
        self.pages.rows.extend(page)
        self.endInsertRows()


class CaseColumn(PagedCases):
    """Cards of one stage, the one that burns first on top."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, or the card in words."""
        row = self.pages.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.summary
        if role in _READ_ROLES:
            return spoken(row, whose(row, self._names), self._clock())
        return None


HEADS = ("编号", "级别", "现在", "标题", "社区", "承办", "受理", "时限")
NUMBER, LEVEL, STATUS, SUMMARY, COMMUNITY, UNIT, RECEIVED, CLOCK = range(len(HEADS))


class CaseTable(PagedCases):
    """Rows of the board as a table."""

    heads = HEADS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's name."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, or a cell in words."""
        row = self.pages.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._cell(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == SUMMARY:
            return row.summary
        return None

    def _cell(self, row: BoardRow, column: int) -> str:
        now = self._clock()
        if column == CLOCK:
            face = face_of(row, now)
            return f"{face.name} {face.text}" if face is not None else ""
        return {
            NUMBER: f"{row.seq:05}",
            LEVEL: label(row.urgency),
            STATUS: label(row.status),
            SUMMARY: row.summary,
            COMMUNITY: self._names.get(row.community_id or 0, ""),
            UNIT: self._names.get(row.lead_unit_id or 0, ""),
            RECEIVED: say_moment(row.received_at, seen_at=now),
        }[column]

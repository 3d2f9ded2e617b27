"""The rows of a workbook as they would come in (预览): what is wrong stands beside its cell."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush

from desk.exchange.ledgers import Refusal
from desk.exchange.workbook import SheetRow, as_text
from desk.ui.moving_in.job import ROW, ImportJob, faults_of
from desk.ui.theme import tokens

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_BEFORE = 2  # columns of ours: number of the row, what becomes of it
_LONG = 60
_ROLE = Qt.ItemDataRole
_REFUSED = "不导入"


class RowsModel(QAbstractTableModel):
    """One row for each row of the sheet, or only for those with something wrong."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.job: ImportJob | None = None
        self.only_faulty = False
        self._rows: list[SheetRow] = []
        self._columns: list[int] = []
        self._faults: dict[int, dict[int, str]] = {}

    def show(self, job: ImportJob) -> None:
        """Show a workbook whose rows were looked at."""
        self.beginResetModel()
        self.job = job
        self._columns = sorted(index for index, _ in job.recognised().places)
        refused = job.result.refused if job.result is not None else ()
        self._faults = {one.row: faults_of(one, job) for one in refused}
        self._choose_rows()
        self.endResetModel()

    def show_only_faulty(self, *, only: bool) -> None:
        """Leave out the rows that can come in."""
        self.beginResetModel()
        self.only_faulty = only
        self._choose_rows()
        self.endResetModel()

    def take_row(self, number: int, refused: Refusal | None) -> None:
        """Show anew what is wrong in one row, which was corrected."""
        assert self.job is not None  # noqa: S101 - there are rows
        self._faults.pop(number, None)
        if refused is not None:
            self._faults[number] = faults_of(refused, self.job)
        at = next((n for n, row in enumerate(self._rows) if row.number == number), None)
        if at is not None:
            self._rows[at] = next(r for r in self.job.mended.rows if r.number == number)
            self.dataChanged.emit(self.index(at, 0), self.index(at, self.columnCount() - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns are shown."""
        return 0 if parent.isValid() or self.job is None else _BEFORE + len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        """Return the headings: theirs, and ours below where that is another."""
        if role != _ROLE.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        if section < _BEFORE or self.job is None:
            return ("行", "结果")[section] if section < _BEFORE else ""
        return self.job.sheet.header[self._columns[section - _BEFORE]]

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return a cell as it is shown, painted and spoken."""
        fault = self.fault_at(index)
        if role == _ROLE.DisplayRole:
            return self._words(index, fault)
        if role == _ROLE.ToolTipRole:
            return "\n".join(filter(None, (self.text_at(index), fault and f"问题：{fault}")))
        if role == _ROLE.AccessibleTextRole:
            return f"{self.text_at(index)}{f'，问题：{fault}' if fault else ''}"
        if fault and role == _ROLE.ForegroundRole:
            return QBrush(tokens().colour("bad"))
        return None

    def number_at(self, index: Index) -> int:
        """Return the number of a row on the sheet."""
        return self._rows[index.row()].number

    def place_at(self, index: Index) -> int:
        """Return the column on the sheet; ROW for those of ours."""
        return ROW if index.column() < _BEFORE else self._columns[index.column() - _BEFORE]

    def text_at(self, index: Index) -> str:
        """Return the whole text of a cell."""
        row = self._rows[index.row()]
        if index.column() == 0:
            return str(row.number)
        if index.column() == 1:
            return self._outcome(row.number)
        at = self.place_at(index)
        return as_text(row.cells[at]) if at < len(row.cells) else ""

    def fault_at(self, index: Index) -> str:
        """Return what is wrong with a cell; of the row as a whole beside its result."""
        if index.column() == 0:
            return ""
        faults = self._faults.get(self.number_at(index), {})
        return faults.get(self.place_at(index), "")

    def next_fault(self, after: Index) -> Index:
        """Return the next cell with something wrong, from the beginning again at the end."""
        row, column = (after.row(), after.column()) if after.isValid() else (-1, 0)
        faulty = [n for n, one in enumerate(self._rows) if one.number in self._faults]
        here = [n for n in faulty if n == row]
        for n in (*here, *(n for n in faulty if n > row), *(n for n in faulty if n <= row)):
            first = column + 1 if n == row and here else 1
            here = []
            for c in range(first, self.columnCount()):
                if self.fault_at(self.index(n, c)):
                    return self.index(n, c)
        return QModelIndex()

    @property
    def faulty(self) -> int:
        """How many rows do not come in as they are."""
        return len(self._faults)

    def _choose_rows(self) -> None:
        rows = self.job.mended.rows if self.job is not None else ()
        self._rows = [one for one in rows if not self.only_faulty or one.number in self._faults]

    def _outcome(self, number: int) -> str:
        if number in self._faults:
            header = self.job.sheet.header if self.job is not None else ()
            names = "、".join(header[at] for at in self._faults[number] if at != ROW)
            return f"{_REFUSED}：{names}" if names else _REFUSED
        outcomes = self.job.result.outcomes if self.job is not None and self.job.result else {}
        return str(outcomes.get(number, ""))

    def _words(self, index: Index, fault: str) -> str:
        text = " ".join(self.text_at(index).split())
        short = f"{text[:_LONG]}…" if len(text) > _LONG else text
        place = (self.number_at(index), self.place_at(index))
        is_mended = self.job is not None and place in self.job.corrections
        return f"{'⚠ ' if fault else ''}{'✎ ' if is_mended else ''}{short}"

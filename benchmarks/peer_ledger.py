"""A ledger kept in a workbook, the way many halls do it: opened, read through, saved whole."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook

COLUMNS = (
    "number", "name", "phone", "address", "details", "unit", "received_at", "closed_at",
    "responded", "solved", "satisfied",
)  # fmt: skip


class WorkbookLedger:
    """One sheet, a row for each appeal."""

    def __init__(self, file: Path, rows: Sequence[Mapping[str, object]]) -> None:
        self._file = file
        book = Workbook(write_only=True)
        sheet = book.create_sheet("台账")
        sheet.append(COLUMNS)
        for row in rows:
            sheet.append([_plain(row[name]) for name in COLUMNS])
        book.save(file)

    def register(self, n: int) -> object:
        """Open, write below, save."""
        book = load_workbook(self._file)
        sheet = book.worksheets[0]
        now = datetime.now(UTC).replace(tzinfo=None)
        sheet.append([f"新{n}", "陈桂芳", "13800000023", "榕荫里 7 栋", "电梯", "", now])
        book.save(self._file)
        return n

    def first_page(self) -> object:
        """Open the file and read the last fifty."""
        return self._rows()[-50:]

    def find(self, fragment: str) -> object:
        """Open the file and look through the names."""
        return [row for row in self._rows() if fragment in str(row[1])][-50:]

    def month(self) -> object:
        """Open the file and count."""
        first = datetime.now(UTC).replace(day=1, tzinfo=None)
        rows = [row for row in self._rows() if isinstance(row[6], datetime) and row[6] >= first]
        return [sum(bool(row[place]) for row in rows) for place in (8, 9, 10)]

    def _rows(self) -> list[tuple[object, ...]]:
        book = load_workbook(self._file, read_only=True)
        rows: list[tuple[object, ...]] = [
            *book.worksheets[0].iter_rows(min_row=2, values_only=True)
        ]
        book.close()
        return rows


def _plain(value: object) -> object:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value

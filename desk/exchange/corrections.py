"""Corrections to a sheet before it is imported (导入前更正): the file itself is never touched."""

from collections.abc import Mapping
from dataclasses import replace

from desk.exchange.workbook import Sheet, SheetRow

Place = tuple[int, int]  # row as a clerk counts, column from 0


def corrected(sheet: Sheet, corrections: Mapping[Place, str]) -> Sheet:
    """Return the sheet with some cells replaced by what a clerk typed instead."""
    wanted = {row for row, _ in corrections}
    rows = tuple(
        _corrected_row(row, corrections) if row.number in wanted else row for row in sheet.rows
    )
    return replace(sheet, rows=rows)


def only_row(sheet: Sheet, number: int) -> Sheet:
    """Return the sheet with nothing below its header but one row."""
    return replace(sheet, rows=tuple(row for row in sheet.rows if row.number == number))


def _corrected_row(row: SheetRow, corrections: Mapping[Place, str]) -> SheetRow:
    own = {at: text for (number, at), text in corrections.items() if number == row.number}
    cells = list(row.cells) + [None] * (max(own) + 1 - len(row.cells))
    for at, text in own.items():
        cells[at] = text or None
    return SheetRow(row.number, tuple(cells))

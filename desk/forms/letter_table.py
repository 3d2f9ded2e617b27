"""Tables inside letters (分期履行表): ruled rows on the lines of the page, heads on every page."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from reportlab.lib.units import mm

from desk.forms.breaking import Line, break_text
from desk.forms.definition import Block, Cell
from desk.forms.fonts import FontSet, Role
from desk.forms.letter_lines import SetLine, TableCell
from desk.forms.sheet import Sheet
from desk.forms.writers import WRITERS, fill

_TABLE_PT: Final = 12.0  # 小 4 号
_PAD: Final = 4.0
_WHOLE_ROW: Final = 4  # lines: a row that has more may go on over the page
_NOTHING: Final = Line("", 0, ends_paragraph=True)


def table_lines(
    block: Block, row: Mapping[str, Any], fonts: FontSet, measure: float
) -> Iterator[SetLine]:
    """Yield the heads of a table and the lines of a row for every entry of its list."""
    entries = row.get(block.each) or []
    if not isinstance(entries, list | tuple) or not entries:
        return
    columns = _columns(block, measure)
    captions = [cell.caption for cell, _x, _width in columns]
    heads = tuple(_row(captions, columns, fonts, "song"))
    yield from heads
    for number, entry in enumerate(entries, 1):
        own = entry if isinstance(entry, Mapping) else {"entry": entry}
        one = {**row, **own, "n": number}
        words = [_words(cell, one) for cell, _x, _width in columns]
        yield from _row(words, columns, fonts, "body", heads)


def paint_row(sheet: Sheet, line: SetLine, left: float, base: float, pitch: float) -> None:
    """Draw one line of a table: its words, the rules between columns, above and below."""
    # The rules stand in the middle of the white between two lines of the grid.
    top = base + 0.5 * pitch + 0.36 * line.size
    bottom = top - pitch
    end = left
    for cell in line.cells:
        x, end = left + cell.x, left + cell.x + cell.width
        if cell.centred:
            sheet.centred(cell.line.text, (x + end) / 2, base, line.role, line.size)
        else:
            room = cell.width - 2 * _PAD
            sheet.line(cell.line, x + _PAD, base, line.role, line.size, room)
        sheet.rule(x, top, x, bottom, 0.5)
    sheet.rule(end, top, end, bottom, 0.5)
    if line.opens:
        sheet.rule(left, top, end, top, 0.5)
    if line.closes:
        sheet.rule(left, bottom, end, bottom, 0.5)


def _columns(block: Block, measure: float) -> list[tuple[Cell, float, float]]:
    """Return each column with where it begins and how wide it is."""
    fixed = sum(cell.width_mm for cell in block.cells) * mm
    shared = sum(not cell.width_mm for cell in block.cells)
    found = []
    x = 0.0
    for cell in block.cells:
        width = cell.width_mm * mm if cell.width_mm else (measure - fixed) / shared
        found.append((cell, x, width))
        x += width
    return found


def _row(
    words: list[str],
    columns: list[tuple[Cell, float, float]],
    fonts: FontSet,
    role: Role,
    heads: tuple[SetLine, ...] = (),
) -> Iterator[SetLine]:
    """Yield the lines of one row; heads hold the row that follows them."""
    chain = fonts.chains[role]
    broken = [
        break_text(text, chain, _TABLE_PT, width - 2 * _PAD)
        for text, (_cell, _x, width) in zip(words, columns, strict=True)
    ]
    high = max(len(lines) for lines in broken)
    for at in range(high):
        cells = tuple(
            TableCell(
                lines[at] if at < len(lines) else _NOTHING,
                x,
                width,
                (cell.centred or not heads) and len(lines) == 1,
            )
            for lines, (cell, x, width) in zip(broken, columns, strict=True)
        )
        yield SetLine(
            _NOTHING,
            role,
            _TABLE_PT,
            "row",
            holds_next=not heads or (at < high - 1 and high <= _WHOLE_ROW),
            cells=cells,
            opens=at == 0 and not heads,
            closes=at == high - 1,
            heads=heads,
        )


def _words(cell: Cell, row: Mapping[str, Any]) -> str:
    if cell.words:
        return fill(cell.words, row)
    value = row.get(cell.key)
    return "" if value is None else WRITERS[cell.write](value)

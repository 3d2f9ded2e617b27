"""The figures of a period on paper (统计表): large figures, the table, what has to be known of it.

It is a working sheet and no paper of the hall: it bears no number, and whoever prints it later
prints the figures of that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from desk.forms.breaking import one_line
from desk.forms.fonts import Role, font_set
from desk.forms.sheet import PAGE_HEIGHT, PAGE_WIDTH, Sheet

_LEFT: Final = 15 * mm
_WIDE: Final = PAGE_HEIGHT - 2 * _LEFT
_TOP: Final = PAGE_WIDTH - 15 * mm
_FOOT: Final = 14 * mm
_TITLE_PT, _LARGE_PT, _WORDS_PT, _CELL_PT = 20.0, 18.0, 10.5, 9.5
_ROW: Final = 6 * mm
_TILE: Final = 18 * mm
_GAP: Final = 6.0  # between two columns
_SHORT: Final = 3  # characters of a head that stay on one line
_TILES: Final = 4


@dataclass(frozen=True, slots=True)
class SheetFigures:
    """What is printed.

    Attributes:
        tiles: words, figure, and what is said below it.
        names: which column says what a line is; the first line is the total.
    """

    title: str
    office: str
    tiles: Sequence[tuple[str, str, str]]
    heads: Sequence[str]
    lines: Sequence[Sequence[str]]
    notes: Sequence[str]
    names: int = 0


def figures_pdf(figures: SheetFigures) -> bytes:
    """Return the sheet, A4 on its side, as many pages as the table needs."""
    return _Pen(figures).pages()


class _Pen:
    def __init__(self, figures: SheetFigures) -> None:
        self._figures = figures
        self._sheet = Sheet(font_set(), figures.title)
        self._sheet.lay(on_its_side=True)
        self._widths = self._fitted_widths()

    def pages(self) -> bytes:
        """Draw everything."""
        y = self._head()
        lines = list(self._figures.lines)
        while True:
            y = self._heads(y)
            while lines and y - _ROW > _FOOT + self._notes_room(lines):
                y = self._line(y, lines.pop(0))
            if not lines:
                break
            self._sheet.end_page()
            y = _TOP
        for words in self._figures.notes:
            y -= _WORDS_PT * 1.5
            self._text(words, _LEFT, y, "song", _WIDE, _CELL_PT)
        self._sheet.end_page()
        return self._sheet.finish()

    def _fitted_widths(self) -> list[float]:
        """Return the width of each column: what its words need, all together the whole line."""
        figures, sheet = self._figures, self._sheet
        wanted = []
        for at, head in enumerate(figures.heads):
            own = [sheet.width(line[at], "song", _CELL_PT) for line in figures.lines]
            heads = [sheet.width(part, "heading", _CELL_PT) for part in _folded(head)]
            wanted.append(max(*own, *heads, 0.0) + _GAP)
        spare = _WIDE - sum(wanted)
        if spare < 0:
            return [wide * _WIDE / sum(wanted) for wide in wanted]
        return [wide + spare / len(wanted) for wide in wanted]

    def _notes_room(self, lines: Sequence[object]) -> float:
        """Return the room that the notes need below the last line."""
        return len(self._figures.notes) * _WORDS_PT * 1.5 if len(lines) == 1 else 0.0

    def _head(self) -> float:
        sheet, figures = self._sheet, self._figures
        y = _TOP - _TITLE_PT
        sheet.centred(figures.title, PAGE_HEIGHT / 2, y, "title", _TITLE_PT)
        y -= 8 * mm
        sheet.text(figures.office, _LEFT, y, "song", _WORDS_PT)
        step = _WIDE / _TILES
        for at, (words, value, below) in enumerate(figures.tiles):
            row, column = divmod(at, _TILES)
            x, top = _LEFT + column * step, y - 6 * mm - row * _TILE
            sheet.text(words, x, top - 3 * mm, "heading", _WORDS_PT)
            sheet.text(value, x, top - 10.5 * mm, "heading", _LARGE_PT)
            self._text(below, x, top - 15 * mm, "song", step - 3 * mm, 9.0)
        rows = -(-len(figures.tiles) // _TILES)
        return y - 6 * mm - rows * _TILE

    def _heads(self, y: float) -> float:
        heads = [_folded(head) for head in self._figures.heads]
        high = _CELL_PT * (1.25 * max(map(len, heads)) + 0.6)
        x = _LEFT
        for wide, words in zip(self._widths, heads, strict=True):
            for down, part in enumerate(words, 1):
                base = y - down * _CELL_PT * 1.25
                self._sheet.centred(part, x + wide / 2, base, "heading", _CELL_PT)
            x += wide
        self._sheet.rule(_LEFT, y + 1, _LEFT + _WIDE, y + 1, 1.0)
        self._sheet.rule(_LEFT, y - high, _LEFT + _WIDE, y - high, 0.5)
        return y - high

    def _line(self, y: float, line: Sequence[str]) -> float:
        x, base = _LEFT, y - _ROW + (_ROW - _CELL_PT) / 2 + 1.5
        for at, (wide, words) in enumerate(zip(self._widths, line, strict=True)):
            if at == self._figures.names:
                self._text(words, x, base, "song", wide, _CELL_PT)
            else:
                size = self._fitting(words, wide - 2)
                self._sheet.right(words, x + wide - 2, base, "song", size)
            x += wide
        self._sheet.rule(_LEFT, y - _ROW, _LEFT + _WIDE, y - _ROW, 0.35)
        return y - _ROW

    def _fitting(self, words: str, room: float) -> float:
        wide = self._sheet.width(words, "song", _CELL_PT)
        return _CELL_PT if wide <= room else _CELL_PT * room / wide

    def _text(self, words: str, x: float, y: float, role: Role, room: float, size: float) -> None:
        said = one_line(words)
        wide = self._sheet.width(said, role, size)
        self._sheet.text(said, x, y, role, size if wide <= room else size * room / wide)


def _folded(head: str) -> list[str]:
    """Return a longer head in two lines, its last word below: 分拨, 按时."""
    return [head] if len(head) <= _SHORT else [head[:-2], head[-2:]]

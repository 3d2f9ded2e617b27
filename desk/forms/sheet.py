"""The sheet of paper under the pen: text, rules, seal places, code squares, page after page.

Everything above this module speaks of lines and boxes in points from the lower left corner;
only this module, `embedding` and `chart_pen` know ReportLab.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import Final, Protocol

import segno
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desk.forms.breaking import Line, one_line
from desk.forms.embedding import DRAWN_AS
from desk.forms.fonts import FontSet, Glyph, Role
from desk.rules.errors import RuleBroken

PAGE_WIDTH, PAGE_HEIGHT = A4
# Base 85 makes every page a quarter larger and no printer has needed it for decades.
rl_config.useA85 = 0

_LIGHT: Final = 0.72
_FOOT_PT: Final = 9.0
# Weighing all eight masks takes longer than the rest of the paper; every one may be scanned.
_MASK: Final = 2
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# A line is spread to the full measure if no gap between signs grows by more ems than this.
_SPREAD_LIMIT: Final = 0.15


class Picture(Protocol):
    """A drawing of ReportLab, which is not loaded for papers without any."""

    def drawOn(self, canvas: Canvas, x: float, y: float) -> None:  # noqa: N802 - ReportLab's name
        """Draw it with its lower left corner at (x, y)."""


class Sheet:
    """Pages that are being drawn, with one set of fonts."""

    def __init__(self, fonts: FontSet, title: str) -> None:
        self._fonts = fonts
        self._out = BytesIO()
        self._canvas = Canvas(
            self._out,
            pagesize=A4,
            invariant=1,
            pageCompression=1,
            # Without it every page refers to Helvetica, which is not embedded.
            initialFontName=fonts.chains["body"].first.fontName,  # type: ignore[arg-type] # wrong stub
        )
        self._canvas.setTitle(_SURROGATE.sub("", one_line(title)))
        self._canvas.setCreator("案台")
        self._canvas.setAuthor("")
        self.pages = 0
        self.missing: dict[str, None] = {}

    def text(self, words: str, x: float, y: float, role: Role, size: float) -> float:
        """Set words from x on the base line y; return where they end."""
        return self._set(words, x, y, role, size, spread=0)

    def centred(self, words: str, x: float, y: float, role: Role, size: float) -> None:
        """Set words with their middle at x."""
        self.text(words, x - self.width(words, role, size) / 2, y, role, size)

    def right(self, words: str, x: float, y: float, role: Role, size: float) -> None:
        """Set words so that they end at x."""
        self.text(words, x - self.width(words, role, size), y, role, size)

    def line(self, line: Line, x: float, y: float, role: Role, size: float, measure: float) -> None:
        """Set a line of a paragraph, spread to the measure unless it ends the paragraph."""
        spread = 0.0
        gap = measure - line.indent - line.width
        if not line.ends_paragraph and gap > 0 and len(line.text) > 1:
            spread = gap / (len(line.text) - 1)
            spread = spread if spread <= _SPREAD_LIMIT * size else 0
        self._set(line.text, x + line.indent, y, role, size, spread=spread)

    def width(self, words: str, role: Role, size: float) -> float:
        """Return how wide words are."""
        return self._fonts.chains[role].width(words) * size / 1000

    def _set(
        self, words: str, x: float, y: float, role: Role, size: float, *, spread: float
    ) -> float:
        chain = self._fonts.chains[role]
        for glyph_face, group in groupby(words, key=lambda char: chain[char].face):
            run = "".join(group)
            if glyph_face is None:
                for char in run:
                    self._mark(char, chain[char], x, y, size)
                    x += chain[char].width * size / 1000 + spread
                continue
            pen = self._canvas.beginText(x, y)
            pen.setFont(glyph_face.fontName, size)
            pen.setCharSpace(spread)
            pen.textOut(run)
            self._canvas.drawText(pen)
            for char in run:
                if char in DRAWN_AS:
                    _tick(self._canvas, char, x, y, size)
                x += chain[char].width * size / 1000 + spread
        return x

    def _mark(self, char: str, glyph: Glyph, x: float, y: float, size: float) -> None:
        """Draw a box with the code of a character that no face can show, and remember it."""
        self.missing[char] = None
        wide = glyph.width * size / 1000
        self._canvas.setLineWidth(0.4)
        self._canvas.rect(x + 0.06 * wide, y - 0.1 * size, 0.88 * wide, 0.94 * size)
        code = f"{ord(char):04X}"
        half = (len(code) + 1) // 2
        small = min(0.38 * size, 0.84 * wide / half / 0.6)
        for part, up in ((code[:half], 0.42), (code[half:], 0.0)):
            self.centred(part, x + wide / 2, y + up * size, "heading", small)

    def rule(self, x1: float, y1: float, x2: float, y2: float, thick: float) -> None:
        """Draw a straight line."""
        self._canvas.setLineWidth(thick)
        self._canvas.line(x1, y1, x2, y2)

    def frame(self, x: float, y: float, wide: float, high: float, thick: float) -> None:
        """Draw a rectangle whose lower left corner is at (x, y)."""
        self._canvas.setLineWidth(thick)
        self._canvas.rect(x, y, wide, high)

    def foot(
        self, serial: object, page: tuple[int, int], left: float, right: float, y: float
    ) -> None:
        """Draw the foot line: serial number and page, and nothing that changes per print."""
        words = f"第 {page[0]} 页 共 {page[1]} 页"
        self.right(words, right, y, "song", _FOOT_PT)
        words = one_line(f"系统流水 {'' if serial is None else serial}")
        room = (right - left) * 0.75
        size = min(_FOOT_PT, _FOOT_PT * room / max(self.width(words, "song", _FOOT_PT), 1))
        self.text(words, left, y, "song", size)

    def cut_line(self, y: float, words: str) -> None:
        """Draw the dashed line along which a receipt is torn off."""
        half = self.width(words, "song", 9) / 2 + 2 * mm
        middle = PAGE_WIDTH / 2
        self._canvas.saveState()
        self._canvas.setDash(4, 3)
        self.rule(0, y, middle - half, y, 0.5)
        self.rule(middle + half, y, PAGE_WIDTH, y, 0.5)
        self._canvas.restoreState()
        self.centred(words, middle, y - 3, "song", 9)

    def seal_place(self, x: float, y: float, across_mm: float) -> None:
        """Draw the light dashed circle where a seal will be set; x, y is its centre."""
        self._canvas.saveState()
        self._canvas.setStrokeGray(_LIGHT)
        self._canvas.setFillGray(_LIGHT)
        self._canvas.setDash(3, 3)
        self._canvas.setLineWidth(0.6)
        self._canvas.circle(x, y, across_mm * mm / 2)
        self._canvas.restoreState()
        self._canvas.saveState()
        self._canvas.setFillGray(_LIGHT)
        self.centred("（印章）", x, y + 0.28 * across_mm * mm, "song", 10.5)
        self._canvas.restoreState()

    def finger_place(self, x: float, y: float) -> None:
        """Draw the box for a finger print, 20 by 25 mm, lower left corner at (x, y)."""
        self._canvas.saveState()
        self._canvas.setStrokeGray(_LIGHT)
        self._canvas.setFillGray(_LIGHT)
        self.frame(x, y, 20 * mm, 25 * mm, 0.5)
        self.centred("按指印处", x + 10 * mm, y + 2 * mm, "song", 9)
        self._canvas.restoreState()

    def code_square(self, payload: str, x: float, y: float, side: float) -> None:
        """Draw a QR code as one path, lower left corner at (x, y)."""
        rows = _modules(payload)
        step = side / len(rows)
        path = self._canvas.beginPath()
        for down, row in enumerate(rows, 1):
            at = 0
            for dark, group in groupby(row):
                count = len(list(group))
                if dark:
                    path.rect(x + at * step, y + side - down * step, count * step, step)
                at += count
        self._canvas.drawPath(path, stroke=0, fill=1)

    def picture(self, drawing: Picture, x: float, y: float) -> None:
        """Set a chart (`desk.forms.charts`) with its lower left corner at (x, y)."""
        drawing.drawOn(self._canvas, x, y)

    def lay(
        self, *, on_its_side: bool = False, upright: tuple[float, float] = (PAGE_WIDTH, PAGE_HEIGHT)
    ) -> None:
        """Lay this page and those that follow on their side, or upright as at first.

        Args:
            upright: width and height of the paper; a roll is cut where its words end.
        """
        self._canvas.setPageSize(upright[::-1] if on_its_side else upright)

    @contextmanager
    def upside_down(self, wide: float, high: float) -> Iterator[None]:
        """Turn what is drawn meanwhile on this page upside down."""
        self._canvas.saveState()
        self._canvas.translate(wide, high)
        self._canvas.rotate(180)
        yield
        self._canvas.restoreState()

    def end_page(self) -> None:
        """Finish this page and begin a new one."""
        self._canvas.showPage()
        self.pages += 1

    def finish(self) -> bytes:
        """Return the document."""
        self._canvas.save()
        return self._out.getvalue()


def _tick(canvas: Canvas, char: str, x: float, y: float, size: float) -> None:
    """Draw the tick into a ticked box."""
    if char != "☑":
        return
    path = canvas.beginPath()
    path.moveTo(x + 0.18 * size, y + 0.38 * size)
    path.lineTo(x + 0.42 * size, y + 0.10 * size)
    path.lineTo(x + 0.98 * size, y + 0.82 * size)
    canvas.setLineWidth(0.095 * size)
    canvas.drawPath(path, stroke=1, fill=0)


@lru_cache(maxsize=64)
def _modules(payload: str) -> tuple[bytes, ...]:
    """Return the rows of a QR code, 1 for dark."""
    text = _SURROGATE.sub("?", payload)
    try:
        code = segno.make(text, error="m", micro=False, mask=_MASK)
        return tuple(bytes(row) for row in code.matrix)
    except segno.DataOverflowError as error:
        raise RuleBroken("二维码里的内容过长，请联系管理员检查编号规则。", field="qr") from error

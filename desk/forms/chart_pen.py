"""The pen that charts are drawn with (图表画笔): words in the papers' own fonts, patterns, marks.

A colour never says anything alone: bars differ by pattern, lines by mark and dash, and every
number stands in figures beside what is drawn.
"""

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from itertools import groupby
from typing import Final

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import (
    Circle,
    Drawing,
    Hatching,
    Line,
    Polygon,
    PolyLine,
    Rect,
    String,
)
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from desk.forms.fonts import FontSet, font_set

Shade = tuple[float, float, float]  # red, green, blue from 0 to 1
_CUT: Final = "…"
_DASHES: Final[tuple[list[float] | None, ...]] = (None, [5, 2.5], [1.5, 2], [7, 2, 1.5, 2])


@dataclass(frozen=True, slots=True)
class Ink:
    """The shades of a chart: those of paper, or those of the screen's theme."""

    text: Shade = (0, 0, 0)
    soft: Shade = (0.33, 0.33, 0.33)  # quieter words, axes
    line: Shade = (0.78, 0.78, 0.78)  # what the eye follows to a number
    ground: Shade = (1, 1, 1)
    strong: Shade = (0.22, 0.22, 0.22)  # what is filled wholly

    def towards(self, part: float) -> Shade:
        """Return a shade between the ground (0) and what is filled wholly (1)."""
        pairs = zip(self.ground, self.strong, strict=True)
        red, green, blue = (ground + (strong - ground) * part for ground, strong in pairs)
        return red, green, blue


PAPER: Final = Ink()


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle by its lower left corner, in points."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.y + self.high

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.wide

    def without(
        self, *, left: float = 0, right: float = 0, top: float = 0, bottom: float = 0
    ) -> "Area":
        """Return what is left without these edges."""
        return Area(
            self.x + left,
            self.y + bottom,
            max(self.wide - left - right, 1),
            max(self.high - top - bottom, 1),
        )


class Side(StrEnum):
    """Which part of the words lies at x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Fill(StrEnum):
    """How a bar is filled; what stands beside each other differs in this, not in colour alone."""

    SOLID = "solid"
    HATCHED = "hatched"
    HOLLOW = "hollow"
    CROSSED = "crossed"


FILLS: Final = tuple(Fill)
_BACK: Final = {Side.START: 0.0, Side.MIDDLE: 0.5, Side.END: 1.0}


class ChartPen:
    """Draws one chart; everything is in points from the lower left corner.

    Args:
        letter: the size of the words; everything else follows it.
    """

    def __init__(self, wide: float, high: float, ink: Ink, letter: float) -> None:
        self.ink, self.letter = ink, letter
        self._chain = _fonts().chains["heading"]
        # without it a page refers to Times, which is not embedded
        self.drawing = Drawing(wide, high, initialFontName=self._chain.first.fontName)
        self.page = Area(0, 0, wide, high)
        self._rectangle(self.page, ink.ground, None, 0)

    def width(self, words: str, size: float) -> float:
        """Return how wide words are."""
        return self._chain.width(words) * size / 1000

    def fitted(self, words: str, room: float, size: float) -> str:
        """Return words, cut with “…” where they are wider than the room."""
        if self.width(words, size) <= room:
            return words
        kept = words
        while kept and self.width(kept + _CUT, size) > room:
            kept = kept[:-1]
        return kept + _CUT

    def folded(self, words: str, room: float, size: float, most: int) -> list[str]:
        """Return words as at most so many lines, the last one cut where there is more."""
        lines: list[str] = []
        rest = words
        while rest and len(lines) < most - 1:
            count = max(1, sum(self.width(rest[: n + 1], size) <= room for n in range(len(rest))))
            lines.append(rest[:count])
            rest = rest[count:]
        return [*lines, self.fitted(rest, room, size)] if rest else lines

    def text(
        self,
        words: str,
        at: tuple[float, float],
        size: float = 0,
        side: Side = Side.START,
        shade: Shade | None = None,
    ) -> None:
        """Set words at a point on their base line; without a size in that of the chart."""
        size = size or self.letter
        x, y = at[0] - self.width(words, size) * _BACK[side], at[1]
        colour = _colour(shade or self.ink.text)
        for face, group in groupby(words, key=lambda char: self._chain[char].face):
            run = "".join(group)
            if face is not None:
                self.drawing.add(
                    String(x, y, run, fontName=face.fontName, fontSize=size, fillColor=colour)
                )
            else:  # no face shows it: a box, never a blank
                self.box(Area(x, y, self.width(run, size), size * 0.8), Fill.HOLLOW)
            x += self.width(run, size)

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], *, axis: bool = False
    ) -> None:
        """Draw a straight line: an axis, or one that the eye follows."""
        shade = self.ink.soft if axis else self.ink.line
        self.drawing.add(
            Line(*start, *end, strokeColor=_colour(shade), strokeWidth=0.9 if axis else 0.5)
        )

    def box(self, area: Area, fill: Fill = Fill.SOLID) -> None:
        """Draw a bar."""
        strong, edge = self.ink.strong, max(0.6, self.letter * 0.07)
        self._rectangle(area, strong if fill is Fill.SOLID else self.ink.ground, strong, edge)
        angles = {Fill.HATCHED: [45], Fill.CROSSED: [45, -45]}.get(fill)
        if angles is None:
            return
        corners = [area.x, area.y, area.right, area.y, area.right, area.top, area.x, area.top]
        self.drawing.add(
            Hatching(
                spacings=[self.letter * 0.36] * len(angles),
                angles=angles,
                xyLists=[corners],
                strokeColor=_colour(strong),
                strokeWidth=edge,
                fillColor=None,
            )
        )

    def tile(self, area: Area, part: float) -> Shade:
        """Draw a field as dark as `part` of the darkest; return the shade its words need."""
        ground = self.ink.towards(part)
        self._rectangle(area, ground, self.ink.line, 0.5)
        return max((self.ink.text, self.ink.ground), key=lambda shade: _apart(shade, ground))

    def _rectangle(self, area: Area, fill: Shade, stroke: Shade | None, thick: float) -> None:
        made = Rect(area.x, area.y, area.wide, area.high)
        made.fillColor, made.strokeWidth = _colour(fill), thick
        made.strokeColor = None if stroke is None else _colour(stroke)
        self.drawing.add(made)

    def slope(self, points: list[float]) -> None:
        """Draw a light surface between two bars."""
        self.drawing.add(
            Polygon(points, fillColor=_colour(self.ink.towards(0.12)), strokeColor=None)
        )

    def path(self, points: list[tuple[float, float]], number: int) -> None:
        """Draw the line of the series with this number, dashed like no other."""
        line = PolyLine([part for point in points for part in point])
        line.strokeColor = _colour(self.ink.strong)
        line.strokeWidth = max(1.2, self.letter * 0.14)
        dashes = _DASHES[number % len(_DASHES)]
        if dashes is not None:
            line.strokeDashArray = dashes
        self.drawing.add(line)

    def mark(self, at: tuple[float, float], number: int) -> None:
        """Draw the mark of the series with this number: dot, square, triangle or ring."""
        (x, y), half = at, self.letter * 0.3
        strong, ground = _colour(self.ink.strong), _colour(self.ink.ground)
        edge = max(0.9, self.letter * 0.1)
        kind = number % len(_DASHES)
        if kind == 0:
            self.drawing.add(Circle(x, y, half, fillColor=strong, strokeColor=strong))
        elif kind == 1:
            corners = [
                x - half,
                y - half,
                x + half,
                y - half,
                x + half,
                y + half,
                x - half,
                y + half,
            ]
            self.drawing.add(
                Polygon(corners, fillColor=ground, strokeColor=strong, strokeWidth=edge)
            )
        elif kind == 2:  # noqa: PLR2004 - the third
            corners = [x - half, y - half, x + half, y - half, x, y + half]
            self.drawing.add(Polygon(corners, fillColor=strong, strokeColor=strong))
        else:
            self.drawing.add(
                Circle(x, y, half, fillColor=ground, strokeColor=strong, strokeWidth=edge)
            )


def drawing_pdf(drawing: Drawing, title: str, edge: float = 0) -> bytes:
    """Return a drawing as a document of one page of its size, the same bytes every time."""
    out = BytesIO()
    canvas = Canvas(
        out,
        pagesize=(drawing.width + 2 * edge, drawing.height + 2 * edge),
        invariant=1,
        pageCompression=1,
        initialFontName=_fonts().chains["heading"].first.fontName,  # type: ignore[arg-type] # wrong stub
    )
    canvas.setTitle(title)
    canvas.setCreator("案台")
    canvas.setAuthor("")
    renderPDF.draw(drawing, canvas, edge, edge)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _fonts() -> FontSet:
    return font_set()


def _colour(shade: Shade) -> Color:
    return Color(*shade)


def _apart(one: Shade, other: Shade) -> float:
    """Return how far apart two shades are for the eye."""
    return abs(_light(one) - _light(other))


def _light(shade: Shade) -> float:
    red, green, blue = shade
    return 0.3 * red + 0.59 * green + 0.11 * blue

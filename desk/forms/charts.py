"""Charts (图表) as pictures: the same for the screen, for paper and inside bulletins.

    from desk.rules.charts import BarsChart, FunnelChart, GridChart, TrendChart

    chart_pdf(chart, (wide, high)) -> bytes          one page of that size, in points;
                                                     `edge` is left free on all sides
    draw_chart(chart, (wide, high)) -> Drawing       for a page that has other things on it:
        Sheet.picture(drawing, x, y)                 lower left corner, in points
    wanted_height(chart, wide) -> float              how high the chart is best drawn

All take `look=ChartLook(letter=10.5, ink=PAPER, with_title=True, note="")`: the size of the words,
the shades, whether the chart's own title stands above it, and a line below it. What is drawn reads
in black and white: patterns, marks and figures, never colour alone.
"""

from dataclasses import dataclass
from typing import Final

from reportlab.graphics.shapes import Drawing

from desk.forms.chart_pen import PAPER, Area, ChartPen, Ink, Side, drawing_pdf
from desk.forms.chart_rows import bars_height, draw_bars, draw_funnel, draw_grid, grid_height
from desk.forms.chart_trend import draw_trend
from desk.rules.charts import EMPTY, BarsChart, Chart, FunnelChart, GridChart, TrendChart

__all__ = ["PAPER", "ChartLook", "Ink", "Size", "chart_pdf", "draw_chart", "wanted_height"]

Size = tuple[float, float]
_TITLE: Final = 1.25
_STAGE: Final = 3.4
_TREND: Final = 15.0


@dataclass(frozen=True, slots=True)
class ChartLook:
    """How a chart is set.

    Attributes:
        letter: the size of the words in points.
        note: a line below, e.g. the period and when it was counted.
    """

    letter: float = 10.5
    ink: Ink = PAPER
    with_title: bool = True
    note: str = ""


PLAIN: Final = ChartLook()


def draw_chart(chart: Chart, size: Size, look: ChartLook = PLAIN) -> Drawing:
    """Return a chart of this size (width, height) in points."""
    pen = ChartPen(*size, look.ink, look.letter)
    area = pen.page.without(left=2, right=2, top=2, bottom=2)
    if look.with_title and chart.title:
        base = area.top - look.letter * _TITLE
        pen.text(chart.title, (area.x, base), look.letter * _TITLE)
        area = area.without(top=look.letter * (_TITLE + 0.7))
    if look.note:
        note = pen.fitted(look.note, area.wide, look.letter * 0.85)
        pen.text(note, (area.x, area.y + 1), look.letter * 0.85, shade=look.ink.soft)
        area = area.without(bottom=look.letter * 1.5)
    if chart.is_empty:
        at = (area.x + area.wide / 2, area.y + area.high / 2)
        pen.text(EMPTY, at, side=Side.MIDDLE, shade=look.ink.soft)
    else:
        _draw(pen, chart, area)
    return pen.drawing


def chart_pdf(chart: Chart, size: Size, look: ChartLook = PLAIN, *, edge: float = 0) -> bytes:
    """Return a chart as a PDF of one page of this size (width, height) in points.

    Args:
        edge: how much is left free on all sides.
    """
    inside = (size[0] - 2 * edge, size[1] - 2 * edge)
    return drawing_pdf(draw_chart(chart, inside, look), chart.title, edge)


def wanted_height(chart: Chart, wide: float, look: ChartLook = PLAIN) -> float:
    """Return how high a chart is best drawn at a width, title and note included."""
    around = look.letter * (_TITLE + 0.7) if look.with_title and chart.title else 0.0
    around += look.letter * 1.5 if look.note else 0.0
    return around + 4 + _height(chart, wide, look.letter)


def _height(chart: Chart, wide: float, letter: float) -> float:
    if isinstance(chart, BarsChart):
        return bars_height(chart, letter)
    if isinstance(chart, GridChart):
        return grid_height(chart, letter, wide)
    return letter * (_STAGE * len(chart.stages) if isinstance(chart, FunnelChart) else _TREND)


def _draw(pen: ChartPen, chart: Chart, area: Area) -> None:
    if isinstance(chart, TrendChart):
        draw_trend(pen, chart, area)
    elif isinstance(chart, FunnelChart):
        draw_funnel(pen, chart, area)
    elif isinstance(chart, GridChart):
        draw_grid(pen, chart, area)
    else:
        draw_bars(pen, chart, area)

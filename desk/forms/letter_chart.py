"""Charts inside letters (公文里的图): so many lines of the page, drawn from a list of the row.

The first column of a chart names its points, the further ones are its series. What is no number
leaves a gap, so that a row that was filled in by hand still prints.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from desk.forms.breaking import Line
from desk.forms.charts import ChartLook, draw_chart
from desk.forms.definition import Block, Cell
from desk.forms.letter_lines import SetLine
from desk.forms.sheet import Sheet
from desk.forms.writers import fill, text
from desk.rules.charts import Bar, BarsChart, Chart, Series, TrendChart
from desk.rules.rounding import Number

_NOTHING: Final = Line("", 0, ends_paragraph=True)
_CHART_PT: Final = 10.0
_LONGEST_NUMBER: Final = 12


def chart_lines(block: Block, row: Mapping[str, Any]) -> Iterator[SetLine]:
    """Yield the lines that a chart takes; the first one carries it, and they stay together."""
    entries = row.get(block.each) or []
    points = [one for one in entries if isinstance(one, Mapping)]
    if not points:
        return
    chart = _chart(block, points, fill(block.words, row))
    for at in range(block.lines):
        yield SetLine(
            _NOTHING,
            "song",
            _CHART_PT,
            "chart",
            holds_next=at < block.lines - 1,
            chart=chart if at == 0 else None,
            high=block.lines,
        )


def paint_chart(
    sheet: Sheet, line: SetLine, left: float, base: float, room: tuple[float, float]
) -> None:
    """Draw a chart from its first line downwards.

    Args:
        room: how wide the type area is, and how far apart its lines are.
    """
    if line.chart is None:
        return
    wide, pitch = room
    top = base + 0.6 * pitch
    high = line.high * pitch - 0.2 * pitch
    sheet.picture(
        draw_chart(line.chart, (wide, high), ChartLook(letter=_CHART_PT)), left, top - high
    )


def _chart(block: Block, points: list[Mapping[str, Any]], title: str) -> Chart:
    name, *series = block.cells
    labels = tuple(text(one.get(name.key)) for one in points)
    if block.chart == "rows":
        value = series[0]
        bars = [
            Bar(label, _number(one.get(value.key)))
            for label, one in zip(labels, points, strict=True)
        ]
        return BarsChart(title, tuple(bars), value.caption, _unit(value))
    found = [
        Series(one.caption, tuple(_number(point.get(one.key)) for point in points))
        for one in series
    ]
    is_rate = block.chart == "lines"
    unit = _unit(series[0])
    return TrendChart(title, labels, tuple(found), unit, 2 if is_rate else 0, as_lines=is_rate)


def _unit(cell: Cell) -> str:
    return cell.detail or "件"


def _number(value: Any) -> Number | None:
    """Return a number that stands in a row, or None for words and for what cannot be drawn."""
    plain = text(value)
    if not plain.isascii() or len(plain) > _LONGEST_NUMBER:
        return None
    try:
        number = Fraction(plain)
    except (ValueError, ZeroDivisionError):
        return None
    return number if number >= 0 else None

"""Charts in rows (条形、漏斗、矩阵): bars of units, stages of a funnel, counts by two things."""

from fractions import Fraction
from math import ceil
from typing import Final

from desk.forms.chart_pen import Area, ChartPen, Fill, Side
from desk.rules.charts import Bar, BarsChart, FunnelChart, GridChart, say_number

_LEVELS: Final = 4
_SHADES: Final = (0.0, 0.14, 0.34, 0.6, 0.86)  # far enough apart for a copier
_WORDS: Final = 0.3  # of the width is the most that names take
_FOLDS: Final = 3
_TIGHT: Final = 0.82  # of the height of a row are its words at most


def bars_height(chart: BarsChart, letter: float) -> float:
    """Return how high bars want to be."""
    head = 1.6 if chart.before_name else 0.4
    return letter * (head + 1.9 * max(1, len(chart.bars)))


def draw_bars(pen: ChartPen, chart: BarsChart, area: Area) -> None:
    """Draw bars one below the other: names at the left, numbers at the right."""
    head = pen.letter * 1.6 if chart.before_name else 0.0
    if head:
        _bars_key(pen, chart, area)
    plot = area.without(top=head)
    row = min(plot.high / len(chart.bars), pen.letter * 2.4)
    letter = min(pen.letter, row * _TIGHT)
    names = min(max(pen.width(bar.name, letter) for bar in chart.bars) + letter, plot.wide * _WORDS)
    ends = max(pen.width(_end(chart, bar), letter) for bar in chart.bars) + letter * 0.8
    room = max(plot.wide - names - ends, letter * 2)
    known = [Fraction(v) for b in chart.bars for v in (b.value, b.before) if v is not None]
    most = max((*known, Fraction(0))) or Fraction(1)
    for number, bar in enumerate(chart.bars):
        line = Area(plot.x, plot.top - row * (number + 1), plot.wide, row)
        base = line.y + (row - letter) / 2 + letter * 0.14
        name = pen.fitted(bar.name, names - letter * 0.6, letter)
        pen.text(name, (line.x, base), letter)
        _bar(pen, bar, Area(line.x + names, line.y, room, row), most)
        pen.text(_end(chart, bar), (line.x + names + room + letter * 0.8, base), letter)


def _end(chart: BarsChart, bar: Bar) -> str:
    unit = chart.unit if bar.value is not None else ""
    space = "" if unit in ("", "%") else " "
    said = f"{say_number(bar.value, chart.places)}{space}{unit}"
    return f"{said}　{bar.detail}" if bar.detail else said


def _bar(pen: ChartPen, bar: Bar, area: Area, most: Fraction) -> None:
    """Draw the bar, and the hollow one of what it was before behind it."""
    high = min(area.high * 0.62, pen.letter * 1.25)
    y = area.y + (area.high - high) / 2
    if bar.before is not None:
        wide = area.wide * float(Fraction(bar.before) / most)
        pen.box(Area(area.x, y, max(wide, 0.8), high), Fill.HOLLOW)
    if bar.value is not None:
        wide = area.wide * float(Fraction(bar.value) / most)
        thin = high * 0.5 if bar.before is not None else high
        pen.box(Area(area.x, y + (high - thin) / 2, max(wide, 0.8), thin), Fill.SOLID)


def _bars_key(pen: ChartPen, chart: BarsChart, area: Area) -> None:
    x, y, letter = area.x, area.top - pen.letter, pen.letter
    for words, fill in ((chart.value_name, Fill.SOLID), (chart.before_name, Fill.HOLLOW)):
        pen.box(Area(x, y, letter * 1.5, letter * 0.8), fill)
        pen.text(words, (x + letter * 1.9, y))
        x += letter * 3 + pen.width(words, letter)


def draw_funnel(pen: ChartPen, chart: FunnelChart, area: Area) -> None:
    """Draw the stages one below the other, each as wide as its share of the first."""
    letter, count = pen.letter, len(chart.stages)
    names = max(pen.width(name, letter * 1.1) for name, _ in chart.stages) + letter
    ends = max(pen.width(_stage_end(chart, one), letter) for _, one in chart.stages) + letter
    plot = area.without(left=names, right=ends)
    row = plot.high / count
    most = max(one for _, one in chart.stages)
    middle = plot.x + plot.wide / 2
    above: float | None = None
    for number, (name, one) in enumerate(chart.stages):
        half = max(plot.wide * one / most / 2, 0.6)
        high = row * 0.62
        bar = Area(middle - half, plot.top - row * number - high, half * 2, high)
        if above is not None:
            gap = bar.top + row - high
            pen.slope(
                [middle - above, gap, middle + above, gap, bar.right, bar.top, bar.x, bar.top]
            )
        fill = Fill.SOLID if number % 2 == 0 else Fill.HATCHED
        pen.box(bar, fill)
        base = bar.y + (high - letter) / 2 + letter * 0.14
        pen.text(name, (area.x, base), letter * 1.1)
        pen.text(_stage_end(chart, one), (plot.right + letter, base))
        above = half


def _stage_end(chart: FunnelChart, count: int) -> str:
    return f"{count} {chart.unit}　{chart.share(count)}%"


def grid_height(chart: GridChart, letter: float, wide: float) -> float:
    """Return how high a grid wants to be at a width."""
    return letter * (
        3.2 + 1.75 * max(1, len(chart.whole().rows)) + (1 if wide < letter * 50 else 0)
    )


def draw_grid(pen: ChartPen, chart: GridChart, area: Area) -> None:
    """Draw counts as fields, the darker the more; the number stands in each."""
    whole, letter = chart.whole(), pen.letter
    size = letter * 0.92
    names = min(
        max(pen.width(name, letter) for name in whole.rows) + letter * 0.8, area.wide * _WORDS
    )
    step = (area.wide - names) / max(1, len(whole.columns))
    heads = [pen.folded(head, step * 0.94, size, _FOLDS) for head in whole.columns]
    top = letter * (0.5 + 1.1 * max(map(len, heads), default=1))
    row = min((area.high - top) / len(whole.rows), letter * 3)
    letter = min(letter, row * _TIGHT)
    for at, lines in enumerate(heads):
        x = area.x + names + step * (at + 0.5)
        for up, words in enumerate(reversed(lines)):
            y = area.top - top + letter * (0.4 + 1.1 * up)
            pen.text(words, (x, y), size, Side.MIDDLE)
    for number, (name, counts) in enumerate(zip(whole.rows, whole.counts, strict=True)):
        y = area.top - top - row * (number + 1)
        base = y + (row - letter) / 2 + letter * 0.14
        pen.text(pen.fitted(name, names - letter * 0.6, letter), (area.x, base), letter)
        for at, count in enumerate(counts):
            tile = Area(area.x + names + step * at, y, step, row)
            _tile(pen, tile, count, 0.0 if _is_sum(chart, number, at) else _part(count, chart.most))


def _is_sum(chart: GridChart, row: int, column: int) -> bool:
    return row >= len(chart.rows) or column >= len(chart.columns)


def _part(count: int, most: int) -> float:
    return _SHADES[ceil(_LEVELS * count / most)] if count else 0.0


def _tile(pen: ChartPen, area: Area, count: int, part: float) -> None:
    shade = pen.tile(area, part)
    if not count:
        return  # a blank is read faster among numbers than a 0
    words = str(count)
    letter = min(pen.letter, area.high * _TIGHT)
    size = min(letter, letter * area.wide * 0.92 / max(pen.width(words, letter), 1))
    at = (area.x + area.wide / 2, area.y + (area.high - size) / 2 + size * 0.14)
    pen.text(words, at, size, Side.MIDDLE, shade)

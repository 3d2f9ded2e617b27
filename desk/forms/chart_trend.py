"""Trends (走势): bars for counts, lines for rates, the axis in round numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final

from desk.forms.chart_pen import FILLS, Area, ChartPen, Side
from desk.rules.charts import TrendChart, say_number
from desk.rules.rounding import Number

_TICKS: Final = 5
_GROUP: Final = 0.72  # of the room of a label is bars
_LEAST: Final = 0.62  # of the usual size is the smallest number that is read
_FLAT: Final = Fraction(6, 10)  # lines that all lie above this share need not begin at 0
_ROUND: Final = (Fraction(1), Fraction(2), Fraction(5))


@dataclass(frozen=True, slots=True)
class Axis:
    """The numbers beside a chart: from `low` to `high` in steps."""

    low: Fraction
    high: Fraction
    step: Fraction

    def steps(self) -> Iterator[Fraction]:
        """Yield each number of the axis."""
        yield from (
            self.low + self.step * n for n in range(int((self.high - self.low) / self.step) + 1)
        )

    def up(self, value: Fraction) -> float:
        """Return how far up a value lies, from 0 to 1."""
        return float((value - self.low) / (self.high - self.low))


def axis_of(values: list[Fraction], *, from_zero: bool, whole: bool) -> Axis:
    """Return round numbers in which all values fit.

    Args:
        from_zero: bars begin at 0; lines that lie close together and high up need not.
        whole: there are no halves of what is counted.
    """
    most, least = max(values, default=Fraction(0)), min(values, default=Fraction(0))
    low = Fraction(0) if from_zero or least < most * _FLAT else least
    step = _step((most - low) / _TICKS, whole=whole)
    low = floor(low / step) * step
    return Axis(low, max(ceil(most / step) * step, low + step), step)


def _step(wanted: Fraction, *, whole: bool) -> Fraction:
    """Return 1, 2 or 5 times a power of ten that is not less than what is wanted."""
    power = Fraction(1) if whole else Fraction(1, 100)
    while power * 10 < wanted:
        power *= 10
    return next((power * one for one in _ROUND if power * one >= wanted), power * 10)


def draw_trend(pen: ChartPen, chart: TrendChart, area: Area) -> None:
    """Draw a trend into its area."""
    values = [Fraction(v) for one in chart.series for v in one.values if v is not None]
    axis = axis_of(values, from_zero=not chart.as_lines, whole=chart.places == 0)
    _Trend(pen, chart, axis, area).draw()


class _Trend:
    """One trend on its way to paper."""

    def __init__(self, pen: ChartPen, chart: TrendChart, axis: Axis, area: Area) -> None:
        self._pen, self._chart, self._axis = pen, chart, axis
        self._small = pen.letter * 0.88
        self._ticks = [say_number(value, self._tick_places()) for value in axis.steps()]
        left = max(pen.width(words, self._small) for words in self._ticks) + pen.letter * 0.6
        right = self._ends_width() if chart.as_lines else 0.0
        self._plot = area.without(
            left=left, right=right, top=pen.letter * 2.3, bottom=pen.letter * 1.7
        )
        self._slot = self._plot.wide / max(1, len(chart.labels))
        self._head_at = area.top - pen.letter

    def draw(self) -> None:
        """Draw axis, labels and what the chart shows."""
        self._head()
        self._lines_of_the_axis()
        self._labels()
        if self._chart.as_lines:
            self._lines()
        else:
            self._bars()

    def _tick_places(self) -> int:
        return 0 if self._axis.step.denominator == 1 else 2

    def _head(self) -> None:
        """Say the unit, and for bars which pattern is what."""
        pen, x = self._pen, self._plot.x
        unit = f"单位：{self._chart.unit}"
        if self._axis.low:
            unit += f"，纵轴从 {say_number(self._axis.low)} 起"
        pen.text(unit, (x, self._head_at), self._small, shade=pen.ink.soft)
        if self._chart.as_lines or len(self._chart.series) == 1:
            return
        at = self._plot.right
        for number, one in reversed(list(enumerate(self._chart.series))):
            at -= pen.width(one.name, self._small)
            pen.text(one.name, (at, self._head_at), self._small)
            at -= pen.letter * 1.9
            key = Area(at, self._head_at - 1, pen.letter * 1.5, pen.letter * 0.85)
            pen.box(key, FILLS[number % len(FILLS)])
            at -= pen.letter

    def _lines_of_the_axis(self) -> None:
        pen, plot = self._pen, self._plot
        for value, words in zip(self._axis.steps(), self._ticks, strict=True):
            y = plot.y + plot.high * self._axis.up(value)
            pen.rule((plot.x, y), (plot.right, y), axis=value == self._axis.low)
            at = (plot.x - pen.letter * 0.4, y - self._small * 0.35)
            pen.text(words, at, self._small, Side.END, pen.ink.soft)

    def _labels(self) -> None:
        pen = self._pen
        widest = max((pen.width(words, self._small) for words in self._chart.labels), default=0)
        every = max(1, ceil((widest + pen.letter * 0.6) / self._slot))
        for number, words in enumerate(self._chart.labels):
            if number % every == 0:
                at = (self._middle(number), self._plot.y - pen.letter * 1.25)
                pen.text(words, at, self._small, Side.MIDDLE)

    def _middle(self, number: int) -> float:
        return self._plot.x + self._slot * (number + 0.5)

    def _bars(self) -> None:
        pen, count = self._pen, len(self._chart.series)
        wide = self._slot * _GROUP / count
        for at, one in enumerate(self._chart.series):
            for number, value in enumerate(one.values):
                if value is None:
                    continue
                x = self._middle(number) - self._slot * _GROUP / 2 + at * wide
                high = self._plot.high * self._axis.up(Fraction(value))
                if high > 0:
                    pen.box(Area(x, self._plot.y, wide, high), FILLS[at % len(FILLS)])
                self._number(
                    value, (x + wide / 2, self._plot.y + high), max(wide, self._room(count))
                )

    def _room(self, count: int) -> float:
        """Return how wide the number above a bar may be."""
        return self._slot * 0.98 if count == 1 else 0.0

    def _number(self, value: Number, at: tuple[float, float], room: float) -> None:
        """Write a number above its bar, smaller where there is little room, or not at all."""
        words = say_number(value, self._chart.places)
        wide = self._pen.width(words, self._small)
        size = self._small * min(1.0, room / wide)
        if size >= self._small * _LEAST:
            above = (at[0], at[1] + self._pen.letter * 0.3)
            self._pen.text(words, above, size, Side.MIDDLE)

    def _lines(self) -> None:
        for number, one in enumerate(self._chart.series):
            for part in self._unbroken(one.values):
                if len(part) > 1:
                    self._pen.path(part, number)
                for point in part:
                    self._pen.mark(point, number)
        self._ends()

    def _unbroken(self, values: tuple[Number | None, ...]) -> Iterator[list[tuple[float, float]]]:
        """Yield the points of each part of a line that has no gap."""
        part: list[tuple[float, float]] = []
        for number, value in enumerate(values):
            if value is None:
                if part:
                    yield part
                part = []
            else:
                up = self._axis.up(Fraction(value))
                part.append((self._middle(number), self._plot.y + self._plot.high * up))
        if part:
            yield part

    def _last(self) -> list[tuple[int, Fraction]]:
        """Return the last value of each series that has any, the lowest first."""
        found = []
        for number, one in enumerate(self._chart.series):
            known = [value for value in one.values if value is not None]
            if known:
                found.append((number, Fraction(known[-1])))
        return sorted(found, key=lambda pair: pair[1])

    def _end_words(self, number: int, value: Fraction) -> str:
        return f"{self._chart.series[number].name} {say_number(value, self._chart.places)}"

    def _ends_width(self) -> float:
        pen = self._pen
        words = [self._end_words(*pair) for pair in self._last()]
        widest = max((pen.width(one, self._small) for one in words), default=0.0)
        return widest + pen.letter * 1.6

    def _ends(self) -> None:
        """Write name and last value of each line at its end, none above another."""
        pen, lowest = self._pen, self._plot.y
        pairs = self._last()
        room = pen.letter * 1.3
        for left, (number, value) in zip(range(len(pairs) - 1, -1, -1), pairs, strict=True):
            y = self._plot.y + self._plot.high * self._axis.up(value) - self._small * 0.35
            y = min(max(y, lowest), self._plot.top - room * left)
            lowest = y + room
            x = self._plot.right + pen.letter * 0.8
            pen.mark((x, y + self._small * 0.35), number)
            pen.text(self._end_words(number, value), (x + pen.letter * 0.6, y), self._small)

"""Hides faces and plates in a photo for good (遮挡): each square becomes one colour.

A square keeps nothing but the average of its pixels, rounded to sixteen steps; from
the masked picture nobody can tell how the pixels inside it were arranged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil

from PIL import Image

from desk.exchange.photos import as_jpeg, working_picture

SIZES = 4  # brushes; each is twice as wide as the one before
_ACROSS = 64  # smallest squares along the longer side
_LEAST_SQUARE = 8
_REACH = 1.25  # radius of a brush in squares of its size
_STEP = 16  # colours are rounded to this

Point = tuple[float, float]
Square = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke of the brush, in pixels of the working picture."""

    size: int  # which brush, from 0
    points: tuple[Point, ...]


class Canvas:
    """One photo with its squares of every size; the same for the preview and for what is kept."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self.width, self.height = image.size

    def square(self, size: int) -> int:
        """Return the side of a square of this brush, in pixels."""
        return self._base << size

    def radius(self, size: int) -> float:
        """Return how far this brush reaches, in pixels."""
        return self.square(size) * _REACH

    @cached_property
    def mosaics(self) -> tuple[Image.Image, ...]:
        """One small picture for each brush: a pixel of it is the colour of a square."""
        return tuple(self._mosaic(size) for size in range(SIZES))

    def colour(self, size: int, square: Square) -> tuple[int, int, int]:
        """Return the one colour of a square."""
        red, green, blue = self.mosaics[size].getpixel(square)  # type: ignore[misc]
        return int(red), int(green), int(blue)

    def touched(self, stroke: Stroke) -> frozenset[Square]:
        """Return the squares that a stroke reaches, by column and row."""
        radius, found = self.radius(stroke.size), set[Square]()
        for point in _close_together(stroke.points, radius / 2):
            found |= self._around(point, stroke.size, radius)
        return frozenset(found)

    def masked(self, strokes: Sequence[Stroke]) -> Image.Image:
        """Return the picture with every touched square in its one colour; coarse covers fine."""
        made = self.image.copy()
        for size in range(SIZES):
            squares = [self.touched(stroke) for stroke in strokes if stroke.size == size]
            if squares:
                self._cover(made, size, frozenset[Square]().union(*squares))
        return made

    @property
    def _base(self) -> int:
        return max(ceil(max(self.width, self.height) / _ACROSS), _LEAST_SQUARE)

    def _mosaic(self, size: int) -> Image.Image:
        small = self.image.reduce(self.square(size))
        return small.point([value // _STEP * _STEP + _STEP // 2 for value in range(256)] * 3)

    def _around(self, point: Point, size: int, radius: float) -> set[Square]:
        side, (x, y) = self.square(size), point
        columns, rows = self.mosaics[size].size
        return {
            (column, row)
            for column in _between(x - radius, x + radius, side, columns)
            for row in _between(y - radius, y + radius, side, rows)
            if _reaches(x, column * side, side) ** 2 + _reaches(y, row * side, side) ** 2
            < radius**2
        }

    def _cover(self, made: Image.Image, size: int, squares: Iterable[Square]) -> None:
        mosaic = self.mosaics[size]
        where = Image.new("L", mosaic.size)
        for square in squares:
            where.putpixel(square, 255)
        side = self.square(size)
        whole = (mosaic.width * side, mosaic.height * side)
        nearest = Image.Resampling.NEAREST
        made.paste(mosaic.resize(whole, nearest), mask=where.resize(whole, nearest))


def open_canvas(content: bytes) -> Canvas:
    """Return a photo to paint on, its squares reckoned already.

    Raises:
        RuleBroken: the photo cannot be read.
    """
    canvas = Canvas(working_picture(content))
    _ = canvas.mosaics
    return canvas


def masked_photo(canvas: Canvas, strokes: Sequence[Stroke]) -> bytes:
    """Return the masked picture as it is kept: pixels only, about 300 KB."""
    return as_jpeg(canvas.masked(strokes))


def _close_together(points: Sequence[Point], step: float) -> Iterable[Point]:
    """Return the points with others between them, so that a quick hand leaves no gap."""
    for (x0, y0), (x1, y1) in pairwise(points):
        parts = max(ceil(max(abs(x1 - x0), abs(y1 - y0)) / step), 1)
        for part in range(parts):
            share = part / parts
            yield x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
    yield from points[-1:]


def _between(low: float, high: float, side: int, count: int) -> range:
    return range(max(int(low // side), 0), min(int(high // side) + 1, count))


def _reaches(at: float, start: int, side: int) -> float:
    """Return how far a point lies beside a square along one direction."""
    return max(start - at, 0.0, at - start - side)

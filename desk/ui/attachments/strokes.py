"""What was brushed so far (笔画): which squares are covered, stroke by stroke, to take back."""

from collections.abc import Iterator

from desk.exchange.masks import SIZES, Canvas, Point, Square, Stroke


class Strokes:
    """The strokes on one photo; the coarser square hides the finer one."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._done: list[tuple[Stroke, set[Square]]] = []
        self._is_open = False

    def all(self) -> tuple[Stroke, ...]:
        """Return the strokes in their order."""
        return tuple(stroke for stroke, _ in self._done)

    def begin(self, size: int, point: Point) -> set[Square]:
        """Begin a stroke and return what it covers."""
        stroke = Stroke(size, (point,))
        squares = set(self.canvas.touched(stroke))
        self._done.append((stroke, squares))
        self._is_open = True
        return squares

    def extend(self, point: Point) -> set[Square]:
        """Draw the open stroke on and return what it covers besides."""
        if not self._is_open:
            return set()
        stroke, squares = self._done[-1]
        step = Stroke(stroke.size, (stroke.points[-1], point))
        new = set(self.canvas.touched(step)) - squares
        squares |= new
        self._done[-1] = (Stroke(stroke.size, (*stroke.points, point)), squares)
        return new

    def end(self) -> None:
        """End the stroke; one that covers nothing is forgotten."""
        if self._is_open and not self._done[-1][1]:
            self._done.pop()
        self._is_open = False

    def repeat(self, stroke: Stroke) -> None:
        """Make a stroke that was made before."""
        self.begin(stroke.size, stroke.points[0])
        for point in stroke.points[1:]:
            self.extend(point)
        self.end()

    def undo(self) -> bool:
        """Take the last stroke back; return whether there was one."""
        self._is_open = False
        if not self._done:
            return False
        self._done.pop()
        return True

    def covered(self) -> Iterator[tuple[int, Square]]:
        """Yield (brush, square) of everything that shows, fine before coarse."""
        for size in range(SIZES):
            of_size = [squares for stroke, squares in self._done if stroke.size == size]
            for square in set[Square]().union(*of_size):
                yield size, square

    def is_hidden(self, size: int, square: Square) -> bool:
        """Return whether a coarser square lies over this one."""
        column, row = square
        return any(
            (column >> (stroke.size - size), row >> (stroke.size - size)) in squares
            for stroke, squares in self._done
            if stroke.size > size
        )

"""Share the bands of a grid out among pages: long cells continue, signatures are never alone."""

from dataclasses import dataclass, replace
from typing import Final

from desk.forms.breaking import Line
from desk.forms.definition import Band, Cell

# Room between a rule and the text beside it, in points.
PAD: Final = 4.2
# A paragraph is not torn so that fewer lines than this stand alone.
TOGETHER: Final = 2
# A group that must stay together is given up when it fills more than this share of a page.
_LARGEST_GROUP: Final = 0.8
# A row of a list stays whole unless it fills more than this share of a page.
_LARGEST_ROW: Final = 0.4


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell whose text is broken into lines."""

    cell: Cell
    x: float
    width: float
    caption: tuple[Line, ...]
    lines: tuple[Line, ...]
    beside: float = 0  # the width of the caption's own box
    below: float = 0  # room that a signature line, seal or box needs under the text


@dataclass(frozen=True, slots=True)
class Piece:
    """A band, or the part of it that stands on one page."""

    band: Band
    cells: tuple[SetCell, ...]
    height: float
    leading: float
    is_rest: bool = False  # began on an earlier page
    goes_on: bool = False  # continues on the next page
    columns: "Piece | None" = None  # the column heads of the list that it is an entry of

    def with_height(self, height: float) -> "Piece":
        """Return the same piece, higher or lower."""
        return replace(self, height=height)


def need(cells: tuple[SetCell, ...], leading: float) -> float:
    """Return the height without which text would not fit."""
    return max(
        max(
            len(cell.lines) * leading + cell.below + 2 * PAD + _inside(cell, leading),
            len(cell.caption) * leading + 2 * PAD,
        )
        for cell in cells
    )


def _inside(cell: SetCell, leading: float) -> float:
    """Return the room that a caption takes inside its cell instead of beside it."""
    return leading if cell.cell.caption and not cell.beside else 0


def line_count(piece: Piece) -> int:
    """Return how many lines the longest cell of a piece has."""
    return max(len(cell.lines) for cell in piece.cells)


def split(piece: Piece, room: float, *, leave: int = 0) -> tuple[Piece, Piece] | None:
    """Return the part of a piece that fits into `room` and the rest, or None.

    Args:
        leave: how many lines at least must go to the rest.
    """
    total = line_count(piece)
    inside = max(_inside(cell, piece.leading) for cell in piece.cells)
    fitting = int((room - 2 * PAD - inside + 0.01) // piece.leading)
    count = min(fitting, total - leave)
    if count < min(TOGETHER, total) or count >= total:
        return None
    if 0 < total - count < TOGETHER:
        count = total - TOGETHER
    if count < 1:
        return None
    first = tuple(replace(cell, lines=cell.lines[:count], below=0) for cell in piece.cells)
    rest = tuple(replace(cell, lines=cell.lines[count:]) for cell in piece.cells)
    height = max(need(first, piece.leading), room if not leave else 0)
    return (
        replace(piece, cells=first, height=height, goes_on=True),
        replace(piece, cells=rest, height=need(rest, piece.leading), is_rest=True),
    )


def _is_empty(page: list[Piece]) -> bool:
    """Return whether nothing but repeated column heads stands on a page."""
    return all(cell.cell.kind == "column" for piece in page for cell in piece.cells)


@dataclass(slots=True)
class Flow:
    """Pages that are being filled from the top."""

    first_room: float
    next_room: float
    tail: float  # what stands under the last band: lines for names, a receipt

    def pages(self, pieces: list[Piece]) -> list[list[Piece]]:
        """Return the pieces of each page."""
        pages: list[list[Piece]] = [[]]
        room = self.first_room
        waiting = list(pieces)
        while waiting:
            piece = waiting.pop(0)
            after = self._after(piece, waiting)
            if piece.height + after <= room + 0.01:
                pages[-1].append(piece)
                room -= piece.height
                continue
            parts = self._torn(piece, room, after, empty=_is_empty(pages[-1]))
            if parts is not None:
                pages[-1].append(parts[0])
                waiting.insert(0, parts[1])
            elif not _is_empty(pages[-1]):
                waiting.insert(0, piece)
            else:  # nothing can be torn off and the page is empty: what follows must go on
                pages[-1].append(piece)
            pages.append([])
            room = self.next_room
            if waiting and waiting[0].columns:  # a list that goes on has its heads again
                pages[-1].append(waiting[0].columns)
                room -= waiting[0].columns.height
        if not pages[-1]:
            pages.pop()
        return pages

    def _after(self, piece: Piece, waiting: list[Piece]) -> float:
        """Return the height of what must follow a piece on its page."""
        if not piece.band.leads or not waiting:
            return self._kept_with(waiting)
        following, beyond = waiting[0], waiting[1:]
        if self._may_be_torn(following):
            return 2 * PAD + TOGETHER * following.leading
        height = following.height + self._after(following, beyond)
        return height if height < _LARGEST_GROUP * self.next_room else 0

    def _may_be_torn(self, piece: Piece) -> bool:
        """Return whether a piece may go on over the page: long cells, and rows of a list."""
        if piece.columns is None:
            return piece.band.split
        return piece.band.split or piece.height > _LARGEST_ROW * self.next_room

    def _kept_with(self, waiting: list[Piece]) -> float:
        """Return the height of what must stand on the same page as the piece before it."""
        height = 0.0
        for piece in waiting:
            if not piece.band.keep:
                break
            height += piece.height
        else:
            height += self.tail
        return height if height < _LARGEST_GROUP * self.next_room else 0

    def _torn(
        self, piece: Piece, room: float, after: float, *, empty: bool
    ) -> tuple[Piece, Piece] | None:
        """Return the two parts of a piece that cannot stand on this page as a whole."""
        if piece.height <= room:
            # It fits, but what must stay with it does not: two lines go along.
            torn = after and self._may_be_torn(piece)
            return split(piece, room, leave=TOGETHER) if torn else None
        if self._may_be_torn(piece) or empty or need(piece.cells, piece.leading) > self.next_room:
            return split(piece, room)
        return None

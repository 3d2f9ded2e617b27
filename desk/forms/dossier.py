"""Bind the dossier of a mediation (整卷): cover, contents with real page numbers, all papers, back.

The contents are counted from what was really bound; every page is numbered, the front of a sheet
upper right, the back upper left (DOMAIN.md 3.3).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from reportlab.lib.units import mm

from desk.forms.fonts import font_set
from desk.forms.layouts import load_layout
from desk.forms.paper import render
from desk.forms.sheet import PAGE_HEIGHT, PAGE_WIDTH, Sheet
from desk.queries.dossier import DossierPiece, DossierView

_BINDING_MM: Final = 25
_NUMBER_PT: Final = 12.0
_FROM_EDGE: Final = 12 * mm
_FROM_TOP: Final = 8.5 * mm
_ELECTRONIC: Final = "电子件，另存"


class Book(Protocol):
    """What binds the pages (`exchange.binding.Binder`)."""

    @property
    def pages(self) -> int:
        """How many pages are bound by now."""

    def add_paper(self, pdf: bytes, shift_mm: float, at: int | None = None, first: int = 0) -> int:
        """Bind a paper of ours."""

    def add_file(self, content: bytes, number: int) -> int:
        """Bind a picture or a scan; 0 if it cannot be on paper."""

    def stamp(self, marks: bytes) -> None:
        """Lay one page over each."""


@dataclass(frozen=True, slots=True)
class BoundDossier:
    """How a dossier came out.

    Attributes:
        begins: the first page of every line of the contents; 0 where nothing is bound.
        contents_at: the page of the contents.
    """

    pages: int
    begins: tuple[int, ...]
    contents_at: int


def bind_dossier(
    dossier: DossierView,
    book: Book,
    fetch: Callable[[str], bytes],
    fonts_folder: Path | None = None,
) -> BoundDossier:
    """Bind a dossier into a book, which the caller saves; files are fetched one at a time."""
    return _Binding(dossier, book, fetch, fonts_folder).bind()


class _Binding:
    """One dossier on its way into a book."""

    def __init__(
        self, dossier: DossierView, book: Book, fetch: Callable[[str], bytes], fonts: Path | None
    ) -> None:
        self._dossier = dossier
        self._book = book
        self._fetch = fetch
        self._fonts = fonts

    def bind(self) -> BoundDossier:
        """Bind everything; the contents come last, into the room that was left for them."""
        dossier, book = self._dossier, self._book
        cover = self._part("mediation-cover", dossier.cover)
        lines = [(piece.title, piece.note, 0, 0) for piece in dossier.pieces]
        room = self._contents([*lines, ("卷宗情况说明", "", 0, 0)], 0)[1]
        at = book.add_paper(cover[0], self._shift("mediation-cover"))
        before = at + room  # pages before the first paper
        lines = []
        for piece in dossier.pieces:
            first = book.pages + room + 1
            count = self._bind(piece, first)
            note = piece.note if count or not (piece.code or piece.sha256) else _ELECTRONIC
            lines.append((piece.title, note, first if count else 0, count))
        last = book.pages + room + 1
        ends = self._ending(last)
        lines.append(("卷宗情况说明", "", last, ends[1] - last))
        total = ends[1]
        pdf, count = self._contents(lines, total)
        assert count == room, (count, room)  # noqa: S101 - the same lines take the same room
        book.add_paper(pdf, self._shift("mediation-contents"), at, at + 1)
        assert book.pages == total, (book.pages, total)  # noqa: S101 - as above
        assert before == at + count  # noqa: S101 - as above
        book.stamp(page_numbers(total, self._fonts))
        return BoundDossier(total, tuple(line[2] for line in lines), at + 1)

    def _bind(self, piece: DossierPiece, first: int) -> int:
        if piece.sha256:
            return self._book.add_file(self._fetch(piece.sha256), first)
        if not piece.code:
            return 0
        pdf = (
            piece.pdf
            or render(piece.code, piece.row, layout=piece.layout, fonts_folder=self._fonts).pdf
        )
        shift = binding_shift_mm(piece.code, piece.layout)
        return self._book.add_paper(pdf, shift, first=first)

    def _ending(self, first: int) -> tuple[int, int]:
        """Bind situation note and back cover, which name the number of pages themselves."""
        total = first
        for _ in range(3):
            situation = self._part(
                "mediation-situation", {**self._dossier.situation, "pages": total}
            )
            back = self._part("mediation-back-cover", {"pages": total})
            counted = first - 1 + situation[1] + back[1]
            if counted == total:
                break
            total = counted
        shift = self._shift("mediation-situation")
        self._book.add_paper(situation[0], shift, first=first)
        back_at = first + situation[1]
        self._book.add_paper(back[0], self._shift("mediation-back-cover"), first=back_at)
        return back_at, counted

    def _contents(
        self, lines: Sequence[tuple[str, str, int, int]], total: int
    ) -> tuple[bytes, int]:
        items = [
            {"name": title, "page": _pages_in_words(first, count), "note": note}
            for title, note, first, count in lines
        ]
        return self._part("mediation-contents", {"items": items, "pages": total})

    def _part(self, code: str, own: Mapping[str, Any]) -> tuple[bytes, int]:
        row = {**self._dossier.part, **own}
        paper = render(code, row, layout=self._dossier.layouts[code], fonts_folder=self._fonts)
        return paper.pdf, paper.pages

    def _shift(self, code: str) -> float:
        return binding_shift_mm(code, self._dossier.layouts[code])


def binding_shift_mm(code: str, layout: str | None = None) -> float:
    """Return how far the back of a sheet must move so that the thread has its 25 mm."""
    return max(0.0, _BINDING_MM - load_layout(code, layout).page.right_mm)


def page_numbers(count: int, fonts_folder: Path | None = None) -> bytes:
    """Return a document of nothing but page numbers, upper right and upper left by turns."""
    sheet = Sheet(font_set(fonts_folder), "页号")
    y = PAGE_HEIGHT - _FROM_TOP
    for number in range(1, count + 1):
        if number % 2:
            sheet.right(str(number), PAGE_WIDTH - _FROM_EDGE, y, "song", _NUMBER_PT)
        else:
            sheet.text(str(number), _FROM_EDGE, y, "song", _NUMBER_PT)
        sheet.end_page()
    return sheet.finish()


def _pages_in_words(first: int, count: int) -> str | None:
    """Return where something lies: 7, or 7–9."""
    if not first:
        return None
    return str(first) if count <= 1 else f"{first}–{first + count - 1}"

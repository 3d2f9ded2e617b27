"""Bind papers and pictures into one book (装订): A4, a margin for the thread, numbered pages.

Bytes in, one PDF out; knows neither layouts nor the database. Pictures are reduced one by one as
they come, so that a dossier with a hundred megabytes of photos needs a small part of that.
"""

from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]
from PIL import Image

from desk.exchange.pdfium_lock import PDFIUM
from desk.exchange.photos import as_jpeg, reduced, working_picture
from desk.rules.errors import RuleBroken
from desk.rules.file_kinds import media_type_of

_MM = 72 / 25.4
_WIDE, _HIGH = 595.2756, 841.8898  # A4
_BINDING = 25 * _MM  # DOMAIN.md 3.3
_EDGE = 10 * _MM
_TOP = 16 * _MM  # the page's number stands in it
_DPI = 170  # a scan is read well at this, and a page stays below half a megabyte
_MOST_PIXELS = 40_000_000
_PDF = "application/pdf"
_UNREADABLE = (OSError, SyntaxError, ValueError, pdfium.PdfiumError)


def pages_in(pdf: bytes) -> int:
    """Return how many pages a PDF has that was bound here."""
    with PDFIUM:
        book = pdfium.PdfDocument(pdf)
        try:
            return len(book)
        finally:
            book.close()


class Binder:
    """One book that is being bound; close it, or use it in a `with`."""

    def __init__(self) -> None:
        with PDFIUM:
            self._book = pdfium.PdfDocument.new()
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with PDFIUM:
            self._book.close()

    @property
    def pages(self) -> int:
        """How many pages are bound by now."""
        return self._count

    def add_paper(self, pdf: bytes, shift_mm: float, at: int | None = None, first: int = 0) -> int:
        """Bind a paper of ours, which has its binding margin; return how many pages it has.

        Args:
            shift_mm: how far the back of a sheet (an even page) moves away from the thread.
            at: in front of which page, counted from 0; at the end where nothing is said.
            first: the number of its first page, where that is not where it is bound.
        """
        with PDFIUM:
            paper = pdfium.PdfDocument(pdf)
            try:
                count = len(paper)
                index = self._count if at is None else at
                self._book.import_pages(paper, index=index)
            finally:
                paper.close()
            for turn in range(count):
                if ((first or index + 1) + turn) % 2 == 0 and shift_mm:
                    _shift(self._book, index + turn, -shift_mm * _MM)
        self._count += count
        return count

    def add_file(self, content: bytes, number: int) -> int:
        """Bind a picture or a scan; return how many pages it has, 0 if it cannot be on paper.

        Args:
            number: the number that its first page will have.
        """
        kind = media_type_of(content) or ""
        if kind == _PDF:
            return self._add_pdf(content, number)
        try:
            pages = _frames(content) if kind == "image/tiff" else 1
            for at in range(pages):
                jpeg, size = _jpeg_of(content) if pages == 1 else _frame(content, at)
                self._add_jpeg(jpeg, size, number + at)
        except (*_UNREADABLE, RuleBroken):
            return 0  # a recording, or a picture of a kind that is not read here
        return pages

    def _add_pdf(self, content: bytes, number: int) -> int:
        try:
            with PDFIUM:
                scan = pdfium.PdfDocument(content)
        except _UNREADABLE:
            return 0
        try:
            count = len(scan)
            for at in range(count):
                jpeg, size = _drawn(scan, at)  # the lock is free between two pages
                self._add_jpeg(jpeg, size, number + at)
        finally:
            with PDFIUM:
                scan.close()
        return count

    def _add_jpeg(self, jpeg: bytes, size: tuple[int, int], number: int) -> None:
        """Put one picture on a page of its own, beside the thread's margin."""
        wide, high = _WIDE - _BINDING - _EDGE, _HIGH - _TOP - _EDGE
        scale = min(wide / size[0], high / size[1])
        width, height = size[0] * scale, size[1] * scale
        left = _BINDING if number % 2 else _EDGE
        x, y = left + (wide - width) / 2, _EDGE + (high - height) / 2
        with PDFIUM:
            page = self._book.new_page(_WIDE, _HIGH)
            picture = pdfium.PdfImage.new(self._book)
            picture.load_jpeg(BytesIO(jpeg), inline=True)
            picture.set_matrix(pdfium.PdfMatrix().scale(width, height).translate(x, y))
            page.insert_obj(picture)
            page.gen_content()
            page.close()
        self._count += 1

    def stamp(self, marks: bytes) -> None:
        """Lay the pages of another PDF over those of the book, one over one (页号)."""
        with PDFIUM:
            over = pdfium.PdfDocument(marks)
            try:
                for at in range(self._count):
                    page = self._book[at]
                    form = over.page_as_xobject(at, self._book)
                    page.insert_obj(form.as_pageobject())
                    page.gen_content()
                    form.close()
                    page.close()
            finally:
                over.close()

    def save(self, target: Path) -> None:
        """Write the book; an existing one stays whole until the new one is complete.

        Raises:
            RuleBroken: the folder does not take it.
        """
        beside = target.with_name(target.name + ".part")
        try:
            with PDFIUM, beside.open("wb") as kept:
                self._book.save(kept)
            beside.replace(target)
        except OSError as error:
            raise RuleBroken("这个文件夹不能写入，整卷没有存上。请换一个地方再存。") from error


def _shift(book: pdfium.PdfDocument, at: int, points: float) -> None:
    page = book[at]
    matrix = pdfium_c.FS_MATRIX(1, 0, 0, 1, points, 0)
    whole = pdfium_c.FS_RECTF(0, _HIGH, _WIDE, 0)
    pdfium_c.FPDFPage_TransFormWithClip(page.raw, matrix, whole)
    page.close()


def _jpeg_of(content: bytes) -> tuple[bytes, tuple[int, int]]:
    """Return a photo upright and small, as JPEG."""
    small = reduced(content)
    with Image.open(BytesIO(small)) as image:
        if image.format == "JPEG" and image.mode in {"L", "RGB"} and not image.getexif():
            return small, image.size
    upright = working_picture(content)
    return as_jpeg(upright), upright.size


def _frames(content: bytes) -> int:
    with Image.open(BytesIO(content)) as image:
        return int(getattr(image, "n_frames", 1))


def _frame(content: bytes, at: int) -> tuple[bytes, tuple[int, int]]:
    with Image.open(BytesIO(content)) as image:
        image.seek(at)
        one = image.convert("RGB")
    return as_jpeg(one), one.size


def _drawn(scan: pdfium.PdfDocument, at: int) -> tuple[bytes, tuple[int, int]]:
    """Return one page of a scan as JPEG, as large as it is wanted on A4."""
    with PDFIUM:
        page = scan[at]
        width, height = page.get_size()
        scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
        drawn: Image.Image = page.render(scale=scale, draw_annots=True).to_pil().convert("RGB")
        page.close()
    kept = BytesIO()
    drawn.save(kept, "JPEG", quality=80, optimize=True)
    return kept.getvalue(), drawn.size

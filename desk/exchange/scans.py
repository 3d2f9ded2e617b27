"""Scanned papers (签字件扫描): which papers a scan holds, told by the square codes on them.

Bytes in, papers out; knows neither windows nor folders nor the database.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import TypeVar

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from desk.exchange.pdfium_lock import PDFIUM
from desk.rules.errors import RuleBroken
from desk.rules.file_kinds import media_type_of
from desk.rules.paper_codes import PaperCode, read_code

Found = TypeVar("Found")

PDF = "application/pdf"
PICTURES = frozenset({"image/jpeg", "image/png", "image/tiff"})
_DPI = 200  # what hall scanners are set to; finer than the code needs
_POINTS = 72
_MOST_PIXELS = 120_000_000
_UNREADABLE = (OSError, SyntaxError, ValueError, pdfium.PdfiumError)
# What is tried until a code is found: as scanned, softened against noise, with more contrast.
_TRIES: tuple[Callable[[Image.Image], Image.Image], ...] = (
    lambda page: page,
    lambda page: page.filter(ImageFilter.GaussianBlur(1.2)),
    lambda page: ImageOps.autocontrast(page.filter(ImageFilter.MedianFilter(3)), cutoff=2),
    lambda page: page.resize((page.width * 2, page.height * 2), Image.Resampling.BICUBIC),
)


@dataclass(frozen=True, slots=True)
class ScannedPaper:
    """One paper found in a scan: whose it is, and its pages as they are to be kept."""

    said: PaperCode
    media_type: str
    content: bytes
    pages: int


def read_scan(content: bytes) -> tuple[ScannedPaper, ...]:
    """Return the papers that a scan holds, in the order of their first pages.

    A page without a code belongs to the paper before it. A scan of one paper is kept to the byte.

    Raises:
        RuleBroken: it is no scan, cannot be opened, or holds a page of which nobody can tell
            whose it is.
    """
    media_type = media_type_of(content) or ""
    if media_type == PDF:
        return _papers(content, media_type, list(_pdf_pages(content)))
    if media_type in PICTURES:
        return _papers(content, media_type, list(_pictures(content)))
    raise RuleBroken("这不是 PDF 或图片，不能当作扫描件。请扫描成 PDF、JPG、PNG 或 TIFF。")


def shown_pdf(content: bytes) -> bytes:
    """Return a scan as a PDF to look at; empty where it cannot be opened."""
    try:
        if media_type_of(content) == PDF:
            return content if _with_pdf(content, len) else b""
        pages = list(_pictures(content))
    except RuleBroken:
        return b""
    return _as_pdf(pages)


def _papers(content: bytes, media_type: str, pages: list[Image.Image]) -> tuple[ScannedPaper, ...]:
    groups: dict[PaperCode, list[int]] = {}
    here: PaperCode | None = None
    for at, page in enumerate(pages):
        here = _code_of(page) or here
        if here is None:
            break
        groups.setdefault(here, []).append(at)
    if here is None:
        raise RuleBroken(
            "第 1 页上没有认出文书的二维码。请把有二维码的一页放在前面重扫，或在这里选是哪一件的。"
        )
    if len(groups) == 1:
        return (ScannedPaper(here, media_type, content, len(pages)),)
    take = _split_pdf if media_type == PDF else _split_pictures
    return tuple(
        ScannedPaper(said, PDF, take(content, pages_of), len(pages_of))
        for said, pages_of in groups.items()
    )


def _formats() -> zxingcpp.BarcodeFormats:
    """Return what is looked for; kept alive by nobody, or the library complains when it ends."""
    return zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def _code_of(page: Image.Image) -> PaperCode | None:
    """Return what the first of our codes on a page says."""
    for prepare in _TRIES:
        wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        for found in zxingcpp.read_barcodes(prepare(page), formats=wanted):
            said = read_code(found.text)
            if said is not None:
                return said
    return None


def _pdf_pages(content: bytes) -> Iterator[Image.Image]:
    """Yield the pages in grey; the lock is free between two pages."""
    count = _with_pdf(content, len)
    for at in range(count):
        yield _with_pdf(content, partial(_drawn, at))


def _drawn(at: int, document: pdfium.PdfDocument) -> Image.Image:
    page = document[at]
    width, height = page.get_size()
    scale = _DPI / _POINTS
    largest = width * height * scale * scale
    if largest > _MOST_PIXELS:
        scale *= (_MOST_PIXELS / largest) ** 0.5
    drawn: Image.Image = page.render(scale=scale, grayscale=True, draw_annots=True).to_pil()
    return drawn.convert("L")


def _with_pdf(content: bytes, work: Callable[[pdfium.PdfDocument], Found]) -> Found:
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(content)
        except _UNREADABLE as error:
            raise RuleBroken("这个 PDF 打不开，可能没有扫完或加了密码，请重新扫描。") from error
        try:
            return work(document)
        finally:
            document.close()


def _split_pdf(content: bytes, pages: list[int]) -> bytes:
    def take(document: pdfium.PdfDocument) -> bytes:
        part = pdfium.PdfDocument.new()
        try:
            part.import_pages(document, pages)
            kept = BytesIO()
            part.save(kept)
            return kept.getvalue()
        finally:
            part.close()

    return _with_pdf(content, take)


def _pictures(content: bytes) -> Iterator[Image.Image]:
    """Yield the pages of a picture in grey; a TIFF may hold several."""
    try:
        with Image.open(BytesIO(content)) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise RuleBroken("这张图片太大，打不开。请按 200 或 300 dpi 重新扫描。")
            for at in range(getattr(image, "n_frames", 1)):
                image.seek(at)
                yield ImageOps.exif_transpose(image).convert("L")
    except _UNREADABLE as error:
        raise RuleBroken("这张图片打不开，可能没有扫完，请重新扫描。") from error


def _split_pictures(content: bytes, pages: list[int]) -> bytes:
    """Return some pages of a TIFF as a PDF, each at its own size."""
    with Image.open(BytesIO(content)) as image:
        taken = []
        for at in pages:
            image.seek(at)
            taken.append(image.convert("RGB"))
    return _as_pdf(taken)


def _as_pdf(pages: list[Image.Image]) -> bytes:
    kept = BytesIO()
    pages[0].save(kept, "PDF", save_all=True, append_images=pages[1:], resolution=_DPI)
    return kept.getvalue()

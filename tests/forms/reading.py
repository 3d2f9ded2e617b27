"""Read papers back: their text, their picture, the fonts inside them."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
from PIL import Image


def text_of(pdf: bytes) -> str:
    """Return all text of a paper, page after page."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        words = page.get_textpage()
        pages.append(words.get_text_bounded().replace("\r\n", "\n"))
    document.close()
    return "\f".join(pages)


def squeezed(text: str) -> str:
    """Return a text without spaces and line ends: readers put them in as they like."""
    return "".join(text.split())


def pictures_of(pdf: bytes, dots_per_inch: int = 72) -> list[Image.Image]:
    """Return each page as a grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=dots_per_inch / 72).to_pil().convert("L") for page in document]
    document.close()
    return pictures


def fonts_of(pdf: bytes) -> Iterator[tuple[str, Any]]:
    """Yield name and dictionary of every font that a page refers to."""
    for page in pypdf.PdfReader(BytesIO(pdf)).pages:
        for name, font in page["/Resources"].get("/Font", {}).items():
            yield name, font.get_object()

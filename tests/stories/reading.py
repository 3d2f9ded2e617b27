"""Reads printed papers back with pypdf: their words, and the code square by its drawing."""

import io
from dataclasses import dataclass

import pypdf
import segno

_FEWEST = 100  # rectangles of one path; only the code square is drawn like this


@dataclass(frozen=True)
class SeenPaper:
    """A paper as the preview showed it."""

    paper_id: int
    code: str
    number: str
    pdf: bytes


def assert_papers_are_whole(papers, *, case, number, name):
    """Assert that every paper says whose it is, and that its code square leads to it."""
    for paper in papers:
        reader = pypdf.PdfReader(io.BytesIO(paper.pdf))
        words = "".join("".join(page.extract_text().split()) for page in reader.pages)
        assert number in words, paper.code
        assert paper.number in words, paper.code
        if paper.code != "case-contents":  # it lists papers and names nobody
            assert name in words, paper.code
        payload = f"CD1:{case}:{paper.code}:{paper.paper_id}"
        squares = code_squares(reader.pages[0])
        assert squares, paper.code
        assert all(square == modules_of(payload) for square in squares), paper.code


def modules_of(payload):
    """Return the dark modules of a payload as (column, row)."""
    rows = segno.make(payload, error="m", micro=False, mask=2).matrix
    return {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}


def code_squares(page):
    """Return the dark modules of each code square on a page (a receipt to tear off has its own)."""
    content = pypdf.generic.ContentStream(page["/Contents"], page.pdf)
    path, squares = [], []
    for operands, operator in content.operations:
        if operator == b"re":
            path.append([float(value) for value in operands])
        elif operator in {b"f", b"f*", b"n", b"S", b"B"}:
            if len(path) >= _FEWEST:
                squares.append(_dark(path))
            path = []
    return squares


def _dark(runs):
    step = min(height for *_, height in runs)
    left, top = min(x for x, *_ in runs), max(y for _, y, *_ in runs)
    return {
        (round((x - left) / step) + at, round((top - y) / step))
        for x, y, width, _ in runs
        for at in range(round(width / step))
    }

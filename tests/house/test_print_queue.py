"""The print queue of the tests is a real one, and paper comes out of it at its true size."""

import subprocess

import pypdfium2
import pytest
from PIL import ImageOps
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from tests.cups_server import PdfQueue

DOTS_PER_POINT = 4


def ink_box(file):
    """Return (left, top, right, bottom) of the ink on the first page, in points."""
    document = pypdfium2.PdfDocument(file)
    page = document[0]
    assert (round(page.get_width()), round(page.get_height())) == (595, 842)
    image = page.render(scale=DOTS_PER_POINT).to_pil().convert("L")
    document.close()
    return [dot / DOTS_PER_POINT for dot in ImageOps.invert(image).getbbox()]


def test_a_paper_comes_out_of_the_queue_unscaled(pdf_queue: PdfQueue, tmp_path):
    paper = tmp_path / "specimen.pdf"
    canvas = Canvas(str(paper), pagesize=A4)
    canvas.rect(20 * mm, 12 * mm, 170 * mm, 270 * mm, fill=1)
    canvas.save()

    command = ["lp", "-d", pdf_queue.name, "-o", "media=A4", "-o", "print-scaling=none", str(paper)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    (printed,) = pdf_queue.papers()
    assert ink_box(printed) == pytest.approx(ink_box(paper), abs=0.5)


def test_the_queue_is_empty_again_for_the_next_test(pdf_queue: PdfQueue):
    assert list(pdf_queue.folder.iterdir()) == []

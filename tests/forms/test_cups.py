"""Papers reach a real print queue as they are: same size, same place, same number of pages."""

import pypdfium2
import pytest
from PIL import ImageOps

from desk.forms import render
from desk.forms.printer import Printer, PrinterAway, print_pdf, printers
from desk.rules.errors import RuleBroken
from tests.cups_server import PdfQueue
from tests.forms.specimens import SPECIMENS

DOTS_PER_POINT = 4


def sheets(pdf):
    """Return (width, height, ink box) of every page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        image = page.render(scale=DOTS_PER_POINT).to_pil().convert("L")
        # only firm ink counts: the queue smooths the edges of strokes in its own way
        box = ImageOps.invert(image).point(lambda grey: grey * (grey > 127)).getbbox()
        size = (round(page.get_width()), round(page.get_height()))
        found.append((size, [dot / DOTS_PER_POINT for dot in box]))
    document.close()
    return found


@pytest.mark.parametrize("code", ["intake-sheet", "opinion-notice"])
def test_a_form_comes_out_of_the_queue_at_its_true_size_and_place(pdf_queue: PdfQueue, code):
    paper = render(code, SPECIMENS[code]())

    print_pdf(paper.pdf, pdf_queue.name, title="specimen")

    (printed,) = pdf_queue.papers()
    wanted, found = sheets(paper.pdf), sheets(printed)
    assert len(found) == len(wanted) == paper.pages
    for (size, ink), (printed_size, printed_ink) in zip(wanted, found, strict=True):
        assert printed_size == size
        assert printed_ink == pytest.approx(ink, abs=0.5)


def test_the_queue_is_offered_and_marked_as_the_default(pdf_queue: PdfQueue):
    assert printers() == [Printer(pdf_queue.name, is_default=True)]


def test_without_a_chosen_printer_the_default_one_prints(pdf_queue: PdfQueue):
    print_pdf(render("receipt", SPECIMENS["receipt"]()).pdf)

    assert len(pdf_queue.papers()) == 1


def test_an_unknown_printer_is_named_in_a_sentence(pdf_queue: PdfQueue):
    with pytest.raises(PrinterAway, match="“第三窗口”没有收下"):
        print_pdf(b"%PDF-1.7", "第三窗口")


@pytest.mark.parametrize("copies", [0, 100])
def test_an_absurd_number_of_copies_is_refused(pdf_queue: PdfQueue, copies):
    with pytest.raises(RuleBroken, match="份数"):
        print_pdf(b"%PDF-1.7", pdf_queue.name, copies)
    assert list(pdf_queue.folder.iterdir()) == []

"""Scanned papers are known by their square codes, however badly they lie on the glass."""

from io import BytesIO

import pypdfium2
import pytest
import segno
from PIL import Image

from desk.exchange.scans import PDF, read_scan, shown_pdf
from desk.rules.errors import RuleBroken
from desk.rules.paper_codes import PaperCode
from tests.exchange.scanner import as_file, blank, printed, sheets, worn

CASE, PAPER = 7123456789012345678, 7223456789012345679
OTHER = 7323456789012345670
SERVED = ("opinion-notice", "delivery-proof", "receipt", "intake-sheet", "closing-report")


def said(code, paper=PAPER):
    return PaperCode(CASE, code, paper)


def scan_of(code, paper=PAPER):
    return sheets(printed(code, CASE, paper))


@pytest.mark.parametrize("code", SERVED)
def test_the_print_itself_is_known_again(code):
    pdf = printed(code, CASE, PAPER)

    (found,) = read_scan(pdf)

    assert (found.said, found.media_type, found.content) == (said(code), PDF, pdf)


@pytest.mark.parametrize(
    ("code", "wear"),
    [
        ("opinion-notice", {"turn": 90}),
        ("delivery-proof", {"turn": 180}),
        ("receipt", {"turn": 270, "blur": 0.8}),
        ("opinion-notice", {"turn": 2.5, "blur": 0.7, "noise": 18}),
        ("delivery-proof", {"turn": -4, "noise": 30, "fade": 0.6}),
        ("receipt", {"blur": 1.3, "fade": 0.5}),
    ],
    ids=["quarter", "upside_down", "other_quarter", "askew", "grainy_and_pale", "soft_and_pale"],
)
def test_a_sheet_laid_badly_on_the_glass_is_known(code, wear):
    page = worn(scan_of(code)[0], **wear)

    (found,) = read_scan(as_file([page], "JPEG", quality=70))

    assert (found.said, found.media_type, found.pages) == (said(code), "image/jpeg", 1)


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("TIFF", "image/tiff")])
def test_pictures_of_other_kinds_are_known_and_kept_to_the_byte(kind, media_type):
    content = as_file(scan_of("opinion-notice")[:1], kind)

    (found,) = read_scan(content)

    assert (found.said, found.media_type, found.content) == (
        said("opinion-notice"),
        media_type,
        content,
    )


def test_one_scan_of_several_papers_is_split_where_a_code_stands():
    pages = [*scan_of("opinion-notice"), blank(), *scan_of("delivery-proof", OTHER)]

    first, second = read_scan(as_file(pages))

    assert (first.said, second.said) == (said("opinion-notice"), said("delivery-proof", OTHER))
    assert first.pages + second.pages == len(pages)
    assert [len(pypdfium2.PdfDocument(part.content)) for part in (first, second)] == [
        first.pages,
        second.pages,
    ]
    assert read_scan(second.content)[0].said == second.said


def test_a_tiff_of_several_papers_is_split_too():
    pages = [scan_of("receipt")[0], blank(), scan_of("receipt", OTHER)[0]]

    first, second = read_scan(as_file(pages, "TIFF"))

    assert [(part.said.paper, part.pages, part.media_type) for part in (first, second)] == [
        (PAPER, 2, PDF),
        (OTHER, 1, PDF),
    ]
    assert read_scan(first.content)[0].said == said("receipt")


def test_two_copies_of_one_paper_stay_one():
    page = scan_of("receipt")[0]

    (found,) = read_scan(as_file([page, blank(), page]))

    assert (found.said, found.pages) == (said("receipt"), 3)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (as_file([blank()]), "没有认出文书的二维码"),
        (as_file([blank()], "JPEG"), "没有认出文书的二维码"),
        (b"%PDF-1.7 and then the scanner was switched off", "这个 PDF 打不开"),
        (b"\xff\xd8\xff\xe0 half a picture", "这张图片打不开"),
        (b"PK\x03\x04 a workbook", "不是 PDF 或图片"),
        (b"", "不是 PDF 或图片"),
    ],
)
def test_what_cannot_be_told_is_said_in_a_sentence(content, why):
    with pytest.raises(RuleBroken, match=why):
        read_scan(content)


def test_a_page_before_the_first_code_belongs_to_nobody():
    with pytest.raises(RuleBroken, match="第 1 页上没有认出"):
        read_scan(as_file([blank(), *scan_of("receipt")]))


def test_the_code_of_somebody_else_is_not_ours():
    drawn = BytesIO()
    segno.make("https://example.invalid/").save(drawn, kind="png", scale=8)
    page = blank()
    page.paste(Image.open(drawn).convert("L"), (400, 400))

    with pytest.raises(RuleBroken, match="没有认出文书的二维码"):
        read_scan(as_file([page]))


def test_every_scan_can_be_looked_at_as_a_pdf_unless_it_is_broken():
    pdf = as_file([*scan_of("receipt"), blank()])
    tiff = as_file([blank(), blank(), blank()], "TIFF")

    assert shown_pdf(pdf) == pdf
    assert len(pypdfium2.PdfDocument(shown_pdf(tiff))) == 3
    assert shown_pdf(b"%PDF-1.7 broken") == b""
    assert shown_pdf(b"\xff\xd8\xff broken") == b""

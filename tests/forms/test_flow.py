"""Long papers: cells go on over pages inside their rules, signatures never stand alone."""

from io import BytesIO

import pypdf
import pytest
from PIL import Image

from desk.forms import layout_text, render
from tests.forms.reading import pictures_of, squeezed, text_of
from tests.forms.specimens import DETAILS, specimen

LEFT, RIGHT = 71, 538  # edges of a table at 72 dpi


def rules_of(picture: Image.Image) -> list[int]:
    """Return the heights of all rules that run over the whole width of the table."""
    inside = picture.crop((LEFT + 2, 0, RIGHT - 2, picture.height))
    return [
        y
        for y in range(inside.height)
        if max(inside.crop((0, y, inside.width, y + 1)).tobytes()) < 200
    ]


def edge_is_ruled(picture: Image.Image, x: int, top: int, bottom: int) -> bool:
    """Return whether a rule stands near x all the way from top to bottom."""
    strip = picture.crop((x - 2, top + 1, x + 3, bottom))
    return all(min(strip.crop((0, y, 5, y + 1)).tobytes()) < 200 for y in range(strip.height))


@pytest.mark.parametrize(
    ("code", "key", "times"),
    [
        ("intake-sheet", "details", 14),
        ("intake-sheet", "details", 60),
        ("opinion-sheet", "findings", 30),
        ("dispatch-slip", "summary", 30),
        ("followup-record", "handling", 30),
        ("receipt", "ask_how", 20),
    ],
)
def test_each_page_of_a_long_form_is_ruled_on_all_sides(code, key, times):
    paper = render(code, specimen(code) | {key: DETAILS * times})
    pages = pictures_of(paper.pdf)
    assert len(pages) == paper.pages > 1
    for picture in pages:
        rules = rules_of(picture)
        assert len(rules) >= 2
        assert rules[-1] < 800
        for x in (LEFT, RIGHT):
            assert edge_is_ruled(
                picture, x, rules[0], rules[-1] if code != "intake-sheet" else rules[1]
            )


def test_a_long_cell_repeats_head_and_caption_on_every_page():
    row = specimen("intake-sheet") | {"details": DETAILS * 60}
    pages = text_of(render("intake-sheet", row).pdf).split("\f")
    for number, page in enumerate(pages, 1):
        words = squeezed(page)
        assert row["number"] in words
        assert f"第{number}页共{len(pages)}页" in words
        assert "阿依古丽" in words
        assert ("首问首办登记表（续）" in words) == (number > 1)
    assert "诉求内容（续）" in squeezed(pages[1])


@pytest.mark.parametrize("times", range(8, 26))
def test_the_signatures_are_never_alone_and_the_receipt_is_below_them(times):
    row = specimen("intake-sheet") | {"details": DETAILS * times, "answer": DETAILS}
    pages = text_of(render("intake-sheet", row).pdf).split("\f")
    last = squeezed(pages[-1])
    assert "签名：" in last
    assert "群众诉求受理回执" in last
    above = last.partition("以上内容已向我宣读")[0]
    assert "现场答复或引导解释" in above or "引导解释" in above


@pytest.mark.parametrize("length", range(300, 1500, 60))
def test_a_letters_signature_has_two_lines_of_text_on_its_page(length):
    row = specimen("opinion-notice")
    row["findings"] = ("核实情况属实。" * 300)[:length]
    last = text_of(render("opinion-notice", row).pdf).split("\f")[-1]
    before = last.partition("青榕街道办事处\n")[0]
    lines = [line for line in before.split("\n") if len(line.strip()) > 5]
    assert len(lines) >= 2, last


@pytest.mark.parametrize("length", range(0, 1200, 60))
def test_a_heading_is_never_the_last_line_of_a_page(length):
    row = specimen("opinion-notice")
    row["acceptance"] = ("我街道已受理本件。" * 200)[:length]
    for page in text_of(render("opinion-notice", row).pdf).split("\f")[:-1]:
        body = page.partition("系统流水")[0].strip().split("\n")
        assert not body[-1].startswith(
            ("一、", "二、", "三、", "四、", "（一）青榕里3栋2单元楼道漏电（")
        )


def test_a_letter_has_at_most_22_lines_on_a_page_and_28_signs_in_a_line():
    row = specimen("opinion-notice")
    row["findings"] = "核" * 1200
    pages = text_of(render("opinion-notice", row).pdf).split("\f")
    full = [line for line in pages[1].split("\n") if set(line.strip()) == {"核"}]
    assert len(full) == 22
    assert {len(line.strip()) for line in full} == {28}


def test_a_short_form_fills_its_page_unless_its_layout_says_no():
    row = specimen("receipt")
    short = rules_of(pictures_of(render("receipt", row).pdf)[0])
    text = layout_text("receipt").replace("fill = false", "fill = true")
    filled = rules_of(pictures_of(render("receipt", row, layout=text).pdf)[0])
    assert filled[-1] > short[-1] + 10


def test_type_never_becomes_smaller_than_nine_points():
    row = specimen("intake-sheet") | {"details": DETAILS * 30}
    sizes = []

    def note(text, _matrix, _text_matrix, _font, size):
        sizes.append((size, text))

    for page in pypdf.PdfReader(BytesIO(render("intake-sheet", row).pdf)).pages:
        page.extract_text(visitor_text=note)
    assert min(size for size, text in sizes if text.strip()) >= 9

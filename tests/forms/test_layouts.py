"""Layouts are data: a hall may replace them, and what cannot be printed is refused in Chinese."""

import pytest

from desk.forms import BadLayout, form_codes, layout_text, layout_version, load_layout, render
from desk.forms.row_keys import entry_keys, keys
from desk.forms.writers import checks
from desk.rules import codes, mediation_codes
from desk.rules.errors import RuleBroken
from desk.rules.wording import label
from tests.forms.reading import squeezed, text_of
from tests.forms.specimens import SPECIMENS, specimen


def changed(code: str, old: str, new: str) -> str:
    """Return a suggested layout with one place changed."""
    text = layout_text(code)
    assert old in text
    return text.replace(old, new, 1)


def test_every_form_has_a_layout_and_a_specimen():
    assert set(form_codes()) == set(SPECIMENS)
    for code in form_codes():
        assert load_layout(code).code == code


@pytest.mark.parametrize("code", form_codes())
def test_every_suggested_layout_says_that_it_is_a_suggestion(code):
    assert "建议版式" in layout_text(code).splitlines()[0]


@pytest.mark.parametrize("code", form_codes())
def test_every_key_of_a_row_is_known_to_its_layout(code):
    # Common keys that a form need not show; all others must stand on paper somewhere.
    optional = {"filled_by", "checked_by", "filled_on", "serial", "qr", "seal_place", "office"}
    optional |= {"is_confidential"} if code == "dispatch-slip" else set()
    optional |= {"size"} if code == "contact-sign" else set()  # it says how they lie
    row = specimen(code)
    unused = [
        key
        for key in row
        if key not in optional
        and f'"{key}"' not in layout_text(code)
        and f"{{{key}" not in layout_text(code)
    ]
    assert unused == []


@pytest.mark.parametrize("code", form_codes())
def test_every_entry_of_a_list_stands_on_paper_as_a_whole(code):
    text = layout_text(code)
    plain = {"each", "n", "kind", "by"}
    for key in keys(code):
        inside = entry_keys(code, key) - {"entry", "n"}
        if not inside or f'each = "{key}"' not in text:
            continue
        # What only the other list of the same kind shows is left out here.
        unused = [k for k in inside - plain if f'"{k}"' not in text and f"{{{k}" not in text]
        assert unused == [], key


@pytest.mark.parametrize(
    ("code", "key", "table"),
    [
        ("intake-sheet", "exit", codes.Exit),
        ("intake-sheet", "urgency", codes.Urgency),
        ("dispatch-slip", "urgency", codes.Urgency),
        ("dispatch-slip", "mode", codes.DispatchMode),
        ("opinion-sheet", "result", codes.HandlingResult),
        ("delivery-proof", "way", codes.DeliveryWay),
        ("followup-record", "way", codes.FollowUpWay),
        ("followup-record", "first_heard", codes.FirstHeard),
        ("followup-record", "resolution", codes.Resolution),
        ("followup-record", "satisfaction", codes.Satisfaction),
        ("followup-record", "discontent", codes.Discontent),
        ("followup-record", "next_steps", codes.NextStep),
        ("mediation-acceptance", "difficulty", mediation_codes.Difficulty),
        ("mediation-closing", "entrusted_by", mediation_codes.EntrustedBy),
        ("mediation-followup", "performance", mediation_codes.Performance),
        ("mediation-followup", "satisfaction", codes.Satisfaction),
    ],
)
def test_the_boxes_of_a_form_are_the_halls_own_words(code, key, table):
    layout = load_layout(code)
    cells = [cell for band in layout.bands for cell in band.cells if cell.key == key]
    assert cells
    for cell in cells:
        for value in table:
            printed = checks(label(value), cell.options)
            assert printed.count("☑") == 1
            assert len(printed.split()) == len(cell.options), label(value)


def test_the_halls_own_layout_is_printed_instead():
    mine = changed("dispatch-slip", 'title = "群众诉求{kind}单"', 'title = "青榕街道{kind}通知单"')
    text = squeezed(text_of(render("dispatch-slip", specimen("dispatch-slip"), layout=mine).pdf))
    assert "青榕街道交办通知单" in text
    assert "群众诉求交办单" not in text


def test_a_layout_text_always_has_the_same_version_and_another_text_another_one():
    text = layout_text("receipt")
    assert layout_version("receipt") == layout_version("receipt", text)
    assert layout_version("receipt", text + "\n# 改过") != layout_version("receipt")


def test_an_unknown_form_is_refused_with_the_known_ones():
    with pytest.raises(RuleBroken, match="没有“leave-sheet”这种表单，可用：intake-sheet"):
        render("leave-sheet", {})


@pytest.mark.parametrize(
    ("code", "old", "new", "sentence"),
    [
        ("receipt", "[[bands]]", "[[bands]", r"第 \d+ 行第 \d+ 列.*TOML"),
        (
            "receipt",
            'layout = "grid"',
            'layout = "poster"',
            "layout.*grid（表格）、letter（公文）或 cards",
        ),
        ("receipt", 'code = "receipt"', 'code = "receit"', "code.*应写 receipt"),
        ("receipt", "min_mm = 11", "min_hm = 11", r"bands\[1\].*不认识的写法“min_hm”"),
        (
            "receipt",
            'key = "appellant"',
            'key = "apellant"',
            r"bands\[1\].cells\[1\].key.*“apellant”",
        ),
        ("receipt", "value_pt = 12", "value_pt = 8", "value_pt.*字号不能小于 9 磅"),
        ("receipt", "value_pt = 12", 'value_pt = "12"', "value_pt.*应填数字"),
        ("receipt", "value_pt = 12", "value_pt = nan", "value_pt.*超出纸面"),
        ("receipt", "value_pt = 12", "value_pt = -3", "value_pt.*超出纸面"),
        ("receipt", "fill = false", "fill = 0", "fill.*true 或 false"),
        ("receipt", "width_mm = 82.5", "width_mm = 282.5", r"bands\[1\].*宽于版心 165 毫米"),
        (
            "receipt",
            "width_mm = 82.5",
            "width_mm = 30",
            r"cells\[1\].width_mm.*至少比栏名宽 8 毫米",
        ),
        ("receipt", 'write = "numbered"', 'write = "roman"', "write.*没有“roman”这种写法"),
        ("receipt", "{promised_by:datetime}", "{promised_by:late}", "words.*没有“late”这种写法"),
        ("receipt", "{office}", "{ofice}", "above_left.*没有“ofice”这一项"),
        ("receipt", "min_mm = 40", "min_mm = 400", "一栏不能高于 180 毫米"),
        ("receipt", 'kind = "seal"', 'kind = "stamp"', "kind.*“stamp”不在可选项内"),
        ("receipt", 'title = "群众诉求受理回执"', "", "缺少“title”"),
        ("receipt", "fill = false", "bands = 3", "写法不合 TOML|应是方括号"),
        ("receipt", "fill = false", "page = 3", "page.*名称 = 值"),
        ("receipt", "leading = 1.45", "leading = 0.2", "leading.*行距"),
        ("opinion-notice", 'each = "matters"', 'each = "maters"', "each.*没有“maters”"),
        ("opinion-notice", "{reply}", "{replay}", r"parts\[2\].words.*没有“replay”"),
        ("opinion-notice", 'layout = "letter"', 'layout = "letter"\nlines_on_page = 2', "10–40 行"),
        ("sign-folder", 'each = "cases"', 'each = "case"', r"bands\[1\].each.*没有“case”"),
        ("sign-folder", 'each = "cases"', 'each = "leader"', "“leader”不是一列可以逐条印"),
        ("sign-folder", 'each = "cases"', 'each = "cases"\nhead = true', "不能每页重复"),
        ("sign-folder", "least = 8", "least = 80", "空行不超过 60 行"),
        ("sign-folder", 'key = "left"', 'key = "right"', r"cells\[4\].key.*没有“right”"),
        ("sign-folder", "width_mm = 18", "width_mm = 5", r"cells\[4\].width_mm.*8 毫米"),
        ("sign-folder", "width_mm = 56", "width_mm = 96", r"bands\[1\].*宽于版心"),
        ("acceptance-notice", "height_mm = 62", "height_mm = 20", "tear_off.height_mm.*40–140"),
        (
            "dispatch-slip",
            'options = ["直派", "双派"]',
            "options = []",
            "options.*勾选格要列出选项",
        ),
        ("intake-sheet", "height_mm = 72", "height_mm = 20", "tear_off.height_mm.*40–140"),
        (
            "intake-sheet",
            "top_mm = 14, right_mm = 20",
            "top_mm = 14, right_mm = 120",
            "page.*页边距过大",
        ),
    ],
)
def test_a_layout_that_cannot_be_printed_is_refused_with_its_place(code, old, new, sentence):
    with pytest.raises(BadLayout, match=sentence) as refused:
        load_layout(code, changed(code, old, new))
    assert refused.value.field == "layout"
    assert str(refused.value).startswith(f"版式“{code}”")


def test_a_layout_of_surrogates_or_of_nothing_is_refused():
    for text in ("", "\ud800", "[", "a = 1"):
        with pytest.raises(BadLayout):
            load_layout("receipt", text)

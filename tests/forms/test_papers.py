"""Papers as they come out: complete, copyable, embedded, the same bytes every time."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import chain, repeat
from pathlib import Path

import pypdf
import pytest
import segno

from desk.forms import form_codes, layout_text, load_layout, render, render_batch
from desk.rules.errors import RuleBroken
from tests.forms.reading import fonts_of, pictures_of, squeezed, text_of
from tests.forms.specimens import printed, specimen
from tests.forms.test_fonts import LEVEL_3, renamed

NAUGHTY = json.loads((Path(__file__).parents[1] / "files" / "blns.json").read_text("utf-8"))
MOST = 3  # entries of a list


def everywhere(code: str, words: str | Iterator[str], *, most: int | None = None) -> dict:
    """Return a row whose every written field holds these words, or the next of them.

    Of a list no more than `most` entries are kept: the others have fields of the same kinds.
    """
    source = repeat(words) if isinstance(words, str) else words
    row = specimen(code)
    for key, value in row.items():
        if isinstance(value, str) or value is None:
            row[key] = next(source)
        elif value and isinstance(value, list) and isinstance(value[0], str):
            row[key] = [next(source), next(source)]
        elif value and isinstance(value, list):
            row[key] = [{name: next(source) for name in part} for part in value[:most]]
    return row


@pytest.fixture(scope="module")
def later():
    """Return every form as it was printed after all others had been, in one batch and alone."""
    for code in form_codes():
        printed(code)
    render_batch([(code, specimen(code)) for code in form_codes()])
    rows = {code: json.loads(json.dumps(specimen(code))) for code in form_codes()}
    return {code: render(code, rows[code]) for code in reversed(form_codes())}


@pytest.mark.parametrize("code", form_codes())
def test_a_reprint_has_the_same_bytes(code, later):
    assert later[code] == printed(code)


@pytest.mark.parametrize("code", form_codes())
def test_every_page_is_a4_and_every_font_is_embedded(code):
    paper = printed(code)
    reader = pypdf.PdfReader(BytesIO(paper.pdf))
    assert len(reader.pages) == paper.pages
    for page in reader.pages:
        upright, lying = [0, 0, 595, 842], [0, 0, 842, 595]
        is_lying = getattr(load_layout(code), "landscape", False)
        assert [round(float(edge)) for edge in page.mediabox] == (lying if is_lying else upright)
    fonts = dict(fonts_of(paper.pdf))
    assert fonts
    for font in fonts.values():
        assert font["/Subtype"] == "/Type0"
        about = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert len(about["/FontFile2"].get_data()) > 100
        assert "/ToUnicode" in font


@pytest.mark.parametrize("code", form_codes())
def test_what_was_written_stands_on_paper(code):
    row = specimen(code)
    text = squeezed(text_of(printed(code).pdf))
    assert squeezed(row["number"]) in text
    assert f"系统流水{row['serial']}" in text
    assert "第1页共" in text
    for key in ("details", "summary", "request", "findings", "opinion", "suggestion", "proposal"):
        if row.get(key):
            assert squeezed(row[key]) in text, key


def test_nothing_on_paper_changes_with_the_day_or_the_print():
    pdf = render("intake-sheet", specimen("intake-sheet")).pdf
    information = pypdf.PdfReader(BytesIO(pdf)).metadata
    assert information["/CreationDate"].startswith("D:2000")
    assert "次打印" not in text_of(pdf)


def test_two_thousand_random_ideographs_of_level_3_are_printed_and_can_be_copied():
    drawn = random.Random(20261122).sample(LEVEL_3, 2000)  # noqa: S311 a fixed draw, no secret
    row = specimen("intake-sheet")
    row["details"] = "".join(drawn)
    paper = render("intake-sheet", row)
    assert paper.missing == ()
    pages = pypdf.PdfReader(BytesIO(paper.pdf)).pages
    by_pypdf = squeezed("".join(page.extract_text() for page in pages))
    by_pdfium = squeezed(text_of(paper.pdf))
    assert [char for char in drawn if char not in by_pypdf] == []
    assert [char for char in drawn if char not in by_pdfium] == []
    assert "".join(drawn[:40]) in by_pypdf


def test_every_rare_ideograph_leaves_ink_where_it_stands():
    rare = [char for char in LEVEL_3 if ord(char) > 0x20000]
    assert ink(" ") == 0
    assert [char for char in rare[::1500] if ink(char * 3) < 15] == []


def ink(words: str) -> int:
    """Return how much ink the cell of the request holds."""
    row = specimen("receipt") | {"matters": [words]}
    (picture,) = pictures_of(render("receipt", row).pdf)
    return sum(1 for grey in picture.crop((150, 193, 530, 300)).tobytes() if grey < 128)


def test_a_character_without_glyph_prints_a_mark_and_is_reported():
    row = specimen("receipt") | {"appellant": "张\U00031350\u0e01三", "matters": ["\U000f0000"]}
    paper = render("receipt", row)
    assert set(paper.missing) == {"\U00031350", "\u0e01", "\U000f0000"}
    text = squeezed(text_of(paper.pdf))
    assert "三" in text
    assert "0E" in text  # the code of ก in the box
    assert ink("\U000f0000") > 20


def test_a_missing_character_is_reported_once():
    row = specimen("receipt") | {"matters": ["\u0e01\u0e01", "\u0e01"]}
    assert render("receipt", row).missing == ("\u0e01",)


def test_ticked_and_empty_boxes_are_copied_as_such():
    text = squeezed(text_of(render("dispatch-slip", specimen("dispatch-slip")).pdf))
    assert "☑双派" in text
    assert "□直派" in text


def test_the_receipt_does_not_show_level_or_judgement():
    row = specimen("receipt")
    text = text_of(render("receipt", row).pdf)
    sheet = text_of(render("intake-sheet", specimen("intake-sheet")).pdf)
    torn_off = sheet.partition("回执联交诉求人")[2]
    assert "分级后如有变化会告知" in torn_off
    for words in (text, torn_off):
        assert "个人信息处理告知" in squeezed(words)
        for secret in ("紧急", "快处", "常态", "复杂", "风险"):
            assert secret not in squeezed(words)


def test_neither_sheet_nor_receipt_asks_for_the_people_one_belongs_to():
    for code in ("intake-sheet", "receipt"):
        assert "民族" not in text_of(render(code, specimen(code)).pdf)


def test_a_confidential_case_hides_the_appellant_from_the_slip():
    row = specimen("dispatch-slip") | {"is_confidential": True}
    text = squeezed(text_of(render("dispatch-slip", row).pdf))
    assert text.count("保密，见系统") == 2
    assert "13800000012" not in text
    assert "阿依古丽" not in text


def test_seal_places_can_be_left_out_and_are_no_imitation():
    with_place = render("opinion-sheet", specimen("opinion-sheet"))
    without = render("opinion-sheet", specimen("opinion-sheet") | {"seal_place": False})
    assert "（印章）" in text_of(with_place.pdf)
    assert "（印章）" not in text_of(without.pdf)
    assert "/XObject" not in pypdf.PdfReader(BytesIO(with_place.pdf)).pages[0]["/Resources"]


def test_sections_of_a_letter_that_have_nothing_to_say_are_left_out():
    row = specimen("opinion-notice")
    assert "四、后续措施及时限" in text_of(render("opinion-notice", row).pdf)
    row["measures"], row["remedy"] = [], "自收到本意见书之日起30日内可以申请复查。"
    text = text_of(render("opinion-notice", row).pdf)
    assert "后续措施" not in text
    assert "四、救济途径" in text


def test_a_single_matter_is_not_numbered():
    row = specimen("opinion-notice")
    row["matters"], row["measures"] = row["matters"][:1], row["measures"][:1]
    assert "（一）" not in text_of(render("opinion-notice", row).pdf)


def test_markup_in_what_people_write_is_printed_as_it_is():
    words = '<b>加粗</b><img src="file:///etc/passwd"/>&amp;{number}|《x》<a href="http://x">y</a>'
    for code in form_codes():
        text = squeezed(text_of(render(code, everywhere(code, words, most=MOST)).pdf))
        assert squeezed(words) in text, code


@pytest.mark.parametrize("code", form_codes())
def test_naughty_strings_are_printed_in_every_kind_of_field(code):
    """Each of them on every form, from form to form in another field."""
    # The receipt of an intake sheet has no room for longer names of units (see below).
    words = [word[:50] for word in NAUGHTY]
    at = 7 * form_codes().index(code)
    left = iter(words[at:] + words[:at])
    rows = []
    for first in left:  # the row takes as many more as it has fields
        row = everywhere(code, chain([first], left, repeat("完")), most=MOST)
        rows.append((code, row))
    assert render_batch(rows).pages >= len(rows)


# What no printer has a picture of: in all fields of a form at once.
UNPRINTABLE = ("\x00", "\ud800", "\x07\x1b", "\u202e反", "", "\n\n\n", "a\u0300" * 50)


@pytest.mark.parametrize("code", form_codes())
def test_control_characters_and_surrogates_do_not_stop_a_print(code):
    for words in UNPRINTABLE:
        try:
            assert render(code, everywhere(code, words, most=MOST)).pages >= 1
        except Exception as error:
            error.add_note(f"printing {words!a}")
            raise


@pytest.mark.parametrize("code", form_codes())
def test_a_row_with_nothing_in_it_is_an_empty_form(code):
    assert render(code, {}).pages == TWO_SIDES.get(code, 1)


# One sheet, front and back: with room for signatures by hand it is never shorter.
TWO_SIDES = {"whistle-slip": 2}


# Where most is written on a form that has neither details nor a summary; in lists, in an entry.
LONGEST = {
    "meeting-minutes": "minutes",
    "bulletin": "overview",
    "public-bulletin": "overview",
    "receipt": "matters",
    "acceptance-notice": "subject",
    "guidance-notice": "explanation",
    "opinion-notice": "findings",
    "opinion-sheet": "findings",
    "delivery-proof": "papers",
    "closing-report": "steps",
    "case-contents": "items",
    "withdrawal-request": "subject",
    "sign-folder": "cases",
    "seal-register": "uses",
    "promised-calls": "calls",
    "shift-handover": "open_work",
    "morning-brief": "people",
    "archive-list": "files",
    "trail-list": "lines",
    "figure-list": "lines",
    "identity-key": "use",
    "mediation-statistics": "lines",
    "room-schedule": "hours",
    "duty-roster": "days",
    "visit-sheet": "questions",
    "exclusion-request": "facts",
    "supervision-notice": "requirement",
    "urging-slip": "words",
    "commendation": "facts",
    "reminder-letter": "facts",
    "interview-record": "minutes",
    "honour-list": "honours",
    "whistle-slip": "consultation",
    "reception-list": "lines",
    "mediation-application": "facts",
    "mediation-acceptance": "facts",
    "mediation-rights": "signers",
    "mediation-power": "powers",
    "mediation-address": "address",
    "mediation-notice": "bring",
    "mediation-investigation": "text",
    "mediation-record": "blocks",
    "mediation-agreement": "terms",
    "mediation-oral-agreement": "terms",
    "mediation-extension": "between",
    "mediation-refusal": "reason",
    "mediation-termination": "reason",
    "handover-letter": "facts",
    "mediation-followup": "measures",
    "judicial-confirmation": "terms",
    "mediation-closing": "facts",
    "mediation-cover": "note",
    "mediation-contents": "items",
    "mediation-situation": "text",
    "mediation-back-cover": "dispute",
}
WRITTEN = ("what", "about", "matter", "subject", "name", "title", "caption", "text", "at")


# A card on a table bears a name, no text: its letters are an inch high. So do signs at a door.
HUNG_UP = frozenset({"door-sign", "grid-card", "contact-sign"})
# One form of each way to set it gets as much as a field takes; the others several pages of it.
WHOLE = frozenset({"intake-sheet", "opinion-notice", "mediation-record", "case-contents"})


@pytest.mark.parametrize("code", [code for code in form_codes() if code not in HUNG_UP])
def test_a_very_long_text_flows_over_as_many_pages_as_it_needs(code):
    chars, times = (LEVEL_3[:4000], 5) if code in WHOLE else (LEVEL_3[:1000], 8)
    long = "".join(chars) * times
    row = specimen(code)
    key = LONGEST.get(code) or ("details" if "details" in row else "summary")
    if not isinstance(row[key], list):
        row[key] = long
    elif isinstance(row[key][0], str):
        row[key] = [long]
    else:
        last = row[key][-1]
        row[key] = [*row[key][:-1], last | {next(k for k in WRITTEN if k in last): long}]
    paper = render(code, row)
    assert paper.pages > len(long) // 4000
    printed_chars = Counter(text_of(paper.pdf))
    assert [char for char in chars if printed_chars[char] < times] == []


# Names and numbers around a table are refused when they would push it off the page.
CARDS = {"contact-sign", "grid-card"}  # each card of theirs has a square of its own
TOO_LONG = {
    "intake-sheet": {"office", "number", "first_responder", "lead_unit", "received_at"}
    | {"unit_phone", "promised_by", "ask_how"},
    "receipt": {"office", "number"},
    "dispatch-slip": {"office", "number", "kind", "issued_by", "issued_at"},
    "opinion-sheet": {"office", "number", "filled_by", "checked_by", "filled_on"},
    "followup-record": {"office", "number", "filled_by", "checked_by", "filled_on"},
    "acceptance-notice": {"title", "number", "addressee"},
    "guidance-notice": {"title", "number", "addressee"},
    "delivery-proof": {"office", "number", "filled_by", "checked_by", "filled_on"},
    "closing-report": {"office", "number", "filled_by", "checked_by", "filled_on"},
    "case-contents": {"office", "archive_number", "filled_by", "checked_by", "filled_on"},
    "withdrawal-request": {"office", "number"},
    "sign-folder": {"leader", "number", "filled_by", "written_at"},
    "seal-register": {"office", "number", "filled_by", "checked_by", "filled_on", "period"},
    "promised-calls": {"unit", "number", "filled_by", "filled_on", "day"},
    "shift-handover": {"unit", "number"},
    "morning-brief": {"leader", "number", "filled_by", "filled_on", "day"},
    "archive-list": {"office", "number", "scope", "filled_by", "checked_by", "filled_on"},
    "identity-key": {"office", "number"},
    "figure-list": {"office", "number", "scope", "filled_by", "checked_by", "filled_on"},
    "trail-list": {"office", "number", "scope", "filled_by", "checked_by", "filled_on"},
    "mediation-statistics": {"office", "number", "scope", "filled_by", "checked_by", "filled_on"},
    "room-schedule": {"office", "number", "day", "weekday", "filled_by", "filled_on"},
    "door-sign": {"office", "number", "role"},
    "contact-sign": {"slogan"},
    "extension-request": {"kind", "lead_unit", "number", "asked_by", "asked_on"},
    "exclusion-request": {"lead_unit", "number", "asked_by", "asked_on"},
    "supervision-notice": {"source", "number", "issued_by", "issued_on"},
    "reminder-letter": {"number", "measures", "responsible", "rectified_on"},
    "interview-record": {"office", "number", "talked_by", "filled_by"},
    "reception-record": {"office", "number", "recorder", "filled_on"},
    "reception-list": {"day", "hours", "place", "leader", "number", "filled_by", "filled_on"},
    "leader-case": {"office", "number", "filled_by", "checked_by", "filled_on"},
    "meeting-minutes": {"office", "number", "kind", "recorder", "checked_by", "filled_on"},
    "honour-list": {"office", "number", "year", "filled_by", "checked_by", "filled_on"},
    "whistle-slip": {"caller_unit", "number", "raised_at", "filed"},
    "duty-roster": {"office", "number", "year", "month", "filled_by", "filled_on"},
    "visit-sheet": {"number", "community", "grid", "results", "households", "planned_on"},
    "mediation-application": {"office", "number"},
    "mediation-acceptance": {"office", "number", "filled_by", "checked_by", "filled_on"},
    "mediation-notice": {"addressee", "number"},
    "mediation-oral-agreement": {"office", "number"},
    "mediation-followup": {"office", "number"},
    "mediation-closing": {"unit", "number", "filled_by", "checked_by", "filled_on"},
    "mediation-cover": {"office"},
    "mediation-contents": {"office", "number", "filled_by", "checked_by", "filled_on"},
    "mediation-back-cover": {"number"},
}


def test_any_field_may_be_very_long_and_nothing_of_it_is_lost():
    for at, code in enumerate(form_codes()):
        # every other field: nearly all stand in several forms, and each costs a paper
        for key, value in list(specimen(code).items())[at % 2 :: 2]:
            if value is not None and not isinstance(value, str):
                continue
            row = specimen(code) | {key: "长" * 1500}
            if key in TOO_LONG.get(code, ()) or (key == "qr" and code not in CARDS):
                with pytest.raises(RuleBroken, match=r"过长|放不下"):
                    render(code, row)
                continue
            text = text_of(render(code, row).pdf)
            assert text.count("长") >= 1500 or key in {"qr", "seal_place"} or key not in shown(code)


def shown(code: str) -> set[str]:
    """Return the keys that a form prints when they hold text."""
    text = layout_text(code)
    return {key for key in specimen(code) if f'"{key}"' in text or f"{{{key}" in text} | {"serial"}


def test_a_batch_is_one_document_with_page_numbers_of_each_paper():
    rows = [("opinion-notice", specimen("opinion-notice")), ("receipt", specimen("receipt"))] * 3
    batch = render_batch(rows)
    text = squeezed(text_of(batch.pdf))
    assert batch.pages == 9
    assert text.count("第2页共2页") == 3
    assert text.count("第1页共1页") == 3
    single = sum(len(render(code, row).pdf) for code, row in rows)
    assert len(batch.pdf) < single / 2  # fonts are shared


def test_papers_are_set_in_the_halls_own_fonts_where_it_has_them(tmp_path):
    renamed("Kai-GB2312.ttf", "仿宋_GB2312", tmp_path / "own.ttf")
    row = specimen("receipt")
    ours, theirs = render("receipt", row), render("receipt", row, fonts_folder=tmp_path)
    assert theirs.pdf != ours.pdf
    assert theirs.font_set.startswith(ours.font_set + "+")
    assert theirs.missing == ()
    assert squeezed(row["matters"][0]) in squeezed(text_of(theirs.pdf))
    assert render("receipt", row, fonts_folder=tmp_path) == theirs
    names = {font["/BaseFont"].partition("+")[2] for _, font in fonts_of(theirs.pdf)}
    assert any(name.startswith("Hall") for name in names)


def test_an_empty_batch_is_refused():
    with pytest.raises(RuleBroken, match="没有选中要打印的文书"):
        render_batch([])


def test_the_code_square_can_be_scanned_from_paper():
    # Read the square back by its grid: the same modules as the payload's own code.
    row = specimen("receipt")
    scale = 10
    (picture,) = pictures_of(render("receipt", row).pdf, 72 * scale)
    modules = segno.make(row["qr"], error="m", micro=False, mask=2).matrix
    left = int(0.82 * picture.width)
    corner = picture.crop((left, 0, picture.width, int(0.125 * picture.height)))
    x0, y0, *_ = corner.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    step = 16 / 25.4 * 72 * scale / len(modules)
    read = [
        [
            picture.getpixel((int(left + x0 + (x + 0.5) * step), int(y0 + (y + 0.5) * step))) < 128
            for x in range(len(modules))
        ]
        for y in range(len(modules))
    ]
    assert read == [[bool(module) for module in line] for line in modules]

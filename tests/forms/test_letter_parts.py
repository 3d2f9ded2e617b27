"""Tables and lines to sign on in letters, tables across, and cards that stand on a table."""

import pypdfium2
import pytest

from desk.forms import BadLayout, layout_text, load_layout, render
from tests.forms.reading import squeezed, text_of
from tests.forms.specimens import specimen


def pages_of(code, **more):
    return [squeezed(page) for page in text_of(render(code, specimen(code) | more).pdf).split("\f")]


def instalments(count):
    return [
        {"due_on": f"2027-{1 + n % 12:02}-28", "amount": f"{n + 1:,}.00元", "capital": f"第{n}笔整"}
        for n in range(count)
    ]


def signers(count):
    return [{"caption": f"当事人 第{n}位（签名）"} for n in range(count)]


def test_a_table_that_goes_on_has_its_heads_again_and_loses_no_row():
    pages = pages_of("mediation-agreement", instalments=instalments(60))

    with_rows = [page for page in pages if "笔整" in page]
    assert len(with_rows) >= 3
    assert all("期次履行日期金额大写" in page for page in with_rows)
    whole = "".join(pages)
    assert [n for n in range(60) if f"第{n}笔整" not in whole] == []


def test_a_long_entry_of_a_table_takes_several_lines():
    row = {"due_on": "2027-01-28", "amount": "1.00元", "capital": "人民币" + "壹" * 80 + "元整"}
    whole = "".join(pages_of("mediation-agreement", instalments=[row]))
    assert whole.count("壹") >= 80


def test_signatures_never_stand_on_a_page_without_text():
    for length in range(0, 30, 3):
        pages = pages_of("mediation-agreement", terms="甲方履行。\n" * length, instalments=[])
        signing = next(page for page in pages if "人民调解员钱惠" in page)
        assert "之日起生效" in signing, length


def test_as_many_people_as_there_are_may_sign():
    pages = pages_of("mediation-rights", signers=signers(40))
    whole = "".join(pages)
    assert [n for n in range(40) if f"第{n}位" not in whole] == []
    assert len(pages) > 2


def test_rooms_are_shared_out_evenly_among_the_tables_of_a_schedule():
    rooms = [f"{n}号调解室" for n in "一二三四五六七八九"]
    hours = [{"time": "09:00–10:00", "at": [f"在{room}" for room in rooms]}]
    (page,) = pages_of("room-schedule", rooms=rooms, hours=hours)

    assert page.count("时间") == 2
    assert "时间一号调解室二号调解室三号调解室四号调解室五号调解室" in page
    assert [room for room in rooms if f"在{room}" not in page] == []


def test_a_schedule_without_rooms_says_so():
    assert "没有可以排期的房间" in pages_of("room-schedule", rooms=[], hours=[])[0]


def test_a_card_shows_its_name_to_both_sides():
    pdf = render("door-sign", specimen("door-sign")).pdf
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=0.5).to_pil().convert("L")
    assert len(document) == 1
    document.close()
    upper = picture.crop((0, 0, picture.width, picture.height // 2))
    lower = picture.crop((0, picture.height - picture.height // 2, picture.width, picture.height))
    turned = upper.rotate(180)
    apart = [abs(a - b) for a, b in zip(turned.tobytes(), lower.tobytes(), strict=True)]
    assert picture.width > picture.height
    assert sum(apart) / len(apart) < 2
    assert min(lower.tobytes()) < 60


@pytest.mark.parametrize(
    ("code", "old", "new", "sentence"),
    [
        ("mediation-agreement", 'each = "instalments"\ncells', "cells", "逐条印哪一列"),
        (
            "mediation-agreement",
            'key = "amount", width_mm = 33',
            'key = "amount", width_mm = 99',
            "宽于",
        ),
        ("mediation-agreement", 'key = "capital"', 'key = "capitals"', "没有“capitals”这一项"),
        ("room-schedule", 'across = "rooms"', 'across = "halls"', "没有“halls”这一项"),
        ("room-schedule", 'across_key = "at"\n', "", "横向展开要写明"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_its_place(code, old, new, sentence):
    text = layout_text(code)
    assert old in text
    with pytest.raises(BadLayout, match=sentence):
        load_layout(code, text.replace(old, new, 1))

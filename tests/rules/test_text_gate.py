import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.errors import RuleBroken
from desk.rules.text_gate import LIMITS, Cleaned, Field, clean

NAUGHTY = json.loads((Path(__file__).parents[1] / "files" / "blns.json").read_text("utf-8"))
EVERY_KIND = pytest.mark.parametrize("kind", list(Field))


def outcome(text: str, kind: Field) -> Cleaned | RuleBroken:
    try:
        return clean(text, kind)
    except RuleBroken as refusal:
        return refusal


def test_the_list_of_naughty_strings_is_the_whole_one():
    assert len(NAUGHTY) > 450


@EVERY_KIND
def test_naughty_strings_are_kept_or_tidied_with_a_note_or_refused_in_chinese(kind):
    for text in NAUGHTY:
        cleaned = outcome(text, kind)
        if isinstance(cleaned, RuleBroken):
            assert "请删" in str(cleaned)
            continue
        assert bool(cleaned.notes) == (cleaned.text != text)
        assert clean(cleaned.text, kind) == Cleaned(cleaned.text)


@EVERY_KIND
@given(text=st.text(max_size=40))
def test_what_comes_out_goes_through_again_unchanged(kind, text):
    cleaned = clean(text, kind)
    assert clean(cleaned.text, kind) == Cleaned(cleaned.text)
    assert unicodedata.is_normalized("NFC", cleaned.text)
    assert "\x00" not in cleaned.text
    cleaned.text.encode("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "楼上漏水,要求修复并赔偿。",
        "<script>alert(1)</script>",
        "=cmd|'/c calc'!A1",
        "100%_\\",
        "𫖯䶮𣗋㛃\U0003134a",
        "👩‍👩‍👧",
        "Z̸̧̛a̴l̵g̶o̷",
        "²①㎡½",
    ],
)
def test_honest_text_is_kept_as_it_is(text):
    text = unicodedata.normalize("NFC", text)
    assert clean(text, Field.BODY) == Cleaned(text)
    assert clean(text, Field.TITLE) == Cleaned(text)


@pytest.mark.parametrize(
    ("text", "kept", "note"),
    [
        ("张三丰\u200b", "张三丰", "去掉了看不见的字符"),
        ("\ufeff张三丰", "张三丰", "去掉了看不见的字符"),
        ("gpj.\u202eexe", "gpj.exe", "去掉了看不见的字符"),
        ("a\x00b\x07c", "abc", "去掉了控制字符"),
        ("e\u0301", "é", "统一了字符的写法"),
        (" 榕荫里 7 栋 ", "榕荫里 7 栋", "去掉了首尾空白"),
        ("一行\r\n又一行", "一行 又一行", "合成了一行"),
        ("一\t二", "一 二", "合成了一行"),
    ],
)
def test_single_lines_are_tidied_and_it_is_said(text, kept, note):
    cleaned = clean(text)
    assert cleaned.text == kept
    assert note in cleaned.notes
    assert note in cleaned.sentence
    assert cleaned.sentence.startswith("已整理：")


def test_nothing_is_said_where_nothing_was_changed():
    assert clean("榕荫里").sentence == ""


def test_free_text_keeps_its_lines_tabs_and_joiners():
    text = "第一段\n\t第二段 👩‍👩‍👧 \u202bعربي\u202c"
    assert clean(text, Field.BODY) == Cleaned(text)
    assert clean("一\r二\u2028三", Field.BODY).text == "一\n二\n三"


def test_names_and_numbers_are_spelt_one_way():
    assert clean("买买提•吐尔逊", Field.NAME).notes == ("统一了姓名的写法",)
    assert clean("１３８００００００１２", Field.CODE).text == "13800000012"
    assert clean("１２", Field.TITLE).text == "１２"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("C:\\fakepath\\照片 1.jpg", "照片 1.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a<b>:c?.pdf", "a_b__c_.pdf"),
        ("CON", "附件_CON"),
        ("nul.txt", "附件_nul.txt"),
        ("..", "附件_"),
        ("结尾有点. ", "结尾有点"),
        ("console.log", "console.log"),
    ],
)
def test_attachment_names_lead_nowhere(text, kept):
    assert clean(text, Field.FILE_NAME).text == kept


@EVERY_KIND
def test_a_text_may_be_exactly_as_long_as_the_field_allows(kind):
    full = "榕" * LIMITS[kind]
    assert clean(full, kind).text == full
    with pytest.raises(RuleBroken, match=f"最多 {LIMITS[kind]} 字，现在是 {LIMITS[kind] + 1} 字"):
        clean(full + "榕", kind)


def test_lengths_count_characters_and_not_their_bytes():
    assert len(clean("𫖯" * 50, Field.NAME).text) == 50


def test_a_refusal_names_the_field_for_clerk_and_window():
    with pytest.raises(RuleBroken, match="“诉求人”最多 50 字") as refusal:
        clean("长" * 51, Field.NAME, label="诉求人", field="appellant_name")
    assert refusal.value.field == "appellant_name"


@EVERY_KIND
def test_half_characters_are_refused_with_their_place(kind):
    with pytest.raises(RuleBroken, match="第 3 个字是残缺的字符"):
        clean("漏水\ud83d吗", kind, field="summary")

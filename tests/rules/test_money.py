"""Amounts are read as people write them and come out in capitals that nobody can add to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.errors import RuleBroken
from desk.rules.money import MOST_FEN, capital_amount, read_amount, show_amount

AMOUNTS = st.one_of(
    st.integers(0, MOST_FEN),
    # noughts in the middle are where capitals go wrong
    st.lists(st.sampled_from("000001359"), min_size=1, max_size=14).map(lambda d: int("".join(d))),
)
PLACES = {"拾": 10, "佰": 100, "仟": 1000}
FIGURES = {figure: value for value, figure in enumerate("零壹贰叁肆伍陆柒捌玖")}


def fen_of(capitals):
    """Read capitals back the plain way: groups, places, figures."""
    yuan, has_yuan, rest = capitals.removesuffix("整").rpartition("元")
    total = 0
    for unit, worth in (("亿", 10**8), ("万", 10**4), ("", 1)):
        group, found, after = yuan.partition(unit) if unit else (yuan, True, "")
        if found:
            total += _group(group) * worth
            yuan = after
    fen = total * 100
    figure = 0
    for sign in rest if has_yuan else capitals.removesuffix("整"):
        if sign in FIGURES:
            figure = FIGURES[sign]
        else:
            fen += figure * {"角": 10, "分": 1}[sign]
    return fen


def _group(words):
    total = figure = 0
    for sign in words:
        if sign in FIGURES:
            figure = FIGURES[sign]
        else:
            total, figure = total + figure * PLACES[sign], 0
    return total + figure


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("0.01", "壹分"),
        ("0.50", "伍角整"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("1.10", "壹元壹角整"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1006.05", "壹仟零陆元零伍分"),
        ("1010", "壹仟零壹拾元整"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("12000", "壹万贰仟元整"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("1000100", "壹佰万零壹佰元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100005000", "壹亿零伍仟元整"),
        ("100200300", "壹亿零贰拾万零叁佰元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_capitals_are_written_as_banks_write_them(yuan, words):
    assert capital_amount(read_amount(yuan)) == words


def test_nothing_is_written_as_nought():
    assert capital_amount(0) == "零元整"


@given(AMOUNTS)
def test_capitals_can_be_read_back_and_leave_no_gap(fen):
    words = capital_amount(fen)
    assert fen_of(words) == fen
    assert "零零" not in words
    assert not words.startswith("零") or fen == 0
    assert words.endswith(("整", "分"))


@pytest.mark.parametrize("fen", [-1, MOST_FEN + 1])
def test_what_no_capitals_exist_for_is_a_mistake_of_the_program(fen):
    with pytest.raises(ValueError, match=str(fen)):
        capital_amount(fen)


@pytest.mark.parametrize(
    "typed",
    [
        "12000",
        "12000元",
        "12,000.00",
        "¥12,000.00",
        "￥１２，０００",
        "1.2万",
        "1.2 万元整",
        "人民币 12000 元正",
        "rmb12000",
        "0.00012亿",
        " 12000块 ",
    ],
)
def test_an_amount_is_read_however_it_is_typed(typed):
    assert read_amount(typed) == 12_000_00


@given(st.integers(1, MOST_FEN))
def test_what_is_shown_is_read_as_the_same_amount(fen):
    assert read_amount(show_amount(fen)) == fen


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "看不懂"),
        ("一万二", "看不懂"),
        ("12,00", "看不懂"),
        ("-500", "看不懂"),
        ("1e5", "看不懂"),
        ("12.345", "比分还小"),
        ("0", "应大于 0"),
        ("1000000000000", "小于一万亿元"),
    ],
)
def test_what_is_no_amount_is_refused_with_what_to_write(typed, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refusal:
        read_amount(typed, field="paid")
    assert refusal.value.field == "paid"

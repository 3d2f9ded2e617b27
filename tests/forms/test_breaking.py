"""Lines break where Chinese setting allows it, never inside numbers, never past the measure."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.forms.breaking import break_text, title_lines
from desk.forms.fonts import font_set

CHAIN = font_set().chains["body"]
NAUGHTY = json.loads((Path(__file__).parents[1] / "files" / "blns.json").read_text("utf-8"))
CHINESE = st.text(
    alphabet="青榕街道办事处，。、；：？！“”（）《》〔〕2026年-:/.%AaB ", max_size=200
)


def lines(text: str, signs: float = 20) -> list[str]:
    """Return the lines of a text in a measure of so many signs of 10 points."""
    return [line.text for line in break_text(text, CHAIN, 10, 10 * signs)]


@given(CHINESE)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text):
    # Runs of marks longer than a line are the one exception: they must break somewhere.
    broken = lines(text, 40)
    for before, after in pairwise(broken):
        if len(before) < 30:
            assert after[:1] not in set("，。、；：？！”）》〕")
            assert before[-1:] not in set("“（《〔")


@given(CHINESE)
def test_breaking_loses_nothing_but_spaces(text):
    assert "".join("".join(lines(text, 12)).split()) == "".join(text.split())


@given(CHINESE)
def test_no_line_is_wider_than_the_measure(text):
    for line in break_text(text, CHAIN, 10, 120):
        assert line.width + line.indent <= 120.02


@pytest.mark.parametrize(
    "whole",
    ["2026-11-21", "09:05", "13800000012", "〔2026〕00412号", "12,345.60", "3.5%", "——", "……"],
)
def test_numbers_dates_and_double_marks_stay_whole(whole):
    for before in range(1, 20):
        assert any(whole in line for line in lines("字" * before + whole + "字" * 9, 14)), before


def test_a_number_keeps_its_unit():
    for before in range(1, 20):
        assert any("21日" in line for line in lines("字" * before + "11月21日前办结", 14)), before


def test_the_first_line_of_each_paragraph_is_indented():
    found = break_text("一二三四五六七八九十\n甲乙丙", CHAIN, 10, 60, indent=20)
    assert [(line.text, line.indent) for line in found] == [
        ("一二三四", 20),
        ("五六七八九十", 0),
        ("甲乙丙", 20),
    ]
    assert [line.ends_paragraph for line in found] == [False, True, True]


def test_marks_without_width_are_not_set():
    assert lines("张\u200b三\u202e\ufeff李\ufe0f") == ["张三李"]


def test_every_kind_of_line_end_ends_a_line():
    assert lines("一\r\n二\r三\n四\u2028五\x0b六") == list("一二三四五六")


@pytest.mark.parametrize(
    "text", ["A" * 20_000, "。" * 20_000, "(" * 20_000, "1.2" * 6_000, "□" * 9_000]
)
def test_unbroken_runs_are_broken_somewhere(text):
    found = break_text(text, CHAIN, 12, 300)
    assert max(line.width for line in found) <= 300.02
    assert "".join(line.text for line in found) == text


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_strange_texts_are_broken_without_running_over(text):
    assert all(line.width <= 80.02 for line in break_text(text, CHAIN, 10, 80))


def test_a_title_breaks_between_its_parts():
    chain = font_set().chains["title"]
    parts = ["关于王桂兰反映", "青榕里3栋楼道漏电等问题的", "处理意见书"]
    assert [line.text for line in title_lines(parts, chain, 22, 410)] == [
        "关于王桂兰反映",
        "青榕里3栋楼道漏电等问题的处理意见书",
    ]
    short = ["关于张三反映", "噪声问题的", "处理意见书"]
    assert [line.text for line in title_lines(short, chain, 22, 410)] == [
        "关于张三反映噪声问题的处理意见书"
    ]
    long = [line.text for line in title_lines(["长" * 50], chain, 22, 410)]
    assert [len(line) for line in long] == [17, 17, 16]

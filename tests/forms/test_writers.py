"""Values are written as the hall writes them, and never lost when they are odd."""

import pytest

from desk.forms.writers import WRITERS, checks, chinese_number, fill, yes_with_detail


@pytest.mark.parametrize(
    ("writer", "value", "words"),
    [
        ("text", None, ""),
        ("text", ["甲", "乙"], "甲、乙"),
        ("text", True, "是"),
        ("date", "2026-11-02", "2026年11月2日"),
        ("date", "2026-11-02T23:59", "2026年11月2日"),
        ("date", "下周一", "下周一"),
        ("datetime", "2026-11-02T09:05", "2026年11月2日 09:05"),
        ("datetime", "2026-11-02T09:05:59+08:00", "2026年11月2日 09:05"),
        ("datetime", "待定", "待定"),
        ("short-datetime", "2026-11-02T09:05", "11月2日 09:05"),
        ("numbered", ["甲", "乙"], "1.甲\n2.乙"),
        ("numbered", ["甲"], "甲"),
        ("materials", [{"name": "照片", "copies": 3, "kind": "原件"}], "照片3份（原件）"),
        ("materials", ["照片"], "照片"),
        ("materials", "照片", "照片"),
        ("masked-phone", "13800000012", "138****0012"),
        ("masked-id", "000000199001010028", "000000**********28"),
        ("masked-id", "无", "无"),
        ("money", "12345.6", "12,345.60元"),
        ("money", "约一万", "约一万"),
        ("stars", 4, "★★★★☆"),
        ("stars", 9, "9"),
        ("people", 5, "5人"),
        ("years", 0, "0岁"),
        ("item", "二", "（二）"),
        ("in-line", ["甲", "乙"], "1.甲；2.乙"),
        ("pages", 16, "16页"),
        ("pages", None, ""),
        ("item", "", ""),
        ("whole", "12号", "1\u20602\u2060号"),
    ],
)
def test_writers(writer, value, words):
    assert WRITERS[writer](value) == words


def test_all_options_are_printed_and_the_chosen_ones_are_ticked():
    assert checks("来电", ["来厅", "来电"]) == "□来厅 ☑来电"
    assert checks(["手语", "代书"], ["轮椅", "手语", "代书"]) == "□轮椅 ☑手语 ☑代书"
    assert checks(True, ["是", "否"]) == "☑是 □否"
    assert checks(False, ["是", "否"]) == "□是 ☑否"
    assert checks(None, ["是", "否"]) == "□是 □否"


def test_brackets_of_either_width_are_the_same_choice():
    assert checks("已解释(政策不支持)", ["已解释（政策不支持）"]) == "☑已解释（政策不支持）"


def test_a_choice_that_is_not_among_the_options_is_not_lost():
    assert checks("扫码", ["来厅", "来电"]) == "□来厅 □来电 ☑扫码"


def test_a_detail_stands_behind_the_last_box():
    assert checks(["其他"], ["未联系", "其他"], "话没说完") == "□未联系 ☑其他（话没说完）"
    assert yes_with_detail("青榕首〔2026〕00301号") == "□否 ☑是（青榕首〔2026〕00301号）"
    assert yes_with_detail(None) == "☑否 □是"


def test_places_in_words_are_filled_and_what_people_wrote_is_not_read_again():
    assert (
        fill("第{times}次，{when:date}", {"times": 2, "when": "2026-11-02"})
        == "第2次，2026年11月2日"
    )
    assert fill("{name}", {"name": "{secret}", "secret": "x"}) == "{secret}"
    assert fill("{name}", {}) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (120, "120")],
)
def test_headings_count_in_chinese(number, words):
    assert chinese_number(number) == words

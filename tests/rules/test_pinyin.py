"""Lists are narrowed by pinyin initials."""

import pytest

from desk.rules.pinyin import initials, spoken_names, syllables


@pytest.mark.parametrize(
    ("text", "letters"),
    [("榕荫里", "ryl"), ("青榕花园", "qrhy"), ("B区 3栋", "bq 3d"), ("", ""), ("𠮷", "𠮷")],
)
def test_initials_are_lower_case_and_leave_the_rest(text, letters):
    assert initials(text) == letters


def test_syllables_have_no_tones_and_leave_the_rest():
    assert syllables("榕荫里 3栋") == "rongyinli 3dong"


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("单雄信", "shan"), ("单雄信", "danxiong"), ("曾国强", "zengguo"), ("解小东", "xiexiao"),
        ("仇和平", "qiu"), ("区志明", "ou"), ("翟志刚", "zhai"), ("朴成", "piaocheng"),
        ("任长霞", "renchangxia"), ("单雄信", "sxx"), ("万俟雪", "moqi"),
    ],
)  # fmt: skip
def test_a_name_is_found_in_each_way_it_may_be_said(name, asked):
    assert any(asked in said for said in spoken_names(name))


def test_a_name_with_one_reading_is_spelled_once_and_a_company_as_one_reads_it():
    assert spoken_names("陈桂芳") == ("chenguifang", "cgf")
    assert spoken_names("长安物业公司") == ("changanwuyegongsi", "cawygs")
    assert spoken_names("") == ("",)

"""Lists are narrowed by pinyin initials."""

import pytest

from desk.rules.pinyin import initials, syllables


@pytest.mark.parametrize(
    ("text", "letters"),
    [("榕荫里", "ryl"), ("青榕花园", "qrhy"), ("B区 3栋", "bq 3d"), ("", ""), ("𠮷", "𠮷")],
)
def test_initials_are_lower_case_and_leave_the_rest(text, letters):
    assert initials(text) == letters


def test_syllables_have_no_tones_and_leave_the_rest():
    assert syllables("榕荫里 3栋") == "rongyinli 3dong"

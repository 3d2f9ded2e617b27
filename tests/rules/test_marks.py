"""What was found is marked where it stands."""

import pytest

from desk.rules.marks import marks


@pytest.mark.parametrize(
    ("text", "words", "pieces"),
    [
        ("电梯停在半空", ["半空"], ["半空"]),
        ("榕荫里 7 栋，榕荫里", ["榕荫", "7"], ["榕荫", "7", "榕荫"]),
        ("ＡＢＣ 与 abc", ["bc"], ["ＢＣ", "bc"]),
        ("㎡ 多", ["2"], ["㎡"]),
        ("aaaa", ["aa"], ["aaaa"]),
        ("没有", ["半空", ""], []),
        ("", ["半空"], []),
    ],
)
def test_every_place_is_marked_however_it_was_written(text, words, pieces):
    assert [text[first:last] for first, last in marks(text, words)] == pieces

"""Who cannot type a rare letter finds it by its parts."""

import pytest

from desk.rules.letter_parts import in_parts


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王喆", ("王吉吉",)),
        ("赵瀞", ("赵水静", "赵氵静")),
        ("陈桂芳", ()),
        ("", ()),
        ("Bob 3", ()),
        ("𠮷䶮", ()),  # rare, and nobody has taken them apart
        ("王䶮喆", ("王䶮吉吉",)),
    ],
)
def test_only_rare_letters_are_taken_apart(name, parts):
    assert in_parts(name) == parts


def test_many_ways_are_cut_short():
    assert len(in_parts("瀞瀞瀞瀞")) == 4

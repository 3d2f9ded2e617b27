"""Every line of the log has words for what it is about, and lies in the group it belongs to."""

import re

import pytest

from desk.rules.trail import GROUP_WORDS, LOOKED, SUBJECTS, TrailGroup, is_of_group, subject_words
from tests.house.sources import python_files, text_of

KIND = r'@action\(\w+, "(\w+)\.\w+"\)'


def test_every_kind_of_line_has_words():
    sources = "".join(text_of(name) for name in python_files("desk/actions/"))
    subjects = set(re.findall(KIND, sources))

    assert len(subjects) > 40
    assert subjects <= set(SUBJECTS)
    assert subject_words("private.looked") == "个人信息"
    assert subject_words("newer.thing") == "newer"


@pytest.mark.parametrize(
    ("kind", "group"),
    [
        ("private.revealed", TrailGroup.LOOKS),
        ("ledger.exported", TrailGroup.LOOKS),
        ("staff.password_reset", TrailGroup.RIGHTS),
        ("setting.set", TrailGroup.RULES),
        ("case.registered", None),
    ],
)
def test_a_line_lies_in_its_group_and_among_all(kind, group):
    assert [one for one in TrailGroup if is_of_group(kind, one)] == [
        *([group] if group else []),
        TrailGroup.ALL,
    ]


def test_every_group_has_words_and_looks_are_sensitive():
    assert set(GROUP_WORDS) == set(TrailGroup)
    assert all(is_of_group(kind, TrailGroup.LOOKS) for kind in LOOKED)

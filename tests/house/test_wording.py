"""Every code that can be stored has a word that a clerk knows."""

import re
from enum import StrEnum

import pytest

from desk.rules import codes
from desk.rules.wording import label

TABLES = [
    table
    for table in vars(codes).values()
    if isinstance(table, type) and issubclass(table, StrEnum) and table is not StrEnum
]


def test_there_are_code_tables():
    assert TABLES


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_code_has_its_own_chinese_label(table):
    labels = [label(code) for code in table]
    assert [words for words in labels if not re.search(r"[一-鿿]|\d", words)] == []
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_codes_are_plain_ascii_that_fits_their_column(table):
    assert [code for code in table if not re.fullmatch(r"[a-z][a-z0-9_]{0,23}", code.value)] == []

"""Every code has the hall's own word, and every word leads back to its code."""

import inspect
from enum import StrEnum

import pytest

from desk.rules import codes
from desk.rules.codes import Channel, FollowUpWay, HandlingResult, Purpose, Resolution, Urgency
from desk.rules.errors import RuleBroken
from desk.rules.wording import LABELS, SYNONYMS, choices, from_label, label, sentence_of

TABLES = [
    table
    for _, table in inspect.getmembers(codes, inspect.isclass)
    if issubclass(table, StrEnum) and table is not StrEnum
]
SHOWN = [table for table in TABLES if table in LABELS]


@pytest.mark.parametrize("table", SHOWN)
def test_every_code_of_a_table_has_a_word_of_its_own(table):
    words = [word for _, word in choices(table)]

    assert len(words) == len(set(words)) == len(table)
    assert all(word.strip() == word and word for word in words)


@pytest.mark.parametrize("table", SHOWN)
def test_every_word_leads_back_to_its_code(table):
    for code, word in choices(table):
        assert from_label(table, word) is code
        assert from_label(table, f" {word}　") is code
        assert label(code) == word


@pytest.mark.parametrize("table", SYNONYMS)
def test_words_of_other_ledgers_are_understood_and_never_contradict(table):
    for word, code in SYNONYMS[table].items():
        assert from_label(table, word) is code
        assert word not in [known for known_code, known in choices(table) if known_code != code]


@pytest.mark.parametrize(
    ("table", "word", "code"),
    [
        (Channel, "网格上报", Channel.GRID),
        (Resolution, "部分", Resolution.PARTLY),
        (HandlingResult, "已解释", HandlingResult.EXPLAINED),
        (HandlingResult, "已解释(政策不支持)", HandlingResult.EXPLAINED),
        (FollowUpWay, "短信", FollowUpWay.ONLINE),
        (Purpose, "意见", Purpose.SUGGESTION),
    ],
)
def test_words_as_ledgers_write_them(table, word, code):
    assert from_label(table, word) is code


@pytest.mark.parametrize("word", ["特急", "", "urgent"])
def test_an_unknown_word_is_refused_with_the_known_ones(word):
    with pytest.raises(RuleBroken, match="可填：紧急、快处、常态"):
        from_label(Urgency, word)


def test_tables_without_words_are_only_those_that_are_never_shown():
    assert {table.__name__ for table in TABLES} - {table.__name__ for table in SHOWN} <= {
        "AssignmentRole",
        "AssignmentStatus",
        "OpinionStatus",
        "PaperState",
        "UnitKind",
        "SpanUnit",
    }


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("已看过", "已看过。"),
        ("已看过。", "已看过。"),
        ("已看过。。 ", "已看过。"),
        ("看过吗？", "看过吗？"),
    ],
)
def test_what_somebody_wrote_ends_with_one_full_stop(written, read):
    assert sentence_of(written) == read

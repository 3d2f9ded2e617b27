import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.search_text import (
    ESCAPE,
    SearchField,
    SearchTerm,
    canonical,
    joined_tokens,
    like_pattern,
    search_terms,
    search_text,
    tokens,
    unnamed,
)

LETTERS = "榕荫里路灯栋𠮷龥\U00031350abZ013８％_-\\ 、é²"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (["青榕首〔2026〕00412号", "张伟"], "青榕首\n2026\n00412号\n张伟"),
        ("榕荫里小区 7 栋，２单元", "榕荫里小区\n7\n栋\n2单元"),
        ("ABC_def", "abc\ndef"),
        ("  。、  ", ""),
        ("阿依古丽·买买提", "阿依古丽\n买买提"),
        ("㎡ ² ﬁ", "m2\n2\nfi"),
        ("陈\U00031350", "陈\U00031350"),
        ("旧库\ue123字", "旧库\ue123字"),
        (["", "甲", ""], "甲"),
    ],
)
def test_canonical_text_is_words_and_line_breaks(fields, text):
    assert canonical(fields) == text


def test_a_token_is_two_ideographs_or_four_other_letters():
    assert tokens("路灯7栋") == {"路灯", "灯7", "7栋", "栋"}
    assert tokens("13800") == {"1380", "3800", "800", "00", "0"}


def test_no_token_crosses_a_gap():
    assert tokens("路\n灯") == {"路", "灯"}
    assert tokens("") == frozenset()


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("漏水", [SearchTerm("漏水", ("漏水",), is_prefix=False)]),
        ("吊顶漏", [SearchTerm("吊顶漏", ("吊顶", "顶漏"), is_prefix=False)]),
        ("鼋", [SearchTerm("鼋", ("鼋",), is_prefix=True)]),
        ("138", [SearchTerm("138", ("138",), is_prefix=True)]),
        ("00023", [SearchTerm("00023", ("0002", "0023"), is_prefix=False)]),
        ("7栋", [SearchTerm("7栋", ("7栋",), is_prefix=True)]),
        ("0000 0000", [SearchTerm("0000", ("0000",), is_prefix=False)]),
        (" 。", []),
    ],
)
def test_a_query_becomes_whole_tokens_or_one_beginning(query, terms):
    assert list(search_terms(query)) == terms


def found(doc: str, query: str) -> bool:
    """What the index alone would say."""
    indexed = tokens(doc)
    return all(
        any(token.startswith(term.tokens[0]) for token in indexed)
        if term.is_prefix
        else indexed.issuperset(term.tokens)
        for term in search_terms(query)
    )


@given(st.text(LETTERS, max_size=30), st.integers(0, 30), st.integers(1, 8))
def test_every_piece_of_a_text_finds_it(text, start, length):
    doc = canonical(text)
    piece = doc[start : start + length]
    assert found(doc, piece)
    assert all(term.word in doc for term in search_terms(piece))


@given(st.text(LETTERS, max_size=30), st.text(LETTERS, min_size=1, max_size=4))
def test_the_index_never_hides_what_like_would_find(text, query):
    doc = canonical(text)
    if all(term.word in doc for term in search_terms(query)):
        assert found(doc, query)


@given(st.text(LETTERS, max_size=20))
def test_canonical_text_stays_as_it_is(text):
    assert canonical(canonical(text)) == canonical(text)


@pytest.mark.parametrize("word", ["100%", "a_b", "c:\\", "漏水"])
def test_wildcards_are_taken_literally(word):
    database = sqlite3.connect(":memory:")
    ask = "select ? like ? escape ?"
    pattern = like_pattern(word)
    assert database.execute(ask, (f"x{word}y", pattern, ESCAPE)).fetchone() == (1,)
    assert database.execute(ask, ("x1000 axb c:y", pattern, ESCAPE)).fetchone() == (0,)
    database.close()


def test_a_term_knows_its_pattern():
    assert search_terms("漏水")[0].pattern == "%漏水%"


def test_what_names_a_person_leaves_the_text_and_the_rest_keeps_its_place():
    facts = [(SearchField.PERSON, "张伟"), (SearchField.CONTENT, "路灯 不亮")]
    made = search_text([*facts, (SearchField.PHONE, "13800000001"), (SearchField.NUMBER, None)])

    assert made.doc == "张伟\n路灯\n不亮\n13800000001"
    assert [made.field_of(word) for word in ("张伟", "不亮", "0001")] == [
        SearchField.PERSON,
        SearchField.CONTENT,
        SearchField.PHONE,
    ]
    assert unnamed(made.doc, made.fields) == "\n路灯\n不亮\n"
    assert joined_tokens("路灯\n不亮") == "不亮 亮 灯 路灯"

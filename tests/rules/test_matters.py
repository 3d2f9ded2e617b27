"""Several matters in one appeal: what they come to together, and how an opinion counts them."""

import pytest

from desk.rules.codes import HandlingResult as Result
from desk.rules.matters import (
    OpinionItem,
    composed,
    counts_as_solved,
    heading_of,
    numeral,
    overall_result,
    unanswered,
)


def item(seq=1, result=Result.SOLVED, answer="已换灯头。", **more):
    return OpinionItem(seq * 100, seq, more.pop("content", "路灯不亮"), result, answer, **more)


@pytest.mark.parametrize(
    ("results", "whole"),
    [
        ((Result.SOLVED, Result.SOLVED), Result.SOLVED),
        ((Result.SOLVED, Result.EXPLAINED), Result.PARTLY),
        ((Result.PARTLY, Result.LEGAL_WAY), Result.PARTLY),
        ((Result.SOLVED, Result.WITHDRAWN), Result.SOLVED),
        ((Result.SOLVED, Result.UNFOUNDED, Result.EXPLAINED), Result.PARTLY),
        ((Result.EXPLAINED, Result.EXPLAINED), Result.EXPLAINED),
        ((Result.EXPLAINED, Result.PARKED), Result.PARKED),
        ((Result.LEGAL_WAY, Result.MEASURES), Result.MEASURES),
        ((Result.WITHDRAWN, Result.UNFOUNDED), Result.UNFOUNDED),
        ((Result.HANDED_OVER,), Result.HANDED_OVER),
    ],
)
def test_what_the_matters_come_to_together_is_proposed(results, whole):
    assert overall_result(results) is whole


@pytest.mark.parametrize("first", list(Result))
@pytest.mark.parametrize("second", list(Result))
def test_any_two_results_come_to_something(first, second):
    assert overall_result((first, second)) is overall_result((second, first))


def test_only_what_is_solved_counts_as_solved():
    assert [result for result in Result if counts_as_solved(result)] == [Result.SOLVED]


def test_a_matter_is_told_in_one_short_line():
    assert heading_of(" 路灯不亮，\n晚上摔过人。") == "路灯不亮"
    assert heading_of("长" * 60) == "长" * 39 + "…"
    assert heading_of("长" * 40) == "长" * 40


def test_items_are_counted_and_carry_their_basis():
    both = (item(), item(2, content="电梯停运。", answer="已修好。", basis="《特种设备安全法》"))

    assert composed(both) == (
        "(一)路灯不亮：已换灯头。\n(二)电梯停运：已修好。依据：《特种设备安全法》"
    )


def test_one_item_alone_is_not_counted():
    assert composed((item(3),)) == "路灯不亮：已换灯头。"


def test_what_lacks_a_result_or_an_answer_is_found():
    lacking = item(2, result=None), item(3, answer=" \n")

    assert unanswered((item(), *lacking)) == lacking
    assert [one.lacks for one in (item(), *lacking)] == ["", "result", "answer"]


@pytest.mark.parametrize("one", [item(unit="城建办", basis="条例"), item(result=None, answer="")])
def test_an_item_comes_back_from_the_opinion_as_it_was_kept(one):
    assert OpinionItem.from_row(one.as_row()) == one


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")],
)
def test_numbers_of_items_are_said_in_words(number, words):
    assert numeral(number) == words

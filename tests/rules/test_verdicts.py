"""双是, 非双是 and 双否 follow from the appellant's words, the whole from its matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.codes import Resolution, Satisfaction, Verdict
from desk.rules.verdicts import AGREED, say_whole, verdict_of, whole_of

R, S, V = Resolution, Satisfaction, Verdict

words = st.lists(st.sampled_from(Resolution), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("resolution", "satisfaction", "verdict"),
    [
        (R.YES, S.SATISFIED, V.DOUBLE_YES),
        (R.EXPLAINED, S.FAIRLY, V.DOUBLE_YES),
        (R.YES, S.DISSATISFIED, V.NOT_DOUBLE_YES),
        (R.PARTLY, S.SATISFIED, V.NOT_DOUBLE_YES),
        (R.PARTLY, S.DISSATISFIED, V.NOT_DOUBLE_YES),
        (R.NO, S.SATISFIED, V.NOT_DOUBLE_YES),
        (R.NO, S.DISSATISFIED, V.DOUBLE_NO),
        (R.NO, S.NOT_RATED, None),
        (R.YES, None, None),
    ],
)
def test_solved_and_satisfied_make_one_word(resolution, satisfaction, verdict):
    assert verdict_of(resolution, satisfaction) is verdict


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ([R.PARTLY], R.PARTLY),
        ([R.EXPLAINED, R.EXPLAINED], R.EXPLAINED),
        ([R.YES, R.EXPLAINED], R.YES),
        ([R.NO, R.NO], R.NO),
        ([R.YES, R.NO], R.PARTLY),
        ([R.NO, R.PARTLY], R.PARTLY),
    ],
)
def test_the_whole_follows_from_the_matters(said, whole):
    assert whole_of(said) is whole


def test_a_case_without_matters_says_nothing():
    with pytest.raises(ValueError, match="one matter"):
        whole_of([])


def test_it_is_said_why_the_whole_is_what_it_is():
    assert say_whole([R.NO, R.YES, R.YES]) == "3 个事项：2 个已解决、1 个未解决，合起来是部分解决。"


@given(words)
def test_the_order_of_the_matters_does_not_count(said):
    assert whole_of(said) is whole_of(said[::-1])


@given(words)
def test_the_whole_is_agreed_only_where_every_matter_is(said):
    assert (whole_of(said) in AGREED) is all(one in AGREED for one in said)


@given(words)
def test_the_whole_is_unsolved_only_where_every_matter_is(said):
    assert (whole_of(said) is R.NO) is all(one is R.NO for one in said)

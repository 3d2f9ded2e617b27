"""Two versions are put together where nobody loses a word, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.deeds import Deed
from desk.rules.mediation_rights import MediationDeed
from desk.rules.merging import (
    TIES,
    Changed,
    Clash,
    Tie,
    changed_part,
    clashes,
    differences,
    merged,
    ties_of,
)

NAMES = ("summary", "details", "phone", "result_1", "answer_1", "answer_2")
VALUES = st.sampled_from(["", "一", "二", "三", None])
FILES = st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES))
TIED = (
    Tie(frozenset({"summary", "details"}), "标题"),
    Tie(frozenset({"result_*", "answer_*"}), "项"),
)


def same(one, other):
    return (one or None) == (other or None)


@given(FILES, FILES, FILES)
def test_whatever_can_be_put_together_has_every_change_of_both(before, theirs, mine):
    found = differences(before, theirs, mine)
    if clashes(found):
        return
    result = {**mine, **merged(found)}
    for name in NAMES:
        wanted = mine if same(theirs[name], before[name]) else theirs
        assert same(result[name], wanted[name])


@given(FILES, FILES, FILES)
def test_who_is_who_makes_no_difference_to_what_comes_out(before, theirs, mine):
    found, turned = differences(before, theirs, mine), differences(before, mine, theirs)
    assert bool(clashes(found, TIED)) == bool(clashes(turned, TIED))
    if not clashes(found):
        assert merged(found) == merged(turned)


@given(FILES, FILES, FILES)
def test_a_field_that_both_changed_is_never_decided_by_itself(before, theirs, mine):
    found = differences(before, theirs, mine)
    for name in NAMES:
        values = (before[name], theirs[name], mine[name])
        if len({value or None for value in values}) == len(values):
            assert Clash((name,)) in clashes(found)
            with pytest.raises(ValueError, match="both"):
                merged(found)


@given(FILES, FILES)
def test_whoever_changed_nothing_gets_what_his_colleague_made(before, theirs):
    found = differences(before, theirs, before)
    assert clashes(found, TIED) == ()
    assert {one.changed for one in found} <= {Changed.THEIRS}
    assert all(same({**before, **merged(found)}[name], theirs[name]) for name in NAMES)


def test_fields_that_a_rule_ties_are_not_put_together_and_it_is_said_why():
    before = {"summary": "漏水", "details": "三楼漏水", "phone": "1"}
    theirs, mine = {**before, "details": "四楼漏水"}, {**before, "summary": "三楼漏水"}
    (clash,) = clashes(differences(before, theirs, mine), ties_of(Deed.CORRECT))
    assert set(clash.names) == {"summary", "details"}
    assert clash.why == "标题是照诉求内容写的"
    mine = {**before, "phone": "2"}
    assert clashes(differences(before, theirs, mine), ties_of(Deed.CORRECT)) == ()


def test_answers_to_different_matters_are_free_of_each_other():
    before = dict.fromkeys(["result_1", "answer_1", "answer_2"], "")
    mine = {**before, "answer_2": "已修"}
    ties = ties_of(Deed.ANSWER_MATTER)
    assert clashes(differences(before, {**before, "answer_1": "在修"}, mine), ties) == ()
    mine = {**before, "result_1": "solved"}
    (clash,) = clashes(differences(before, {**before, "answer_1": "在修"}, mine), ties)
    assert clash.names == ("answer_1", "result_1")


def test_what_is_not_known_of_before_counts_as_changed_by_both():
    (one,) = differences({}, {"phone": "1"}, {"phone": "2"})
    assert one.changed is Changed.BOTH
    assert differences({}, {"phone": "1"}, {}) == ()


def test_no_deed_without_ties_is_refused():
    assert ties_of(Deed.ASSIGN_MATTER) == ()


def test_every_tie_says_why_and_ties_at_least_two():
    for deed, ties in TIES.items():
        assert deed in {*Deed, *MediationDeed}
        assert all(tie.why and len(tie.names) > 1 for tie in ties)


@given(st.text(max_size=8), st.text(max_size=8))
def test_the_changed_part_of_a_text_leaves_what_both_begin_and_end_with(before, after):
    first, end = changed_part(before, after)
    assert 0 <= first <= end <= len(after)
    assert before.startswith(after[:first])
    assert before.endswith(after[end:])


def test_the_changed_part_is_as_short_as_it_can_be():
    assert changed_part("三楼漏水", "四楼漏水") == (0, 1)
    assert changed_part("漏水", "漏水三个月") == (2, 5)
    assert changed_part("一一", "一") == (1, 1)

"""What may be proposed after a bad word of an appellant, and where each proposal leads."""

import pytest

from desk.rules.codes import NextStep, Resolution, Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.followup_advice import (
    advice_in,
    offered,
    parted,
    require_advice,
    step_of,
)
from desk.rules.followup_codes import FollowUpAdvice

A, R, S = FollowUpAdvice, Resolution, Satisfaction


def test_all_five_boxes_of_the_paper_are_offered_after_a_bad_word_and_two_after_a_good_one():
    assert [words for _, words in offered(R.NO, S.DISSATISFIED)] == [
        *("办结归档", "二次办理", "吹哨/包案", "挂账", "差评申诉"),
    ]
    assert [step for step, _ in offered(R.YES, S.SATISFIED)] == list(NextStep)
    assert [step for step, _ in offered(None, None)] == list(NextStep)


@pytest.mark.parametrize(
    ("resolution", "satisfaction", "fitting"),
    [
        (R.NO, S.DISSATISFIED, {A.LIFT, A.PARK, A.APPEAL}),  # 双否
        (R.PARTLY, S.SATISFIED, {A.LIFT, A.PARK, A.APPEAL}),
        (R.YES, S.DISSATISFIED, {A.APPEAL}),  # 解决了，不满意
        (R.EXPLAINED, S.DISSATISFIED, {A.APPEAL}),
        (R.YES, S.SATISFIED, set()),  # 双是
    ],
)
def test_what_is_solved_waits_for_nobody_and_a_good_rating_is_not_appealed_against(
    resolution, satisfaction, fitting
):
    for advice in FollowUpAdvice:
        if advice in fitting:
            require_advice(advice, resolution, satisfaction)
            continue
        with pytest.raises(RuleBroken, match="不用建议") as refused:
            require_advice(advice, resolution, satisfaction)
        assert refused.value.field == "next_step"
    require_advice(None, resolution, satisfaction)
    require_advice(A.PARK, None, satisfaction)  # what is missing is asked for elsewhere
    require_advice(A.PARK, resolution, None)


def test_a_proposal_says_what_happens_now():
    assert parted(A.LIFT) == (NextStep.AGAIN, A.LIFT)
    assert parted(A.PARK) == (NextStep.AGAIN, A.PARK)
    assert parted(A.APPEAL) == (NextStep.CLOSE, A.APPEAL)
    assert parted(NextStep.CLOSE) == (NextStep.CLOSE, None)
    assert parted(None) == (None, None)


def test_a_choice_is_found_again_from_a_draft_and_from_a_paper():
    for step in (*NextStep, *FollowUpAdvice):
        assert step_of(str(step)) is step
    assert step_of(None) is None
    assert advice_in(["二次办理", "挂账"]) is A.PARK
    assert advice_in(["二次办理"]) is None

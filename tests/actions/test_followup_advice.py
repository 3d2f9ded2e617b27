"""处理建议: what whoever rang proposes stands in the history, in the round, and on the record."""

import pytest

from desk.actions.papers import IssuePaper
from desk.rules.codes import ClockKind, Discontent, NextStep, Resolution, Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.followup_codes import FollowUpAdvice
from desk.store.models import FollowUp, Round
from tests.actions.test_followup_and_closing import call_in_vain, follow_up
from tests.actions.work import WU, S

BOTH_NO = {
    "resolution": Resolution.NO,
    "satisfaction": Satisfaction.DISSATISFIED,
    "discontent": Discontent.NOT_SOLVED,
    "next_step": None,
}


@pytest.mark.parametrize(
    ("advice", "words"), [(FollowUpAdvice.LIFT, "吹哨/包案"), (FollowUpAdvice.PARK, "挂账")]
)
def test_what_needs_others_goes_round_again_with_the_proposal(work, advice, words):
    case = work.to(S.FOLLOW_UP)

    changes = follow_up(work, case, **BOTH_NO, advice=advice)

    assert changes.title == f"回访 未解决、不满意，二次办理，建议{words}"
    assert work.case(case).status is S.HANDLING
    assert work.all(Round, case)[-1].reason == f"未解决，建议{words}"
    assert work.all(FollowUp, case)[0].next_step is NextStep.AGAIN
    assert work.clock_of(case, ClockKind.FOLLOW_UP).stopped_at is not None
    assert work.papers(case, "followup-record")[0].row["next_steps"] == ["二次办理", words]


def test_an_appeal_is_the_units_once_the_case_is_closed_and_a_corrected_record_still_says_so(work):
    case = work.to(S.FOLLOW_UP)

    changes = follow_up(work, case, **BOTH_NO, advice=FollowUpAdvice.APPEAL)
    work.ask(WU, IssuePaper, case, code="followup-record")

    assert changes.title == "回访 未解决、不满意，办结，建议差评申诉"
    assert work.case(case).status is S.CLOSED
    papers = work.papers(case, "followup-record")
    assert [paper.row["next_steps"] for paper in papers] == [["办结归档", "差评申诉"]] * len(papers)


def test_nothing_is_proposed_that_does_not_fit_what_was_said(work):
    case = work.to(S.FOLLOW_UP)

    with pytest.raises(RuleBroken, match="诉求人说已解决、满意，不用建议“挂账”"):
        follow_up(work, case, advice=FollowUpAdvice.PARK)
    with pytest.raises(RuleBroken, match="没有联系上") as refused:
        call_in_vain(work, case, advice=FollowUpAdvice.APPEAL)

    assert refused.value.field == "next_step"
    assert work.case(case).status is S.FOLLOW_UP

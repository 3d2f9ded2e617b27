"""Leaving a case out of the rates, and appealing against a rating, are signed desk by desk."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.assessing import AskAssessment, CountAgain, DecideAssessment, DropAssessment
from desk.actions.attachments import AddAttachment
from desk.actions.followup import RecordFollowUp
from desk.actions.leader_areas import SetLeaderArea
from desk.actions.stand_ins import SetDeputy
from desk.rules.assessment_codes import ExclusionReason, RequestKind, RequestState
from desk.rules.codes import Discontent, Exit, NextStep, PaperState, Resolution, Satisfaction
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import AssessmentRequest, AssessmentStep, Attachment, Paper
from tests.actions.work import LI, SUN, WANG, WU, XU, ZHAO, ZHENG, ZHOU, S

R = RequestState
FACTS = "产权证和界桩照片显示不在本辖区，已当面说明。"


def ask(work, case, who=ZHAO, **more):
    """Ask for an exclusion that the head of the unit has signed on paper."""
    facts = {
        "kind": RequestKind.EXCLUDE,
        "reasons": (ExclusionReason.ELSEWHERE,),
        "facts": FACTS,
        "head_name": "方岩",
    }
    work.clock.forward(minutes=1)
    return work.ask(who, AskAssessment, case, **(facts | more))


def appeal(work, case, **more):
    facts = {
        "kind": RequestKind.RATE_AGAIN,
        "reasons": (),
        "was_contacted": True,
        "resolution": Resolution.YES,
        "satisfaction": Satisfaction.FAIRLY,
    }
    return ask(work, case, **(facts | more))


def decide(work, case, who, **more):
    work.clock.forward(minutes=1)
    return work.ask(who, DecideAssessment, case, **({"is_passed": True} | more))


def request_of(work, case):
    return work.all(AssessmentRequest, case)[-1]


def steps_of(work, case):
    return [(step.desk, step.is_passed, step.note) for step in work.all(AssessmentStep, case)]


def papers_of(work, case):
    with Session(work.hall.engine) as session:
        papers = select(Paper).where(Paper.case_id == case, Paper.code == "exclusion-request")
        return list(session.scalars(papers.order_by(Paper.id)))


def rated_badly(work):
    """Return a case that the appellant calls unsolved and is discontent with."""
    case = work.to(S.FOLLOW_UP)
    work.ask(
        WU,
        RecordFollowUp,
        case,
        is_reached=True,
        was_contacted=True,
        resolution=Resolution.NO,
        satisfaction=Satisfaction.DISSATISFIED,
        discontent=Discontent.NOT_SOLVED,
        next_step=NextStep.AGAIN,
    )
    return case


def led_by_zheng(work):
    """Let the leader answer for the unit; who stands in for him is known anew."""
    unit, leader = work.unit("城建办"), work.staff(ZHENG)
    work.ask(XU, SetLeaderArea, leader=leader, unit=unit, valid_from=date(2026, 1, 1))


def test_a_case_counts_until_the_last_desk_has_agreed_and_then_no_more(work):
    case = work.to(S.ARCHIVED)
    assert ask(work, case).title == "提出剔除申请"
    assert request_of(work, case).state is R.AREA
    for who, title in (
        (ZHENG, "分管领导同意剔除申请"),
        (WANG, "主要领导同意剔除申请"),
    ):
        assert decide(work, case, who).title == title
        assert work.case(case).counts_in_rates
    assert decide(work, case, ZHOU, note="材料齐").title == "信联办复核同意剔除申请，已生效"
    after = work.case(case)
    assert (after.counts_in_rates, after.excluded_reason) == (False, "非本辖区")
    assert after.satisfaction is Satisfaction.SATISFIED  # no fact changes
    assert request_of(work, case).state is R.GRANTED
    assert steps_of(work, case) == [
        (R.UNIT, True, "纸面已签：方岩"),
        (R.AREA, True, None),
        (R.CHIEF, True, None),
        (R.OFFICE, True, "材料齐"),
    ]


def test_the_paper_is_issued_anew_with_each_word(work):
    case = work.to(S.CLOSED)
    ask(work, case)
    decide(work, case, ZHENG, note="证据齐")
    first, last = papers_of(work, case)
    assert (first.state, last.state) == (PaperState.VOID, PaperState.ISSUED)
    assert last.revision == 2
    row = last.row
    assert row["reasons"] == ["非本辖区"]
    assert row["unit_opinion"].startswith("纸面已签：方岩\n赵强")
    assert row["area_opinion"] == "证据齐\n郑伟 2026-11-02"
    assert row["chief_opinion"] is row["result"] is None


def test_a_colleague_signs_for_the_unit_and_nobody_for_himself(work):
    case = work.to(S.CLOSED)
    ask(work, case, head_name="")
    assert request_of(work, case).state is R.UNIT
    for who in (ZHAO, ZHENG):
        with pytest.raises(NotAllowed, match="待部门负责人"):
            decide(work, case, who)

    own = work.register(exit=Exit.OWN_UNIT)
    ask(work, own, LI, head_name="")
    assert decide(work, own, ZHOU).title == "部门负责人同意剔除申请"
    assert request_of(work, own).state is R.AREA


def test_a_refusal_needs_a_reason_and_ends_it(work):
    case = work.to(S.CLOSED)
    ask(work, case)
    with pytest.raises(RuleBroken, match="写明理由"):
        decide(work, case, ZHENG, is_passed=False)
    assert decide(work, case, ZHENG, is_passed=False, note="缺产权证").title == (
        "分管领导不同意剔除申请"
    )
    assert request_of(work, case).state is R.REFUSED
    assert work.case(case).counts_in_rates
    with pytest.raises(RuleBroken, match="没有等着的申请"):
        decide(work, case, WANG)
    ask(work, case)  # with more evidence, anew


def test_a_request_lies_on_one_desk_and_nobody_else_signs_it(own_work):
    work = own_work
    led_by_zheng(work)
    case = work.to(S.CLOSED)
    ask(work, case)
    with pytest.raises(NotAllowed, match="待分管领导签"):
        decide(work, case, ZHOU)
    decide(work, case, ZHENG)
    for who in (ZHENG, ZHOU):
        with pytest.raises(NotAllowed, match="待主要领导签"):
            decide(work, case, who)


def test_who_stands_in_for_the_leader_signs_in_his_place(own_work):
    work = own_work
    led_by_zheng(work)
    days = {"valid_from": date(2026, 11, 2), "last_day": date(2026, 11, 6)}
    work.ask(XU, SetDeputy, principal=work.staff(ZHENG), deputy=work.staff(SUN), **days)
    work.hall.read_people()
    case = work.to(S.CLOSED)
    ask(work, case)
    decide(work, case, SUN)
    assert papers_of(work, case)[-1].row["area_opinion"] == "同意。\n郑伟（孙浩代） 2026-11-02"


def test_one_request_at_a_time_and_it_can_be_taken_back(work):
    case = work.to(S.CLOSED)
    ask(work, case)
    with pytest.raises(RuleBroken, match="已有一份申请"):
        appeal(work, case)
    assert work.ask(ZHAO, DropAssessment, case, note="补材料").title == "撤回剔除申请"
    assert request_of(work, case).state is R.WITHDRAWN
    with pytest.raises(RuleBroken, match="没有等着的申请"):
        work.ask(ZHAO, DropAssessment, case)


def test_an_appeal_counts_the_new_rating_and_keeps_the_old_one_beside_it(work):
    case = rated_badly(work)
    appeal(work, case)
    decide(work, case, ZHENG)
    decide(work, case, ZHOU)
    after, row = work.case(case), request_of(work, case)
    assert (after.resolution, after.satisfaction) == (Resolution.YES, Satisfaction.FAIRLY)
    assert (row.resolution, row.satisfaction) == (Resolution.NO, Satisfaction.DISSATISFIED)
    assert papers_of(work, case) == []


def test_only_a_bad_rating_is_appealed_against_and_only_what_counts_is_excluded(work):
    case = work.to(S.CLOSED)
    with pytest.raises(RuleBroken, match="没有差评"):
        appeal(work, case)
    ask(work, case)
    for who in (ZHENG, WANG, ZHOU):
        decide(work, case, who)
    with pytest.raises(RuleBroken, match="本来就不纳入"):
        ask(work, case)


def test_evidence_is_an_attachment_of_this_case(work):
    case = work.to(S.CLOSED)
    work.ask(ZHAO, AddAttachment, case, name="界桩.pdf", content=b"%PDF-1.7 map")
    photo = work.all(Attachment, case)[-1].id
    with pytest.raises(RuleBroken, match="附件里选"):
        ask(work, case, evidence=(photo, 12345))
    ask(work, case, evidence=(photo,))
    assert len(papers_of(work, case)[-1].row["evidence"]) == 1


@pytest.mark.parametrize("kind", RequestKind)
def test_the_chief_lets_a_case_count_again_as_it_did(work, kind):
    case = rated_badly(work)
    (ask if kind is RequestKind.EXCLUDE else appeal)(work, case)
    with pytest.raises(RuleBroken, match="还有一份申请"):
        work.ask(WANG, CountAgain, case, note="撤销")
    for who in (ZHENG, WANG, ZHOU) if kind is RequestKind.EXCLUDE else (ZHENG, ZHOU):
        decide(work, case, who)
    with pytest.raises(RuleBroken, match="为什么恢复"):
        work.ask(WANG, CountAgain, case, note=" ")
    assert work.ask(WANG, CountAgain, case, note="证据不实").title == "恢复计入考核"
    after = work.case(case)
    assert after.counts_in_rates
    assert after.excluded_reason is None
    assert after.satisfaction is Satisfaction.DISSATISFIED
    with pytest.raises(RuleBroken, match="没有已批准的申请"):
        work.ask(WANG, CountAgain, case, note="再来")


def test_nobody_asks_but_the_unit_that_answers_for_the_case(work):
    case = work.to(S.CLOSED)
    for who in (SUN, WU, ZHENG):
        with pytest.raises(NotAllowed):
            ask(work, case, who)

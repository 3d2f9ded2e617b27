"""A mediation is opened, from a case or by itself, and accepted or refused."""

from dataclasses import replace
from datetime import date

import pytest

from desk.actions.mediation_opening import (
    AcceptMediation,
    CorrectMediation,
    OpenMediation,
    RefuseMediation,
)
from desk.actions.mediation_parties import AddParty, CompanionFacts, PartyFacts
from desk.rules.codes import CaseStatus, Purpose
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.mediation_codes import (
    CompanionRole,
    Difficulty,
    DisputeKind,
    EntrustedBy,
    MediationSource,
    MediationStatus,
    PartySide,
)
from desk.rules.mediation_exclusions import EXCLUSIONS, Exclusion
from tests.actions.mediating import APPLICANT, FACTS, GU, MENG, QIAN, RESPONDENT, Mediating
from tests.actions.work import CHEN, HE, LI, QIN

S = MediationStatus


@pytest.fixture
def mediating(work):
    return Mediating(work)


def test_an_application_gets_a_number_of_the_committee_and_waits_to_be_examined(mediating):
    first, second = mediating.row(mediating.open(LI)), mediating.row(mediating.open(QIAN))
    assert first.number == f"青榕人调字〔2026〕第{first.seq}号"
    assert second.seq == first.seq + 1
    assert (first.status, first.due_on, first.secretary_id) == (S.APPLIED, None, None)
    assert mediating.content(first.id).facts == FACTS
    assert [party.name for party in mediating.parties(first.id)] == ["张春兰", "李国强"]


def test_a_dispute_without_a_title_is_called_by_its_kind(mediating):
    one = mediating.open(title="", requests=("停止漏水", " ", "赔偿"))
    assert mediating.content(one).title == "邻里纠纷"
    assert mediating.content(one).requests == ["停止漏水", "赔偿"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"facts": "　"}, "facts"),
        ({"parties": ()}, "parties"),
        ({"parties": (replace(APPLICANT, name=" "),)}, "name"),
        ({"source": MediationSource.ENTRUSTED}, "entrusted_by"),
        ({"entrusted_by": EntrustedBy.COURT}, "entrusted_by"),
        ({"community": 1}, "community"),
    ],
)
def test_an_application_without_what_it_needs_is_refused_beside_its_field(mediating, facts, field):
    with pytest.raises(RuleBroken) as refused:
        mediating.open(**facts)
    assert refused.value.field == field


def test_a_companion_needs_a_name(mediating):
    nobody = CompanionFacts(role=CompanionRole.AGENT, name="")
    with pytest.raises(RuleBroken, match="代理人、监护人或翻译的姓名"):
        mediating.open(parties=(replace(APPLICANT, companions=(nobody,)),))


def test_who_opens_no_mediations_is_refused(mediating):
    with pytest.raises(NotAllowed):
        mediating.open(HE)


def test_a_case_sent_to_mediation_goes_on_and_its_history_names_no_mediation(work, mediating):
    case = work.register(community=work.unit("榕东社区"))
    one = mediating.open(LI, case=case, case_seen=work.case(case).version)
    row = mediating.row(one)
    assert (row.case_id, row.community_id) == (case, work.unit("榕东社区"))
    assert work.case(case).status is CaseStatus.RECEIVED
    line = work.history(case)[-1]
    assert (line.kind, line.title) == ("mediation.opened", "登记关联事项")
    assert line.payload["detail"] == ""
    assert mediating.history(one)[-1].id == line.id


def test_a_case_has_one_mediation_at_a_time(work, mediating):
    case = work.register()
    one = mediating.open(LI, case=case, case_seen=work.case(case).version)
    with pytest.raises(RuleBroken, match="关联事项在办"):
        mediating.open(LI, case=case, case_seen=work.case(case).version)
    mediating.ask(MENG, RefuseMediation, one, reason="不属民间纠纷", guidance="请到法院")
    again = mediating.open(LI, case=case, case_seen=work.case(case).version)
    assert again != one


def test_a_stale_case_or_a_report_does_not_go_to_mediation(work, mediating):
    case = work.register()
    with pytest.raises(StaleCase):
        mediating.open(LI, case=case, case_seen=0)
    report = work.register(purpose=Purpose.REPORT)
    with pytest.raises(RuleBroken, match="举报件"):
        mediating.open(LI, case=report, case_seen=work.case(report).version)


def test_acceptance_starts_thirty_days_and_gives_it_to_the_secretary(mediating):
    one = mediating.accept()
    row = mediating.row(one)
    assert (row.status, row.accepted_on) == (S.ACCEPTED, date(2026, 11, 2))
    assert row.due_on == row.original_due_on == date(2026, 12, 2)
    assert row.secretary_id == mediating.work.staff(MENG)
    assert row.exclusions == dict.fromkeys(Exclusion, False)
    assert {party.agreed_on for party in mediating.parties(one)} == {date(2026, 11, 2)}


def test_the_director_accepts_without_becoming_its_secretary(mediating):
    assert mediating.row(mediating.accept(who=GU)).secretary_id is None


@pytest.mark.parametrize("one", Exclusion)
def test_none_of_the_five_exclusions_may_apply(mediating, one):
    mediation = mediating.open()
    with pytest.raises(RuleBroken) as refused:
        mediating.accept(mediation, exclusions=(one,))
    assert EXCLUSIONS[one].sentence in str(refused.value)
    assert mediating.row(mediation).status is S.APPLIED


def test_both_sides_have_to_be_there_and_to_agree(mediating):
    alone = mediating.open(parties=(APPLICANT,))
    with pytest.raises(RuleBroken, match="两方"):
        mediating.accept(alone)
    both = mediating.open()
    with pytest.raises(RuleBroken, match="张春兰、李国强 还没有同意"):
        mediating.accept(both, consents=())
    taken_up = mediating.open(source=MediationSource.PROACTIVE)
    assert mediating.accept(taken_up, consents=()) == taken_up


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 11, 3)])
def test_the_day_of_acceptance_lies_between_application_and_today(mediating, day):
    with pytest.raises(RuleBroken, match="受理日"):
        mediating.accept(accepted_on=day)


def test_only_secretary_and_director_accept(mediating):
    one = mediating.open(LI)
    for who in (LI, CHEN):
        with pytest.raises(NotAllowed):
            mediating.ask(who, AcceptMediation, one)


def test_a_refusal_says_why_and_where_to_go(mediating):
    one = mediating.open()
    for words, field in (({"guidance": "请到法院"}, "reason"), ({"reason": "已起诉"}, "guidance")):
        with pytest.raises(RuleBroken) as refused:
            mediating.ask(MENG, RefuseMediation, one, **({"reason": "", "guidance": ""} | words))
        assert refused.value.field == field
    mediating.ask(
        MENG,
        RefuseMediation,
        one,
        exclusions=(Exclusion.IN_COURT,),
        reason="法院已受理",
        guidance="请向法院了解",
    )
    row = mediating.row(one)
    assert (row.status, row.ended_on) == (S.REFUSED, date(2026, 11, 2))
    assert row.exclusions[Exclusion.IN_COURT] is True
    assert "法院" not in mediating.history(one)[-1].title


def test_a_correction_says_which_field_but_not_what_stood_there(mediating):
    one = mediating.open(LI, site="七栋")
    mediating.ask(
        LI,
        CorrectMediation,
        one,
        facts="改写的情况",
        kind=DisputeKind.HOUSING,
        requests=("赔偿",),
        difficulty=Difficulty.HARD,
        is_private=True,
        site="",
    )
    row, content, line = mediating.row(one), mediating.content(one), mediating.history(one)[-1]
    assert (row.kind, row.difficulty, row.is_private) == (
        DisputeKind.HOUSING,
        Difficulty.HARD,
        True,
    )
    assert (content.facts, content.requests, content.site) == ("改写的情况", ["赔偿"], None)
    assert line.title == "更正 纠纷简要情况、申请事项、纠纷发生地、纠纷类型、难易程度、是否公开"
    assert FACTS not in str(line.payload)


def test_a_correction_needs_a_difference_words_and_later_a_reason(mediating):
    one = mediating.open()
    with pytest.raises(RuleBroken, match="没有不同"):
        mediating.ask(MENG, CorrectMediation, one, title="房屋漏水赔偿")
    with pytest.raises(RuleBroken, match="不能改成空的"):
        mediating.ask(MENG, CorrectMediation, one, facts=" ")
    mediating.accept(one)
    with pytest.raises(RuleBroken, match="更正的理由"):
        mediating.ask(MENG, CorrectMediation, one, title="漏水")
    mediating.ask(MENG, CorrectMediation, one, title="漏水", reason="写错了")
    assert mediating.content(one).title == "漏水"


def test_who_is_quicker_is_named_and_nothing_is_overwritten(mediating):
    one = mediating.open()
    seen = mediating.row(one).version
    mediating.ask(GU, CorrectMediation, one, title="漏水")
    with pytest.raises(StaleCase, match="顾敏"):
        mediating.ask(MENG, CorrectMediation, one, title="渗水", seen=seen)


def test_a_minor_is_accepted_with_a_guardian_only(mediating):
    child = replace(RESPONDENT, name="小林", birth_year=2012)
    one = mediating.open(parties=(APPLICANT, child))
    with pytest.raises(RuleBroken, match="监护人"):
        mediating.accept(one)
    guardian = CompanionFacts(role=CompanionRole.GUARDIAN, name="林父", phone="13800000033")
    two = mediating.open(parties=(APPLICANT, replace(child, companions=(guardian,))))
    assert mediating.accept(two) == two
    with pytest.raises(RuleBroken, match="监护人"):
        mediating.ask(
            MENG,
            AddParty,
            two,
            party=PartyFacts(side=PartySide.THIRD, name="小周", birth_year=2013),
        )


def test_nobody_from_outside_learns_that_there_is_one(mediating):
    one = mediating.accept()
    for who in (LI, CHEN, QIN):
        with pytest.raises(NotAllowed, match="找不到这件调解"):
            mediating.ask(who, CorrectMediation, one, title="看看")


def test_the_request_may_be_sent_twice(mediating):
    request = OpenMediation(
        **mediating.hall.by(MENG), kind=DisputeKind.OTHER, parties=(APPLICANT,), facts=FACTS
    )
    desk = mediating.work.desk(MENG)
    assert desk.carry_out(request).made == desk.carry_out(request).made

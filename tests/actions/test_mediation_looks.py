"""A mediation that is not one's own is read with a reason, by its file or by its number."""

from dataclasses import replace

import pytest

from desk.actions.mediation_looks import AskForMediation, LookAtMediation
from desk.actions.mediation_papers import IssueMediationPaper
from desk.actions.mediation_parties import CompanionFacts
from desk.actions.mediators import SetMediator, SetMediatorTie
from desk.actions.recusal import RecordAccused
from desk.queries.mediation_file import mediation_file
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.mediation_codes import CompanionRole, TieKind
from desk.store.models import MediationLook
from tests.actions.mediating import APPLICANT, GU, MENG, QIAN, RESPONDENT, Mediating
from tests.actions.work import CHEN, HE, LI, QIN, ZHENG

UNKNOWN = "没有这个编号，或者这一卷不归您查阅"
WHY = "归档前核对"


@pytest.fixture
def mediating(work):
    return Mediating(work)


def reads(mediating, who, one):
    """Return whether somebody may read the content now."""
    file = mediating.work.desk(who).read(lambda reader: mediation_file(reader, one))
    return file is not None and file.body is not None


def asks(mediating, who, number, reason=WHY):
    """Ask for a mediation by its number and return which one it is."""
    return mediating.ask(who, AskForMediation, number=number, reason=reason).made["mediation"]


def looks(mediating, one):
    return [(look.staff_id, look.reason) for look in mediating.all(MediationLook, one)]


def test_a_leader_looks_with_a_reason_for_half_an_hour_and_it_stays_on_record(mediating):
    one = mediating.staffed()
    version = mediating.row(one).version
    assert not reads(mediating, ZHENG, one)
    with pytest.raises(RuleBroken, match="理由"):
        mediating.ask(ZHENG, LookAtMediation, one, reason=" ")
    mediating.ask(ZHENG, LookAtMediation, one, reason="市里督办要了解进展")
    assert reads(mediating, ZHENG, one)
    assert mediating.row(one).version == version
    assert looks(mediating, one) == [(mediating.work.staff(ZHENG), "市里督办要了解进展")]
    mediating.hall.clock.forward(minutes=31)
    assert not reads(mediating, ZHENG, one)


@pytest.mark.parametrize("who", [LI, CHEN, QIN, HE])
def test_who_does_not_know_of_it_looks_by_its_exact_number_alone(mediating, who):
    one = mediating.staffed()
    with pytest.raises(NotAllowed, match="找不到"):
        mediating.ask(who, LookAtMediation, one, reason="好奇")
    number = mediating.row(one).number
    assert asks(mediating, who, number) == one
    assert reads(mediating, who, one)
    assert looks(mediating, one) == [(mediating.work.staff(who), WHY)]
    mediating.hall.clock.forward(minutes=30)
    assert not reads(mediating, who, one)


def test_every_number_that_stands_on_the_file_is_understood(mediating):
    one = mediating.staffed()
    head = mediating.row(one)
    notice = mediating.ask(MENG, IssueMediationPaper, one, code="mediation-notice").made["number"]
    spaced = head.number.replace("〔", " [").replace("〕", "] ").replace("第", "第 ")
    for number in (head.number, spaced, f" {notice} "):
        assert asks(mediating, HE, number) == one


def test_a_wrong_number_and_one_that_is_kept_from_the_asker_get_the_same_answer(work, mediating):
    case = work.register(community=work.unit("榕东社区"))
    one = mediating.staffed(mediating.open(LI, case=case, case_seen=work.case(case).version))
    number = mediating.row(one).number
    said = []
    work.ask(ZHENG, RecordAccused, case, unit=work.unit("城建办"), reason="来电所述")
    for wanted in (number, "青榕人调字〔2026〕第99999号", str(mediating.row(one).seq)):
        with pytest.raises(RuleBroken) as refused:
            asks(mediating, "赵强", wanted)
        said.append((str(refused.value), refused.value.field))
    assert set(said) == {(said[0][0], "number")}
    assert said[0][0].startswith(UNKNOWN)
    assert looks(mediating, one) == []
    assert asks(mediating, QIN, number) == one


def test_somebody_a_case_is_about_loses_the_mediation_of_it_at_once(work, mediating):
    case = work.register(community=work.unit("榕东社区"))
    one = mediating.staffed(mediating.open(LI, case=case, case_seen=work.case(case).version))
    asks(mediating, CHEN, mediating.row(one).number)
    assert reads(mediating, CHEN, one)
    work.ask(ZHENG, RecordAccused, case, staff=work.staff(CHEN), reason="来电所述")
    assert not reads(mediating, CHEN, one)
    assert reads(mediating, QIAN, one)


def test_a_party_or_an_agent_of_the_same_name_is_not_let_in(mediating):
    agent = CompanionFacts(role=CompanionRole.AGENT, name="何平")
    one = mediating.open(parties=(replace(APPLICANT, name=LI, companions=(agent,)), RESPONDENT))
    for who in (LI, HE):
        with pytest.raises(RuleBroken, match=UNKNOWN):
            asks(mediating, who, mediating.row(one).number)


def test_a_mediator_with_a_tie_to_a_party_is_not_let_in(mediating):
    other = mediating.ask(GU, SetMediator, name="郑伟", staff=mediating.work.staff(ZHENG)).made
    for name, phone in (("林远方", ""), ("贺代理", "13800000077")):
        tie = {"kind": TieKind.RELATIVE, "name": name, "phone": phone}
        mediating.ask(GU, SetMediatorTie, mediator=other["mediator"], **tie)
    tied = mediating.open(parties=(APPLICANT, replace(RESPONDENT, name="林远方")))
    agent = CompanionFacts(role=CompanionRole.AGENT, name="贺某", phone="13800000077")
    by_agent = mediating.open(parties=(APPLICANT, replace(RESPONDENT, companions=(agent,))))
    with pytest.raises(NotAllowed, match="应当回避"):
        mediating.ask(ZHENG, LookAtMediation, by_agent, reason=WHY)
    with pytest.raises(NotAllowed, match="应当回避"):
        mediating.ask(ZHENG, LookAtMediation, tied, reason=WHY)
    with pytest.raises(RuleBroken, match=UNKNOWN):
        asks(mediating, ZHENG, mediating.row(tied).number)
    free = mediating.open()
    assert asks(mediating, ZHENG, mediating.row(free).number) == free


def test_number_and_reason_are_asked_for_and_outsiders_are_sent_away(mediating):
    number = mediating.row(mediating.open()).number
    for written, field in ((("", WHY), "number"), ((number, "　"), "reason")):
        with pytest.raises(RuleBroken) as refused:
            asks(mediating, HE, *written)
        assert refused.value.field == field
    for who in ("许诺", "高远"):
        with pytest.raises(NotAllowed, match="您的岗位不能"):
            asks(mediating, who, number)

"""Parties come and go, a mediator without ties takes it, helpers are invited."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from desk.actions.mediation_parties import (
    AddParty,
    ChangeParty,
    CompanionFacts,
    PartyFacts,
    RemoveParty,
)
from desk.actions.mediation_people import (
    AssignMediator,
    AssignSecretary,
    EndInvitation,
    InviteHelper,
)
from desk.actions.mediators import EndMediator, SetMediator, SetMediatorTie
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import CompanionRole, HelperRole, PartyKind, PartySide, TieKind
from desk.rules.mediation_rights import may_read_content
from desk.store.mediation_access import mediation_stand
from desk.store.models import Mediation, MediationCompanion, MediationHelper
from tests.actions.mediating import APPLICANT, GU, MENG, QIAN, RESPONDENT, Mediating
from tests.actions.work import CHEN, LI

THIRD = PartyFacts(
    side=PartySide.THIRD, kind=PartyKind.ORGANISATION, name="青榕物业", represented_by="周平"
)


@pytest.fixture
def mediating(work):
    return Mediating(work)


def reads(mediating, who, one):
    """Return whether somebody may read the content now."""
    person, now = mediating.hall.person(who), mediating.hall.clock()
    with Session(mediating.hall.engine) as session:
        stand = mediation_stand(session, session.get(Mediation, one))
    return may_read_content(stand, person, now)


def test_a_party_is_added_below_the_others_and_the_history_says_only_its_side(mediating):
    one = mediating.accept()
    mediating.ask(MENG, AddParty, one, party=THIRD)
    rows = mediating.parties(one)
    assert [(row.position, row.name) for row in rows][-1] == (3, "青榕物业")
    line = mediating.history(one)[-1]
    assert line.title == "增加当事人（第三人）"
    assert "青榕物业" not in str(line.payload)


def test_a_change_writes_all_facts_and_companions_anew(mediating):
    agent = CompanionFacts(role=CompanionRole.AGENT, name="王芳", powers="一般代理")
    one = mediating.open(parties=(replace(APPLICANT, companions=(agent,)), RESPONDENT))
    who = mediating.parties(one)[0]
    other = CompanionFacts(role=CompanionRole.INTERPRETER, name="何平")
    changed = replace(APPLICANT, phone="", occupation="退休", companions=(other,))
    mediating.ask(MENG, ChangeParty, one, which=who.id, party=changed)
    row = mediating.parties(one)[0]
    assert (row.phone, row.occupation) == (None, "退休")
    along = mediating.all(MediationCompanion, one)
    assert [(row.name, row.left_on is None) for row in along] == [("王芳", False), ("何平", True)]


def test_a_party_leaves_with_a_reason_as_long_as_two_sides_are_left(mediating):
    interpreter = CompanionFacts(role=CompanionRole.INTERPRETER, name="何平")
    third = replace(THIRD, companions=(interpreter,))
    one = mediating.accept(mediating.open(parties=(APPLICANT, RESPONDENT, third)))
    first, _, last = mediating.parties(one)
    with pytest.raises(RuleBroken, match="理由"):
        mediating.ask(MENG, RemoveParty, one, which=last.id)
    with pytest.raises(RuleBroken, match="不足两方"):
        mediating.ask(MENG, RemoveParty, one, which=first.id, reason="不来了")
    mediating.ask(MENG, RemoveParty, one, which=last.id, reason="与物业无关")
    assert len(mediating.parties(one)) == 2
    assert mediating.all(MediationCompanion, one)[0].left_on is not None
    with pytest.raises(RuleBroken, match="找不到这位当事人"):
        mediating.ask(MENG, ChangeParty, one, which=last.id, party=THIRD)
    with pytest.raises(RuleBroken, match="找不到这位当事人"):
        mediating.ask(MENG, ChangeParty, one, which=1, party=THIRD)


def test_before_acceptance_a_party_written_down_by_mistake_goes(mediating):
    one = mediating.open()
    mediating.ask(MENG, RemoveParty, one, which=mediating.parties(one)[1].id, reason="登错了")
    assert [party.name for party in mediating.parties(one)] == ["张春兰"]


def test_a_mediator_takes_it_whom_the_parties_chose(mediating):
    one = mediating.staffed()
    assert mediating.row(one).mediator_id == mediating.mediator()
    assert mediating.history(one)[-1].title == "确定调解员 钱惠（当事人选定）"
    assert reads(mediating, QIAN, one)


def test_another_mediator_needs_a_reason_and_the_same_one_is_no_change(mediating):
    one, other = mediating.staffed(), mediating.mediator("老梁")
    with pytest.raises(RuleBroken, match="已经是"):
        mediating.ask(MENG, AssignMediator, one, mediator=mediating.mediator())
    with pytest.raises(RuleBroken, match="理由"):
        mediating.ask(MENG, AssignMediator, one, mediator=other)
    mediating.ask(MENG, AssignMediator, one, mediator=other, reason="钱惠休假")
    assert mediating.history(one)[-1].title == "更换调解员 老梁（调委会指定，当事人同意）"


def tied(mediating, who, /, **about):
    """Write a mediator down with one tie, and return his id."""
    mediator = mediating.ask(GU, SetMediator, name=who).made["mediator"]
    mediating.ask(GU, SetMediatorTie, mediator=mediator, kind=TieKind.RELATIVE, **about)
    return mediator


def test_a_relative_of_a_party_cannot_be_chosen_known_by_name_or_by_telephone(mediating):
    one = mediating.accept()
    by_name = tied(mediating, "甲", name="李国强")
    by_phone = tied(mediating, "乙", name="别的写法", phone="138 0000 0032")
    himself = mediating.ask(GU, SetMediator, name="张春兰").made["mediator"]
    for mediator, words in ((by_name, "亲属"), (by_phone, "亲属"), (himself, "本人是当事人")):
        with pytest.raises(RuleBroken, match=f"回避情形（{words}）") as refused:
            mediating.ask(MENG, AssignMediator, one, mediator=mediator)
        assert refused.value.field == "mediator"


def test_a_party_to_whom_the_mediator_is_tied_is_not_added_before_he_is_replaced(mediating):
    one = mediating.accept()
    mediator = tied(mediating, "丙", name="青榕物业")
    mediating.ask(MENG, AssignMediator, one, mediator=mediator)
    with pytest.raises(RuleBroken, match="丙 与当事人 青榕物业 有回避情形"):
        mediating.ask(MENG, AddParty, one, party=THIRD)
    mediating.ask(MENG, AddParty, one, party=replace(THIRD, name="别家物业"))


def test_who_no_longer_mediates_cannot_be_chosen(mediating):
    one, gone = mediating.accept(), mediating.mediator("丁")
    mediating.ask(GU, EndMediator, mediator=gone)
    for mediator in (gone, 1):
        with pytest.raises(RuleBroken, match="在册的调解员"):
            mediating.ask(MENG, AssignMediator, one, mediator=mediator)


def test_a_secretary_is_one(mediating):
    one = mediating.accept(who=GU)
    with pytest.raises(RuleBroken, match="调解秘书"):
        mediating.ask(GU, AssignSecretary, one, secretary=mediating.work.staff(LI))
    mediating.ask(GU, AssignSecretary, one, secretary=mediating.work.staff(MENG))
    assert mediating.row(one).secretary_id == mediating.work.staff(MENG)


def test_a_helper_reads_only_while_invited(mediating):
    one = mediating.staffed()
    assert not reads(mediating, CHEN, one)
    worker = {"role": HelperRole.GOVERNANCE_WORKER, "staff": mediating.work.staff(CHEN)}
    helper = mediating.ask(MENG, InviteHelper, one, **worker).made["helper"]
    assert reads(mediating, CHEN, one)
    with pytest.raises(RuleBroken, match="已经在协助"):
        mediating.ask(MENG, InviteHelper, one, **worker)
    mediating.ask(MENG, EndInvitation, one, helper=helper)
    assert not reads(mediating, CHEN, one)
    with pytest.raises(RuleBroken, match="已经结束"):
        mediating.ask(MENG, EndInvitation, one, helper=helper)


def test_a_neighbour_is_invited_by_name(mediating):
    one = mediating.staffed()
    with pytest.raises(RuleBroken, match="选一位同事，或写上姓名"):
        mediating.ask(MENG, InviteHelper, one, role=HelperRole.NEIGHBOUR)
    mediating.ask(MENG, InviteHelper, one, role=HelperRole.NEIGHBOUR, name="王阿姨")
    assert [row.name for row in mediating.all(MediationHelper, one)] == ["王阿姨"]

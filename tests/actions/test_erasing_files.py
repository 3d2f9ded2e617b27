"""Erasing a mediation, and what of a case stands in handovers and papers of the hall."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.archiving import IssueArchiveList
from desk.actions.call_list import IssueCallList
from desk.actions.caucus import WriteCaucusNote
from desk.actions.erasing import AskErasure, CarryOutErasure, DecideErasure
from desk.actions.handover import TakeOver
from desk.actions.intake import Appellant
from desk.actions.keeping import GiveBack, KeepItem
from desk.actions.mediation_agreement import PartySignature, SettleMediation
from desk.actions.mediation_archive import AddMediationFile, ArchiveMediation, DescribeDossier
from desk.actions.mediation_looks import LookAtMediation
from desk.actions.mediation_opening import RefuseMediation
from desk.actions.mediation_parties import CompanionFacts, PartyFacts
from desk.actions.mediation_performance import FinishPerformance, FollowUpMediation
from desk.actions.mediation_sessions import EndSession
from desk.actions.papers import StoreProof
from desk.actions.room_papers import IssueDoorSign
from desk.queries.chain_health import chain_findings
from desk.queries.erasures import decided_erasures
from desk.queries.health import kept_findings
from desk.rules.codes import Exit, KeptKind
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.mediation_codes import (
    AgreementKind,
    CompanionRole,
    MediationFileKind,
    PartyKind,
    PartySide,
    Performance,
    SessionEnd,
    SignWay,
)
from desk.rules.moments import day_of
from desk.rules.privacy_codes import ErasureGround
from desk.store.models import Handover
from tests.actions.mediating import Mediating
from tests.actions.mediations import CHEN_GUIFANG, GU, MENG, QIAN, Mediations
from tests.actions.raw_words import told
from tests.actions.test_handover import hand_over, own_case, promise
from tests.actions.test_mediation_after import FOLLOW_UP, PICTURE, settled
from tests.actions.test_mediation_papers import issue
from tests.actions.work import HE, LI, WU, XU, ZHENG, S
from tests.small_hall import COMMAND_LINE

NAME, PHONE, WORDS = "缪无双", "13800000071", "秘而不宣的事"
FIRM, HEAD, AGENT, ITS_PHONE = "恒昌物业公司", "罗仁礼", "丁大律", "13800000072"
OF_CASE = ("卜知晓", "13800000073", WORDS)
SAID = ("背靠背说的话", "改日再谈的话", "查阅的理由", "漏水的那一晚", "441900199003071238")
CAUCUS, RESULT, WHY, FACTS, NUMBER = SAID
OF_MEDIATION = (NAME, PHONE, FIRM, HEAD, AGENT, ITS_PHONE, *SAID)
OF_ANOTHER = (CHEN_GUIFANG, "楼上漏水，墙面受损")
FIRM_FACTS = PartyFacts(
    side=PartySide.RESPONDENT,
    kind=PartyKind.ORGANISATION,
    name=FIRM,
    phone=ITS_PHONE,
    represented_by=HEAD,
    companions=(CompanionFacts(role=CompanionRole.AGENT, name=AGENT),),
)


@pytest.fixture
def work(shared_hall):
    shared_hall.clock.set("2026-11-02 09:00")
    return Mediations(shared_hall, shared_hall.clock)


def findings(work):
    desk = work.desk(COMMAND_LINE)
    return [*desk.read(chain_findings), *desk.read(kept_findings)]


def erase(work, asker, decider, **which):
    facts = {"ground": ErasureGround.WISH, "reason": f"{NAME}来信要求删除"} | which
    erasure = work.ask(asker, AskErasure, **facts).made["erasure"]
    work.ask(decider, DecideErasure, erasure=erasure, is_granted=True, note=f"{NAME}已核对")
    assert len(work.desk(COMMAND_LINE).read(decided_erasures)) == 1
    return work.ask(COMMAND_LINE, CarryOutErasure, erasure=erasure)


def archived(work):
    """Return an archived mediation in which much was said, by a party with an identity number."""
    him = PartyFacts(side=PartySide.APPLICANT, name=NAME, phone=PHONE, id_number=NUMBER)
    people = Mediating(work)
    facts = {"facts": FACTS, "title": FACTS, "parties": (him, FIRM_FACTS)}
    mediation = people.staffed(people.open(**facts))
    sitting = work.sit(mediation)
    first, second = work.parties(mediation)
    work.mediate(QIAN, WriteCaucusNote, mediation, party=first, text=CAUCUS)
    work.mediate(
        QIAN, EndSession, mediation, session=sitting, end=SessionEnd.CONTINUE, result=RESULT
    )
    signed = tuple(PartySignature(party=one, way=SignWay.SIGNATURE) for one in (first, second))
    agreed = {"kind": AgreementKind.WRITTEN, "facts": FACTS, "terms": f"{FIRM}赔偿{NAME}"}
    done = {"way": "当面", "term": "当日", "signed_by": signed, "is_sealed": True}
    work.sit(mediation)
    work.mediate(QIAN, SettleMediation, mediation, **agreed, **done, mediator_signed=True)
    paper = issue(work, mediation, "mediation-agreement")
    pdf = f"%PDF-1.7\n% {NAME}\n%%EOF\n".encode()
    keep = StoreProof(**work.hall.by(QIAN), paper=paper.id, sha256=sha256(pdf).hexdigest(), pdf=pdf)
    work.desk(QIAN).carry_out(keep)
    photo = PICTURE + NAME.encode()
    file = {"kind": MediationFileKind.EVIDENCE, "name": f"{NAME}.jpg", "content": photo}
    work.mediate(QIAN, AddMediationFile, mediation, **file)
    work.mediate(QIAN, FinishPerformance, mediation, performance=Performance.AT_ONCE)
    work.mediate(
        QIAN, FollowUpMediation, mediation, **(FOLLOW_UP | {"trouble": FACTS, "measures": FACTS})
    )
    work.mediate(QIAN, DescribeDossier, mediation, situation=f"{NAME}没有身份证复印件")
    work.mediate(GU, ArchiveMediation, mediation)
    work.ask(ZHENG, LookAtMediation, mediation=mediation, reason=WHY)
    work.ask(MENG, IssueDoorSign, name=NAME, role="申请人", note="")
    return mediation


def test_of_a_mediation_nothing_that_was_said_and_nobody_is_left(work):
    mediation, other = archived(work), settled(work)
    before = work.mediation(mediation)
    assert told(work.hall, OF_MEDIATION)
    others = told(work.hall, OF_ANOTHER)

    made = erase(work, MENG, GU, mediation=mediation)

    assert told(work.hall, OF_MEDIATION) == set()
    assert told(work.hall, OF_ANOTHER) == others
    assert findings(work) == []
    after = work.mediation(mediation)
    facts = ("number", "status", "ended_on", "amount_fen", "dossier_number", "mediator_id")
    assert [getattr(after, one) for one in facts] == [getattr(before, one) for one in facts]
    assert made.title == "按规定抹除个人信息"
    assert work.mediation(other).number


def test_who_may_ask_and_decide_on_a_mediation_and_when_it_is_over(work):
    mediation = archived(work)
    ask = {"mediation": mediation, "reason": "当事人来信", "ground": ErasureGround.EXPIRED}
    with pytest.raises(NotAllowed):
        work.ask(LI, AskErasure, **ask)
    with pytest.raises(RuleBroken, match="要保管到 2056 年"):
        work.ask(MENG, AskErasure, **ask)
    with pytest.raises(RuleBroken, match="才能抹除"):
        work.ask(MENG, AskErasure, **(ask | {"mediation": settled(work)}))
    work.clock.set("2056-11-03 09:00")
    erasure = work.ask(MENG, AskErasure, **ask).made["erasure"]
    with pytest.raises(RuleBroken, match="已经申请过"):
        work.ask(GU, AskErasure, **ask)
    with pytest.raises(NotAllowed, match="调委会主任"):
        work.ask(MENG, DecideErasure, erasure=erasure, is_granted=True)
    work.ask(GU, DecideErasure, erasure=erasure, is_granted=False, note="法院在查")


def test_a_file_that_is_kept_for_ever_is_never_over(work):
    work.ask(XU, SetSetting, key="mediation_retention", value="永久")
    mediation = Mediating(work).open()
    work.mediate(MENG, RefuseMediation, mediation, reason="不属于民间纠纷", guidance="法院")
    work.clock.set("2096-11-02 09:00")
    ask = {"mediation": mediation, "reason": "到期", "ground": ErasureGround.EXPIRED}
    with pytest.raises(RuleBroken, match="永久保管"):
        work.ask(MENG, AskErasure, **ask)


def test_shifts_lists_and_kept_things_forget_him_and_keep_the_others(work):
    name, phone, _ = OF_CASE
    him = Appellant(name=name, phone=phone)
    case = work.register(LI, exit=Exit.OWN_UNIT, appellant=him, summary=WORDS, details=WORDS)
    other = own_case(work)
    promise(work, case)
    item = work.ask(LI, KeepItem, kind=KeptKind.ORIGINAL, name=f"{name}的房产证", case=case)
    handover = hand_over(work, note=f"{name}的件急")
    paper = work.ask(WU, TakeOver, handover=handover).made["paper"]
    work.ask(WU, IssueCallList, day=day_of(work.clock()) + timedelta(days=1))
    work.ask(WU, GiveBack, item=item.made["item"], to=name)
    work.to(S.ARCHIVED, case, handler=LI)
    work.ask(HE, IssueArchiveList)
    assert {"handovers", "papers", "events", "kept_items"} <= {
        t for t, _ in told(work.hall, OF_CASE)
    }

    erase(work, HE, ZHENG, case=case)

    assert told(work.hall, OF_CASE) == set()
    assert findings(work) == []
    with Session(work.hall.engine) as session:
        row = session.get(Handover, handover).row
    kept = {line["id"]: line for line in row["cases"]}
    assert kept[case]["subject"] == "已按规定抹除"
    assert kept[case]["number"] == work.case(case).number
    assert kept[other]["subject"] == work.case(other).summary
    assert paper

"""Agreements that hold: four elements, everybody's signature, instalments to the fen; and ends."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from desk.actions.mediation_agreement import PartySignature, SaveAgreement, SettleMediation
from desk.actions.mediation_outcome import (
    EndMediation,
    HandOverMediation,
    NotSettle,
    WithdrawMediation,
)
from desk.actions.mediation_papers import IssueMediationPaper
from desk.queries.record_desk import record_table
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.instalments import equal_plan
from desk.rules.mediation_codes import (
    AgreementKind,
    BookingStatus,
    EndReason,
    MediationStatus,
    Performance,
    PlanInterval,
    SignWay,
)
from desk.store.models import Instalment, MediationAgreement, Paper
from tests.actions.mediations import CHEN_GUIFANG, MENG, QIAN, Mediations
from tests.actions.test_mediation_sessions import book, booked
from tests.actions.work import LI

S = MediationStatus
TODAY = date(2026, 11, 2)


@pytest.fixture
def hall_work(shared_hall):
    shared_hall.clock.set("2026-11-02 09:00")
    return Mediations(shared_hall, shared_hall.clock)


def agreement(work, mediation, **more):
    """Return a whole written agreement on 12,000 yuan in three instalments."""
    first, second = work.parties(mediation)
    facts = {
        "kind": AgreementKind.WRITTEN,
        "facts": "楼上漏水致天花板发霉，双方对赔偿数额有争议。",
        "terms": "物业公司修好漏点，并赔偿 12,000 元。",
        "way": "转账到陈桂芳的账户。",
        "term": "分三期，每月一期。",
        "amount_fen": 12_000_00,
        "payer": second,
        "payee": first,
        "plan": equal_plan(12_000_00, 3, TODAY + timedelta(days=9), PlanInterval.MONTH),
        "signed_by": (
            PartySignature(party=first, way=SignWay.FINGERPRINT),
            PartySignature(party=second, way=SignWay.STAMP),
        ),
        "mediator_signed": True,
        "is_sealed": True,
    }
    return facts | more


def test_a_written_agreement_holds_from_the_day_it_is_signed(hall_work):
    mediation = hall_work.lay()
    session = hall_work.sit(mediation)
    first, second = hall_work.parties(mediation)
    hall_work.mediate(QIAN, SettleMediation, mediation, **agreement(hall_work, mediation))

    row = hall_work.mediation(mediation)
    assert (row.status, row.agreement_kind) == (S.SETTLED, AgreementKind.WRITTEN)
    assert (row.effective_on, row.amount_fen) == (TODAY, 12_000_00)
    assert row.performance is Performance.INSTALMENTS
    kept = hall_work.rows(MediationAgreement, mediation)[0]
    assert kept.signed_by == {str(first): "fingerprint", str(second): "stamp"}
    assert [(one.seq, one.amount_fen, one.due_on.month) for one in _plan(hall_work, mediation)] == [
        (1, 4_000_00, 11),
        (2, 4_000_00, 12),
        (3, 4_000_00, 1),
    ]
    ended = hall_work.session(session)
    assert ended.ended_at is not None
    assert ended.result == "达成书面协议。"
    assert hall_work.lines(mediation)[-1].title == "达成书面协议"


def _plan(work, mediation):
    return sorted(work.rows(Instalment, mediation), key=lambda row: row.seq)


def test_an_oral_agreement_is_registered_and_holds_at_once(hall_work):
    mediation = hall_work.lay()
    hall_work.sit(mediation)
    oral = agreement(
        hall_work,
        mediation,
        kind=AgreementKind.ORAL,
        amount_fen=0,
        payer=None,
        payee=None,
        plan=(),
        signed_by=(),
        is_sealed=False,
    )
    hall_work.mediate(QIAN, SettleMediation, mediation, **oral)
    row = hall_work.mediation(mediation)
    assert (row.agreement_kind, row.effective_on) == (AgreementKind.ORAL, TODAY)
    assert (row.amount_fen, row.performance) == (None, Performance.NOT_PERFORMED)
    assert _plan(hall_work, mediation) == []


def test_what_was_paid_in_the_room_needs_no_instalments(hall_work):
    mediation = hall_work.lay()
    hall_work.sit(mediation)
    paid = agreement(hall_work, mediation, is_done_at_once=True)
    with pytest.raises(RuleBroken, match="当场付清的不用分期"):
        hall_work.mediate(QIAN, SettleMediation, mediation, **paid)
    hall_work.mediate(QIAN, SettleMediation, mediation, **(paid | {"plan": ()}))
    row, line = hall_work.mediation(mediation), hall_work.lines(mediation)[-1]
    assert (row.status, row.performance) == (MediationStatus.FOLLOW_UP, Performance.AT_ONCE)
    assert row.follow_up_due_on == TODAY + timedelta(days=15)
    assert line.title == "达成书面协议，即时履行，转回访"


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"facts": ""}, "facts", "请写纠纷的主要事实、争议事项"),
        ({"way": ""}, "way", "请写履行方式"),
        ({"signed_by": ()}, "signed_by", "陈桂芳 还没有签名、盖章或按指印"),
        ({"is_sealed": False}, "is_sealed", "还没有盖调委会的印章"),
        ({"amount_fen": 12_001_00}, "plan", "少 1 元"),
        (
            {"plan": equal_plan(12_000_00, 2, TODAY - timedelta(days=1), PlanInterval.WEEK)},
            "plan",
            "早于协议签订日",
        ),
        ({"payer": 7}, "payer", "付款和收款的要是本案当事人"),
    ],
)
def test_an_agreement_that_lacks_something_is_not_made(hall_work, change, field, sentence):
    mediation = hall_work.lay()
    hall_work.sit(mediation)
    facts = agreement(hall_work, mediation, **change)
    with pytest.raises(RuleBroken, match=sentence) as refusal:
        hall_work.mediate(QIAN, SettleMediation, mediation, **facts)
    assert refusal.value.field == field
    assert hall_work.mediation(mediation).status is S.MEDIATING


def test_nobody_pays_himself(hall_work):
    mediation = hall_work.lay()
    hall_work.sit(mediation)
    first = hall_work.parties(mediation)[0]
    with pytest.raises(RuleBroken, match="不能是同一方"):
        hall_work.mediate(QIAN, SaveAgreement, mediation, saved_at=None, payer=first, payee=first)


def test_the_draft_and_the_record_go_on_beside_each_other(hall_work):
    mediation = hall_work.lay()
    hall_work.sit(mediation)

    def draft(who, saved_at, terms):
        given = {"saved_at": saved_at, "terms": terms}
        return hall_work.mediate(who, SaveAgreement, mediation, **given)

    draft(QIAN, None, "修好漏点。")
    with pytest.raises(StaleCase, match="协议草稿刚由钱惠"):
        draft(MENG, None, "另一种写法。")
    read = hall_work.desk(MENG).read(lambda reader: record_table(reader, mediation)).draft
    assert (read.terms, read.saved_by) == ("修好漏点。", QIAN)
    draft(MENG, read.saved_at, "修好漏点，赔偿 12,000 元。")
    line = hall_work.lines(mediation)[-1]
    assert line.title == "写入协议草稿"
    assert "漏点" not in f"{line.payload}{line.result}"


def test_no_agreement_is_drafted_before_the_first_sitting_or_by_a_stranger(hall_work):
    mediation = hall_work.lay()
    for who in (QIAN, LI):
        with pytest.raises(NotAllowed):
            hall_work.mediate(who, SaveAgreement, mediation, saved_at=None, terms="先写好。")


def test_the_plan_of_a_draft_is_printed_to_be_signed_and_gone_if_nobody_signs(hall_work):
    mediation = hall_work.lay()
    hall_work.sit(mediation)
    plan = equal_plan(12_000_00, 2, TODAY, PlanInterval.MONTH)
    words = {"terms": "赔偿 12,000 元。", "facts": "漏水。", "way": "转账", "term": "两期"}
    hall_work.mediate(QIAN, SaveAgreement, mediation, saved_at=None, plan=plan, **words)
    hall_work.mediate(QIAN, IssueMediationPaper, mediation, code="mediation-agreement")

    row = hall_work.rows(Paper, mediation)[0].row
    assert (row["total"], len(row["instalments"])) == ("12,000.00元", 2)
    assert hall_work.mediation(mediation).amount_fen is None, "nothing is agreed yet"
    hall_work.mediate(QIAN, EndMediation, mediation, end_reason=EndReason.REFUSES, was_told=True)
    assert _plan(hall_work, mediation) == []


ENDS = [
    (
        NotSettle,
        {"reason": "赔偿数额谈不拢。", "way_on": "向滨河区人民法院起诉", "was_told": True},
        S.NOT_SETTLED,
        "赔偿数额谈不拢",
    ),
    (
        EndMediation,
        {"end_reason": EndReason.REFUSES, "was_told": True, "note": "当场离席。"},
        S.ENDED,
        "终止原因：一方拒绝继续，当场离席。",
    ),
    (HandOverMediation, {"to": "区劳动仲裁委", "reason": "属劳动争议。"}, S.HANDED_OVER, "仲裁委"),
    (WithdrawMediation, {"reason": "自行和解。"}, S.WITHDRAWN, "陈桂芳 撤回申请：自行和解。"),
]


@pytest.mark.parametrize(("request_kind", "facts", "status", "note"), ENDS)
def test_an_end_without_agreement_says_why_in_the_file_and_not_in_the_history(
    hall_work, request_kind, facts, status, note
):
    mediation = hall_work.lay()
    session = hall_work.sit(mediation)
    ahead = book(hall_work, mediation, days=3)
    hall_work.mediate(QIAN, request_kind, mediation, **_whose(hall_work, mediation, facts))

    row = hall_work.mediation(mediation)
    assert (row.status, row.ended_on) == (status, TODAY)
    assert note in hall_work.content(mediation).note
    assert note in hall_work.session(session).result
    assert booked(hall_work, ahead) == (BookingStatus.CANCELLED, 0)
    line = hall_work.lines(mediation)[-1]
    assert facts.get("reason", "当场离席") not in f"{line.title}{line.payload}{line.result}"


def _whose(work, mediation, facts):
    """Return the facts of an end; an application is withdrawn by the first party."""
    is_withdrawal = facts.keys() == {"reason"}
    return facts | ({"party": work.parties(mediation)[0]} if is_withdrawal else {})


@pytest.mark.parametrize(
    ("request_kind", "facts", "field"),
    [
        (NotSettle, {"reason": "", "way_on": "法院", "was_told": True}, "reason"),
        (NotSettle, {"reason": "谈不拢", "way_on": "", "was_told": True}, "way_on"),
        (NotSettle, {"reason": "谈不拢", "way_on": "法院"}, "was_told"),
        (EndMediation, {"end_reason": EndReason.UNSUITABLE, "was_told": True}, "note"),
        (EndMediation, {"end_reason": EndReason.NO_SHOWS}, "was_told"),
        (HandOverMediation, {"to": "", "reason": "属劳动争议"}, "to"),
        (HandOverMediation, {"to": "区劳动仲裁委", "reason": ""}, "reason"),
        (WithdrawMediation, {"reason": ""}, "reason"),
        (WithdrawMediation, {"reason": "和解", "party": 7}, "party"),
    ],
)
def test_an_end_without_its_words_is_refused(hall_work, request_kind, facts, field):
    mediation = hall_work.lay()
    hall_work.sit(mediation)
    with pytest.raises(RuleBroken) as refusal:
        hall_work.mediate(QIAN, request_kind, mediation, **(_whose(hall_work, mediation, facts)))
    assert refusal.value.field == field
    assert hall_work.mediation(mediation).status is S.MEDIATING


def test_who_cannot_be_found_need_not_be_told(hall_work):
    mediation = hall_work.lay()
    hall_work.mediate(QIAN, EndMediation, mediation, end_reason=EndReason.VANISHED)
    row = hall_work.mediation(mediation)
    assert (row.status, row.end_reason, row.was_told_court) == (S.ENDED, EndReason.VANISHED, False)
    assert hall_work.content(mediation).note == "终止原因：下落不明"


def test_what_was_not_sat_on_cannot_be_without_agreement(hall_work):
    mediation = hall_work.lay()
    with pytest.raises(RuleBroken, match="不能直接转为“未达成”"):
        hall_work.mediate(QIAN, NotSettle, mediation, reason="没来过", way_on="法院", was_told=True)


def test_an_application_under_examination_can_be_withdrawn(hall_work):
    mediation = hall_work.lay(S.APPLIED)
    party = hall_work.parties(mediation)[0]
    hall_work.mediate(MENG, WithdrawMediation, mediation, party=party, reason="自行和解。")
    assert hall_work.mediation(mediation).status is S.WITHDRAWN
    with Session(hall_work.hall.engine):
        assert CHEN_GUIFANG in hall_work.content(mediation).note

"""After the agreement: instalments, the court, the follow-up, the dossier and the archive."""

from datetime import date

import pytest

from desk.actions.mediation_agreement import PartySignature, SettleMediation
from desk.actions.mediation_archive import (
    AddMediationFile,
    ArchiveMediation,
    DescribeDossier,
    WithdrawMediationFile,
)
from desk.actions.mediation_court import ApplyForConfirmation, RecordCourtAnswer
from desk.actions.mediation_import import ImportMediation
from desk.actions.mediation_performance import (
    FinishPerformance,
    FollowUpMediation,
    RecordPayment,
    UrgePerformance,
)
from desk.actions.papers import StoreProof
from desk.rules.codes import Satisfaction
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.instalments import PlannedInstalment
from desk.rules.mediation_codes import (
    AgreementKind,
    ConfirmationKind,
    ConfirmationResult,
    Difficulty,
    DisputeKind,
    LedgerOutcome,
    MediationFileKind,
    MediationSource,
    MediationStatus,
    Performance,
    SignWay,
)
from desk.rules.mediation_papers import DOSSIER
from desk.store.ids import new_id
from desk.store.models import (
    Instalment,
    JudicialConfirmation,
    MediationFile,
    MediationFollowUp,
    Paper,
)
from tests.actions.mediations import GU, MENG, QIAN, Mediations
from tests.actions.work import LI
from tests.small_hall import COMMAND_LINE

S, K, P = MediationStatus, MediationFileKind, Performance
PICTURE = b"\xff\xd8\xff\xe0" + b"\x00" * 40


@pytest.fixture
def work(shared_hall):
    shared_hall.clock.set("2026-11-02 09:00")
    return Mediations(shared_hall, shared_hall.clock)


def settled(work, *months, kind=AgreementKind.WRITTEN, **more):
    """Return a mediation that was settled today, paid in these months of 1,000 yuan each."""
    mediation = work.lay()
    work.sit(mediation)
    first, second = work.parties(mediation)
    plan = tuple(PlannedInstalment(amount_fen=100_000, due_on=day) for day in months)
    facts = {
        "kind": kind,
        "facts": "楼上漏水，墙面受损。",
        "terms": "物业公司修好漏点并赔偿。",
        "way": "转账",
        "term": "按期支付",
        "amount_fen": 100_000 * len(months),
        "payer": second if months else None,
        "payee": first if months else None,
        "plan": plan,
        "signed_by": tuple(
            PartySignature(party=one, way=SignWay.SIGNATURE) for one in (first, second)
        ),
        "mediator_signed": True,
        "is_sealed": True,
    }
    work.mediate(QIAN, SettleMediation, mediation, **(facts | more))
    return mediation


def instalments(work, mediation):
    return sorted(work.rows(Instalment, mediation), key=lambda row: row.seq)


def pay(work, mediation, seq, amount_fen=100_000):
    row = instalments(work, mediation)[seq - 1]
    return work.mediate(
        QIAN,
        RecordPayment,
        mediation,
        instalment=row.id,
        amount_fen=amount_fen,
        paid_on=date(2026, 11, 3),
    )


MONTHS = (date(2026, 12, 1), date(2027, 1, 1))
FOLLOW_UP = {
    "visited_on": date(2026, 11, 2),
    "way": "电话",
    "performance": P.PERFORMED,
    "satisfaction": Satisfaction.SATISFIED,
}


def test_with_the_last_fen_the_follow_up_falls_due(work):
    mediation = settled(work, *MONTHS)

    pay(work, mediation, 1)
    assert work.mediation(mediation).performance is P.INSTALMENTS
    pay(work, mediation, 2, 99_999)
    assert work.mediation(mediation).status is S.SETTLED
    pay(work, mediation, 2, 1)

    row = work.mediation(mediation)
    assert (row.status, row.performance) == (S.FOLLOW_UP, P.PERFORMED)
    assert row.follow_up_due_on == date(2026, 11, 17)


def test_nobody_pays_more_than_is_due_or_an_instalment_of_somebody_else(work):
    mediation, other = settled(work, *MONTHS), settled(work, *MONTHS)

    with pytest.raises(RuleBroken, match=r"这一期还差 1000\.00 元"):
        pay(work, mediation, 1, 100_001)
    with pytest.raises(RuleBroken, match="找不到这一期"):
        work.mediate(
            QIAN,
            RecordPayment,
            mediation,
            instalment=instalments(work, other)[0].id,
            amount_fen=1,
            paid_on=date(2026, 11, 3),
        )


def test_a_late_instalment_is_urged_until_it_is_paid(work):
    mediation = settled(work, *MONTHS)
    first = instalments(work, mediation)[0].id

    work.mediate(QIAN, UrgePerformance, mediation, instalment=first, note="答应周五转账")
    assert instalments(work, mediation)[0].urged_on == date(2026, 11, 2)
    work.mediate(QIAN, UrgePerformance, mediation, instalment=first)
    assert instalments(work, mediation)[0].note == "答应周五转账"

    pay(work, mediation, 1)
    with pytest.raises(RuleBroken, match="已经履行，不用督促"):
        work.mediate(QIAN, UrgePerformance, mediation, instalment=first)


def test_tracking_ends_only_with_a_clear_word(work):
    mediation = settled(work, *MONTHS)

    for performance, sentence in (
        (P.INSTALMENTS, "还在分期履行"),
        (P.PERFORMED, "第 1 期还没有登记履行"),
        (P.NOT_PERFORMED, "请先告知可以申请司法确认或起诉"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            work.mediate(QIAN, FinishPerformance, mediation, performance=performance)
    work.mediate(
        QIAN, FinishPerformance, mediation, performance=P.NOT_PERFORMED, was_told_court=True
    )

    row = work.mediation(mediation)
    assert (row.status, row.performance, row.was_told_court) == (
        S.FOLLOW_UP,
        P.NOT_PERFORMED,
        True,
    )


def test_what_is_paid_after_the_tracking_ended_is_still_written_down(work):
    mediation = settled(work, date(2026, 12, 1))
    work.mediate(QIAN, FinishPerformance, mediation, performance=P.PARTLY, was_told_court=True)

    pay(work, mediation, 1)

    row = work.mediation(mediation)
    assert (row.status, row.performance) == (S.FOLLOW_UP, P.PERFORMED)


def test_the_follow_up_closes_the_mediation(work):
    mediation = settled(work)
    work.mediate(QIAN, FinishPerformance, mediation, performance=P.AT_ONCE)

    with pytest.raises(RuleBroken, match="回访日期还没有到"):
        work.mediate(
            QIAN, FollowUpMediation, mediation, **(FOLLOW_UP | {"visited_on": date(2026, 11, 3)})
        )
    with pytest.raises(RuleBroken, match="请写明采取了什么措施"):
        work.mediate(QIAN, FollowUpMediation, mediation, **FOLLOW_UP, trouble="又吵起来了")
    work.mediate(
        QIAN,
        FollowUpMediation,
        mediation,
        **FOLLOW_UP,
        trouble="又吵起来了",
        measures="社区每周上门",
    )

    row = work.mediation(mediation)
    assert (row.status, row.ended_on) == (S.CLOSED, date(2026, 11, 2))
    (kept,) = work.rows(MediationFollowUp, mediation)
    assert (kept.trouble, kept.measures) == ("又吵起来了", "社区每周上门")


def apply(work, mediation, on=date(2026, 11, 2), kind=ConfirmationKind.MONEY, who=MENG):
    return work.mediate(
        who,
        ApplyForConfirmation,
        mediation,
        kind=kind,
        court="滨河区人民法院",
        applied_on=on,
    ).made["confirmation"]


def test_a_court_is_asked_in_time_for_what_it_may_confirm_and_once(work):
    mediation = settled(work)

    for kind, on, sentence in (
        (ConfirmationKind.STATUS, date(2026, 11, 2), "身份关系"),
        (ConfirmationKind.MONEY, date(2026, 11, 1), "早于协议生效日"),
        (ConfirmationKind.MONEY, date(2026, 12, 3), "最后一天是 2026-12-02，已经过了"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            apply(work, mediation, on, kind)
    first = apply(work, mediation, date(2026, 12, 2))
    with pytest.raises(RuleBroken, match="法院还没有答复"):
        apply(work, mediation)

    answer = {"confirmation": first, "result_on": date(2026, 12, 10)}
    for more, sentence in (
        ({"result": ConfirmationResult.CONFIRMED, "result_on": date(2026, 12, 1)}, "早于申请日期"),
        ({"result": ConfirmationResult.CONFIRMED}, "请填裁定书文号"),
        ({"result": ConfirmationResult.CONFIRMED, "confirmation": 1}, "没有等待答复"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            work.mediate(MENG, RecordCourtAnswer, mediation, **(answer | more))
    work.mediate(
        MENG,
        RecordCourtAnswer,
        mediation,
        **answer,
        result=ConfirmationResult.CONFIRMED,
        number="（2026）诉调确1号",
    )

    assert work.mediation(mediation).confirmed_on == date(2026, 12, 10)
    (row,) = work.rows(JudicialConfirmation, mediation)
    assert row.result_number == "（2026）诉调确1号"


def test_an_application_to_the_court_may_be_withdrawn_and_made_again(work):
    mediation = settled(work)
    first = apply(work, mediation)
    work.mediate(
        MENG,
        RecordCourtAnswer,
        mediation,
        confirmation=first,
        result=ConfirmationResult.WITHDRAWN,
        result_on=date(2026, 11, 3),
    )

    apply(work, mediation, date(2026, 11, 4))

    assert work.mediation(mediation).confirmed_on is None
    assert len(work.rows(JudicialConfirmation, mediation)) == 2


def test_an_agreement_of_a_ledger_that_does_not_say_since_when_it_holds_goes_to_no_court(work):
    mediation = new_id()
    row = ImportMediation(
        **work.hall.by(GU),
        mediation=mediation,
        outside_number="老调字7号",
        content_hash="7",
        received_on=date(2026, 10, 1),
        source=MediationSource.APPLIED,
        kind=DisputeKind.NEIGHBOURS,
        difficulty=Difficulty.SIMPLE,
        applicant="唐海",
        respondent="贺国",
        facts="楼上漏水。",
        mediator=QIAN,
        outcome=LedgerOutcome.AGREED,
    )
    work.desk(COMMAND_LINE).carry_out(row)

    with pytest.raises(RuleBroken, match="协议还没有生效"):
        apply(work, mediation, who=GU)


def add(work, mediation, kind=K.IDENTITY, party=None, content=PICTURE, name="身份证.jpg"):
    return work.mediate(
        QIAN,
        AddMediationFile,
        mediation,
        kind=kind,
        name=name,
        content=content,
        party=party,
    ).made["file"]


def test_a_file_says_whose_it_is_and_the_same_one_is_kept_once(work):
    mediation, other = work.lay(), work.lay()
    first = work.parties(mediation)[0]

    for party in (None, work.parties(other)[0]):
        with pytest.raises(RuleBroken, match="请选是哪一位当事人的"):
            add(work, mediation, party=party)
    with pytest.raises(RuleBroken):
        add(work, mediation, K.EVIDENCE, content=b"")
    once = add(work, mediation, party=first)
    again = add(work, mediation, K.EVIDENCE, name="证据.jpg")

    assert once == again
    (row,) = work.rows(MediationFile, mediation)
    assert (row.kind, row.name, row.party_id) == (K.EVIDENCE, "证据.jpg", None)


def test_a_file_added_by_mistake_is_taken_down_with_a_reason(work):
    mediation, other = work.lay(), work.lay()
    kept = add(work, mediation, K.EVIDENCE)

    for where, reason, sentence in (
        (other, "放错了", "找不到这份材料"),
        (mediation, "", "请写明为什么撤下"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            work.mediate(QIAN, WithdrawMediationFile, where, file=kept, reason=reason)
    work.mediate(QIAN, WithdrawMediationFile, mediation, file=kept, reason="放错了")
    with pytest.raises(RuleBroken, match="找不到这份材料"):
        work.mediate(QIAN, WithdrawMediationFile, mediation, file=kept, reason="放错了")
    assert add(work, mediation, K.EVIDENCE) == kept
    assert work.rows(MediationFile, mediation)[0].withdrawn_reason is None


def closed(work):
    mediation = settled(work)
    work.mediate(QIAN, FinishPerformance, mediation, performance=P.AT_ONCE)
    work.mediate(QIAN, FollowUpMediation, mediation, **FOLLOW_UP)
    return mediation


def test_what_is_missing_keeps_a_dossier_out_of_the_archive_until_it_is_explained(work):
    mediation = closed(work)

    with pytest.raises(RuleBroken, match=r"还不能归档：.*身份证明.*请写卷宗情况说明"):
        work.mediate(QIAN, ArchiveMediation, mediation)
    with pytest.raises(RuleBroken, match="请写卷内缺什么"):
        work.mediate(QIAN, DescribeDossier, mediation, situation="　")
    work.mediate(QIAN, DescribeDossier, mediation, situation="当事人未带身份证，已核对社区登记。")
    done = work.mediate(GU, ArchiveMediation, mediation, dossier_number="调卷 7")

    row = work.mediation(mediation)
    assert (row.status, row.dossier_number, row.retention) == (S.ARCHIVED, "调卷 7", "长期")
    assert row.archived_at is not None
    (book,) = [paper for paper in work.rows(Paper, mediation) if paper.code == DOSSIER]
    assert (book.id, book.number) == (done.made["paper"], "调卷 7")
    assert book.row == {"filled_by": "顾敏", "filled_on": "2026-11-02"}


def test_of_two_desks_that_bind_the_same_book_the_first_one_is_kept(work):
    mediation = closed(work)
    work.mediate(QIAN, DescribeDossier, mediation, situation="材料另见纸质卷。")
    book = work.mediate(GU, ArchiveMediation, mediation).made["paper"]

    kept = [
        work.desk(GU).carry_out(StoreProof(**work.hall.by(GU), paper=book, sha256=sha, pdf=pdf))
        for sha, pdf in (("a" * 64, b"%PDF first"), ("b" * 64, b"%PDF second"))
    ]

    assert [done.made["sha256"] for done in kept] == ["a" * 64, "a" * 64]


def test_an_archived_dossier_bears_its_own_number_and_how_long_it_is_kept(work):
    mediation = closed(work)
    work.mediate(QIAN, DescribeDossier, mediation, situation="材料另见纸质卷。")

    work.mediate(QIAN, ArchiveMediation, mediation, retention="短期 10 年")

    row = work.mediation(mediation)
    assert (row.dossier_number, row.retention) == (row.number, "短期 10 年")


def test_whoever_has_no_part_in_it_touches_no_dossier(work):
    mediation = closed(work)

    with pytest.raises(NotAllowed, match="找不到这件调解"):
        work.mediate(LI, DescribeDossier, mediation, situation="随便写")
    assert [line.kind for line in work.lines(mediation)][-1] == "mediation.followed_up"

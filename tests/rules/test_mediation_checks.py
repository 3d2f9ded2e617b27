"""What a dossier lacks is said in sentences, and a court is not asked in vain."""

from dataclasses import replace

import pytest

from desk.rules.mediation_checks import (
    DossierFacts,
    dossier_items,
    missing_for_archive,
    why_not_confirmed,
)
from desk.rules.mediation_codes import (
    AgreementKind,
    ConfirmationKind,
    MediationSource,
    MediationStatus,
    Performance,
)

S = MediationStatus
BOTH = ("唐海", "贺国")
WHOLE = DossierFacts(
    status=S.CLOSED,
    source=MediationSource.APPLIED,
    parties=BOTH,
    identified=frozenset(BOTH),
    rights_signed=frozenset(BOTH),
    agents=frozenset({"贺国"}),
    powers=frozenset({"贺国"}),
    has_application=True,
    inquiries=1,
    evidence=2,
    records=2,
    signed_records=2,
    agreement=AgreementKind.WRITTEN,
    has_agreement=True,
    has_signed_agreement=True,
    amount_fen=300_000,
    performance=Performance.PERFORMED,
    receipts=1,
    followups=1,
    asked_court=True,
    court_papers=1,
)


def test_a_whole_dossier_lacks_nothing():
    assert missing_for_archive(WHOLE) == ()
    assert all(item.there for item in dossier_items(WHOLE) if item.needed)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"has_application": False}, "还没有申请书或受理登记表"),
        ({"rights_signed": frozenset({"唐海"})}, "贺国 还没有签权利义务告知书"),
        ({"identified": frozenset()}, "还缺 唐海、贺国 的身份证明"),
        ({"powers": frozenset()}, "贺国 有代理人，还缺授权委托书"),
        ({"signed_records": 1}, "还有 1 次调解的笔录没有签字扫回"),
        ({"has_signed_agreement": False}, "调解协议书还没有签好扫回"),
        ({"receipts": 0}, "还缺收条、转账单等履行凭证"),
        ({"followups": 0}, "还没有回访"),
        ({"court_papers": 0}, "还缺法院的材料"),
    ],
)
def test_each_missing_thing_is_named_and_asks_for_a_note(change, sentence):
    missing = missing_for_archive(replace(WHOLE, **change))

    assert [said for said in missing if sentence in said]
    assert missing[-1] == "材料有缺，请写卷宗情况说明，写明缺什么、为什么。"
    assert len(missing) == 2


def test_a_note_explains_what_is_missing_for_ever():
    facts = replace(WHOLE, identified=frozenset({"唐海"}), has_situation=True)

    assert missing_for_archive(facts) == ()
    assert [item.code for item in dossier_items(facts) if item.missing] == ["identity"]


def test_an_oral_agreement_needs_its_register_and_no_signed_copy():
    oral = replace(WHOLE, agreement=AgreementKind.ORAL, has_signed_agreement=False)

    assert missing_for_archive(oral) == ()
    assert "口头协议登记表还没有出具。" in missing_for_archive(replace(oral, has_agreement=False))


def test_what_is_not_needed_is_not_asked_for():
    plain = replace(
        WHOLE,
        agents=frozenset(),
        inquiries=0,
        evidence=0,
        amount_fen=0,
        receipts=0,
        asked_court=False,
        court_papers=0,
    )

    assert missing_for_archive(plain) == ()
    optional = {item.code for item in dossier_items(plain) if not item.needed}
    assert {"mediation-power", "evidence", "performance", "judicial-confirmation"} <= optional


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (S.SETTLED, "履行还没有结束，请逐期登记履行情况。"),
        (S.FOLLOW_UP, "还没有回访，请回访当事人，记下履行情况和满意程度。"),
        (S.MEDIATING, "调解还没有结果，请先登记达成、未达成或终止。"),
        (S.APPLIED, "调解还没有结果，请先登记达成、未达成或终止。"),
    ],
)
def test_what_is_not_over_cannot_be_archived(status, sentence):
    assert sentence in missing_for_archive(replace(WHOLE, status=status))


def test_a_refused_application_needs_its_paper_and_nobody_s_identity():
    refused = DossierFacts(
        status=S.REFUSED, source=MediationSource.APPLIED, parties=BOTH, has_application=True
    )

    assert missing_for_archive(refused)[0] == "还没有出具不予受理、终止或移交的文书。"
    assert missing_for_archive(replace(refused, has_end_paper=True)) == ()


def test_a_court_is_asked_by_what_is_wanted_not_by_the_kind_of_dispute():
    assert why_not_confirmed(ConfirmationKind.SUPPORT) == ""
    assert why_not_confirmed(ConfirmationKind.FAMILY_PROPERTY) == ""
    assert "身份关系" in why_not_confirmed(ConfirmationKind.STATUS)
    assert "确权" in why_not_confirmed(ConfirmationKind.TITLE)
    refused = [kind for kind in ConfirmationKind if why_not_confirmed(kind)]
    assert len(refused) == 4

"""The statistics of mediations count every one once and round half up."""

from datetime import date

from desk.rules.mediation_codes import (
    AgreementKind,
    Difficulty,
    DisputeKind,
    MediationSource,
    Performance,
)
from desk.rules.mediation_report import CountedMediation, mediation_report

JUNE = {"first": date(2026, 6, 1), "last": date(2026, 6, 30)}


def one(kind=DisputeKind.LABOUR, source=MediationSource.APPLIED, **more):
    facts = {"difficulty": Difficulty.ORDINARY, "is_closed": True} | more
    return CountedMediation(kind=kind, source=source, **facts)


def test_a_month_without_mediations_has_no_rate():
    report = mediation_report([], **JUNE)

    assert (report["total"], report["closed"], report["success_rate"]) == (0, 0, None)
    assert report["by_kind"] == []
    assert (report["from"], report["to"]) == ("2026-06-01", "2026-06-30")


def test_kinds_stand_in_their_fixed_order_with_their_shares():
    report = mediation_report(
        [one(DisputeKind.PROPERTY), one(), one(), one(DisputeKind.FAMILY)], **JUNE
    )

    assert report["by_kind"] == [
        {"key": "婚姻家庭", "count": 1, "share": "25.00"},
        {"key": "劳动争议", "count": 2, "share": "50.00"},
        {"key": "物业", "count": 1, "share": "25.00"},
    ]
    assert report["by_source"] == [{"key": "申请", "count": 4, "share": "100.00"}]
    assert report["by_difficulty"] == [{"key": "一般", "count": 4, "share": "100.00"}]


def test_success_is_counted_among_those_that_ended():
    settled = one(
        agreement=AgreementKind.WRITTEN,
        amount_fen=1_200_050,
        performance=Performance.PERFORMED,
        is_confirmed=True,
    )
    oral = one(agreement=AgreementKind.ORAL, performance=Performance.INSTALMENTS, is_closed=False)
    going_on = one(is_closed=False)

    report = mediation_report([settled, oral, one(), going_on], **JUNE)

    assert (report["total"], report["closed"], report["succeeded"]) == (4, 3, 2)
    assert report["success_rate"] == "66.67"
    assert (report["written"], report["oral"]) == (1, 1)
    assert report["amount"] == 12000.5
    assert (report["performed"], report["judicial_confirmations"]) == (1, 1)


def test_whole_yuan_stay_whole():
    report = mediation_report(
        [one(agreement=AgreementKind.WRITTEN, amount_fen=300_000)] * 2, **JUNE
    )

    assert report["amount"] == 6000
    assert isinstance(report["amount"], int)

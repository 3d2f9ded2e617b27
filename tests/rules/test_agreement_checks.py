"""Each of the four elements of an agreement is asked for with a sentence of its own."""

from dataclasses import replace
from datetime import date

import pytest

from desk.rules.agreement_checks import AgreementFacts, PartyFacts, agreement_gaps
from desk.rules.instalments import PlannedInstalment
from desk.rules.mediation_codes import AgreementKind, PartyKind

PERSON = PartyFacts("陈桂芳", PartyKind.PERSON, phone="13800000023", has_signed=True)
COMPANY = PartyFacts(
    "安居物业公司",
    PartyKind.ORGANISATION,
    address="青榕路1号",
    represented_by="罗仁",
    has_signed=True,
)
WHOLE = AgreementFacts(
    kind=AgreementKind.WRITTEN,
    parties=(PERSON, COMPANY),
    facts="漏水致天花板发霉。",
    terms="物业赔偿 12000 元。",
    way="转账。",
    term="分两期付清。",
    amount_fen=12_000_00,
    plan=(
        PlannedInstalment(6_000_00, date(2026, 12, 1)),
        PlannedInstalment(6_000_00, date(2027, 1, 1)),
    ),
    has_payer=True,
    has_payee=True,
    mediator_signed=True,
    is_sealed=True,
)


def said(agreement):
    """Return which fields are at fault."""
    return [gap.field for gap in agreement_gaps(agreement)]


def test_a_whole_agreement_lacks_nothing():
    assert said(WHOLE) == []


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"parties": (replace(PERSON, phone=""), COMPANY)}, ["parties"]),
        ({"parties": (PERSON, replace(COMPANY, represented_by=""))}, ["parties"]),
        ({"facts": " "}, ["facts"]),
        ({"terms": ""}, ["terms"]),
        ({"way": ""}, ["way"]),
        ({"term": ""}, ["term"]),
        ({"plan": ()}, ["plan"]),
        ({"plan": (), "is_paid_at_once": True}, []),
        ({"plan": WHOLE.plan[:1]}, ["plan"]),
        ({"has_payee": False}, ["payer"]),
        ({"amount_fen": 0}, ["amount"]),
        ({"amount_fen": 0, "plan": (), "has_payer": False, "has_payee": False}, []),
        ({"parties": (PERSON, replace(COMPANY, has_signed=False))}, ["signed_by"]),
        ({"mediator_signed": False, "is_sealed": False}, ["mediator_signed", "is_sealed"]),
    ],
)
def test_what_is_missing_is_named(change, fields):
    assert said(replace(WHOLE, **change)) == fields


def test_an_oral_agreement_needs_no_signatures_of_parties_and_no_seal():
    unsigned = tuple(replace(party, has_signed=False) for party in WHOLE.parties)
    oral = replace(WHOLE, kind=AgreementKind.ORAL, parties=unsigned, is_sealed=False)
    assert said(oral) == []
    assert said(replace(oral, mediator_signed=False)) == ["mediator_signed"]

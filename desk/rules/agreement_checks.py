"""What an agreement must say (协议四要素): article 29 of the 人民调解法, each with a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.rules.instalments import PlannedInstalment, plan_trouble
from desk.rules.mediation_codes import AgreementKind, PartyKind


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """One party as an agreement names it."""

    name: str
    kind: PartyKind
    phone: str = ""
    address: str = ""
    represented_by: str = ""
    has_signed: bool = False


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """An agreement as it is about to be made.

    Attributes:
        is_paid_at_once: the money changed hands in the room; no plan is needed.
    """

    kind: AgreementKind
    parties: tuple[PartyFacts, ...]
    facts: str
    terms: str
    way: str
    term: str
    amount_fen: int = 0
    plan: Sequence[PlannedInstalment] = ()
    has_payer: bool = False
    has_payee: bool = False
    is_paid_at_once: bool = False
    mediator_signed: bool = False
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing an agreement lacks: the field it is about, and what to do."""

    field: str
    sentence: str


def agreement_gaps(agreement: AgreementFacts) -> tuple[Gap, ...]:
    """Return everything that keeps an agreement from being made, in the order of the law."""
    return (
        *_party_gaps(agreement.parties),
        *_word_gaps(agreement),
        *_money_gaps(agreement),
        *_signature_gaps(agreement),
    )


def _party_gaps(parties: tuple[PartyFacts, ...]) -> list[Gap]:
    gaps = []
    for party in parties:
        if not party.phone and not party.address:
            gaps.append(
                Gap("parties", f"{party.name} 的电话和住址都没有，请先补上一样（当事人基本情况）。")
            )
        if party.kind is PartyKind.ORGANISATION and not party.represented_by:
            gaps.append(Gap("parties", f"{party.name} 是单位，请先补上法定代表人。"))
    return gaps


def _word_gaps(agreement: AgreementFacts) -> list[Gap]:
    wanted = (
        ("facts", agreement.facts, "请写纠纷的主要事实、争议事项。"),
        ("terms", agreement.terms, "请写达成的协议内容和各方的责任。"),
        ("way", agreement.way, "请写履行方式，例如现金、转账、当面道歉。"),
        ("term", agreement.term, "请写履行期限，例如签字时一次付清。"),
    )
    return [Gap(field, sentence) for field, words, sentence in wanted if not words.strip()]


def _money_gaps(agreement: AgreementFacts) -> list[Gap]:
    if not agreement.amount_fen:
        return [Gap("amount", "有分期就要写协议金额。")] if agreement.plan else []
    gaps = []
    if not agreement.has_payer or not agreement.has_payee:
        gaps.append(Gap("payer", "有金额的，请选谁付给谁。"))
    if agreement.plan:
        trouble = plan_trouble(agreement.amount_fen, agreement.plan)
        if trouble:
            gaps.append(Gap("plan", trouble))
    elif not agreement.is_paid_at_once:
        gaps.append(Gap("plan", "没有当场付清的，请排出每一期的日期和金额；一次付也是一期。"))
    return gaps


def _signature_gaps(agreement: AgreementFacts) -> list[Gap]:
    gaps = []
    if agreement.kind is AgreementKind.WRITTEN:
        gaps += [
            Gap("signed_by", f"{party.name} 还没有签名、盖章或按指印。")
            for party in agreement.parties
            if not party.has_signed
        ]
    if not agreement.mediator_signed:
        gaps.append(Gap("mediator_signed", "调解员还没有签名。"))
    if agreement.kind is AgreementKind.WRITTEN and not agreement.is_sealed:
        gaps.append(Gap("is_sealed", "协议书还没有盖调委会的印章，盖章后生效。"))
    return gaps

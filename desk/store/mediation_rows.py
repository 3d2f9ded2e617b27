"""Rows of the papers with which a mediation begins and ends (申请、受理、通知、终止、结案)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from desk.rules.codes import PaperState
from desk.rules.mediation_codes import (
    MediationFileKind,
    MediationStatus,
    PartyKind,
    PartySide,
)
from desk.rules.mediation_codes import (
    MediationSource as CameBy,
)
from desk.rules.mediation_papers import EXTENSION, NUMBERED_APART
from desk.rules.papers import PAPER_TITLES
from desk.rules.wording import label
from desk.store.letterheads import letterhead_of
from desk.store.mediation_session_rows import SESSION_BUILDERS
from desk.store.mediation_source import (
    SIGN,
    MediationSource,
    meeting,
    on_day,
    party_cells,
    party_signers,
    party_words,
    salutation_of,
)
from desk.store.models import (
    Mediation,
    MediationCompanion,
    MediationContent,
    MediationFile,
    MediationParty,
    Paper,
)
from desk.store.paper_source import Row, Writing

_BY_HAND = "　　　　年　　月　　日"
NO_CASE = 0  # in the square code of a paper that belongs to no case
_NO_SEAL = frozenset(
    {"mediation-application", "mediation-investigation", "mediation-power", "mediation-address"}
    | {"mediation-record", "mediation-rights", "judicial-confirmation", EXTENSION}
)
_HOW_IT_CAME = MappingProxyType(
    {
        CameBy.APPLIED: "依当事人申请",
        CameBy.PROACTIVE: "主动调解",
        CameBy.ENTRUSTED: "受委托、移送",
    }
)
# In the words of the form, not of the ledger (DOMAIN.md 2.13 (4), (11)).
_SOURCES = MappingProxyType(
    {
        CameBy.APPLIED: "当事人申请",
        CameBy.PROACTIVE: "主动调解",
        CameBy.ENTRUSTED: "委托移送",
    }
)
_BRING = ("本人居民身份证", "与纠纷有关的合同、票据、照片等材料")
_BRING_OF_ORGANISATION = (
    "营业执照复印件和法定代表人身份证明",
    "授权委托书和到场人的居民身份证",
    "与纠纷有关的合同、票据、照片等材料",
)


def mediation_paper_row(
    tx: Writing, mediation: Mediation, code: str, *, number: str, paper_id: int, about: Any
) -> Row:
    """Return the row of a paper of a mediation, under the committee's letterhead."""
    content = tx.session.get_one(MediationContent, mediation.id)
    head = letterhead_of(tx.session, tx.street_id, tx.today, "committee")
    source = MediationSource(tx, mediation, content, head, about)
    common: Row = {
        "number": number,
        "serial": f"{mediation.number}-{paper_id % 10**8:08}",
        "qr": f"CD1:{NO_CASE}:{code}:{paper_id}",
        "office": head.issuer,
        "seal_place": code not in _NO_SEAL,
        "filled_by": tx.person_name,
        "checked_by": None,
        "filled_on": on_day(tx.today),
        "dispute": content.title,
    }
    if code in NUMBERED_APART:
        common["file_number"] = mediation.number
    return common | _BUILDERS[code](source)


def _application(source: MediationSource) -> Row:
    applicants = source.parties(PartySide.APPLICANT)
    others = source.parties(PartySide.RESPONDENT, PartySide.THIRD)
    return {
        "applicants": [party_cells(source, party) for party in applicants],
        "respondents": [party_cells(source, party) for party in others],
        "facts": source.content.facts,
        "requests": list(source.content.requests),
        "received_on": on_day(source.mediation.received_on),
        "signers": [{"caption": f"{label(party.side)} {party.name}{SIGN}"} for party in applicants],
    }


def _acceptance(source: MediationSource) -> Row:
    mediation = source.mediation
    return {
        "accepted_on": on_day(mediation.accepted_on),
        "why": _HOW_IT_CAME[mediation.source],
        "between": source.between(),
        "facts": source.content.facts,
        "signers": party_signers(source),
        "registrar": source.staff(mediation.registered_by),
        **_kinds(source),
    }


def _kinds(source: MediationSource) -> Row:
    mediation = source.mediation
    return {
        "kind": label(mediation.kind),
        "difficulty": label(mediation.difficulty),
        "source": _SOURCES[mediation.source],
        "entrusted_by": label(mediation.entrusted_by) if mediation.entrusted_by else None,
    }


def _rights(source: MediationSource) -> Row:
    return {"signers": party_signers(source)}


def _notice(source: MediationSource) -> Row:
    """Return the notice for one party: the one it is about, else who applied."""
    party: MediationParty = source.about or source.parties()[0]
    is_person = party.kind is PartyKind.PERSON
    appointment = source.appointment()
    mediator = source.mediator_name(appointment.mediator_id) if appointment else None
    return {
        "salutation": salutation_of(party),
        "addressee": party.name,
        "opponents": source.opponents(party),
        "mediator": mediator or source.mediator(),
        "bring": list(_BRING if is_person else _BRING_OF_ORGANISATION),
        "contact": source.contact(),
        "signed_on": on_day(source.tx.today),
        **meeting(source, appointment),
    }


def _power(source: MediationSource) -> Row:
    """Return the power of an agent; of a party alone, with the agent left for handwriting."""
    about = source.about
    agent = about if isinstance(about, MediationCompanion) else None
    key = agent.party_id if agent else getattr(about, "id", None)
    parties = source.parties()
    party = next((one for one in parties if one.id == key), parties[0])
    said = (agent.name, agent.id_number, agent.phone) if agent else ()
    return {
        "principal": party_words(source, party, alone=True)["about"],
        "agent": "，".join(filter(None, said)) or None,
        "powers": agent.powers if agent else None,
        "opponents": source.opponents(party),
        "signers": [
            {"caption": "委托人（签名、盖章或按指印）"},
            {"caption": "受委托人（签名）"},
        ],
    }


def _address(source: MediationSource) -> Row:
    """Return where one party wants his letters: the one it is about, else who applied."""
    party: MediationParty = source.about or source.parties()[0]
    return {
        "party": party_words(source, party, alone=True)["about"],
        "address": party.serve_address or party.address,
        "recipient": party.name,
        "phone": party.phone,
        "signers": [{"caption": f"{label(party.side)} {party.name}{SIGN}"}],
    }


def _extension(source: MediationSource) -> Row:
    """Return the consent to go on until a day: the one it is about, else as it was extended.

    Where nobody has said until when, the day is left for handwriting.
    """
    mediation = source.mediation
    is_recorded = source.about is None and mediation.due_on != mediation.original_due_on
    due_on = mediation.original_due_on if is_recorded else mediation.due_on
    until = mediation.due_on if is_recorded else source.about
    return {
        "between": source.between(),
        "accepted_on": on_day(mediation.accepted_on),
        "due_on": on_day(due_on),
        "until": on_day(until),
        "by_hand": None if until else _BY_HAND,
        "mediator": source.mediator(),
        "signers": [*party_signers(source), {"caption": "人民调解员（签名）"}],
    }


def _to_all(source: MediationSource, *sides: PartySide) -> Row:
    """Return how a letter to several parties addresses them."""
    parties = source.parties(*sides) or source.parties()
    return {
        "salutation": "、".join(salutation_of(party) for party in parties),
        "addressee": "、".join(party.name for party in parties),
        "between": source.between(),
        "contact": source.contact(),
        "signed_on": on_day(source.tx.today),
    }


def _refusal(source: MediationSource) -> Row:
    mediation = source.mediation
    return _to_all(source, PartySide.APPLICANT) | {
        "received_on": on_day(mediation.received_on),
        "reason": mediation.refusal_reason,
        "guidance": mediation.guidance,
    }


_HOW_IT_ENDED = MappingProxyType(
    {
        MediationStatus.NOT_SETTLED: "经调解，双方未能达成协议，本次调解结束",
        MediationStatus.WITHDRAWN: "当事人已撤回调解申请，本次调解终止",
        MediationStatus.HANDED_OVER: "本纠纷已移交有关单位处理，本次调解终止",
    }
)


def _termination(source: MediationSource) -> Row:
    mediation = source.mediation
    return _to_all(source) | {
        "accepted_on": on_day(mediation.accepted_on or mediation.received_on),
        "began": "受理" if mediation.accepted_on else "收到申请",
        "how": _HOW_IT_ENDED.get(mediation.status, "本次调解终止"),
        "reason": label(mediation.end_reason) if mediation.end_reason else None,
    }


def _handover(source: MediationSource) -> Row:
    mediation = source.mediation
    return {
        "to": mediation.guidance or "有关单位",
        "between": source.between(),
        "received_on": on_day(mediation.received_on),
        "kind": label(mediation.kind),
        "facts": source.content.facts,
        "reason": mediation.refusal_reason or _why_handed_over(source),
        "papers": _enclosed(source),
        "contact": source.contact(),
        "signed_on": on_day(source.tx.today),
    }


def _why_handed_over(source: MediationSource) -> str | None:
    """Return the reason as it was written down with the outcome: “移交 住建局：属于…”."""
    begins = f"移交 {source.mediation.guidance}："
    said = [line for line in (source.content.note or "").split("\n") if line.startswith(begins)]
    return said[-1].removeprefix(begins) if said else None


def _enclosed(source: MediationSource) -> list[str]:
    """Return what goes along with a handover: the papers so far, and what was brought."""
    titles = source.tx.session.scalars(
        select(Paper.code)
        .where(Paper.mediation_id == source.mediation.id, Paper.state != PaperState.VOID)
        .order_by(Paper.id)
    )
    inside = {MediationFileKind.IDENTITY, MediationFileKind.EVIDENCE}
    files = [
        file.name
        for file in source.all(MediationFile)
        if file.kind in inside and file.withdrawn_reason is None
    ]
    return [*dict.fromkeys(PAPER_TITLES[code] for code in titles), *dict.fromkeys(files)]


def _closing(source: MediationSource) -> Row:
    mediation = source.mediation
    return {
        "between": source.between(),
        "unit": source.head.issuer,
        "mediator": source.mediator(),
        "accepted_on": on_day(mediation.accepted_on),
        "ended_on": on_day(mediation.ended_on),
        "facts": source.content.facts,
        "outcome": _outcome(source),
        **_kinds(source),
    }


def _outcome(source: MediationSource) -> str:
    """Return how it ended, in words (调处结果)."""
    mediation = source.mediation
    said = [
        label(mediation.status),
        label(mediation.agreement_kind) if mediation.agreement_kind else "",
        f"协议金额 {mediation.amount_fen / 100:,.2f} 元" if mediation.amount_fen else "",
        f"履行情况：{label(mediation.performance)}" if mediation.performance else "",
        "已经人民法院司法确认" if mediation.confirmed_on else "",
        label(mediation.end_reason) if mediation.end_reason else "",
        mediation.refusal_reason or "",
        mediation.guidance or "",
    ]
    return "；".join(filter(None, said)) + "。"


_BUILDERS: Mapping[str, Callable[[MediationSource], Row]] = MappingProxyType(
    {
        "mediation-application": _application,
        "mediation-acceptance": _acceptance,
        "mediation-rights": _rights,
        "mediation-notice": _notice,
        "mediation-power": _power,
        "mediation-address": _address,
        EXTENSION: _extension,
        "mediation-refusal": _refusal,
        "mediation-termination": _termination,
        "handover-letter": _handover,
        "mediation-closing": _closing,
        **SESSION_BUILDERS,
    }
)

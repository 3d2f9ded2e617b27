"""Rows of what is written in the room and after it (笔录、协议、回访、司法确认)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from desk.rules.mediation_codes import HelperRole, PartyKind
from desk.rules.moments import day_of
from desk.rules.papers import PAPER_TITLES
from desk.rules.wording import label
from desk.store.mediation_source import (
    MediationSource,
    money_words,
    on_day,
    party_cells,
    party_signers,
    party_words,
)
from desk.store.models import (
    Instalment,
    JudicialConfirmation,
    MediationAgreement,
    MediationFollowUp,
    MediationHelper,
    MediationInquiry,
    MediationSession,
)
from desk.store.paper_source import Row, on_paper

_PLAIN_SIGN = "（签名）"


def _investigation(source: MediationSource) -> Row:
    inquiry: MediationInquiry = source.about
    return {
        "asked_at": on_paper(inquiry.asked_at),
        "place": inquiry.place,
        "present": inquiry.present,
        "asked": inquiry.asked,
        "text": inquiry.text,
        "inquirer": inquiry.inquirer,
        "recorder": inquiry.recorder,
    }


def _record(source: MediationSource) -> Row:
    sitting: MediationSession = source.about
    mediator = source.mediator_name(sitting.mediator_id)
    return {
        "times": sitting.seq,
        "started_at": on_paper(sitting.started_at),
        "ended_at": on_paper(sitting.ended_at),
        "place": sitting.place,
        "reason": sitting.reason,
        "invited": list(sitting.invited),
        "parties": [party_words(source, party) for party in _present(source, sitting)],
        "mediator": mediator,
        "recorder": sitting.recorder,
        "recusal": _recusal(source, sitting),
        "blocks": [{"who": said["who"], "text": said["text"]} for said in sitting.blocks],
        "result": sitting.result,
        "signers": [
            *(
                {"caption": f"{label(party.side)} {party.name}{_PLAIN_SIGN}"}
                for party in _present(source, sitting)
            ),
            *_workers(mediator, sitting.recorder),
        ],
    }


def _present(source: MediationSource, sitting: MediationSession) -> list[Any]:
    """Return the parties that came, or were represented; all of them where nobody was noted."""
    came = {one.get("party") for one in sitting.attended}
    return [party for party in source.parties() if party.id in came] or source.parties()


def _recusal(source: MediationSource, sitting: MediationSession) -> list[str]:
    """Return what each party answered when asked whether he objects to the mediator (回避)."""
    names = {str(party.id): party.name for party in source.parties()}
    said = []
    for key, answer in sitting.recusal_answers.items():
        if str(key) in names:
            reason = answer.get("reason") or ""
            asks = f"申请回避，理由：{reason}" if answer.get("asks") else "不申请回避"
            said.append(f"{names[str(key)]}：{asks}")
    return said


def _workers(mediator: str | None, recorder: str | None) -> list[Row]:
    return [
        {"caption": f"人民调解员 {mediator or ''}".strip() + _PLAIN_SIGN},
        {"caption": f"记录人 {recorder or ''}".strip() + _PLAIN_SIGN},
    ]


def _recorder(source: MediationSource) -> str | None:
    """Return who kept the record: of the last sitting, else whom the case has for it."""
    sittings = source.all(MediationSession)
    if sittings:
        return str(sittings[-1].recorder)
    named = [
        helper.name
        for helper in source.all(MediationHelper)
        if helper.role is HelperRole.RECORDER and helper.until is None
    ]
    return named[-1] if named else source.staff(source.mediation.secretary_id)


def _agreement_of(source: MediationSource) -> MediationAgreement:
    return source.tx.session.get_one(MediationAgreement, source.mediation.id)


def _agreed(source: MediationSource) -> Row:
    """Return what both kinds of agreement say."""
    agreement = _agreement_of(source)
    # printed to be signed, an agreement has only its planned instalments yet
    fen = source.mediation.amount_fen or sum(row.amount_fen for row in source.all(Instalment))
    total, capital = money_words(fen) if fen else (None, None)
    return {
        "facts": agreement.facts,
        "terms": agreement.terms,
        "way": agreement.way,
        "term": agreement.term,
        "total": total,
        "total_capital": capital,
    }


def _agreement(source: MediationSource) -> Row:
    agreement = _agreement_of(source)
    signed = agreement.signed_at
    planned = [(row, money_words(row.amount_fen)) for row in source.all(Instalment)]
    return _agreed(source) | {
        "parties": [party_words(source, party) for party in source.parties()],
        "instalments": [
            {"due_on": on_day(row.due_on), "amount": figures, "capital": capital}
            for row, (figures, capital) in planned
        ],
        "copies": len(source.parties()) + 1,
        "signers": [
            *party_signers(source),
            *_workers(source.mediator(), _recorder(source)),
        ],
        "signed_on": on_day(day_of(signed)) if signed else None,
    }


def _oral_agreement(source: MediationSource) -> Row:
    return _agreed(source) | {
        "parties": [party_cells(source, party) for party in source.parties()],
        "agreed_on": on_day(source.mediation.effective_on),
        "mediator": source.mediator(),
        "recorder": _recorder(source),
    }


def _follow_up(source: MediationSource) -> Row:
    visit: MediationFollowUp = source.about
    return {
        "between": source.between(),
        "visited_on": on_day(visit.visited_on),
        "way": visit.way,
        "performance": label(visit.performance),
        "satisfaction": label(visit.satisfaction),
        "went_to_court": visit.went_to_court,
        "trouble": visit.trouble,
        "measures": visit.measures,
        "visited_by": source.staff(visit.visited_by),
    }


def _confirmation(source: MediationSource) -> Row:
    asked: JudicialConfirmation = source.about
    agreement = _agreement_of(source)
    parties = source.parties()
    has_organisation = any(party.kind is PartyKind.ORGANISATION for party in parties)
    proof = "申请人身份证明"
    if has_organisation:
        proof += "、营业执照复印件、法定代表人身份证明"
    return {
        "court": asked.court,
        "parties": [party_words(source, party, to_court=True) for party in parties],
        "agreed_on": on_day(source.mediation.effective_on),
        "facts": agreement.facts,
        "terms": agreement.terms,
        "attachments": [
            f"{PAPER_TITLES['mediation-agreement']}（{source.mediation.number}）",
            proof,
            "与协议有关的财产权利证明材料",
        ],
        "signers": party_signers(source),
        "signed_on": on_day(asked.applied_on),
    }


SESSION_BUILDERS: Mapping[str, Callable[[MediationSource], Row]] = MappingProxyType(
    {
        "mediation-investigation": _investigation,
        "mediation-record": _record,
        "mediation-agreement": _agreement,
        "mediation-oral-agreement": _oral_agreement,
        "mediation-followup": _follow_up,
        "judicial-confirmation": _confirmation,
    }
)

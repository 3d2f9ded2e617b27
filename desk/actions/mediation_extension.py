"""Going on longer than the days (延长调解期限): every party agrees, on paper (DOMAIN.md 6.5)."""

from dataclasses import dataclass
from datetime import date

from desk.actions.mediation_papers import issue_for_mediation
from desk.actions.mediation_parties import live_parties
from desk.rules.errors import RuleBroken
from desk.rules.mediation_due import require_longer
from desk.rules.mediation_papers import EXTENSION, MEDIATION_TITLES
from desk.rules.mediation_rights import MediationDeed
from desk.store.mediation_access import open_mediation
from desk.store.requests import Changes, MediationRequest, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Consent:
    """When a party agreed to go on longer."""

    party: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendMediation(MediationRequest):
    """Go on longer than the days, with the consent of every party."""

    due_on: date
    consents: tuple[Consent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueExtension(MediationRequest):
    """Issue the form on which the parties agree to go on (延长调解期限同意书), to be signed.

    Attributes:
        due_on: until when they want to go on.
    """

    due_on: date


@action(ExtendMediation, "mediation.extended")
def extend_mediation(tx: Transaction, request: ExtendMediation) -> Changes:
    """Go on longer; the day that was first due stays in the file.

    Raises:
        RuleBroken: a party has not agreed, or the day is not later.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.EXTEND)
    assert mediation.due_on is not None  # noqa: S101 - it was accepted
    require_longer(mediation.due_on, request.due_on)
    agreed = {one.party: one.on for one in request.consents}
    parties = live_parties(tx, mediation)
    silent = [party.name for party in parties if party.id not in agreed]
    if silent:
        raise RuleBroken(
            f"延长要每一方都同意，{'、'.join(silent)} 还没有，请问过后再记。", field="consents"
        )
    for party in parties:
        if agreed[party.id] > tx.today:
            raise RuleBroken("同意延长的日期不能晚于今天，请改一下。", field="consents")
        party.agreed_longer_on = agreed[party.id]
    mediation.due_on = request.due_on
    return Changes(f"经各方同意，延长到 {request.due_on:%Y-%m-%d}", mediations=(mediation.id,))


@action(IssueExtension, "mediation.extension_issued")
def issue_extension(tx: Transaction, request: IssueExtension) -> Changes:
    """Issue the form; the days go on as they were until the consents are recorded.

    Raises:
        RuleBroken: the day is not later.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.EXTEND)
    assert mediation.due_on is not None  # noqa: S101 - it was accepted
    require_longer(mediation.due_on, request.due_on)
    paper = issue_for_mediation(tx, mediation, EXTENSION, about=request.due_on)
    return Changes(
        f"出具{MEDIATION_TITLES[EXTENSION]} {paper.number}",
        mediations=(mediation.id,),
        made={"paper": paper.id, "number": paper.number},
    )

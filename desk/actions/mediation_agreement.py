"""The agreement (调解协议): drafted beside the record, and made when all have signed.

The four elements are those of article 29 of the 人民调解法; a written agreement holds from the day
on which it is signed and sealed, an oral one from the day on which it was reached (DOMAIN.md 6.5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete

from desk.actions.mediation_performance import go_to_follow_up
from desk.actions.mediation_record import require_same_saving
from desk.actions.mediation_sessions import close_open_session, parties_of
from desk.rules.agreement_checks import AgreementFacts, PartyFacts, agreement_gaps
from desk.rules.errors import RuleBroken
from desk.rules.instalments import PlannedInstalment
from desk.rules.mediation_codes import (
    AgreementKind,
    MediationStatus,
    Performance,
    SignWay,
)
from desk.rules.mediation_life import require_mediation_move
from desk.rules.mediation_rights import MediationDeed
from desk.rules.moments import in_shanghai
from desk.rules.money import MOST_FEN
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import amount, words
from desk.store.ids import new_id
from desk.store.mediation_access import open_mediation
from desk.store.models import Instalment, Mediation, MediationAgreement, MediationParty
from desk.store.requests import Changes, MediationRequest, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAgreement(Request):
    """Save the draft of the agreement as it is now.

    Attributes:
        saved_at: when it had been saved as far as the writer knows; None = never.
        plan: what is to be paid when, as it will be printed to be signed; None leaves it.

    Made: {"saved_at": when it is saved now}.
    """

    mediation: int
    saved_at: datetime | None
    facts: str = words("纠纷事实、争议事项", Field.BODY, default="")
    terms: str = words("协议内容", Field.BODY, default="")
    way: str = words("履行方式", Field.BODY, default="")
    term: str = words("履行时限", Field.BODY, default="")
    payer: int | None = None
    payee: int | None = None
    plan: tuple[PlannedInstalment, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartySignature:
    """How one party signed."""

    party: int
    way: SignWay


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleMediation(MediationRequest):
    """Make the agreement: from now on its performance is followed.

    Attributes:
        plan: what is to be paid when; nothing where nothing is paid, or all was paid at once.
        is_done_at_once: what was agreed was done in the room (即时履行).
    """

    kind: AgreementKind
    facts: str = words("纠纷事实、争议事项", Field.BODY)
    terms: str = words("协议内容", Field.BODY)
    way: str = words("履行方式", Field.BODY)
    term: str = words("履行时限", Field.BODY)
    amount_fen: int = amount("协议金额", most=MOST_FEN, default=0)
    payer: int | None = None
    payee: int | None = None
    plan: tuple[PlannedInstalment, ...] = ()
    is_done_at_once: bool = False
    signed_by: tuple[PartySignature, ...] = ()
    mediator_signed: bool = False
    is_sealed: bool = False


@action(SaveAgreement, "mediation.agreement_saved")
def save_agreement(tx: Transaction, request: SaveAgreement) -> Changes:
    """Keep the draft; the record beside it goes on undisturbed.

    Raises:
        StaleCase: somebody else saved the draft meanwhile.
        RuleBroken: who pays or is paid is no party of this mediation.
    """
    mediation = open_mediation(tx, request.mediation, None, MediationDeed.SETTLE)
    draft = tx.session.get(MediationAgreement, mediation.id)
    if draft is not None:
        require_same_saving(tx, draft.saved_at, draft.saved_by, request.saved_at, "协议草稿")
    _write(tx, mediation, request)
    if request.plan is not None:
        plan_instalments(tx, mediation, request.plan)
    return Changes(
        "写入协议草稿", mediations=(mediation.id,), made={"saved_at": tx.now.isoformat()}
    )


@action(SettleMediation, "mediation.settled")
def settle_mediation(tx: Transaction, request: SettleMediation) -> Changes:
    """Make the agreement, and end the sitting in which it was reached.

    What was done in the room (即时履行) needs no looking after: the follow-up comes next.

    Raises:
        RuleBroken: one of the four elements, a signature or the seal is missing, the instalments
            do not come to the amount, or one of them is due before the agreement holds.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.SETTLE)
    target = MediationStatus.FOLLOW_UP if request.is_done_at_once else MediationStatus.SETTLED
    require_mediation_move(mediation.status, target)
    effective = in_shanghai(request.happened_at).date()
    _require_whole(tx, mediation, request, effective)
    agreement = _write(tx, mediation, request)
    agreement.signed_by = {str(one.party): str(one.way) for one in request.signed_by}
    agreement.signed_at = request.happened_at
    plan_instalments(tx, mediation, request.plan)
    mediation.agreement_kind = request.kind
    mediation.amount_fen = request.amount_fen or None
    mediation.effective_on = effective
    said = f"达成{label(request.kind)}协议"
    if request.is_done_at_once:
        go_to_follow_up(tx, mediation, Performance.AT_ONCE)
        said += f"，{label(Performance.AT_ONCE)}，转回访"
    else:
        mediation.status = target
        mediation.performance = (
            Performance.INSTALMENTS if request.plan else Performance.NOT_PERFORMED
        )
    close_open_session(tx, mediation, request.happened_at, f"{said}。")
    return Changes(said, mediations=(mediation.id,))


def _write(
    tx: Transaction, mediation: Mediation, request: SaveAgreement | SettleMediation
) -> MediationAgreement:
    parties = parties_of(tx, mediation)
    for field, party in (("payer", request.payer), ("payee", request.payee)):
        if party is not None and party not in parties:
            raise RuleBroken("付款和收款的要是本案当事人，请重新选择。", field=field)
    if request.payer is not None and request.payer == request.payee:
        raise RuleBroken("付款和收款的不能是同一方。", field="payee")
    row = tx.session.get(MediationAgreement, mediation.id)
    if row is None:
        row = MediationAgreement(mediation_id=mediation.id, street_id=tx.street_id, signed_by={})
        tx.session.add(row)
    row.facts, row.terms, row.way, row.term = (
        request.facts,
        request.terms,
        request.way,
        request.term,
    )
    row.payer_id, row.payee_id = request.payer, request.payee
    row.saved_at, row.saved_by = tx.now, tx.person.staff_id
    return row


def _require_whole(
    tx: Transaction, mediation: Mediation, request: SettleMediation, effective: date
) -> None:
    parties = parties_of(tx, mediation)
    signed = {one.party for one in request.signed_by}
    gaps = agreement_gaps(
        AgreementFacts(
            kind=request.kind,
            parties=tuple(_facts_of(row, signed) for row in parties.values()),
            facts=request.facts,
            terms=request.terms,
            way=request.way,
            term=request.term,
            amount_fen=request.amount_fen,
            plan=request.plan,
            has_payer=request.payer is not None,
            has_payee=request.payee is not None,
            is_paid_at_once=request.is_done_at_once,
            mediator_signed=request.mediator_signed,
            is_sealed=request.is_sealed,
        )
    )
    if gaps:
        raise RuleBroken(gaps[0].sentence, field=gaps[0].field)
    if request.plan and request.plan[0].due_on < effective:
        raise RuleBroken("第 1 期的日期早于协议签订日，请改正。", field="plan")
    if request.plan and request.is_done_at_once:
        raise RuleBroken("当场付清的不用分期；要分期请去掉“当场履行”。", field="plan")


def _facts_of(row: MediationParty, signed: Iterable[int]) -> PartyFacts:
    return PartyFacts(
        name=row.name,
        kind=row.kind,
        phone=row.phone or "",
        address=row.address or "",
        represented_by=row.represented_by or "",
        has_signed=row.id in signed,
    )


def plan_instalments(
    tx: Transaction, mediation: Mediation, plan: tuple[PlannedInstalment, ...]
) -> None:
    """Put these instalments in the place of those that were planned before."""
    tx.session.execute(delete(Instalment).where(Instalment.mediation_id == mediation.id))
    tx.add(
        *(
            Instalment(
                id=new_id(),
                street_id=tx.street_id,
                mediation_id=mediation.id,
                seq=seq,
                amount_fen=part.amount_fen,
                due_on=part.due_on,
                paid_fen=0,
            )
            for seq, part in enumerate(plan, start=1)
        )
    )

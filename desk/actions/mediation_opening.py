"""Opening a mediation (申请、受理): on its own or from a case, accepted or refused (6.5 M0)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from desk.actions.intake_checks import has_words, require_row
from desk.actions.mediation_parties import (
    PartyFacts,
    accepted_parties,
    add_parties,
    check_party,
    party_of,
)
from desk.actions.numbers import take_number
from desk.rules.codes import ClockKind, Role
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.mediation_acceptance import require_acceptable, require_source
from desk.rules.mediation_codes import (
    Difficulty,
    DisputeKind,
    EntrustedBy,
    MediationSource,
    MediationStatus,
)
from desk.rules.mediation_exclusions import Exclusion, ticked
from desk.rules.mediation_life import OPEN_MEDIATIONS, require_mediation_move
from desk.rules.mediation_rights import MediationDeed
from desk.rules.numbering import NumberKind, number_year
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.mediation_access import open_mediation
from desk.store.mediation_limits import MediationLimits
from desk.store.models import Case, Mediation, MediationContent, Unit
from desk.store.requests import Changes, MediationRequest, Request, action
from desk.store.transaction import Transaction

OPENED = "mediation.opened"
_NEUTRAL = "登记关联事项"  # the case's other readers do not learn that there is a mediation (9.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMediation(Request):
    """Take in an application, or a dispute the committee takes up by itself.

    Attributes:
        title: the dispute in a few words; by default its kind.
        case: the case it comes from, and the version of it that was on screen.
        is_private: boards name nobody (不公开).
        staggers: the sides must not meet on the way in (需错开入场); no reason is kept.
    """

    kind: DisputeKind
    parties: tuple[PartyFacts, ...]
    facts: str = words("纠纷简要情况", Field.BODY)
    mediation: int = field(default_factory=new_id)
    case: int | None = None
    case_seen: int | None = None
    title: str = words("纠纷名称", default="")
    requests: tuple[str, ...] = words("申请事项", Field.BODY, default=())
    site: str = words("纠纷发生地", default="")
    note: str = words("备注", Field.BODY, default="")
    source: MediationSource = MediationSource.APPLIED
    entrusted_by: EntrustedBy | None = None
    difficulty: Difficulty = Difficulty.ORDINARY
    community: int | None = None
    exclusions: tuple[Exclusion, ...] = ()
    is_private: bool = False
    staggers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptMediation(MediationRequest):
    """Accept a mediation; its days are counted from then.

    Attributes:
        exclusions: which of the five apply; none may.
        consents: parties who agree to mediation today.
        accepted_on: today by default.
    """

    exclusions: tuple[Exclusion, ...] = ()
    consents: tuple[int, ...] = ()
    accepted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseMediation(MediationRequest):
    """Refuse a mediation, and say where to go instead."""

    exclusions: tuple[Exclusion, ...] = ()
    reason: str = words("不予受理的理由")
    guidance: str = words("引导去处")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectMediation(MediationRequest):
    """Correct facts; what is None stays as it is."""

    title: str | None = words("纠纷名称", default=None)
    facts: str | None = words("纠纷简要情况", Field.BODY, default=None)
    requests: tuple[str, ...] | None = words("申请事项", Field.BODY, default=None)
    site: str | None = words("纠纷发生地", default=None)
    note: str | None = words("备注", Field.BODY, default=None)
    kind: DisputeKind | None = None
    difficulty: Difficulty | None = None
    is_private: bool | None = None
    staggers: bool | None = None
    reason: str = words("更正的理由", default="")


@action(OpenMediation, OPENED)
def open_new_mediation(tx: Transaction, request: OpenMediation) -> Changes:
    """Take a dispute in and give it its number; the case it comes from is linked both ways.

    Raises:
        NotAllowed: the asker opens no mediations, or may not see the case.
        RuleBroken: no facts, no party with a name, or the case cannot go to mediation.
    """
    require_hall(Deed.OPEN_MEDIATION, tx.person)
    require_source(request.source, request.entrusted_by)
    if not has_words(request.facts):
        raise RuleBroken("请写纠纷的简要情况，几句话就行。", field="facts")
    if not request.parties:
        raise RuleBroken("请至少写一位当事人。", field="parties")
    for party in request.parties:
        check_party(tx, None, party)
    require_row(tx, Unit, request.community, "社区", "community")
    case = _case(tx, request)
    mediation = _new_mediation(tx, request, case)
    tx.touched.append(mediation)
    tx.add(mediation)
    tx.add(
        MediationContent(
            mediation_id=mediation.id,
            street_id=tx.street_id,
            title=request.title or f"{label(request.kind)}纠纷",
            facts=request.facts,
            requests=[line for line in request.requests if line.strip()],
            site=request.site or None,
            note=request.note or None,
        )
    )
    add_parties(tx, mediation, request.parties)
    return Changes(
        "登记调解申请" if case is None else _NEUTRAL,
        cases=() if case is None else (case.id,),
        mediations=(mediation.id,),
        made={"mediation": mediation.id, "number": mediation.number},
    )


@action(AcceptMediation, "mediation.accepted")
def accept_mediation(tx: Transaction, request: AcceptMediation) -> Changes:
    """Accept a mediation: from today its days run (6.5 M0→M1).

    Raises:
        RuleBroken: an exclusion applies, a side or a consent is missing, or the day is wrong.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.ACCEPT)
    day = request.accepted_on or tx.today
    if not mediation.received_on <= day <= tx.today:
        raise RuleBroken(
            f"受理日要在申请日 {mediation.received_on:%Y-%m-%d} 之后，不能晚于今天。",
            field="accepted_on",
        )
    for party_id in request.consents:
        party = party_of(tx, mediation, party_id)
        party.agreed_on = party.agreed_on or tx.today
    require_acceptable(accepted_parties(tx, mediation), mediation.source, request.exclusions, day)
    require_mediation_move(mediation.status, MediationStatus.ACCEPTED)
    limits = MediationLimits(tx.session, tx.street_id, tx.today)
    mediation.status = MediationStatus.ACCEPTED
    mediation.exclusions = ticked(request.exclusions)
    mediation.accepted_on = day
    due_on = limits.last_day(ClockKind.MEDIATE, day)
    mediation.due_on = mediation.original_due_on = due_on
    if mediation.secretary_id is None and Role.SECRETARY in tx.person.roles:
        mediation.secretary_id = tx.person.staff_id
    said = "受理" if due_on is None else f"受理，{due_on:%m-%d} 前调解结束"
    return Changes(said, mediations=(mediation.id,))


@action(RefuseMediation, "mediation.refused")
def refuse_mediation(tx: Transaction, request: RefuseMediation) -> Changes:
    """Refuse a mediation; the people are told why and where to go (M0→N).

    Raises:
        RuleBroken: no reason, or no way to go.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.REFUSE)
    if not request.reason.strip():
        raise RuleBroken("请写不予受理的理由，会印在通知书上。", field="reason")
    if not request.guidance.strip():
        raise RuleBroken("请写当事人可以去哪里解决，会印在通知书上。", field="guidance")
    require_mediation_move(mediation.status, MediationStatus.REFUSED)
    mediation.status = MediationStatus.REFUSED
    mediation.exclusions = ticked(request.exclusions)
    mediation.refusal_reason, mediation.guidance = request.reason, request.guidance
    mediation.ended_on = tx.today
    return Changes("不予受理", mediations=(mediation.id,))


@action(CorrectMediation, "mediation.corrected")
def correct_mediation(tx: Transaction, request: CorrectMediation) -> Changes:
    """Correct what is written; the history says which field, never what stood there.

    Raises:
        RuleBroken: nothing differs, an empty title or no facts, or no reason once accepted.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.CORRECT)
    if mediation.status is not MediationStatus.APPLIED and not request.reason.strip():
        raise RuleBroken("已经受理，请写一句更正的理由。", field="reason")
    content = tx.session.get_one(MediationContent, mediation.id)
    changed = _corrected(content, mediation, request)
    if not changed:
        raise RuleBroken("没有不同的内容，不用保存。")
    return Changes(f"更正 {'、'.join(changed)}", mediations=(mediation.id,), detail=request.reason)


def _case(tx: Transaction, request: OpenMediation) -> Case | None:
    """Return the case it comes from; its history gets a line that names no mediation."""
    if request.case is None:
        return None
    case = tx.open_case(request.case, request.case_seen, Deed.TO_MEDIATION)
    if case.is_secret or case.accused_unit_id or case.accused_staff_id:
        raise RuleBroken("举报件、反映单位或工作人员的件不转调解，请按原来的渠道办理。")
    going_on = tx.session.scalar(
        select(Mediation.number).where(
            Mediation.case_id == case.id, Mediation.status.in_(OPEN_MEDIATIONS)
        )
    )
    if going_on is not None:
        raise RuleBroken("这一件已有一件关联事项在办，请先向调解秘书了解进展。")
    return case


def _new_mediation(tx: Transaction, request: OpenMediation, case: Case | None) -> Mediation:
    taken = take_number(tx, NumberKind.MEDIATION, number_year(request.happened_at))
    return Mediation(
        id=request.mediation,
        street_id=tx.street_id,
        number=taken.text,
        year=taken.year,
        seq=taken.seq,
        case_id=request.case,
        status=MediationStatus.APPLIED,
        kind=request.kind,
        source=request.source,
        entrusted_by=request.entrusted_by,
        difficulty=request.difficulty,
        community_id=request.community or (case.community_id if case is not None else None),
        is_private=request.is_private,
        staggers=request.staggers,
        is_imported=False,
        received_on=tx.today,
        registered_by=tx.person.staff_id,
        registered_at=tx.now,
        exclusions=ticked(request.exclusions),
        changed_at=tx.now,
    )


def _corrected(
    content: MediationContent, mediation: Mediation, request: CorrectMediation
) -> list[str]:
    wanted: tuple[tuple[Any, str, Any, str], ...] = (
        (content, "title", request.title, "纠纷名称"),
        (content, "facts", request.facts, "纠纷简要情况"),
        (content, "requests", None if request.requests is None else list(request.requests),
         "申请事项"),
        (content, "site", request.site, "纠纷发生地"),
        (content, "note", request.note, "备注"),
        (mediation, "kind", request.kind, "纠纷类型"),
        (mediation, "difficulty", request.difficulty, "难易程度"),
        (mediation, "is_private", request.is_private, "是否公开"),
        (mediation, "staggers", request.staggers, "是否错开入场"),
    )  # fmt: skip
    changed = []
    for row, name, value, what in wanted:
        if value is None or value == (getattr(row, name) or type(value)()):
            continue
        if name in {"title", "facts"} and not has_words(value):
            raise RuleBroken(f"“{what}”不能改成空的。", field=name)
        setattr(row, name, value if value != "" else None)
        changed.append(what)
    return changed

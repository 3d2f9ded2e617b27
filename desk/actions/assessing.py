"""Requests about the assessment of a case (剔除申请、差评申诉): asked, signed desk by desk.

Until the last desk has agreed the case counts as it did. A granted request changes only what is
counted: a fact or a word of the appellant stays where it was said, and the first rating stays on
the request. Sources: DOMAIN.md 2.9, 4.2, 001-6, 002-21.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk.actions.checklists import CheckSaid, keep_answers
from desk.actions.papers import issue, replace_paper
from desk.actions.sign_desks import answering_desk
from desk.rules.assessment_codes import ExclusionReason, RequestKind, RequestState
from desk.rules.assessment_requests import (
    PENDING,
    Rating,
    lies_with,
    next_state,
    require_exclusion,
    require_new_rating,
    require_note,
)
from desk.rules.codes import Resolution, Satisfaction
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.leader_case_codes import CheckOccasion
from desk.rules.moments import day_of
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import AssessmentRequest, AssessmentStep, Attachment, Case, Paper
from desk.store.rate_rules import hall_rate_rules
from desk.store.request_desks import request_desk
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction

K, S = RequestKind, RequestState
_PAPER = "exclusion-request"
_REASON = 200  # characters that a case keeps of why it does not count


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAssessment(CaseRequest):
    """Ask to leave a case out of the rates (剔除申请), or to count a new rating (差评申诉).

    Attributes:
        reasons: for an exclusion; evidence: ids of attachments of this case.
        was_contacted, resolution, satisfaction: what the appellant says now, for an appeal.
        head_name: the head of the unit where he has signed on paper already; else a colleague
            signs for the unit.
        questions: what is said to the hall's 三问 where a case is to be left out.
    """

    kind: RequestKind
    reasons: tuple[ExclusionReason, ...] = ()
    facts: str = words("事实与证据", Field.BODY)
    evidence: tuple[int, ...] = ()
    was_contacted: bool | None = None
    resolution: Resolution | None = None
    satisfaction: Satisfaction | None = None
    head_name: str = words("部门负责人", Field.NAME, default="")
    questions: tuple[CheckSaid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DropAssessment(CaseRequest):
    """Take one's request back before it is decided (撤回申请)."""

    note: str = words("撤回的理由", Field.BODY, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideAssessment(CaseRequest):
    """Sign a request at the desk on which it lies, or refuse it with a reason (逐件签批)."""

    is_passed: bool
    note: str = words("签批意见", Field.BODY, longest=200, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountAgain(CaseRequest):
    """Take a granted request back: the case counts again as it did before (恢复计入)."""

    note: str = words("恢复的理由", Field.BODY, longest=200)


@dataclass(frozen=True, slots=True)
class _Said:
    """What somebody says to a request at the desk on which it lies."""

    by: int
    at: datetime
    is_passed: bool
    note: str


@action(AskAssessment, "assessment.asked")
def ask_assessment(tx: Transaction, request: AskAssessment) -> Changes:
    """Hand in a request; it goes to the head of the unit, or past him where he signed on paper.

    Raises:
        RuleBroken: one waits already, it has no point, or a reason or its facts are missing.
    """
    case = tx.open_case(request.case, request.seen, Deed.ASK_ASSESSMENT)
    if _pending(tx, case) is not None:
        raise RuleBroken("此件已有一份申请在签批。请等结果，或先撤回那一份再重新申请。")
    now_rules = hall_rate_rules(tx.session, tx.street_id).on(day_of(case.received_at))
    old = Rating(case.was_contacted, case.resolution, case.satisfaction)
    new = Rating(request.was_contacted, request.resolution, request.satisfaction)
    if request.kind is K.EXCLUDE:
        _require_counted(case)
        require_exclusion(request.reasons, now_rules.reasons, request.facts)
    else:
        require_new_rating(old, new, request.facts)
    row = AssessmentRequest(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        round_no=case.round_no,
        kind=request.kind,
        state=S.UNIT,
        month=f"{day_of(case.received_at):%Y-%m}",
        rules_name=now_rules.name,
        reasons=[reason.value for reason in request.reasons],
        facts=request.facts,
        evidence=_evidence(tx, case, request.evidence),
        was_contacted=old.was_contacted,
        resolution=old.resolution,
        satisfaction=old.satisfaction,
        asked_by=request.made_by,
        asked_at=request.happened_at,
        unit_id=case.lead_unit_id or case.first_unit_id,
    )
    if request.kind is K.RATE_AGAIN:
        row.new_contacted, row.new_resolution = new.was_contacted, new.resolution
        row.new_satisfaction = new.satisfaction
    tx.add(row)
    if request.head_name:
        note = f"纸面已签：{request.head_name}"
        _pass_on(
            tx, case, row, _Said(request.made_by, request.happened_at, is_passed=True, note=note)
        )
    if request.kind is K.EXCLUDE:
        keep_answers(tx, case, CheckOccasion.EXCLUDING, request.questions)
    _issue(tx, case, row)
    return Changes(f"提出{label(row.kind)}", cases=(case.id,), detail=row.facts)


@action(DropAssessment, "assessment.dropped")
def drop_assessment(tx: Transaction, request: DropAssessment) -> Changes:
    """Take back a request that is not decided yet; nothing changes.

    Raises:
        RuleBroken: none waits.
    """
    case = tx.open_case(request.case, request.seen, Deed.DROP_ASSESSMENT)
    row = _the_pending(tx, case)
    tx.watch(row)
    row.state, row.decided_at = S.WITHDRAWN, request.happened_at
    _issue(tx, case, row)
    return Changes(f"撤回{label(row.kind)}", cases=(case.id,), detail=request.note)


@action(DecideAssessment, "assessment.decided")
def decide_assessment(tx: Transaction, request: DecideAssessment) -> Changes:
    """Sign or refuse a request where it lies; the last desk puts it into effect.

    Raises:
        RuleBroken: none waits, or a refusal has no reason.
        NotAllowed: it lies on somebody else's desk.
    """
    case = tx.open_case(request.case, request.seen, Deed.DECIDE_ASSESSMENT)
    row = _the_pending(tx, case)
    _require_desk(tx, case, row)
    require_note(request.is_passed, request.note)
    tx.watch(row)
    desk = label(row.state).removeprefix("待")
    said = _Said(request.made_by, request.happened_at, request.is_passed, request.note)
    _pass_on(tx, case, row, said)
    _issue(tx, case, row)
    word = "同意" if request.is_passed else "不同意"
    done = "，已生效" if row.state is S.GRANTED else ""
    title = f"{desk}{word}{label(row.kind)}{done}"
    return Changes(title, cases=(case.id,), detail=request.note)


@action(CountAgain, "assessment.count_again")
def count_again(tx: Transaction, request: CountAgain) -> Changes:
    """Undo a granted request: the case counts again, with the rating it had before.

    Raises:
        RuleBroken: nothing was granted, another request waits, or it is not said why.
    """
    case = tx.open_case(request.case, request.seen, Deed.COUNT_AGAIN)
    if _pending(tx, case) is not None:
        raise RuleBroken("此件还有一份申请在签批，请先办完那一份。")
    if not request.note.strip():
        raise RuleBroken("请写明为什么恢复计入。", field="note")
    row = _newest(tx, case, S.GRANTED)
    if row is None:
        raise RuleBroken("此件没有已批准的申请，不用恢复。请刷新后再看。")
    tx.watch(row)
    row.state = S.REVOKED
    if row.kind is K.EXCLUDE:
        case.counts_in_rates, case.excluded_reason = True, None
    else:
        _rate(case, Rating(row.was_contacted, row.resolution, row.satisfaction))
    _say(
        tx,
        row,
        S.CHIEF,
        _Said(request.made_by, request.happened_at, is_passed=True, note=request.note),
    )
    _issue(tx, case, row)
    return Changes("恢复计入考核", cases=(case.id,), detail=request.note)


def _pass_on(tx: Transaction, case: Case, row: AssessmentRequest, said: _Said) -> None:
    """Write down what a desk said, and move the request on."""
    _say(tx, row, row.state, said)
    row.state = next_state(row.kind, row.state) if said.is_passed else S.REFUSED
    row.leader_id = answering_desk(tx, case).signer_id if row.state is S.AREA else None
    if row.state in PENDING:
        return
    row.decided_at = said.at
    if row.state is S.GRANTED:
        _put_into_effect(case, row)


def _say(tx: Transaction, row: AssessmentRequest, desk: RequestState, said: _Said) -> None:
    tx.session.flush()  # the request comes before what is said to it
    tx.session.add(
        AssessmentStep(
            id=new_id(),
            street_id=tx.street_id,
            case_id=row.case_id,
            request_id=row.id,
            desk=desk,
            staff_id=said.by,
            for_id=row.leader_id if row.leader_id in tx.person.acts_for else None,
            is_passed=said.is_passed,
            note=said.note or None,
            happened_at=said.at,
        )
    )


def _put_into_effect(case: Case, row: AssessmentRequest) -> None:
    if row.kind is K.EXCLUDE:
        said = "、".join(label(ExclusionReason(code)) for code in row.reasons)
        case.counts_in_rates, case.excluded_reason = False, said[:_REASON]
    else:
        _rate(case, Rating(row.new_contacted, row.new_resolution, row.new_satisfaction))


def _rate(case: Case, rating: Rating) -> None:
    case.was_contacted = rating.was_contacted
    case.resolution, case.satisfaction = rating.resolution, rating.satisfaction


def _require_counted(case: Case) -> None:
    if not case.counts_in_rates:
        raise RuleBroken("此件本来就不纳入考核，不用申请剔除。")


def _evidence(tx: Transaction, case: Case, wanted: tuple[int, ...]) -> list[int]:
    """Return the attachments that were named.

    Raises:
        RuleBroken: one of them is none of this case.
    """
    there = set(
        tx.session.scalars(
            select(Attachment.id).where(Attachment.case_id == case.id, Attachment.id.in_(wanted))
        )
    )
    if there != set(wanted):
        raise RuleBroken("证据请从此件的附件里选；找不到的请先上传。", field="evidence")
    return sorted(there)


def _require_desk(tx: Transaction, case: Case, row: AssessmentRequest) -> None:
    """Raise NotAllowed unless the request lies on this person's desk."""
    if not lies_with(request_desk(case, row), tx.person):
        raise NotAllowed(f"这份申请{label(row.state)}签，不在您这里。")


def _issue(tx: Transaction, case: Case, row: AssessmentRequest) -> None:
    """Issue the paper of an exclusion; with each word its next revision."""
    if row.kind is not K.EXCLUDE:
        return
    old = tx.session.get(Paper, row.paper_id) if row.paper_id else None
    paper = issue(tx, case, _PAPER, number=case.number, assignment=row)
    if old is not None:
        replace_paper(tx, old, paper)
    row.paper_id = paper.id


def _newest(tx: Transaction, case: Case, *states: RequestState) -> AssessmentRequest | None:
    return tx.session.scalar(
        select(AssessmentRequest)
        .where(
            AssessmentRequest.case_id == case.id,
            AssessmentRequest.state.in_(sorted(states)),
        )
        .order_by(AssessmentRequest.id.desc())
        .limit(1)
    )


def _pending(tx: Transaction, case: Case) -> AssessmentRequest | None:
    return _newest(tx, case, *PENDING)


def _the_pending(tx: Transaction, case: Case) -> AssessmentRequest:
    row = _pending(tx, case)
    if row is None:
        raise RuleBroken("这一步现在没有等着的申请，请刷新后再看。")
    return row

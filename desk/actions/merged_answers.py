"""Answering the cases merged into one that was answered (逐一告知): each with its own opinion.

When the main case's opinion is signed, every case that waits for it gets the same findings and
decision under its own number, addressed to its own appellant; from then on it is sealed, delivered
and followed up by itself (DOMAIN.md 6.1 #19).
"""

from datetime import datetime

from sqlalchemy import select

from desk.actions.clocks import happened, take_event_back
from desk.actions.matter_answers import matters_of_round
from desk.actions.opinion_papers import number_opinion, void_opinion_papers
from desk.actions.opinion_words import drafted
from desk.actions.opinions import present_opinion
from desk.actions.sending import round_of
from desk.actions.set_aside import merged_into, standing_parts
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockEvent,
    OpinionStatus,
)
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.matters import OpinionItem
from desk.store.ids import new_id
from desk.store.models import Assignment, Case, Opinion, Round
from desk.store.transaction import Transaction

_TOGETHER = "并入主件一起办"
_SAID = "因与其他群众反映的是同一件事，本街道一并办理，现单独向您答复。"


def answer_merged(tx: Transaction, main: Case, signed: Opinion, at: datetime) -> tuple[Case, ...]:
    """Give every case merged into a signed one its own signed opinion; returns them."""
    waiting = merged_into(tx, main)
    for case in waiting:
        require_move(case.status, CaseStatus.SEALING)
        tx.touch(case)
        case.status = CaseStatus.SEALING
        _hand_over(tx, case, main, at)
        _keep_handling(tx, case, main)
        opinion = _own_opinion(tx, case, signed)
        number_opinion(tx, case, opinion, at)
        happened(tx, case, ClockEvent.SIGNED, at)
    return tuple(waiting)


def unanswer_merged(tx: Transaction, main: Case, signed: Opinion, at: datetime) -> tuple[Case, ...]:
    """Take the answers of merged cases back with the signature on `signed`; returns the cases.

    Call it while `signed` still says when it was signed. What was sealed already is out of the
    house: it stays as it is.
    """
    assert signed.signed_at is not None  # noqa: S101 - only signed ones are taken back
    back = []
    for case in _answered_with(tx, main, signed):
        if case.status is not CaseStatus.SEALING:
            continue
        tx.touch(case)
        void_opinion_papers(tx, case)
        opinion = present_opinion(tx, case)
        tx.watch(opinion)
        opinion.status, opinion.remark = OpinionStatus.SENT_BACK, "主件的签发已撤回"
        _take_back_handling(tx, case)
        _hand_back(tx, case, at)
        case.status = CaseStatus.MERGED
        take_event_back(tx, case, ClockEvent.SIGNED, signed.signed_at)
        back.append(case)
    return tuple(back)


def require_answers_in_house(tx: Transaction, main: Case, signed: Opinion) -> None:
    """Refuse to take a signature back that merged cases have already carried out of the house.

    Raises:
        RuleBroken: names the cases that were sealed with the same answer.
    """
    out = [
        case.number
        for case in _answered_with(tx, main, signed)
        if case.status is not CaseStatus.SEALING
    ]
    if out:
        raise RuleBroken(
            f"{'、'.join(out)} 已按这份意见盖章，签发不能撤回。要改请用“改后重签”，各出新的一版。"
        )


def _answered_with(tx: Transaction, main: Case, signed: Opinion) -> list[Case]:
    """Return the cases whose own opinion was signed together with this one."""
    query = (
        select(Case)
        .join(Opinion, Opinion.case_id == Case.id)
        .where(
            Case.merged_into_id == main.id,
            Case.status != CaseStatus.MERGED,
            Opinion.status == OpinionStatus.SIGNED,
            Opinion.round_no == Case.round_no,
            Opinion.signed_at == signed.signed_at,
        )
        .order_by(Case.received_at, Case.id)
    )
    found = tx.session.scalars(query.with_for_update(of=Case)).all()
    return [case for case in found if present_opinion(tx, case).signed_at == signed.signed_at]


def _hand_over(tx: Transaction, case: Case, main: Case, at: datetime) -> None:
    """Make the main case's unit answerable for the rest of the way, its own parts end."""
    for part in standing_parts(tx, case):
        part.ended_at, part.ended_from, part.reason = at, part.status, _TOGETHER
        part.status = AssignmentStatus.REPLACED
    tx.session.flush()
    lead = main.lead_unit_id or main.first_unit_id
    tx.add(
        Assignment(
            id=new_id(),
            street_id=tx.street_id,
            case_id=case.id,
            round_no=case.round_no,
            unit_id=lead,
            role=AssignmentRole.LEAD,
            status=AssignmentStatus.REPORTED,
            handler_id=main.handler_id,
            dispatched_at=at,
            accepted_at=at,
            reported_at=at,
            requirements=[],
            reason=_TOGETHER,
        )
    )
    tx.involve(case, lead)
    case.lead_unit_id, case.handler_id = lead, main.handler_id


def _hand_back(tx: Transaction, case: Case, at: datetime) -> None:
    """Give the case's own parts back as they stood before it was answered."""
    answered = standing_parts(tx, case)
    since = answered[0].dispatched_at
    for part in answered:
        part.ended_at, part.ended_from, part.status = at, part.status, AssignmentStatus.REPLACED
    tx.session.flush()
    own = tx.session.scalars(
        select(Assignment)
        .where(
            Assignment.case_id == case.id,
            Assignment.round_no == case.round_no,
            Assignment.ended_at == since,
            Assignment.reason == _TOGETHER,
            Assignment.id.not_in([part.id for part in answered]),
            Assignment.ended_from.is_not(None),
        )
        .order_by(Assignment.id)
    ).all()
    case.lead_unit_id = case.handler_id = None
    for part in own:
        assert part.ended_from is not None  # noqa: S101 - asked for above
        part.status, part.ended_at, part.ended_from, part.reason = part.ended_from, None, None, None
        if part.role is AssignmentRole.LEAD:
            case.lead_unit_id, case.handler_id = part.unit_id, part.handler_id


def _keep_handling(tx: Transaction, case: Case, main: Case) -> None:
    """Note on the case itself what was found and done; one merged later keeps its own words."""
    case.result = main.result
    if case.set_aside_from is CaseStatus.OPINION:
        return
    done, own = round_of(tx, main), round_of(tx, case)
    tx.watch(own)
    own.handled_at, own.measures, own.result = done.handled_at, done.measures, done.result


def _take_back_handling(tx: Transaction, case: Case) -> None:
    own = round_of(tx, case)
    if case.set_aside_from is not CaseStatus.OPINION:
        tx.watch(own)
        own.handled_at = own.measures = own.result = None
    before = select(Round.result).where(
        Round.case_id == case.id, Round.number <= case.round_no, Round.result.is_not(None)
    )
    case.result = tx.session.scalar(before.order_by(Round.number.desc()).limit(1))
    for matter in matters_of_round(tx, case):
        if matter.answered_at is not None and matter.answered_by is None:
            matter.result = matter.answer = matter.answered_at = None


def _own_opinion(tx: Transaction, case: Case, signed: Opinion) -> Opinion:
    """Return the same opinion for another appellant, signed as the main case's is."""
    words = drafted(tx, case, round_of(tx, case))
    last = tx.session.scalars(
        select(Opinion)
        .where(Opinion.case_id == case.id, Opinion.round_no == case.round_no)
        .order_by(Opinion.revision.desc())
        .limit(1)
    ).first()
    opinion = Opinion(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        round_no=case.round_no,
        revision=last.revision + 1 if last else 1,
        number=last.number if last else None,
        status=OpinionStatus.SIGNED,
        title=words.title,
        acceptance=f"{words.acceptance}\n{_SAID}",
        findings=signed.findings,
        decision=signed.decision,
        basis=signed.basis,
        next_measures=signed.next_measures,
        remedy=signed.remedy,
        result=signed.result,
        written_by=signed.written_by,
        written_at=signed.written_at,
        submitted_at=signed.submitted_at,
        signed_by=signed.signed_by,
        signed_at=signed.signed_at,
        items=_answers(tx, case, signed),
    )
    tx.add(opinion)
    return opinion


def _answers(tx: Transaction, case: Case, signed: Opinion) -> list[dict[str, object]]:
    """Answer each of the case's own matters with what the main case's opinion says."""
    given = [OpinionItem.from_row(row) for row in signed.items or ()]
    said = "\n".join(item.answer for item in given) or signed.decision
    basis = "\n".join(item.basis for item in given if item.basis) or signed.basis or ""
    rows = []
    for matter in matters_of_round(tx, case):
        if matter.result is None:
            # nobody of its own answered it: an undo finds it by that
            matter.result, matter.answer = signed.result, said
            matter.answered_at = signed.signed_at
        item = OpinionItem(
            matter=matter.id,
            seq=matter.seq,
            content=matter.content,
            result=signed.result,
            answer=said,
            basis=basis,
        )
        rows.append(item.as_row())
    return rows

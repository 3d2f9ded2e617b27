"""What the archive needs to know of cases (归档要看的事实), read for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ConfirmWay,
    Exit,
    NextStep,
    OpinionStatus,
)
from desk.rules.codes import PaperState as State
from desk.rules.completeness import ArchiveFacts, ThreeAnswers
from desk.rules.notices import NUMBERED
from desk.rules.papers import HANDED_OVER, PAPER_TITLES, SERVED
from desk.store.models import (
    Assignment,
    Attachment,
    Case,
    Delivery,
    FollowUp,
    Matter,
    Opinion,
    Paper,
    UnitVersion,
)
from desk.store.models.hall import today_rows

_SILENT = frozenset(
    {AssignmentStatus.WAITING, AssignmentStatus.ACCEPTED, AssignmentStatus.RETURNING}
)
_WAITING = frozenset({State.TO_SEAL, State.TO_DELIVER})
_ON_PAPER = frozenset({ConfirmWay.IN_PERSON, ConfirmWay.WRITTEN})
_SHOWN = 24  # letters of a matter that are enough to know it by


def archive_facts(session: Session, cases: Collection[Case], on: date) -> dict[int, ArchiveFacts]:
    """Return what the archive needs to know of each case, by its id."""
    if not cases:
        return {}
    ids = [case.id for case in cases]
    matters = _unanswered(session, ids)
    silent = _silent(session, ids, on)
    signed = _newest_rounds(session, Opinion, Opinion.status == OpinionStatus.SIGNED, ids)
    closed = _newest_rounds(session, FollowUp, FollowUp.next_step == NextStep.CLOSE, ids)
    went = and_(Delivery.paper_id == Paper.id, Paper.code.in_(SERVED))
    delivered = _newest_rounds(session, Paper, went, ids)
    papers = _papers(session, ids)
    unsigned = _without_withdrawal(session, cases)
    return {
        case.id: ArchiveFacts(
            status=case.status,
            exit=case.exit,
            round_no=case.round_no,
            came_finished=case.is_imported and case.id not in delivered,
            unanswered=() if _answers_all(case) else tuple(matters[case.id]),
            silent_units=tuple(silent[case.id, case.round_no]),
            is_opinion_signed=signed.get(case.id) == case.round_no,
            was_followed_up=case.id in closed,
            has_delivery=delivered.get(case.id) == case.round_no,
            not_scanned=tuple(
                f"{PAPER_TITLES[code]} {number}"
                for code, number, state in papers[case.id]
                if code in HANDED_OVER and state is State.DELIVERED
            ),
            not_delivered=tuple(
                f"{PAPER_TITLES[code]} {number}"
                for code, number, state in papers[case.id]
                if code in NUMBERED and state in _WAITING
            ),
            has_receipt=any(code == "receipt" for code, _, _ in papers[case.id]),
            has_notice=any(code == "guidance-notice" for code, _, _ in papers[case.id]),
            has_arrived=case.has_arrived,
            lacks_withdrawal=case.id in unsigned,
            resolution=case.resolution,
            satisfaction=case.satisfaction,
            answers=ThreeAnswers(case.said_solved, case.said_exhausted, case.said_satisfied),
        )
        for case in cases
    }


def facts_of_case(session: Session, case: Case, on: date) -> ArchiveFacts:
    """Return what the archive needs to know of one case."""
    return archive_facts(session, [case], on)[case.id]


def _without_withdrawal(session: Session, cases: Collection[Case]) -> set[int]:
    """Return the cases taken back by a signature or a letter that is not in the file.

    What is signed comes back as the scan of its 撤回申请书, or lies among the attachments.
    """
    ids = {
        case.id
        for case in cases
        if case.status is CaseStatus.WITHDRAWN and case.withdraw_way in _ON_PAPER
    }
    if not ids:
        return ids
    filed = select(Attachment.case_id).where(
        Attachment.case_id.in_(ids), Attachment.withdrawn_at.is_(None)
    )
    signed = select(Paper.case_id).where(
        Paper.case_id.in_(ids), Paper.code == "withdrawal-request", Paper.scan_sha256.is_not(None)
    )
    return ids - set(session.scalars(filed)) - set(session.scalars(signed))


def _answers_all(case: Case) -> bool:
    """Return whether what was said on the spot is the answer to every matter."""
    return case.exit is Exit.ON_SPOT and case.round_no == 1 and bool(case.answer)


def _gathered(rows: Iterable[Any]) -> defaultdict[Any, list[Any]]:
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return found


def _unanswered(session: Session, ids: list[int]) -> defaultdict[Any, list[Any]]:
    rows = session.execute(
        select(Matter.case_id, Matter.content)
        .where(Matter.case_id.in_(ids), Matter.result.is_(None), Matter.answer.is_(None))
        .order_by(Matter.case_id, Matter.seq)
    )
    return _gathered((case, _short(content)) for case, content in rows)


def _short(words: str) -> str:
    first = words.split("\n", 1)[0]
    return first if len(first) <= _SHOWN else f"{first[:_SHOWN]}…"


def _silent(session: Session, ids: list[int], on: date) -> defaultdict[Any, list[Any]]:
    """Return the names of the supporting units that have not reported, by case and round."""
    rows = session.execute(
        select(Assignment.case_id, Assignment.round_no, UnitVersion.short_name)
        .join(UnitVersion, UnitVersion.unit_id == Assignment.unit_id)
        .where(
            Assignment.case_id.in_(ids),
            Assignment.role == AssignmentRole.SUPPORT,
            Assignment.status.in_(_SILENT),
            today_rows(UnitVersion, on),
        )
        .order_by(Assignment.id)
    )
    return _gathered(((case, round_no), name) for case, round_no, name in rows)


def _newest_rounds(session: Session, table: Any, condition: Any, ids: list[int]) -> dict[int, int]:
    """Return the newest round in which a case has such a row."""
    query: Select[int, int] = (
        select(table.case_id, func.max(table.round_no))
        .where(table.case_id.in_(ids), condition)
        .group_by(table.case_id)
    )
    return dict(session.execute(query).all())


def _papers(session: Session, ids: list[int]) -> defaultdict[Any, list[Any]]:
    rows = session.execute(
        select(Paper.case_id, Paper.code, Paper.number, Paper.state)
        .where(Paper.case_id.in_(ids), Paper.state != State.VOID)
        .order_by(Paper.id)
    )
    return _gathered((case, (code, number, state)) for case, code, number, state in rows)

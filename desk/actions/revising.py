"""A new version of an opinion that was signed already (改后重签): the old one stays on record."""

from dataclasses import dataclass
from datetime import datetime

from desk.actions.clocks import refresh_next, stop_clock
from desk.actions.merged_answers import unanswer_merged
from desk.actions.opinion_papers import void_opinion_papers
from desk.actions.opinions import present_opinion
from desk.rules.codes import CaseStatus, ClockKind, OpinionStatus
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, Opinion
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction

_COPIED = ("title", "acceptance", "findings", "decision", "basis", "next_measures", "remedy")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseOpinion(CaseRequest):
    """Begin a new version of a signed opinion; what was issued is void from now on."""

    reason: str = words("改后重签的理由", Field.BODY)


@action(ReviseOpinion, "opinion.revised")
def revise_opinion(tx: Transaction, request: ReviseOpinion) -> Changes:
    """Copy the signed opinion into a new draft and make its papers void (DOMAIN.md 9.3).

    A paper that was sealed already keeps its number for good, so the new version gets another;
    else the number goes on to the next revision of the same paper.

    Raises:
        RuleBroken: no reason was given, or nothing was signed yet.
    """
    case = tx.open_case(request.case, request.seen, Deed.REVISE)
    if not request.reason.strip():
        raise RuleBroken("请写一句为什么要改，签批人和以后查档的人都要看。", field="reason")
    old = present_opinion(tx, case)
    if old.status is not OpinionStatus.SIGNED:
        raise RuleBroken("这份意见书还没有签发，直接改就可以。")
    fresh = begin_version(tx, case, request.happened_at, by=tx.person.staff_id)
    numbering = "原文书已盖章，新版另编号" if fresh.was_sealed else "文号不变"
    return Changes(
        f"改后重签，第 {old.revision + 1} 版，{numbering}",
        cases=(case.id, *(one.id for one in fresh.together)),
        detail=request.reason,
    )


@dataclass(frozen=True, slots=True)
class Fresh:
    """What began with a new version: whose answers went back with it, and whether it was sealed."""

    was_sealed: bool
    together: tuple[Case, ...]


def begin_version(tx: Transaction, case: Case, at: datetime, *, by: int | None = None) -> Fresh:
    """Void what was issued and lay a copy of the signed words before the lead once more.

    Args:
        by: who writes it; None for whoever wrote the words before.
    """
    require_move(case.status, CaseStatus.OPINION)
    old = present_opinion(tx, case)
    void = void_opinion_papers(tx, case)
    together = unanswer_merged(tx, case, old, at)
    was_sealed = any(paper.sealed_at is not None for paper in void)
    tx.add(
        Opinion(
            id=new_id(),
            street_id=tx.street_id,
            case_id=case.id,
            round_no=case.round_no,
            revision=old.revision + 1,
            status=OpinionStatus.DRAFT,
            result=old.result,
            items=old.items,
            number=None if was_sealed else old.number,
            written_by=by or old.written_by,
            written_at=at,
            **{name: getattr(old, name) for name in _COPIED},
        )
    )
    case.status = CaseStatus.OPINION
    stop_clock(tx, case, ClockKind.FOLLOW_UP, at)  # it starts anew on delivery
    refresh_next(tx, case)
    return Fresh(was_sealed, together)

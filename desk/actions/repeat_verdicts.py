"""Saying that a case is not a repeat of another one (不是重复), and taking that back.

What was said is kept with who and when, and the pair is not proposed again; nor is the other case
to the same person when he comes once more (DOMAIN.md 6.2).
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select

from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.store.ids import new_id
from desk.store.models import Case, RepeatVerdict
from desk.store.requests import CaseRequest, Changes, action
from desk.store.sight import seen_by
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SayNoRepeat(CaseRequest):
    """Say that a case is not a repeat of another one (不是重复)."""

    other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackNoRepeat(CaseRequest):
    """Let the two be proposed to each other again (撤回“不是重复”)."""

    other: int


@action(SayNoRepeat, "case.no_repeat_said")
def say_no_repeat(tx: Transaction, request: SayNoRepeat) -> Changes:
    """Remember that two cases are not one.

    Raises:
        RuleBroken: the other case is this one, linked to it, or not to be found.
    """
    case = tx.open_case(request.case, request.seen, Deed.LINK_REPEAT)
    other = tx.earlier_case(request.other, field="other", what="对照的件")
    if case.id == other.id:
        raise RuleBroken("请选另一件，不能是此件自己。", field="other")
    if case.repeat_of_id == other.id or other.repeat_of_id == case.id:
        raise RuleBroken("这两件已关联为重复件，请先取消关联。", field="other")
    if not _standing(tx, case.id, other.id):
        tx.add(*verdicts_of(tx, case, [other.id]))
    return Changes(f"与 {other.number} 不是重复件", cases=(case.id,))


@action(TakeBackNoRepeat, "case.no_repeat_taken_back")
def take_back_no_repeat(tx: Transaction, request: TakeBackNoRepeat) -> Changes:
    """Let the two be proposed again; who had said it stays.

    Raises:
        RuleBroken: nobody has said so of the two.
    """
    case = tx.open_case(request.case, request.seen, Deed.LINK_REPEAT)
    other = tx.earlier_case(request.other, field="other", what="对照的件")
    rows = _standing(tx, case.id, other.id)
    if not rows:
        raise RuleBroken("这两件没有记过“不是重复”，请刷新后再看。", field="other")
    for row in rows:
        tx.watch(row)
        row.taken_back_by, row.taken_back_at = request.made_by, request.happened_at
    return Changes(f"撤回与 {other.number} “不是重复”的判断", cases=(case.id,))


def verdicts_of(tx: Transaction, case: Case, others: Collection[int]) -> list[RepeatVerdict]:
    """Return the rows for what was said while the case was taken in, of cases in sight alone."""
    if not others:
        return []
    known = select(Case.id).where(Case.id.in_(sorted(others)), seen_by(tx.person))
    return [
        RepeatVerdict(
            id=new_id(),
            street_id=tx.street_id,
            case_id=case.id,
            other_id=other,
            said_by=tx.person.staff_id,
            said_at=tx.now,
        )
        for other in tx.session.scalars(known)
        if other != case.id
    ]


def _standing(tx: Transaction, one: int, other: int) -> list[RepeatVerdict]:
    pair = or_(
        (RepeatVerdict.case_id == one) & (RepeatVerdict.other_id == other),
        (RepeatVerdict.case_id == other) & (RepeatVerdict.other_id == one),
    )
    query = select(RepeatVerdict).where(pair, RepeatVerdict.taken_back_at.is_(None))
    return list(tx.session.scalars(query))

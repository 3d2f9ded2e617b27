"""Decisions of the monthly review that became tasks (研判会任务): set, and reported as done."""

from dataclasses import dataclass
from datetime import date

from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.rights import may_in_hall, require_hall
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import ReviewTask, Unit
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_GONE = "找不到这项任务，请刷新后再试。"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddReviewTask(Request):
    """Make a decision of the review a task of a unit, to be done by a day."""

    text: str = words("任务", Field.BODY)
    unit: int
    decided_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReviewTask(Request):
    """Report a task as done, and what was done."""

    task: int
    note: str = words("完成情况", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenReviewTask(Request):
    """Take a report back: it is not done yet."""

    task: int


@action(AddReviewTask, "review_task.added")
def add_review_task(tx: Transaction, request: AddReviewTask) -> Changes:
    """Set a task.

    Raises:
        NotAllowed: who asks does not steer the units.
        RuleBroken: nothing is said, there is no such unit, or the days make no sense.
    """
    require_hall(Deed.STEER, tx.person)
    if not request.text.strip():
        raise RuleBroken("请写明要做什么。", field="text")
    unit = tx.own(Unit, request.unit, "没有这个单位，请从列表里选。", field="unit")
    if request.decided_on > tx.today:
        raise RuleBroken("研判会的日期还没有到，请核对。", field="decided_on")
    if request.due_on < request.decided_on:
        raise RuleBroken("完成期限早于研判会的日期，请核对。", field="due_on")
    row = ReviewTask(
        id=new_id(),
        street_id=tx.street_id,
        decided_on=request.decided_on,
        text=request.text,
        unit_id=unit.id,
        due_on=request.due_on,
        made_by=request.made_by,
        made_at=request.happened_at,
    )
    tx.add(row)
    name = unit_name(tx.session, unit.id, tx.today)
    return Changes(f"研判会任务交给{name}", made={"task": row.id}, detail=request.text)


@action(ReportReviewTask, "review_task.reported")
def report_review_task(tx: Transaction, request: ReportReviewTask) -> Changes:
    """Report a task as done, for the unit itself or by who steers the units.

    Raises:
        NotAllowed: it is another unit's task.
        RuleBroken: it is done already, or it is not said what was done.
    """
    row = _own(tx, request.task)
    if row.done_on is not None:
        raise RuleBroken("这项任务已经报过完成，请刷新后再看。")
    if not request.note.strip():
        raise RuleBroken("请写明做了什么、结果怎样。", field="note")
    tx.watch(row)
    row.done_on, row.done_note, row.done_by = tx.today, request.note, request.made_by
    return Changes("研判会任务完成", made={"task": row.id}, detail=request.note)


@action(ReopenReviewTask, "review_task.reopened")
def reopen_review_task(tx: Transaction, request: ReopenReviewTask) -> Changes:
    """Take a report back; the history keeps what was reported.

    Raises:
        NotAllowed: who asks does not steer the units.
        RuleBroken: it is not done.
    """
    require_hall(Deed.STEER, tx.person)
    row = tx.own(ReviewTask, request.task, _GONE)
    if row.done_on is None:
        raise RuleBroken("这项任务还没有报完成，不用退回。")
    tx.watch(row)
    row.done_on = row.done_note = row.done_by = None
    return Changes("研判会任务退回继续办", made={"task": row.id})


def _own(tx: Transaction, task: int) -> ReviewTask:
    """Return a task of one's own unit, or any for who steers the units.

    Raises:
        NotAllowed: it is another unit's.
    """
    row = tx.own(ReviewTask, task, _GONE)
    if row.unit_id not in tx.person.unit_ids and not may_in_hall(Deed.STEER, tx.person):
        raise NotAllowed("这项任务由别的单位办，请找信联办。")
    return row

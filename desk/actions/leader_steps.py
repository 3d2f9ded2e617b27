"""How a led case goes on (包案的计划和过程): steps planned, done, dropped; lists gone through.

Written by the leader, his team, the lead unit and 信联办; corrections are further lines.
"""

from dataclasses import dataclass
from datetime import date

from desk.actions.checklists import CheckSaid, keep_answers
from desk.actions.leader_cases import NONE_OPEN
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.leader_case_codes import Checklist, CheckOccasion
from desk.rules.leader_cases import NOT_YOUR_TEAM, may_work, require_result, require_step
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.leader_team import open_leader_case, staff_in, team_of
from desk.store.models import Case, LeaderCase, LeaderStep
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction, stand_of

_GONE = "找不到这一步，请刷新后再看。"
_DONE = "这一步已经记过结果；有新情况请另记一条进展。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep(CaseRequest):
    """Plan a step: what is to be done by when (列入计划)."""

    action: str = words("做什么", Field.BODY, longest=500)
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStep(CaseRequest):
    """Write down what was done and what came of it (记进展).

    Attributes:
        step: the planned step that this was; None for what came up by itself.
    """

    step: int | None = None
    action: str = words("做了什么", Field.BODY, longest=500, default="")
    result: str = words("结果", Field.BODY)
    done_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DropStep(CaseRequest):
    """Say that a planned step is not wanted any more, and why (取消计划)."""

    step: int
    reason: str = words("取消原因", Field.BODY, longest=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoThroughList(CaseRequest):
    """Say how it stands with the lines of a list (五包落实、三问核查)."""

    checklist: Checklist
    said: tuple[CheckSaid, ...]


@action(PlanStep, "leader_case.planned")
def plan_step(tx: Transaction, request: PlanStep) -> Changes:
    """Add a step to the plan.

    Raises:
        NotAllowed: the asker has no part in it.
        RuleBroken: what or when is missing, or the day is over.
    """
    case, row = _worked(tx, request)
    require_step(action=request.action, due_on=request.due_on, today=tx.today)
    step = _step(tx, row, request.action)
    step.due_on = request.due_on
    tx.add(step)
    title = f"包案计划，{request.due_on:%Y-%m-%d} 前"
    return Changes(title, cases=(case.id,), made={"step": step.id}, detail=request.action)


@action(RecordStep, "leader_case.progressed")
def record_step(tx: Transaction, request: RecordStep) -> Changes:
    """Write down what was done.

    Raises:
        NotAllowed: the asker has no part in it.
        RuleBroken: what, when or the result are missing, or it is written down already.
    """
    case, row = _worked(tx, request)
    step = _open_step(tx, row, request.step) if request.step is not None else None
    what = request.action.strip() or (step.action if step is not None else "")
    require_result(
        action=what,
        result=request.result,
        done_on=request.done_on,
        started_on=row.started_on,
        today=tx.today,
    )
    if step is None:
        step = _step(tx, row, what)
        tx.add(step)
    else:
        tx.watch(step)
        step.action = what
    step.result, step.done_on = request.result, request.done_on
    step.done_by, step.done_at = request.made_by, tx.now
    detail = f"{what}：{request.result}"
    return Changes("包案进展", cases=(case.id,), made={"step": step.id}, detail=detail)


@action(DropStep, "leader_case.dropped")
def drop_step(tx: Transaction, request: DropStep) -> Changes:
    """Take a step out of the plan; it stays as a line with the reason.

    Raises:
        NotAllowed: the asker has no part in it.
        RuleBroken: there is no such step, it is done, or no reason is given.
    """
    case, row = _worked(tx, request)
    step = _open_step(tx, row, request.step)
    if not request.reason.strip():
        raise RuleBroken("请写明为什么取消这一步。", field="reason")
    tx.watch(step)
    step.is_dropped, step.result = True, request.reason
    step.done_by, step.done_at = request.made_by, tx.now
    return Changes("取消包案计划", cases=(case.id,), detail=f"{step.action}：{request.reason}")


@action(GoThroughList, "leader_case.checked")
def go_through_list(tx: Transaction, request: GoThroughList) -> Changes:
    """Keep how it stands with the lines of a list.

    Raises:
        NotAllowed: the asker has no part in it.
        RuleBroken: nothing is said to any line.
    """
    case, row = _worked(tx, request)
    kept = keep_answers(
        tx,
        case,
        CheckOccasion.LEADER_CASE,
        request.said,
        checklist=request.checklist,
        leader_case=row.id,
    )
    if not kept:
        raise RuleBroken("还没有填一行，请至少填一行再存。", field="said")
    title = f"{label(request.checklist)}填报 {kept} 项"
    return Changes(title, cases=(case.id,))


def _worked(tx: Transaction, request: CaseRequest) -> tuple[Case, LeaderCase]:
    case = tx.open_case(request.case, request.seen, Deed.WORK_LEADER_CASE)
    row = open_leader_case(tx.session, case.id)
    if row is None:
        raise RuleBroken(NONE_OPEN)
    team = staff_in(team_of(tx.session, row.id))
    if not may_work(tx.person, team, stand_of(tx.session, case)):
        raise NotAllowed(NOT_YOUR_TEAM)
    return case, row


def _open_step(tx: Transaction, row: LeaderCase, step_id: int) -> LeaderStep:
    step = tx.own(LeaderStep, step_id, _GONE, field="step")
    if step.leader_case_id != row.id:
        raise RuleBroken(_GONE, field="step")
    if step.done_at is not None:
        raise RuleBroken(_DONE, field="step")
    return step


def _step(tx: Transaction, row: LeaderCase, what: str) -> LeaderStep:
    return LeaderStep(
        id=new_id(),
        street_id=tx.street_id,
        case_id=row.case_id,
        leader_case_id=row.id,
        action=what,
        is_dropped=False,
        planned_by=tx.person.staff_id,
        planned_at=tx.now,
    )

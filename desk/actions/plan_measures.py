"""Measures of a plan (措施): what is to be done by whom and when, and what came of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desk.actions.topic_plans import amount_of, involve_unit
from desk.actions.topics import known_topic
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.money import show_amount
from desk.rules.proactive_codes import PlanState
from desk.rules.rights import may_in_hall, require_hall
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import PlanMeasure, PlanUnit, Topic, TopicPlan, Unit
from desk.store.requests import Changes, Request, action
from desk.store.topic_sight import topic_seen_by
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_GONE = "找不到这项措施，请刷新后再试。"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMeasure(Request):
    """Put something to do into a plan (加一项措施)."""

    plan: int
    text: str = words("措施", Field.BODY)
    unit: int
    person: str = words("责任人", Field.NAME, longest=60, default="")
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMeasure(Request):
    """Say what came of a measure, and what it cost (报措施完成)."""

    measure: int
    done_on: date
    result: str = words("完成情况", Field.BODY)
    spent: str = words("实际支出", longest=40, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenMeasure(Request):
    """Take a report back: it is not done yet (退回继续办)."""

    measure: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropMeasure(Request):
    """Take a measure out of its plan (不做了)."""

    measure: int


@action(AddMeasure, "plan.measure_added")
def add_measure(tx: Transaction, request: AddMeasure) -> Changes:
    """Add a measure; its unit answers for the plan from now on.

    Raises:
        NotAllowed: who asks keeps no topics.
        RuleBroken: the plan is finished, or something is missing.
    """
    require_hall(Deed.KEEP_TOPICS, tx.person)
    plan = tx.own(TopicPlan, request.plan, "找不到这个方案，请刷新后再试。")
    known_topic(tx, plan.topic_id)
    _require_running(plan)
    if not request.text.strip():
        raise RuleBroken("请写明要做什么。", field="text")
    tx.own(Unit, request.unit, "请从列表里选一个单位。", field="unit")
    if request.due_on < plan.starts_on:
        raise RuleBroken("完成期限早于方案开始的日期，请核对。", field="due_on")
    there = select(PlanUnit.id).where(PlanUnit.plan_id == plan.id, PlanUnit.unit_id == request.unit)
    if tx.session.scalar(there) is None:
        involve_unit(tx, plan, request.unit)
    row = PlanMeasure(
        id=new_id(),
        street_id=tx.street_id,
        plan_id=plan.id,
        topic_id=plan.topic_id,
        text=request.text,
        unit_id=request.unit,
        person=request.person or None,
        due_on=request.due_on,
        made_by=request.made_by,
        made_at=request.happened_at,
    )
    tx.add(row)
    name = unit_name(tx.session, request.unit, tx.today)
    return Changes(
        f"治理措施交给{name}，{request.due_on:%m-%d} 前",
        made={"measure": row.id, "plan": plan.id, "topic": plan.topic_id},
        detail=request.text,
    )


@action(ReportMeasure, "plan.measure_reported")
def report_measure(tx: Transaction, request: ReportMeasure) -> Changes:
    """Report a measure as done, by its unit or whoever keeps topics.

    Raises:
        NotAllowed: it is another unit's.
        RuleBroken: it is done already, the day cannot be, or it is not said what was done.
    """
    row, plan = _at_work(tx, request.measure)
    if row.done_on is not None:
        raise RuleBroken("这项措施已经报过完成，请刷新后再看。")
    if not plan.starts_on <= request.done_on <= tx.today:
        raise RuleBroken("完成日期应在方案开始以后、今天以前，请核对。", field="done_on")
    if not request.result.strip():
        raise RuleBroken("请写明做了什么、结果怎样。", field="result")
    tx.watch(row)
    row.done_on, row.result = request.done_on, request.result
    row.spent_fen = amount_of(request.spent, "spent")
    row.reported_by = request.made_by
    cost = f"，支出 {show_amount(row.spent_fen)}" if row.spent_fen else ""
    return _told(f"治理措施完成{cost}", row, request.result)


@action(ReopenMeasure, "plan.measure_reopened")
def reopen_measure(tx: Transaction, request: ReopenMeasure) -> Changes:
    """Take a report back; the history keeps what was reported.

    Raises:
        NotAllowed: it is another unit's.
        RuleBroken: it is not done.
    """
    row, _plan = _at_work(tx, request.measure)
    if row.done_on is None:
        raise RuleBroken("这项措施还没有报完成，不用退回。")
    tx.watch(row)
    row.done_on = row.result = row.spent_fen = row.reported_by = None
    return _told("治理措施退回继续办", row)


@action(DropMeasure, "plan.measure_dropped")
def drop_measure(tx: Transaction, request: DropMeasure) -> Changes:
    """Take a measure out of its plan.

    Raises:
        NotAllowed: who asks keeps no topics.
        RuleBroken: it is done already.
    """
    require_hall(Deed.KEEP_TOPICS, tx.person)
    row, _plan = _at_work(tx, request.measure)
    if row.done_on is not None:
        raise RuleBroken("这项措施已经完成，不能去掉。要改，请先退回继续办。")
    tx.watch(row)
    row.dropped_by, row.dropped_at = request.made_by, request.happened_at
    return _told("去掉一项治理措施", row, row.text)


def _told(title: str, row: PlanMeasure, detail: str = "") -> Changes:
    made = {"measure": row.id, "plan": row.plan_id, "topic": row.topic_id}
    return Changes(title, made=made, detail=detail)


def _require_running(plan: TopicPlan) -> None:
    if plan.state is not PlanState.RUNNING:
        raise RuleBroken("方案已报完成。要接着治理，请先记一次复看，写明还没有解决。")


def _at_work(tx: Transaction, measure: int) -> tuple[PlanMeasure, TopicPlan]:
    """Return a measure that the asker answers for, with its plan that is under way.

    Raises:
        NotAllowed: it is another unit's.
        RuleBroken: there is none, it was taken out, or the plan is finished.
    """
    row = tx.own(PlanMeasure, measure, _GONE)
    known = select(Topic.id).where(Topic.id == row.topic_id, topic_seen_by(tx.person))
    if row.dropped_at is not None or tx.session.scalar(known) is None:
        raise RuleBroken(_GONE)
    person = tx.person
    reports = may_in_hall(Deed.REPORT_MEASURE, person) and row.unit_id in person.unit_ids
    if not (reports or may_in_hall(Deed.KEEP_TOPICS, person)):
        raise NotAllowed("这项措施由别的单位办，请找信联办。")
    plan = tx.own(TopicPlan, row.plan_id, _GONE)
    _require_running(plan)
    return row, plan

"""Plans of topics (治理方案): what is done before the next complaint, by whom, for how much.

A plan runs, is reported as finished, and counts as having worked only after a second look; what
was seen stays as it was written. Sources: DOMAIN.md 002-25, 003-11, 9.5 (经费).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from desk.actions.topics import known_topic
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken, StaleCase
from desk.rules.money import read_amount, show_amount
from desk.rules.proactive_codes import PlanState
from desk.rules.proactive_settings import EFFECT_DAYS, LOOK_DAYS
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import Category, Place, PlanLook, PlanUnit, TopicPlan, Unit
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_GONE = "找不到这个方案，请刷新后再试。"
_STALE = "这个方案刚被更新。您写的内容还在，请看过最新情况后再存。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What is said in a plan.

    Attributes:
        units: who answers for it beside the unit that leads the topic.
        place, category, word: which cases count for its effect; without any, those of the topic.
        funds: planned money as typed; empty for none.
    """

    goal: str = words("治理方案", Field.BODY)
    units: tuple[int, ...]
    starts_on: date
    ends_on: date
    place: int | None = None
    category: int | None = None
    word: str = words("字词", longest=40, default="")
    funds: str = words("预算经费", longest=40, default="")
    funds_from: str = words("经费来源", longest=100, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePlan(Request):
    """Give a topic its plan (立治理方案)."""

    topic: int
    facts: PlanFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlan(Request):
    """Correct a plan that is under way (更改治理方案)."""

    plan: int
    seen: int
    facts: PlanFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishPlan(Request):
    """Say that all of a plan is done; somebody is to look again later (治理完成)."""

    plan: int
    seen: int
    finished_on: date
    note: str = words("怎么治理的", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAgain(Request):
    """Say what a second look has shown (复看); what is not solved goes on."""

    plan: int
    seen: int
    looked_on: date
    is_solved: bool
    note: str = words("复看情况", Field.BODY)


@action(MakePlan, "plan.made")
def make_plan(tx: Transaction, request: MakePlan) -> Changes:
    """Make the plan of a topic.

    Raises:
        NotAllowed: who asks keeps no topics.
        RuleBroken: the topic has a plan, or something is missing.
    """
    require_hall(Deed.KEEP_TOPICS, tx.person)
    topic = known_topic(tx, request.topic)
    there = select(TopicPlan.id).where(TopicPlan.topic_id == topic.id)
    if tx.session.scalar(there) is not None:
        raise RuleBroken("这个专题已经有治理方案，请刷新后再看。")
    plan = TopicPlan(
        id=new_id(),
        street_id=tx.street_id,
        topic_id=topic.id,
        window_days=setting(tx.session, tx.street_id, EFFECT_DAYS, tx.today),
        state=PlanState.RUNNING,
        made_by=request.made_by,
        made_at=request.happened_at,
        changed_at=tx.now,
        version=1,
    )
    named = _write(tx, plan, request.facts)
    tx.add(plan)
    _put_units(tx, plan, request.facts.units)
    return Changes(
        f"立治理方案：{topic.name}，责任单位 {named}",
        made={"plan": plan.id, "topic": topic.id},
        detail=request.facts.goal,
    )


@action(ChangePlan, "plan.changed")
def change_plan(tx: Transaction, request: ChangePlan) -> Changes:
    """Correct a plan.

    Raises:
        StaleCase: somebody changed it meanwhile.
        RuleBroken: it is finished, or something is missing.
    """
    plan = _changing(tx, request.plan, request.seen)
    if plan.state is not PlanState.RUNNING:
        raise RuleBroken("方案已报完成。要接着治理，请先记一次复看，写明还没有解决。")
    named = _write(tx, plan, request.facts)
    _put_units(tx, plan, request.facts.units)
    return Changes(
        f"更改治理方案，责任单位 {named}",
        made={"plan": plan.id, "topic": plan.topic_id},
        detail=request.facts.goal,
    )


@action(FinishPlan, "plan.finished")
def finish_plan(tx: Transaction, request: FinishPlan) -> Changes:
    """Report a plan as done; the day of the second look follows from it.

    Raises:
        StaleCase: somebody changed it meanwhile.
        RuleBroken: it is finished already, the day cannot be, or it is not said what was done.
    """
    plan = _changing(tx, request.plan, request.seen)
    if plan.state is not PlanState.RUNNING:
        raise RuleBroken("这个方案已经报过完成，请刷新后再看。")
    if not plan.starts_on <= request.finished_on <= tx.today:
        raise RuleBroken("完成日期应在方案开始以后、今天以前，请核对。", field="finished_on")
    if not request.note.strip():
        raise RuleBroken("请写明怎么治理的、现在怎样。", field="note")
    days = setting(tx.session, tx.street_id, LOOK_DAYS, tx.today)
    plan.state, plan.finished_on = PlanState.FINISHED, request.finished_on
    plan.finished_note, plan.finished_by = request.note, request.made_by
    plan.look_due_on = request.finished_on + timedelta(days=days)
    return Changes(
        f"治理完成，{plan.look_due_on:%m-%d} 复看",
        made={"plan": plan.id, "topic": plan.topic_id},
        detail=request.note,
    )


@action(LookAgain, "plan.looked")
def look_again(tx: Transaction, request: LookAgain) -> Changes:
    """Write down what a second look has shown.

    Raises:
        StaleCase: somebody changed it meanwhile.
        RuleBroken: it is still under way, the day cannot be, or it is not said what was seen.
    """
    plan = _changing(tx, request.plan, request.seen)
    if plan.finished_on is None:
        raise RuleBroken("治理还没有报完成，请先报完成再复看。")
    if not plan.finished_on <= request.looked_on <= tx.today:
        raise RuleBroken("复看日期应在治理完成以后、今天以前，请核对。", field="looked_on")
    if not request.note.strip():
        raise RuleBroken("请写明看到了什么。", field="note")
    tx.add(
        PlanLook(
            id=new_id(),
            street_id=tx.street_id,
            plan_id=plan.id,
            topic_id=plan.topic_id,
            looked_on=request.looked_on,
            is_solved=request.is_solved,
            note=request.note,
            looked_by=request.made_by,
            looked_at=request.happened_at,
        )
    )
    plan.look_due_on = None
    if request.is_solved:
        plan.state, said = PlanState.CONFIRMED, "确已解决"
    else:
        plan.state, said = PlanState.RUNNING, "还没有解决，接着治理"
        plan.finished_on = plan.finished_note = plan.finished_by = None
    return Changes(
        f"复看：{said}",
        made={"plan": plan.id, "topic": plan.topic_id},
        detail=request.note,
    )


def _changing(tx: Transaction, plan_id: int, seen: int) -> TopicPlan:
    require_hall(Deed.KEEP_TOPICS, tx.person)
    plan = tx.own(TopicPlan, plan_id, _GONE)
    known_topic(tx, plan.topic_id)
    tx.session.refresh(plan, with_for_update=True)
    if plan.version != seen:
        raise StaleCase(_STALE)
    tx.watch(plan)
    plan.version += 1
    plan.changed_at = tx.now
    return plan


def _write(tx: Transaction, plan: TopicPlan, facts: PlanFacts) -> str:
    """Write what is said into a plan; return the names of its units.

    Raises:
        RuleBroken: something is missing or cannot be.
    """
    if not facts.goal.strip():
        raise RuleBroken("请写明打算怎么治理、达到什么样。", field="goal")
    if not facts.units:
        raise RuleBroken("请至少选一个责任单位。", field="units")
    for unit in facts.units:
        tx.own(Unit, unit, "请从列表里选责任单位。", field="units")
    if facts.ends_on < facts.starts_on:
        raise RuleBroken("计划完成的日期早于开始的日期，请核对。", field="ends_on")
    if facts.place is not None:
        tx.own(Place, facts.place, "请从列表里选一个地点。", field="place")
    if facts.category is not None:
        tx.own(Category, facts.category, "请从列表里选一个类别。", field="category")
    plan.goal = facts.goal
    plan.starts_on, plan.ends_on = facts.starts_on, facts.ends_on
    plan.place_id, plan.category_id = facts.place, facts.category
    plan.word = facts.word or None
    plan.planned_fen = amount_of(facts.funds, "funds")
    plan.funds_from = facts.funds_from or None
    named = "、".join(unit_name(tx.session, unit, tx.today) for unit in facts.units)
    return named + (f"，预算 {show_amount(plan.planned_fen)}" if plan.planned_fen else "")


def amount_of(text: str, field: str) -> int | None:
    """Return the fen of an amount as typed, None where nothing is typed.

    Raises:
        RuleBroken: it is no amount.
    """
    return read_amount(text, field=field) if text.strip() else None


def _put_units(tx: Transaction, plan: TopicPlan, wanted: Sequence[int]) -> None:
    """Let exactly these units answer for a plan, and those whose measures are in it."""
    rows = tx.session.scalars(select(PlanUnit).where(PlanUnit.plan_id == plan.id)).all()
    for row in rows:
        if row.unit_id not in wanted:
            tx.session.delete(row)
    known = {row.unit_id for row in rows}
    for unit in dict.fromkeys(wanted):
        if unit not in known:
            involve_unit(tx, plan, unit)


def involve_unit(tx: Transaction, plan: TopicPlan, unit: int) -> None:
    """Let a unit answer for a plan; so it may know of its topic."""
    tx.session.add(
        PlanUnit(
            id=new_id(),
            street_id=tx.street_id,
            plan_id=plan.id,
            topic_id=plan.topic_id,
            unit_id=unit,
        )
    )

"""Talks with units (约谈): decided by people, recorded, and what was promised followed up.

A rule names candidates (`rules/talks.py`); its words and the month's figures are kept as they
were then. Sources: DOMAIN.md 001-9, 9.3, 9.5.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall, replace_paper
from desk.rules.assessment_codes import TalkDecision
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.rules.numbering import NumberKind
from desk.rules.rights import require_hall
from desk.rules.talks import (
    require_decision,
    require_kept,
    require_move,
    require_promise,
    require_record,
)
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.letter_rows import interview_row
from desk.store.models import Paper, Unit, UnitTalk
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_PAPER = "interview-record"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTalk(Request):
    """Decide whether there is a talk with a unit about a month (约谈、不约谈).

    Attributes:
        why: the rule's words, or those of whoever puts the unit forward.
        figures: the month in one line, as it was seen when this was decided.
    """

    unit: int
    month: str = words("月份", longest=7)
    decision: TalkDecision
    why: str = words("事由")
    figures: str = words("考评数字", default="")
    reason: str = words("决定的理由", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTalk(Request):
    """Write down a talk that was held, or correct what was written (约谈记录)."""

    talk: int
    held_at: datetime
    place: str = words("地点", longest=100, default="")
    talked_by: str = words("约谈人", longest=100, default="")
    attended: str = words("参加人员")
    minutes: str = words("约谈内容", Field.BODY)
    promised: str = words("整改承诺", Field.BODY, default="")
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPromise(Request):
    """Say how a unit kept what it promised in a talk (承诺已落实)."""

    talk: int
    kept_on: date
    note: str = words("落实情况", Field.BODY)


@action(DecideTalk, "talk.decided")
def decide_talk(tx: Transaction, request: DecideTalk) -> Changes:
    """Decide on a unit and a month, once; what was decided may be changed until it was held.

    Raises:
        RuleBroken: month, words or the reason are missing, or it was decided so or held already.
    """
    require_hall(Deed.STEER, tx.person)
    tx.own(Unit, request.unit, "请从列表里选一个单位。", field="unit")
    require_decision(request.decision, month=request.month, why=request.why, reason=request.reason)
    talk = tx.session.scalar(
        select(UnitTalk)
        .where(UnitTalk.unit_id == request.unit, UnitTalk.month == request.month)
        .with_for_update()
    )
    if talk is None:
        talk = UnitTalk(
            id=new_id(),
            street_id=tx.street_id,
            unit_id=request.unit,
            month=request.month,
            why=request.why,
            figures=request.figures or None,
        )
        tx.session.add(talk)
    else:
        require_move(talk.decision, request.decision)
        tx.watch(talk)
    talk.decision, talk.reason = request.decision, request.reason or None
    talk.decided_by, talk.decided_at = request.made_by, request.happened_at
    unit = unit_name(tx.session, request.unit, tx.today)
    title = f"{request.month} {unit}：{label(request.decision)}"
    return Changes(title, made={"talk": talk.id}, detail=request.reason)


@action(RecordTalk, "talk.held")
def record_talk(tx: Transaction, request: RecordTalk) -> Changes:
    """Record a talk and issue its paper; recorded anew, the next revision of it.

    Raises:
        RuleBroken: no talk was decided on, or who, what, or the day of what was promised is
            missing.
    """
    talk = _talk(tx, request.talk)
    require_record(
        talk.decision,
        held_at=request.held_at,
        attended=request.attended,
        minutes=request.minutes,
        now=tx.now,
    )
    require_promise(
        promised=request.promised, due_on=request.due_on, held_on=day_of(request.held_at)
    )
    tx.watch(talk)
    talk.decision = TalkDecision.HELD
    talk.held_at, talk.place = request.held_at, request.place or None
    talk.talked_by, talk.attended = request.talked_by or None, request.attended
    talk.minutes, talk.promised = request.minutes, request.promised or None
    talk.due_on, talk.recorded_by = request.due_on, request.made_by
    unit = unit_name(tx.session, talk.unit_id, tx.today)
    paper = _issue(tx, talk, unit)
    made = {"talk": talk.id, "paper": paper.id, "number": paper.number}
    return Changes(f"约谈{unit} {paper.number}", made=made)


@action(KeepPromise, "talk.kept")
def keep_promise(tx: Transaction, request: KeepPromise) -> Changes:
    """Note that what a unit promised is done.

    Raises:
        RuleBroken: nothing was promised, it is noted already, or it is not said how and when.
    """
    talk = _talk(tx, request.talk)
    require_kept(promised=talk.promised, is_kept=talk.kept_on is not None, note=request.note)
    if request.kept_on > tx.today:
        raise RuleBroken("落实的日期还没有到，请核对。", field="kept_on")
    tx.watch(talk)
    talk.kept_on, talk.kept_note = request.kept_on, request.note
    talk.kept_by = request.made_by
    unit = unit_name(tx.session, talk.unit_id, tx.today)
    return Changes(f"{talk.month} 约谈承诺已落实（{unit}）", made={"talk": talk.id})


def _talk(tx: Transaction, talk_id: int) -> UnitTalk:
    require_hall(Deed.STEER, tx.person)
    talk = tx.session.scalar(
        select(UnitTalk)
        .where(UnitTalk.id == talk_id, UnitTalk.street_id == tx.street_id)
        .with_for_update()
    )
    if talk is None:
        raise RuleBroken("找不到这次约谈，请刷新后再试。")
    return talk


def _issue(tx: Transaction, talk: UnitTalk, unit: str) -> Paper:
    row = interview_row(talk, unit)
    old = tx.session.get(Paper, talk.paper_id) if talk.paper_id else None
    number = old.number if old is not None else next_text(tx, NumberKind.LIST, tx.now)
    paper = issue_for_hall(tx, _PAPER, row, number)
    if old is not None:
        replace_paper(tx, old, paper)
    talk.paper_id = paper.id
    return paper

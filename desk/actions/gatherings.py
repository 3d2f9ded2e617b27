"""Opinions of a meeting (意见征集): taken down together, answered there or within a limit (004-3).

One meeting brings many opinions; each is answered on the spot, or by a unit by a day, or becomes a
case of its own. Sources: DOMAIN.md 9.5, 1.5.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.proactive_codes import AnswerWay, GatheringKind
from desk.rules.rights import may_in_hall, require_hall
from desk.rules.text_gate import Field
from desk.store.gate import amount, words
from desk.store.ids import new_id
from desk.store.models import GatheredOpinion, Gathering, Unit
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_GONE = "找不到这次征集，请刷新后再试。"
_NO_OPINION = "找不到这条意见，请刷新后再试。"
_MOST = 300  # opinions of one meeting


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """One opinion as it was written down; `said_by` is a house or an office, no name."""

    text: str = words("意见", Field.BODY)
    said_by: str = words("谁提的", longest=60, default="")
    way: AnswerWay = AnswerWay.ON_SPOT
    unit: int | None = None
    due_on: date | None = None
    answer: str = words("现场答复", Field.BODY, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordGathering(Request):
    """Take down a meeting with all its opinions at once (登记一次征集)."""

    kind: GatheringKind
    name: str = words("会议名称", longest=100)
    held_on: date
    place: str = words("地点", longest=200, default="")
    unit: int
    attendees: int | None = amount("到会人数", 1, default=None)
    opinions: tuple[OpinionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGathering(Request):
    """Correct what is said about a meeting (更正)."""

    gathering: int
    seen: int
    kind: GatheringKind
    name: str = words("会议名称", longest=100)
    held_on: date
    place: str = words("地点", longest=200, default="")
    attendees: int | None = amount("到会人数", 1, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOpinions(Request):
    """Add opinions that were forgotten (补录意见)."""

    gathering: int
    opinions: tuple[OpinionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOpinion(Request):
    """Answer an opinion after the meeting (答复)."""

    opinion: int
    answered_on: date
    answer: str = words("答复", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOpinion(Request):
    """Let another unit answer an opinion, or until another day (改由、改期)."""

    opinion: int
    unit: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawOpinion(Request):
    """Take down what was written by mistake; it counts nowhere any more (录错撤下)."""

    opinion: int


@action(RecordGathering, "gathering.recorded")
def record_gathering(tx: Transaction, request: RecordGathering) -> Changes:
    """Take down a meeting.

    Raises:
        NotAllowed: it is another unit's, and who asks oversees none.
        RuleBroken: something is missing; an opinion's field is named with its line.
    """
    require_hall(Deed.GATHER_OPINIONS, tx.person)
    tx.own(Unit, request.unit, "请从列表里选主办单位。", field="unit")
    _require_host(tx, request.unit)
    if not request.opinions:
        raise RuleBroken("请至少写一条意见。", field="text:0")
    row = Gathering(
        id=new_id(),
        street_id=tx.street_id,
        unit_id=request.unit,
        made_by=request.made_by,
        made_at=request.happened_at,
        version=0,
    )
    _write(tx, row, request)
    tx.add(row)
    _add_opinions(tx, row, request, 0)
    return _told(f"登记意见征集：{row.name}，{len(request.opinions)} 条", row)


@action(ChangeGathering, "gathering.changed")
def change_gathering(tx: Transaction, request: ChangeGathering) -> Changes:
    """Correct what is said about a meeting.

    Raises:
        StaleCase: somebody changed it meanwhile.
        RuleBroken: something is missing.
    """
    row = _hosted(tx, request.gathering)
    if row.version != request.seen:
        raise StaleCase("这次征集刚被更新。您写的内容还在，请看过最新情况后再存。")
    tx.watch(row)
    _write(tx, row, request)
    return _told(f"更正意见征集：{row.name}", row)


@action(AddOpinions, "gathering.added")
def add_opinions(tx: Transaction, request: AddOpinions) -> Changes:
    """Add opinions to a meeting.

    Raises:
        RuleBroken: there is none, or one lacks something.
    """
    row = _hosted(tx, request.gathering)
    if not request.opinions:
        raise RuleBroken("请至少写一条意见。", field="text:0")
    last = tx.session.scalar(
        select(func.max(GatheredOpinion.seq)).where(GatheredOpinion.gathering_id == row.id)
    )
    _add_opinions(tx, row, request, last or 0)
    return _told(f"补录意见 {len(request.opinions)} 条：{row.name}", row)


@action(AnswerOpinion, "gathering.answered")
def answer_opinion(tx: Transaction, request: AnswerOpinion) -> Changes:
    """Answer an opinion, by its unit or whoever held the meeting.

    Raises:
        NotAllowed: it is neither's.
        RuleBroken: it is answered already, the day cannot be, or nothing is said.
    """
    row = open_opinion(tx, request.opinion)
    held_on = tx.session.scalar(select(Gathering.held_on).where(Gathering.id == row.gathering_id))
    if request.answered_on > tx.today or (held_on and request.answered_on < held_on):
        raise RuleBroken("答复日期应在会议以后、今天以前，请核对。", field="answered_on")
    if not request.answer.strip():
        raise RuleBroken("请写明怎么答复的。", field="answer")
    tx.watch(row)
    row.answer, row.answered_on = request.answer, request.answered_on
    row.answered_by = request.made_by
    return told_of(f"答复第 {row.seq} 条意见", row, request.answer)


@action(PassOpinion, "gathering.passed")
def pass_opinion(tx: Transaction, request: PassOpinion) -> Changes:
    """Let another unit answer, or until another day.

    Raises:
        RuleBroken: it is answered already, there is no such unit, or the day is over.
    """
    row = open_opinion(tx, request.opinion)
    tx.own(Unit, request.unit, "请从列表里选答复单位。", field="unit")
    if request.due_on < tx.today:
        raise RuleBroken("答复期限已经过了，请改成今天或以后的日子。", field="due_on")
    tx.watch(row)
    row.unit_id, row.due_on = request.unit, request.due_on
    return told_of(f"第 {row.seq} 条意见改由别的单位或改期答复", row)


@action(WithdrawOpinion, "gathering.withdrawn")
def withdraw_opinion(tx: Transaction, request: WithdrawOpinion) -> Changes:
    """Take an opinion down that was written by mistake.

    Raises:
        NotAllowed: another unit held the meeting.
        RuleBroken: it became a case, or is taken down already.
    """
    row = opinion_of(tx, request.opinion)
    _require_host(tx, row.host_unit_id)
    if row.case_id is not None:
        raise RuleBroken("这条意见已经转成诉求件，不能撤下。")
    if row.withdrawn_at is not None:
        raise RuleBroken("这条意见已经撤下，请刷新后再看。")
    tx.watch(row)
    row.withdrawn_by, row.withdrawn_at = request.made_by, request.happened_at
    return told_of(f"撤下第 {row.seq} 条意见（录错）", row)


def opinion_of(tx: Transaction, opinion: int) -> GatheredOpinion:
    """Return an opinion that the asker may know of: he held the meeting, or is to answer.

    Raises:
        NotAllowed: who asks gathers none.
        RuleBroken: there is none, or it is kept from him.
    """
    require_hall(Deed.GATHER_OPINIONS, tx.person)
    row = tx.own(GatheredOpinion, opinion, _NO_OPINION)
    mine = {row.host_unit_id, row.unit_id} & tx.person.unit_ids
    if not (mine or _oversees(tx)):
        raise RuleBroken(_NO_OPINION)
    return row


def open_opinion(tx: Transaction, opinion: int) -> GatheredOpinion:
    """Return an opinion that still waits for an answer.

    Raises:
        RuleBroken: it does not wait any more, or there is none.
    """
    row = opinion_of(tx, opinion)
    if row.withdrawn_at is not None or row.case_id is not None or row.answered_on is not None:
        raise RuleBroken("这条意见已经答复、撤下，或转成了诉求件，请刷新后再看。")
    return row


def told_of(title: str, row: GatheredOpinion, detail: str = "") -> Changes:
    """Return what a request about one opinion changed."""
    return Changes(title, made={"opinion": row.id, "gathering": row.gathering_id}, detail=detail)


def _told(title: str, row: Gathering) -> Changes:
    return Changes(title, made={"gathering": row.id})


def _oversees(tx: Transaction) -> bool:
    return may_in_hall(Deed.KEEP_TOPICS, tx.person)


def _require_host(tx: Transaction, unit: int) -> None:
    if unit not in tx.person.unit_ids and not _oversees(tx):
        raise NotAllowed("这次征集由别的单位主办，请由主办单位或信联办来改。")


def _hosted(tx: Transaction, gathering: int) -> Gathering:
    """Return a meeting that the asker's unit held."""
    require_hall(Deed.GATHER_OPINIONS, tx.person)
    row = tx.own(Gathering, gathering, _GONE)
    _require_host(tx, row.unit_id)
    return row


def _write(tx: Transaction, row: Gathering, said: RecordGathering | ChangeGathering) -> None:
    if not said.name.strip():
        raise RuleBroken("请写会议的名称，如“榕东社区第三季度居民代表会议”。", field="name")
    if said.held_on > tx.today:
        raise RuleBroken("会议还没有开，请核对日期。", field="held_on")
    row.kind, row.name, row.held_on = said.kind, said.name.strip(), said.held_on
    row.place, row.attendees = said.place or None, said.attendees
    row.changed_at = tx.now
    row.version += 1


def _add_opinions(
    tx: Transaction, row: Gathering, request: RecordGathering | AddOpinions, after: int
) -> None:
    lines = request.opinions
    if after + len(lines) > _MOST:
        raise RuleBroken(f"一次征集最多 {_MOST} 条意见，请分成几次登记。", field="text:0")
    for at, line in enumerate(lines):
        _check(tx, row, line, at)
    made = [_opinion(row, line, after + at, request) for at, line in enumerate(lines, start=1)]
    tx.add(*made)


def _check(tx: Transaction, row: Gathering, line: OpinionLine, at: int) -> None:
    """Raise RuleBroken unless an opinion has all it needs; the field is named with its line."""
    if not line.text.strip():
        raise RuleBroken(f"第 {at + 1} 行没有写意见，请补上或去掉这一行。", field=f"text:{at}")
    if line.way is AnswerWay.ON_SPOT:
        if not line.answer.strip():
            raise RuleBroken(f"第 {at + 1} 条是现场答复，请写下怎么答复的。", field=f"answer:{at}")
        return
    if line.unit is None:
        raise RuleBroken(
            f"第 {at + 1} 条没有写现场答复：请写上，或选由哪个单位限时答复。", field=f"unit:{at}"
        )
    tx.own(Unit, line.unit, f"第 {at + 1} 条的答复单位请从列表里选。", field=f"unit:{at}")
    if line.due_on is None or line.due_on < row.held_on:
        raise RuleBroken(
            f"第 {at + 1} 条的答复期限应在会议那天或以后，请核对。", field=f"due_on:{at}"
        )


def _opinion(row: Gathering, line: OpinionLine, seq: int, request: Request) -> GatheredOpinion:
    is_there = line.way is AnswerWay.ON_SPOT
    return GatheredOpinion(
        id=new_id(),
        street_id=row.street_id,
        gathering_id=row.id,
        host_unit_id=row.unit_id,
        seq=seq,
        said_by=line.said_by or None,
        text=line.text,
        way=line.way,
        unit_id=None if is_there else line.unit,
        due_on=None if is_there else line.due_on,
        answer=line.answer if is_there else None,
        answered_on=row.held_on if is_there else None,
        answered_by=request.made_by if is_there else None,
        made_by=request.made_by,
        made_at=request.happened_at,
    )

"""What comes of a whistle (会商、分工、结果、评价): said on the spot, divided, settled, rated.

Sources: DOMAIN.md 002-14, 2.7, 9.5.
"""

from dataclasses import dataclass
from datetime import datetime

from desk.actions.whistle_access import (
    changed,
    opened,
    parties,
    put_on_paper,
    told_cases,
)
from desk.rules.codes import Satisfaction
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.text_gate import Field
from desk.rules.whistle_codes import WhistleResult, WhistleState
from desk.rules.whistling import (
    Party,
    WhistleStep,
    require_result,
)
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Unit, Whistle, WhistleDuty
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

S = WhistleState


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConsultation(Request):
    """Write down what was said on the spot (现场会商意见)."""

    whistle: int
    seen: int
    words: str = words("现场会商意见", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What a unit does, and by when (责任分工)."""

    unit: int
    matter: str = words("事项", longest=200)
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DivideWork(Request):
    """Say who does what by when (责任分工); further lines are added to those there are."""

    whistle: int
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropDuty(Request):
    """Take a line of the division back (删去分工)."""

    duty: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishDuty(Request):
    """Say that a unit has done its part (分工落实)."""

    duty: int
    note: str = words("落实情况", longest=200, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeWhistle(Request):
    """Say what came of it, and of what was settled, when (处置结果)."""

    whistle: int
    seen: int
    result: WhistleResult
    note: str = words("处置情况", Field.BODY)
    resolved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateWhistle(Request):
    """Say as its caller whether the units responded, and how content one is (吹哨单位评价)."""

    whistle: int
    seen: int
    is_responsive: bool
    satisfaction: Satisfaction
    note: str = words("评价说明", Field.BODY, longest=200, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenWhistle(Request):
    """Send a whistle back to the site: it is not settled after all (退回再办)."""

    whistle: int
    seen: int
    note: str = words("退回的理由", Field.BODY, longest=200)


@action(RecordConsultation, "whistle.consulted")
def record_consultation(tx: Transaction, request: RecordConsultation) -> Changes:
    """Write down what was said on the spot; said again, it stands as it was said last.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed, RuleBroken: it is not the asker's to write, or nothing is said.
    """
    whistle = opened(tx, request.whistle, WhistleStep.CONSULT, request.seen)
    if not request.words.strip():
        raise RuleBroken("请写现场会商的意见。", field="words")
    changed(tx, whistle)
    whistle.consultation = request.words
    whistle.consulted_by, whistle.consulted_at = request.made_by, request.happened_at
    return Changes(
        f"现场会商（{whistle.number}）", made={"whistle": whistle.id}, detail=request.words
    )


@action(DivideWork, "whistle.divided")
def divide_work(tx: Transaction, request: DivideWork) -> Changes:
    """Say who does what by when; a unit that was not called may get a part, too.

    Raises:
        NotAllowed: the asker neither called nor runs the whistle.
        RuleBroken: nothing is divided, a matter is missing, or a limit is over.
    """
    whistle = opened(tx, request.whistle, WhistleStep.DIVIDE)
    if not request.duties:
        raise RuleBroken("请至少写一行分工。", field="duties")
    for one in request.duties:
        tx.own(Unit, one.unit, "请从列表里选单位。", field="duties")
        if not one.matter.strip():
            raise RuleBroken("请写明这个单位做什么。", field="duties")
        if one.due_at is not None and one.due_at < whistle.raised_at:
            raise RuleBroken("分工的时限早于吹哨时间，请改正。", field="duties")
    tx.add(
        *(
            WhistleDuty(
                id=new_id(),
                street_id=tx.street_id,
                whistle_id=whistle.id,
                unit_id=one.unit,
                matter=one.matter,
                due_at=one.due_at,
                made_by=request.made_by,
                made_at=request.happened_at,
            )
            for one in request.duties
        )
    )
    return Changes(
        f"责任分工 {len(request.duties)} 项（{whistle.number}）", made={"whistle": whistle.id}
    )


@action(DropDuty, "whistle.duty_dropped")
def drop_duty(tx: Transaction, request: DropDuty) -> Changes:
    """Take a line of the division back.

    Raises:
        NotAllowed: the asker neither called nor runs the whistle.
        RuleBroken: it is gone already, or was done.
    """
    row, whistle = _duty(tx, request.duty, WhistleStep.DIVIDE)
    if row.done_at is not None:
        raise RuleBroken("这一项已经落实，不能删去。")
    tx.watch(row)
    row.removed_by, row.removed_at = request.made_by, tx.now
    return Changes(f"删去一项分工（{whistle.number}）", made={"whistle": whistle.id})


@action(FinishDuty, "whistle.duty_done")
def finish_duty(tx: Transaction, request: FinishDuty) -> Changes:
    """Say that a part is done: the unit itself, whoever called, or 信联办.

    Raises:
        NotAllowed: it is another unit's.
        RuleBroken: it was done before.
    """
    row, whistle = _duty(tx, request.duty, WhistleStep.FINISH_DUTY)
    is_own = row.unit_id in tx.person.unit_ids
    if not (is_own or {Party.RUNNER, Party.CALLER} & parties(tx, whistle)):
        raise NotAllowed("这一项由负责的单位、吹哨单位或信联办登记落实。")
    if row.done_at is not None:
        raise RuleBroken("这一项已经登记落实了。")
    tx.watch(row)
    row.done_by, row.done_at = request.made_by, request.happened_at
    row.done_note = request.note or None
    unit = unit_name(tx.session, row.unit_id, tx.today)
    return Changes(f"{unit}落实分工（{whistle.number}）", made={"whistle": whistle.id})


@action(ConcludeWhistle, "whistle.concluded")
def conclude_whistle(tx: Transaction, request: ConcludeWhistle) -> Changes:
    """Say what came of it; the slip says so, too, and the caller is asked to rate it.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed, RuleBroken: it is not the asker's to say, or words or the time are missing.
    """
    whistle = opened(tx, request.whistle, WhistleStep.CONCLUDE, request.seen)
    require_result(
        result=request.result,
        note=request.note,
        resolved_at=request.resolved_at,
        raised_at=whistle.raised_at,
        now=tx.now,
    )
    changed(tx, whistle)
    is_resolved = request.result is WhistleResult.RESOLVED
    whistle.state = S.SETTLED
    whistle.result, whistle.result_note = request.result, request.note
    whistle.resolved_at = request.resolved_at if is_resolved else None
    whistle.concluded_by, whistle.concluded_at = request.made_by, request.happened_at
    paper = put_on_paper(tx, whistle)
    return Changes(
        f"哨单{label(request.result)} {whistle.number}",
        cases=told_cases(tx, whistle),
        made={"whistle": whistle.id, "paper": paper.id},
        detail=request.note,
    )


@action(RateWhistle, "whistle.rated")
def rate_whistle(tx: Transaction, request: RateWhistle) -> Changes:
    """Rate it as its caller; what came back on paper 信联办 types in.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed, RuleBroken: it is a called unit's, has no result yet, or a reason is missing.
    """
    whistle = opened(tx, request.whistle, WhistleStep.RATE, request.seen)
    is_bad = request.satisfaction is Satisfaction.DISSATISFIED or not request.is_responsive
    if is_bad and not request.note.strip():
        raise RuleBroken("评价没有响应或不满意的，请写明原因。", field="note")
    changed(tx, whistle)
    whistle.state = S.RATED
    whistle.is_responsive, whistle.satisfaction = request.is_responsive, request.satisfaction
    whistle.rating_note = request.note or None
    whistle.rated_by, whistle.rated_at = request.made_by, request.happened_at
    paper = put_on_paper(tx, whistle)
    return Changes(
        f"评价哨单：{label(request.satisfaction)}（{whistle.number}）",
        made={"whistle": whistle.id, "paper": paper.id},
    )


@action(ReopenWhistle, "whistle.reopened")
def reopen_whistle(tx: Transaction, request: ReopenWhistle) -> Changes:
    """Send it back to the site; result and rating are given anew, who came stays.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed, RuleBroken: it is not 信联办's to do now, or a reason is missing.
    """
    whistle = opened(tx, request.whistle, WhistleStep.REOPEN, request.seen)
    if not request.note.strip():
        raise RuleBroken("请写明为什么退回再办。", field="note")
    changed(tx, whistle)
    whistle.state = S.CALLED
    whistle.result = whistle.result_note = whistle.resolved_at = None
    whistle.concluded_by = whistle.concluded_at = None
    whistle.is_responsive = whistle.satisfaction = whistle.rating_note = None
    whistle.rated_by = whistle.rated_at = None
    paper = put_on_paper(tx, whistle)
    return Changes(
        f"哨单退回再办 {whistle.number}",
        cases=told_cases(tx, whistle),
        made={"whistle": whistle.id, "paper": paper.id},
        detail=request.note,
    )


def _duty(tx: Transaction, duty_id: int, step: WhistleStep) -> tuple[WhistleDuty, Whistle]:
    row = tx.own(WhistleDuty, duty_id, "找不到这项分工，请刷新后再试。")
    whistle = opened(tx, row.whistle_id, step)
    if row.removed_at is not None:
        raise RuleBroken("这项分工已经删去了，请刷新后再看。")
    return row, whistle

"""Pausing the limits of a case and going on (暂停、恢复): internal ones only, and he is told.

The stored instants stay as they were while a pause lasts; when it ends they are computed anew
with every pause there was. What the law sets runs on (DOMAIN.md 4.5).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk.actions.clocks import Moved, moved_words, refresh_next, running, wake
from desk.actions.telling import TellsAppellant, list_telling, require_past
from desk.rules.clock_codes import PauseReason
from desk.rules.codes import AssignmentRole, ContactWay
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.extensions import ASKED_PAUSES, OF_THE_APPELLANT
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Assignment, Case, Clock, ClockPause, TimeRuleRow
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseClocks(TellsAppellant):
    """Let the internal limits of a case stand still (暂停)."""

    reason: PauseReason
    note: str = words("等什么、大约等到什么时候", Field.BODY, longest=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeClocks(CaseRequest):
    """Go on: what was waited for is there, or is waited for no longer (恢复)."""

    note: str = words("怎么等到的", Field.BODY, longest=200, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """Why limits stand still, since when, by whom, and how the appellant was told."""

    reason: PauseReason
    at: datetime
    by: int
    note: str = ""
    told_way: ContactWay | None = None
    told_at: datetime | None = None


@action(PauseClocks, "clocks.paused")
def pause_clocks(tx: Transaction, request: PauseClocks) -> Changes:
    """Let every running limit that may be paused stand still, those of supports too where fit.

    Raises:
        RuleBroken: it stands still already, nothing may be paused, it is not said why, or the
            appellant was not told, or rung for it against the rules without a word on why.
    """
    case = tx.open_case(request.case, request.seen, Deed.PAUSE)
    if request.reason not in ASKED_PAUSES:
        raise RuleBroken("挂账要写申请，由分管领导批准后自动停表。", field="reason")
    if not request.note.strip():
        raise RuleBroken("请写明等什么、大约等到什么时候。", field="note")
    if not (request.is_told or case.is_anonymous):
        raise RuleBroken("请先告知诉求人为什么要等，再记下告知的方式和时间。", field="told_way")
    require_past(request.told_at, request.happened_at)
    if paused(tx, case):
        raise RuleBroken("此件的时限已经暂停着，不用再暂停。")
    stood = begin_pause(
        tx,
        case,
        Standstill(
            reason=request.reason,
            at=request.happened_at,
            by=request.made_by,
            note=request.note,
            told_way=request.told_way,
            told_at=request.told_at,
        ),
    )
    if not stood:
        raise RuleBroken("此件现在没有可以暂停的时限：法定时限、联系和核实的时限不能暂停。")
    list_telling(tx, case, request, f"告知为什么暂停计时：{label(request.reason)}")
    names = "、".join(dict.fromkeys(label(clock.kind) for clock in stood))
    return Changes(
        f"暂停计时（{names}）：{label(request.reason)}", cases=(case.id,), detail=request.note
    )


@action(ResumeClocks, "clocks.resumed")
def resume_clocks(tx: Transaction, request: ResumeClocks) -> Changes:
    """Let the limits run again, each with as much time left as it had.

    Raises:
        RuleBroken: nothing stands still.
    """
    case = tx.open_case(request.case, request.seen, Deed.RESUME)
    moved = end_pause(tx, case, request.happened_at)
    if not moved:
        raise RuleBroken("此件的时限没有暂停，不用恢复。")
    return Changes(
        f"恢复计时：{moved_words(moved, request.happened_at)}",
        cases=(case.id,),
        detail=request.note,
    )


def begin_pause(tx: Transaction, case: Case, why: Standstill) -> list[Clock]:
    """Let the pausable limits of the present round stand still; return them.

    Those of supporting units stand still too where the reason is the appellant's, or the whole
    case is parked. A limit that stands still already begins a new pause at once.
    """
    everyone = why.reason in OF_THE_APPELLANT or why.reason is PauseReason.PARKED
    supports = set() if everyone else _supports(tx, case)
    pausable = _pausable_rules(tx, case)
    stood = [
        clock
        for clock in running(tx, case)
        if clock.rule_id in pausable and clock.assignment_id not in supports
    ]
    wake(tx, stood, why.at)
    for clock in stood:
        tx.watch(clock)
        clock.paused_since, clock.pause_reason = why.at, label(why.reason)
    tx.add(
        *(
            ClockPause(
                id=new_id(),
                street_id=tx.street_id,
                clock_id=clock.id,
                from_at=why.at,
                until_at=None,
                reason=why.reason,
                note=why.note or None,
                told_way=why.told_way,
                told_at=why.told_at,
                begun_by=why.by,
            )
            for clock in stood
        )
    )
    refresh_next(tx, case)
    return stood


def end_pause(tx: Transaction, case: Case, at: datetime) -> list[Moved]:
    """Let everything run again that stands still, and compute its limits anew; return these."""
    resting = paused(tx, case)
    moved = [Moved(clock, clock.due_at) for clock in resting]
    wake(tx, resting, at)
    refresh_next(tx, case)
    return moved


def pause_again(tx: Transaction, case: Case, woken_at: datetime) -> bool:
    """Let stand still again what was woken at that moment, as if it had never been (撤回).

    Returns:
        Whether anything does: its limits must be counted anew then.
    """
    clocks = {clock.id: clock for clock in running(tx, case)}
    found = tx.session.scalars(
        select(ClockPause).where(
            ClockPause.clock_id.in_(sorted(clocks)), ClockPause.until_at == woken_at
        )
    ).all()
    for pause in found:
        clock = clocks[pause.clock_id]
        tx.watch(clock)
        pause.until_at = pause.ended_by = None
        clock.paused_since, clock.pause_reason = pause.from_at, label(pause.reason)
    tx.session.flush()
    return bool(found)


def paused(tx: Transaction, case: Case) -> list[Clock]:
    """Return the limits of the present round that stand still."""
    return [clock for clock in running(tx, case) if clock.paused_since is not None]


def _pausable_rules(tx: Transaction, case: Case) -> set[int]:
    rules = {clock.rule_id for clock in running(tx, case)}
    return set(
        tx.session.scalars(
            select(TimeRuleRow.id).where(
                TimeRuleRow.id.in_(sorted(rules)),
                TimeRuleRow.pausable.is_(True),
                TimeRuleRow.is_legal.is_(False),
            )
        )
    )


def _supports(tx: Transaction, case: Case) -> set[int | None]:
    return set(
        tx.session.scalars(
            select(Assignment.id).where(
                Assignment.case_id == case.id, Assignment.role != AssignmentRole.LEAD
            )
        )
    )

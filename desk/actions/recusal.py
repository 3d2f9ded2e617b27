"""Recusal (回避): saying whom a case is about, once it has been taken in (DOMAIN.md 9.4).

From that moment the person or unit complained about neither sees the case nor has a part in it:
what it holds is taken away, and what it found and wrote is done anew by somebody else.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk.actions.clocks import (
    give_clocks_back,
    refresh_next,
    reopen_clock,
    running,
    start_clocks,
    stop_clock,
)
from desk.actions.intake_checks import require_row
from desk.actions.leader_team import recuse_team
from desk.actions.matter_answers import matters_of_round
from desk.actions.merged_answers import unanswer_merged
from desk.actions.opinion_papers import void_opinion_papers
from desk.actions.opinions import present_opinion
from desk.actions.parked import end_parkings
from desk.actions.revising import begin_version
from desk.actions.rounds import is_about
from desk.actions.search_doc import write_search_doc
from desk.actions.sending import end_parts, round_of
from desk.actions.set_aside import merged_into, set_aside, standing_parts
from desk.actions.sign_desks import (
    end_sign_off,
    present_steps,
    recused_leaders,
    reroute_sign_off,
)
from desk.rules.codes import (
    AssignmentRole,
    CaseStatus,
    ClockEvent,
    ClockKind,
    OpinionStatus,
    Purpose,
)
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.identity import shown_name
from desk.rules.lifecycle import require_move
from desk.rules.rights import may_see
from desk.store.gate import words
from desk.store.models import Assignment, Case, Clock, PrivateFacts, Staff, Unit
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction, stand_of
from desk.store.unit_names import unit_name

_RECUSED = "回避"
_ASIDE = frozenset({CaseStatus.MERGED, CaseStatus.WITHDRAWN})
_SIGNED = frozenset({CaseStatus.SEALING, CaseStatus.DELIVERING})
# answered, or never handled here: nothing is done anew by itself
_OVER = frozenset({CaseStatus.FOLLOW_UP, CaseStatus.CLOSED, CaseStatus.ARCHIVED})
_OVER |= _ASIDE | {CaseStatus.GUIDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAccused(CaseRequest):
    """Say whom a case is about (被反映单位、人员), or that it is about nobody of the street.

    Attributes:
        as_report: it is a report (举报件): from now on only the keepers of secrets see it, beside
            those who have a part in it.
    """

    unit: int | None = None
    staff: int | None = None
    as_report: bool = False
    reason: str = words("记录的理由", default="")


@action(RecordAccused, "case.accused")
def record_accused(tx: Transaction, request: RecordAccused) -> Changes:
    """Record or correct whom a case is about; who is concerned loses it at once (9.4).

    What was not delivered yet is done anew by somebody else. What was delivered stays as it is:
    somebody else calls back, and a further round goes to another unit (`rounds.py`).

    Raises:
        RuleBroken: nothing differs, no reason was given, the unit or person is not there, or the
            case waits for one that the asker does not see.
    """
    case = tx.open_case(request.case, request.seen, Deed.ACCUSE)
    _check(tx, case, request)
    together, names = _together(tx, case), []
    for one in together:  # answers that go back with the main case's are about the same people
        tx.touch(one)
        one.accused_unit_id, one.accused_staff_id = request.unit, request.staff
        if request.as_report:
            _keep_secret(tx, one)
        found = _recuse(tx, one, request.happened_at)
        names += found.names
        together += [back for back in found.back if back not in together]
        recuse_team(tx, one, _RECUSED)
    ended = f"，{'、'.join(dict.fromkeys(names))}不再承办" if names else ""
    ids = tuple(one.id for one in together)
    return Changes(f"{_said(request)}{ended}", cases=ids, detail=request.reason)


def _together(tx: Transaction, case: Case) -> list[Case]:
    """Return the case, its main one while it waits for it, and all that wait with it."""
    main = case
    if case.status is CaseStatus.MERGED and case.merged_into_id is not None:
        found = tx.session.get(Case, case.merged_into_id, with_for_update=True)
        if found is None or not may_see(stand_of(tx.session, found), tx.person):
            raise RuleBroken("此件已并入别的件一起办，请信联办在主件上记被反映单位、人员。")
        main = found
    return [case, *(one for one in (main, *merged_into(tx, main)) if one is not case)]


def _keep_secret(tx: Transaction, case: Case) -> None:
    """Make a case a report; from now on nobody finds it by the name of who made it."""
    case.is_secret = case.hides_appellant = True
    case.purpose = Purpose.REPORT
    facts = tx.session.get_one(PrivateFacts, case.id)
    case.appellant_shown = shown_name(facts.name, is_hidden=True)
    write_search_doc(tx, case)


def _said(request: RecordAccused) -> str:
    # the history is read by all who see the case: it does not name who was complained about
    if request.unit is None and request.staff is None:
        return "转为举报件" if request.as_report else "取消被反映单位、人员"
    return "记录被反映单位、人员" + ("，转为举报件" if request.as_report else "")


def _check(tx: Transaction, case: Case, request: RecordAccused) -> None:
    require_row(tx, Unit, request.unit, "被反映单位", "unit")
    require_row(tx, Staff, request.staff, "被反映人员", "staff")
    same = (request.unit, request.staff) == (case.accused_unit_id, case.accused_staff_id)
    if same and (case.is_secret or not request.as_report):
        raise RuleBroken("被反映单位、人员没有变，不用保存。", field="unit")
    if not request.reason.strip():
        raise RuleBroken("请写一句从哪里知道的，办理过程里会留下。", field="reason")


@dataclass(frozen=True, slots=True)
class _Recused:
    """Which units lost their part, and which cases' answers went back with this one's."""

    names: list[str]
    back: tuple[Case, ...] = ()


def _recuse(tx: Transaction, case: Case, at: datetime) -> _Recused:
    """End the parts of whom the case is about, where there is still something to do."""
    aside = case.status if case.status in _ASIDE and case.set_aside_from is not None else None
    if case.status in _OVER and aside is None:
        return _Recused([])  # what was answered stays; who is concerned sees nothing of it any more
    ended = [part for part in standing_parts(tx, case) if _is_concerned(tx, case, part)]
    is_woken = aside is not None and (ended or case.set_aside_from is CaseStatus.SIGNING)
    if is_woken:
        assert case.set_aside_from is not None  # noqa: S101 - asked for above
        case.status = case.set_aside_from
        give_clocks_back(tx, case)
    for part in end_parts(tx, case, at, ended):
        part.reason = _RECUSED
    units = {part.unit_id for part in ended}
    _free_matters(tx, case, ended)
    back: tuple[Case, ...] = ()
    if any(part.role is AssignmentRole.LEAD for part in ended):
        back = _back_to_dispatch(tx, case, at)
    elif case.status is CaseStatus.SIGNING:
        reroute_sign_off(tx, case, present_opinion(tx, case), at)
    elif case.status in _SIGNED and _was_signed_by_him(tx, case):
        back = begin_version(tx, case, at).together
    if is_woken and aside is not None:
        set_aside(tx, case, aside, at)
    refresh_next(tx, case)
    return _Recused([unit_name(tx.session, unit, tx.today) for unit in sorted(units)], back)


def _is_concerned(tx: Transaction, case: Case, part: Assignment) -> bool:
    return is_about(tx, case, part.unit_id, part.handler_id)


def _was_signed_by_him(tx: Transaction, case: Case) -> bool:
    """Return whether whoever the case is about signed what has not been delivered yet."""
    opinion = present_opinion(tx, case)
    signers = {step.signed_by for step in present_steps(tx, opinion)} | {opinion.signed_by}
    return bool(recused_leaders(tx, case, (one for one in signers if one is not None)))


def _free_matters(tx: Transaction, case: Case, ended: list[Assignment]) -> None:
    """Whoever gets the case next answers these matters himself; earlier rounds stay (6.1 #16)."""
    units: set[int | None] = {part.unit_id for part in ended}
    if any(part.role is AssignmentRole.LEAD for part in ended):
        units.add(None)  # what nobody was named for is the lead's
    for matter in matters_of_round(tx, case):
        if matter.unit_id in units:
            matter.unit_id = matter.result = matter.answer = matter.basis = None
            matter.is_solved = matter.answered_by = matter.answered_at = None


def _back_to_dispatch(tx: Transaction, case: Case, at: datetime) -> tuple[Case, ...]:
    """Have somebody else do all of it; the limits that were promised run on as they were.

    Returns:
        The merged cases whose answers went back with it.
    """
    back: tuple[Case, ...] = ()
    if case.status in _SIGNED:
        void_opinion_papers(tx, case)
        back = unanswer_merged(tx, case, present_opinion(tx, case), at)
        give_clocks_back(tx, case)  # it may have been answered with another one
        case.set_aside_from = None
    if case.status in {CaseStatus.OPINION, CaseStatus.SIGNING, *_SIGNED}:
        opinion = present_opinion(tx, case)
        tx.watch(opinion)
        end_sign_off(tx, opinion)
        opinion.status, opinion.remark = OpinionStatus.SENT_BACK, _RECUSED
    if case.status is CaseStatus.PARKED:
        end_parkings(tx, case, at)
    require_move(case.status, CaseStatus.RECEIVED)
    case.status = CaseStatus.RECEIVED
    case.lead_unit_id = case.handler_id = None
    _forget_findings(tx, case)
    stop_clock(tx, case, ClockKind.OPINION, at)
    if not any(clock.kind is ClockKind.DISPATCH for clock in running(tx, case)):
        start_clocks(tx, case, ClockEvent.RECEIVED, at, only=ClockKind.DISPATCH)
    return back


def _forget_findings(tx: Transaction, case: Case) -> None:
    """Void what the unit complained about found and did; the history keeps it."""
    row = round_of(tx, case)
    tx.watch(row)
    for kind in (ClockKind.VERIFY, ClockKind.HANDLE):
        reopen_clock(tx, case, kind, _stopped_at(tx, case, kind))
    row.verified_at = row.verify_note = row.handled_at = row.measures = None
    row.result = row.late_reason = None
    case.result = None


def _stopped_at(tx: Transaction, case: Case, kind: ClockKind) -> datetime | None:
    return tx.session.scalar(
        select(Clock.stopped_at)
        .where(
            Clock.case_id == case.id,
            Clock.round_no == case.round_no,
            Clock.kind == kind,
            Clock.assignment_id.is_(None),
        )
        .order_by(Clock.id.desc())
        .limit(1)
    )

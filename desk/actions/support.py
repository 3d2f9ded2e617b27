"""Supporting units (协办), asked in at the dispatch or later: own clocks, own result."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk.actions.chief_dispatch import require_keeper
from desk.actions.clocks import refresh_next, stop_clock
from desk.actions.matters import give_matters
from desk.actions.sending import begin_parts, end_parts, live_parts, new_part, require_units
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    ClockKind,
    DispatchMode,
    HandlingResult,
)
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.models import Assignment, Case, Team
from desk.store.models.hall import today_rows
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSupport(CaseRequest):
    """Report what a supporting unit did (协办反馈), and how it ended for that unit."""

    result: HandlingResult
    feedback: str = words("办理反馈", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSupport(CaseRequest):
    """Ask further units or teams in (加派协办)."""

    units: tuple[int, ...] = ()
    teams: tuple[int, ...] = ()
    reason: str = words("加派理由")


@dataclass(frozen=True, slots=True, kw_only=True)
class DropSupport(CaseRequest):
    """Take supporting units off the case again (撤下协办); it can then be finished."""

    parts: tuple[int, ...]
    reason: str = words("撤下理由")


@action(ReportSupport, "case.support_reported")
def report_support(tx: Transaction, request: ReportSupport) -> Changes:
    """Record what a supporting unit did and stop its own clock; the lead's runs on (002-5).

    Raises:
        RuleBroken: nothing was written down.
    """
    case = tx.open_case(request.case, request.seen, Deed.REPORT_SUPPORT)
    if not request.feedback.strip():
        raise RuleBroken("请写下协办做了什么。", field="feedback")
    everyone = tx.person.is_built_in
    parts = [
        part
        for part in _supports(tx, case)
        if part.status is AssignmentStatus.ACCEPTED
        and (everyone or part.unit_id in tx.person.unit_ids)
    ]
    if not parts:
        raise RuleBroken("没有等您反馈的协办，请刷新后再看。")
    for part in parts:
        part.status = AssignmentStatus.REPORTED
        part.reported_at, part.feedback = request.happened_at, request.feedback
        part.result = request.result
        stop_clock(tx, case, ClockKind.HANDLE, request.happened_at, assignment=part)
    return Changes(
        f"协办反馈 {_names(tx, parts)} {label(request.result)}",
        cases=(case.id,),
        detail=request.feedback,
    )


@action(AddSupport, "case.support_added")
def add_support(tx: Transaction, request: AddSupport) -> Changes:
    """Give further units a part, each with its own clocks and slip (DOMAIN.md 6.1 #8, 001-13).

    Raises:
        RuleBroken: nobody was chosen, one has a part already or is complained about, no reason,
            or it is not up to the asker who else gets a confidential case.
    """
    case = tx.open_case(request.case, request.seen, Deed.ADD_SUPPORT)
    if not request.units and not request.teams:
        raise RuleBroken("请选要加派的单位或队伍。", field="units")
    _require_reason(request.reason, "加派")
    wanted = _wanted(tx, request)
    units = [unit for unit, _ in wanted]
    require_units(tx, case, units, field="units")
    require_keeper(tx, case, units, field="units")
    _require_fresh(tx, case, wanted)
    at = request.happened_at
    case.mode = DispatchMode.DOUBLE
    parts = [
        new_part(tx, case, unit, AssignmentRole.SUPPORT, at,
                 team_id=team.id if team else None, reason=request.reason)
        for unit, team in wanted
    ]  # fmt: skip
    papers = begin_parts(tx, case, parts, at)
    refresh_next(tx, case)
    names = "、".join(
        team.name if team else unit_name(tx.session, unit, tx.today) for unit, team in wanted
    )
    made = {"parts": [part.id for part in parts], "papers": [paper.id for paper in papers]}
    return Changes(f"加派协办 {names}", cases=(case.id,), made=made, detail=request.reason)


@action(DropSupport, "case.support_dropped")
def drop_support(tx: Transaction, request: DropSupport) -> Changes:
    """End the parts of supporting units, and stop their clocks; they keep sight of the case.

    Raises:
        RuleBroken: they no longer support it, or no reason was written.
    """
    case = tx.open_case(request.case, request.seen, Deed.DROP_SUPPORT)
    chosen = [part for part in _supports(tx, case) if part.id in set(request.parts)]
    if not chosen:
        raise RuleBroken("请选要撤下的协办单位，可能已经反馈或撤下。", field="parts")
    _require_reason(request.reason, "撤下")
    for part in _end(tx, case, chosen, request.happened_at):
        part.reason = request.reason
    return Changes(f"撤下协办 {_names(tx, chosen)}", cases=(case.id,), detail=request.reason)


def release_support(tx: Transaction, case: Case, part: Assignment, at: datetime) -> None:
    """End the part of a supporting unit that handed it back (退回协办); its clocks stop."""
    for one in _end(tx, case, [part], at):
        one.status = AssignmentStatus.RETURNED


def _end(tx: Transaction, case: Case, parts: list[Assignment], at: datetime) -> list[Assignment]:
    """End parts of supporting units; their matters fall to the lead."""
    ended = end_parts(tx, case, at, parts)
    give_matters(tx, case)
    if not _supports(tx, case, with_reported=True):
        case.mode = DispatchMode.DIRECT
    return ended


def _supports(tx: Transaction, case: Case, *, with_reported: bool = False) -> list[Assignment]:
    found = [part for part in live_parts(tx, case) if part.role is not AssignmentRole.LEAD]
    if with_reported:
        found += _reported(tx, case)
    return found


def _reported(tx: Transaction, case: Case) -> list[Assignment]:
    return [
        part
        for part in tx.rows(Assignment, case)
        if part.round_no == case.round_no
        and part.role is not AssignmentRole.LEAD
        and part.status is AssignmentStatus.REPORTED
    ]


def _wanted(tx: Transaction, request: AddSupport) -> list[tuple[int, Team | None]]:
    """Return who is asked in: units by themselves, and the units of teams."""
    teams = tx.session.scalars(
        select(Team)
        .where(
            Team.street_id == tx.street_id, Team.id.in_(request.teams), today_rows(Team, tx.today)
        )
        .order_by(Team.id)
    ).all()
    if len(teams) != len(set(request.teams)):
        raise RuleBroken("所选的队伍已停用，请重新选择。", field="teams")
    return [(unit, None) for unit in request.units] + [(team.unit_id, team) for team in teams]


def _require_fresh(tx: Transaction, case: Case, wanted: Iterable[tuple[int, Team | None]]) -> None:
    there = {part.unit_id for part in live_parts(tx, case)}
    for unit, team in wanted:
        if unit in there:
            name = unit_name(tx.session, unit, tx.today)
            words = f"{name}已在办理这一件，不用再加派。"
            raise RuleBroken(words, field="teams" if team else "units")


def _require_reason(reason: str, verb: str) -> None:
    if not reason.strip():
        raise RuleBroken(f"请写一句{verb}的理由，这个单位会看到。", field="reason")


def _names(tx: Transaction, parts: Iterable[Assignment]) -> str:
    return "、".join(unit_name(tx.session, part.unit_id, tx.today) for part in parts)

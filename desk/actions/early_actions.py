"""Findings at work (未诉先办): written down, dealt with, solved, looked at again.

Nobody complained, so nobody is rung and nobody rates it; what counts is whether it is solved.
Sources: DOMAIN.md 002-15, 6.1 row 22.
"""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from desk.actions.intake_checks import has_words, require_row
from desk.actions.numbers import take_number
from desk.rules.deeds import Deed
from desk.rules.early_action_codes import DiscoverWay, EarlyActionState, VisitConcern
from desk.rules.early_actions import (
    NOT_FOUND,
    FindingStand,
    recheck_day,
    require_found_in,
    require_move,
    require_times,
    require_treat,
)
from desk.rules.errors import RuleBroken, StaleCase
from desk.rules.moments import day_of
from desk.rules.numbering import NumberKind, number_year
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import Category, EarlyAction, Place, Unit
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

S = EarlyActionState
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFacts:
    """What somebody found, in one line.

    Attributes:
        found_by: whoever saw it; staff, no resident.
        is_solved: it was put right at once; somebody looks again later.
    """

    situation: str = words("情况", Field.BODY)
    category: int
    community: int
    unit: int
    way: DiscoverWay
    found_at: datetime
    found_by: str = words("发现人", Field.NAME, longest=100, default="")
    grid: int | None = None
    place: int | None = None
    address: str = words("地址", default="")
    concern: VisitConcern | None = None
    measure: str = words("处置措施", Field.BODY, default="")
    note: str = words("备注", Field.BODY, default="")
    is_solved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFindings(Request):
    """Write findings down, one or many at once (未诉先办登记)."""

    findings: tuple[FindingFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRequest(Request):
    """A request about one finding, made by someone who had seen a version of it."""

    finding: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFinding(FindingRequest):
    """Correct a finding, give it to another unit, or say what is being done (更改、处置)."""

    situation: str = words("情况", Field.BODY)
    category: int
    unit: int
    address: str = words("地址", default="")
    concern: VisitConcern | None = None
    measure: str = words("处置措施", Field.BODY, default="")
    note: str = words("备注", Field.BODY, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveFinding(FindingRequest):
    """Say that it is solved (化解), and by when somebody looks again.

    Attributes:
        resolved_at: when; now where nothing is said.
    """

    measure: str = words("处置措施", Field.BODY)
    resolved_at: datetime | None = None
    recheck_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckFinding(FindingRequest):
    """Say what a second look showed (复看): solved indeed, or not."""

    is_solved: bool
    note: str = words("复看情况", Field.BODY, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidFinding(FindingRequest):
    """Take back a finding that was written down by mistake (作废); its number stays."""

    reason: str = words("作废理由", longest=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreFinding(FindingRequest):
    """Go on with a finding that was taken back (恢复)."""


@action(RecordFindings, "early_action.recorded")
def record_findings(tx: Transaction, request: RecordFindings) -> Changes:
    """Write findings down, each with a number of its own.

    Raises:
        NotAllowed: the asker does not do this.
        RuleBroken: there are none or too many, something is missing, or it is another community's.
    """
    require_hall(Deed.RECORD_FINDING, tx.person)
    if not 0 < len(request.findings) <= MOST_AT_ONCE:
        raise RuleBroken(
            f"一次登记 1 到 {MOST_AT_ONCE} 条，现在是 {len(request.findings)} 条。",
            field="findings",
        )
    rows = [put_down(tx, facts) for facts in request.findings]
    said = rows[0].number if len(rows) == 1 else f"{len(rows)} 条"
    return Changes(
        f"未诉先办登记 {said}",
        made={"early_actions": [row.id for row in rows], "number": rows[0].number},
    )


def put_down(tx: Transaction, facts: FindingFacts, *, visit: int | None = None) -> EarlyAction:
    """Check what somebody found and keep it under its number."""
    _check(tx, facts)
    require_found_in(facts.community, tx.person)
    require_times(facts.found_at, None, tx.now)
    taken = take_number(tx, NumberKind.EARLY_ACTION, number_year(facts.found_at))
    solved: dict[str, Any] = {}
    if facts.is_solved:
        solved = {
            "resolved_by": tx.person.staff_id,
            "resolved_at": facts.found_at,
            "recheck_on": _recheck_on(tx, day_of(facts.found_at)),
        }
    row = EarlyAction(
        id=new_id(),
        street_id=tx.street_id,
        number=taken.text,
        year=taken.year,
        seq=taken.seq,
        is_imported=False,
        **columns_of(facts),
        state=S.RESOLVED if facts.is_solved else S.OPEN,
        recorded_by=tx.person.staff_id,
        recorded_at=tx.now,
        visit_id=visit,
        changed_at=tx.now,
        version=1,
        **solved,
    )
    tx.add(row)
    return row


@action(ChangeFinding, "early_action.changed")
def change_finding(tx: Transaction, request: ChangeFinding) -> Changes:
    """Correct what is written about a finding.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed: it is another community's.
        RuleBroken: nothing is said, or the category or the unit is none of ours.
    """
    row = _changing(tx, request)
    _require_words(request.situation)
    require_row(tx, Category, request.category, "类别", "category")
    require_row(tx, Unit, request.unit, "处置单位", "unit")
    row.situation, row.category_id, row.unit_id = request.situation, request.category, request.unit
    row.address, row.concern = request.address or None, request.concern
    row.measure, row.note = request.measure or None, request.note or None
    return _changes(row, "更改")


@action(ResolveFinding, "early_action.resolved")
def resolve_finding(tx: Transaction, request: ResolveFinding) -> Changes:
    """Say that it is solved; somebody looks again by a day.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed: it is another community's or unit's.
        RuleBroken: it is not said how, the times do not fit, or it is solved already.
    """
    row = _changing(tx, request)
    if not has_words(request.measure):
        raise RuleBroken("请写一句怎么办的，例如“已清走，贴了提示”。", field="measure")
    at = request.resolved_at or tx.now
    require_times(row.found_at, at, tx.now)
    due = request.recheck_on or _recheck_on(tx, day_of(at))
    if due < day_of(at):
        raise RuleBroken("复看的日子不能早于化解那天。", field="recheck_on")
    _move(row, S.RESOLVED)
    row.measure = request.measure
    row.resolved_by, row.resolved_at, row.recheck_on = tx.person.staff_id, at, due
    return _changes(row, "化解", detail=request.measure)


@action(RecheckFinding, "early_action.rechecked")
def recheck_finding(tx: Transaction, request: RecheckFinding) -> Changes:
    """Confirm that it is solved, or open it again.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed: it is another community's or unit's.
        RuleBroken: it is not solved yet, or it is not said what is still wrong.
    """
    row = _changing(tx, request)
    if not request.is_solved and not has_words(request.note):
        raise RuleBroken("请写明复看时还有什么问题。", field="note")
    if row.state not in {S.RESOLVED, S.CONFIRMED}:
        raise RuleBroken("这一条还没有记化解，先处置，化解后再复看。")
    _move(row, S.CONFIRMED if request.is_solved else S.OPEN)
    row.rechecked_by, row.rechecked_at = tx.person.staff_id, tx.now
    row.recheck_note = request.note or None
    if not request.is_solved:
        row.resolved_by = row.resolved_at = row.recheck_on = None
    return _changes(row, "复看确认化解" if request.is_solved else "复看未化解", detail=request.note)


@action(VoidFinding, "early_action.voided")
def void_finding(tx: Transaction, request: VoidFinding) -> Changes:
    """Take a finding back; it counts nowhere any more.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed: it is another community's.
        RuleBroken: no reason, or it has become a case, a whistle, or is solved.
    """
    row = _changing(tx, request)
    if not has_words(request.reason):
        raise RuleBroken("请写一句为什么作废。", field="reason")
    if row.case_id or row.whistle_id:
        raise RuleBroken("这一条已转出，不能作废。")
    _move(row, S.VOID)
    row.void_reason = request.reason
    return _changes(row, "作废", detail=request.reason)


@action(RestoreFinding, "early_action.restored")
def restore_finding(tx: Transaction, request: RestoreFinding) -> Changes:
    """Go on with a finding that was taken back.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed: it is another community's.
        RuleBroken: it was not taken back.
    """
    row = _changing(tx, request)
    if row.state is not S.VOID:
        raise RuleBroken("这一条没有作废，不用恢复。请刷新后再看。")
    _move(row, S.OPEN)
    row.void_reason = None
    return _changes(row, "恢复")


def columns_of(facts: FindingFacts) -> dict[str, Any]:
    """Return what somebody found as the columns in which it is kept."""
    ids = {"category", "community", "unit", "grid", "place"}
    said = asdict(facts)
    return {
        f"{part.name}_id" if part.name in ids else part.name: said[part.name] or None
        for part in fields(facts)
        if part.name != "is_solved"
    }


def changing(tx: Transaction, finding: int, seen: int) -> EarlyAction:
    """Return a finding that the asker deals with, as he has seen it; its version rises.

    Raises:
        RuleBroken: there is none, or it is kept from him.
        StaleCase: somebody changed it meanwhile.
        NotAllowed: it is another community's or unit's.
    """
    row = tx.session.get(EarlyAction, finding)
    if row is None or row.street_id != tx.street_id:
        raise RuleBroken(NOT_FOUND, field="finding")
    if row.case_id is not None:
        tx.earlier_case(row.case_id, field="finding", what="看的未诉先办")
    require_treat(FindingStand(row.community_id, row.unit_id, row.recorded_by), tx.person)
    tx.session.refresh(row, with_for_update=True)  # only those who may change it can hold it
    if row.version != seen:
        raise StaleCase(f"{row.number} 刚被更新。您写的内容还在，请看过最新情况后再存。")
    tx.watch(row)
    row.version += 1
    row.changed_at = tx.now
    return row


def _changing(tx: Transaction, request: FindingRequest) -> EarlyAction:
    return changing(tx, request.finding, request.seen)


def _changes(row: EarlyAction, verb: str, *, detail: str = "") -> Changes:
    return Changes(
        f"未诉先办{verb} {row.number}",
        made={"early_action": row.id, "number": row.number},
        detail=detail,
    )


def _move(row: EarlyAction, target: EarlyActionState) -> None:
    require_move(row.state, target)
    row.state = target


def _recheck_on(tx: Transaction, resolved_on: date) -> date:
    days = setting(tx.session, tx.street_id, "recheck_days", tx.today)
    return recheck_day(resolved_on, int(days))


def _check(tx: Transaction, facts: FindingFacts) -> None:
    _require_words(facts.situation)
    require_row(tx, Category, facts.category, "类别", "category")
    require_row(tx, Unit, facts.community, "社区", "community")
    require_row(tx, Unit, facts.grid, "网格", "grid")
    require_row(tx, Unit, facts.unit, "处置单位", "unit")
    require_row(tx, Place, facts.place, "小区", "place")


def _require_words(situation: str) -> None:
    if not has_words(situation):
        raise RuleBroken("请写一句看到了什么。不写姓名、电话。", field="situation")

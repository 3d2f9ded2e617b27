"""The history that a ledger's row tells (台账里的办理过程), written as if it had happened here.

Every row is written at the ledger's own moments. Nothing is deleted by a later import: what is
there is brought up to date, what is missing is added.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

from sqlalchemy import exists, select

from desk.actions.ledger_clocks import write_clocks
from desk.actions.ledger_request import ImportCase, exit_of, is_rated, status_of
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ContactResult,
    ContactWay,
    DispatchMode,
    Exit,
    FollowUpWay,
    HandlingResult,
    OpinionStatus,
    Resolution,
    Satisfaction,
)
from desk.rules.lifecycle import MOVES
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.store.ids import new_id
from desk.store.models import (
    Assignment,
    Case,
    Contact,
    Event,
    EventCase,
    FollowUp,
    Opinion,
    Round,
)
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

Row = TypeVar("Row")
NOTE = "台账导入"
_ASIDE = frozenset({CaseStatus.MERGED, CaseStatus.WITHDRAWN, CaseStatus.PARKED})
_RESULTS = {Resolution.YES: HandlingResult.SOLVED, Resolution.PARTLY: HandlingResult.PARTLY}


def is_ours(tx: Transaction, case: Case) -> bool:
    """Return whether the hall itself has worked on an imported case since."""
    return bool(
        tx.session.scalar(
            select(
                exists().where(
                    EventCase.case_id == case.id,
                    EventCase.event_id == Event.id,
                    Event.kind != "case.imported",
                )
            )
        )
    )


def steps_of(tx: Transaction, request: ImportCase) -> list[str]:
    """Return the row's steps in words, each with its moment, in their order."""
    return [
        f"{in_shanghai(at):%Y-%m-%d %H:%M} {said}"
        for at, said in sorted(_told(tx, request), key=lambda step: step[0])
    ]


def write_history(tx: Transaction, case: Case, request: ImportCase) -> None:
    """Write round, parts, contact, opinion, follow-up, clocks and status of the row."""
    round_row = _round(tx, case)
    round_row.dispatched_at = request.dispatched_at
    round_row.verified_at = request.verified_at
    round_row.verify_note = NOTE if request.verified_at else None
    round_row.handled_at = request.handled_at
    round_row.measures = request.opinion or None
    round_row.result = request.result
    lead = _parts(tx, case, request)
    _contact(tx, case, request)
    _opinion(tx, case, request)
    _follow_up(tx, case, request)
    tx.session.flush()
    _move(tx, case, status_of(request))
    write_clocks(tx, case, request, lead)


def _told(tx: Transaction, request: ImportCase) -> Iterator[tuple[datetime, str]]:
    def named(unit: int) -> str:
        return unit_name(tx.session, unit, tx.today)

    yield request.received_at, "受理"
    lead = f" 主办{named(request.lead)}" if request.lead else ""
    others = "、".join(named(unit) for unit in request.supports)
    dispatch = (label(request.mode) if request.mode else "分拨") + lead
    for at, said in (
        (request.dispatched_at, dispatch + (f"，协办{others}" if others else "")),
        (request.accepted_at, "签收"),
        (request.contacted_at, "首次联系"),
        (request.verified_at, "核实"),
        (request.handled_at, f"办理完毕 {label(request.result)}" if request.result else "办理完毕"),
        (request.opinion_at, "处理意见书"),
    ):
        if at is not None:
            yield at, said
    if request.followed_up_at is not None:
        rated = label(request.satisfaction) if request.satisfaction else "未评价"
        yield request.followed_up_at, f"回访 {rated}"


def _round(tx: Transaction, case: Case) -> Round:
    return next(row for row in tx.rows(Round, case) if row.number == case.round_no)


def _parts(tx: Transaction, case: Case, request: ImportCase) -> Assignment | None:
    """Bring the units' parts up to the row; a unit it no longer names is replaced."""
    there = {(part.unit_id, part.role): part for part in tx.rows(Assignment, case)}
    wanted = [(request.lead, AssignmentRole.LEAD)] if request.lead else []
    wanted += [(unit, AssignmentRole.SUPPORT) for unit in request.supports]
    for key, part in there.items():
        if key not in wanted:
            part.status = AssignmentStatus.REPLACED
    tx.session.flush()  # the old lead steps back before the new one is written
    found: list[Assignment] = []
    for unit, role in wanted:
        part = there.get((unit, role)) or Assignment(
            id=new_id(),
            street_id=case.street_id,
            case_id=case.id,
            round_no=case.round_no,
            unit_id=unit,
            role=role,
            requirements=[],
        )
        _tell_part(part, request)
        found.append(part)
    tx.add(*found)
    return found[0] if request.lead else None


def _tell_part(part: Assignment, request: ImportCase) -> None:
    is_lead = part.role is AssignmentRole.LEAD
    part.mode = request.mode or (DispatchMode.DOUBLE if request.supports else DispatchMode.DIRECT)
    part.dispatched_at = request.dispatched_at or request.accepted_at or request.received_at
    part.accepted_at = request.accepted_at if is_lead else None
    part.reported_at = request.handled_at
    if request.handled_at or is_rated(request):
        part.status = AssignmentStatus.REPORTED
    elif is_lead and status_of(request) is not CaseStatus.DISPATCHED:
        part.status = AssignmentStatus.ACCEPTED
    else:
        part.status = AssignmentStatus.WAITING


def _contact(tx: Transaction, case: Case, request: ImportCase) -> None:
    if request.contacted_at is None:
        return
    row = min(tx.rows(Contact, case), key=lambda row: row.happened_at, default=None)
    if row is not None:
        row.happened_at = request.contacted_at
        return
    tx.add(
        Contact(
            id=new_id(),
            street_id=case.street_id,
            case_id=case.id,
            round_no=case.round_no,
            staff_id=tx.person.staff_id,
            unit_id=request.lead or case.first_unit_id,
            happened_at=request.contacted_at,
            way=ContactWay.PHONE,
            result=ContactResult.REACHED,
            note=NOTE,
        )
    )


def _opinion(tx: Transaction, case: Case, request: ImportCase) -> None:
    """Keep the opinion as signed at the ledger's moment; one that waits starts as a draft."""
    waits = status_of(request) is CaseStatus.OPINION
    if request.opinion_at is None and not waits:
        return
    at = request.opinion_at
    row = min(tx.rows(Opinion, case), key=lambda row: row.revision, default=None)
    if row is None:
        row = Opinion(
            id=new_id(),
            street_id=case.street_id,
            case_id=case.id,
            round_no=case.round_no,
            revision=1,
            written_by=tx.person.staff_id,
        )
    row.status = OpinionStatus.DRAFT if waits else OpinionStatus.SIGNED
    row.title = f"关于{case.summary}的处理意见"[:200]
    row.acceptance, row.findings = case.details, request.opinion
    row.decision = request.opinion
    row.result = request.result or _likely_result(request)
    row.written_at = at or request.handled_at or tx.now
    row.submitted_at = row.signed_at = at
    tx.add(row)


def _likely_result(request: ImportCase) -> HandlingResult:
    """Return the result that fits the resident's word, where the ledger gives none."""
    if request.resolution is None:
        return HandlingResult.MEASURES
    return _RESULTS.get(request.resolution, HandlingResult.MEASURES)


def _follow_up(tx: Transaction, case: Case, request: ImportCase) -> None:
    rated_at_once = exit_of(request) is Exit.ON_SPOT and request.followed_up_at is None
    if rated_at_once or not is_rated(request):
        return
    row = min(tx.rows(FollowUp, case), key=lambda row: row.seq, default=None) or FollowUp(
        id=new_id(),
        street_id=case.street_id,
        case_id=case.id,
        round_no=case.round_no,
        seq=1,
        staff_id=tx.person.staff_id,
        failed_calls=0,
        stars=[None, None, None, None],
    )
    row.happened_at = request.followed_up_at or request.handled_at or request.received_at
    row.way = request.followup_way or FollowUpWay.PHONE
    answers = (request.was_contacted, request.resolution)
    row.is_reached = answers != (None, None) or request.satisfaction not in {
        None,
        Satisfaction.NOT_RATED,
    }
    row.was_contacted, row.resolution = answers
    row.satisfaction = request.satisfaction
    row.discontent, row.discontent_note = request.discontent, request.discontent_note or None
    tx.add(row)


def _move(tx: Transaction, case: Case, target: CaseStatus) -> None:
    """Lead the case to where the row says it is, one allowed move after the other."""
    for status in _way(case.status, target):
        case.status = status
        tx.session.flush()


def _way(start: CaseStatus, target: CaseStatus) -> tuple[CaseStatus, ...]:
    """Return the shortest way between two statuses, or nothing where none leads on."""
    ways: dict[CaseStatus, tuple[CaseStatus, ...]] = {start: ()}
    fresh = [start]
    while fresh and target not in ways:
        current = fresh.pop(0)
        for status in sorted(MOVES[current] - _ASIDE - set(ways)):
            ways[status] = (*ways[current], status)
            fresh.append(status)
    return ways.get(target, ())

"""Supervision at work (督办): issued or taken in from above, signed for, reported on, closed.

Each step issues the paper anew under its number, so that what is printed says how far it has come.
Sources: DOMAIN.md 2.6, 9.5, 003-2.
"""

from dataclasses import dataclass
from datetime import datetime

from desk.actions.numbers import next_text
from desk.actions.papers import issue, replace_paper
from desk.rules.assessment_codes import (
    SupervisionGround,
    SupervisionSource,
    SupervisionState,
)
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.numbering import NumberKind
from desk.rules.supervising import (
    OF_ABOVE,
    OPEN,
    may_decide,
    require_end_note,
    require_limit,
    require_move,
    require_supervision,
)
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, Paper, Staff, Supervision
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction, stand_of
from desk.store.unit_names import unit_name

S = SupervisionState
_PAPER = "supervision-notice"
_NOT_FOUND = "找不到这件督办，请刷新后再试。"
_DONE = {S.CLOSED: "督办销号", S.TAKEN: "督办反馈退回再办", S.REVOKED: "撤销督办"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervise(CaseRequest):
    """Supervise a case (发督办单), or take in what an office above supervises (登记上级督办).

    Attributes:
        unit: the unit that must settle it and report.
        due_at: until when (新时限).
        copied_to: who else gets the paper.
        outside_number: the number under which it came from above.
    """

    unit: int
    grounds: tuple[SupervisionGround, ...]
    requirement: str = words("督办要求", Field.BODY)
    due_at: datetime
    source: SupervisionSource = SupervisionSource.STREET
    copied_to: str = words("抄送", Field.BODY, longest=200, default="")
    outside_number: str = words("来文编号", Field.CODE, longest=60, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSupervision(CaseRequest):
    """Sign for a supervision: from now on the unit works on it (督办签收)."""

    supervision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSupervision(CaseRequest):
    """Say what was done about it (反馈结果)."""

    supervision: int
    report: str = words("反馈结果", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideSupervision(CaseRequest):
    """Close it (销号), send the report back (退回再办), or drop it (撤销).

    Attributes:
        outcome: CLOSED, TAKEN or REVOKED.
    """

    supervision: int
    outcome: SupervisionState
    note: str = words("说明", Field.BODY, longest=200, default="")


@action(Supervise, "supervision.issued")
def supervise(tx: Transaction, request: Supervise) -> Changes:
    """Issue a supervision to a unit that has or had a part in the case; its paper comes out.

    Raises:
        RuleBroken: a ground, the requirement, a number from above or a later limit is missing;
            the unit has nothing to do with the case, or has one already that is not closed.
    """
    case = tx.open_case(request.case, request.seen, Deed.SUPERVISE)
    said = set(request.grounds)
    if request.source in OF_ABOVE:
        said.add(SupervisionGround.ABOVE)
    require_supervision(
        request.source,
        said,
        requirement=request.requirement,
        outside_number=request.outside_number,
    )
    require_limit(request.due_at, tx.now)
    if request.unit not in stand_of(tx.session, case).involved_units:
        raise RuleBroken("督办只发给办过此件的单位。请先把件派给它，再督办。", field="unit")
    rows = tx.rows(Supervision, case)
    if any(row.unit_id == request.unit and row.state in OPEN for row in rows):
        raise RuleBroken(
            "这个单位已有一件没销号的督办。请先办完那一件，或撤销后重发。", field="unit"
        )
    row = Supervision(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        source=request.source,
        outside_number=request.outside_number or None,
        state=S.ISSUED,
        unit_id=request.unit,
        grounds=[ground.value for ground in SupervisionGround if ground in said],
        requirement=request.requirement,
        due_at=request.due_at,
        copied_to=request.copied_to or None,
        issued_by=request.made_by,
        issued_at=request.happened_at,
    )
    tx.add(row)
    paper = _issue(tx, case, row)
    unit = unit_name(tx.session, row.unit_id, tx.today)
    is_ours = row.source is SupervisionSource.STREET
    return Changes(
        f"发督办单给{unit}" if is_ours else f"登记{label(row.source)}，交{unit}",
        cases=(case.id,),
        made={"supervision": row.id, "paper": paper.id, "number": paper.number},
        detail=row.requirement,
    )


@action(TakeSupervision, "supervision.taken")
def take_supervision(tx: Transaction, request: TakeSupervision) -> Changes:
    """Sign for a supervision in the name of one's unit.

    Raises:
        NotAllowed: it is another unit's.
        RuleBroken: it was signed for already.
    """
    case = tx.open_case(request.case, request.seen, Deed.TAKE_SUPERVISION)
    row = _of_own_unit(tx, case, request.supervision)
    _move(tx, row, S.TAKEN)
    row.taken_by, row.taken_at = request.made_by, request.happened_at
    _issue(tx, case, row)
    return Changes("签收督办", cases=(case.id,))


@action(ReportSupervision, "supervision.reported")
def report_supervision(tx: Transaction, request: ReportSupervision) -> Changes:
    """Report what was done; it lies with whoever issued it now.

    Raises:
        NotAllowed: it is another unit's.
        RuleBroken: it was not signed for, or nothing is said.
    """
    case = tx.open_case(request.case, request.seen, Deed.REPORT_SUPERVISION)
    row = _of_own_unit(tx, case, request.supervision)
    if not request.report.strip():
        raise RuleBroken("请写明整改到什么程度、诉求人怎么说。", field="report")
    _move(tx, row, S.REPORTED)
    row.report = request.report
    row.reported_by, row.reported_at = request.made_by, request.happened_at
    _issue(tx, case, row)
    late = "，已超督办时限" if request.happened_at > row.due_at else ""
    return Changes(f"反馈督办结果{late}", cases=(case.id,), detail=request.report)


@action(DecideSupervision, "supervision.decided")
def decide_supervision(tx: Transaction, request: DecideSupervision) -> Changes:
    """Close a supervision, send its report back, or drop it.

    Raises:
        NotAllowed: it is somebody else's, or the asker's own unit is the supervised one.
        RuleBroken: it is not so far, or a reason is missing.
    """
    case = tx.open_case(request.case, request.seen, Deed.DECIDE_SUPERVISION)
    row = _on_case(tx, case, request.supervision)
    issuer = tx.session.get_one(Staff, row.issued_by)
    if not may_decide(
        tx.person, issued_by=row.issued_by, issuer_unit=issuer.unit_id, unit_id=row.unit_id
    ):
        raise NotAllowed("督办由签发人、签发部门的同事或领导销号，被督办单位不能自己销号。")
    require_end_note(request.outcome, request.note)
    _move(tx, row, request.outcome)
    row.end_note = request.note or None
    if row.state not in OPEN:
        row.ended_by, row.ended_at = request.made_by, request.happened_at
    _issue(tx, case, row)
    return Changes(_DONE[request.outcome], cases=(case.id,), detail=request.note)


def _on_case(tx: Transaction, case: Case, supervision: int) -> Supervision:
    row = tx.own(Supervision, supervision, _NOT_FOUND)
    if row.case_id != case.id:
        raise RuleBroken(_NOT_FOUND)
    return row


def _of_own_unit(tx: Transaction, case: Case, supervision: int) -> Supervision:
    row = _on_case(tx, case, supervision)
    if row.unit_id not in tx.person.unit_ids and not tx.person.is_built_in:
        raise NotAllowed("这件督办是发给别的单位的，由那个单位签收和反馈。")
    return row


def _move(tx: Transaction, row: Supervision, target: SupervisionState) -> None:
    require_move(row.state, target)
    tx.watch(row)
    row.state = target


def _issue(tx: Transaction, case: Case, row: Supervision) -> Paper:
    """Issue the paper; with each step its next revision under the same number."""
    old = tx.session.get(Paper, row.paper_id) if row.paper_id else None
    number = next_text(tx, NumberKind.SUPERVISION, row.issued_at) if old is None else old.number
    paper = issue(tx, case, _PAPER, number=number, assignment=row)
    if old is not None:
        replace_paper(tx, old, paper)
    row.paper_id = paper.id
    return paper

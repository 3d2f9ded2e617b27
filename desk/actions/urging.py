"""Urging (催办): a unit is asked to hurry by telephone, in writing, before all; it explains itself.

Sources: DOMAIN.md 2.6: a notice the day after the limit, a circular once its time is over.
"""

from dataclasses import dataclass
from datetime import datetime

from desk.actions.papers import issue
from desk.rules.assessment_codes import UrgingWay
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.supervising import ON_PAPER, Urged, require_urging
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Urging
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction, stand_of
from desk.store.unit_names import unit_name

_PAPER = "urging-slip"
_NOT_FOUND = "找不到这次催办，请刷新后再试。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Urge(CaseRequest):
    """Urge a unit about a case (催办).

    Attributes:
        explain_by: until when a notice is to be answered.
    """

    unit: int
    way: UrgingWay
    note: str = words("催办内容", Field.BODY)
    explain_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainUrging(CaseRequest):
    """Say why it takes so long, and when it will be done (催办说明)."""

    urging: int
    explanation: str = words("说明", Field.BODY)


@action(Urge, "urging.made")
def urge(tx: Transaction, request: Urge) -> Changes:
    """Urge a unit; a notice and a circular leave a paper.

    Raises:
        RuleBroken: nothing is said, the time to explain is missing, a circular comes before a
            notice is over, or the unit has nothing to do with the case.
    """
    case = tx.open_case(request.case, request.seen, Deed.URGE)
    if request.unit not in stand_of(tx.session, case).involved_units:
        raise RuleBroken("只能催办过此件的单位。请从列表里选。", field="unit")
    before = [
        Urged(row.way, row.explain_by, row.explained_at is not None)
        for row in tx.rows(Urging, case)
        if row.unit_id == request.unit
    ]
    is_notice = request.way is UrgingWay.WRITTEN
    require_urging(
        request.way, before, note=request.note, explain_by=request.explain_by, now=tx.now
    )
    row = Urging(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        unit_id=request.unit,
        way=request.way,
        note=request.note,
        due_at=case.next_due_at,
        explain_by=request.explain_by if is_notice else None,
        made_by=request.made_by,
        made_at=request.happened_at,
    )
    tx.add(row)
    made = {"urging": row.id}
    if row.way in ON_PAPER:
        row.paper_id = issue(tx, case, _PAPER, number=case.number, assignment=row).id
        made["paper"] = row.paper_id
    unit = unit_name(tx.session, row.unit_id, tx.today)
    return Changes(f"{label(row.way)}：{unit}", cases=(case.id,), made=made, detail=row.note)


@action(ExplainUrging, "urging.explained")
def explain_urging(tx: Transaction, request: ExplainUrging) -> Changes:
    """Explain oneself for one's unit; after that no circular follows from this notice.

    Raises:
        NotAllowed: another unit was urged.
        RuleBroken: nothing is said, or it was explained already.
    """
    case = tx.open_case(request.case, request.seen, Deed.EXPLAIN_URGING)
    row = tx.own(Urging, request.urging, _NOT_FOUND)
    if row.case_id != case.id:
        raise RuleBroken(_NOT_FOUND)
    if row.unit_id not in tx.person.unit_ids and not tx.person.is_built_in:
        raise NotAllowed("这次催办的是别的单位，由那个单位说明。")
    if row.explained_at is not None:
        raise RuleBroken("这次催办已经说明过了。还有话要说，请写批注。")
    if not request.explanation.strip():
        raise RuleBroken("请写明原因，以及什么时候办完。", field="explanation")
    tx.watch(row)
    row.explanation = request.explanation
    row.explained_by, row.explained_at = request.made_by, request.happened_at
    late = row.explain_by is not None and request.happened_at > row.explain_by
    said = "说明催办（已过说明期限）" if late else "说明催办"
    return Changes(said, cases=(case.id,), detail=request.explanation)

"""A row of a ledger of findings becomes a finding (导入未诉先办台账): history, not work.

A finding is known again by the number that the ledger gives it; the same content twice is taken
in once. What was solved is only ever confirmed by a later ledger, never opened again.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from desk.actions.early_actions import FindingFacts, columns_of
from desk.actions.ledger_import import category_of
from desk.actions.numbers import take_number
from desk.rules.deeds import Deed
from desk.rules.early_action_codes import EarlyActionState
from desk.rules.early_actions import require_times
from desk.rules.numbering import NumberKind, number_year
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, EarlyAction, OutsideNumber
from desk.store.requests import Changes, Request, action
from desk.store.sight import seen_by
from desk.store.transaction import Transaction

S = EarlyActionState


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFinding(Request):
    """Take in one row of a ledger of findings; units and categories are known by their ids.

    Attributes:
        content_hash: the digest of the row, by which the same content is recognised.
        new_subcategory: a second level under the category that the hall did not have so far.
        linked: 关联诉求外部编号, as the ledger has it.
    """

    outside_number: str = words("编号", Field.CODE, longest=60)
    content_hash: str
    facts: FindingFacts
    finding: int = field(default_factory=new_id)
    new_subcategory: str = words("二级分类", default="")
    resolved_at: datetime | None = None
    rechecked_at: datetime | None = None
    linked: str = words("关联诉求外部编号", Field.CODE, longest=400, default="")


@action(ImportFinding, "ledger.finding_imported")
def import_finding(tx: Transaction, request: ImportFinding) -> Changes:
    """Create the finding of a ledger's row, or bring the known one up to it.

    Raises:
        NotAllowed: the person may not import ledgers.
        RuleBroken: its times do not fit.
    """
    require_hall(Deed.IMPORT, tx.person)
    require_times(request.facts.found_at, request.resolved_at, tx.now)
    known = known_finding(tx, request.outside_number)
    if known is None:
        return _create(tx, request)
    if not known.is_imported or known.content_hash == request.content_hash:
        return Changes(f"台账内容与 {known.number} 相同，没有改动", made={"early_action": known.id})
    tx.watch(known)
    for name, value in _said(tx, request).items():
        setattr(known, name, value)
    known.case_id = known.case_id or _case(tx, request.linked)
    for state in _ahead(known.state, request):
        known.state = state
        tx.session.flush()  # the database lets it go step by step
    _solve(tx, known, request)
    known.version += 1
    known.changed_at = tx.now
    return Changes(
        f"按台账更新 {known.number}", made={"early_action": known.id, "number": known.number}
    )


def known_finding(tx: Transaction, outside_number: str) -> EarlyAction | None:
    """Return the finding that a ledger's number means, imported or our own."""
    own = EarlyAction.street_id == tx.street_id
    found = tx.session.scalar(
        select(EarlyAction).where(own, EarlyAction.outside_number == outside_number)
    )
    return found or tx.session.scalar(
        select(EarlyAction).where(own, EarlyAction.number == outside_number)
    )


def _create(tx: Transaction, request: ImportFinding) -> Changes:
    taken = take_number(tx, NumberKind.EARLY_ACTION, number_year(request.facts.found_at))
    states = (S.OPEN, *_ahead(S.OPEN, request))
    row = EarlyAction(
        id=request.finding,
        street_id=tx.street_id,
        number=taken.text,
        year=taken.year,
        seq=taken.seq,
        outside_number=request.outside_number,
        is_imported=True,
        **_said(tx, request),
        state=states[-1],
        case_id=_case(tx, request.linked),
        recorded_by=tx.person.staff_id,
        recorded_at=tx.now,
        changed_at=tx.now,
        version=1,
    )
    _solve(tx, row, request)
    tx.add(row)
    return Changes(
        f"导入 {row.number}",
        made={"early_action": row.id, "number": row.number, "is_new": True},
    )


def _said(tx: Transaction, request: ImportFinding) -> dict[str, Any]:
    facts = asdict(request.facts)
    facts["category"] = category_of(tx, request.facts.category, request.new_subcategory)
    return {
        **columns_of(FindingFacts(**facts)),
        "linked_numbers": request.linked or None,
        "content_hash": request.content_hash,
    }


def _ahead(state: EarlyActionState, request: ImportFinding) -> tuple[EarlyActionState, ...]:
    """Return the states still ahead until the finding stands where the ledger says."""
    if not request.facts.is_solved or state in {S.CONFIRMED, S.VOID}:
        return ()
    way = (S.RESOLVED,) if state is S.OPEN else ()
    return (*way, S.CONFIRMED) if request.rechecked_at else way


def _solve(tx: Transaction, row: EarlyAction, request: ImportFinding) -> None:
    """Keep when it was solved; a ledger's history asks nobody to look again."""
    if not request.facts.is_solved:
        return
    row.resolved_at = request.resolved_at or request.facts.found_at
    row.resolved_by = tx.person.staff_id
    row.rechecked_at = request.rechecked_at


def _case(tx: Transaction, linked: str) -> int | None:
    """Return the first case that a ledger names, by an outside number or ours, if one sees it."""
    for number in linked.replace("；", ";").split(";"):
        if not number.strip():
            continue
        outside = select(OutsideNumber.case_id).where(
            OutsideNumber.street_id == tx.street_id, OutsideNumber.number == number.strip()
        )
        ours = (Case.number == number.strip()) | Case.id.in_(outside)
        found = tx.session.scalar(select(Case.id).where(seen_by(tx.person), ours).limit(1))
        if found is not None:
            return found
    return None

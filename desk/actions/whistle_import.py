"""Whistles from a ledger (导入吹哨台账): what happened elsewhere, as history (EXCHANGE.md 2.3)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from desk.actions.numbers import next_text
from desk.rules.codes import Purpose, Satisfaction
from desk.rules.deeds import Deed
from desk.rules.numbering import NumberKind
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.rules.whistle_codes import WhistleKind, WhistleResult, WhistleState
from desk.rules.whistling import may_be_whistled
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, OutsideNumber, Whistle, WhistleCase, WhistleUnit
from desk.store.requests import Changes, Request, action
from desk.store.sight import seen_by
from desk.store.transaction import Transaction

S = WhistleState
_NO_SITE = "台账未记地点"
# what is in the ledger as settled is in the file; on its way there it passes every state
_WAY = (S.CALLED, S.SETTLED, S.RATED, S.FILED)


@dataclass(frozen=True, slots=True)
class ImportedUnit:
    """A called unit of a ledger, by when it should have come, when it came."""

    unit: int
    required_at: datetime | None = None
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWhistle(Request):
    """Take in one row of a ledger; known again by its number.

    Attributes:
        linked: numbers of cases, from outside or our own.
        rating: as the ledger says it.
    """

    outside_number: str = words("哨单编号", Field.CODE, longest=60)
    content_hash: str = words("内容校验", Field.CODE, longest=64)
    level: str = words("吹哨级别", longest=40)
    kind: WhistleKind
    caller_unit: int
    caller: str = words("吹哨单位", longest=100)
    raised_at: datetime
    matter: str = words("事由", Field.BODY)
    units: tuple[ImportedUnit, ...]
    linked: tuple[str, ...] = ()
    result: WhistleResult | None = None
    resolved_at: datetime | None = None
    satisfaction: Satisfaction | None = None
    rating: str = words("评价", Field.BODY, longest=200, default="")
    remark: str = words("备注", Field.BODY, default="")


@action(ImportWhistle, "whistle.imported")
def import_whistle(tx: Transaction, request: ImportWhistle) -> Changes:
    """Create the whistle of a row, or bring the known one up to it.

    When it was raised, and by which unit, stays as it came first; units are added, none goes.

    Raises:
        NotAllowed: the person may not import ledgers.
    """
    require_hall(Deed.IMPORT, tx.person)
    known = tx.session.scalar(
        select(Whistle)
        .where(
            Whistle.street_id == tx.street_id,
            or_(
                Whistle.outside_number == request.outside_number,
                Whistle.number == request.outside_number,
            ),
        )
        .order_by(Whistle.outside_number != request.outside_number)
        .limit(1)
    )
    if known is not None and (not known.is_imported or known.content_hash == request.content_hash):
        return Changes(f"台账内容与 {known.number} 相同，没有改动", made={"whistle": known.id})
    whistle = known or _created(tx, request)
    if known is not None:
        tx.watch(known)
        known.version += 1
    _write(tx, whistle, request)
    missing = _link(tx, whistle, request.linked)
    made = {"whistle": whistle.id, "number": whistle.number, "missing": missing}
    if known is not None:
        return Changes(f"按台账更新 {whistle.number}", made=made)
    return Changes(f"导入 {whistle.number}", made=made | {"is_new": True})


def _created(tx: Transaction, request: ImportWhistle) -> Whistle:
    whistle = Whistle(
        id=new_id(),
        street_id=tx.street_id,
        number=next_text(tx, NumberKind.WHISTLE, request.raised_at),
        outside_number=request.outside_number,
        is_imported=True,
        level=request.level,
        kind=request.kind,
        state=S.CALLED,
        caller_unit_id=request.caller_unit,
        caller=request.caller,
        raised_by=tx.person.staff_id,
        raised_at=request.raised_at,
        site=_NO_SITE,
        matter=request.matter,
        changed_at=tx.now,
        version=1,
    )
    tx.add(whistle)
    return whistle


def _write(tx: Transaction, whistle: Whistle, request: ImportWhistle) -> None:
    whistle.content_hash = request.content_hash
    whistle.level, whistle.kind, whistle.matter = request.level, request.kind, request.matter
    whistle.result, whistle.resolved_at = request.result, request.resolved_at
    whistle.satisfaction, whistle.rating_note = request.satisfaction, request.rating or None
    whistle.remark = request.remark or None
    whistle.changed_at = tx.now
    known = {
        row.unit_id: row
        for row in tx.session.scalars(
            select(WhistleUnit).where(WhistleUnit.whistle_id == whistle.id)
        )
    }
    for place, one in enumerate(request.units, start=1):
        row = known.get(one.unit)
        if row is None:
            row = WhistleUnit(
                id=new_id(),
                street_id=tx.street_id,
                whistle_id=whistle.id,
                unit_id=one.unit,
                called_at=request.raised_at,
            )
            tx.session.add(row)
        else:
            tx.watch(row)
        row.place_in_list = place
        row.required_at, row.arrived_at = one.required_at, one.arrived_at
    tx.session.flush()
    if request.result is not None:
        for state in _WAY[_WAY.index(whistle.state) + 1 :]:
            whistle.state = state
            tx.session.flush()


def _link(tx: Transaction, whistle: Whistle, numbers: tuple[str, ...]) -> list[str]:
    """Tie the whistle to the cases that are known by these numbers; return the others."""
    tied = set(
        tx.session.scalars(select(WhistleCase.case_id).where(WhistleCase.whistle_id == whistle.id))
    )
    missing = []
    for number in numbers:
        case = tx.session.scalar(
            select(Case)
            .outerjoin(OutsideNumber, OutsideNumber.case_id == Case.id)
            .where(
                seen_by(tx.person),
                or_(OutsideNumber.number == number, Case.number == number),
            )
            .limit(1)
        )
        if case is None or not may_be_whistled(
            is_secret=case.is_secret,
            purpose=case.purpose or Purpose.OTHER,
            is_about_us=bool(case.accused_unit_id or case.accused_staff_id),
        ):
            missing.append(number)
        elif case.id not in tied:
            tied.add(case.id)
            tx.session.add(
                WhistleCase(whistle_id=whistle.id, case_id=case.id, street_id=tx.street_id)
            )
    return missing

"""Findings as rows of their ledger (导出未诉先办台账): as they would come in again."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from desk.exchange.directory import read_directory
from desk.exchange.finding_row import FindingRow
from desk.rules.early_action_codes import EarlyActionState
from desk.rules.early_actions import SOLVED
from desk.rules.moments import day_of, end_of, start_of
from desk.store.database import Reader
from desk.store.models import Case, EarlyAction, OutsideNumber
from desk.store.sight import seen_by
from desk.store.visit_sight import finding_seen_by


def finding_rows(reader: Reader, first: date, last: date) -> Iterator[FindingRow]:
    """Yield what was found in a period, the oldest first; what was taken back is left out."""
    directory = read_directory(reader)
    numbers = _case_numbers(reader)
    found = reader.session.scalars(
        select(EarlyAction)
        .where(
            finding_seen_by(reader.person),
            EarlyAction.state != EarlyActionState.VOID,
            EarlyAction.found_at >= start_of(first),
            EarlyAction.found_at < end_of(last),
        )
        .order_by(EarlyAction.found_at, EarlyAction.id)
        .execution_options(yield_per=500)
    )
    for number, row in enumerate(found, start=1):
        on = day_of(row.found_at)
        category, subcategory = directory.category_names[row.category_id]
        linked = row.linked_numbers or numbers.get(row.case_id or 0, "")
        yield FindingRow(
            row_number=number,
            outside_number=row.outside_number or row.number,
            found_at=row.found_at,
            way=row.way,
            found_by=row.found_by or "",
            community=directory.name_of(row.community_id, on),
            grid=directory.name_of(row.grid_id, on),
            address=row.address or "",
            category=category,
            subcategory=subcategory,
            situation=row.situation,
            unit=directory.name_of(row.unit_id, on),
            measure=row.measure or "",
            is_solved=row.state in SOLVED,
            resolved_at=row.resolved_at if row.state in SOLVED else None,
            linked=tuple(one for one in linked.split(";") if one),
            note=row.note or "",
            rechecked_at=(row.rechecked_at if row.state is EarlyActionState.CONFIRMED else None),
        )


def _case_numbers(reader: Reader) -> dict[int, str]:
    """Return for the cases that findings became the number by which a copy knows them."""
    rows = reader.session.execute(
        select(Case.id, Case.number, OutsideNumber.number)
        .join(EarlyAction, EarlyAction.case_id == Case.id)
        .outerjoin(OutsideNumber, OutsideNumber.case_id == Case.id)
        .where(seen_by(reader.person))
    )
    return {case: outside or own for case, own, outside in rows}

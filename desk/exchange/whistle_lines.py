"""Whistles as rows of their ledger (导出吹哨台账): as they would come in again."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from desk.exchange.directory import read_directory
from desk.exchange.whistle_row import Moments, WhistleRow
from desk.rules.moments import day_of, end_of, start_of
from desk.rules.whistling import COUNTED
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Case, OutsideNumber, Whistle, WhistleCase, WhistleUnit
from desk.store.sight import seen_by
from desk.store.whistle_sight import whistle_seen_by


def whistle_rows(reader: Reader, first: date, last: date) -> Iterator[WhistleRow]:
    """Yield the whistles of a period whose units were called, the oldest first."""
    directory = read_directory(reader)
    found = reader.session.scalars(
        select(Whistle)
        .where(
            whistle_seen_by(reader.person),
            Whistle.state.in_(sorted(COUNTED)),
            Whistle.raised_at >= start_of(first),
            Whistle.raised_at < end_of(last),
        )
        .order_by(Whistle.raised_at, Whistle.id)
    ).all()
    for number, row in enumerate(found, start=1):
        on = day_of(row.raised_at)
        units = reader.session.scalars(
            select(WhistleUnit)
            .where(
                WhistleUnit.whistle_id == row.id,
                WhistleUnit.called_at.is_not(None),
                WhistleUnit.withdrawn_at.is_(None),
            )
            .order_by(WhistleUnit.place_in_list, WhistleUnit.id)
        ).all()
        yield WhistleRow(
            row_number=number,
            outside_number=row.outside_number or row.number,
            level=row.level,
            caller_unit=directory.name_of(row.caller_unit_id, on),
            raised_at=row.raised_at,
            kind=row.kind,
            matter=row.matter,
            linked=_numbers(reader, row.id),
            units=tuple(directory.name_of(one.unit_id, on) for one in units),
            required_at=Moments(one.required_at for one in units),
            arrived_at=Moments(one.arrived_at for one in units),
            result=row.result,
            resolved_at=row.resolved_at,
            rating=label(row.satisfaction) if row.satisfaction else row.rating_note or "",
            remark=row.remark or "",
        )


def _numbers(reader: Reader, whistle: int) -> tuple[str, ...]:
    """Return the numbers by which a copy knows the cases of a whistle."""
    rows = reader.session.execute(
        select(Case.number, OutsideNumber.number)
        .join(WhistleCase, WhistleCase.case_id == Case.id)
        .outerjoin(OutsideNumber, OutsideNumber.case_id == Case.id)
        .where(WhistleCase.whistle_id == whistle, seen_by(reader.person))
        .order_by(Case.id)
    )
    return tuple(outside or own for own, outside in rows)

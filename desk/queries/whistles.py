"""Whistles as people read them (吹哨报到): the board, one whistle whole, those of a case."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from desk.queries.case_rows import has_rows
from desk.queries.lookups import units
from desk.queries.whistle_views import (
    ArrivalView,
    CalledView,
    DutyView,
    WhistleFile,
    WhistleHit,
    WhistleRow,
)
from desk.rules.codes import UnitKind
from desk.rules.numbering import tidy_number
from desk.rules.whistling import (
    OPEN,
    parties_of,
    steps_now,
)
from desk.store.database import Reader
from desk.store.models import (
    Case,
    Place,
    Staff,
    Whistle,
    WhistleArrival,
    WhistleCase,
    WhistleDuty,
    WhistleUnit,
)
from desk.store.sight import seen_by
from desk.store.whistle_sight import whistle_seen_by

_DONE_SHOWN = 60  # of those filed or taken back, the newest
_MOST_HITS = 5
_MOST_THERE = 12


def whistle_board(reader: Reader) -> tuple[WhistleRow, ...]:
    """Return every open whistle that the reader sees, and the newest of those that are done."""
    is_open = Whistle.state.in_(sorted(OPEN))
    return (
        *_rows(reader, is_open, newest_first=False),
        *_rows(reader, ~is_open, most=_DONE_SHOWN),
    )


def whistles_of_case(reader: Reader, case_id: int) -> tuple[WhistleRow, ...]:
    """Return the whistles that were raised for a case that the reader sees, the newest first."""
    if not has_rows(reader, WhistleCase, case_id):
        return ()
    of_case = (
        select(WhistleCase.whistle_id)
        .join(Case, Case.id == WhistleCase.case_id)
        .where(WhistleCase.case_id == case_id, seen_by(reader.person))
    )
    return _rows(reader, Whistle.id.in_(of_case))


def whistles_of_place(reader: Reader, place_id: int) -> tuple[WhistleRow, ...]:
    """Return the whistles that called to a place or a building of it, the newest first."""
    estate = select(Place.id).where(or_(Place.id == place_id, Place.parent_id == place_id))
    return _rows(reader, Whistle.place_id.in_(estate), most=_MOST_THERE)


def whistles_numbered(reader: Reader, text: str) -> tuple[WhistleHit, ...]:
    """Return the whistles whose number, ours or a ledger's, has what was typed; newest first."""
    typed = tidy_number(text)
    if not (typed.isdecimal() and len(typed) <= 8) and "哨" not in typed:  # noqa: PLR2004
        return ()
    bare = typed.removeprefix("哨") if typed.startswith("哨") else typed
    wanted = f"第{bare}号" if bare.isdecimal() else typed
    called = or_(
        Whistle.number.contains(wanted, autoescape=True),
        Whistle.outside_number.contains(wanted, autoescape=True),
    )
    found = reader.session.execute(
        select(Whistle.id, Whistle.number, Whistle.state, Whistle.site, Whistle.raised_at)
        .where(called, whistle_seen_by(reader.person))
        .order_by(Whistle.raised_at.desc(), Whistle.id.desc())
        .limit(_MOST_HITS)
    )
    return tuple(WhistleHit(*row) for row in found)


def whistle_file(reader: Reader, whistle_id: int) -> WhistleFile | None:
    """Return all of one whistle; None: there is none, or it is kept from the reader."""
    rows = _rows(reader, Whistle.id == whistle_id)
    if not rows:
        return None
    row, names = rows[0], _names(reader)
    whistle = reader.session.get_one(Whistle, whistle_id)
    people = _people(reader, whistle)
    duties = _duties(reader, whistle_id, names)
    parties = parties_of(
        reader.person,
        caller_unit=row.caller_unit_id,
        raised_by=whistle.raised_by,
        called_units=[*(one.unit_id for one in row.units), *(one.unit_id for one in duties)],
    )
    place = reader.session.get(Place, whistle.place_id) if whistle.place_id else None
    return WhistleFile(
        row=row,
        version=whistle.version,
        caller=whistle.caller,
        caller_phone=whistle.caller_phone or "",
        place_id=whistle.place_id,
        place=place.name if place else "",
        steps_taken=whistle.steps_taken or "",
        outside_number=whistle.outside_number or "",
        review_note=whistle.review_note or "",
        reviewed_by=people.get(whistle.reviewed_by or 0, ""),
        reviewed_at=whistle.reviewed_at,
        consultation=whistle.consultation or "",
        consulted_by=people.get(whistle.consulted_by or 0, ""),
        result_note=whistle.result_note or "",
        resolved_at=whistle.resolved_at,
        concluded_by=people.get(whistle.concluded_by or 0, ""),
        concluded_at=whistle.concluded_at,
        is_responsive=whistle.is_responsive,
        satisfaction=whistle.satisfaction,
        rating_note=whistle.rating_note or "",
        rated_by=people.get(whistle.rated_by or 0, ""),
        rated_at=whistle.rated_at,
        filed_by=people.get(whistle.filed_by or 0, ""),
        filed_at=whistle.filed_at,
        withdraw_note=whistle.withdraw_note or "",
        withdrawn_by=people.get(whistle.withdrawn_by or 0, ""),
        withdrawn_at=whistle.withdrawn_at,
        remark=whistle.remark or "",
        paper_id=whistle.paper_id,
        arrivals=_arrivals(reader, row),
        duties=duties,
        cases=_cases(reader, whistle_id),
        risen_from=_named(reader, Whistle.id == whistle.risen_from_id),
        risen_to=_named(reader, Whistle.risen_from_id == whistle.id),
        parties=parties,
        steps=steps_now(whistle.state, parties),
    )


def _rows(
    reader: Reader,
    which: ColumnElement[bool],
    *,
    newest_first: bool = True,
    most: int | None = None,
) -> tuple[WhistleRow, ...]:
    order = Whistle.raised_at.desc() if newest_first else Whistle.raised_at
    found = reader.session.scalars(
        select(Whistle)
        .where(which, whistle_seen_by(reader.person))
        .order_by(order, Whistle.id)
        .limit(most)
    ).all()
    if not found:
        return ()
    names = _names(reader)
    called = _called(reader, [one.id for one in found], names)
    me = reader.person
    return tuple(
        WhistleRow(
            id=one.id,
            number=one.number,
            level=one.level,
            kind=one.kind,
            state=one.state,
            caller_unit_id=one.caller_unit_id,
            caller_unit=names.get(one.caller_unit_id, ("", False))[0],
            site=one.site,
            matter=one.matter,
            raised_at=one.raised_at,
            result=one.result,
            units=tuple(called.get(one.id, ())),
            is_own_call=one.caller_unit_id in me.unit_ids or one.raised_by == me.staff_id,
        )
        for one in found
    )


def _called(
    reader: Reader, ids: Collection[int], names: Mapping[int, tuple[str, bool]]
) -> dict[int, list[CalledView]]:
    rows = reader.session.scalars(
        select(WhistleUnit)
        .where(WhistleUnit.whistle_id.in_(ids), WhistleUnit.withdrawn_at.is_(None))
        .order_by(WhistleUnit.place_in_list, WhistleUnit.id)
    )
    found: dict[int, list[CalledView]] = {}
    for row in rows:
        name, is_outside = names.get(row.unit_id, ("", False))
        found.setdefault(row.whistle_id, []).append(
            CalledView(
                id=row.id,
                unit_id=row.unit_id,
                unit=name,
                required_at=row.required_at,
                contact=row.contact or "",
                called_at=row.called_at,
                arrived_at=row.arrived_at,
                is_own=row.unit_id in reader.person.unit_ids,
                is_outside=is_outside,
            )
        )
    return found


def _arrivals(reader: Reader, row: WhistleRow) -> tuple[ArrivalView, ...]:
    of_unit = {one.id: one for one in row.units}
    found = reader.session.execute(
        select(WhistleArrival, Staff.name)
        .join(Staff, Staff.id == WhistleArrival.recorded_by)
        .where(WhistleArrival.whistle_id == row.id, WhistleArrival.removed_at.is_(None))
        .order_by(WhistleArrival.arrived_at, WhistleArrival.id)
    )
    return tuple(
        ArrivalView(
            id=one.id,
            unit_id=of_unit[one.whistle_unit_id].unit_id,
            unit=of_unit[one.whistle_unit_id].unit,
            name=one.name,
            post=one.post or "",
            arrived_at=one.arrived_at,
            is_from_paper=one.is_from_paper,
            document=one.document or "",
            sha256=one.sha256,
            recorded_by=by,
        )
        for one, by in found
        if one.whistle_unit_id in of_unit
    )


def _duties(
    reader: Reader, whistle_id: int, names: Mapping[int, tuple[str, bool]]
) -> tuple[DutyView, ...]:
    doer = aliased(Staff)
    found = reader.session.execute(
        select(WhistleDuty, doer.name)
        .outerjoin(doer, doer.id == WhistleDuty.done_by)
        .where(WhistleDuty.whistle_id == whistle_id, WhistleDuty.removed_at.is_(None))
        .order_by(WhistleDuty.id)
    )
    return tuple(
        DutyView(
            id=one.id,
            unit_id=one.unit_id,
            unit=names.get(one.unit_id, ("", False))[0],
            matter=one.matter,
            due_at=one.due_at,
            done_at=one.done_at,
            done_by=by or "",
            done_note=one.done_note or "",
            is_own=one.unit_id in reader.person.unit_ids,
        )
        for one, by in found
    )


def _cases(reader: Reader, whistle_id: int) -> tuple[tuple[int, str], ...]:
    found = reader.session.execute(
        select(Case.id, Case.number)
        .join(WhistleCase, WhistleCase.case_id == Case.id)
        .where(WhistleCase.whistle_id == whistle_id, seen_by(reader.person))
        .order_by(Case.id)
    )
    return tuple((row.id, row.number) for row in found)


def _named(reader: Reader, which: ColumnElement[bool]) -> tuple[int, str] | None:
    query = select(Whistle.id, Whistle.number).where(which, whistle_seen_by(reader.person))
    found = reader.session.execute(query.order_by(Whistle.id.desc())).first()
    return None if found is None else (found.id, found.number)


def _people(reader: Reader, whistle: Whistle) -> dict[int, str]:
    ids: Iterable[Any] = (
        getattr(whistle, f"{step}_by")
        for step in ("reviewed", "consulted", "concluded", "rated", "filed", "withdrawn")
    )
    wanted: Sequence[int] = [one for one in ids if one is not None]
    rows = reader.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def _names(reader: Reader) -> dict[int, tuple[str, bool]]:
    """Return of each unit its short name, and whether it is none of the street's own."""
    return {one.id: (one.short_name, one.kind is UnitKind.OUTSIDE) for one in units(reader)}

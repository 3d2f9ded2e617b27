"""The row of the paper of a whistle (吹哨单), as far as it has come; DOMAIN.md 2.7."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.codes import Satisfaction
from desk.rules.moments import in_shanghai
from desk.rules.whistle_codes import WhistleResult, WhistleState
from desk.rules.wording import label
from desk.store.models import (
    Case,
    Whistle,
    WhistleArrival,
    WhistleCase,
    WhistleDuty,
    WhistleUnit,
)
from desk.store.paper_source import Row, on_paper
from desk.store.people import staff_name
from desk.store.unit_names import unit_name

PAPER = "whistle-slip"
_REVIEWED = {WhistleState.RETURNED: "退回", WhistleState.RAISED: None}
_RESULTS = {WhistleResult.UNRESOLVED: "未化解（提级）"}


def slip_row(session: Session, whistle: Whistle, today: date) -> Row:
    """Return what the slip says now; what has not happened is left open for the pen."""
    units = _units(session, whistle)
    names = {one.id: unit_name(session, one.unit_id, today) for one in units}
    numbers = session.scalars(
        select(Case.number)
        .join(WhistleCase, WhistleCase.case_id == Case.id)
        .where(WhistleCase.whistle_id == whistle.id)
        .order_by(Case.id)
    )
    return {
        "level": whistle.level,
        "kind": label(whistle.kind),
        "caller_unit": unit_name(session, whistle.caller_unit_id, today),
        "caller": whistle.caller,
        "caller_phone": whistle.caller_phone,
        "raised_at": on_paper(whistle.raised_at),
        "case_numbers": "、".join(numbers) or None,
        "site": whistle.site,
        "matter": whistle.matter,
        "steps_taken": whistle.steps_taken,
        "units": [
            {
                "unit": names[one.id],
                "required_at": on_paper(one.required_at),
                "contact": one.contact,
            }
            for one in units
        ],
        "review": _review(whistle),
        "reviewed_by": _signed(session, whistle.reviewed_by, whistle.reviewed_at),
        "arrivals": _arrivals(session, whistle, names),
        "consultation": whistle.consultation,
        "duties": _duties(session, whistle, today),
        **_outcome(session, whistle),
    }


def _review(whistle: Whistle) -> list[str]:
    if whistle.state in _REVIEWED:
        said = _REVIEWED[whistle.state]
        return [said] if said else []
    return ["同意"] if whistle.reviewed_at else []


def _outcome(session: Session, whistle: Whistle) -> Row:
    result, rating = whistle.result, whistle.satisfaction
    responsive = {True: ["是"], False: ["否"], None: []}[whistle.is_responsive]
    return {
        "result": [_RESULTS.get(result, label(result))] if result else [],
        "result_note": whistle.result_note,
        "resolved_at": on_paper(whistle.resolved_at),
        "responsive": responsive,
        "satisfaction": [label(rating)] if rating and rating is not Satisfaction.NOT_RATED else [],
        "rated_by": _signed(session, whistle.rated_by, whistle.rated_at),
        "filed": _signed(session, whistle.filed_by, whistle.filed_at),
    }


def _units(session: Session, whistle: Whistle) -> list[WhistleUnit]:
    return list(
        session.scalars(
            select(WhistleUnit)
            .where(WhistleUnit.whistle_id == whistle.id, WhistleUnit.withdrawn_at.is_(None))
            .order_by(WhistleUnit.place_in_list, WhistleUnit.id)
        )
    )


def _arrivals(session: Session, whistle: Whistle, names: dict[int, str]) -> list[Row]:
    rows = session.scalars(
        select(WhistleArrival)
        .where(WhistleArrival.whistle_id == whistle.id, WhistleArrival.removed_at.is_(None))
        .order_by(WhistleArrival.arrived_at, WhistleArrival.id)
    )
    return [
        {
            "unit": names.get(row.whistle_unit_id, ""),
            "name": row.name,
            "post": row.post,
            "arrived_at": on_paper(row.arrived_at),
            "document": row.document,
        }
        for row in rows
    ]


def _duties(session: Session, whistle: Whistle, today: date) -> list[Row]:
    rows = session.scalars(
        select(WhistleDuty)
        .where(WhistleDuty.whistle_id == whistle.id, WhistleDuty.removed_at.is_(None))
        .order_by(WhistleDuty.id)
    )
    return [
        {
            "unit": unit_name(session, row.unit_id, today),
            "matter": row.matter,
            "due_at": on_paper(row.due_at),
        }
        for row in rows
    ]


def _signed(session: Session, staff_id: int | None, at: datetime | None) -> str | None:
    """Return who did something, and when, as it stands on paper."""
    if staff_id is None or at is None:
        return None
    return f"{staff_name(session, staff_id) or ''} {in_shanghai(at):%Y-%m-%d %H:%M}"

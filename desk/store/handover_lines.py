"""What whoever takes over may know of a handover: nothing about himself (交班, DOMAIN.md 9.4)."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from desk.store.models import Case, Contact, KeptItem

Lines = dict[str, list[dict[str, Any]]]


def cases_of(session: Session, row: Mapping[str, Collection[int]]) -> set[int]:
    """Return the cases that cases, calls and things are about, by their ids."""
    of_calls = select(Contact.case_id).where(Contact.id.in_(row["calls"]))
    of_items = select(KeptItem.case_id).where(
        KeptItem.id.in_(row["items"]), KeptItem.case_id.is_not(None)
    )
    about = [one for one in session.scalars(of_items) if one is not None]
    return {*row["cases"], *session.scalars(of_calls), *about}


def lines_known_to(session: Session, staff_id: int, row: Mapping[str, Any]) -> Lines:
    """Return the lines of a handover without those about a case in which somebody is accused.

    A shared database does not show him such a case; what hangs on it is no line of his, then.
    """
    about_another = and_(Case.id.is_not(None), Case.accused_staff_id.is_distinct_from(staff_id))
    ids = {name: [line["id"] for line in row[name]] for name in ("cases", "calls", "items")}
    wanted: dict[str, Any] = {
        "cases": select(Case.id).where(Case.id.in_(ids["cases"]), about_another),
        "calls": select(Contact.id)
        .join(Case, Case.id == Contact.case_id)
        .where(Contact.id.in_(ids["calls"]), about_another),
        "items": select(KeptItem.id)
        .outerjoin(Case, Case.id == KeptItem.case_id)
        .where(KeptItem.id.in_(ids["items"]), or_(KeptItem.case_id.is_(None), about_another)),
    }
    known = {name: set(session.scalars(query)) for name, query in wanted.items()}
    return {
        name: [line for line in row[name] if line["id"] in found] for name, found in known.items()
    }

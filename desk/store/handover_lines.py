"""What whoever takes over may know of a handover: nothing about himself (交班, DOMAIN.md 9.4)."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from desk.store.models import Case, Contact, KeptItem

Lines = dict[str, list[dict[str, Any]]]


def cases_of(session: Session, row: Mapping[str, Collection[int]]) -> set[int]:
    """Return the cases that cases, calls and things are about, by their ids."""
    of_calls = select(Contact.case_id).where(Contact.id.in_(row["calls"]))
    of_items = select(KeptItem.case_id).where(
        KeptItem.id.in_(row["items"]), KeptItem.case_id.is_not(None)
    )
    return {*row["cases"], *session.scalars(of_calls), *session.scalars(of_items)}


def lines_known_to(session: Session, staff_id: int, row: Mapping[str, Any]) -> Lines:
    """Return the lines of a handover without those about a case in which somebody is accused.

    A shared database does not show him such a case; what hangs on it is no line of his, then.
    """
    about_another = and_(Case.id.is_not(None), Case.accused_staff_id.is_distinct_from(staff_id))
    wanted: dict[str, Select[tuple[int]]] = {
        "cases": select(Case.id).where(about_another),
        "calls": select(Contact.id).join(Case, Case.id == Contact.case_id).where(about_another),
        "items": select(KeptItem.id)
        .outerjoin(Case, Case.id == KeptItem.case_id)
        .where(or_(KeptItem.case_id.is_(None), about_another)),
    }
    tables = {"cases": Case, "calls": Contact, "items": KeptItem}
    lines: Lines = {}
    for name, query in wanted.items():
        ids = [line["id"] for line in row[name]]
        known = set(session.scalars(query.where(tables[name].id.in_(ids))))
        lines[name] = [line for line in row[name] if line["id"] in known]
    return lines

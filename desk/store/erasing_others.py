"""What names an erased file elsewhere (别处提到的): handovers, and papers of the hall."""

from typing import Any

from sqlalchemy import Text, or_, select, type_coerce
from sqlalchemy.orm import Session

from desk.store.models import (
    Assignment,
    Case,
    Contact,
    Handover,
    KeptItem,
    Mediation,
    MediationParty,
    Paper,
)

_SIGN = "door-sign"


def hall_papers(session: Session, file: Case | Mediation) -> list[int]:
    """Return the papers of the hall that name the file by its number, or a party on a card."""
    row = type_coerce(Paper.row, Text)
    named = [row.contains(file.number, autoescape=True)]
    if isinstance(file, Mediation):
        parties = select(MediationParty.name).where(MediationParty.mediation_id == file.id)
        named += [
            (Paper.code == _SIGN) & row.contains(name, autoescape=True)
            for name in session.scalars(parties)
            if len(name) > 1
        ]
    return list(
        session.scalars(
            select(Paper.id).where(
                Paper.street_id == file.street_id,
                Paper.case_id.is_(None),
                Paper.mediation_id.is_(None),
                or_(*named),
            )
        )
    )


def blank_handovers(session: Session, file: Case | Mediation, erased: str) -> int:
    """Take the lines about the file, and the word beside them, out of handovers; return how many.

    A line keeps its id and its number: who took what over stays to be told.
    """
    if isinstance(file, Mediation):
        return 0
    ids = {file.id} | {
        found
        for table in (Assignment, Contact, KeptItem)
        for found in session.scalars(select(table.id).where(table.case_id == file.id))
    }
    said = type_coerce(Handover.row, Text)
    named = [said.contains(str(one)) for one in sorted(ids)]
    rows = session.scalars(
        select(Handover).where(Handover.street_id == file.street_id, or_(*named))
    ).all()
    for handover in rows:
        handover.note = None
        handover.row = {
            part: [_blanked(line, erased) if line["id"] in ids else line for line in lines]
            for part, lines in handover.row.items()
        }
    session.flush()
    return len(rows)


def _blanked(line: dict[str, Any], erased: str) -> dict[str, Any]:
    kept = {"id", "number"}
    return {name: one if name in kept or one is None else erased for name, one in line.items()}

"""Who else has a case open now (还有谁在看): names for whoever may see the case, and no history."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk.store.database import Reader
from desk.store.models import Case, OpenCase, Staff
from desk.store.presence import SILENT
from desk.store.sight import seen_by


@dataclass(frozen=True, slots=True)
class Other:
    """A colleague who has the case open.

    Attributes:
        writing: the deed that he is writing, or nothing.
    """

    name: str
    since: datetime
    writing: str


def others_at(reader: Reader, *, case_id: int) -> tuple[Other, ...]:
    """Return the colleagues who have a case open, whoever came first in front."""
    rows = reader.session.execute(
        select(Staff.name, OpenCase.since, OpenCase.writing)
        .join(Staff, Staff.id == OpenCase.staff_id)
        .join(Case, Case.id == OpenCase.case_id)
        .where(
            OpenCase.case_id == case_id,
            OpenCase.staff_id != reader.person.staff_id,
            OpenCase.seen_at > reader.now - SILENT,
            seen_by(reader.person),
        )
        .order_by(OpenCase.since, OpenCase.desk)
    )
    found: dict[str, Other] = {}
    for name, since, writing in rows:  # one who sits at two desks is one colleague
        before = found.get(name)
        if before is None or not before.writing:
            found[name] = Other(name, since if before is None else before.since, writing)
    return tuple(found.values())

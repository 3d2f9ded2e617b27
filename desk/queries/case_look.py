"""Short looks at a case: how it stands, what happened meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk.rules.rights import CaseStand
from desk.store.database import Reader
from desk.store.models import Case, Event, EventCase, Staff
from desk.store.sight import seen_by
from desk.store.transaction import stand_of


@dataclass(frozen=True, slots=True)
class CaseNews:
    """What was done to a case after the version on screen."""

    made_by: int
    who: str
    recorded_at: datetime
    title: str
    version: int


def case_stand(reader: Reader, case_id: int) -> CaseStand | None:
    """Return what the rights table needs to know of a case that the reader may see."""
    case = reader.session.scalar(select(Case).where(Case.id == case_id, seen_by(reader.person)))
    return None if case is None else stand_of(reader.session, case)


def case_by_number(reader: Reader, written: str) -> int | None:
    """Return the id of the newest case whose number, or whose running number, was written."""
    wanted = written.strip()
    seq = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) <= 9 else None  # noqa: PLR2004
    condition = Case.number == wanted
    if seq is not None:
        condition = condition | (Case.seq == seq)
    return reader.session.scalar(
        select(Case.id)
        .where(seen_by(reader.person), condition)
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(1)
    )


def case_news(reader: Reader, case_id: int, since: int) -> tuple[CaseNews, ...]:
    """Return what was done to a case after version `since`, the newest first."""
    rows = reader.session.execute(
        select(Event.made_by, Staff.name, Event.recorded_at, Event.title, EventCase.version)
        .join(EventCase, EventCase.event_id == Event.id)
        .join(Staff, Staff.id == Event.made_by)
        .join(Case, Case.id == EventCase.case_id)
        .where(EventCase.case_id == case_id, EventCase.version > since, seen_by(reader.person))
        .order_by(EventCase.version.desc())
    )
    return tuple(CaseNews(*row) for row in rows)

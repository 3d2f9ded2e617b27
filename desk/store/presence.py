"""Notes who has which case open (正在查看): a sign of life while a page is shown, then nothing.

This is the one thing that is written without a request: no history line, no event, no chain. It
is no record: rows are overwritten, deleted when the page is left, and count for half a minute
only. Nobody's time at a case is kept or counted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, delete, or_
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from desk.rules.rights import Person
from desk.store.models import OpenCase

SILENT = timedelta(seconds=30)  # a desk that has said nothing for so long has gone


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of life of one desk.

    Attributes:
        desk: the id that it has given itself when it was opened.
        case: the case on show; None: none any more.
        writing: the deed that is being written there, or nothing.
    """

    desk: int
    case: int | None
    writing: str = ""


def keep_sign(session: Session, person: Person, now: datetime, sign: Sign) -> None:
    """Write down what a desk shows, or that it shows nothing; what one left behind goes too."""
    silent = and_(OpenCase.staff_id == person.staff_id, OpenCase.seen_at <= now - SILENT)
    gone = or_(silent, OpenCase.desk == sign.desk) if sign.case is None else silent
    session.execute(delete(OpenCase).where(gone))
    if sign.case is None:
        return
    sqlite = session.get_bind().dialect.name == "sqlite"
    insert = (sqlite_insert if sqlite else postgresql_insert)(OpenCase)
    row = {
        "desk": sign.desk,
        "street_id": person.street_id,
        "staff_id": person.staff_id,
        "case_id": sign.case,
        "since": now,
        "seen_at": now,
        "writing": sign.writing,
    }
    new = insert.excluded
    is_same = OpenCase.case_id == new.case_id
    fresh = {
        "case_id": new.case_id,
        "since": case((is_same, OpenCase.since), else_=new.since),
        "seen_at": new.seen_at,
        "writing": new.writing,
    }
    session.execute(insert.values(row).on_conflict_do_update(index_elements=["desk"], set_=fresh))

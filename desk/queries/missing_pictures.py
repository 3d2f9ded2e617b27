"""Pictures of days that are due and not kept yet (待留的 23 时快照), ready to be kept."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from desk.queries.day_picture import day_picture
from desk.rules.day_pictures import MOST_MISSED, last_due, missing_days
from desk.rules.deeds import Deed
from desk.rules.moments import day_of
from desk.rules.rights import may_in_hall
from desk.store.database import Reader
from desk.store.models import Bulletin, Case
from desk.store.patience import takes_long


@dataclass(frozen=True, slots=True)
class DuePicture:
    """The picture of a day, as plain data."""

    day: date
    picture: dict[str, Any]


@takes_long
def due_pictures(reader: Reader) -> tuple[DuePicture, ...]:
    """Return what is to be kept, for whoever may issue bulletins; others keep none.

    A day on which nobody was there is made up for the next time somebody is; the picture says
    itself when it was taken.
    """
    if not may_in_hall(Deed.ISSUE_BULLETIN, reader.person):
        return ()
    street = reader.person.street_id
    since = last_due(reader.now) - timedelta(days=MOST_MISSED)
    kept = reader.session.scalars(
        select(Bulletin.first_day).where(
            Bulletin.street_id == street,
            Bulletin.is_made_by_itself.is_(True),
            Bulletin.first_day > since,
        )
    ).all()
    begun = reader.session.scalar(
        select(func.min(Case.recorded_at)).where(Case.street_id == street)
    )
    if begun is None:
        return ()
    days = missing_days(kept, reader.now, day_of(begun))
    return tuple(DuePicture(day, day_picture(reader, day).plain()) for day in days)

"""What the window needs to know of the hall and of whoever has just signed in (登录之后)."""

from dataclasses import dataclass

from sqlalchemy import select

from desk.rules.moments import day_of
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import StaffSecret, Street, UnitVersion
from desk.store.models.hall import today_rows

_SHORTEST, _LONGEST = 1, 10  # 等保二级:不超过十分钟


@dataclass(frozen=True, slots=True)
class Start:
    """The hall, and the person in it.

    Attributes:
        must_change: the password is still the one somebody else has set.
        lock_minutes: after how long without a key or a move of the mouse the screen is locked.
    """

    street: str
    hall: str
    is_demo: bool
    unit: str
    must_change: bool
    lock_minutes: int


def start(reader: Reader) -> Start:
    """Return what the window shows around all screens."""
    person, today = reader.person, day_of(reader.now)
    street = reader.session.execute(
        select(Street.name, Street.hall_name, Street.is_demo).where(Street.id == person.street_id)
    ).one()
    unit = reader.session.scalar(
        select(UnitVersion.short_name).where(
            UnitVersion.unit_id == person.home_unit_id, today_rows(UnitVersion, today)
        )
    )
    must_change = reader.session.scalar(
        select(StaffSecret.must_change).where(StaffSecret.staff_id == person.staff_id)
    )
    minutes = setting(reader.session, person.street_id, "lock_minutes", today)
    return Start(
        street=street.name,
        hall=street.hall_name,
        is_demo=street.is_demo,
        unit=unit or "",
        must_change=bool(must_change) and not street.is_demo,
        lock_minutes=min(max(int(minutes), _SHORTEST), _LONGEST),
    )

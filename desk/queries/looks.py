"""Who looked at appellants more often than his role is meant to (查看超出次数), for 纪工委."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from desk.rules.codes import Role
from desk.rules.looks import allowance
from desk.rules.moments import day_of, start_of
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import CaseLook, Staff, StaffRole
from desk.store.models.hall import today_rows

_DAYS = 7


@dataclass(frozen=True, slots=True)
class BusyDay:
    """One day on which somebody looked more often than he is meant to."""

    who: str
    day: date
    times: int
    most: int

    @property
    def sentence(self) -> str:
        """Return it as the start page says it."""
        return f"{self.day:%m-%d} {self.who} 写理由查看 {self.times} 次，超过每日 {self.most} 次"


def looks_beyond(reader: Reader) -> tuple[BusyDay, ...]:
    """Return these days of the past week, the newest first; none for who does not inspect."""
    person, today = reader.person, day_of(reader.now)
    if not (person.is_built_in or Role.INSPECTOR in person.roles):
        return ()
    looks = reader.session.execute(
        select(CaseLook.staff_id, CaseLook.looked_at).where(
            CaseLook.street_id == person.street_id,
            CaseLook.looked_at >= start_of(today - timedelta(days=_DAYS - 1)),
            CaseLook.until > CaseLook.looked_at,
        )
    )
    counted = Counter((staff_id, day_of(at)) for staff_id, at in looks)
    quota = setting(reader.session, person.street_id, "looks_per_day", today)
    roles = _roles(reader, {staff_id for staff_id, _ in counted}, today)
    staff = reader.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(sorted(roles))))
    names = {key: name for key, name in staff}  # noqa: C416 - a Row is no pair to mypy
    found = (
        BusyDay(names.get(staff_id, ""), day, times, allowance(quota, roles[staff_id]))
        for (staff_id, day), times in counted.items()
    )
    beyond = (one for one in found if one.times > one.most)
    return tuple(sorted(beyond, key=lambda one: (one.day, one.times), reverse=True))


def _roles(reader: Reader, staff: set[int], today: date) -> dict[int, set[Role]]:
    held: dict[int, set[Role]] = defaultdict(set, {staff_id: set() for staff_id in staff})
    rows = reader.session.execute(
        select(StaffRole.staff_id, StaffRole.role).where(
            StaffRole.staff_id.in_(sorted(staff)), today_rows(StaffRole, today)
        )
    )
    for staff_id, role in rows:
        held[staff_id].add(role)
    return held

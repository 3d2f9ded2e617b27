"""The register of who answers for which unit (领导包片), as the administration page lists it."""

from datetime import date, timedelta

from sqlalchemy import select

from desk.queries.administration import Record, Register
from desk.queries.lookups import units
from desk.rules.codes import Role
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import LeaderArea, Staff, StaffRole
from desk.store.models.hall import today_rows

_ONE_DAY = timedelta(days=1)


def area_register(reader: Reader) -> Register:
    """Return the areas of today and those that begin later, leader by leader."""
    today = day_of(reader.now)
    names = {unit.id: unit.short_name for unit in units(reader)}
    leaders = _leaders(reader, today)
    rows = reader.session.execute(
        select(LeaderArea, Staff.name)
        .join(Staff, Staff.id == LeaderArea.leader_id)
        .where(
            LeaderArea.street_id == reader.person.street_id,
            LeaderArea.valid_to.is_(None) | (LeaderArea.valid_to > today),
        )
        .order_by(Staff.login, LeaderArea.valid_from, LeaderArea.id)
    ).all()
    records = tuple(
        Record(
            row.id,
            f"{name}　{names.get(row.unit_id, '（已撤销的单位）')}",
            _period(row, today),
            {
                "领导": name,
                "单位": names.get(row.unit_id, ""),
                "开始日期": row.valid_from.isoformat(),
                "截止日期": (row.valid_to - _ONE_DAY).isoformat() if row.valid_to else "",
            },
        )
        for row, name in rows
    )
    ids = {**{name: key for key, name in names.items()}, **leaders}
    return Register(records, {"领导": tuple(leaders), "单位": tuple(names.values())}, ids)


def _period(row: LeaderArea, today: date) -> str:
    if row.valid_from > today:
        return f"{row.valid_from.month} 月 {row.valid_from.day} 日起"
    if row.valid_to is None:
        return ""
    last = row.valid_to - _ONE_DAY
    return f"到 {last.month} 月 {last.day} 日"


def _leaders(reader: Reader, today: date) -> dict[str, int]:
    rows = reader.session.execute(
        select(Staff.name, StaffRole.role, Staff.id)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(
            Staff.street_id == reader.person.street_id,
            StaffRole.role.in_([Role.LEADER, Role.CHIEF]),
            today_rows(StaffRole, today),
            today_rows(Staff, today),
        )
        .order_by(StaffRole.role.desc(), Staff.login)
    ).all()
    names = [row.name for row in rows]
    return {
        row.name if names.count(row.name) == 1 else f"{row.name}（{label(row.role)}）": row.id
        for row in rows
    }

"""The registers of teams (队伍) and of who stands in for whom (代理人), for the administration."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from desk.queries.administration import Record, Register
from desk.queries.lookups import staff, units
from desk.queries.support_options import teams
from desk.rules.codes import Role
from desk.rules.moments import day_of
from desk.store.database import Reader
from desk.store.models import Deputy, Staff

_ONE_DAY = timedelta(days=1)
_LEADING = frozenset({Role.LEADER, Role.CHIEF})


def team_register(reader: Reader) -> Register:
    """Return the teams of today."""
    names = {unit.id: unit.name for unit in units(reader)}
    records = tuple(
        Record(
            team.id,
            team.name,
            f"{team.kind} · {team.unit}",
            {
                "队伍": team.name,
                "类别": team.kind,
                "所在单位": names.get(team.unit_id, ""),
                "电话": team.phone,
                "说明": team.note,
            },
        )
        for team in teams(reader)
    )
    ids = {name: key for key, name in names.items()}
    return Register(records, {"所在单位": tuple(names.values())}, ids)


def deputy_register(reader: Reader) -> Register:
    """Return who stands in today and later."""
    today = day_of(reader.now)
    deputy = aliased(Staff)
    rows = reader.session.execute(
        select(Deputy, Staff.name, deputy.name)
        .join(Staff, Staff.id == Deputy.principal_id)
        .join(deputy, deputy.id == Deputy.deputy_id)
        .where(
            Deputy.street_id == reader.person.street_id,
            Deputy.valid_to.is_(None) | (Deputy.valid_to > today),
        )
        .order_by(Staff.login, Deputy.valid_from, Deputy.id)
    )
    records = tuple(_record(row, whom, who) for row, whom, who in rows)
    everyone = staff(reader)
    names = {one.id: f"{one.name}（{one.login}）" for one in everyone}
    leading = tuple(names[one.id] for one in everyone if one.roles & _LEADING)
    options = {"谁不在": leading, "谁代理": tuple(names.values())}
    return Register(records, options, {name: key for key, name in names.items()})


def _record(row: Deputy, whom: str, who: str) -> Record:
    last = "" if row.valid_to is None else (row.valid_to - _ONE_DAY).isoformat()
    since = row.valid_from.isoformat()
    values = {
        "谁不在": whom,
        "谁代理": who,
        "开始日期": since,
        "截止日期": last,
        "原因": row.reason or "",
    }
    period = f"到 {last[5:]}" if last else f"{since[5:]} 起"
    return Record(row.id, f"{whom}　由 {who} 代理", period, values)

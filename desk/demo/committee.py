"""The committee of the fictional street (调委会): its rooms, its mediators, whom they avoid."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.mediators import SetMediator, SetMediatorTie
from desk.actions.rooms import SetRoom
from desk.rules.mediation_codes import DisputeKind, RoomKind, TieKind
from desk.store.database import Database
from desk.store.models import Mediator, Room, Staff
from desk.store.models.hall import today_rows

D, K = DisputeKind, RoomKind
_AGO = timedelta(days=3 * 365)

# name, login, skills, languages, on duty
_MEDIATORS: tuple[tuple[str, str | None, tuple[DisputeKind, ...], tuple[str, ...], str], ...] = (
    ("梁伯", "1024", (D.NEIGHBOURS, D.PROPERTY, D.HOUSING), ("粤语", "潮汕话"), ""),
    ("苏燕", "1025", (D.FAMILY, D.NEIGHBOURS), ("粤语", "手语"), ""),
    ("周正", "1011", (D.LABOUR, D.CONTRACT, D.CONSUMER), (), ""),
    ("顾明礼", "1027", (D.DAMAGES, D.MEDICAL, D.LAND_TAKING), ("粤语",), ""),
    ("何洁", None, (D.CONSUMER, D.PROPERTY), ("客家话",), ""),
)
# name, kind, capacity, accessible, records, host, place
_ROOMS: tuple[tuple[str, RoomKind, int, bool, bool, str | None, str], ...] = (
    ("第一调解室", K.MEDIATION, 8, True, False, None, "一楼东侧"),
    ("第二调解室", K.MEDIATION, 6, False, True, None, "二楼东侧"),
    ("背靠背间", K.CAUCUS, 3, False, False, None, "一楼东侧"),
    ("老梁（劳模）工作室", K.MEDIATION, 6, True, False, "梁伯", "一楼西侧"),
    ("燕姐工作室", K.MEDIATION, 6, True, False, "苏燕", "一楼西侧"),
    ("远程调解室", K.REMOTE, 4, False, True, None, "二楼西侧"),
    ("领导接访室", K.RECEPTION, 8, True, True, None, "一楼大厅"),
)
_TIES = (("梁伯", TieKind.RELATIVE, "梁秀英"), ("周正", TieKind.INTEREST, "安居物业公司"))


def found_committee(database: Database) -> None:
    """Give the street its rooms and mediators; they have been there for years."""
    begun = database.now() - _AGO
    database = Database(database.engine, database.person, clock=lambda: begun)
    head: dict[str, Any] = {"made_by": database.person.staff_id, "happened_at": begun}
    ids: dict[str, int] = {}
    with Session(database.engine) as session:
        staff = {login: one for one, login in session.execute(select(Staff.id, Staff.login))}
    for name, login, skills, languages, duty in _MEDIATORS:
        made = database.carry_out(
            SetMediator(
                **head,
                staff=staff[login] if login else None,
                name=name,
                skills=skills,
                languages=languages,
                duty=duty,
            )
        )
        ids[name] = made.made["mediator"]
    for position, (name, kind, capacity, accessible, records, host, place) in enumerate(_ROOMS, 1):
        made = database.carry_out(
            SetRoom(
                **head,
                name=name,
                kind=kind,
                capacity=capacity,
                is_accessible=accessible,
                records=records,
                host=ids[host] if host else None,
                place=place,
                position=position,
            )
        )
        ids[name] = made.made["room"]
    for mediator, kind_, name in _TIES:
        database.carry_out(SetMediatorTie(**head, mediator=ids[mediator], kind=kind_, name=name))


def committee_ids(session: Session, on: datetime) -> Mapping[str, int]:
    """Return the ids of rooms and mediators by name, as they are on a day."""
    from_tables = (Mediator, Room)
    return {
        name: row_id
        for table in from_tables
        for row_id, name in session.execute(
            select(table.id, table.name).where(today_rows(table, on.date()))
        )
    }

"""The registers of rooms, mediators and whom these avoid, as the administration lists them."""

from sqlalchemy import select

from desk.queries.administration import Record, Register
from desk.queries.lookups import staff
from desk.rules.codes import Role
from desk.rules.deeds import Deed
from desk.rules.duty_hours import say_duty
from desk.rules.mediation_codes import DisputeKind
from desk.rules.moments import day_of
from desk.rules.rights import require_hall
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Mediator, MediatorTie, Room
from desk.store.models.hall import today_rows

_KEEPERS = frozenset({Role.SECRETARY, Role.DIRECTOR})


def room_register(reader: Reader) -> Register:
    """Return the rooms of today from the left of the day's view to its right."""
    today = day_of(reader.now)
    hosts = {one.id: one.name for one in _mediators(reader)}
    rows = reader.session.scalars(
        select(Room)
        .where(Room.street_id == reader.person.street_id, today_rows(Room, today))
        .order_by(Room.position, Room.id)
    )
    records = tuple(
        Record(
            room.id,
            room.name,
            " · ".join(filter(None, (label(room.kind), f"{room.capacity} 人", room.place))),
            {
                "房间": room.name,
                "类型": label(room.kind),
                "最多几人": str(room.capacity),
                "位置": room.place or "",
                "工作室的调解员": hosts.get(room.host_id or 0, ""),
                "前后清场几分钟": str(room.buffer_minutes),
                "排列顺序": str(room.position),
                "无障碍": _yes(room.is_accessible),
                "录音录像": _yes(room.records),
                "门禁": _yes(room.has_access_control),
            },
        )
        for room in rows
    )
    ids = {name: key for key, name in hosts.items()}
    return Register(records, {"工作室的调解员": tuple(hosts.values())}, ids)


def mediator_register(reader: Reader) -> Register:
    """Return the mediators of today."""
    people = {one.id: f"{one.name}（{one.login}）" for one in staff(reader)}
    records = tuple(
        Record(
            one.id,
            one.name,
            "、".join(label(DisputeKind(code)) for code in one.skills),
            {
                "调解员": one.name,
                "本厅账号": people.get(one.staff_id or 0, ""),
                "电话": one.phone or "",
                "语言": "、".join(one.languages),
                "当班": say_duty(one.duty),
                "特长": "、".join(label(DisputeKind(code)) for code in one.skills),
            },
        )
        for one in _mediators(reader)
    )
    ids = {name: key for key, name in people.items()}
    return Register(records, {"本厅账号": tuple(people.values())}, ids)


def tie_register(reader: Reader) -> Register:
    """Return whom mediators avoid: all for secretary and director, a mediator only his own.

    Raises:
        NotAllowed: the list is not the asker's to read.
    """
    person = reader.person
    require_hall(Deed.KEEP_TIES, person)
    mine = Mediator.staff_id == person.staff_id
    if person.is_built_in or person.roles & _KEEPERS:
        mine = Mediator.street_id == person.street_id
    today = day_of(reader.now)
    names = {one.id: one.name for one in _mediators(reader, mine)}
    rows = reader.session.execute(
        select(MediatorTie, Mediator.name)
        .join(Mediator, Mediator.id == MediatorTie.mediator_id)
        .where(
            MediatorTie.street_id == person.street_id,
            MediatorTie.valid_to.is_(None) | (MediatorTie.valid_to > today),
            mine,
        )
        .order_by(Mediator.name, MediatorTie.name, MediatorTie.id)
    )
    records = tuple(
        Record(
            tie.id,
            f"{name}　回避 {tie.name}",
            label(tie.kind),
            {"调解员": name, "回避谁": tie.name, "关系": label(tie.kind)},
            "" if tie.person_key else "没有登记证件号或电话，排期时只能凭姓名核对。",
        )
        for tie, name in rows
    )
    ids = {name: key for key, name in names.items()}
    return Register(records, {"调解员": tuple(names.values())}, ids)


def _mediators(reader: Reader, *same: object) -> list[Mediator]:
    street = Mediator.street_id == reader.person.street_id
    valid = today_rows(Mediator, day_of(reader.now))
    query = select(Mediator).where(street, valid, *same).order_by(Mediator.name, Mediator.id)  # type: ignore[arg-type]
    return list(reader.session.scalars(query))


def _yes(value: bool) -> str:  # noqa: FBT001 - one flag, one word
    return "是" if value else ""

"""Rooms that can be booked (调解室): written down, changed, no longer offered."""

from dataclasses import dataclass

from desk.actions.dated_rows import change_in_place, require_free
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import RoomKind
from desk.rules.rights import require_hall
from desk.store.gate import amount, words
from desk.store.ids import new_id
from desk.store.models import Mediator, Room
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_QUARTER = 15  # minutes of one slot


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRoom(Request):
    """Add a room, or change one.

    Attributes:
        host: the mediator after whom a studio is named (老梁工作室).
        buffer_minutes: how long the room is cleared before and after (清场).
        position: where it stands in the day's view, from the left.
    """

    room: int | None = None
    name: str = words("房间名称")
    kind: RoomKind
    capacity: int = amount("最多容纳人数", least=1, most=500)
    is_accessible: bool = False
    records: bool = False
    has_access_control: bool = False
    host: int | None = None
    place: str = words("位置", longest=100, default="")
    buffer_minutes: int = amount("前后清场分钟数", most=120, default=_QUARTER)
    position: int = amount("排列顺序", most=999, default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRoom(Request):
    """Offer a room no more from today."""

    room: int


@action(SetRoom, "room.set")
def set_room(tx: Transaction, request: SetRoom) -> Changes:
    """Write a room down.

    A room keeps its id when it changes: its bookings hold that id, and the rule that nobody books
    it twice is about one id. Bookings made earlier keep the buffers they were made with.

    Raises:
        RuleBroken: its name is empty or another room's, the buffer is no multiple of a quarter of
            an hour, or its host is not known.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    others = Room.id.is_distinct_from(request.room)
    require_free(tx, Room, (Room.name == request.name) & others, "房间", request.name)
    if request.buffer_minutes % _QUARTER:
        raise RuleBroken("清场时间请写 15 分钟的整数倍，不用清场写 0。", field="buffer_minutes")
    if request.host is not None:
        tx.own(Mediator, request.host, "请从列表里选工作室的调解员。", field="host")
    facts = {
        "name": request.name,
        "kind": request.kind,
        "capacity": request.capacity,
        "is_accessible": request.is_accessible,
        "records": request.records,
        "has_access_control": request.has_access_control,
        "host_id": request.host,
        "place": request.place or None,
        "buffer_minutes": request.buffer_minutes,
        "position": request.position,
    }
    if request.room is None:
        row = Room(id=new_id(), street_id=tx.street_id, valid_from=tx.today, **facts)
        tx.add(row)
        return Changes(f"增加房间 {request.name}", made={"room": row.id})
    room = _room(tx, request.room)
    change_in_place(tx, room, facts)
    return Changes(f"更改房间 {request.name}", made={"room": room.id})


@action(EndRoom, "room.ended")
def end_room(tx: Transaction, request: EndRoom) -> Changes:
    """Offer a room no more; what is booked in it goes on.

    Raises:
        RuleBroken: it is not there.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    room = _room(tx, request.room)
    tx.watch(room)
    room.valid_to = tx.today
    return Changes(f"停用房间 {room.name}")


def _room(tx: Transaction, room_id: int) -> Room:
    return tx.own(Room, room_id, "找不到这个房间，请刷新后再试。")

"""Papers of the rooms (排期表、门贴、桌签): what hangs at the door and stands on the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall, writing_of
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.numbering import NumberKind
from desk.rules.rights import require_hall
from desk.store.gate import words
from desk.store.requests import Changes, Request, action
from desk.store.room_rows import room_schedule_row
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRoomSchedule(Request):
    """Put the rooms of a day on paper, by hours."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDoorSign(Request):
    """Print a card that stands on a table or hangs at a door.

    Attributes:
        name: who sits there, or which room it is (钱惠, 老梁工作室).
        role: 人民调解员, 申请人, 调解进行中.
    """

    name: str = words("名称", longest=60)
    role: str = words("身份或状态", longest=40, default="")
    note: str = words("说明", default="")


@action(IssueRoomSchedule, "rooms.schedule_printed")
def issue_room_schedule(tx: Transaction, request: IssueRoomSchedule) -> Changes:
    """Freeze the schedule of a day: the rooms are the hall's, the committee is one who uses them.

    Raises:
        NotAllowed: the asker does not book rooms.
    """
    require_hall(Deed.BOOK_ROOM, tx.person)
    row = room_schedule_row(writing_of(tx), request.day)
    return _issued(tx, request, "room-schedule", row)


@action(IssueDoorSign, "rooms.sign_printed")
def issue_door_sign(tx: Transaction, request: IssueDoorSign) -> Changes:
    """Freeze a card for a door or a table.

    Raises:
        NotAllowed: the asker does not book rooms.
        RuleBroken: there is no name.
    """
    require_hall(Deed.BOOK_ROOM, tx.person)
    if not request.name.strip():
        raise RuleBroken("请写姓名或房间名。", field="name")
    row = {"name": request.name, "role": request.role, "note": request.note or None}
    return _issued(tx, request, "door-sign", row)


def _issued(tx: Transaction, request: Request, code: str, row: Mapping[str, Any]) -> Changes:
    number = next_text(tx, NumberKind.LIST, request.happened_at)
    paper = issue_for_hall(tx, code, row, number)
    titles = {"room-schedule": "打印调解室排期表", "door-sign": "打印门贴、桌签"}
    return Changes(titles[code], made={"paper": paper.id, "number": number})

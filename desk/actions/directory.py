"""The matter directory (事项目录): what others handle, where to go, whom to ask, what to bring."""

from dataclasses import dataclass

from sqlalchemy import func, select

from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.pinyin import initials
from desk.rules.rights import require_hall
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import ServiceItem, Unit
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SetServiceItem(Request):
    """Add a matter to the directory, or change one; what was printed before stays as it was."""

    item: int | None = None
    name: str = words("事项")
    unit: int | None = None
    office: str = words("办理机构", default="")
    contact: str = words("对接人", longest=100, default="")
    phone: str = words("对接电话", longest=40, default="")
    address: str = words("地址", default="")
    hours: str = words("办理时间", longest=120, default="")
    materials: tuple[str, ...] = words("所需材料", default=())
    basis: str = words("依据", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireServiceItem(Request):
    """Take a matter out of the directory (停用); old cases keep what they were told."""

    item: int


@action(SetServiceItem, "directory.set")
def set_service_item(tx: Transaction, request: SetServiceItem) -> Changes:
    """Add or change a matter.

    Raises:
        RuleBroken: it has no name, another one has it, or nobody is named who handles it.
    """
    require_hall(Deed.EDIT_LIBRARY, tx.person)
    if not request.name.strip():
        raise RuleBroken("事项的名称还没有写。", field="name")
    if request.unit is None and not request.office.strip():
        raise RuleBroken("请选本街道的单位，或写明外单位的名称。", field="office")
    if request.unit is not None:
        tx.own(Unit, request.unit, "所选的单位不在单位表里，请重新选择。", field="unit")
    _require_free(tx, request)
    row = None if request.item is None else _item(tx, request.item)
    if row is None:
        count = select(func.count(ServiceItem.id)).where(ServiceItem.street_id == tx.street_id)
        row = ServiceItem(
            id=new_id(), street_id=tx.street_id, position=tx.session.scalar(count) or 0
        )
        tx.session.add(row)
        verb = "增加"
    else:
        tx.watch(row)
        verb = "更改"
    row.name, row.pinyin = request.name, initials(request.name)
    row.unit_id = request.unit
    for name in ("office", "contact", "phone", "address", "hours", "basis"):
        setattr(row, name, getattr(request, name) or None)
    row.materials = [material for material in request.materials if material]
    tx.session.flush()
    return Changes(f"{verb}事项 {row.name}", made={"item": row.id})


@action(RetireServiceItem, "directory.retired")
def retire_service_item(tx: Transaction, request: RetireServiceItem) -> Changes:
    """Stop offering a matter.

    Raises:
        RuleBroken: it is not there.
    """
    require_hall(Deed.EDIT_LIBRARY, tx.person)
    row = _item(tx, request.item)
    tx.watch(row)
    row.valid_to = tx.today
    return Changes(f"停用事项 {row.name}")


def _item(tx: Transaction, item_id: int) -> ServiceItem:
    gone = "找不到这个事项，可能已停用。请刷新后再试。"
    row = tx.own(ServiceItem, item_id, gone)
    if row.valid_to is not None:
        raise RuleBroken(gone)
    return row


def _require_free(tx: Transaction, request: SetServiceItem) -> None:
    same = select(ServiceItem.id).where(
        ServiceItem.street_id == tx.street_id,
        ServiceItem.name == request.name,
        ServiceItem.valid_to.is_(None),
        ServiceItem.id.is_distinct_from(request.item),
    )
    if tx.session.scalar(same) is not None:
        raise RuleBroken(f"事项“{request.name}”已经有了。", field="name")

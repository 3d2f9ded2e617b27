"""Things that the hall keeps for somebody (保管): originals, keys; taken, and given back."""

from dataclasses import dataclass

from desk.rules.codes import CaseStatus, KeptKind
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.rights import require_hall
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, KeptItem
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepItem(Request):
    """Write down what one keeps, for a case or on its own."""

    kind: KeptKind
    name: str = words("保管的东西")
    case: int | None = None
    note: str = words("说明", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack(Request):
    """Write down who got a kept thing back."""

    item: int
    to: str = words("交还给", longest=100)
    note: str = words("说明", default="")


@action(KeepItem, "item.kept")
def keep_item(tx: Transaction, request: KeepItem) -> Changes:
    """Become the holder of a thing.

    Raises:
        RuleBroken: it has no name.
    """
    require_hall(Deed.KEEP, tx.person)
    if not request.name.strip():
        raise RuleBroken("请写明保管的是什么，例如：房产证原件。", field="name")
    case = None if request.case is None else tx.open_case(request.case, None, Deed.KEEP_ITEM)
    item = KeptItem(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id if case else None,
        kind=request.kind,
        name=request.name,
        holder_id=tx.person.staff_id,
        taken_at=request.happened_at,
        note=request.note or None,
    )
    tx.add(item)
    return Changes(
        f"保管{label(request.kind)}",
        cases=(case.id,) if case else (),
        made={"item": item.id},
        detail=request.name,
    )


@action(GiveBack, "item.given_back")
def give_back(tx: Transaction, request: GiveBack) -> Changes:
    """Record that a thing was given back.

    Raises:
        NotAllowed: a colleague holds it.
        RuleBroken: it was given back already, or nobody is named.
    """
    require_hall(Deed.KEEP, tx.person)
    item = tx.own(KeptItem, request.item, "找不到这件保管的东西，请刷新后再试。")
    if item.given_back_at is not None:
        raise RuleBroken("这件东西已经交还了。")
    if item.holder_id != tx.person.staff_id and not tx.person.is_built_in:
        raise NotAllowed("这件东西在别的同事手里，请他来登记交还。")
    if not request.to.strip():
        raise RuleBroken("请写明交还给谁。", field="to")
    case = _open_case_of(tx, item)
    tx.watch(item)
    item.given_back_at, item.given_back_to = request.happened_at, request.to
    item.note = request.note or item.note
    return Changes(
        f"交还{label(item.kind)}",
        cases=(case.id,) if case else (),
        detail=f"{item.name}，交还给 {request.to}",
    )


def _open_case_of(tx: Transaction, item: KeptItem) -> Case | None:
    """Return the case whose history gets a line; an archived one stays as it is."""
    if item.case_id is None:
        return None
    status = tx.session.get_one(Case, item.case_id).status
    return None if status is CaseStatus.ARCHIVED else tx.open_case(item.case_id, None, Deed.NOTE)

"""Change of shift (交班, F12): open work, promised calls and kept things go into other hands.

Whoever goes writes it, whoever comes takes it over; only then does anything change hands
(DOMAIN.md 9.5: 双方确认).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall
from desk.rules.codes import AssignmentRole
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.lifecycle import OPEN
from desk.rules.moments import in_shanghai
from desk.rules.numbering import NumberKind
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.handover_lines import Lines, cases_of, lines_known_to
from desk.store.ids import new_id
from desk.store.models import (
    Assignment,
    Case,
    Contact,
    Handover,
    KeptItem,
    PrivateFacts,
    Staff,
)
from desk.store.paper_source import on_paper
from desk.store.requests import Changes, Request, action
from desk.store.sight import at_hand
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_CHANGED = "列表刚有变化，请按 F12 重新看过再交。"


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteHandover(Request):
    """Offer one's open work to a colleague of the same unit, with a word about it."""

    to: int
    note: str = words("交接说明", Field.BODY, default="")
    cases: tuple[int, ...] = ()
    calls: tuple[int, ...] = ()
    items: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver(Request):
    """Take over what a colleague has written down (接班)."""

    handover: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawHandover(Request):
    """Take a handover back that nobody has taken over yet."""

    handover: int


@action(WriteHandover, "shift.written")
def write_handover(tx: Transaction, request: WriteHandover) -> Changes:
    """Write down what goes into other hands; nothing changes hands yet.

    Raises:
        RuleBroken: the colleague is oneself or of another unit, a case is about him, or the lists
            have changed.
    """
    require_hall(Deed.HAND_OVER, tx.person)
    to = tx.session.get(Staff, request.to)
    if to is None or to.street_id != tx.street_id or to.id == tx.person.staff_id:
        raise RuleBroken("请选接班的同事。", field="to")
    if to.unit_id != tx.person.home_unit_id:
        raise RuleBroken("只能交给本单位的同事；别的单位接手请信联办改派。", field="to")
    _require_not_about(tx, to, request)
    handover = Handover(
        id=new_id(),
        street_id=tx.street_id,
        from_id=tx.person.staff_id,
        to_id=to.id,
        unit_id=tx.person.home_unit_id,
        written_at=request.happened_at,
        note=request.note or None,
        row={
            "cases": [_case_line(case) for case in _cases(tx, request.cases)],
            "calls": [call_line(tx, contact) for contact in _calls(tx, request.calls)],
            "items": [_item_line(tx, item) for item in _items(tx, request.items)],
        },
    )
    tx.add(handover)
    return Changes(f"交班给 {to.name}", made={"handover": handover.id})


@action(TakeOver, "shift.taken_over")
def take_over(tx: Transaction, request: TakeOver) -> Changes:
    """Become responsible for everything on the list that is still open; print both names.

    Raises:
        NotAllowed: it was written for somebody else.
        RuleBroken: it was taken over or taken back already.
    """
    require_hall(Deed.HAND_OVER, tx.person)
    handover = _open_handover(tx, request.handover)
    if handover.to_id != tx.person.staff_id:
        raise NotAllowed("这份交班是写给别的同事的。")
    tx.watch(handover)
    handover.taken_at = request.happened_at
    lines = lines_known_to(tx.session, tx.person.staff_id, handover.row)
    taken = _take_cases(tx, handover, lines["cases"])
    for contact in _rows(tx, Contact, lines["calls"]):
        if contact.called_back_at is None:
            contact.call_owner_id = tx.person.staff_id
    for item in _rows(tx, KeptItem, lines["items"]):
        if item.given_back_at is None:
            item.holder_id = tx.person.staff_id
    number = next_text(tx, NumberKind.HANDOVER, request.happened_at)
    paper = issue_for_hall(tx, "shift-handover", _paper_row(tx, handover, lines), number)
    handover.paper_id = paper.id
    before = tx.session.get_one(Staff, handover.from_id).name
    return Changes(
        f"接班，{before} 交 {len(taken)} 件",
        cases=tuple(case.id for case in taken),
        made={"paper": paper.id, "number": number},
    )


@action(WithdrawHandover, "shift.withdrawn")
def withdraw_handover(tx: Transaction, request: WithdrawHandover) -> Changes:
    """Take one's own handover back.

    Raises:
        NotAllowed: a colleague wrote it.
        RuleBroken: it was taken over or taken back already.
    """
    require_hall(Deed.HAND_OVER, tx.person)
    handover = _open_handover(tx, request.handover)
    if handover.from_id != tx.person.staff_id:
        raise NotAllowed("这份交班是别的同事写的。")
    tx.watch(handover)
    handover.withdrawn_at = request.happened_at
    return Changes("收回交班")


def _open_handover(tx: Transaction, handover_id: int) -> Handover:
    handover = tx.session.get(Handover, handover_id, with_for_update=True)
    mine = handover is not None and tx.person.staff_id in (handover.from_id, handover.to_id)
    if handover is None or not mine:  # others learn of none, as the shared database keeps it
        raise RuleBroken("找不到这份交班，请刷新后再试。")
    if handover.taken_at is not None:
        raise RuleBroken("这份交班已经接过了。")
    if handover.withdrawn_at is not None:
        raise RuleBroken("这份交班已由写的人收回。")
    return handover


def _require_not_about(tx: Transaction, to: Staff, request: WriteHandover) -> None:
    """Raise RuleBroken where something that is handed over is about the colleague (9.4)."""
    ids = {"cases": request.cases, "calls": request.calls, "items": request.items}
    about_him = select(Case.id).where(
        Case.id.in_(cases_of(tx.session, ids)), Case.accused_staff_id == to.id
    )
    if tx.session.scalar(about_him.limit(1)) is not None:
        raise RuleBroken(
            f"其中有反映{to.name}本人的件，不能交给本人。请把那一件交给别的同事，或请信联办改派。",
            field="to",
        )


def _take_cases(tx: Transaction, handover: Handover, lines: list[dict[str, Any]]) -> list[Case]:
    taken = []
    for case in _rows(tx, Case, lines):
        if case.handler_id != handover.from_id or case.status not in OPEN:
            continue  # it went its way meanwhile
        tx.touch(case)
        case.handler_id = tx.person.staff_id
        parts = tx.session.scalars(
            select(Assignment).where(
                Assignment.case_id == case.id,
                Assignment.round_no == case.round_no,
                Assignment.role == AssignmentRole.LEAD,
                Assignment.handler_id == handover.from_id,
            )
        )
        for part in parts:
            part.handler_id = tx.person.staff_id
        taken.append(case)
    return taken


def _rows(tx: Transaction, table: Any, lines: list[dict[str, Any]]) -> list[Any]:
    ids = [line["id"] for line in lines]
    wanted = select(table).where(table.id.in_(ids)).order_by(table.id)
    return list(tx.session.scalars(wanted.with_for_update()))


def _mine(tx: Transaction, table: Any, ids: tuple[int, ...], is_mine: Callable[[Any], bool]) -> Any:
    found = list(tx.session.scalars(select(table).where(table.id.in_(ids)).order_by(table.id)))
    if len(found) != len(set(ids)) or not all(is_mine(row) for row in found):
        raise RuleBroken(_CHANGED)
    return found


def _cases(tx: Transaction, ids: tuple[int, ...]) -> list[Case]:
    me = tx.person.staff_id
    found: list[Case] = _mine(tx, Case, ids, lambda case: case.handler_id == me)
    return found


def _calls(tx: Transaction, ids: tuple[int, ...]) -> list[Contact]:
    me = tx.person.staff_id
    found: list[Contact] = _mine(
        tx,
        Contact,
        ids,
        lambda row: (row.call_owner_id or row.staff_id) == me and row.called_back_at is None,
    )
    return found


def _items(tx: Transaction, ids: tuple[int, ...]) -> list[KeptItem]:
    me = tx.person.staff_id
    found: list[KeptItem] = _mine(
        tx, KeptItem, ids, lambda row: row.holder_id == me and row.given_back_at is None
    )
    return found


def _case_line(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case.number,
        "subject": case.summary,
        "state": label(case.status),
        "next_step": label(case.next_clock) if case.next_clock else None,
        "due_at": on_paper(case.next_due_at),
    }


def call_line(tx: Transaction, contact: Contact) -> dict[str, Any]:
    """Return a promised call as lists and papers show it; who asked to be hidden stays so.

    Whoever has neither the case in hand nor promised the call, nor his unit, reads a mask.
    """
    case = tx.session.get_one(Case, contact.case_id)
    named = select(PrivateFacts.name, PrivateFacts.phone).join(
        Case, Case.id == PrivateFacts.case_id
    )
    facts = tx.session.execute(
        named.where(Case.id == case.id, Case.hides_appellant.is_(False), at_hand(tx.person))
    ).first()
    return {
        "id": contact.id,
        "at": on_paper(contact.call_back_at),
        "number": case.number,
        "who": (facts.name or "未留姓名") if facts is not None else case.appellant_shown,
        "phone": facts.phone if facts is not None else None,
        "about": contact.note or case.summary,
        "by": tx.session.get_one(Staff, contact.staff_id).name,
    }


def _item_line(tx: Transaction, item: KeptItem) -> dict[str, Any]:
    case = tx.session.get(Case, item.case_id) if item.case_id else None
    return {
        "id": item.id,
        "kind": label(item.kind),
        "name": item.name,
        "number": case.number if case else None,
        "owner": case.appellant_shown if case else None,
        "taken_at": on_paper(item.taken_at),
        "note": item.note,
    }


def _paper_row(tx: Transaction, handover: Handover, lines: Lines) -> dict[str, Any]:
    def plain(name: str) -> list[dict[str, Any]]:
        return [{k: v for k, v in line.items() if k != "id"} for line in lines[name]]

    written, taken = in_shanghai(handover.written_at), handover.taken_at
    assert taken is not None  # noqa: S101 - it has just been set
    return {
        "unit": unit_name(tx.session, handover.unit_id, tx.today),
        "from_name": tx.session.get_one(Staff, handover.from_id).name,
        "to_name": tx.person.name,
        "written_at": f"{written:%Y-%m-%dT%H:%M}",
        "taken_at": on_paper(taken),
        "open_work": plain("cases"),
        "calls": plain("calls"),
        "kept": plain("items"),
        "note": handover.note,
    }

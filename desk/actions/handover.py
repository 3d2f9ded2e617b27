"""Change of shift (交班, F12): open work, promised calls and kept things go into other hands.

Mediations and whistles go along as what to look after (`store/handover_lines.py`).

Whoever goes writes it, whoever comes takes it over; only then does anything change hands
(DOMAIN.md 9.5: 双方确认, `taking_over`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from desk.actions.handover_rows import (
    call_line,
    case_line,
    item_line,
    mediation_line,
    support_line,
    whistle_line,
)
from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall
from desk.actions.taking_over import take_all
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import in_shanghai
from desk.rules.numbering import NumberKind
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.handover_lines import (
    Lines,
    cases_of,
    lines_known_to,
    own_mediations,
    own_supports,
    own_whistles,
)
from desk.store.ids import new_id
from desk.store.models import (
    Assignment,
    Case,
    Contact,
    Handover,
    KeptItem,
    Mediation,
    Staff,
    Whistle,
)
from desk.store.paper_source import on_paper
from desk.store.people import person_of
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_CHANGED = "列表刚有变化，请按 F12 重新看过再交。"


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteHandover(Request):
    """Offer one's open work to a colleague of the same unit, with a word about it.

    Attributes:
        supports: parts of cases that others lead (协办).
        mediations, whistles: what he is to look after; their mediator and caller stay.
    """

    to: int
    note: str = words("交接说明", Field.BODY, default="")
    cases: tuple[int, ...] = ()
    supports: tuple[int, ...] = ()
    calls: tuple[int, ...] = ()
    items: tuple[int, ...] = ()
    mediations: tuple[int, ...] = ()
    whistles: tuple[int, ...] = ()


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
    row = {
        "cases": [case_line(case) for case in _cases(tx, request.cases)],
        "supports": [support_line(tx, part) for part in _supports(tx, request.supports)],
        "calls": [call_line(tx, contact) for contact in _calls(tx, request.calls)],
        "items": [item_line(tx, item) for item in _items(tx, request.items)],
        "mediations": [mediation_line(one) for one in _mediations(tx, request.mediations)],
        "whistles": [whistle_line(one) for one in _whistles(tx, request.whistles)],
    }
    _require_told(tx, to, row)
    handover = Handover(
        id=new_id(),
        street_id=tx.street_id,
        from_id=tx.person.staff_id,
        to_id=to.id,
        unit_id=tx.person.home_unit_id,
        written_at=request.happened_at,
        note=request.note or None,
        row=row,
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
    lines = lines_known_to(tx.session, tx.person, handover.row, tx.now)
    taken = take_all(tx, handover, lines)
    number = next_text(tx, NumberKind.HANDOVER, request.happened_at)
    paper = issue_for_hall(tx, "shift-handover", _paper_row(tx, handover, lines), number)
    handover.paper_id = paper.id
    before = tx.session.get_one(Staff, handover.from_id).name
    return Changes(
        f"接班，{before} 交给 {tx.person.name}",
        cases=tuple(taken.of_case),
        made={"paper": paper.id, "number": number, "taken": taken.as_told()},
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


def _require_told(tx: Transaction, to: Staff, row: dict[str, Any]) -> None:
    """Raise RuleBroken where something that is handed over is kept from the colleague (9.4)."""
    ids = {name: [line["id"] for line in lines] for name, lines in row.items()}
    about_him = select(Case.id).where(
        Case.id.in_(cases_of(tx.session, ids)), Case.accused_staff_id == to.id
    )
    if tx.session.scalar(about_him.limit(1)) is not None:
        raise RuleBroken(
            f"其中有反映{to.name}本人的件，不能交给本人。请把那一件交给别的同事，或请信联办改派。",
            field="to",
        )
    known = lines_known_to(tx.session, person_of(tx.session, to, tx.today), row, tx.now)
    if any(len(known[name]) < len(row[name]) for name in ("mediations", "whistles")):
        raise RuleBroken(
            f"其中有不能让{to.name}知道的调解或哨单（岗位或回避）。请不要勾选，或交给别的同事。",
            field="to",
        )


def _mine(tx: Transaction, table: Any, ids: tuple[int, ...], is_mine: Callable[[Any], bool]) -> Any:
    found = list(tx.session.scalars(select(table).where(table.id.in_(ids)).order_by(table.id)))
    return _all_of(ids, [row for row in found if is_mine(row)])


def _cases(tx: Transaction, ids: tuple[int, ...]) -> list[Case]:
    me = tx.person.staff_id
    found: list[Case] = _mine(tx, Case, ids, lambda case: case.handler_id == me)
    return found


def _supports(tx: Transaction, ids: tuple[int, ...]) -> list[Assignment]:
    wanted = (
        select(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.id.in_(ids), own_supports(tx.person.staff_id))
    )
    return _all_of(ids, tx.session.scalars(wanted.order_by(Assignment.id)).all())


def _mediations(tx: Transaction, ids: tuple[int, ...]) -> list[Mediation]:
    wanted = select(Mediation).where(Mediation.id.in_(ids), own_mediations(tx.person.staff_id))
    return _all_of(ids, tx.session.scalars(wanted.order_by(Mediation.id)).all())


def _whistles(tx: Transaction, ids: tuple[int, ...]) -> list[Whistle]:
    wanted = select(Whistle).where(Whistle.id.in_(ids), own_whistles(tx.person.staff_id))
    return _all_of(ids, tx.session.scalars(wanted.order_by(Whistle.id)).all())


def _all_of(ids: tuple[int, ...], found: Sequence[Any]) -> list[Any]:
    if len(found) != len(set(ids)):
        raise RuleBroken(_CHANGED)
    return list(found)


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


def _paper_row(tx: Transaction, handover: Handover, lines: Lines) -> dict[str, Any]:
    def plain(*names: str) -> list[dict[str, Any]]:
        found = [line for name in names for line in lines[name]]
        return [{k: v for k, v in line.items() if k != "id"} for line in found]

    written, taken = in_shanghai(handover.written_at), handover.taken_at
    assert taken is not None  # noqa: S101 - it has just been set
    return {
        "unit": unit_name(tx.session, handover.unit_id, tx.today),
        "from_name": tx.session.get_one(Staff, handover.from_id).name,
        "to_name": tx.person.name,
        "written_at": f"{written:%Y-%m-%dT%H:%M}",
        "taken_at": on_paper(taken),
        "open_work": plain("cases", "supports", "whistles"),
        "calls": plain("calls"),
        "kept": plain("items"),
        "note": handover.note,
    }

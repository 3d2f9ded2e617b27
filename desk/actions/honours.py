"""Honours of the year (年度荣誉): named with a reason, given, withdrawn, listed on paper.

Sources: DOMAIN.md 001-10, 9.4: units stand with their figures, persons are named by people alone
and are never ranked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall
from desk.rules.assessment_codes import HonourKind
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.honours import require_giving, require_nomination, require_withdrawal
from desk.rules.numbering import NumberKind
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import amount, words
from desk.store.ids import new_id
from desk.store.models import Honour, Unit
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_PAPER = "honour-list"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHonour(Request):
    """Name a unit, or somebody in it, for an honour of the year, and say why (提名)."""

    year: int = amount("年度", 2000, 2999)
    kind: HonourKind
    unit: int
    person: str = words("被提名人", Field.NAME, default="")
    reason: str = words("提名理由", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveHonour(Request):
    """Give an honour that was named (授予)."""

    honour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawHonour(Request):
    """Take a name back, given or not, and say why (撤回)."""

    honour: int
    note: str = words("撤回的理由", longest=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueHonourList(Request):
    """Put the honours that were given in a year on paper, as a plain table (打印名单)."""

    year: int = amount("年度", 2000, 2999)


@action(NameHonour, "honour.named")
def name_honour(tx: Transaction, request: NameHonour) -> Changes:
    """Name a unit or somebody in it.

    Raises:
        RuleBroken: year, name or reason are missing.
    """
    require_hall(Deed.NAME_HONOUR, tx.person)
    tx.own(Unit, request.unit, "请从列表里选一个单位。", field="unit")
    require_nomination(
        request.kind,
        year=request.year,
        this_year=tx.today.year,
        person=request.person,
        reason=request.reason,
    )
    row = Honour(
        id=new_id(),
        street_id=tx.street_id,
        year=request.year,
        kind=request.kind,
        unit_id=request.unit,
        person=request.person or None,
        reason=request.reason,
        named_by=request.made_by,
        named_at=request.happened_at,
        is_given=False,
    )
    tx.add(row)
    return Changes(f"提名 {_said(tx, row)}", made={"honour": row.id})


@action(GiveHonour, "honour.given")
def give_honour(tx: Transaction, request: GiveHonour) -> Changes:
    """Give an honour.

    Raises:
        RuleBroken: it was given or withdrawn already.
    """
    row = _honour(tx, request.honour)
    require_giving(is_given=row.is_given, is_withdrawn=row.withdrawn_at is not None)
    tx.watch(row)
    row.is_given, row.given_by = True, request.made_by
    return Changes(f"授予 {_said(tx, row)}", made={"honour": row.id})


@action(WithdrawHonour, "honour.withdrawn")
def withdraw_honour(tx: Transaction, request: WithdrawHonour) -> Changes:
    """Take a name back.

    Raises:
        RuleBroken: it was taken back already, or it is not said why.
    """
    row = _honour(tx, request.honour)
    require_withdrawal(is_withdrawn=row.withdrawn_at is not None, note=request.note)
    tx.watch(row)
    row.withdrawn_by, row.withdrawn_at = request.made_by, request.happened_at
    row.withdraw_note = request.note
    return Changes(f"撤回 {_said(tx, row)}", made={"honour": row.id}, detail=request.note)


@action(IssueHonourList, "honour.listed")
def issue_honour_list(tx: Transaction, request: IssueHonourList) -> Changes:
    """Issue the list of a year: what was given and stands, units first, in the order of naming.

    Raises:
        RuleBroken: nothing was given in that year.
    """
    require_hall(Deed.STEER, tx.person)
    rows = tx.session.scalars(
        select(Honour)
        .where(
            Honour.street_id == tx.street_id,
            Honour.year == request.year,
            Honour.is_given,
            Honour.withdrawn_at.is_(None),
        )
        .order_by(Honour.kind.desc(), Honour.named_at, Honour.id)
    ).all()
    if not rows:
        raise RuleBroken(f"{request.year} 年还没有授予的荣誉，先授予再打印。")
    number = next_text(tx, NumberKind.LIST, request.happened_at)
    row = {"year": str(request.year), "honours": [_line(tx, one) for one in rows]}
    paper = issue_for_hall(tx, _PAPER, row, number)
    made = {"paper": paper.id, "number": number}
    return Changes(f"打印 {request.year} 年度荣誉名单 {number}", made=made)


def _line(tx: Transaction, row: Honour) -> Mapping[str, Any]:
    return {
        "honour": label(row.kind),
        "unit": unit_name(tx.session, row.unit_id, tx.today),
        "person": row.person,
        "about": row.reason,
    }


def _honour(tx: Transaction, honour_id: int) -> Honour:
    require_hall(Deed.STEER, tx.person)
    row = tx.session.get(Honour, honour_id, with_for_update=True)
    if row is None or row.street_id != tx.street_id:
        raise RuleBroken("找不到这项提名，请刷新后再试。")
    return row


def _said(tx: Transaction, row: Honour) -> str:
    """Say who is named; a person's name stands in the row, not in the line that many read."""
    return f"{row.year} 年{label(row.kind)}（{unit_name(tx.session, row.unit_id, tx.today)}）"

"""The register of seals (用印登记): each use of a seal, whatever was sealed, printed by periods.

The program keeps no picture of any seal (DOMAIN.md 9.3).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.moments import end_of, start_of
from desk.rules.numbering import NumberKind
from desk.rules.rights import require_hall
from desk.store.gate import amount, words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import Paper, SealUse, Staff
from desk.store.paper_source import on_paper
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSeal(Request):
    """Register the use of a seal on a paper that is no opinion (用印登记).

    Attributes:
        applicant: who wanted it sealed; whoever registers it where nothing is said.
    """

    seal: str = words("印章", longest=100, default="")
    title: str = words("用印事由或文件名")
    copies: int = amount("份数", 1, default=1)
    applicant: int | None = None
    approved_by: str = words("批准人", longest=100)
    note: str = words("备注", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSealRegister(Request):
    """Print the register of a period, both days included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a seal as it is to be written down; no name means the hall's usual seal."""

    seal: str
    title: str
    copies: int
    applicant: int
    approved_by: str
    at: datetime
    note: str = ""


@action(RegisterSeal, "seal.registered")
def register_seal(tx: Transaction, request: RegisterSeal) -> Changes:
    """Write a line into the register for a paper that is no opinion (用印登记).

    Raises:
        RuleBroken: no such seal, nothing was said of what was sealed, or of who allowed it.
    """
    require_hall(Deed.REGISTER_SEAL, tx.person)
    for name, what in (("title", "用印事由或文件名"), ("approved_by", "批准人")):
        if not getattr(request, name).strip():
            raise RuleBroken(f"请写“{what}”，用印登记上要有。", field=name)
    applicant = request.applicant or request.made_by
    if not name_of(tx, applicant):
        raise RuleBroken("找不到用印人，请从列表里选。", field="applicant")
    use = note_use(
        tx,
        Use(
            seal=request.seal,
            title=request.title,
            copies=request.copies,
            applicant=applicant,
            approved_by=request.approved_by,
            at=request.happened_at,
            note=request.note,
        ),
    )
    return Changes(f"用印登记 {use.seal}", made={"use": use.id}, detail=request.title)


@action(IssueSealRegister, "seal.printed")
def issue_seal_register(tx: Transaction, request: IssueSealRegister) -> Changes:
    """Issue the register of a period as a paper of the hall.

    Raises:
        RuleBroken: the period ends before it begins, or no seal was used in it.
    """
    require_hall(Deed.REGISTER_SEAL, tx.person)
    if request.last < request.first:
        raise RuleBroken("止日不能早于起日，请改正后再打印。", field="last")
    uses = _uses(tx, request.first, request.last)
    if not uses:
        raise RuleBroken("这段时间没有用印，不用打印。", field="first")
    number = next_text(tx, NumberKind.SEAL_REGISTER, request.happened_at)
    row = {"period": _in_words(request.first, request.last), "uses": uses}
    paper = issue_for_hall(tx, "seal-register", row, number)
    made = {"paper": paper.id, "number": number}
    return Changes(f"打印用印登记 {number}", made=made, detail=str(row["period"]))


def note_use(tx: Transaction, use: Use, paper: Paper | None = None) -> SealUse:
    """Write one use of a seal down.

    Raises:
        RuleBroken: the hall has no such seal.
    """
    seals = setting(tx.session, tx.street_id, "seals", tx.today)
    if use.seal and use.seal not in seals:
        raise RuleBroken(f"本厅没有“{use.seal}”这枚印章，请从列表里选。", field="seal")
    line = SealUse(
        id=new_id(),
        street_id=tx.street_id,
        case_id=paper.case_id if paper is not None else None,
        paper_id=paper.id if paper is not None else None,
        seal=use.seal or seals[0],
        title=use.title,
        copies=use.copies,
        applicant_id=use.applicant,
        approved_by=use.approved_by or None,
        used_by=tx.person.staff_id,
        used_at=use.at,
        note=use.note or None,
    )
    tx.add(line)
    return line


def name_of(tx: Transaction, staff_id: int | None) -> str:
    """Return the name of a member of staff of this street, or nothing."""
    member = tx.session.get(Staff, staff_id) if staff_id else None
    return member.name if member is not None and member.street_id == tx.street_id else ""


def _uses(tx: Transaction, first: date, last: date) -> list[dict[str, Any]]:
    applicant, user = aliased(Staff), aliased(Staff)
    rows = tx.session.execute(
        select(SealUse, Paper.number, applicant.name, user.name)
        .outerjoin(Paper, Paper.id == SealUse.paper_id)
        .join(applicant, applicant.id == SealUse.applicant_id)
        .join(user, user.id == SealUse.used_by)
        .where(
            SealUse.street_id == tx.street_id,
            SealUse.used_at >= start_of(first),
            SealUse.used_at < end_of(last),
        )
        .order_by(SealUse.used_at, SealUse.id)
    )
    return [
        {
            "used_at": on_paper(use.used_at),
            "title": use.title.removesuffix(f" {number}"),
            "number": number,
            "copies": use.copies,
            "seal": use.seal,
            "applicant": asked_by,
            "approved_by": use.approved_by,
            "used_by": used_by,
            "note": use.note,
        }
        for use, number, asked_by, used_by in rows
    ]


def _in_words(first: date, last: date) -> str:
    begin = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return begin
    year = "" if first.year == last.year else f"{last.year}年"
    return f"{begin}至{year}{last.month}月{last.day}日"

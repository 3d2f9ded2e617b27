"""Erasing a file's personal data (抹除): one person asks, a leader decides, the chain stays whole.

When its time of keeping is over, or when the appellant asks for it and no rule keeps it longer
(个保法第四十七条). What goes and what stays: `rules.personal_data`.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desk.rules.codes import CaseStatus, Role
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import day_of
from desk.rules.privacy_codes import ErasureGround
from desk.rules.rights import require_hall
from desk.store.erasing import ERASED, erase_file
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import Case, CaseSearch, Erasure
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_ENDED = frozenset({CaseStatus.ARCHIVED, CaseStatus.WITHDRAWN, CaseStatus.GUIDED})
_LEADERS = frozenset({Role.LEADER, Role.CHIEF})
_GONE = "找不到这份抹除申请，可能已经有人处理。请刷新列表。"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskErasure(Request):
    """Ask that the personal data of a case be erased, and say why."""

    case: int
    ground: ErasureGround
    reason: str = words("抹除的理由")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideErasure(Request):
    """Decide on what somebody else asked to erase."""

    erasure: int
    is_granted: bool
    note: str = words("批注", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOutErasure(Request):
    """Erase what was decided; on the shared server whoever maintains it does so."""

    erasure: int


@action(AskErasure, "private.erasure_asked")
def ask_erasure(tx: Transaction, request: AskErasure) -> Changes:
    """Put an erasure on the leaders' desks.

    Raises:
        NotAllowed: neither archivist nor leader.
        RuleBroken: no reason, the case has not ended, is still to be kept, or is asked for already.
    """
    require_hall(Deed.ERASE, tx.person)
    if not request.reason.strip():
        raise RuleBroken("请写明抹除的理由，会一直留着。", field="reason")
    case = tx.own(Case, request.case, "找不到这一件，可能已不归您查看。请刷新列表。")
    if case.status not in _ENDED:
        raise RuleBroken("归档、撤回或引导完的件才能抹除。请先办结归档。")
    over = kept_until(tx, case)
    if request.ground is ErasureGround.EXPIRED and tx.today < over:
        raise RuleBroken(
            f"这一件要保管到 {over.year} 年 {over.month} 月 {over.day} 日，还没有到期。"
        )
    open_ones = select(Erasure.id).where(
        Erasure.case_id == case.id, Erasure.is_granted.is_not(False)
    )
    if tx.session.scalar(open_ones.limit(1)) is not None:
        raise RuleBroken("这一件已经申请过抹除，不用再申请。")
    row = Erasure(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        ground=request.ground,
        reason=request.reason,
        asked_by=tx.person.staff_id,
        asked_at=tx.now,
    )
    tx.add(row)
    return Changes("申请抹除个人信息", made={"erasure": row.id, "case": case.id})


@action(DecideErasure, "private.erasure_decided")
def decide_erasure(tx: Transaction, request: DecideErasure) -> Changes:
    """Grant or refuse an erasure that somebody else asked for.

    Raises:
        NotAllowed: no leader.
        RuleBroken: his own, decided already, or nobody says why it is refused.
    """
    require_hall(Deed.ERASE, tx.person)
    if not tx.person.roles & _LEADERS:
        raise NotAllowed("抹除由领导决定，档案员提出申请。")
    row = tx.own(Erasure, request.erasure, _GONE)
    if row.asked_by == tx.person.staff_id:
        raise RuleBroken("自己提出的抹除要由另一位领导决定。")
    if row.is_granted is not None:
        raise RuleBroken("这份抹除申请已经处理过了。请刷新列表。")
    if not request.is_granted and not request.note.strip():
        raise RuleBroken("不同意请写一句为什么。", field="note")
    row.is_granted, row.note = request.is_granted, request.note or None
    row.decided_by, row.decided_at = tx.person.staff_id, tx.now
    said = "同意" if request.is_granted else "不同意"
    return Changes(f"{said}抹除个人信息", made={"case": row.case_id}, detail=request.note)


@action(CarryOutErasure, "private.erased")
def carry_out_erasure(tx: Transaction, request: CarryOutErasure) -> Changes:
    """Erase what two people decided on; the line that says so keeps the chain lawful.

    Raises:
        NotAllowed: only whoever maintains the database does this.
        RuleBroken: nobody decided so, or it was done already.
    """
    if not tx.person.is_built_in:
        raise NotAllowed("抹除由管机器的同事运行 erase 命令执行。")
    row = tx.own(Erasure, request.erasure, _GONE)
    if not row.is_granted or row.counts is not None:
        raise RuleBroken(_GONE)
    case = tx.session.get_one(Case, row.case_id, with_for_update=True)
    counts = erase_file(tx.session, case)
    tx.session.get_one(CaseSearch, case.id).doc = f"{case.number}\n{case.seq:05}"
    tx.touch(case)  # only now: the line must not remember what it was before
    row.counts, row.reason = counts, ERASED
    return Changes("按规定抹除个人信息", cases=(case.id,), made={"rows": sum(counts.values())})


def kept_until(tx: Transaction, case: Case) -> date:
    """Return the day from which the personal data of an ended case is no longer kept."""
    years = int(setting(tx.session, tx.street_id, "retention_years", tx.today))
    ended = day_of(case.closed_at or case.changed_at)
    is_leap_day = (ended.month, ended.day) == (2, 29)
    return ended.replace(year=ended.year + years, day=28 if is_leap_day else ended.day)

"""Taking a ledger out of the program (台账导出): always with a reason, always in the history.

Above a number of rows a day that the hall sets, a second person who may export approves it first;
what was approved is used once, and within the hours that the hall sets (RELIABILITY.md 3.3).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select, true

from desk.rules.codes import Role
from desk.rules.deeds import HALL_DEEDS, Deed
from desk.rules.errors import RuleBroken
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import ExportRequest, Staff, StaffRole
from desk.store.models.hall import today_rows
from desk.store.requests import Changes, Request, action
from desk.store.taken_out import ALONE, TAKEN_OUT, approvals, rows_alone
from desk.store.transaction import Transaction

ON_BOARD = "看板所列诉求"
ON_FIGURE = "统计所列诉求"
LISTS = frozenset({ON_BOARD, ON_FIGURE})
_FILTER = words("筛选条件", Field.BODY, default="")
_GONE = "找不到这份申请，可能已经有人处理。请刷新列表。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportLedger(Request):
    """Take a ledger out: which one, of which days, why, and what exactly went out.

    Attributes:
        rows: how many cases went out.
        narrowed_to: the filter of a board, in words.
        content_hash: the digest of what went out, to tell later which file it was.
        is_full: names, numbers and addresses in full; else only their masks.
    """

    kind: str
    first_day: date
    last_day: date
    reason: str = words("导出理由")
    rows: int
    content_hash: str
    is_full: bool = True
    narrowed_to: str = _FILTER


@dataclass(frozen=True, slots=True, kw_only=True)
class AskExport(Request):
    """Ask a second person to approve an export of many rows (导出申请).

    Attributes:
        narrowed_to: the filter of a board, in words: what the second person approves.
    """

    kind: str
    first_day: date
    last_day: date
    reason: str = words("导出理由")
    rows: int
    is_full: bool = False
    narrowed_to: str = _FILTER


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideExport(Request):
    """Approve or refuse what somebody else wants to take out."""

    export_request: int
    is_granted: bool
    note: str = words("批注", default="")


@action(ExportLedger, TAKEN_OUT)
def export_ledger(tx: Transaction, request: ExportLedger) -> Changes:
    """Write down who takes what out and why, before the file is written.

    On the machine itself (命令行) no second person is asked; the line says so all the same.

    Raises:
        NotAllowed: the person may not export ledgers.
        RuleBroken: no reason was given, the days are in the wrong order, or so many rows need
            somebody else's approval first.
    """
    require_hall(Deed.EXPORT, tx.person)
    _require_sense(request.reason, request.first_day, request.last_day)
    alone = rows_alone(tx.session, tx.person, tx.now)
    by_two = request.rows > alone and not tx.person.is_built_in
    if by_two:
        _use(tx, request, alone)
    how = "" if request.is_full else "（遮盖）"
    return Changes(
        f"导出{request.kind} {request.rows} 件{how}",
        made={
            "rows": request.rows,
            ALONE: 0 if by_two else request.rows,
            "content_hash": request.content_hash,
        },
        detail=f"{request.first_day} 至 {request.last_day}，理由：{request.reason}",
    )


@action(AskExport, "ledger.export_asked")
def ask_export(tx: Transaction, request: AskExport) -> Changes:
    """Put an export on the desks of those who may approve it.

    Raises:
        NotAllowed: the person may not export ledgers.
        RuleBroken: no reason was given, the days are in the wrong order, or it needs no approval.
    """
    require_hall(Deed.EXPORT, tx.person)
    _require_sense(request.reason, request.first_day, request.last_day)
    alone = rows_alone(tx.session, tx.person, tx.now)
    if request.rows <= alone:
        raise RuleBroken(f"{request.rows} 件不超过 {alone} 件，不用批准，可以直接导出。")
    hours = int(setting(tx.session, tx.street_id, "export_valid_hours", tx.today))
    row = ExportRequest(
        id=new_id(),
        street_id=tx.street_id,
        kind=request.kind,
        first_day=request.first_day,
        last_day=request.last_day,
        reason=request.reason,
        rows=request.rows,
        is_full=request.is_full,
        narrowed_to=request.narrowed_to or None,
        asked_by=tx.person.staff_id,
        asked_at=tx.now,
        expires_at=tx.now + timedelta(hours=hours),
    )
    tx.add(row)
    return Changes(
        f"申请导出{request.kind} {request.rows} 件",
        made={"export_request": row.id},
        detail=request.narrowed_to,
    )


@action(DecideExport, "ledger.export_decided")
def decide_export(tx: Transaction, request: DecideExport) -> Changes:
    """Approve or refuse an export that somebody else asked for.

    Raises:
        NotAllowed: the person may not export ledgers.
        RuleBroken: it is his own, it was decided already, or nobody says why it is refused.
    """
    require_hall(Deed.EXPORT, tx.person)
    row = tx.own(ExportRequest, request.export_request, _GONE)
    if row.asked_by == tx.person.staff_id:
        raise RuleBroken("自己的导出申请要由另一位同事批准。")
    if row.is_granted is not None:
        raise RuleBroken("这份申请已经处理过了。请刷新列表。")
    if not request.is_granted and not request.note.strip():
        raise RuleBroken("不批准请写一句为什么，申请人看得到。", field="note")
    hours = int(setting(tx.session, tx.street_id, "export_valid_hours", tx.today))
    row.is_granted, row.note = request.is_granted, request.note or None
    row.decided_by, row.decided_at = tx.person.staff_id, tx.now
    row.expires_at = tx.now + timedelta(hours=hours)
    said = "批准" if request.is_granted else "不批准"
    return Changes(f"{said}导出{row.kind} {row.rows} 件", detail=request.note)


def _require_sense(reason: str, first_day: date, last_day: date) -> None:
    if not reason.strip():
        raise RuleBroken("请写明导出的理由，会记入留痕并印在文件上。", field="reason")
    if first_day > last_day:
        raise RuleBroken("起始日期在截止日期之后，请对调后再导出。", field="first_day")


def _use(tx: Transaction, request: ExportLedger, alone: int) -> None:
    """Use up the approval for exactly this: the ledger, the days; a board’s filter and rows."""
    granted = tx.session.scalars(
        approvals(tx.person, tx.now, request.kind)
        .where(
            ExportRequest.first_day == request.first_day,
            ExportRequest.last_day == request.last_day,
            ExportRequest.is_full.is_(True) if request.is_full else true(),
            *_of_list(request),
        )
        .with_for_update()
        .limit(1)
    ).first()
    if granted is None:
        raise RuleBroken(
            f"这次有 {request.rows} 件，超过今天一个人还能导出的 {alone} 件，要另一位有导出权限的人"
            f"先批准。请在“管理 · 导出台账”里申请，由{_approvers(tx)}批准后再导出。"
        )
    granted.used_at = tx.now


def _of_list(request: ExportLedger) -> tuple[ColumnElement[bool], ...]:
    if request.kind not in LISTS:
        return ()
    approved = func.coalesce(ExportRequest.narrowed_to, "")
    return ExportRequest.rows >= request.rows, approved == request.narrowed_to


def _approvers(tx: Transaction) -> str:
    roles = sorted(HALL_DEEDS[Deed.EXPORT], key=list(Role).index)
    names = tx.session.scalars(
        select(Staff.name)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(
            Staff.street_id == tx.street_id,
            StaffRole.role.in_(roles),
            Staff.id != tx.person.staff_id,
            today_rows(StaffRole, tx.today),
        )
        .distinct()
        .order_by(Staff.name)
        .limit(5)
    ).all()
    return "、".join(names)

"""Taking a ledger out of the program (台账导出): always with a reason, always in the history."""

from dataclasses import dataclass
from datetime import date

from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.rights import require_hall
from desk.store.gate import words
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportLedger(Request):
    """Take a ledger out: which one, of which days, why, and what exactly went out.

    Attributes:
        rows: how many cases went out.
        content_hash: the digest of what went out, to tell later which file it was.
    """

    kind: str
    first_day: date
    last_day: date
    reason: str = words("导出理由")
    rows: int
    content_hash: str


@action(ExportLedger, "ledger.exported")
def export_ledger(tx: Transaction, request: ExportLedger) -> Changes:
    """Write down who takes what out and why, before the file is written.

    Raises:
        NotAllowed: the person may not export ledgers.
        RuleBroken: no reason was given, or the days are in the wrong order.
    """
    require_hall(Deed.EXPORT, tx.person)
    if not request.reason.strip():
        raise RuleBroken("请写明导出的理由，会记入留痕并印在文件上。", field="reason")
    if request.first_day > request.last_day:
        raise RuleBroken("起始日期在截止日期之后，请对调后再导出。", field="first_day")
    return Changes(
        f"导出{request.kind} {request.rows} 件",
        made={"rows": request.rows, "content_hash": request.content_hash},
        detail=f"{request.first_day} 至 {request.last_day}，理由：{request.reason}",
    )

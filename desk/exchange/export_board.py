"""Exporting what a board shows (导出看板所列): masked, with a reason and a line of the log."""

from desk.exchange.appeal_lines import appeal_rows_of
from desk.exchange.export_ledger import LedgerSheet, WantedLedger, sheet_of
from desk.queries.case_board import BoardFilter, board_cases
from desk.queries.ledger_exports import export_alone
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.rules.rights import require_hall
from desk.store.database import Reader
from desk.store.patience import takes_long

ON_BOARD = "看板所列诉求"


@takes_long
def board_sheet(reader: Reader, wanted: BoardFilter, reason: str) -> LedgerSheet:
    """Return the cases of a board as they would go out now, always masked.

    Raises:
        NotAllowed: the person may not export ledgers.
        RuleBroken: no reason, nothing to export, or so much that a ledger should be asked for.
    """
    require_hall(Deed.EXPORT, reader.person)
    if not reason.strip():
        raise RuleBroken("请写明导出的理由，会记入留痕并印在文件上。", field="reason")
    cases = board_cases(reader, wanted)
    if not cases:
        raise RuleBroken("看板上现在没有件，没有可以导出的。")
    most = export_alone(reader)
    if len(cases) > most:
        raise RuleBroken(
            f"看板上有 {len(cases)} 件，一次最多导出 {most} 件。请再加条件收窄；"
            "要整段日期的台账，请到“管理 · 导出台账”申请。"
        )
    days = [day_of(received_at) for received_at in cases.values()]
    asked = WantedLedger(min(days), max(days), reason, ON_BOARD, is_full=False)
    return sheet_of(reader, asked, appeal_rows_of(reader, list(cases)))

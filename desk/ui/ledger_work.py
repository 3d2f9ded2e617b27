"""Taking a ledger out as long work (导出): read, put into the history, written; in that order."""

from functools import partial
from pathlib import Path

from desk.exchange.export_ledger import ExportResult, LedgerSheet, WantedLedger, ledger_sheet
from desk.ui.long_work import LongPlan, WorkDoor

EXPORT = "export"
_STOPPED = "什么也没有导出。"


def _said(result: ExportResult) -> str:
    return "".join(result.sentences())


LEDGER_OUT = LongPlan("导出台账", EXPORT, said=_said, stopped=_STOPPED)
LIST_READ = LongPlan("读出所列", EXPORT, said=lambda _sheet: "", stopped=_STOPPED)
LIST_OUT = LongPlan("导出所列", EXPORT, said=_said, stopped=_STOPPED)


def ledger_out(door: WorkDoor, wanted: WantedLedger, rows: int, target: Path) -> ExportResult:
    """Take a ledger out; background work.

    Args:
        rows: about how many there are, as was counted before.
    """
    door.begin_part("正在读台账，还没有导出", rows)
    sheet = door.read(partial(ledger_sheet, wanted=wanted, told=door.told))
    return sheet_out(door, sheet, target)


def sheet_out(door: WorkDoor, sheet: LedgerSheet, target: Path) -> ExportResult:
    """Write an export into the history, then into its file; background work."""
    door.past_stopping("正在写出文件", len(sheet.lines))
    request = sheet.request(door.database.person.staff_id)
    door.carry_out(request)
    return sheet.written(target, request, door.told)

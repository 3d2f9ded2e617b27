"""What takes long while moving in (检查、导入): the rows one by one, with how far it is."""

from typing import Any

from desk.exchange.import_ledger import ImportResult, carry_in
from desk.exchange.workbook import Sheet
from desk.ui.long_work import LongPlan, WorkDoor
from desk.ui.moving_in.job import ImportJob


def _said(result: ImportResult) -> str:
    return result.sentences()[0]


CHECK = LongPlan("检查台账", "import-check", said=_said, stopped="什么也没有导入。", unit="行")
IMPORT = LongPlan(
    "导入台账", "import", said=_said, stopped="已导入的留着，再导一次会接着做。", unit="行",
    changes=True,
)  # fmt: skip


def checked(door: WorkDoor, job: ImportJob) -> ImportResult:
    """Return what would become of the rows; background work."""
    door.begin_part("正在检查，还没有导入", len(job.sheet.rows))
    reading = job.reading()
    return carry_in(door.database, reading, is_check=True, progress=door.told)


def brought_in(door: WorkDoor, job: ImportJob) -> ImportResult:
    """Bring the rows in; stopped, what is in stays in, and the rest is told; background work."""
    door.begin_part("正在导入", len(job.sheet.rows))
    reading = job.reading()

    def told(done: int, of: int) -> None:
        if not door.is_stopped:
            door.told(done, of)

    return carry_in(door.database, reading, progress=told, is_wanted=lambda: not door.is_stopped)


def checked_row(database: Any, job: ImportJob, sheet: Sheet) -> ImportResult:
    """Return what would become of one row that was corrected; background work."""
    return carry_in(database, job.reading(sheet), is_check=True)

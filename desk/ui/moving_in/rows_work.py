"""What is done with the rows of a workbook (检查、更正、导入): in the background, step by step."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.exchange.corrections import only_row
from desk.exchange.import_ledger import ImportResult
from desk.exchange.ledgers import save_refused
from desk.rules.errors import DeskError
from desk.ui.desk import Desk
from desk.ui.drafts import draft_key, drafts_of
from desk.ui.file_choice import choose_target
from desk.ui.long_work import LongWork, works_of
from desk.ui.moving_in.job import ImportJob
from desk.ui.moving_in.rows_page import RowsPage
from desk.ui.moving_in.work import CHECK, IMPORT, brought_in, checked, checked_row

_KINDS = "工作簿 (*.xlsx)"
_KIND = "import"


class RowsWork(QObject):
    """Checks, mends and imports the rows that the page shows.

    Signals:
        said: a sentence for the clerk.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, rows: RowsPage) -> None:
        super().__init__(rows)
        self.desk, self.rows = desk, rows
        self.job: ImportJob | None = None
        self.drafts = drafts_of(desk)
        self.key = draft_key(_KIND, desk.person.staff_id)
        self._work: LongWork | None = None
        rows.mended.connect(self._on_mended)
        rows.import_wanted.connect(self.bring_in)
        rows.refused_wanted.connect(self._save_refused)
        rows.stop_wanted.connect(self._stop)

    def check(self, job: ImportJob) -> None:
        """Say of each row what would become of it."""
        self.job = job
        self._begin(CHECK, partial(checked, job=job))

    def bring_in(self) -> None:
        """Import what can come in, once at a time."""
        if self.job is not None and not works_of(self.desk.tasks).running(IMPORT.key):
            self._begin(IMPORT, partial(brought_in, job=self.job))

    def _begin(self, plan: Any, work: Any) -> None:
        self.rows.say(f"{plan.title}：{self.job.path.name if self.job else ''}", "正在开始……")
        self.rows.show_busy(busy=True)
        self._work = self.desk.begin_long(
            plan, work, owner=self, done=self._on_result, failed=self._on_failed
        )
        self._work.moved.connect(self._show_progress)

    def _show_progress(self) -> None:
        if self._work is not None and self._work.is_running:
            self.rows.note.setText(self._work.words())

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _on_result(self, result: ImportResult) -> None:
        if self.job is None:
            return
        self.job.result = result
        if not (result.is_check or result.refused or result.left):
            self.drafts.drop(self.key)
        hints = "" if result.refused else "　".join(result.hints[:3])
        self.rows.show_job(self.job, result.sentences()[0], hints)

    def _on_failed(self, error: DeskError) -> None:
        self.rows.show_busy(busy=False)
        self.rows.say(self.job.path.name if self.job else "", str(error), is_bad=True)

    def _on_mended(self, row: int, at: int, text: str) -> None:
        """Keep a correction at once, and look at its row again."""
        if self.job is None:
            return
        self.job.corrections[row, at] = text
        self.drafts.keep(self.key, _KIND, self.desk.person.staff_id, self.job.as_draft())
        sheet = only_row(self.job.mended, row)
        work = partial(checked_row, job=self.job, sheet=sheet)
        self.desk.try_out(work, owner=self, done=partial(self._on_row, row))

    def _on_row(self, row: int, result: ImportResult) -> None:
        if self.job is None or self.job.result is None:
            return
        self.job.result = self.job.result.with_row(row, result)
        self.rows.show_row(row, next(iter(result.refused), None))

    def _save_refused(self) -> None:
        if self.job is not None and self.job.result is not None:
            name = f"{self.job.path.stem} 未导入.xlsx"
            choose_target(self.rows, "另存未导入的行", self._write_refused, _KINDS, name=name)

    def _write_refused(self, target: Path) -> None:
        if self.job is None or self.job.result is None:
            return
        result = self.job.result

        def done(rows: int) -> None:
            self.said.emit(f"已把 {rows} 行存到“{target.name}”，最后一列是原因，改好后可以再导。")

        def failed(error: DeskError) -> None:
            self.rows.say(self.rows.head.text(), str(error), is_bad=True)

        reading = replace(result.reading, sheet=self.job.mended)
        work = partial(save_refused, reading, result.refused, target)
        self.desk.work(work, owner=self, done=done, failed=failed)

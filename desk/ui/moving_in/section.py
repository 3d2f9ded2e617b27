"""Moving in (导入台账): a workbook of any platform, step by step, nothing written too early."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk.actions.platform_forms import EndPlatformForm, SetPlatformForm
from desk.exchange.corrections import only_row
from desk.exchange.import_ledger import ImportResult
from desk.exchange.ledgers import save_refused
from desk.exchange.source_map import all_maps, source_map
from desk.queries.platform_forms import PlatformFormView, platform_forms
from desk.rules.errors import DeskError
from desk.ui.admin.section import Section
from desk.ui.desk import Desk
from desk.ui.drafts import draft_key, drafts_of
from desk.ui.file_choice import choose_file, choose_target
from desk.ui.keys import GlobalKey
from desk.ui.long_work import LongWork, works_of
from desk.ui.moving_in.columns_page import ColumnsPage
from desk.ui.moving_in.job import ImportJob, open_job
from desk.ui.moving_in.rows_page import RowsPage
from desk.ui.moving_in.start_page import StartPage
from desk.ui.moving_in.work import CHECK, IMPORT, brought_in, checked, checked_row
from desk.ui.widgets.composing import KeyShortcut

_KINDS = "工作簿 (*.xlsx)"
_KIND = "import"


class ImportSection(Section):
    """Choosing, understanding, mending, importing: one page of a stack for each."""

    title = "导入台账"
    help_page = "ledgers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.job: ImportJob | None = None
        self._forms: tuple[PlatformFormView, ...] = ()
        self._work: LongWork | None = None
        self._drafts = drafts_of(desk)
        self._key = draft_key(_KIND, desk.person.staff_id)
        self.begin, self.columns, self.rows = StartPage(), ColumnsPage(), RowsPage()
        self.stack = QStackedWidget()
        for page in (self.begin, self.columns, self.rows):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._connect()

    def arrive(self) -> None:
        """Read the sources; what is under way or half mended stays as it is."""
        self.desk.ask(partial(platform_forms, is_import=True), owner=self, done=self._take_forms)
        self._offer_draft()
        if self.stack.currentWidget() is self.begin:
            self.begin.choose.setFocus()

    def open_file(self, path: Path, draft: Mapping[str, object] | None = None) -> None:
        """Read a workbook and see what it is."""
        kept = draft if draft is not None else self._draft()

        def known(maps: Any) -> None:
            work = partial(open_job, path, maps, kept)
            self.desk.work(work, owner=self, done=self._on_opened, failed=self._on_unreadable)

        self.desk.ask(all_maps, owner=self, done=known)

    def _connect(self) -> None:
        self.begin.file_wanted.connect(self._choose)
        self.begin.draft_wanted.connect(self._go_on)
        self.begin.end_wanted.connect(self._end_source)
        self.columns.other_wanted.connect(self._choose)
        self.columns.settled.connect(self._on_settled)
        self.rows.other_wanted.connect(self._choose)
        self.rows.columns_wanted.connect(self._show_columns)
        self.rows.mended.connect(self._on_mended)
        self.rows.import_wanted.connect(self._import)
        self.rows.refused_wanted.connect(self._save_refused)
        self.rows.stop_wanted.connect(self._stop)
        self._drafts.loaded.connect(self._offer_draft)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self._finish)

    def _finish(self) -> None:
        """Do what the main button of the page does."""
        page = self.stack.currentWidget()
        if page is self.columns:
            self._on_settled()
        elif page is self.rows and self.rows.bring_in.isEnabled():
            self._import()

    def _take_forms(self, forms: tuple[PlatformFormView, ...]) -> None:
        self._forms = forms
        self.begin.show_sources(forms)

    def _draft(self) -> Mapping[str, object] | None:
        found = self._drafts.get(self._key)
        return found.content if found is not None else None

    def _offer_draft(self) -> None:
        draft = self._draft()
        words = ""
        if draft is not None:
            kept = draft["corrections"]
            many = len(kept) if isinstance(kept, list) else 0
            words = f"接着上次：{Path(str(draft['path'])).name}（改过 {many} 格）"
        self.begin.offer_draft(words)

    def _choose(self) -> None:
        choose_file(self, "选要导入的工作簿", self.open_file, _KINDS)

    def _go_on(self) -> None:
        draft = self._draft()
        if draft is not None:
            self.open_file(Path(str(draft["path"])), draft)

    def _on_unreadable(self, error: DeskError) -> None:
        self.begin.note.setText(str(error))
        self.stack.setCurrentWidget(self.begin)
        self.begin.choose.setFocus()

    def _on_opened(self, job: ImportJob) -> None:
        self.job = job
        if job.ledger is None:
            self._show_columns()
        else:
            self._check()

    def _show_columns(self) -> None:
        if self.job is None:
            return
        source = self.job.ledger.source if self.job.ledger is not None else ""
        form = next((one for one in self._forms if one.name == source), None)
        self.columns.show_job(self.job, form)
        self.stack.setCurrentWidget(self.columns)
        self.columns.start()

    def _on_settled(self) -> None:
        """Keep how the columns are understood for the whole hall, then look at the rows."""
        page = self.columns
        if self.job is None or not page.is_complete():
            return
        name = page.source.text().strip()
        same = next((one.id for one in self._forms if one.name == name), None)
        fixed = page.fixed_values()
        request = SetPlatformForm(
            **self.desk.by_me(),
            form=same,
            is_import=True,
            name=name,
            kind=str(page.kind.value()),
            lines=tuple(line.words for line in page.lines()),
            fixed=tuple(f"{ours} = {value}" for ours, value in fixed.items()),
        )
        ledger = source_map(name, request.kind, page.lines(), fixed)

        def kept(_changes: object) -> None:
            if self.job is not None:
                self.job.ledger = ledger
                self.arrive()
                self._check()

        self.desk.act(request, owner=self, done=kept, failed=self._on_not_kept)

    def _on_not_kept(self, error: DeskError) -> None:
        self.columns.say(str(error))

    def _end_source(self, form: PlatformFormView) -> None:
        request = EndPlatformForm(**self.desk.by_me(), form=form.id)
        self.desk.act(request, owner=self, done=lambda _changes: self.arrive())

    def _check(self) -> None:
        """Say of each row what would become of it; nothing is written."""
        assert self.job is not None  # noqa: S101 - a file was opened
        self.stack.setCurrentWidget(self.rows)
        self._begin(CHECK, partial(checked, job=self.job), self._on_checked)

    def _import(self) -> None:
        if self.job is not None and not works_of(self.desk.tasks).running(IMPORT.key):
            self._begin(IMPORT, partial(brought_in, job=self.job), self._on_imported)

    def _begin(self, plan: Any, work: Any, done: Any) -> None:
        self.rows.say(f"{plan.title}：{self.job.path.name if self.job else ''}", "正在开始……")
        self.rows.show_busy(busy=True)
        self._work = self.desk.begin_long(
            plan, work, owner=self, done=done, failed=self._on_work_failed
        )
        self._work.moved.connect(self._show_progress)

    def _show_progress(self) -> None:
        if self._work is not None and self._work.is_running:
            self.rows.note.setText(self._work.words())

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _on_checked(self, result: ImportResult) -> None:
        assert self.job is not None  # noqa: S101 - a file was opened
        self.job.result = result
        self.rows.show_job(self.job, result.sentences()[0], self._hints(result))

    def _on_imported(self, result: ImportResult) -> None:
        assert self.job is not None  # noqa: S101 - a file was opened
        self.job.result = result
        if not result.refused and not result.left:
            self._drafts.drop(self._key)
        self.rows.show_job(self.job, result.sentences()[0], self._hints(result))

    def _hints(self, result: ImportResult) -> str:
        """Return the hints in one line, where nothing is wrong that comes first."""
        return "" if result.refused else "　".join(result.hints[:3])

    def _on_work_failed(self, error: DeskError) -> None:
        self.rows.show_busy(busy=False)
        head = self.job.path.name if self.job is not None else self.title
        self.rows.say(head, str(error), is_bad=True)

    def _on_mended(self, row: int, at: int, text: str) -> None:
        """Keep a correction at once, and look at its row again."""
        assert self.job is not None  # noqa: S101 - a file was opened
        self.job.corrections[row, at] = text
        self._drafts.keep(self._key, _KIND, self.desk.person.staff_id, self.job.as_draft())
        sheet = only_row(self.job.mended, row)
        work = partial(checked_row, job=self.job, sheet=sheet)
        self.desk.try_out(work, owner=self, done=partial(self._on_row, row))

    def _on_row(self, row: int, result: ImportResult) -> None:
        if self.job is None or self.job.result is None:
            return
        self.job.result = self.job.result.with_row(row, result)
        self.rows.show_row(row, next(iter(result.refused), None))

    def _save_refused(self) -> None:
        job = self.job
        if job is None or job.result is None:
            return
        name = f"{job.path.stem} 未导入.xlsx"
        choose_target(self, "另存未导入的行", self._write_refused, _KINDS, name=name)

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

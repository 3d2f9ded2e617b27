"""Moving in (导入台账): a workbook of any platform, step by step, nothing written too early."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk.actions.platform_forms import EndPlatformForm, SetPlatformForm
from desk.exchange.source_map import all_maps, source_map
from desk.queries.platform_forms import PlatformFormView, platform_forms
from desk.rules.errors import DeskError
from desk.ui.admin.section import Section
from desk.ui.desk import Desk
from desk.ui.file_choice import choose_file
from desk.ui.keys import GlobalKey
from desk.ui.moving_in.columns_page import ColumnsPage
from desk.ui.moving_in.job import ImportJob, open_job
from desk.ui.moving_in.rows_page import RowsPage
from desk.ui.moving_in.rows_work import RowsWork
from desk.ui.moving_in.start_page import StartPage
from desk.ui.widgets.composing import KeyShortcut

_KINDS = "工作簿 (*.xlsx)"


class ImportSection(Section):
    """Choosing, understanding, mending, importing: one page of a stack for each."""

    title = "导入台账"
    help_page = "ledgers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.job: ImportJob | None = None
        self._forms: tuple[PlatformFormView, ...] = ()
        self.begin, self.columns, self.rows = StartPage(), ColumnsPage(), RowsPage()
        self.work = RowsWork(desk, self.rows)
        self._drafts, self._key = self.work.drafts, self.work.key
        self.stack = QStackedWidget()
        self.stack.setMinimumWidth(1)  # its widest page is seldom the one on show
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
        self.work.said.connect(self.said)
        self._drafts.loaded.connect(self._offer_draft)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self._finish)

    def _finish(self) -> None:
        """Do what the main button of the page does."""
        page = self.stack.currentWidget()
        if page is self.columns:
            self._on_settled()
        elif page is self.begin:
            self.begin.choose.click()
        elif page is self.rows and self.rows.bring_in.isEnabled():
            self.work.bring_in()

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
            self._look_at_rows()

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
                self._look_at_rows()

        self.desk.act(request, owner=self, done=kept, failed=self._on_not_kept)

    def _on_not_kept(self, error: DeskError) -> None:
        self.columns.say(str(error))

    def _end_source(self, form: PlatformFormView) -> None:
        request = EndPlatformForm(**self.desk.by_me(), form=form.id)
        self.desk.act(request, owner=self, done=lambda _changes: self.arrive())

    def _look_at_rows(self) -> None:
        """Say of each row what would become of it; nothing is written."""
        assert self.job is not None  # noqa: S101 - a file was opened
        self.stack.setCurrentWidget(self.rows)
        self.work.check(self.job)

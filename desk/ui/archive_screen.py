"""The archive (档案): what is ready, what is missing per case in words, and what lies where.

The space bar marks cases, Enter archives all that are marked; what lacks something is refused
with its sentences and stays in the list.
"""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desk.actions.archiving import ArchiveCase
from desk.queries.archives import EndedCase, Shelf, ended_cases, shelf
from desk.queries.case_file import CaseFile, case_file
from desk.ui.archives.missing_card import MissingCard
from desk.ui.archives.printing import ArchivePrinting
from desk.ui.archives.rows import archived_rows, ended_rows
from desk.ui.archives.shelf_search import ShelfSearch
from desk.ui.archives.side import ArchiveSide
from desk.ui.case.archive_panel import ArchivePanel
from desk.ui.desk import ByMe, Desk
from desk.ui.keys import GlobalKey
from desk.ui.last_mile.many_run import OnList
from desk.ui.last_mile.marking_screen import MarkingScreen
from desk.ui.printing import papers_of
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.cards import EmptyState, SectionHead
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk

_READY, _MISSING, _SHELF = 0, 1, 2
_EMPTY = (
    "没有等着归档的件。办结、材料齐了会自动出现在这里。",
    "没有还差材料的件。",
    "没有找到归档的件。换个年份、盒号或字词再找。",
)
_ORDER = ("办结、等得最久的在上", "办结、等得最久的在上", "归档号大的在上")


class ArchiveScreen(MarkingScreen):
    """The list at the left, the case in brief in the middle, its archiving at the right."""

    title = "档案"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ended: tuple[EndedCase, ...] = ()
        self._shelf = Shelf((), 0, (), ())
        self._file: CaseFile | None = None
        self._printing = ArchivePrinting(desk, self.said.emit, self)
        self._build()
        self._connect()

    def views(self) -> tuple[str, ...]:
        """Return the three lists with their counts."""
        ready = sum(1 for row in self._ended if row.missing.is_ready)
        return (
            f"可以归档 {ready}",
            f"还差材料 {len(self._ended) - ready}",
            f"已归档 {self._shelf.count}",
        )

    def choose_view(self, index: int) -> None:
        """Show another list."""
        self.view = index
        self.run.marked.clear()
        self.host.close_panel()
        self.list.set_rows([])
        self._show()
        self.list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on the archive."""
        return "archives"

    def _build(self) -> None:
        self._head = SectionHead(_ORDER[_READY])
        self.search = ShelfSearch()
        left = queue_card(self._head, self.list)
        left.body.insertWidget(1, self.search)
        self.brief = MissingCard()
        self.host = ArchiveSide(self.desk)
        self._empty = EmptyState("")
        self.bar = ActionBar(self)
        parts = ((left, 34), (self.brief, 46), (self.host, 34))
        self._stack = lay_out_queue(self, parts, self._empty, self.bar)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self.case_wanted)
        self.list.entered.connect(self._on_entered)
        self.search.asked.connect(self._ask_shelf)
        self.host.done.connect(self._on_done)
        self.run.over.connect(
            lambda count, refused: self.said.emit(f"一共归档 {count} 件。{refused}")
        )
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self.host.submit)
        PaneWalk(self, [self.search, self.list, self.brief, self.host, self.bar])

    def reload(self) -> None:
        """Read what has ended, and what the search finds in the archive."""
        self.desk.ask(ended_cases, owner=self, done=self._take_ended)
        self._ask_shelf()

    def _ask_shelf(self) -> None:
        query = partial(shelf, asked=self.search.content())
        self.desk.ask(query, owner=self, done=self._take_shelf)

    def _take_ended(self, rows: tuple[EndedCase, ...]) -> None:
        self._ended = rows
        self.badge_changed.emit(sum(1 for row in rows if row.missing.is_ready))
        self._show()

    def _take_shelf(self, found: Shelf) -> None:
        self._shelf = found
        self.search.offer(found)
        self._show()

    def _rows(self) -> list[EndedCase]:
        is_ready = self.view == _READY
        return [row for row in self._ended if row.missing.is_ready is is_ready]

    def _show(self) -> None:
        before, is_shelf = self.list.current_id(), self.view == _SHELF
        self.run.keep(row.case_id for row in self._rows())
        if is_shelf:
            rows = archived_rows(self._shelf.cases)
        else:
            rows = ended_rows(self._rows(), self.run.marked, self.desk.now())
        self._head.set_text(_ORDER[self.view])
        self._head.set_note(f"{self._shelf.count if is_shelf else len(rows)} 件")
        self.search.setVisible(is_shelf)
        self._empty.set_sentence(_EMPTY[self.view])
        self._stack.setCurrentIndex(0 if rows or is_shelf else 1)
        self.brief.setVisible(bool(rows))
        self.list.set_rows(rows)
        self.views_changed.emit()
        if rows and before == self.list.current_id():
            self._on_chosen(before)
        if not rows:
            self.host.close_panel()
        self._offer()

    def _on_chosen(self, case_id: int | None) -> None:
        self._file = None
        if case_id is not None:
            query = partial(case_file, case_id=case_id)
            self.desk.ask(query, owner=self, done=self._show_file)
        self._offer()

    def _show_file(self, file: CaseFile | None) -> None:
        if file is None or file.id != self.list.current_id():
            return
        self._file = file
        self.brief.show_file(file, self.desk.now())
        self.brief.show_case(file)
        self.host.show_file(file, self.list)
        self._say_others()
        self._offer()

    def lines(self) -> list[EndedCase]:
        """Return what can be archived together."""
        return self._rows() if self.view == _READY else []

    def show_marks(self) -> None:
        """Show the cases again with their marks."""
        self.list.set_rows(ended_rows(self._rows(), self.run.marked, self.desk.now()))
        self._say_others()
        self._offer()

    def _say_others(self) -> None:
        self.host.say_others(len(self.others(self.list.current_id())))

    def _on_entered(self) -> None:
        """Archive what is ready; go into the form of what is not."""
        panel = self.host.panel
        if panel is not None and self.view == _READY:
            panel.submit()
        elif panel is not None:
            panel.start()
        else:
            self.list.open_current()

    def _on_done(self, panel: ArchivePanel, changes: Any) -> None:
        self.said.emit(f"{changes.title}。")
        papers_of(self.desk).settle(panel.file.id)
        self.host.keep_box(panel.box())
        rows = self.others(panel.file.id)
        self.run.marked.clear()
        if rows:
            self.run.go(rows, partial(_archived, box=panel.box()), done_before=1)
        self.list.setFocus()

    def _offer(self) -> None:
        items = []
        here = self.list.current_id()
        if here is not None and self.view == _READY and self.host.panel is not None:
            words = f"归档 {self.marked_count()} 件"
            spoken = f"{words}，单子里按 Enter"
            items.append(ActionItem(words, "", self._on_entered, "archive", spoken=spoken))
        if self._file is not None and any(p.code == "case-contents" for p in self._file.papers):
            show = partial(self._printing.contents, self._file.id)
            items.append(ActionItem("打印卷内目录", GlobalKey.PRINT, show, "print"))
        if self.view == _SHELF and self._shelf.cases:
            show = partial(self._printing.shelf, self.search.content())
            items.append(ActionItem("打印归档目录", "", show, "print"))
        if here is not None:
            opens = self.list.open_current
            items.append(ActionItem("打开案件卷", GlobalKey.OPEN_FILE, opens, is_quiet=True))
        self.bar.set_items(items)


def _archived(head: ByMe, row: OnList, *, box: str) -> ArchiveCase:
    return ArchiveCase(**head, case=row.case_id, seen=row.version, box_number=box)

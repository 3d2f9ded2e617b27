"""Papers on their last mile (文书): numbered, sealed, delivered, scanned back, each at its station.

The space bar marks papers for one session at the seal, Enter seals them; elsewhere Enter goes
into the form of the next step, and Ctrl+Enter finishes it.
"""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desk.queries.case_file import CaseFile, case_file
from desk.queries.last_mile import LastMile, Station, WaitingPaper, last_mile
from desk.rules.deeds import HALL_DEEDS, Deed
from desk.ui.case.deed_panel import DeedPanel
from desk.ui.case.paper_panels import SealPanel
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, ListKey
from desk.ui.last_mile.empty import MileEmpty
from desk.ui.last_mile.many_run import ManyRun
from desk.ui.last_mile.marked_list import MarkedList
from desk.ui.last_mile.middle import MileMiddle
from desk.ui.last_mile.rows import STATIONS, key_of, paper_rows, scan_rows, view_names
from desk.ui.last_mile.scan_watch import scan_watch_of
from desk.ui.last_mile.side import MileSide
from desk.ui.printing import papers_of
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.screen import Screen
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.cards import SectionHead
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk

_PROOF = "delivery-proof"
_KEEPERS = HALL_DEEDS[Deed.REGISTER_SEAL]


class LastMileScreen(Screen):
    """The queue of one station at the left, the paper in the middle, its next step at the right."""

    title = "文书"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.watch = scan_watch_of(desk)
        self._mile = LastMile(dict.fromkeys(STATIONS, ()), ())
        self._view = STATIONS.index(Station.SEAL)
        self._has_chosen = False
        self.run = ManyRun(desk, self)
        self._build()
        self._connect()

    def arrive(self) -> None:
        """Load all stations; the focus goes to the list."""
        self._reload()
        self.watch.look()
        self.list.setFocus()

    def views(self) -> tuple[str, ...]:
        """Return the stations with their counts."""
        return view_names(self._mile, self.watch.left)

    def chosen_view(self) -> int:
        """Return which station is on."""
        return self._view

    def choose_view(self, index: int) -> None:
        """Show another station."""
        self._view, self._has_chosen = index, True
        self.run.marked.clear()
        self.side.put_away()
        self.middle.clear()
        self.list.set_rows([])
        self._show_queue()
        self.list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on papers."""
        return "last-mile"

    @property
    def station(self) -> Station | None:
        """Which station is on; None for the scans."""
        return STATIONS[self._view] if self._view < len(STATIONS) else None

    def _build(self) -> None:
        self.list = MarkedList("文书，等得最久的在上", self.desk.now, tall=True)
        self._head = SectionHead("等得最久的在上")
        self.middle, self.side = MileMiddle(self.desk), MileSide(self.desk)
        self._empty = MileEmpty(self.watch)
        self.bar = ActionBar(self)
        left = queue_card(self._head, self.list)
        parts = ((left, 32), (self.middle, 48), (self.side, 34))
        self._stack = lay_out_queue(self, parts, self._empty, self.bar)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _key: self._open_case())
        self.list.entered.connect(self.side.enter)
        self.list.passed.connect(self._on_space)
        self.side.done.connect(self._on_done)
        self.side.claim.claimed.connect(self.watch.file_done)
        self.side.register_closed.connect(self._close_register)
        self.watch.left_changed.connect(lambda _left: self._show_queue())
        self.run.did.connect(self._settle)
        self.run.over.connect(self._on_over)
        for speaker in (self.side.register.said, self.middle.pane.refused, self._empty.said):
            speaker.connect(self.said)
        self.desk.changed.connect(self._on_changed)
        KeyShortcut(GlobalKey.PAPER_PREVIEW, self).pressed.connect(self.middle.preview)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self.side.finish)
        KeyShortcut(ListKey.FIT_WIDTH, self.list).pressed.connect(self.middle.fit_width)
        PaneWalk(self, [self.list, self.middle, self.side, self.bar])

    def _rows(self) -> tuple[WaitingPaper, ...]:
        return self._mile.at(self.station) if self.station is not None else ()

    def _row(self) -> WaitingPaper | None:
        here = self.list.current_id()
        return next((row for row in self._rows() if key_of(row) == here), None)

    def _reload(self) -> None:
        self.desk.ask(last_mile, owner=self, done=self._show_mile)

    def _show_mile(self, mile: LastMile) -> None:
        self._mile = mile
        if not self._has_chosen and not self._rows():
            full = (at for at, station in enumerate(STATIONS) if mile.at(station))
            self._view = next(full, self._view)
        self.badge_changed.emit(sum(len(mile.at(s)) for s in STATIONS if s is not Station.SCAN))
        self._show_queue()

    def _show_queue(self) -> None:
        station, before = self.station, self.list.current_id()
        self.run.keep(key_of(row) for row in self._rows())
        if station is None:
            rows = scan_rows(self.watch.left)
            self.side.show_claim()
        else:
            rows = paper_rows(self._rows(), self.run.marked, self.desk.now())
        self._head.set_note(f"{len(rows)} 份")
        self._empty.show_station(station)
        self._stack.setCurrentIndex(0 if rows or self.side.has_register else 1)
        self.list.set_rows(rows)
        self.views_changed.emit()
        if rows and before == self.list.current_id():
            self._on_chosen(before)
        if not rows:
            self.side.put_away()
            self.middle.clear()
        self._offer()

    def _on_chosen(self, key: int | None) -> None:
        """Show the paper or the scan, and ask for its next step."""
        row = self._row()
        if self.station is None and key is not None:
            left = self.watch.left
            scan = left[key - 1] if key <= len(left) else None
            self.middle.show_scan(scan)
            self.side.claim.show_scan(scan.path if scan is not None else None)
        elif row is not None:
            self.middle.show_paper(row)
            query = partial(case_file, case_id=row.case_id)
            self.desk.ask(query, owner=self, done=self._show_file)
        self._offer()

    def _show_file(self, file: CaseFile | None) -> None:
        row, station = self._row(), self.station
        if file is None or row is None or station is None or row.case_id != file.id:
            return
        self.side.show_step(station, file, self.list)
        self._say_others()

    def _on_space(self) -> None:
        """Mark a paper for the seal; everywhere go on to the next one."""
        here = self.list.current_id()
        if self.station is Station.SEAL and here is not None:
            self.run.toggle(here)
            self.list.set_rows(paper_rows(self._rows(), self.run.marked, self.desk.now()))
            self._say_others()
            self._offer()
        self.list.go_on()

    def _others(self, here: int | None) -> list[WaitingPaper]:
        """Return what is marked besides the paper on show."""
        marked = self.run.marked
        return [row for row in self._rows() if key_of(row) in marked and key_of(row) != here]

    def _say_others(self) -> None:
        self.side.say_others(len(self._others(self.list.current_id())))

    def _on_done(self, panel: DeedPanel, changes: Any) -> None:
        self.said.emit(f"{changes.title}，已记下。")
        self.list.setFocus()
        self._settle(panel.file.id)
        rows = [row for row in self._others(None) if row.case_id != panel.file.id]
        self.run.marked.clear()
        if isinstance(panel, SealPanel) and rows:
            self.run.go(rows, panel.like(), done_before=1)

    def _on_over(self, count: int, refused: str) -> None:
        self.said.emit(f"一共盖章 {count} 份。{refused}")

    def _settle(self, case_id: int) -> None:
        """Render what was issued; the proof to be signed is printed along with the seal."""
        papers = papers_of(self.desk)
        papers.settle(case_id)
        if self.station is Station.SEAL:
            papers.print_case_paper(case_id, _PROOF, owner=self, is_asked=False)

    def _offer(self) -> None:
        items = []
        if self._row() is not None:
            if self.station is Station.SEAL:
                count = len({*self.run.marked, self.list.current_id()})
                words = f"盖章 {count} 份"
                items.append(
                    ActionItem(words, "", self.side.enter, "sign", spoken=f"{words}，Enter")
                )
            items += [
                ActionItem("打印", GlobalKey.PRINT, self.middle.print_shown, "print"),
                ActionItem("打开案件卷", "", self._open_case, is_quiet=True),
            ]
        if self.desk.person.is_built_in or _KEEPERS & self.desk.person.roles:
            items.append(ActionItem("用印登记", "", self._open_register, is_quiet=True))
        if self.station is None:
            items.append(ActionItem("换扫描件文件夹…", "", self._empty.choose, is_quiet=True))
        self.bar.set_items(items)

    def _open_case(self) -> None:
        row = self._row()
        if row is not None:
            self.case_wanted.emit(row.case_id)

    def _open_register(self) -> None:
        self._stack.setCurrentIndex(0)
        self.side.open_register()

    def _close_register(self) -> None:
        self.side.close_register(is_scans=self.station is None)
        self._show_queue()
        self.list.setFocus()

    def _on_changed(self, changes: Any, _who: object) -> None:
        if changes.cases and self.isVisible():
            self._reload()

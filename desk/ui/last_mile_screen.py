"""Papers on their last mile (文书): numbered, sealed, delivered, scanned back, each at its station.

The space bar marks papers for one session at the seal, Enter seals them; elsewhere Enter goes
into the form of the next step, and Ctrl+Enter finishes it.
"""

from functools import partial

from PySide6.QtWidgets import QWidget

from desk.queries.case_file import CaseFile, case_file
from desk.queries.last_mile import LastMile, Station, WaitingPaper, last_mile
from desk.rules.deeds import HALL_DEEDS, Deed
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, ListKey
from desk.ui.last_mile.after_step import AfterStep
from desk.ui.last_mile.empty import MileEmpty
from desk.ui.last_mile.marking_screen import MarkingScreen
from desk.ui.last_mile.middle import MileMiddle
from desk.ui.last_mile.rows import STATIONS, paper_rows, scan_rows, view_names
from desk.ui.last_mile.scan_watch import scan_watch_of
from desk.ui.last_mile.side import MileSide
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.cards import SectionHead
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk

_KEEPERS = HALL_DEEDS[Deed.REGISTER_SEAL]


class LastMileScreen(MarkingScreen):
    """The queue of one station at the left, the paper in the middle, its next step at the right."""

    title = "文书"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.watch = scan_watch_of(desk)
        self._mile = LastMile(dict.fromkeys(STATIONS, ()), ())
        self.view = STATIONS.index(Station.SEAL)
        self._has_chosen = False
        self._build()
        self._connect()

    def arrive(self) -> None:
        """Load all stations; the focus goes to the list."""
        super().arrive()
        self.watch.look()

    def views(self) -> tuple[str, ...]:
        """Return the stations with their counts."""
        return view_names(self._mile, self.watch.left)

    def choose_view(self, index: int) -> None:
        """Show another station."""
        self.view, self._has_chosen = index, True
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
        return STATIONS[self.view] if self.view < len(STATIONS) else None

    def _build(self) -> None:
        self._head = SectionHead("等得最久的在上")
        self.middle, self.side = MileMiddle(self.desk), MileSide(self.desk)
        self._empty = MileEmpty(self.watch)
        self.bar = ActionBar(self)
        left = queue_card(self._head, self.list)
        parts = ((left, 32), (self.middle, 48), (self.side, 34))
        self._stack = lay_out_queue(self, parts, self._empty, self.bar)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._open_case)
        self.list.entered.connect(self.side.enter)
        self.side.done.connect(AfterStep(self).done)
        self.side.claim.claimed.connect(self.watch.file_done)
        self.side.register_toggled.connect(self._show_queue)
        self.side.register_toggled.connect(self.list.setFocus)
        self.watch.left_changed.connect(lambda _left: self._show_queue())
        for speaker in (self.side.register.said, self.middle.pane.refused, self._empty.said):
            speaker.connect(self.said)
        KeyShortcut(GlobalKey.PAPER_PREVIEW, self).pressed.connect(self.middle.preview)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self.side.finish)
        KeyShortcut(ListKey.FIT_WIDTH, self.list).pressed.connect(self.middle.fit_width)
        PaneWalk(self, [self.list, self.middle, self.side, self.bar])

    def _rows(self) -> tuple[WaitingPaper, ...]:
        return self._mile.at(self.station) if self.station is not None else ()

    def _row(self) -> WaitingPaper | None:
        here = self.list.current_id()
        return next((row for row in self._rows() if row.key == here), None)

    def reload(self) -> None:
        """Read all stations."""
        self.desk.ask(last_mile, owner=self, done=self._show_mile)

    def _show_mile(self, mile: LastMile) -> None:
        self._mile = mile
        if not self._has_chosen and not self._rows():
            full = (at for at, station in enumerate(STATIONS) if mile.at(station))
            self.view = next(full, self.view)
        self.badge_changed.emit(sum(len(mile.at(s)) for s in STATIONS if s is not Station.SCAN))
        self._show_queue()

    def _show_queue(self) -> None:
        station, before = self.station, self.list.current_id()
        self.run.keep(row.key for row in self._rows())
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
        self.side.show_step(station, row, file, self.list)
        self._say_others()

    def lines(self) -> tuple[WaitingPaper, ...]:
        """Return what can be sealed together: papers of the kind on show."""
        here = self._row()
        if self.station is not Station.SEAL or here is None:
            return ()
        return tuple(row for row in self._rows() if row.is_notice is here.is_notice)

    def show_marks(self) -> None:
        """Show the papers again with their marks."""
        self.list.set_rows(paper_rows(self._rows(), self.run.marked, self.desk.now()))
        self._say_others()
        self._offer()

    def _say_others(self) -> None:
        self.side.say_others(len(self.others(self.list.current_id())))

    def _offer(self) -> None:
        items = []
        if self._row() is not None:
            if self.station is Station.SEAL:
                words = f"盖章 {self.marked_count()} 份"
                items.append(
                    ActionItem(words, "", self.side.enter, "sign", spoken=f"{words}，Enter")
                )
            items += [
                ActionItem("打印", GlobalKey.PRINT, self.middle.print_shown, "print"),
                ActionItem("打开案件卷", GlobalKey.OPEN_FILE, self._open_case, is_quiet=True),
            ]
        if self.desk.person.is_built_in or _KEEPERS & self.desk.person.roles:
            items.append(ActionItem("用印登记", "", self.side.open_register, is_quiet=True))
        if self.station is None:
            items.append(ActionItem("换扫描件文件夹…", "", self._empty.choose, is_quiet=True))
        self.bar.set_items(items)

    def _open_case(self, _key: object = None) -> None:
        row = self._row()
        if row is not None:
            self.case_wanted.emit(row.case_id)

"""What is done from the record desk (笔录台): print and sign, people, talks apart, outcomes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.actions.mediation_papers import IssueMediationPaper
from desk.queries.mediation_file import WholeMediation
from desk.queries.record_desk import RecordTable, Sitting, sitting_at
from desk.rules.mediation_rights import MediationDeed, mediation_deeds_now
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, RecordKey
from desk.ui.mediation.caucus_panel import CaucusPanel
from desk.ui.mediation.conclude_panel import ConcludePanel
from desk.ui.mediation.deed_panel import MediationPanel
from desk.ui.mediation.record_keeping import RecordKeeping
from desk.ui.mediation.record_page import RecordPage
from desk.ui.mediation.settle_panel import SettlePanel
from desk.ui.mediation.sitting_panels import AttendancePanel, EndSittingPanel
from desk.ui.printing import papers_of
from desk.ui.widgets.action_bar import ActionItem

_PAPER = "mediation-record"
_ENDING = (SettlePanel, ConcludePanel, EndSittingPanel)
_AGAIN = "有当事人已多次未到场，可以考虑用“结束调解”终止。"


class RecordWork(QObject):
    """Reads the sitting, offers what may be done, and does it with the newest state.

    Signals:
        said: a sentence for the status line.
        ended: the sitting is over.
        read: the sitting was read anew; carries file and table.
    """

    said = Signal(str)
    ended = Signal()
    read = Signal(object)

    def __init__(self, desk: Desk, page: RecordPage, keeping: RecordKeeping) -> None:
        super().__init__(page)
        self._desk, self._page, self._keeping = desk, page, keeping
        self._mediation = 0
        self._file: WholeMediation | None = None
        page.host.done.connect(self._on_done)
        page.host.opened.connect(self._on_panel_opened)

    def choose(self, mediation_id: int) -> None:
        """Work on the sitting of this mediation from now on."""
        self._mediation = mediation_id

    def ask(self, done: Callable[[Sitting], None]) -> None:
        """Read the mediation with its table."""
        query = partial(sitting_at, mediation_id=self._mediation)
        self._desk.ask(query, owner=self, done=done)

    def show_ways(self, file: WholeMediation | None) -> None:
        """Offer what this person may do now; an open panel has its own main button."""
        self._file = file
        if file is None:
            self._page.bar.set_items([])
            return
        deeds = set(mediation_deeds_now(file.stand, self._desk.person, file.read_at))
        items = [
            ActionItem("到场人员", RecordKey.ATTENDANCE, partial(self.open, AttendancePanel)),
        ]
        ways: tuple[tuple[MediationDeed, str, str, type[MediationPanel]], ...] = (
            (MediationDeed.CAUCUS, "背靠背", RecordKey.CAUCUS, CaucusPanel),
            (MediationDeed.SETTLE, "达成协议", RecordKey.SETTLE, SettlePanel),
            (MediationDeed.CONCLUDE, "结束调解", "", ConcludePanel),
        )
        items += [
            ActionItem(words, key, partial(self.open, kind))
            for deed, words, key, kind in ways
            if deed in deeds
        ]
        panel = self._page.host.panel
        if isinstance(panel, SettlePanel):
            items.append(ActionItem("打印协议书", GlobalKey.PRINT, panel.print_agreement, "print"))
        elif panel is None:
            end = partial(self.open, EndSittingPanel)
            items[:0] = [
                ActionItem("结束本次", GlobalKey.FINISH, end, is_main=True),
                ActionItem("打印并签字", GlobalKey.PRINT, self.print_record, "print"),
            ]
        self._page.bar.set_items(items)

    def open(self, kind: type[MediationPanel]) -> None:
        """Save first, so that the panel begins with what was written."""
        self._with_newest(partial(self._open, kind))

    def print_record(self) -> None:
        """Save, issue the record as a paper, and print it at once."""
        self._with_newest(self._issue)

    def _with_newest(self, then: Callable[[WholeMediation, RecordTable], None]) -> None:
        """Save, read the newest state, then go on with it."""

        def found(sitting: Sitting) -> None:
            self.read.emit(sitting)
            file, table = sitting
            if file is not None and table is not None and table.record is not None:
                then(file, table)

        self._keeping.save(lambda: self.ask(found))

    def _open(self, kind: type[MediationPanel], file: WholeMediation, table: RecordTable) -> None:
        self._page.host.open(kind, file, table.record)

    def _issue(self, file: WholeMediation, table: RecordTable) -> None:
        session = table.record.id if table.record is not None else None
        request = IssueMediationPaper(
            **self._desk.by_me(), mediation=file.id, seen=file.version, code=_PAPER, about=session
        )
        self._desk.act(request, owner=self, done=self._on_issued)

    def _on_issued(self, changes: Any) -> None:
        self.said.emit(f"{changes.title}，请当事人核对后签字。")
        papers_of(self._desk).print_paper(changes.made["paper"], owner=self)

    def _on_panel_opened(self, panel: object) -> None:
        self.show_ways(self._file)
        if panel is None and self._keeping.table is not None:
            self.ask(self.read.emit)  # a panel may have saved the draft of the agreement

    def _on_done(self, panel: Any, changes: Any) -> None:
        again = _AGAIN if changes.made.get("again") else ""
        self.said.emit(f"{changes.title}，已记下。{again}")
        if isinstance(panel, _ENDING):
            self._keeping.forget()
            self.ended.emit()
        else:
            self.ask(self.read.emit)

"""Walks (走访): what is planned, and the grid into which a sheet is typed back."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.actions.visits import EnterVisit
from desk.queries.visits import (
    VisitFile,
    VisitRow,
    early_choices,
    visit_board,
    visit_file,
)
from desk.rules.deeds import Deed
from desk.rules.early_action_codes import VisitState
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.early.panels import EarlyHost
from desk.ui.early.plan_panel import CancelPanel, NewVisit, PlanPanel
from desk.ui.early.rows import visit_row
from desk.ui.early.walk_card import WalkCard
from desk.ui.keys import EarlyKey, GlobalKey
from desk.ui.printing import papers_of
from desk.ui.queue_page import queue_card
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.cards import SectionHead
from desk.ui.work_list import WorkList

_NONE = "还没有走访。按“新的走访”排一次，打印走访表带走，回来照表录进来。"


class WalksPane(QWidget):
    """The list, the sheet, and the panel of a new walk.

    Signals:
        said: a sentence for the status line.
        fresh: the list was read.
        offered: what may be done has changed.
        entered: a walk was typed in; findings may have come of it.
    """

    said = Signal(str)
    fresh = Signal()
    offered = Signal()
    entered = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.may_record = may_in_hall(Deed.RECORD_FINDING, desk.person)
        self.visits: tuple[VisitRow, ...] = ()
        self.file: VisitFile | None = None
        self._is_saving = False
        self._build()
        self._connect()

    @property
    def waiting(self) -> int:
        """How many walks wait to be typed in."""
        return sum(1 for one in self.visits if one.state is VisitState.PLANNED)

    def load(self, then: int | None = None) -> None:
        """Read the list; choose a line afterwards."""
        self._desk.ask(visit_board, owner=self, done=partial(self._on_board, then=then))
        if self.may_record:
            self._desk.ask(early_choices, owner=self, done=self.card.take_choices)

    def begin(self) -> None:
        """Put the keyboard into the list."""
        self.list.setFocus()

    def items(self) -> list[ActionItem]:
        """Return what may be done here."""
        items = list[ActionItem]()
        file = self.file
        is_typed = file is not None and file.state is not VisitState.CANCELLED
        if is_typed and self.may_record and self.host.panel is None:
            items.append(ActionItem("保存录入", GlobalKey.FINISH, self.save, "save", is_main=True))
        if self.may_record:
            items.append(ActionItem("新的走访", EarlyKey.PLAN, self.plan, "add"))
        if file is not None and file.paper_id is not None:
            prints = partial(self._print, file.paper_id)
            items.append(ActionItem("打印走访表", GlobalKey.PRINT, prints, "print"))
        if file is not None and self.may_record and file.state is VisitState.PLANNED:
            items.append(ActionItem("取消走访", "", self.cancel, "close"))
        return items

    def plan(self) -> None:
        """Plan a new walk."""
        self.host.open(PlanPanel, NewVisit())

    def cancel(self) -> None:
        """Say why the chosen walk was not made."""
        if self.file is not None:
            self.host.open(CancelPanel, self.file)

    def save(self) -> None:
        """Keep what was typed."""
        if self.file is not None and not self._is_saving:
            self._send(self.file)

    def _send(self, file: VisitFile) -> None:
        day = self.card.visited_on()
        if day is None:
            return
        self._is_saving = True
        request = EnterVisit(
            **self._desk.by_me(),
            visit=file.id,
            seen=file.version,
            visited_on=day,
            walkers=self.card.walkers.text(),
            doors=self.card.doors(),
        )
        self._desk.act(request, owner=self, done=self._on_saved, failed=self._on_refused)

    def _on_saved(self, changes: Any) -> None:
        self._is_saving = False
        self.said.emit(f"{changes.title}，已记下。")
        self.sheet.doors.is_changed = False
        self.load(changes.made.get("visit"))
        self.entered.emit()

    def _on_refused(self, error: DeskError) -> None:
        self._is_saving = False
        self.card.refuse(error.field if isinstance(error, RuleBroken) else None, error)

    def _build(self) -> None:
        sizes = tokens().sizes
        self.list = WorkList("走访", self._desk.now, tall=True)
        self.card = WalkCard(self._desk, may_record=self.may_record)
        self.sheet = self.card.sheet
        self.host = EarlyHost(self._desk)
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        row.setSpacing(sizes.gutter)
        head = SectionHead("走访")
        for part, share in ((queue_card(head, self.list), 28), (self.card, 72), (self.host, 40)):
            row.addWidget(part, share)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.sheet.setFocus())
        self.list.passed.connect(self.list.go_on)
        self.card.said.connect(self.said)
        self.host.done.connect(self._on_done)
        self.host.opened.connect(lambda _panel: self.offered.emit())

    def _on_board(self, visits: tuple[VisitRow, ...], then: int | None) -> None:
        self.visits = visits
        before = self.list.current_id()
        self.list.set_rows([visit_row(one) for one in visits])
        if then is not None:
            self.list.choose(then)
        self.card.setVisible(bool(visits))
        if not visits:
            self.said.emit(_NONE)
        elif before == self.list.current_id() and not self.sheet.doors.is_changed:
            self._on_chosen(before)  # what is half typed in stays
        self.fresh.emit()
        self.offered.emit()

    def _on_chosen(self, visit: int | None) -> None:
        if visit is not None:
            self._desk.ask(partial(visit_file, visit_id=visit), owner=self, done=self._show_file)

    def _show_file(self, file: VisitFile | None) -> None:
        if file is not None and file.id == self.list.current_id():
            self.file = file
            self.card.show_file(file)
            self.offered.emit()

    def _on_done(self, _panel: object, changes: Any) -> None:
        self.said.emit(f"{changes.title}，已记下。")
        paper = changes.made.get("paper")
        if paper is not None:
            self._print(paper)
        self.load(changes.made.get("visit"))
        self.list.setFocus()

    def _print(self, paper: int) -> None:
        papers_of(self._desk).print_paper(paper, owner=self)

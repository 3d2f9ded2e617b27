"""A desk with one list and one case in brief (单子加一件): what several kinds of work share."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desk.queries.case_file import CaseFile, case_file
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.start.brief_card import BriefCard
from desk.ui.start.face import Face, list_card
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.cards import EmptyState, SectionHead
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList, WorkRow


class ListFace(Face):
    """The list at the left, the chosen case in the middle; a kind of work adds the rest."""

    list_name = "单子"
    empty = "现在没有要办的。"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.file: CaseFile | None = None
        self.head = SectionHead(self.list_name)
        self.list = WorkList(self.list_name, desk.now)
        self.brief = BriefCard()
        self.above = QVBoxLayout()
        self._build()
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self.case_wanted)
        self.list.passed.connect(self.list.go_on)
        beat = QTimer(self, interval=1000)
        beat.timeout.connect(lambda: self.brief.watches.tick(self.desk.now()))
        beat.start()
        self.explain_with(self.brief.watches)
        PaneWalk(self, self.panes())

    def panes(self) -> list[QWidget]:
        """Return what Ctrl+Tab goes round."""
        return [self.list, self.brief, self.bar]

    def side(self) -> QWidget | None:
        """Return what stands at the right; nothing by default."""
        return None

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self.list.setFocus()

    def show_rows(self, rows: Sequence[WorkRow]) -> None:
        """Show these rows; the chosen case is read again."""
        before = self.list.current_id()
        self.list.set_rows(rows)
        self._middle.setCurrentIndex(0 if rows else 1)
        if before is not None and self.list.current_id() == before:
            self._ask(before)
        if not rows:
            self.file = None
        self.offer()

    def items(self) -> list[ActionItem]:
        """Return what else may be done here; opening the case is always there."""
        return []

    def offer(self) -> None:
        """Offer what may be done now."""
        items = self.items()
        if self.list.current_id() is not None:
            opens = self.list.open_current
            spoken = "打开案件卷，列表里按 Enter"
            items.append(ActionItem("打开案件卷", GlobalKey.OPEN_FILE, opens, spoken=spoken))
        self.bar.set_items(items)

    def on_file(self, file: CaseFile) -> None:
        """Show the case that was read."""
        self.brief.show_file(file, self.desk.now())

    def _build(self) -> None:
        middle = QWidget()
        self._middle = QStackedLayout()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.columns.spacing())
        column.addLayout(self.above)
        column.addLayout(self._middle, 1)
        self._middle.addWidget(self.brief)  # it has a parent by now: no window flashes up
        self._middle.addWidget(EmptyState(self.empty))
        parts: list[tuple[QWidget, int]] = [(list_card(self.head, self.list), 33), (middle, 55)]
        side = self.side()
        self.add_columns([*parts, (side, 28)] if side is not None else parts)

    def _on_chosen(self, case_id: int | None) -> None:
        self.file = None
        if case_id is not None:
            self._ask(case_id)
        self.offer()

    def _ask(self, case_id: int) -> None:
        query = partial(case_file, case_id=case_id)
        self.desk.ask(query, owner=self, done=self._show_file)

    def _show_file(self, file: CaseFile | None) -> None:
        if file is not None and file.id == self.list.current_id():
            self.file = file
            self.on_file(file)
            self.offer()

"""Acting before the complaint on one page (未诉先办): one line, Enter, the next; walks.

Who sits there: somebody of a community who comes back from the street with a sheet full of digits,
and wants to be done in five minutes.
"""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desk.queries.early_actions import FindingFile, finding_file
from desk.rules.early_action_codes import EarlyActionState
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.early.findings import FindingsPane
from desk.ui.early.walks import WalksPane
from desk.ui.keys import GlobalKey, ListKey
from desk.ui.screen import Screen
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.widgets.panes import PaneWalk

S = EarlyActionState
_STATES = (S.OPEN, S.RESOLVED, S.CONFIRMED, S.VOID)
_WALKS = len(_STATES)


class EarlyScreen(Screen):
    """Findings by where they stand, and walks; one of both is on show."""

    title = "未诉先办"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._at = 0
        self.findings = FindingsPane(desk)
        self.walks = WalksPane(desk)
        self.bar = ActionBar(self)
        self._build()
        self._connect()

    def arrive(self) -> None:
        """Read both; the keyboard is where the clerk types next."""
        self.findings.load_choices()
        self.findings.load()
        self.walks.load()
        self._pane().begin()

    def views(self) -> tuple[str, ...]:
        """Return the lists with their counts."""
        board = self.findings.board
        states = [f"{label(state)} {board.count(state)}" for state in _STATES]
        if board.due:
            states[_STATES.index(S.RESOLVED)] += f"，到期 {board.due}"
        return (*states, f"走访 {self.walks.waiting}")

    def chosen_view(self) -> int:
        """Return which list is on."""
        return self._at

    def choose_view(self, index: int) -> None:
        """Show another list."""
        self._at = index
        if index < _WALKS:
            self.findings.show_state(_STATES[index])
        self._stack.setCurrentWidget(self._pane())
        self.views_changed.emit()
        self._offer()
        if index in {0, _WALKS}:
            self._pane().begin()
        else:
            self.findings.list.setFocus()

    def open_finding(self, finding: int) -> None:
        """Show one finding, in the list where it stands."""
        query = partial(finding_file, finding_id=finding)
        self.desk.ask(query, owner=self, done=self._on_asked_for)

    def _on_asked_for(self, file: FindingFile | None) -> None:
        if file is None:
            self.said.emit("找不到这一条，可能已不归您查看。")
            return
        self.choose_view(_STATES.index(file.state))
        self.findings.load(file.id)
        self.findings.list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on acting before the complaint."""
        return "early-actions"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the panel away with Esc."""
        is_out = event.key() == Qt.Key.Key_Escape and not is_composing()
        if is_out and self._pane().host.close_layer():
            self._pane().list.setFocus()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        self._stack = QStackedLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._stack, 1)
        whole.addWidget(self.bar)
        self._stack.addWidget(self.findings)
        self._stack.addWidget(self.walks)

    def _connect(self) -> None:
        for pane in (self.findings, self.walks):
            pane.said.connect(self.said)
            pane.fresh.connect(self._on_fresh)
            pane.offered.connect(self._offer)
        self.findings.case_wanted.connect(self.case_wanted)
        self.findings.whistle_wanted.connect(self.whistle_wanted)
        self.walks.entered.connect(self.findings.load)
        self.desk.changed.connect(self._on_changed)
        for pane in (self.findings, self.walks):
            KeyShortcut(GlobalKey.FINISH, pane.host).pressed.connect(pane.host.submit)
        KeyShortcut(ListKey.NEW, self.findings.list).pressed.connect(self.findings.begin)
        first, second = self.findings, self.walks
        PaneWalk(first, [first.line, first.list, first.host, self.bar])
        PaneWalk(second, [second.list, second.sheet, second.card, second.host, self.bar])

    def _pane(self) -> FindingsPane | WalksPane:
        return self.walks if self._at == _WALKS else self.findings

    def _on_fresh(self) -> None:
        self.views_changed.emit()

    def _on_changed(self, changes: Any, asker: object) -> None:
        del changes
        is_ours = asker in (self, self.findings, self.walks)
        if not is_ours and self.isVisible() and self._pane().host.panel is None:
            self.findings.load()
            self.walks.load()

    def _offer(self) -> None:
        items: list[ActionItem] = self._pane().items()
        self.bar.set_items(items)

"""Bulletins (通报): written, issued, the pictures of the days, and the tasks of the review.

Each view is a pane of its own; from the figures of any of them one key leads to the cases.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desk.queries.bulletins import BulletinRow, issued_bulletins
from desk.queries.figure_cases import Figure
from desk.rules.assessment_codes import BulletinKind
from desk.rules.deeds import Deed
from desk.rules.rights import may_in_hall
from desk.ui.bulletins.draft_pane import DraftPane
from desk.ui.bulletins.issued_pane import IssuedPane
from desk.ui.bulletins.pane import BulletinPane
from desk.ui.bulletins.picture_pane import PicturePane
from desk.ui.bulletins.task_pane import TaskPane
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.screen import Screen
from desk.ui.statistics.figure_list import FigureList
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.panes import PaneWalk


class BulletinScreen(Screen):
    """The views in the top bar, one pane at a time, what may be done below."""

    title = "通报"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.drafts = DraftPane(desk) if may_in_hall(Deed.ISSUE_BULLETIN, desk.person) else None
        self.issued, self.pictures, self.tasks = IssuedPane(desk), PicturePane(desk), TaskPane(desk)
        mine: tuple[BulletinPane, ...] = (self.issued, self.pictures, self.tasks)
        self.panes = mine if self.drafts is None else (self.drafts, *mine)
        self.figures = FigureList(desk)
        self.bar = ActionBar(self)
        self._counts = (0, 0)
        self._at = 0
        self._lay_out()
        self._connect()

    def arrive(self) -> None:
        """Read what there is; the keyboard is in the list on show."""
        self._reload()
        self._show_pane()
        self.panes[self._at].list.setFocus()

    def views(self) -> tuple[str, ...]:
        """Return the views with their counts."""
        issued, pictures = self._counts
        said = (
            f"已印发 {issued}",
            f"23 时快照 {pictures}",
            f"研判会任务 {self.tasks.open_count()}",
        )
        return said if self.drafts is None else ("写通报", *said)

    def chosen_view(self) -> int:
        """Return which view is on."""
        return self._at

    def choose_view(self, index: int) -> None:
        """Show another view."""
        self._at = index
        self._show_pane()
        self.views_changed.emit()
        self.panes[index].list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on bulletins."""
        return "bulletins"

    def write(self, kind: BulletinKind, on: date) -> None:
        """Write the bulletin of a period anew."""
        if self.drafts is not None:
            self.choose_view(0)
            self.drafts.choose(kind, on)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._stack = QStackedLayout()
        whole.addLayout(self._stack, 1)
        whole.addWidget(self.bar)
        for pane in (*self.panes, self.figures):
            self._stack.addWidget(pane)

    def _connect(self) -> None:
        for pane in self.panes:
            pane.said.connect(self.said)
            pane.case_wanted.connect(self.case_wanted)
            pane.offered.connect(self._offer)
            pane.figures_wanted.connect(self._show_figures)
            pane.draft_wanted.connect(self.write)
        self.figures.case_wanted.connect(self.case_wanted)
        self.figures.said.connect(self.said)
        self.figures.left.connect(self._show_pane)
        self.desk.changed.connect(self._on_changed)
        PaneWalk(self, [*self.panes, self.figures, self.bar])

    def _reload(self) -> None:
        self.desk.ask(issued_bulletins, owner=self, done=self._on_bulletins)
        self.tasks.reload()

    def _on_bulletins(self, rows: Sequence[BulletinRow]) -> None:
        pictures = sum(row.is_picture for row in rows)
        self._counts = (len(rows) - pictures, pictures)
        for pane in self.panes:
            pane.show_bulletins(rows)
        self.views_changed.emit()

    def _on_changed(self, changes: Any, _who: object) -> None:
        if self.isVisible() and not changes.mediations and not changes.cases:
            self._reload()

    def _show_pane(self) -> None:
        self._stack.setCurrentWidget(self.panes[self._at])
        self._offer()

    def _show_figures(self, figures: list[Figure]) -> None:
        self._stack.setCurrentWidget(self.figures)
        self.figures.show_figures(figures)
        self._offer()

    def _offer(self) -> None:
        if self._stack.currentWidget() is self.figures:
            back, prints = self._show_pane, self.figures.print_list
            self.bar.set_items(
                [
                    ActionItem("打印清单", GlobalKey.PRINT, prints, "print", is_main=True),
                    ActionItem("回到通报", GlobalKey.OUT, back, "back"),
                ]
            )
            return
        self.bar.set_items(self.panes[self._at].items())
        self.views_changed.emit()

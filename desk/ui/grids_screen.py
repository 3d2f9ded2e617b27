"""Grids (网格): who works there, how it stands, cards and signs, the month of each."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk.ui.desk import Desk
from desk.ui.grids.sections import EvaluationSection, GridSection, ListSection
from desk.ui.keys import GlobalKey
from desk.ui.letters.card import ReadingCard
from desk.ui.letters.section import Section
from desk.ui.letters.step_panel import StepHost
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.screen import Screen
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import EmptyState, SectionHead
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList


class GridsScreen(Screen):
    """The list at the left, one grid or month in the middle, the form at the right."""

    title = "网格"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._head = SectionHead("社区和网格")
        self.list = WorkList("网格", desk.now)
        self.card = ReadingCard(desk.now)
        self.card.cases.setAccessibleName("这个网格的诉求和未诉先办")
        self.host = StepHost(desk)
        self._empty = EmptyState("")
        self.bar = ActionBar(self)
        parts = ((queue_card(self._head, self.list), 32), (self.card, 44), (self.host, 40))
        self._stack = lay_out_queue(self, parts, self._empty, self.bar)
        around = (self, self.host, self.card)
        self.grids = GridSection(*around)
        self.sections: tuple[Section, ...] = (
            self.grids,
            EvaluationSection(*around),
            ListSection(*around),
        )
        self._at = 0
        self._connect()

    @property
    def section(self) -> Section:
        """The list that is on."""
        return self.sections[self._at]

    def arrive(self) -> None:
        """Read the list that is on; the keyboard goes where it was."""
        self.section.load()
        if self.host.panel is None:
            self.list.setFocus()

    def views(self) -> tuple[str, ...]:
        """Return the lists."""
        return tuple(section.view() for section in self.sections)

    def chosen_view(self) -> int:
        """Return which list is on."""
        return self._at

    def choose_view(self, index: int) -> None:
        """Show another list; what was written in a form is kept as a draft."""
        self._at = index
        self.host.close_panel()
        self._show(None)
        self.section.load()
        self.views_changed.emit()
        self.list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on grids."""
        return "grids"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the form away with Esc."""
        if event.key() == Qt.Key.Key_Escape and not is_composing() and self.host.close_layer():
            self.list.setFocus()
            return
        super().keyPressEvent(event)

    def _connect(self) -> None:
        for section in self.sections:
            section.fresh.connect(partial(self._on_fresh, section))
            section.offered.connect(self._offer)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _key: self.card.cases.setFocus())
        self.list.passed.connect(self.list.go_on)
        self.card.cases.opened.connect(self._open_case)
        self.card.cases.passed.connect(self.card.cases.go_on)
        self.host.done.connect(self._on_done)
        self.host.opened.connect(lambda _panel: self._offer())
        self.desk.changed.connect(self._on_changed)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self.host.submit)
        PaneWalk(self, [self.list, self.card.cases, self.host, self.bar])

    def _on_fresh(self, section: Section, then: int | None) -> None:
        if section is self.section:
            self._show(then)

    def _show(self, then: int | None) -> None:
        section, rows = self.section, self.section.rows()
        words, note = section.head()
        self._head.set_text(words)
        self._head.set_note(note)
        self._empty.set_sentence(section.empty())
        is_empty = not rows and self.host.panel is None
        self._stack.setCurrentIndex(1 if is_empty else 0)
        self.list.set_rows(rows)
        if then is not None:
            self.list.choose(then)
        self._on_chosen(self.list.current_id() if rows else None)

    def _on_chosen(self, key: int | None) -> None:
        self.section.show(key)
        self._offer()

    def _open_case(self, key: int) -> None:
        """Open a case; a finding leads to the case that it became, else to the page of findings."""
        if key > 0:
            self.case_wanted.emit(key)
            return
        finding = next((one for one in self.grids.findings if one.id == -key), None)
        if finding is not None and finding.case is not None:
            self.case_wanted.emit(finding.case)
        else:
            self.place_wanted.emit("early_actions")

    def _on_done(self, _panel: object, changes: object) -> None:
        self.section.done(changes)
        self.list.setFocus()

    def _on_changed(self, changes: object, asker: object) -> None:
        del changes
        is_ours = asker in (self, *self.sections)
        if not is_ours and self.isVisible() and self.host.panel is None:
            self.section.load()

    def _offer(self) -> None:
        self.bar.set_items(self.section.items(self.list.current_id()))

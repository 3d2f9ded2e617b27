"""Plans, gathered opinions and the three lists (治理清单): five lists on one page."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.proactive.card import LinesCard
from desk.ui.proactive.gathering_section import GatheringSection
from desk.ui.proactive.list_sections import DemandSection, ProjectSection, ResourceSection
from desk.ui.proactive.plan_section import PlanSection
from desk.ui.proactive.section import ListSection
from desk.ui.proactive.steps import ProactiveHost
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.screen import Screen
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import EmptyState, SectionHead
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList


class ListsScreen(Screen):
    """The list at the left, one line in the middle, the form of its next step at the right."""

    title = "治理清单"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._head = SectionHead(self.title)
        self.list = WorkList("清单的各条", desk.now, tall=True)
        self.card = LinesCard(desk.now)
        self.card.setAccessibleName("选中的这一条")
        self.host = ProactiveHost(desk)
        self.bar = ActionBar(self)
        self._left = queue_card(self._head, self.list)
        parts = ((self._left, 34), (self.card, 46), (self.host, 42))
        # a list without lines keeps the keyboard, so that a new line is one key away
        lay_out_queue(self, parts, EmptyState(""), self.bar)
        around = (self, self.host, self.card)
        self._gatherings = GatheringSection(*around)
        self.sections: tuple[ListSection, ...] = (
            PlanSection(*around),
            self._gatherings,
            DemandSection(*around),
            ResourceSection(*around),
            ProjectSection(*around),
        )
        self._at = 0
        self._connect()

    @property
    def section(self) -> ListSection:
        """The list that is on."""
        return self.sections[self._at]

    def arrive(self) -> None:
        """Read the lists; the keyboard goes where it was."""
        for section in self.sections:
            section.load()
        if self.host.panel is None:
            self.list.setFocus()

    def views(self) -> tuple[str, ...]:
        """Return the lists with what waits in each."""
        return tuple(section.view() for section in self.sections)

    def chosen_view(self) -> int:
        """Return which list is on."""
        return self._at

    def choose_view(self, index: int) -> None:
        """Show another list; what was written in a form is kept as a draft."""
        self.section.leave()
        self._at = index
        self.host.close_panel()
        self._show(None)
        self.section.load()
        self.views_changed.emit()
        self.list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on plans, opinions and lists."""
        return "proactive"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the form away with Esc."""
        if event.key() == Qt.Key.Key_Escape and not is_composing() and self.host.close_layer():
            self.list.setFocus()
            return
        super().keyPressEvent(event)

    def _connect(self) -> None:
        for section in self.sections:
            section.fresh.connect(partial(self._on_fresh, section))
            section.offered.connect(partial(self._on_offered, section))
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.list.passed.connect(self.list.go_on)
        self.card.cases.opened.connect(self._on_line_opened)
        self.card.cases.passed.connect(self.card.cases.go_on)
        self.card.cases.chosen.connect(self._on_line)
        self.host.done.connect(self._on_done)
        self.host.opened.connect(self._on_panel)
        self.desk.changed.connect(self._on_changed)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self.host.submit)
        PaneWalk(self, [self.list, self.card.cases, self.host, self.bar])

    def _on_fresh(self, section: ListSection, then: int | None) -> None:
        self.views_changed.emit()
        if section is self.section:
            self._show(then)

    def _show(self, then: int | None) -> None:
        section, rows = self.section, self.section.rows()
        words, note = section.head()
        self._head.set_text(words)
        self._head.set_note(note)
        self.list.set_rows(rows)
        if then is not None:
            self.list.choose(then)
        self._on_chosen(self.list.current_id() if rows else None)

    def _on_chosen(self, key: int | None) -> None:
        self.section.show(key)
        self._offer()

    def _on_opened(self, key: int | None) -> None:
        self.section.open_row(key)

    def _on_line_opened(self, key: int | None) -> None:
        self.section.open_line(key)

    def _on_line(self, _key: int | None) -> None:
        if self.section is self._gatherings:
            self._gatherings.line_chosen()
        self._offer()

    def _on_panel(self, _panel: object) -> None:
        """Give a grid all the room there is."""
        for part in (self._left, self.card):
            part.setVisible(not self.host.wants_room)
        self._offer()

    def _on_done(self, _panel: object, changes: object) -> None:
        self.section.done(changes)
        self.list.setFocus()

    def _on_changed(self, changes: object, asker: object) -> None:
        del changes
        is_ours = asker in (self, *self.sections)
        if not is_ours and self.isVisible() and self.host.panel is None:
            self.section.load()

    def _on_offered(self, section: ListSection) -> None:
        if section is self.section:
            self._offer()

    def _offer(self) -> None:
        self.bar.set_items(self.section.items(self.list.current_id()))

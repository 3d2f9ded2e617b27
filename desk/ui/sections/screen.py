"""A page of several lists (分栏页): the list that is on, one of its lines, the form of a step."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.screen import Screen
from desk.ui.sections.card import ReadingCard
from desk.ui.sections.section import Section
from desk.ui.sections.step_panel import StepHost
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import EmptyState, SectionHead
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList

OneSection = TypeVar("OneSection", bound=Section)


@dataclass(frozen=True, slots=True)
class Parts:
    """The three parts of such a page, and how wide each is beside the others.

    Attributes:
        keeps_list: whether a list without lines still shows, so that a new line is one key away.
    """

    list: WorkList
    card: ReadingCard
    host: StepHost
    widths: tuple[int, int, int]
    keeps_list: bool = False


class SectionScreen(Screen, Generic[OneSection]):
    """The list at the left, one line in the middle, the form of its next step at the right."""

    def __init__(self, desk: Desk, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list, self.card, self.host = parts.list, parts.card, parts.host
        self._head = SectionHead(self.title)
        self._empty = EmptyState("")
        self.bar = ActionBar(self)
        shown = (queue_card(self._head, self.list), self.card, self.host)
        stack = lay_out_queue(
            self, tuple(zip(shown, parts.widths, strict=True)), self._empty, self.bar
        )
        self._stack = None if parts.keeps_list else stack
        self.sections: tuple[OneSection, ...] = ()
        self._at = 0

    def begin(self, sections: Sequence[OneSection], at: int = 0) -> None:
        """Take the lists; this one is on first."""
        self.sections, self._at = tuple(sections), at
        for section in self.sections:
            section.fresh.connect(partial(self._on_fresh, section))
            section.offered.connect(partial(self._on_offered, section))
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self.on_opened)
        self.list.passed.connect(self.on_space)
        self.card.cases.opened.connect(self.on_line_opened)
        self.card.cases.passed.connect(self.card.cases.go_on)
        self.host.done.connect(self._on_done)
        self.host.opened.connect(self.on_panel)
        self.desk.changed.connect(self._on_changed)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self.host.submit)
        PaneWalk(self, [self.list, self.card.cases, self.host, self.bar])

    @property
    def section(self) -> OneSection:
        """The list that is on."""
        return self.sections[self._at]

    def arrive(self) -> None:
        """Read what `reads_on_arrival`; the keyboard goes where it was."""
        for at, section in enumerate(self.sections):
            if at == self._at or self.reads_on_arrival(at):
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
        self.host.close_panel()  # while its own list is on: another knows nothing of its lines
        self._at = index
        self._show(None)
        self.section.load()
        self.views_changed.emit()
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the form away with Esc."""
        if event.key() == Qt.Key.Key_Escape and not is_composing() and self.host.close_layer():
            self.list.setFocus()
            return
        super().keyPressEvent(event)

    # What a page may say otherwise

    def reads_on_arrival(self, at: int) -> bool:
        """Return whether a list that is not on is read, too, so that its count is known."""
        del at
        return False

    def on_opened(self, key: int | None) -> None:
        """Go on from a line with Enter: into the lines of the card."""
        del key
        self.card.cases.setFocus()

    def on_space(self) -> None:
        """Do what the space bar does on a line: go to the next one."""
        self.list.go_on()

    def on_line_opened(self, key: int) -> None:
        """Open a line of the card with Enter: a case."""
        self.case_wanted.emit(key)

    def on_panel(self, panel: object) -> None:
        """Take notice that a form opened or closed."""
        del panel
        self.offer()

    def offer(self) -> None:
        """Show what may be done now with the line that is chosen."""
        self.bar.set_items(self.section.items(self.list.current_id()))

    # What they all do

    def _on_fresh(self, section: OneSection, then: int | None) -> None:
        self.views_changed.emit()
        if section is self.section:
            self._show(then)

    def _on_offered(self, section: OneSection) -> None:
        if section is self.section:
            self.offer()

    def _show(self, then: int | None) -> None:
        section, rows = self.section, self.section.rows()
        words, note = section.head()
        self._head.set_text(words)
        self._head.set_note(note)
        self._empty.set_sentence(section.empty())
        if self._stack is not None:
            self._stack.setCurrentIndex(1 if not rows and self.host.panel is None else 0)
        self.list.set_rows(rows)
        if then is not None:
            self.list.choose(then)
        self._on_chosen(self.list.current_id() if rows else None)

    def _on_chosen(self, key: int | None) -> None:
        self.section.show(key)
        self.offer()

    def _on_done(self, _panel: object, changes: object) -> None:
        self.section.done(changes)
        self.list.setFocus()

    def _on_changed(self, changes: object, asker: object) -> None:
        del changes
        is_ours = asker in (self, *self.sections)
        if self.section.follows and not is_ours and self.isVisible() and self.host.panel is None:
            self.section.load()

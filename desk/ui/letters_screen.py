"""Letters, talks, honours (表扬与提醒): who was told what, what came of it, what is still open."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk.rules.assessment_codes import LetterKind
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.letters.card import ReadingCard
from desk.ui.letters.honour_section import HonourSection
from desk.ui.letters.letter_panels import WritePanel
from desk.ui.letters.letter_section import LetterSection
from desk.ui.letters.section import Section
from desk.ui.letters.step_panel import StepHost
from desk.ui.letters.talk_section import TalkSection
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.screen import Screen
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import EmptyState, SectionHead
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList

_REMINDERS = 1  # what units come here for


class LettersScreen(Screen):
    """The list at the left, one line in the middle, the form of its next step at the right."""

    title = "表扬与提醒"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._head = SectionHead("提醒函")
        self.list = WorkList("表扬与提醒", desk.now, tall=True)
        self.card = ReadingCard(desk.now)
        self.host = StepHost(desk)
        self._empty = EmptyState("")
        self.bar = ActionBar(self)
        parts = ((queue_card(self._head, self.list), 36), (self.card, 44), (self.host, 40))
        self._stack = lay_out_queue(self, parts, self._empty, self.bar)
        around = (self, self.host, self.card)
        self.sections: tuple[Section, ...] = (
            LetterSection(*around, LetterKind.COMMENDATION),
            LetterSection(*around, LetterKind.REMINDER),
            TalkSection(*around),
            HonourSection(*around),
        )
        self._at = _REMINDERS
        self._connect()

    @property
    def section(self) -> Section:
        """The list that is on."""
        return self.sections[self._at]

    def arrive(self) -> None:
        """Read the letters and the list that is on; the keyboard goes where it was."""
        for at, section in enumerate(self.sections):
            if at <= _REMINDERS or at == self._at:
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
        self._at = index
        self.host.close_panel()
        self._show(None)
        self.section.load()
        self.views_changed.emit()
        self.list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on letters."""
        return "letters"

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
        self.list.opened.connect(lambda _key: self._open_case())
        self.list.passed.connect(self._on_space)
        self.card.cases.opened.connect(self.case_wanted)
        self.card.cases.passed.connect(self.card.cases.go_on)
        self.host.done.connect(self._on_done)
        self.host.opened.connect(self._on_panel)
        self.desk.changed.connect(self._on_changed)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self.host.submit)
        PaneWalk(self, [self.list, self.card.cases, self.host, self.bar])

    def _on_fresh(self, section: Section, then: int | None) -> None:
        self.views_changed.emit()
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

    def _on_space(self) -> None:
        self.section.on_space(self.list.current_id())
        self.list.go_on()

    def _open_case(self) -> None:
        """Go on to the cases of a letter; a case that is to be chosen is marked."""
        if not self.section.on_space(self.list.current_id()):
            self.card.cases.setFocus()

    def _on_panel(self, panel: object) -> None:
        self.section.on_panel(panel)
        if isinstance(panel, WritePanel):
            self.list.setFocus()
        self._offer()

    def _on_done(self, _panel: object, changes: object) -> None:
        self.section.done(changes)
        self.list.setFocus()

    def _on_changed(self, changes: object, asker: object) -> None:
        del changes
        is_ours = asker in (self, *self.sections)
        if self.section.follows and not is_ours and self.isVisible() and self.host.panel is None:
            self.section.load()

    def _offer(self) -> None:
        self.bar.set_items(self.section.items(self.list.current_id()))

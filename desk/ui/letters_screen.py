"""Letters, talks, honours (表扬与提醒): who was told what, what came of it, what is still open."""

from PySide6.QtWidgets import QWidget

from desk.rules.assessment_codes import LetterKind
from desk.ui.desk import Desk
from desk.ui.letters.honour_section import HonourSection
from desk.ui.letters.letter_panels import WritePanel
from desk.ui.letters.letter_section import LetterSection
from desk.ui.letters.talk_section import TalkSection
from desk.ui.sections.card import ReadingCard
from desk.ui.sections.screen import Parts, SectionScreen
from desk.ui.sections.section import Section
from desk.ui.sections.step_panel import StepHost
from desk.ui.work_list import WorkList

_REMINDERS = 1  # what units come here for


class LettersScreen(SectionScreen[Section]):
    """The list at the left, one line in the middle, the form of its next step at the right."""

    title = "表扬与提醒"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        queue = WorkList("表扬与提醒", desk.now, tall=True)
        parts = Parts(queue, ReadingCard(desk.now), StepHost(desk), (36, 44, 40))
        super().__init__(desk, parts, parent)
        around = (self, self.host, self.card)
        sections = (
            LetterSection(*around, LetterKind.COMMENDATION),
            LetterSection(*around, LetterKind.REMINDER),
            TalkSection(*around),
            HonourSection(*around),
        )
        self.begin(sections, _REMINDERS)

    def help_page(self) -> str:
        """Return the handbook page on letters."""
        return "letters"

    def reads_on_arrival(self, at: int) -> bool:
        """Read the letters; talks and honours only when they are on."""
        return at <= _REMINDERS

    def on_space(self) -> None:
        """Mark a case that is to be chosen, and go to the next line."""
        self.section.on_space(self.list.current_id())
        super().on_space()

    def on_opened(self, key: int | None) -> None:
        """Go on to the cases of a letter; a case that is to be chosen is marked."""
        if not self.section.on_space(self.list.current_id()):
            super().on_opened(key)

    def on_panel(self, panel: object) -> None:
        """Where cases are to be chosen, the keyboard goes to them."""
        self.section.on_panel(panel)
        if isinstance(panel, WritePanel):
            self.list.setFocus()
        super().on_panel(panel)

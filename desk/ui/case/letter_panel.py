"""写表扬书、提醒函 about one case, from its own file."""

from desk.actions.letters import IssueLetter
from desk.rules.assessment_codes import LetterKind
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.ui.case.deed_panel import DeedPanel
from desk.ui.keys import GlobalKey, shown
from desk.ui.letters.letter_fields import LetterFields
from desk.ui.widgets.cards import text_label

_SEVERAL = f"要把几件写在一封里，按 {shown(GlobalKey.LETTERS)} 到“表扬与提醒”里一起选。"


class LetterPanel(DeedPanel):
    """Which of the two, to which unit, and what it says."""

    deed, title, verb = Deed.WRITE_LETTER, "表扬、提醒", "签发"

    def build(self) -> None:
        """Fill in what the history of the case bears out."""
        self._fields = LetterFields(self, list(LetterKind))
        self.form.add(text_label(_SEVERAL, "hint", wraps=True))
        self._fields.take_cases([self.file.id])

    def submit(self) -> None:
        """Ask for the unit first."""
        try:
            self.letter()
        except RuleBroken as refused:
            self.missing(refused.field or "unit", str(refused))
            return
        super().submit()

    def letter(self) -> IssueLetter:
        """Return what would be issued now.

        Raises:
            RuleBroken: no unit is chosen, or the limit cannot be read.
        """
        return self._fields.request(self.desk.by_me())

    def request(self, head: object) -> IssueLetter:
        """Issue the letter."""
        del head
        return self.letter()

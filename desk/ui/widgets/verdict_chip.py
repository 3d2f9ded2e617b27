"""What an appellant said in one word (双是、非双是、双否), as a small chip."""

from PySide6.QtWidgets import QWidget

from desk.rules.codes import Verdict
from desk.rules.wording import label
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import StatusChip

VERDICT_TONES = {
    Verdict.DOUBLE_YES: Tone.GOOD,
    Verdict.NOT_DOUBLE_YES: Tone.WARN,
    Verdict.DOUBLE_NO: Tone.BAD,
}


class VerdictChip(StatusChip):
    """双是, 非双是 or 双否; hidden where nobody has rated the case."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", Tone.PAST, parent=parent)
        self.setVisible(False)

    def show_verdict(self, verdict: Verdict | None, before: str = "") -> None:
        """Show a verdict, or none; `before` says whose it is (“上次”)."""
        self.setVisible(verdict is not None)
        if verdict is not None:
            self.set_status(f"{before}{label(verdict)}", VERDICT_TONES[verdict])

"""The panel of the units that check what they were told: 核实."""

from desk.actions.handling import RecordVerification
from desk.rules.deeds import Deed
from desk.ui.case.deed_panel import DeedPanel, OnCase


class VerifyPanel(DeedPanel):
    """核实: what was found on checking."""

    deed, title, verb = Deed.VERIFY, "核实情况", "已核实"

    def build(self) -> None:
        """Ask for what was found."""
        self._note = self.form.text(
            "note",
            "核实到的情况",
            lines=6,
            required=True,
            hint="意见书会用到这段话。",
        )

    def request(self, head: OnCase) -> RecordVerification:
        """Record what was found."""
        return RecordVerification(**head, note=self._note.text())

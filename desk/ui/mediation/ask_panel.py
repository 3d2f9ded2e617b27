"""Asking for a mediation by its number, with a reason (按编号查阅): for whoever knows of none."""

from desk.actions.mediation_looks import AskForMediation
from desk.rules.deeds import Deed
from desk.ui.case.form_panel import FormPanel
from desk.ui.desk import ByMe
from desk.ui.mediation.opening_panel import NewMediation
from desk.ui.widgets.cards import text_label

_WHAT = (
    "调解卷只对本案调解员、秘书和调委会主任开放。因工作需要查阅的，写明编号和理由后可以看一段时间；"
    "谁、何时、为什么看都留在卷里。"
)


class AskPanel(FormPanel[NewMediation]):
    """按编号查阅: the exact number, and why; what is kept from the asker is not there for him."""

    deed, title, verb = Deed.ASK_MEDIATION, "按编号查阅调解卷", "查阅"
    keeps_draft = False

    def build(self) -> None:
        """Ask for number and reason."""
        self.form.add(text_label(_WHAT, "label", wraps=True))
        self._number = self.form.text(
            "number",
            "卷号或文号",
            required=True,
            hint="例如 青榕人调字〔2026〕第12号，要写全。",
        )
        self._reason = self.form.text(
            "reason", "查阅的理由", lines=3, required=True, hint="例如 归档前核对卷内材料。"
        )

    def take_option(self, option: object) -> None:
        """Take a number that was typed elsewhere; the reason comes next."""
        self._number.set_text(str(option))

    def start(self) -> None:
        """Go to the first field that is empty."""
        (self._reason if self._number.text() else self._number).setFocus()

    def head(self) -> ByMe:
        """Return the head of a request made now."""
        return self.desk.by_me()

    def request(self, head: ByMe) -> AskForMediation:
        """Ask for it."""
        return AskForMediation(**head, number=self._number.text(), reason=self._reason.text())

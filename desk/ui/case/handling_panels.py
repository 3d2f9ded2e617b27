"""Panels of the units that handle a case: 核实、退回."""

from desk.actions.dispatching import DecideReturn, ReturnDispatch
from desk.actions.handling import RecordVerification
from desk.rules.codes import (
    AssignmentStatus,
    ReturnReason,
)
from desk.rules.deeds import Deed
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import coded
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice


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


class ReturnPanel(DeedPanel):
    """退回: why the unit hands the case back to the dispatchers."""

    deed, title, verb = Deed.RETURN, "申请退回信联办", "申请退回"

    def build(self) -> None:
        """Ask for reason and grounds."""
        self._reason = self.form.choice("reason", "理由", coded(ReturnReason), required=True)
        self._note = self.form.text(
            "note", "依据", lines=4, required=True, hint="哪条职责分工、缺什么信息。联系时限不停。"
        )

    def submit(self) -> None:
        """Ask for the reason first."""
        if self._reason.value() is None:
            self.missing("reason", "请选退回的理由。")
            return
        super().submit()

    def request(self, head: OnCase) -> ReturnDispatch:
        """Ask the dispatchers to take the case back."""
        return ReturnDispatch(
            **head, reason=ReturnReason(self._reason.value()), note=self._note.text()
        )


class DecideReturnPanel(DeedPanel):
    """同意退回 or 不同意: the dispatchers' answer to a unit."""

    deed, title, verb = Deed.DECIDE_RETURN, "答复退回申请", "答复"

    def build(self) -> None:
        """Show what the unit wrote, and ask for the answer."""
        for part in self.file.parts:
            if part.status is AssignmentStatus.RETURNING:
                reason = label(part.return_reason) if part.return_reason else ""
                words = f"{part.unit}申请退回，理由：{reason}。{part.return_note}"
                self.form.add(text_label(words, "reading", wraps=True))
        both = [Choice("yes", "同意，重新分拨"), Choice("no", "不同意，由该单位接着办")]
        self._agreed = self.form.choice("is_agreed", "答复", both, required=True)
        self._note = self.form.text("note", "给承办单位的话", lines=3, hint="不同意时必须写。")

    def submit(self) -> None:
        """Ask for the answer first."""
        if self._agreed.value() is None:
            self.missing("is_agreed", "请选同意或不同意。")
            return
        super().submit()

    def request(self, head: OnCase) -> DecideReturn:
        """Answer the unit."""
        return DecideReturn(**head, is_agreed=self._agreed.value() == "yes", note=self._note.text())

"""Panels of what is handed back: 退回 by a unit, and the dispatchers' answer (答复退回)."""

from desk.actions.dispatching import DecideReturn, ReturnDispatch
from desk.queries.case_file import CaseFile
from desk.queries.case_views import PartView
from desk.rules.codes import AssignmentRole, ReturnReason
from desk.rules.deeds import Deed
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.dispatch_deeds import asked_back, parts_to_return
from desk.ui.case.form_parts import LabelledChoice, coded
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice

_WHOLE = "信联办同意后，此件回到待分拨，重新选主办单位。联系时限不停。"
_SUPPORT = (
    "只退您单位协办的这一部分；主办照旧办，主办的时限不变。"
    "信联办同意后您这一部分停表，分给您的事项归主办；答复以前照旧计时。"
)


class ReturnPanel(DeedPanel):
    """退回: why the unit hands the case, or its support of it, back to the dispatchers."""

    deed, title, verb = Deed.RETURN, "申请退回信联办", "申请退回"

    def build(self) -> None:
        """Say what it means; ask which part, where there are several, for reason and grounds."""
        parts = parts_to_return(self.file, self.desk.person)
        said = {_WHOLE if _leads(part) else _SUPPORT: None for part in parts}
        for words in said:
            self.form.add(text_label(words, "label", wraps=True))
        self._part = self.form.choice("part", "退哪一部分", _choices(parts), required=True)
        self._part.setVisible(len(parts) > 1)
        if parts:
            self._part.chips.set_value(parts[0].id)
        self._reason = self.form.choice("reason", "理由", coded(ReturnReason), required=True)
        self._note = self.form.text(
            "note", "依据", lines=4, required=True, hint="哪条职责分工、缺什么信息。"
        )

    def submit(self) -> None:
        """Ask for the part and the reason first."""
        if not _still_offered(self._part, parts_to_return(self.file, self.desk.person)):
            self.missing("part", "这一部分已经退回或办过了，请另选一部分。")
            return
        if self._reason.value() is None:
            self.missing("reason", "请选退回的理由。")
            return
        super().submit()

    def request(self, head: OnCase) -> ReturnDispatch:
        """Ask the dispatchers to take it back."""
        return ReturnDispatch(
            **head,
            part=self._part.value(),
            reason=ReturnReason(self._reason.value()),
            note=self._note.text(),
        )


class DecideReturnPanel(DeedPanel):
    """同意退回 or 不同意: the dispatchers' answer to a unit."""

    deed, title, verb = Deed.DECIDE_RETURN, "答复退回申请", "答复"

    def build(self) -> None:
        """Show what the units wrote, and ask for the answer to one of them."""
        asked = asked_back(self.file)
        self._asked = text_label(_said(asked), "reading", wraps=True)
        self.form.add(self._asked)
        self._part = self.form.choice("part", "答复哪一家", _choices(asked), required=True)
        self._part.setVisible(len(asked) > 1)
        if asked:
            self._part.chips.set_value(asked[0].id)
        if any(not _leads(part) for part in asked):
            words = "同意协办退回后，要换一家的，接着按“加派”选新的协办单位。"
            self.form.add(text_label(words, "label", wraps=True))
        both = [Choice("yes", "同意退回"), Choice("no", "不同意，由该单位接着办")]
        if all(_leads(part) for part in asked):
            both[0] = Choice("yes", "同意，重新分拨")
        self._agreed = self.form.choice("is_agreed", "答复", both, required=True)
        self._note = self.form.text("note", "给承办单位的话", lines=3, hint="不同意时必须写。")

    def take_file(self, file: CaseFile) -> None:
        """Show what the units write now; the answer stays with the one it was meant for."""
        super().take_file(file)
        self._asked.setText(_said(asked_back(file)))

    def submit(self) -> None:
        """Ask for the part and the answer first."""
        if not _still_offered(self._part, asked_back(self.file)):
            self.missing("part", "这一家已经答复过了，请另选一家。")
            return
        if self._agreed.value() is None:
            self.missing("is_agreed", "请选同意或不同意。")
            return
        super().submit()

    def request(self, head: OnCase) -> DecideReturn:
        """Answer the unit."""
        return DecideReturn(
            **head,
            part=self._part.value(),
            is_agreed=self._agreed.value() == "yes",
            note=self._note.text(),
        )


def _said(parts: list[PartView]) -> str:
    return "\n".join(_words_of(part) for part in parts)


def _words_of(part: PartView) -> str:
    reason = label(part.return_reason) if part.return_reason else ""
    what = "申请退回" if _leads(part) else "申请退回协办"
    return f"{part.unit}{what}，理由：{reason}。{part.return_note}"


def _choices(parts: list[PartView]) -> list[Choice]:
    return [Choice(part.id, f"{part.unit}（{label(part.role)}）") for part in parts]


def _leads(part: PartView) -> bool:
    return part.role is AssignmentRole.LEAD


def _still_offered(field: LabelledChoice, parts: list[PartView]) -> bool:
    """Return whether the part that the words are meant for is still to be had; else ask for one.

    Where nothing is left to choose from, the desk is asked and says so.
    """
    if not parts or any(part.id == field.value() for part in parts):
        return True
    meant = field.value()
    field.set_choices(_choices(parts))
    field.chips.set_value(meant)  # what was written stays until another one is chosen
    field.show()
    return False

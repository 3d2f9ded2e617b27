"""What else a call may bring (这一通还有什么): rung all the same, later please, never again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.rules.calling import CallAdvice
from desk.ui.keys import CaseKey
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.choice_chips import CheckChip
from desk.ui.widgets.moment_edit import MomentEdit


class CallExtras(QWidget):
    """Why he was rung all the same, when he wants to be rung instead, or that he does not.

    Signals:
        changed: something was written or ticked.
    """

    changed = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_unwelcome, self._is_call = False, True
        self.over_reason = CheckedField("仍要打的理由", required=True)
        self.call_back = MomentEdit("不方便，约好再打", clock)
        self.no_calls = CheckChip("请勿再打", CaseKey.DO_NOT_CALL)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.call_back, 1)
        line.addWidget(self.no_calls)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.over_reason)
        column.addLayout(line)
        self.over_reason.hide()
        self.over_reason.changed.connect(lambda _text: self.changed.emit())
        self.call_back.changed.connect(lambda _text: self.changed.emit())
        self.no_calls.toggled.connect(lambda _on: self.changed.emit())

    def advise(self, advice: CallAdvice) -> None:
        """Ask for a reason while something speaks against ringing."""
        self._is_unwelcome = advice.needs_reason
        self._show_reason()

    def ask_for_call(self, *, is_call: bool) -> None:
        """Ask for a reason only of who rings: nobody minds a visit."""
        self._is_call = is_call
        self._show_reason()

    def _show_reason(self) -> None:
        is_asked = self._is_unwelcome or bool(self.over_reason.text())
        self.over_reason.setVisible(is_asked and self._is_call)

    def content(self) -> dict[str, Any]:
        """Return what stands here, as plain data."""
        return {
            "over_reason": self.over_reason.text().strip(),
            "call_back": self.call_back.text().strip(),
            "wants_no_calls": self.no_calls.isChecked(),
        }

    def fill(self, content: Mapping[str, Any]) -> None:
        """Show what was kept earlier."""
        self.over_reason.set_text(str(content.get("over_reason") or ""))
        self.call_back.set_text(str(content.get("call_back") or ""))
        self.no_calls.setChecked(bool(content.get("wants_no_calls")))

    def call_back_at(self) -> datetime | None:
        """Return when he wants to be rung instead."""
        self.call_back.check_now()
        return self.call_back.moment()

    def refuse(self, name: str, sentence: str) -> bool:
        """Say beside the reason that it is missing; return whether it was about that."""
        if name != "over_reason":
            return False
        self.over_reason.show()
        self.over_reason.set_state(FieldState(Check.BAD, sentence))
        self.over_reason.setFocus()
        return True

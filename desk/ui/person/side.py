"""What was said of who is whom, and the person's mediations, beside the list (一人一档旁栏)."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.queries.person_page import Decision, PersonMediation
from desk.rules.moments import say_moment
from desk.rules.wording import label
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import rule, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState, TextLine
from desk.ui.widgets.rows_card import RowsCard


class DecisionsCard(RowsCard):
    """Who said what, when and why; what stands can be taken back.

    Signals:
        taken_back: carries the decision's id and why.
    """

    taken_back = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("认定记录", parent=parent)
        self.body.addWidget(self.rows)
        self.hide()
        self._wanted: int | None = None
        self.reason = CheckedField("为什么撤回", hint="写完按 Enter，记录会留着")
        self.reason.hide()
        self.body.addWidget(self.reason)
        if isinstance(self.reason.edit, TextLine):
            self.reason.edit.entered.connect(self._on_entered)

    def show_decisions(self, decisions: Sequence[Decision], now: datetime) -> None:
        """Show what was said of these cases, the newest first."""
        self.setVisible(bool(decisions))
        if self._wanted not in {one.id for one in decisions if one.stands}:
            self._wanted = None
            self.reason.hide()
            self.reason.set_text("")
        column = self.fresh_rows()
        for one in decisions:
            column.addWidget(rule())
            for words in _lines(one, now):
                column.addWidget(text_label(words, "label", wraps=True))
            if one.stands:
                button = KeyButton("撤回这条认定", kind=ButtonKind.QUIET)
                button.setAccessibleName(f"撤回 {one.number} 与 {one.other_number} 的认定")
                button.clicked.connect(lambda _on=False, key=one.id: self._begin(key))
                column.addWidget(button)

    def refuse(self, sentence: str) -> None:
        """Say why it was not taken back; what was written stays."""
        self.reason.edit.setFocus()  # Enter went on to the next field
        self.reason.set_state(FieldState(Check.BAD, sentence))

    def _begin(self, decision: int) -> None:
        self._wanted = decision
        self.reason.show()
        self.reason.edit.setFocus()

    def _on_entered(self) -> None:
        if self._wanted is not None:
            self.taken_back.emit(self._wanted, self.reason.text())


class MediationsCard(RowsCard):
    """The person's mediations, for whom they are work.

    Signals:
        wanted: open one; carries its id.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("调解", parent=parent)
        self.body.addWidget(self.rows)
        self.hide()

    def show_mediations(self, found: Sequence[PersonMediation]) -> None:
        """Show these; with none there is no card."""
        self.setVisible(bool(found))
        column = self.fresh_rows()
        for one in found:
            words = f"{one.number}　{label(one.status)}"
            button = KeyButton(words, kind=ButtonKind.QUIET)
            button.setAccessibleName(f"打开调解 {words}")
            button.clicked.connect(lambda _on=False, key=one.id: self.wanted.emit(key))
            column.addWidget(button)


def _lines(one: Decision, now: datetime) -> tuple[str, ...]:
    said = "是同一人" if one.is_same else "不是同一人"
    made = say_moment(one.made_at, seen_at=now)
    lines = (f"{one.number} 与 {one.other_number} {said}", f"{made} {one.who}：{one.reason}")
    if one.ended_at is None:
        return lines
    ended = say_moment(one.ended_at, seen_at=now)
    return (*lines, f"{ended} {one.ended_by} 撤回：{one.end_reason}")

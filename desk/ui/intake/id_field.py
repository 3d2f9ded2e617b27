"""An identity paper (证件): kind and number, checked, masked once it is left, never required."""

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.rules.codes import IdKind
from desk.rules.id_cards import id_card_check, normalise_id, read_id_card
from desk.rules.identity import mask_id
from desk.rules.wording import label
from desk.ui.intake.facts import Content
from desk.ui.intake.states import field_state
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.choice_chips import Choice, ChoiceChips

_HINT = "选填；离开后只显示头尾"
_SHORT = {IdKind.RESIDENCE_PERMIT: "居住证", IdKind.ID_CARD: "身份证"}


class IdField(CheckedField):
    """The number is kept whole and shown masked while the clerk is elsewhere.

    Signals:
        kind_chosen: another kind of paper; carries its code.
    """

    kind_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("证件号码", check=self._check_number, hint=_HINT, parent=parent)
        self._number = self._of_card = ""
        self._today: date | None = None
        self._kinds = ChoiceChips(
            "证件种类",
            [Choice(kind.value, _SHORT.get(kind, label(kind))) for kind in IdKind],
            numbered=False,
            small=True,
        )
        self._kinds.set_value(IdKind.ID_CARD.value)
        self._kinds.chosen.connect(self._on_kind_chosen)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(2, self._kinds)
        self.edit.installEventFilter(self)
        self.changed.connect(self._on_number_changed)

    def set_today(self, today: date) -> None:
        """Say which day it is, for dates of birth to come."""
        self._today = today

    def content(self) -> dict[str, Any]:
        """Return kind and whole number."""
        return {"id_kind": self._kinds.value() if self._number else None, "id_number": self._number}

    def restore(self, content: Content) -> None:
        """Show what was written before, masked."""
        number = content.get("id_number") or ""
        self._kinds.set_value(content.get("id_kind") or IdKind.ID_CARD.value)
        self._judged_text = None
        self.set_text(mask_id(number) if number else "")
        self._number, self._of_card = number, ""  # not what is shown
        if number:
            self._judged_text = None
            self.check_now()

    def take_card(self, number: str) -> bool:
        """Take the number that a card says; another one that somebody wrote stays."""
        if self._number not in {"", self._of_card} and normalise_id(self._number) != number:
            return False
        self.restore({"id_kind": IdKind.ID_CARD.value, "id_number": number})
        self._of_card = number
        if self.edit.hasFocus():
            self._show(number)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the whole number while it is written, and only its ends afterwards."""
        if watched is self.edit and event.type() == QEvent.Type.FocusIn:
            self._show(self._number)
        elif watched is self.edit and event.type() == QEvent.Type.FocusOut:
            self.check_now()
            if self._number and self.state().state is not Check.BAD:
                self._show(mask_id(self._number))
        return super().eventFilter(watched, event)

    def _show(self, text: str) -> None:
        state = self.state()
        was_blocked = self.edit.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.edit.setText(text)
        self.edit.blockSignals(was_blocked)
        self._judged_text = text
        self.set_state(state)

    def _on_number_changed(self, text: str) -> None:
        self._number = text

    def _on_kind_chosen(self, kind: object) -> None:
        self._judged_text = None
        self.check_now()
        self.kind_chosen.emit(kind)

    def _check_number(self, _shown: str) -> FieldState:
        if not self._number or self._kinds.value() != IdKind.ID_CARD.value or self._today is None:
            return FieldState()
        found = field_state(id_card_check(self._number, today=self._today))
        card = read_id_card(normalise_id(self._number), today=self._today)
        if card is None:
            return found
        return FieldState(Check.OK, f"{label(card.sex)}，{card.born_on.year} 年生")

"""One question of the form (问一句，按一个数字): its words, its choices, what is still wrong."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice, ChoiceChips

_LABEL = 5  # characters that every question's name has room for


class _Chips(ChoiceChips):
    """Choices that say when a digit has answered, so that the caret can go on by itself."""

    digit_pressed = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose as usual; after a digit the question is answered."""
        is_taken = super().eventFilter(watched, event)
        is_digit = isinstance(event, QKeyEvent) and event.text().isdigit()
        if is_taken and is_digit and event.type() == QEvent.Type.KeyPress:
            self.digit_pressed.emit()
        return is_taken

    def press(self, digit: str) -> None:
        """Answer by a digit that was typed elsewhere."""
        if self._choose_number(digit):
            self.digit_pressed.emit()


class Question(QWidget):
    """A question with numbered choices.

    Signals:
        changed: another choice holds; carries it.
        answered: a digit has answered; the next question may follow.
    """

    changed = Signal(object)
    answered = Signal()

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[StrEnum | bool, str]],
        spoken: str = "",
        *,
        small: bool = False,
    ) -> None:
        super().__init__()
        name = text_label(label, "label")
        if label:
            name.setMinimumWidth(name.fontMetrics().horizontalAdvance("字") * _LABEL)
        else:
            name.hide()
        self._offered = [Choice(value, words) for value, words in choices]
        self.chips = _Chips(spoken or label, self._offered, small=small)
        self._trouble = text_label("", "hint", wraps=True)
        say_state(self._trouble, state="bad")
        self._trouble.hide()
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self.chips)
        right.addWidget(self._trouble)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(name)
        row.addLayout(right, 1)
        self.setFocusProxy(self.chips)
        self.chips.chosen.connect(self._on_chosen)
        self.chips.digit_pressed.connect(self.answered)

    def offer(self, choices: Sequence[tuple[StrEnum | bool, str]]) -> None:
        """Offer other choices; what holds stays where it is among them."""
        offered = [Choice(value, words) for value, words in choices]
        if offered != self._offered:
            self._offered = offered
            self.chips.set_choices(offered)

    def value(self) -> object | None:
        """Return the answer, or None."""
        return self.chips.value() if not self.isHidden() else None

    def set_value(self, value: object | None) -> None:
        """Let an answer hold, without a signal."""
        self.chips.set_value(value)
        self.say_trouble("")

    def press(self, digit: str) -> None:
        """Answer by a digit that was typed while the list had the focus."""
        self.setFocus()
        self.chips.press(digit)

    def say_trouble(self, sentence: str) -> None:
        """Say below the choices what is wrong with the answer."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    def trouble(self) -> str:
        """Return what is wrong with the answer."""
        return self._trouble.text()

    def _on_chosen(self, value: object) -> None:
        self.say_trouble("")
        self.changed.emit(value)

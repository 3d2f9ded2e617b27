"""The suggested units (建议单位), by digit, each with the hall's own reason."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.dispatch_hints import DispatchHint
from desk.ui.keys import ListKey
from desk.ui.theme import say_state
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.choice_chips import Choice, ChoiceChip

_NEVER = "还没有办过这一类，请打开案件卷选单位。"
_ENTER = frozenset({"\r", "\n"})


class UnitsCard(Card):
    """One chip below the other, with the reason under each; a digit chooses.

    Signals:
        chosen: a unit was chosen.
        confirmed: Enter was pressed on the chosen unit.
    """

    chosen = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("建议单位", key=ListKey.OPEN, parent=parent)
        self._hints: tuple[DispatchHint, ...] = ()
        self._chips: list[ChoiceChip] = []
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._none = text_label(_NEVER, "label", wraps=True)
        self._value: int | None = None
        self.body.addWidget(self._inside)
        self.body.addWidget(self._none)
        self.body.addStretch()

    def show_hints(self, hints: Sequence[DispatchHint]) -> None:
        """Offer other units; nothing is chosen beforehand."""
        self._hints, self._value = tuple(hints), None
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._chips = []
        for number, hint in enumerate(hints, start=1):
            chip = ChoiceChip(Choice(hint.unit_id, hint.name), number, small=False)
            chip.setAccessibleDescription(hint.reason)
            chip.installEventFilter(self)
            chip.clicked.connect(lambda _on=False, unit=hint.unit_id: self._choose(unit))
            reason = text_label(hint.reason, "caption", wraps=True)
            self._column.addWidget(chip)
            self._column.addWidget(reason)
            self._chips.append(chip)
        self._none.setText(_NEVER)
        self._none.setVisible(not hints)
        say_state(self._inside, ground="clear")

    def rest(self, sentence: str) -> None:
        """Offer nothing, and say why there is nothing to choose."""
        self.show_hints(())
        self._none.setText(sentence)

    def value(self) -> int | None:
        """Return the chosen unit."""
        return self._value

    def hint(self) -> DispatchHint | None:
        """Return the chosen suggestion."""
        return next((hint for hint in self._hints if hint.unit_id == self._value), None)

    def press(self, typed: str) -> bool:
        """Choose by a digit; return whether it named a unit."""
        if len(typed) != 1 or typed not in "123456789" or int(typed) > len(self._hints):
            return False
        self._choose(self._hints[int(typed) - 1].unit_id)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose by digit on a chip too, and confirm the chosen one with Enter."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if self.press(event.text()):
                return True
            is_chosen = isinstance(watched, ChoiceChip) and watched.choice.id == self._value
            if event.text() in _ENTER and is_chosen:
                self.confirmed.emit()
                return True
        return super().eventFilter(watched, event)

    def _choose(self, unit_id: int) -> None:
        self._value = unit_id
        for chip in self._chips:
            chip.setChecked(chip.choice.id == unit_id)
        self.chosen.emit()

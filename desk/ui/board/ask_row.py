"""One thing asked in a line (一句话): a name, a reason; inside the page, never a dialog."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import TextLine
from desk.ui.widgets.choice_chips import CheckChip
from desk.ui.widgets.composing import is_composing

Answered = Callable[[str, bool], None]


class AskRow(QWidget):
    """Asks for a few words; Enter or the button gives them, Esc takes the line away.

    Signals:
        toggled: the line is there, or gone again.
    """

    toggled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._answered: Answered = lambda _words, _ticked: None
        self._label, self.line = text_label("", "label"), TextLine(self)
        self.tick = CheckChip("", parent=self)
        self.button = KeyButton("", kind=ButtonKind.PLAIN, parent=self)
        away = KeyButton("取消", kind=ButtonKind.QUIET, parent=self)
        self.hint = text_label("", "hint", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._label, self.line, self.tick, self.button, away):
            row.addWidget(part)
        row.addWidget(self.hint, 1)
        self.line.setMinimumWidth(self.line.fontMetrics().averageCharWidth() * 24)
        self.line.entered.connect(self._answer)
        self.button.clicked.connect(self._answer)
        away.clicked.connect(self.put_away)
        self.hide()

    def ask(
        self, label: str, verb: str, answered: Answered, *, tick: str = "", hint: str = ""
    ) -> None:
        """Ask for words.

        Args:
            verb: what the button says.
            answered: gets the words, and whether the tick was set.
            tick: what may be ticked besides.
            hint: what to know beforehand.
        """
        self._answered = answered
        self._label.setText(label)
        self.line.clear()
        self.line.setAccessibleName(label)
        self.button.setText(verb)
        self.button.setAccessibleName(verb)
        self.tick.setText(tick)
        self.tick.setAccessibleName(tick)
        self.tick.setChecked(False)
        self.tick.setVisible(bool(tick))
        self.refuse(hint, is_fault=False)
        self.show()
        self.toggled.emit()
        self.line.setFocus()

    def put_away(self) -> None:
        """Take the line away."""
        self.hide()
        self.toggled.emit()

    def refuse(self, sentence: str, *, is_fault: bool = True) -> None:
        """Say beside the line what is missing; what was written stays, and so does the caret."""
        self.hint.setText(sentence)
        say_state(self.hint, state="bad" if is_fault else "")
        if self.isVisible():
            self.line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go away with Esc."""
        if event.key() == Qt.Key.Key_Escape and not is_composing():
            self.put_away()
            return
        super().keyPressEvent(event)

    def _answer(self) -> None:
        self.button.setFocus()  # Enter in the line goes no further than this
        self._answered(self.line.text(), self.tick.isVisible() and self.tick.isChecked())

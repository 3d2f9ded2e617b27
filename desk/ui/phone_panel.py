"""The number to dial (拨号条): large enough to read with the receiver in hand."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desk.rules.calling import spaced_number
from desk.ui.icons import icon
from desk.ui.theme import say_state, tokens
from desk.ui.widgets.cards import text_label

_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)
_NO_NUMBER = "没有留电话"


class PhonePanel(QFrame):
    """A number, whose it is, and whether he may be rung now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say_state(self, kind="inner")
        self.setAccessibleName("拨号")
        self._mark = QLabel()
        self._number = text_label("", "phone")
        self._number.setTextInteractionFlags(_SELECTABLE)
        self._name, self._more = text_label("", wraps=True), text_label("", "label", wraps=True)
        self._advice = text_label("", "label", wraps=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        for line in (self._name, self._more, self._advice):
            words.addWidget(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(16)
        row.addWidget(self._mark)
        row.addWidget(self._number)
        row.addLayout(words, 1)
        self._show_mark("phone", "accent")

    def show_number(self, phone: str, name: str, *, more: str = "") -> None:
        """Show whom to ring; several numbers and whose they are go into `more`."""
        self._number.setText(spaced_number(phone) if phone else _NO_NUMBER)
        self._number.setAccessibleName(f"电话 {phone or _NO_NUMBER}")
        self._name.setText(name or "未留姓名")
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._show_mark(*(("phone", "accent") if phone else ("phone-off", "text3")))

    def advise(self, sentence: str, state: str = "") -> None:
        """Say what happened with earlier calls, and whether to ring now."""
        self._advice.setText(sentence)
        self._advice.setVisible(bool(sentence))
        say_state(self._advice, state=state)

    def number(self) -> str:
        """Return the number as it is shown."""
        return self._number.text()

    def advice(self) -> str:
        """Return what is said about ringing now."""
        return self._advice.text()

    def _show_mark(self, name: str, colour: str) -> None:
        side = tokens().sizes.icon + 4
        self._mark.setPixmap(icon(name, colour).pixmap(QSize(side, side)))

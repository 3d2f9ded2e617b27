"""Grounds to put things on (卡片) with their heads, and what stands there when there is nothing."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.chips import KeyCap
from desk.ui.widgets.giving_way import GivingWay
from desk.ui.widgets.glyphs import spell_missing

_PADDING = 16


def text_label(text: str, role: str = "", *, wraps: bool = False) -> QLabel:
    """Return a label in one of the roles of the stylesheet (title, section, label, hint ...)."""
    made = QLabel(spell_missing(text))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if role:
        say_state(made, role=role)
    return made


def rule() -> QFrame:
    """Return a hair line between two parts of a card."""
    made = QFrame()
    say_state(made, kind="rule")
    return made


class SectionHead(QWidget):
    """The head of a card: its name, a quieter word, and at the right whatever belongs there."""

    def __init__(
        self, text: str, *, note: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._text, self._note = GivingWay("section"), GivingWay("hint")
        self._text.set_words(text)
        self._note.set_words(note)
        self._row.addWidget(self._text)
        self._row.addWidget(self._note)
        self._row.addStretch()
        if key:
            self._row.addWidget(KeyCap(key))

    def set_text(self, text: str) -> None:
        """Show another name."""
        self._text.set_words(text)

    def set_note(self, note: str) -> None:
        """Show another quiet word (a count, for instance)."""
        self._note.set_words(note)

    def add(self, widget: QWidget) -> None:
        """Put `widget` at the right end."""
        self._row.addWidget(widget)


class Card(QFrame):
    """A white card with a head; fill it through `body`."""

    def __init__(
        self, head: str = "", *, note: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        say_state(self, kind="card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(_PADDING, 12, _PADDING, _PADDING)
        self.body.setSpacing(8)
        self.head: SectionHead | None = None
        if head:
            self.head = SectionHead(head, note=note, key=key, parent=self)
            self.body.addWidget(self.head)
            self.setAccessibleName(head)

    def set_state(self, state: str) -> None:
        """Give the edge of `selected`, `warn` or `bad`; an empty word takes it away."""
        say_state(self, state=state)


class EmptyState(QWidget):
    """What stands where nothing is: one sentence and at most one button.

    Signals:
        pressed: the clerk pressed the button.
    """

    pressed = Signal()

    def __init__(
        self, sentence: str, button: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sentence = text_label(sentence, "label", wraps=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch()
        layout.addWidget(self._sentence)
        self.button: KeyButton | None = None
        if button:
            self.button = KeyButton(button, key, kind=ButtonKind.PLAIN, parent=self)
            self.button.clicked.connect(self.pressed)
            layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)


class HintCard(Card):
    """Advice beside a form: one idea, at most two buttons, never the focus by itself.

    Signals:
        dismissed: the clerk does not want to see this advice any more.
    """

    dismissed = Signal()

    def __init__(
        self, head: str, text: str = "", *, note: str = "", key: str = "", state: str = ""
    ) -> None:
        super().__init__(head, note=note, key=key)
        self._text = text_label(text, "label", wraps=True)
        self._text.setVisible(bool(text))
        self.body.addWidget(self._text)
        self.content = QVBoxLayout()
        self.content.setSpacing(6)
        self.body.addLayout(self.content)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self.body.addLayout(self._buttons)
        self.set_state(state)

    def set_text(self, text: str) -> None:
        """Show another advice."""
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def add_button(self, label: str, handler: Callable[[], None], key: str = "") -> KeyButton:
        """Offer something to do about it; a third button is a mistake."""
        if self._buttons.count() > 1:
            raise ValueError("a hint has at most two buttons")
        made = KeyButton(label, key, parent=self)
        made.setSizePolicy(made.sizePolicy().Policy.Expanding, made.sizePolicy().Policy.Fixed)
        made.clicked.connect(handler)
        self._buttons.addWidget(made, 1)
        return made


class SidePanel(QWidget):
    """Cards of advice, one above the other, beside the work."""

    def __init__(self, name: str = "提示", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addStretch()

    def add_card(self, card: QWidget) -> None:
        """Put a card below the others."""
        self._column.insertWidget(self._column.count() - 1, card)

    def remove_card(self, card: QWidget) -> None:
        """Take a card away."""
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

"""One line between the head and the work (提示行): a clock explained, or news about the case."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label


class NoticeLine(QFrame):
    """A sentence with at most one thing to do about it; it never takes the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say_state(self, kind="inner")
        self._handler: Callable[[], None] | None = None
        self._words = text_label("", "label", wraps=True)
        self._button = KeyButton("", kind=ButtonKind.QUIET, parent=self)
        self._button.clicked.connect(self._on_clicked)
        away = KeyButton("知道了", kind=ButtonKind.QUIET, parent=self)
        away.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        away.clicked.connect(self.put_away)
        self._away = away
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 6, 2)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(away)
        self.hide()

    def say(self, sentence: str, verb: str = "", handler: Callable[[], None] | None = None) -> None:
        """Show a sentence; with a verb it can be acted on."""
        self._words.setText(sentence)
        self._handler = handler
        self._button.setText(verb)
        self._button.setAccessibleName(verb)
        self._button.setVisible(bool(verb))
        self._button.updateGeometry()
        self._away.setVisible(not verb)
        self.setAccessibleName(sentence)
        self.show()

    def sentence(self) -> str:
        """Return what is said, or nothing while the line is away."""
        return "" if self.isHidden() else self._words.text()

    def close_layer(self) -> bool:
        """Put the line away; return whether there was one."""
        if self.isHidden():
            return False
        self.put_away()
        return True

    def put_away(self) -> None:
        """Take the line away."""
        self._handler = None
        self.hide()

    @property
    def offers_news(self) -> bool:
        """Whether the line waits for the clerk to take over a newer state."""
        return not self.isHidden() and self._handler is not None

    def press(self) -> None:
        """Do what the line offers."""
        self._on_clicked()

    def _on_clicked(self) -> None:
        handler = self._handler
        self.put_away()
        if handler is not None:
            handler()

"""One fact of a case (事实栏): reached by Tab, corrected by Enter."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.ui.widgets.cards import text_label
from desk.ui.widgets.composing import is_composing
from desk.ui.widgets.focus_row import FocusRow

_BETWEEN = 8
_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Fact(FocusRow):
    """What all facts can do: take the focus, and ask for their correction.

    Signals:
        correction_asked: the clerk wants to correct it; carries the fact's name.
    """

    correction_asked = Signal(str)

    def __init__(self, name: str, caption: str, *, is_correctable: bool) -> None:
        super().__init__()
        self._name, self._caption, self._is_correctable = name, caption, is_correctable
        self._said = ""
        self._words = text_label("", wraps=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if is_correctable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_words(self, words: str, note: str = "") -> None:
        """Show what the fact says."""
        self._said = words
        self._words.setText(words)
        self.setAccessibleName(f"{self._caption} {words} {note}".rstrip())
        self.setAccessibleDescription("按 Enter 更正" if self._is_correctable else "")

    def words(self) -> str:
        """Return what the fact says."""
        return self._said

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the correction with Enter."""
        if event.key() in _PRESSES and self._is_correctable and not is_composing():
            self.correction_asked.emit(self._name)
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the correction by double click too."""
        if self._is_correctable:
            self.correction_asked.emit(self._name)
        super().mouseDoubleClickEvent(event)


class FactRow(Fact):
    """A short fact: its name, what it says, and a quieter word beside or below."""

    def __init__(self, name: str, caption: str, *, is_correctable: bool) -> None:
        super().__init__(name, caption, is_correctable=is_correctable)
        self._beside, self._below = text_label("", "hint"), text_label("", "hint", wraps=True)
        self._head = text_label(caption, "label")
        self._head_width = self.fontMetrics().horizontalAdvance("诉求人一")
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 2, 4, 2)
        grid.setHorizontalSpacing(_BETWEEN)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, self._head_width)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._head, 0, 0)
        self._line = QHBoxLayout()
        self._line.setSpacing(_BETWEEN)
        self._line.addWidget(self._words)
        self._line.addWidget(self._beside)
        self._line.addStretch()
        grid.addLayout(self._line, 0, 1)
        grid.addWidget(self._below, 1, 1)
        for words in (self._words, self._beside, self._below):
            words.setMinimumWidth(1)  # so that the row can be narrower than its words

    def set_words(self, words: str, note: str = "") -> None:
        """Show what the fact says, and a quieter word."""
        super().set_words(words, note)
        self._beside.setText(note)
        self._below.setText(note)
        self._fit()

    def add(self, widget: QWidget) -> None:
        """Put a widget behind the words."""
        self._line.insertWidget(self._line.count() - 1, widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words, and put the note below them, where it is narrow."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self._head_width - _BETWEEN - 8
        words = self._words.fontMetrics().horizontalAdvance(self._said) + 4
        note = self._beside.fontMetrics().horizontalAdvance(self._beside.text())
        wraps = words > room
        fits = not wraps and words + note + 2 * _BETWEEN <= room
        self._words.setWordWrap(wraps)
        self._line.setStretch(0, int(wraps))  # else the empty end of the line takes the room
        self._beside.setVisible(bool(note) and fits)
        self._below.setVisible(bool(note) and not fits)
        middle, top = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop
        self._head.setAlignment(top if wraps else middle)


class LongFactRow(Fact):
    """A fact of many lines, in the size for reading; its caption stands above it."""

    def __init__(self, name: str, caption: str, *, is_correctable: bool) -> None:
        super().__init__(name, caption, is_correctable=is_correctable)
        self._words.setProperty("role", "reading")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 2, 4, 2)
        column.addWidget(self._words)

"""A field for long text (诉求内容、核实记录): grows, counts, and never cuts what was written."""

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QTextEdit, QWidget

from desk.ui.theme import THEME, Type, say_state, tokens
from desk.ui.widgets.composing import is_composing

_LINE_PERCENT = 120.0  # of the font's own line: 26 pixels at 100 %
_FRAME = 14
_FINISH = Qt.KeyboardModifier.ControlModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Foot(QWidget):
    """The line below the text: how much has been written, and what else belongs there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._note = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 0, 8, 2)
        self._label = QLabel(self)
        say_state(self._label, role="hint")
        self._row.addWidget(self._label)
        self._row.addStretch()
        self.hide()

    def open(self, note: str, extra: QWidget | None) -> None:
        """Show the foot with `note` behind the count and `extra` at the right."""
        self._note = note
        if extra is not None:
            self._row.addWidget(extra)
        self.show()

    def count(self, length: int) -> None:
        """Say how many characters there are."""
        note = f" · {self._note}" if self._note else ""
        self._label.setText(f"已写 {length} 字{note}")

    def wanted_height(self) -> int:
        """Return how much room the foot takes from the text."""
        if self.isHidden():
            return 0
        return max(self.sizeHint().height(), tokens().sizes.text_line)


class TextArea(QTextEdit):
    """Plain text in lines of 26 pixels; Tab goes on, Ctrl+Enter is left to the form.

    Signals:
        text_changed: committed text has changed; carries it whole.
        left: the focus has gone elsewhere in the window.
    """

    text_changed = Signal(str)
    left = Signal()

    def __init__(
        self, name: str = "", *, lines: int = 3, most: int = 12, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines, self._most = lines, most
        self._last = ""
        self._fills = False
        self.setAccessibleName(name)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._foot = _Foot(self)
        self._set_line_height()
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        THEME.changed.connect(self._on_size_changed)

    def text(self) -> str:
        """Return what has been written."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show `text` instead; the caret goes behind it."""
        self.setPlainText(text)
        self._set_line_height()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def add_text(self, text: str) -> None:
        """Write `text` at the caret, as a phrase from the list does."""
        self.insertPlainText(text)

    def length(self) -> int:
        """Return how many characters have been written, line breaks left out."""
        return len(self.toPlainText().replace("\n", ""))

    def set_foot(self, note: str, extra: QWidget | None = None) -> None:
        """Show the count of characters with `note` below the text, and `extra` at the right."""
        self._foot.open(note, extra)
        self._foot.count(self.length())
        self._place_foot()
        self._on_size_changed()

    def fill(self) -> None:
        """Take all the height there is instead of only what the text needs."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._fills = True
        self._on_size_changed()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text only, with the line breaks of this program."""
        self.insertPlainText(source.text().replace("\r\n", "\n").replace("\r", "\n"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter to the form; everything else is writing."""
        if event.key() in _ENTER and event.modifiers() & _FINISH and not is_composing():
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the field that the clerk has left, unless only a menu has opened."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the foot at the lower edge."""
        super().resizeEvent(event)
        self._place_foot()
        self._on_size_changed()

    def sizeHint(self) -> QSize:
        """Return a height for the text between the fewest and the most lines."""
        return QSize(super().sizeHint().width(), self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        """Return the height of the fewest lines."""
        return QSize(120, self._height_of(self._lines))

    def _place_foot(self) -> None:
        height = self._foot.wanted_height()
        self.setViewportMargins(0, 0, 0, height)
        self._foot.setGeometry(QRect(2, self.height() - height - 3, self.width() - 4, height))

    def _height_of(self, lines: int) -> int:
        return lines * tokens().sizes.text_line + _FRAME + 6 + self._foot.wanted_height()

    def _wanted_height(self) -> int:
        written = round(self.document().size().height()) + _FRAME + self._foot.wanted_height()
        return min(max(written, self._height_of(self._lines)), self._height_of(self._most))

    def _on_size_changed(self) -> None:
        wanted = self._height_of(self._lines) if self._fills else self._wanted_height()
        if wanted != self.minimumHeight():
            self.setMinimumHeight(wanted)
            self.updateGeometry()

    def _on_text_changed(self) -> None:
        text = self.toPlainText()
        if text == self._last:
            return  # only a preedit text or a format has changed
        self._last = text
        self._foot.count(self.length())
        self.text_changed.emit(text)

    def _set_line_height(self) -> None:
        """Spread the lines; new lines inherit it. Not something to be undone."""
        self.document().setUndoRedoEnabled(False)
        self.document().setDefaultFont(tokens().font(Type.INPUT))
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spread = QTextBlockFormat()
        kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight
        spread.setLineHeight(_LINE_PERCENT, kind.value)
        cursor.mergeBlockFormat(spread)
        self.document().setUndoRedoEnabled(True)

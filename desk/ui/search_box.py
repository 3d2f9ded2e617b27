"""A line to type into with what was found below it (查找框): above the page, never a window."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QVBoxLayout, QWidget
from shiboken6 import isValid

from desk.ui.palette_rows import PaletteList, PaletteRow
from desk.ui.theme import say_state
from desk.ui.widgets.cards import rule, text_label
from desk.ui.widgets.checked_field import TextLine
from desk.ui.widgets.composing import is_composing

_ROWS, _FEWEST, _ROW = 8, 3, 44
_PAUSE_MS = 120
_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS,
    Qt.Key.Key_PageUp: -_ROWS,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBox(QFrame):
    """Searches a moment after the last stroke; Enter takes a row, Esc gives the focus back.

    Args:
        host: the window above which the box stands.
        name: what the box is called.
        width: its width, where the window has room for it.
    """

    def __init__(self, host: QWidget, name: str, width: int) -> None:
        super().__init__(host)
        self._host, self._wide = host, width
        self.before: QWidget | None = None
        self.line = TextLine()
        self.list = PaletteList(_ROW)
        self._said = text_label("", "hint", wraps=True)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._build(name)
        self._pause.timeout.connect(self._search_now)
        self.line.textChanged.connect(self._on_typed)
        self.list.clicked.connect(lambda index: self.choose(index.row()))
        self.line.installEventFilter(self)
        self.hide()

    # What each box says for itself

    def search(self, text: str) -> None:
        """Look for what fits; `text` says something."""
        raise NotImplementedError

    def cleared(self) -> None:
        """Show what there is before anything has been typed."""
        raise NotImplementedError

    def choose(self, row: int) -> None:
        """Take a row."""
        raise NotImplementedError

    def on_enter(self) -> None:
        """Take the chosen row; where the search has not begun yet, begin it."""
        if self._pause.isActive() or not self.list.rows():
            self._search_now()
        else:
            self.choose(max(self.list.currentIndex().row(), 0))

    # What all boxes can do

    def appear(self, text: str) -> None:
        """Stand above the page with `text` in the line and the caret behind it."""
        if self.isHidden():
            self.before = self.window().focusWidget()
        self.line.setText(text)
        self.line.selectAll()
        self.place()
        self.show()
        self.raise_()
        self.line.setFocus()

    def put_away(self) -> None:
        """Hide, and give the focus back to where it was."""
        self._pause.stop()
        self.hide()
        before, self.before = self.before, None
        if before is not None and isValid(before) and before.isVisible():  # its panel may be gone
            before.setFocus()

    def rows(self) -> tuple[PaletteRow, ...]:
        """Return what is shown, from the top."""
        return self.list.rows()

    def say(self, words: str) -> None:
        """Say something below the list."""
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self.place()

    def show_rows(self, rows: list[PaletteRow]) -> None:
        """Show what was found, the first row chosen."""
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.place()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the size of the window only while there is something to place."""
        super().showEvent(event)
        self.place()
        self._host.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the window's events alone."""
        super().hideEvent(event)
        self._host.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list from the line; stay in place when the window changes its size."""
        if watched is self._host:
            if event.type() == QEvent.Type.Resize:
                self.place()
            return False
        if event.type() == QEvent.Type.FocusOut and not self.list.underMouse():
            QTimer.singleShot(0, self._on_focus_left)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()  # closes this layer only
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        return not is_composing() and self._on_key(Qt.Key(event.key()))

    def place(self) -> None:
        """Take the place in the upper middle, as high as what there is to show."""
        width = min(self._wide, self._host.width() - 32)
        top = self._host.height() // 9
        rows = min(len(self.list.rows()), _ROWS) * _ROW
        over = self._height_with(rows) - (self._host.height() - top - 16)
        if over > 0:  # a low window shows fewer rows, the rest by scrolling
            self._height_with(max(rows - over, _FEWEST * _ROW))
        self.resize(width, self.sizeHint().height())
        left = (self._host.width() - width) // 2
        self.move(QPoint(left, top))

    def _height_with(self, rows: int) -> int:
        self.list.setFixedHeight(rows)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        return self.sizeHint().height()

    def _on_key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.put_away()
        elif key in _MOVES:
            self.list.move_by(_MOVES[key])
        elif key in _ENTER:
            self.on_enter()
        else:
            return False
        return True

    def _build(self, name: str) -> None:
        say_state(self, kind="bundle")
        self.setAccessibleName(name)
        self.line.setPlaceholderText(name)
        self.line.setAccessibleName(name)
        # the caret stays in the line, so the line says which row is chosen
        self.list.spoken.connect(self.line.setAccessibleDescription)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 12, 12, 10)
        self.body.setSpacing(8)
        self.body.addWidget(self.line)
        self.body.addWidget(rule())
        self.body.addWidget(self.list)
        self.body.addWidget(self._said)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setOffset(0, 4)
        shadow.setBlurRadius(16)
        ink = QColor(Qt.GlobalColor.black)
        ink.setAlphaF(0.18)
        shadow.setColor(ink)
        self.setGraphicsEffect(shadow)

    def _on_typed(self, text: str) -> None:
        self._pause.stop()
        if text.strip():
            self._pause.start()
        else:
            self.cleared()

    def _search_now(self) -> None:
        self._pause.stop()
        text = self.line.text()
        if text.strip():
            self.search(text)

    def _on_focus_left(self) -> None:
        if not self.isHidden() and not self.line.hasFocus():
            self.before = None  # the clerk has gone elsewhere on purpose
            self.put_away()

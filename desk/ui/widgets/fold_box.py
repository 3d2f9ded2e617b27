"""Something to unfold (更多): closed, its line still says what is filled in."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.ui.icons import paint_icon
from desk.ui.theme import Type, tokens
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import StatusChip
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import (
    key_cap_width,
    paint_focus,
    paint_key_cap,
    paint_text,
    text_width,
)


class _FoldButton(PaintedButton):
    """The head: an arrow, the word, the key."""

    def __init__(self, text: str, key: str) -> None:
        super().__init__(text)
        self._key = key
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        look = tokens()
        wide = 24 + text_width(look.font(Type.BODY, bold=True), self.text()) + 6
        if self._key:
            wide += key_cap_width(look, self._key) + 8
        return QSize(round(wide + 1), look.sizes.filter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        spot = QRectF(area.left() + 2, area.center().y() - 7, 14, 14)
        paint_icon(painter, "fold" if self.isChecked() else "unfold", spot, look.text2)
        font = look.font(Type.BODY, bold=True)
        words = QRectF(
            area.left() + 22, area.top(), text_width(font, self.text()) + 1, area.height()
        )
        paint_text(painter, words, self.text(), font, look.text)
        if self._key:
            cap = key_cap_width(look, self._key)
            key = QRectF(words.right() + 8, area.top(), cap, area.height())
            paint_key_cap(painter, key, self._key, look)
        if self.hasFocus():
            paint_focus(painter, area, look, 4)
        painter.end()


class FoldBox(QWidget):
    """A part of a form that is folded away until it is wanted; fill it through `body`.

    Signals:
        opened: the box was opened or closed; carries which.
    """

    opened = Signal(bool)

    def __init__(
        self, text: str, key: str = "", host: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._head = _FoldButton(text, key)
        self._summary = QHBoxLayout()
        self._summary.setSpacing(8)
        self._summary.addStretch()  # else an empty summary puts the head into the middle
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self._head)
        line.addLayout(self._summary, 1)
        self._content = QWidget(self)
        self._content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 8, 0, 0)
        self.body.setSpacing(12)
        self._content.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._content)
        self._head.toggled.connect(self._on_toggled)
        if key and host is not None:
            KeyShortcut(key, host).pressed.connect(self._head.click)

    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self._head.isChecked()

    def set_open(self, *, is_open: bool) -> None:
        """Show the content or fold it away."""
        self._head.setChecked(is_open)

    def set_summary(self, filled: Iterable[str], empty: Iterable[str] = ()) -> None:
        """Say in the head line what is filled in, and quietly what is not."""
        while (item := self._summary.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for word in filled:
            self._summary.addWidget(StatusChip(word, Tone.NOW))
        for word in empty:
            self._summary.addWidget(text_label(word, "caption"))
        self._summary.addStretch()

    def _on_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._content.setVisible(is_open)
        self.opened.emit(is_open)

"""What has happened meanwhile (合并提醒): a few lines at the lower right, without focus."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from desk.ui.icons import icon
from desk.ui.theme import say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, IconButton, KeyButton
from desk.ui.widgets.cards import text_label

_MOST = 5
_SECONDS = 8
_MARGIN = 16
_WIDTH = 340
_LINK_PAD = 6  # what a link keeps free at its left


@dataclass(frozen=True, slots=True)
class BundleLine:
    """One line: a sentence, a quieter one below it, and where it leads.

    Attributes:
        state: `warn` for what is near, `bad` for what is over, `ok` for what went well.
        stays: until it has been read; otherwise it goes by itself.
        key: a later line with the same key takes its place.
    """

    text: str
    detail: str = ""
    state: str = ""
    stays: bool = False
    on_pressed: Callable[[], None] | None = None
    key: str = ""


_MARKS = {
    "bad": ("error", "bad"),
    "warn": ("warning", "near"),
    "ok": ("ok", "ok"),
    "": ("info", "text2"),
}


class Bundle(QFrame):
    """All lines of one person in one box; new ones join, none blinks.

    Args:
        host: the window in whose lower right corner the box stands.

    Signals:
        read: the clerk has put the box away.
    """

    read = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._lines: list[BundleLine] = []
        say_state(self, kind="bundle")
        self.setAccessibleName("提醒")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_time_over)
        app = QApplication.instance()
        if isinstance(app, QApplication):  # what is written now must not lie below it
            app.focusChanged.connect(self._on_focus_changed)
        self.hide()

    def add_lines(self, lines: Iterable[BundleLine]) -> None:
        """Show further lines above those that are still there."""
        new = list(lines)
        keys = {line.key for line in new} - {""}
        self._lines = [*new, *(line for line in self._lines if line.key not in keys)]
        self._show_lines()
        self._timer.start(_SECONDS * 1000)

    def lines(self) -> list[BundleLine]:
        """Return what is shown, from the top."""
        return self._lines[:_MOST] if not self.isHidden() else []

    def drop(self, key: str) -> None:
        """Take the line with this key away; the others stay."""
        if any(line.key == key for line in self._lines):
            self._lines = [line for line in self._lines if line.key != key]
            self._show_lines()

    def put_away(self) -> None:
        """Take all lines as read."""
        self._lines = []
        self._timer.stop()
        self.hide()
        self.read.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the size of the window only while there is something to place."""
        super().showEvent(event)
        self._host.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the window's events alone."""
        super().hideEvent(event)
        self._host.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the window changes its size."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        head = QHBoxLayout()
        self._head = text_label("提醒", "strong")
        close = IconButton("close", "收起提醒", self)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.put_away)
        head.addWidget(self._head)
        head.addStretch()
        head.addWidget(close)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._further = text_label("", "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 4, 6, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._grid)
        column.addWidget(self._further)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setOffset(0, 4)
        shadow.setBlurRadius(16)
        ink = QColor(Qt.GlobalColor.black)
        ink.setAlphaF(0.18)
        shadow.setColor(ink)
        self.setGraphicsEffect(shadow)

    def _show_lines(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, line in enumerate(self._lines[:_MOST]):
            self._add_line(line, at * 2)
        for at in range(self._grid.count()):
            item = self._grid.itemAt(at)
            if item is not None and (new := item.widget()) is not None:
                new.show()  # the layout does so later, and counts no room for what is hidden
        rest = len(self._lines) - _MOST
        self._further.setText(f"另有 {rest} 条，都在铃铛里。")
        self._further.setVisible(rest > 0)
        must_be_read = any(line.stays for line in self._lines)
        say_state(self, state="bad" if must_be_read else "")
        self._head.setText("到时限了，请看" if must_be_read else "提醒")
        say_state(self._head, state="bad" if must_be_read else "")
        self.setVisible(bool(self._lines))
        self._place()
        self.raise_()

    def _add_line(self, line: BundleLine, row: int) -> None:
        name, colour = _MARKS[line.state]
        mark = QLabel(self)
        side = tokens().sizes.icon
        mark.setPixmap(icon(name, colour).pixmap(QSize(side, side)))
        is_link = line.on_pressed is not None
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(mark, row, 0, middle if is_link else Qt.AlignmentFlag.AlignTop)
        if line.on_pressed is None:
            self._grid.addWidget(text_label(line.text, wraps=True), row, 1)
        else:
            link = KeyButton(line.text, kind=ButtonKind.QUIET, parent=self)
            link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            link.clicked.connect(line.on_pressed)
            self._grid.addWidget(link, row, 1, Qt.AlignmentFlag.AlignLeft)
        if line.detail:
            detail = text_label(line.detail, "hint", wraps=True)
            detail.setContentsMargins(_LINK_PAD if is_link else 0, 0, 0, 6)
            self._grid.addWidget(detail, row + 1, 1)

    def _place(self) -> None:
        if self.isHidden():
            return
        width = min(_WIDTH, self._host.width() - 2 * _MARGIN)
        self.resize(width, 10)
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None else 0
        self.resize(width, max(height, self.sizeHint().height()))
        self.move(self._free_spot())

    def _free_spot(self) -> QPoint:
        """Return where the box hides neither a step nor what is being written.

        That is the lower right corner; where there are buttons, the one above it, or one at the
        left.
        """
        sizes = tokens().sizes
        right = self._host.width() - _MARGIN - self.width()
        low = self._host.height() - sizes.action_bar - sizes.status_line - _MARGIN - self.height()
        left, high = sizes.navigation + _MARGIN, sizes.top_bar + _MARGIN
        spots = [QPoint(right, low), QPoint(right, high), QPoint(left, low), QPoint(left, high)]
        taken = self._taken()
        free = (
            spot
            for spot in spots
            if not any(QRect(spot, self.size()).intersects(place) for place in taken)
        )
        return next(free, spots[0])

    def _taken(self) -> list[QRect]:
        """Return where the buttons are and the widget that has the keyboard."""
        buttons: list[QWidget] = [
            button
            for button in self._host.findChildren(KeyButton)
            if button.kind is not ButtonKind.QUIET and button.isVisibleTo(self._host)
        ]
        focused: QWidget | None = self._host.window().focusWidget()
        if focused is not None and self._host.isAncestorOf(focused):
            buttons.append(focused)
        origin = QPoint(0, 0)
        return [QRect(widget.mapTo(self._host, origin), widget.size()) for widget in buttons]

    def _on_focus_changed(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self._place()

    def _on_time_over(self) -> None:
        self._lines = [line for line in self._lines if line.stays]
        self._show_lines()

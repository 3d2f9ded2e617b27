"""The foot of the window (状态行): whether we are connected, what is kept, what time it is."""

from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desk.rules.moments import in_shanghai
from desk.ui.icons import icon
from desk.ui.keys import GlobalKey
from desk.ui.theme import THEME, say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label

_WEEKDAYS = "一二三四五六日"


class Connection(StrEnum):
    """How things stand with the database."""

    CONNECTED = "connected"
    LOCAL = "local"  # one file on this machine
    AWAY = "away"  # the server does not answer


_LOOKS = {
    Connection.CONNECTED: ("ok", "ok", "", "已连接"),
    Connection.LOCAL: ("ok", "ok", "", "本机数据"),
    Connection.AWAY: ("offline", "near", "warn", "未连接"),
}
_WARNED = ("warning", "near", "warn")


class StatusLine(QFrame):
    """Left: connection and what has just been kept; right: what is under way, date and time.

    Signals:
        pressed: the words at the left were clicked.
        work_pressed: what is under way is to be seen.
    """

    pressed = Signal()
    work_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say_state(self, kind="bar")
        self._connection, self._words = Connection.CONNECTED, ""
        self._warning = ""
        self._parts: list[str] = []
        self._mark = QLabel(self)
        self._left, self._right = text_label("", "caption"), text_label("", "caption")
        self._left.setAccessibleName("状态")
        self._left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._work = KeyButton("", GlobalKey.WORKS, kind=ButtonKind.QUIET, parent=self)
        self._work.clicked.connect(self.work_pressed)
        self._work.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 0, 14, 0)
        row.setSpacing(5)
        row.addWidget(self._mark)
        row.addWidget(self._left, 1)
        row.addWidget(self._work)
        row.addWidget(self._right)
        self._show()
        THEME.changed.connect(self._show)

    def set_connection(self, connection: Connection, words: str = "") -> None:
        """Show how things stand with the database; `words` replace the usual ones."""
        self._connection, self._words = connection, words
        self._show()

    def set_warning(self, words: str) -> None:
        """Show what must be put right on this machine, before all else; none takes it away."""
        if words != self._warning:
            self._warning = words
            self._show()

    def set_parts(self, *parts: str) -> None:
        """Show what else the clerk should know (“草稿 09:46:17 已存在本机”), in this order."""
        self._parts = [part for part in parts if part]
        self._show()

    def set_work(self, words: str) -> None:
        """Show what is under way (“导出台账 45%”); no words hide it."""
        if words != self._work.text():
            self._work.setText(words)
            self._work.setAccessibleName(f"正在做：{words}")
            self._work.updateGeometry()
        self._work.setVisible(bool(words))

    def set_moment(self, moment: datetime, whose: str = "服务器时间") -> None:
        """Show the time that counts."""
        wall = in_shanghai(moment)
        day = f"{wall.year}年{wall.month}月{wall.day}日 星期{_WEEKDAYS[wall.weekday()]}"
        self._right.setText(f"{day}  {wall:%H:%M:%S}  {whose}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lead on from the words at the left."""
        super().mouseReleaseEvent(event)
        if self._left.geometry().contains(event.position().toPoint()):
            self.pressed.emit()

    def text(self) -> str:
        """Return what stands at the left."""
        return self._left.text()

    def _show(self) -> None:
        picture, colour, state, words = _LOOKS[self._connection]
        if self._warning and self._connection is not Connection.AWAY:
            picture, colour, state = _WARNED
        sizes = tokens().sizes
        side = sizes.icon_small
        self._mark.setPixmap(icon(picture, colour).pixmap(QSize(side, side)))
        said = [self._words or words, self._warning, *self._parts]
        self._left.setText(" · ".join(part for part in said if part))
        self._left.setToolTip(self._left.text())
        say_state(self._left, state=state)
        self.setFixedHeight(sizes.status_line)

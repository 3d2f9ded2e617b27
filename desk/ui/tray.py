"""How much is over or near, where it is seen when the window is not (托盘、任务栏)."""

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QSystemTrayIcon

from desk.rules.clock_faces import ClockState
from desk.rules.tally import Tally
from desk.ui.icons import icon, paint_icon
from desk.ui.theme import Type, tokens
from desk.ui.widgets.painting import paint_box, paint_text, text_width

_SIDE = 64
_MOST = 99


class Tray(QObject):
    """The icon beside the system's clock, with the figures in its words and on it.

    Signals:
        pressed: the clerk wants the window in front.
    """

    pressed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icon = QSystemTrayIcon(icon("logo", "accent"), self)
        self._icon.activated.connect(lambda _reason: self.pressed.emit())
        self.show_tally(Tally())
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._icon.show()

    def show_tally(self, tally: Tally) -> None:
        """Show other figures; none of them shows the plain icon."""
        self._icon.setIcon(badge_icon(tally))
        self._icon.setToolTip("，".join(part for part in ("案台", tally.words()) if part))
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and hasattr(app, "setBadgeNumber"):  # Qt 6.5 and later
            app.setBadgeNumber(tally.over + tally.near)

    def words(self) -> str:
        """Return what the icon says."""
        return self._icon.toolTip()

    def remove(self) -> None:
        """Take the icon away: the program ends."""
        self.show_tally(Tally())
        self._icon.hide()


def badge_icon(tally: Tally) -> QIcon:
    """Return the program's icon with the number of cases: red once one is over."""
    number = tally.over + tally.near
    if not number:
        return icon("logo", "accent")
    look = tokens()
    picture = QPixmap(_SIDE, _SIDE)
    picture.fill(Qt.GlobalColor.transparent)
    colours = look.clocks[ClockState.OVER if tally.over else ClockState.NEAR]
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_icon(painter, "logo", QRectF(0, 0, _SIDE, _SIDE), look.accent)
    spot = QRectF(_SIDE * 0.25, _SIDE * 0.4, _SIDE * 0.75, _SIDE * 0.6)
    paint_box(painter, spot, colours.tint, None, spot.height() / 2)
    font = look.font(Type.STOPWATCH, bold=True)
    words = str(number) if number <= _MOST else f"{_MOST}+"
    lines = QFontMetricsF(font)
    larger = min(spot.height() / lines.height(), spot.width() * 0.9 / text_width(font, words))
    painter.translate(spot.center())
    painter.scale(larger, larger)
    room = QRectF(-_SIDE, -_SIDE, 2 * _SIDE, 2 * _SIDE)
    paint_text(painter, room, words, font, colours.text, Qt.AlignmentFlag.AlignCenter)
    painter.end()
    return QIcon(picture)

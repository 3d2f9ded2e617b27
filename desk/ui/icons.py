"""The program's own icons (图标): one-colour drawings, tinted by a token of the theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from desk.ui.theme import RESOURCES, THEME, tokens

_SIZES = (14, 18, 20, 28, 36)
_RATIOS = (1.0, 2.0)
_NAME, _TOKEN = "iconName", "iconToken"


def icon_names() -> list[str]:
    """Return the names of all icons that the program has."""
    return sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg"))


def icon(name: str, colour: str = "text2") -> QIcon:
    """Return the icon called `name` in the token `colour`; the same object each time."""
    return _icon(name, tokens().colour(colour).rgba())


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw the icon called `name` into `rect`, as delegates and painted widgets need it."""
    _renderer(name, colour.rgba()).render(painter, rect)


def wear_icon(button: QAbstractButton, name: str, colour: str = "text2", size: int = 0) -> None:
    """Give `button` an icon that follows when the theme changes."""
    button.setProperty(_NAME, name)
    button.setProperty(_TOKEN, colour)
    side = size or tokens().sizes.icon
    button.setIconSize(QSize(side, side))
    button.setIcon(icon(name, colour))


def _tint_again() -> None:
    for widget in QApplication.allWidgets():
        if isinstance(widget, QAbstractButton) and widget.property(_NAME):
            widget.setIcon(icon(str(widget.property(_NAME)), str(widget.property(_TOKEN))))


@lru_cache(maxsize=512)
def _renderer(name: str, rgba: int) -> QSvgRenderer:
    drawn = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    colour = QColor.fromRgba(rgba).name()
    return QSvgRenderer(QByteArray(drawn.replace("currentColor", colour).encode()))


@lru_cache(maxsize=512)
def _icon(name: str, rgba: int) -> QIcon:
    made = QIcon()
    for side in _SIZES:
        for ratio in _RATIOS:
            pixels = round(side * ratio)
            picture = QPixmap(pixels, pixels)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            _renderer(name, rgba).render(painter, QRectF(0, 0, pixels, pixels))
            painter.end()
            picture.setDevicePixelRatio(ratio)
            made.addPixmap(picture)
    return made


THEME.changed.connect(_tint_again)

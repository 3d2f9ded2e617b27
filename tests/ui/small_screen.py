"""A hall's smallest screen at 150 %: 911 × 512, and what is cut on it."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QScrollArea,
)

from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.giving_way import GivingWay

WIDTH, HEIGHT = 911, 512 - 40  # a window manager's title takes the rest
_CONTROLS = (QLabel, QAbstractButton, QLineEdit)


def cut(page):
    """Return what of the page is cut: out of sight to the side, too narrow or too low."""
    seen = (
        one
        for kind in _CONTROLS
        for one in page.findChildren(kind)
        if one.isVisible() and not isinstance(one.parent(), QAbstractScrollArea)
    )
    return [_words(one) for one in seen if _is_cut(one, page)]


def main_buttons(page):
    """Return for each main button whether all of it can be pressed."""
    found = {}
    for one in page.findChildren(KeyButton):
        if one.isVisible() and one.kind is ButtonKind.MAIN:
            found[one.text()] = one.visibleRegion().boundingRect() == one.rect()
    return found


def _is_cut(one, page):
    frame = _frame_of(one, page)
    place = QRect(one.mapTo(frame, QPoint(0, 0)), one.size())
    if place.left() < 0 or place.right() > frame.width():
        return True
    if frame is page and (place.top() < 0 or place.bottom() > frame.height()):
        return True
    return _is_squeezed(one)


def _is_squeezed(one):
    if isinstance(one, QLabel) and one.wordWrap():
        return one.heightForWidth(one.width()) > one.height() + 1
    if isinstance(one, QLineEdit):
        return False
    least = one.minimumSizeHint()
    needs = one.sizeHint().width() if _is_plain(one) else 0
    return one.width() < needs or one.height() < least.height()


def _is_plain(one):
    return isinstance(one, QLabel | KeyButton) and not isinstance(one, GivingWay)


def _frame_of(one, page):
    """Return what cuts it: the window of a part that scrolls, or the page."""
    above = one.parentWidget()
    while above is not page:
        if isinstance(above.parentWidget(), QScrollArea):
            return above.parentWidget().viewport()
        above = above.parentWidget()
    return page


def _words(one):
    return one.text() or one.accessibleName()

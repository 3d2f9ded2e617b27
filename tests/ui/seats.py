"""Somebody before a page of his: it has come to rest when its desk is idle."""

from PySide6.QtGui import QKeySequence


def rest(qtbot, page):
    """Wait until nothing is under way any more."""
    qtbot.waitUntil(lambda: not page.desk.tasks.is_busy, timeout=20_000)


def press(qtbot, page, key):
    """Press a key where the keyboard is, and wait for what comes of it."""
    pressed = QKeySequence(key)[0]
    qtbot.keyClick(page.focusWidget() or page, pressed.key(), pressed.keyboardModifiers())
    rest(qtbot, page)


def seated(qtbot, life, desk_of, kind, name):
    """Return a page of this kind, shown to a member of staff as the program shows it."""
    desk = desk_of(name)
    desk.set_time(life.hall.clock())
    page = kind(desk)
    qtbot.addWidget(page)
    page.resize(1214, 716)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.arrive()
    rest(qtbot, page)
    return page

"""Decides what the resident's screen may show of the form (对面屏, F10), and when it is emptied.

Words are shown only while the clerk writes a form that began empty: the person it is about sits
there. A draft that is taken up again, or a form that somebody comes back to, stays dark until the
clerk presses F10, for somebody else may stand at the counter now.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desk.ui.intake.facts import Content, is_empty
from desk.ui.intake.saving import Saved
from desk.ui.keys import GlobalKey, shown
from desk.ui.resident_window import ResidentWindow
from desk.ui.widgets.composing import KeyShortcut

_NUMBER_MS = 60_000  # long enough to write a number down; then it is the next one's turn
_ONE_SCREEN = "没有接第二块屏，对面屏先开成一个窗口，可以拖到诉求人看得到的地方。"
_OPENED = "对面屏已打开，只显示正在写的诉求内容和登记后的编号；再按 {key} 关上。"
_CLOSED = "对面屏已关上。"
_SHOWN = "对面屏又显示正在写的内容。"


class _Presence(QWidget):
    """Nothing to look at: it is shown and hidden with the page that it lies on.

    No filter of events: Python may collect one before its page, which then calls what is gone.

    Signals:
        came: the page is there.
        went: it was left.
    """

    came = Signal()
    went = Signal()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the page is there."""
        super().showEvent(event)
        self.came.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that it was left."""
        super().hideEvent(event)
        self.went.emit()


class Facing(QObject):
    """The screen that faces the resident, for one page of intake.

    Args:
        content: returns what the form holds.
        say: takes a sentence for the clerk.
    """

    def __init__(
        self, host: QWidget, content: Callable[[], Content], say: Callable[[str], None]
    ) -> None:
        super().__init__(host)
        self._host, self._content, self._say = host, content, say
        self._hall = ""
        self._shows = False
        self.window: ResidentWindow | None = None
        self._over = QTimer(self, singleShot=True, interval=_NUMBER_MS)
        self._over.timeout.connect(self._show)
        presence = _Presence(host)
        presence.setFixedSize(0, 0)
        presence.came.connect(partial(self._look_again, is_there=True))
        presence.went.connect(partial(self._look_again, is_there=False))
        KeyShortcut(GlobalKey.FACING, host).pressed.connect(self.toggle)

    def set_hall(self, name: str) -> None:
        """Greet in the name of the hall."""
        self._hall = name
        if self.window is not None:
            self.window.set_hall(name)

    def toggle(self) -> None:
        """Open it, show the form again where it was dark, or close it (F10)."""
        if self.window is None:
            self.window = ResidentWindow(self._host)
            self.window.set_hall(self._hall)
        if self.window.isVisible() and (self._shows or is_empty(self._content())):
            self.window.close()
            self._say(_CLOSED)
            return
        was_open = self.window.isVisible()
        self._shows = True
        self._show()
        if was_open:
            self._say(_SHOWN)
            return
        is_second = self.window.open_for_residents()
        self._host.activateWindow()  # whatever the system thinks: the clerk goes on writing
        self._say(_OPENED.format(key=shown(GlobalKey.FACING)) if is_second else _ONE_SCREEN)

    def follow(self) -> None:
        """Show what is being written now."""
        self._over.stop()
        self._show()

    def begin(self) -> None:
        """Show nothing of the form before; a form that is not empty stays dark."""
        self._over.stop()
        self._shows = is_empty(self._content())
        self._show()

    def show_number(self, saved: Saved) -> None:
        """Show the number of what was just saved, unless somebody else is being written down."""
        if self.window is not None and is_empty(self._content()):
            self.window.show_number(saved.number)
            self._over.start()

    def _look_again(self, *, is_there: bool) -> None:
        """Go dark when the page is left or the screen is locked; an empty form begins anew."""
        self._over.stop()
        self._shows = is_there and is_empty(self._content())
        self._show()

    def _show(self) -> None:
        window = self.window
        if window is None:
            return
        content = self._content()
        words = str(content.get("details") or "") if self._shows else ""
        window.show_words(words, is_secret=bool(content.get("hides_appellant")))

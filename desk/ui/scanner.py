"""What a machine types (扫码枪、读卡器): a burst of keys, faster than any hand.

A scanned receipt opens its case; an identity card laid on a reader fills the form. From the
second quick key on, keys are held back, Tab and Enter too, so that none of them moves the caret,
chooses a category or presses a button. When the burst turns out to be ours, whatever the first
keys did to a text is put back; when it is not, the held keys go on as if nothing had happened.
With an input method on, letters arrive as finished text instead of keys and the Enter is eaten;
so a burst also ends by silence, and the input method is shut out as soon as a burst is certain.
"""

import re
from collections.abc import Callable
from datetime import date
from time import monotonic
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desk.clock import machine_now
from desk.rules.card_bursts import CardFacts, read_card
from desk.rules.moments import day_of
from desk.ui.kept_text import KeptText, hides_typing

RECEIPT = re.compile(r"CD1[:：](\d{1,19})(?:[:：].*)?", re.IGNORECASE)
_OF_NO_CASE = re.compile(r"CD1[:：]0[:：][a-z-]+[:：](\d{1,19})", re.IGNORECASE)
_PAUSE = 0.15  # seconds; nobody types a whole code at this pace
_QUICK = 0.03  # seconds between two keys of a machine
_SILENCE_MS = 90  # a burst is over
_CERTAIN = 6  # quick keys after which the input method is shut out
_CARD = 15  # characters without which there is no card; shorter texts set no timer
_PACE = 0.06  # seconds for each character of a card on an average; nobody types a number like this
_LONGEST = 400  # a card with all its parts
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HOLD_ONLY = frozenset(  # pressed along with others: no keys of their own
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock}
)
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def case_of(code: str) -> int | None:
    """Return the case id in a scanned code, or None when it is not one of ours."""
    found = RECEIPT.fullmatch(code.strip())
    return int(found.group(1)) if found else None


def paper_of(code: str) -> int | None:
    """Return the id of the paper in a scanned code where it belongs to no case, else None."""
    found = _OF_NO_CASE.fullmatch(code.strip())
    return int(found.group(1)) if found else None


class Scanner(QObject):
    """Listens at our windows for bursts.

    Args:
        today: says which day it is, for dates of birth to come.

    Attributes:
        has_form: whether a form is in front that takes cards; without one, a number that comes
            alone is what somebody wants to have typed.

    Signals:
        scanned: one of our codes was read; carries the case id.
        paper_scanned: a list of the hall was read, which belongs to no case; carries its id.
        card_read: an identity card was read; carries the CardFacts.
    """

    scanned = Signal(object)
    paper_scanned = Signal(object)
    card_read = Signal(object)

    _is_going_on: ClassVar[bool] = False  # held keys are on their way; whoever else listens, too

    def __init__(
        self, parent: QObject, today: Callable[[], date] = lambda: day_of(machine_now())
    ) -> None:
        super().__init__(parent)
        self._today = today
        self.has_form: Callable[[], bool] = lambda: True
        self._burst, self._stamp, self._seen, self._took = "", 0, 0.0, 0.0
        self._kept: dict[QWidget, KeptText] = {}  # the one with the keyboard first
        self._held: list[QKeyEvent] = []
        self._shut_out: QWidget | None = None
        self._is_listening = True
        self._over = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._over.timeout.connect(self._on_silence)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._listen)
            app.focusObjectChanged.connect(self._listen)
            self._listen(app.focusWindow())
            self._listen(app.focusObject())

    def stop(self) -> None:
        """Listen no more; what is held goes on."""
        self._let_go()
        self._begin()
        self._is_listening = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Collect what comes fast, hold it back, and keep what turns out to be a burst of ours."""
        if Scanner._is_going_on or not self._is_listening:
            return False
        if isinstance(event, QKeyEvent) and isinstance(watched, QWindow):
            if event.type() == QEvent.Type.KeyPress:
                return self._on_key(event)
            if event.type() == QEvent.Type.ShortcutOverride and self._held:
                return self._on_shortcut(event)
        elif isinstance(event, QInputMethodEvent) and isinstance(watched, QWidget):
            self._on_commit(event.commitString())
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() in _HOLD_ONLY:
            return False
        letter = _letter(event)
        if not letter or event.isAutoRepeat() or hides_typing(QApplication.focusWidget()):
            self._let_go()
            self._begin()
            return False
        gap = self._gap(event.timestamp())
        if gap > _PAUSE:
            self._let_go()
            self._begin()
        if letter.isspace() and not self._burst:
            return False  # nothing begins with Tab or Enter
        self._took += gap if self._burst else 0.0
        if letter == "\n" and self._take(is_whole=gap > _QUICK):
            return True
        is_quick = bool(self._burst) and gap <= _QUICK
        self._add(letter)
        if self._held or is_quick:
            self._hold(event)
            return True
        if letter == "\n":
            self._begin()
        return False

    def _on_shortcut(self, event: QKeyEvent) -> bool:
        """Let no key of a burst be a shortcut; before any other one let the held keys go."""
        if _letter(event):
            event.accept()
            return True
        if event.key() not in _HOLD_ONLY:
            self._let_go()
        return False

    def _on_commit(self, words: str) -> None:
        if not words:
            return
        self._let_go()
        gap = self._gap(0)
        if gap > _PAUSE or hides_typing(QApplication.focusWidget()):
            self._begin()
        if len(words) > 1 and len(self._burst) < _CERTAIN:
            self._begin()  # a word of the clerk's, whatever comes right behind it
            return
        self._took += gap if self._burst else 0.0
        self._add(words)

    def _add(self, letters: str) -> None:
        widget = QApplication.focusWidget()
        kept = KeptText.of(widget)
        if widget is not None and kept is not None:
            self._kept.setdefault(widget, kept)
        self._burst = (self._burst + letters)[-_LONGEST:]
        if len(self._burst) >= _CARD:
            self._over.start()

    def _hold(self, event: QKeyEvent) -> None:
        self._held.append(event.clone())
        self._over.start()
        widget = QApplication.focusWidget()
        enabled = Qt.WidgetAttribute.WA_InputMethodEnabled
        if len(self._held) == _CERTAIN and widget is not None and widget.testAttribute(enabled):
            QGuiApplication.inputMethod().reset()
            widget.setAttribute(enabled, on=False)
            self._shut_out = widget

    def _gap(self, stamp: int) -> float:
        """Return the seconds since the key before, by the system's own stamps if it sets any."""
        now, before = monotonic(), self._stamp
        gap = (stamp - before) / 1000 if stamp and before else now - self._seen
        self._stamp, self._seen = stamp or before, now
        return gap

    def _begin(self) -> None:
        self._burst, self._took = "", 0.0
        self._kept.clear()
        self._over.stop()

    def _take(self, *, is_whole: bool) -> bool:
        """Tell of what was read, if it is ours, and put back what it has done.

        Args:
            is_whole: whether nothing follows; a card may have an Enter behind each part.
        """
        burst = self._burst
        case, paper = case_of(burst), paper_of(burst)
        card = self._card(burst) if is_whole and case is None else None
        if case is None and card is None:
            return False
        self._put_back()
        if card is not None:
            self.card_read.emit(card)
        elif paper is not None:
            self.paper_scanned.emit(paper)
        else:
            self.scanned.emit(case)
        return True

    def _card(self, burst: str) -> CardFacts | None:
        if self._took > _PACE * len(burst):
            return None
        card = read_card(burst, today=self._today())
        return card if card is None or card.name or self.has_form() else None

    def _on_silence(self) -> None:
        if not (len(self._burst) >= _CARD and self._take(is_whole=True)):
            self._let_go()

    def _put_back(self) -> None:
        self._held.clear()
        self._let_input_method_in()
        kept = list(self._kept.values())
        for text in reversed(kept):
            text.put_back()
        if kept:
            kept[0].focus()
        self._begin()

    def _let_go(self) -> None:
        """Let the held keys go on to whatever has the keyboard."""
        self._let_input_method_in()
        held, self._held = self._held, []
        Scanner._is_going_on = True
        for event in held:
            window = QGuiApplication.focusWindow()
            if window is not None:
                QApplication.sendEvent(window, event)
        Scanner._is_going_on = False

    def _let_input_method_in(self) -> None:
        if self._shut_out is not None and isValid(self._shut_out):
            self._shut_out.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._shut_out = None

    def _listen(self, to: QObject | None) -> None:
        if to is not None:
            to.removeEventFilter(self)  # once is enough
            to.installEventFilter(self)


def _letter(event: QKeyEvent) -> str:
    """Return what a key of a reader writes; empty for a key that only a person presses."""
    if event.modifiers() & ~_PLAIN:
        return ""
    if event.key() in _ENTER:
        return "\n"
    if event.key() == Qt.Key.Key_Tab:
        return "\t"
    return event.text() if event.text().isprintable() else ""

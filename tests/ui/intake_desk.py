"""A clerk at the intake form: words come from the input method, everything else from keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.store.models import Case, PrivateFacts
from desk.ui.intake_screen import IntakeScreen

ALT, CTRL, SHIFT, NO = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
_PATIENCE_MS = 20_000  # a machine may be busy with other tests
PHONE, OTHER = "13800000023", "13800000045"
ADDRESS = "青榕花园7栋2单元401"
WORDS = "楼道灯座漏电，孩子摸到发麻，请求尽快修好。"


class Clerk:
    """Types into whatever has the focus, and counts the strokes that are not words."""

    def __init__(self, qtbot, hall, desk, screen: IntakeScreen):
        self.qtbot, self.hall, self.desk, self.screen = qtbot, hall, desk, screen
        self.strokes = 0

    @property
    def form(self):
        return self.screen.work.sheet.form

    @property
    def foot(self):
        return self.screen.work.foot

    @property
    def side(self):
        return self.screen.work.side

    def press(self, key, modifiers=NO):
        self.strokes += 1
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)

    def say(self, words):
        """Commit words as an input method does; they do not count."""
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(QApplication.focusWidget(), event)

    def compose(self, preedit):
        """Have a word half-written in the input method."""
        QApplication.sendEvent(QApplication.focusWidget(), QInputMethodEvent(preedit, []))

    def dial(self, digits):
        """Type plain letters; they do not count either."""
        QTest.keyClicks(QApplication.focusWidget(), digits)

    def quiet(self):
        """Wait until everything asked has been answered."""
        lookups = self.screen._advice._lookups
        category = self.form.category
        self.qtbot.waitUntil(
            lambda: (
                not (
                    lookups._timer.isActive()
                    or category._timer.isActive()
                    or self.screen._repeats._timer.isActive()
                    or self.desk.tasks.is_busy
                )
            ),
            timeout=_PATIENCE_MS,
        )

    def write_walk_in(self, *, phone=PHONE, name="陈桂芳", address=ADDRESS, words=WORDS):
        """Write an ordinary appeal, from the telephone to the words."""
        self.dial(phone)
        self.press(Qt.Key.Key_Return)
        self.say(name)
        self.press(Qt.Key.Key_Return)
        self.say(address)
        self.press(Qt.Key.Key_Return)
        self.say(words)
        self.quiet()

    def save(self, key=Qt.Key.Key_F7, modifiers=NO):
        """Take an exit and wait for the number."""
        with self.qtbot.waitSignal(self.screen._saving.saved, timeout=_PATIENCE_MS):
            self.press(key, modifiers)
        self.quiet()

    def cases(self):
        """Return all cases with their private facts, oldest first."""
        with Session(self.hall.engine, expire_on_commit=False) as session:
            query = select(Case, PrivateFacts).join(PrivateFacts).order_by(Case.id)
            return [tuple(row) for row in session.execute(query)]

    def case(self):
        """Return the only case."""
        (row,) = self.cases()
        return row


def sit_down(qtbot, hall, desk) -> Clerk:
    """Open the form in a window of the usual size."""
    screen = IntakeScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1214, 690)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.arrive()
    clerk = Clerk(qtbot, hall, desk, screen)
    qtbot.waitUntil(lambda: screen._hall is not None)
    clerk.quiet()
    return clerk

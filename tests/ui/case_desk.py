"""Sits someone down before the case file or the boards, and works them by keys alone."""

from PySide6.QtCore import Qt

from desk.ui.board_screen import BoardScreen
from desk.ui.case_screen import CaseScreen
from desk.ui.drafts import drafts_of

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NO = Qt.KeyboardModifier.NoModifier
RETURN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape
_PATIENCE_MS = 60_000  # a machine may be busy with other tests


class Sitting:
    """One person before one screen; everything goes through the keyboard."""

    stays_open = False  # until the test is over

    def __init__(self, qtbot, hall, desk, screen):
        self.qtbot, self.hall, self.desk, self.screen = qtbot, hall, desk, screen
        self.page = screen.page
        if not self.stays_open:
            qtbot.addWidget(screen)
        screen.resize(1214, 690)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        screen.arrive()
        self.quiet()

    @property
    def panel(self):
        """The panel that is open, if any."""
        return self.page.host.panel

    def focused(self):
        """What has the keyboard."""
        return self.screen.window().focusWidget() or self.screen

    def quiet(self):
        """Wait until everything asked has been answered."""
        drafts = drafts_of(self.desk)
        timer = getattr(self.screen, "_soon", None)
        self.qtbot.waitUntil(
            lambda: (
                not self.desk.tasks.is_busy
                and drafts.is_loaded
                and not (timer is not None and timer.isActive())
            ),
            timeout=_PATIENCE_MS,
        )

    def press(self, key, modifier=NO):
        """Press a key wherever the keyboard is, and let everything come to rest."""
        self.desk.set_time(self.hall.clock())
        self.qtbot.keyClick(self.focused(), key, modifier)
        self.quiet()

    def alt(self, letter):
        """Press Alt and a letter."""
        self.press(getattr(Qt.Key, f"Key_{letter}"), ALT)

    def write(self, text):
        """Write where the keyboard is."""
        self.qtbot.keyClicks(self.focused(), text)

    def go_to(self, name):
        """Go to a field of the panel by Tab, as a clerk does."""
        wanted = self.panel.form.entries[name]
        for _ in range(40):
            if self._stands_in(name):
                return wanted
            self.qtbot.keyClick(self.focused(), Qt.Key.Key_Tab)
        raise AssertionError(f"no Tab leads to {name}")

    def fill(self, name, text):
        """Go to a field and write into it."""
        self.go_to(name)
        self.write(text)

    def choose(self, name, digit):
        """Go to a row of choices and take one by its number."""
        self.go_to(name)
        self.qtbot.keyClick(self.focused(), getattr(Qt.Key, f"Key_{digit}"))

    def finish(self):
        """Ctrl+Enter: do what the panel is about."""
        self.press(RETURN, CTRL)

    def offered(self):
        """What “现在可以” offers."""
        return self.page.bar.labels()

    def _stands_in(self, name):
        before = self.focused()
        entry = self.panel.form.entries[name]
        entry.focus()
        there = self.focused()
        before.setFocus()
        return there is before


def sit_at_case(qtbot, life, desk_of, who, case):
    """Open a case for someone."""
    desk = desk_of(who)
    desk.set_time(life.hall.clock())
    sitting = Sitting(qtbot, life.hall, desk, CaseScreen(desk))
    sitting.screen.open_case(case)
    sitting.quiet()
    return sitting


def sit_at_board(qtbot, life, desk_of, who):
    """Open the boards for someone."""
    desk = desk_of(who)
    desk.set_time(life.hall.clock())
    return Sitting(qtbot, life.hall, desk, BoardScreen(desk))

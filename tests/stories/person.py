"""Whoever sits before the program: signs in, presses keys, says words, reads the screen.

Nothing here calls a page or an action. Keys go to whatever has the focus, Chinese words come from
the input method, and what is asserted is what the screen shows.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desk.demo.street import DEMO_PASSWORD
from desk.ui.drafts import drafts_of
from desk.ui.preview import PaperPreview
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.choice_chips import ChoiceChips
from tests.stories.reading import SeenPaper

Key = Qt.Key
ALT, CTRL, SHIFT, NO = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
# Offered to nearly everybody at all times; the steps in the life of a case are the others.
BESIDES = frozenset(
    {"批注", "附件", "关联重复", "更正事实", "签字件扫回", "更正文书", "打印", "为什么不能办结"}
)
_SOON_MS = 500  # a timer that fires once within this time is part of what is going on now
_PATIENCE_MS = 20_000
_MOST_TABS = 60


def in_front():
    """Return the window that the keyboard writes to, as the system sees it."""
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window is in front"
    return window


class Person:
    """Works one program with a keyboard; several people may do so one after the other."""

    def __init__(self, qtbot, program):
        self.qtbot, self.program = qtbot, program

    # Coming and going

    def sign_in(self, login, password=DEMO_PASSWORD):
        """Sign in at the page in front, whoever it was offered to."""
        page = self.program.page
        self.type_login(login, password)
        assert self.window is not None, page.password.state().sentence
        assert self.window.isVisible(), page.password.state().sentence
        return self

    def type_login(self, login, password):
        """Type login and password, whatever comes of it."""
        self.quiet()
        page = self.program.page
        assert page.isVisible(), "nobody has left this desk"
        if not page.login.edit.hasFocus():
            self.press(Key.Key_Backtab, SHIFT)
        self.press(Key.Key_A, CTRL)
        self.dial(login)
        self.press(Key.Key_Tab)
        self.dial(password)
        self.press(Key.Key_Return)

    def sit_down(self):
        """Take the keyboard; it wrote to another desk's window before."""
        self.program.frame.activateWindow()
        self.qtbot.waitUntil(self.program.frame.isActiveWindow)
        self.quiet()
        return self

    def leave(self):
        """Lock the screen and go."""
        self.press(Key.Key_L, CTRL)
        assert self.program.page.isVisible()
        return self

    def make_way_for(self, login):
        """Lock the screen; a colleague signs in at the same desk."""
        return self.leave().sign_in(login)

    # Hands

    def press(self, key, modifiers=NO):
        """Press a key wherever the keyboard is, and let everything come to rest."""
        QTest.keyClick(in_front(), key, modifiers)
        self.quiet()

    def alt(self, letter):
        """Press Alt and a letter or digit."""
        self.press(getattr(Key, f"Key_{letter}"), ALT)

    def ctrl(self, letter):
        """Press Ctrl and a letter."""
        self.press(getattr(Key, f"Key_{letter}"), CTRL)

    def dial(self, digits):
        """Type plain letters and digits."""
        for digit in digits:
            QTest.keyClick(in_front(), digit)

    def say(self, words):
        """Commit words as an input method does."""
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(self.focused(), event)

    def finish(self):
        """Ctrl+Enter: do what the open panel is about; it must go through."""
        panel = self.panel
        self.press(Key.Key_Return, CTRL)
        assert self.panel is None, f"{panel.title}：{panel.said()} {self.troubles()}"

    def quiet(self):
        """Wait until everything asked has been answered and drawn."""
        calm = 0

        def is_calm():
            nonlocal calm
            calm = 0 if self._is_working() else calm + 1
            return calm > 1

        self.qtbot.waitUntil(is_calm, timeout=_PATIENCE_MS)

    # Cases

    def take_in(self, *, phone, name, address, words):
        """Write an ordinary appeal on a fresh form, up to the category."""
        self.press(Key.Key_F2)
        assert self.page_name() == "intake"
        self.dial(phone)
        self.press(Key.Key_Return)
        self.say(name)
        self.press(Key.Key_Return)
        self.say(address)
        self.press(Key.Key_Return)
        self.say(words)
        self.press(Key.Key_Tab)
        self.press(Key.Key_1)

    def saved_number(self):
        """Return the number that the intake says it has given."""
        words = self.front.work.foot.saved_words()
        assert words.startswith("已存 "), words
        return words.removeprefix("已存 ").partition("，")[0]

    def find(self, asked):
        """Open a case from anywhere by what is known of it."""
        self.look_for(asked)
        assert self.found(), f"{asked} 没有找到"
        self.press(Key.Key_Return)
        assert self.page_name() == "case"
        return self

    def look_for(self, asked):
        """Type into Ctrl+K and wait for the answer."""
        self.ctrl("K")
        self.say(asked)
        self.quiet()

    def found(self):
        """Return what Ctrl+K shows of cases, in words."""
        rows = self.window.palette_box.rows()
        return [f"{row.head} {row.mark}" for row in rows if row.group == "案件"]

    def steps(self):
        """Return the steps of the case's life that “现在可以” offers to this person."""
        return [label for label in self.front.page.bar.labels() if label not in BESIDES]

    def status(self):
        """Return where the case stands, as its heading says."""
        return self.front.page.heading.status()

    def history(self):
        """Return the verbs of the timeline, the newest first."""
        return [entry.verb for entry in self.front.page.steps.timeline.entries()]

    # The panel beside the case

    @property
    def panel(self):
        """The panel that is open, if any."""
        return self.front.page.host.panel

    def go_to(self, name):
        """Go to a field of the panel by Tab."""
        for _ in range(_MOST_TABS):
            if self._stands_in(name):
                return
            QTest.keyClick(in_front(), Key.Key_Tab)
        raise AssertionError(f"no Tab leads to {name} in {self.panel.title}")

    def fill(self, name, words):
        """Go to a field and say something into it."""
        self.go_to(name)
        self.say(words)

    def choose(self, name, digit):
        """Go to a row of choices and take one by its number."""
        self.go_to(name)
        self.press(getattr(Key, f"Key_{digit}"))

    def pick(self, name, words):
        """Go to a field with a list and take what is called so."""
        self.go_to(name)
        self.say(words)
        self.press(Key.Key_Return)

    def do(self, letter, *, words=""):
        """Take a step that needs no more than its key, a few words and Ctrl+Enter."""
        self.alt(letter)
        if words:
            self.say(words)
        self.finish()

    def troubles(self):
        """Return every sentence that stands beside a field of the panel."""
        panel = self.panel
        fields = [] if panel is None else panel.form.findChildren(QWidget)
        said = [field.sentence() for field in fields if hasattr(field, "sentence")]
        said += [field.state().sentence for field in fields if hasattr(field, "state")]
        return [sentence for sentence in said if sentence]

    def panel_words(self):
        """Return everything that can be read in the panel."""
        return self.words_in(self.panel)

    # Papers

    def print_all_papers(self):
        """Look at every paper of the case with F9, print it with Ctrl+P; return what was seen."""
        seen = []
        for at in range(len(self.front.page.papers.rows)):
            self._go_to_paper(at)
            self.press(Key.Key_F9)
            preview = self.preview()
            assert preview is not None
            ready = preview._ready
            seen.append(SeenPaper(ready.paper_id, ready.code, ready.number, ready.pdf))
            self.ctrl("P")
            assert "已送到" in preview._said.text(), preview._said.text()
            self.press(Key.Key_Escape)
            self.program.frame.activateWindow()  # what a window manager does by itself
            self.quiet()
        return seen

    def preview(self):
        """Return the preview that is open, if any."""
        found = self.program.frame.findChildren(PaperPreview)
        return next((one for one in found if one.isVisible()), None)

    # Eyes

    @property
    def window(self):
        """The main window of whoever is signed in."""
        return self.program.window

    @property
    def front(self):
        """The page in front."""
        return self.window.pages.front

    @property
    def desk(self):
        """The desk of whoever is signed in."""
        return self.window.desk

    def words_in(self, widget):
        """Return every word that a part of the screen shows."""
        shown = [*widget.findChildren(QLabel), *self.buttons_in(widget)]
        return "\n".join(one.text() for one in shown if one.isVisible())

    def buttons_in(self, widget):
        """Return the buttons of a part of the screen that can be pressed."""
        return [one for one in widget.findChildren(KeyButton) if one.isVisible()]

    def tab_to(self, name):
        """Go by Tab to what is called so, or to a choice of the row that is called so."""
        for _ in range(_MOST_TABS):
            focused = self.focused()
            row = focused.parentWidget()
            choice_of = row.accessibleName() if isinstance(row, ChoiceChips) else ""
            if name in {focused.accessibleName(), choice_of}:
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"no Tab leads to {name}")

    def page_name(self):
        """Return the name of the page in front."""
        return self.window.pages.page.name

    def focused(self):
        """What has the keyboard."""
        widget = QApplication.focusWidget()
        assert widget is not None, "the keyboard is nowhere"
        return widget

    def _go_to_paper(self, at):
        page = self.front.page
        for _ in range(6):
            if any(row.hasFocus() for row in page.papers.rows):
                break
            self.press(Key.Key_Tab, CTRL)
        for _ in range(_MOST_TABS):
            if page.papers.rows[at].hasFocus():
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"no Tab leads to the {at + 1}. paper")

    def _stands_in(self, name):
        before = self.focused()
        self.panel.form.entries[name].focus()
        there = QApplication.focusWidget()
        before.setFocus()
        return there is before

    def _is_working(self):
        program = self.program
        if program.tasks.is_busy:
            return True
        if program.window is not None and not drafts_of(program.window.desk).is_loaded:
            return True
        timers = program.frame.findChildren(QTimer)
        return any(t.isActive() and t.isSingleShot() and t.interval() < _SOON_MS for t in timers)

"""Whoever sits before the program: signs in, presses keys, says words, reads the screen.

Nothing here calls a page or an action. Keys go to whatever has the focus, Chinese words come from
the input method, and what is asserted is what the screen shows.
"""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk.demo.street import DEMO_PASSWORD
from tests.stories.eyes import Eyes
from tests.stories.hands import CTRL, MOST_TABS, SHIFT, Key, in_front
from tests.stories.reading import SeenPaper


class CaseWorker(Eyes):
    """Works the panels and papers of the case in front."""

    def finish(self):
        """Ctrl+Enter: do what the open panel is about; it must go through."""
        panel = self.panel
        self.press(Key.Key_Return, CTRL)
        assert self.panel is None, f"{panel.title}：{panel.said()} {self.troubles()}"

    def go_to(self, name):
        """Go to a field of the panel by Tab."""
        for _ in range(MOST_TABS):
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

    def _go_to_paper(self, at):
        page = self.front.page
        for _ in range(6):
            if any(row.hasFocus() for row in page.papers.rows):
                break
            self.press(Key.Key_Tab, CTRL)
        for _ in range(MOST_TABS):
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


class Person(CaseWorker):
    """Comes and goes, takes appeals in and finds them; several may do so one after the other."""

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

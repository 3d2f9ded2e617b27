"""Somebody before the file of a case: does a thing wrong, reads what is said, does it right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desk.rules.deeds import Deed
from desk.ui.case.deeds import ways_now
from desk.ui.case_screen import CaseScreen
from tests.ui.case_desk import CTRL, NO, RETURN, Sitting


class Clerk(Sitting):
    """One person before one case after the other; everything goes through the keyboard."""

    stays_open = True

    def __init__(self, qtbot, life, desk):
        self.life, self.case = life, None
        desk.set_time(life.hall.clock())
        super().__init__(qtbot, life.hall, desk, CaseScreen(desk))
        self.screen.setUpdatesEnabled(False)  # what it looks like, tests/ui looks at
        self.said = []
        self.screen.said.connect(self.said.append)

    def begins(self, qtbot, life):
        """Begin another test: nothing of the one before is open."""
        self.qtbot, self.life, self.case = qtbot, life, None
        self.page.host.close_panel()
        self.said.clear()

    def at(self, case):
        """Open a case, or read it anew; the keyboard comes along."""
        self.case = case
        self.desk.set_time(self.hall.clock())
        self.screen.activateWindow()
        self.qtbot.waitUntil(self.screen.isActiveWindow, timeout=60_000)
        self.screen.open_case(case)
        self.screen.setFocus()
        self.quiet()
        return self

    def may(self, deed):
        """Return whether “现在可以” offers this deed."""
        return any(way.deed is deed for way in self._ways())

    def opens(self, deed, option=None):
        """Press the key of a deed; what can be taken back within a minute has Ctrl+Z."""
        if deed in {Deed.TAKE_BACK, Deed.UNSIGN}:
            self.press(Qt.Key.Key_Z, CTRL)
            return self
        fitting = [way for way in self._ways() if way.deed is deed]
        assert fitting, f"{self.desk.person.name}: {deed} not in {self.offered()}"
        way = next(way for way in fitting if option in {None, way.option})
        self.keys(way.key)
        return self

    def keys(self, shortcut):
        """Press a key as the table of keys writes it."""
        pressed = QKeySequence(shortcut)[0]
        self.press(pressed.key(), pressed.keyboardModifiers())

    def fills(self, **fields):
        """Go to each field by Tab; take a choice by its number, items by name, tick, or write."""
        for name, value in fields.items():
            entry = self.go_to(name)
            if isinstance(value, int):
                self.write(str(value))
            elif isinstance(value, list):
                for word in value:
                    self.ticks(word)
            elif isinstance(value, tuple):
                for item in value:
                    self.go_to(name)
                    self.press(Qt.Key.Key_A, CTRL)
                    self.says(item)
                    self.press(RETURN, NO)
            else:
                entry.write("")
                self.says(value)
        return self

    def ticks(self, word):
        """Go on to a box by Tab, and tick it."""
        for _ in range(20):
            if getattr(self.focused(), "text", str)() == word:
                break
            self.press(Qt.Key.Key_Tab, NO)
        self.press(Qt.Key.Key_Space, NO)

    def says(self, words):
        """Commit words where the keyboard is, as an input method does."""
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(self.focused(), event)

    def refused(self, field, sentence):
        """Finish, hear exactly this beside the field (or above the button); nothing is lost."""
        panel, before = self.panel, self._kept()
        self.press(RETURN, CTRL)
        assert self.panel is panel, f"went through: {sentence}"
        assert self.heard(field) == sentence, self.sentences()
        shown = [one for one in panel.findChildren(QLabel) if one.text() == sentence]
        assert any(one.isVisible() for one in shown), f"not to be seen: {sentence}"
        assert self._kept() == before
        return self

    def overtaken(self):
        """Finish while a colleague was quicker: it is said, and nothing is lost."""
        panel, before = self.panel, self.panel.form.content()
        self.press(RETURN, CTRL)
        assert self.panel is panel
        assert "您写的内容还在，请看过最新情况后再存。" in panel.said(), self.sentences()
        assert panel.form.content() == before
        return self

    def resumes(self):
        """Go on where the panel is open, as it was left."""
        self.screen.activateWindow()
        self.qtbot.waitUntil(self.screen.isActiveWindow, timeout=60_000)
        return self

    def heard(self, field=""):
        """Return what is said beside a field, or about the whole panel."""
        if not field:
            return self.panel.said()
        entry = self.panel.form.entries[field]
        place = getattr(entry.say, "__self__", None)
        if place is None:  # a box to tick
            return entry.focus.__self__.accessibleDescription()
        return place.state().sentence if hasattr(place, "state") else place.sentence()

    def told(self):
        """Return what the page itself says, or said last in the line at the foot."""
        return self.page.notice.sentence() or self.said[-1]

    def done(self):
        """Finish, and it is done."""
        before = self.life.case(self.case).version
        self.press(RETURN, CTRL)
        assert self.panel is None, self.sentences()
        assert self.life.case(self.case).version > before
        return self

    def sentences(self):
        """Return everything that the panel says now."""
        fields = self.panel.form.findChildren(QWidget)
        said = [one.sentence() for one in fields if hasattr(one, "sentence")]
        said += [one.state().sentence for one in fields if hasattr(one, "state")]
        return [self.panel.said(), *filter(None, said)]

    def _ways(self):
        return ways_now(self.screen.file, self.desk.person)

    def _kept(self):
        return self.panel.form.content(), self.life.case(self.case).version

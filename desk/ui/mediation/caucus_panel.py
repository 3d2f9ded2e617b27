"""Caucus notes (背靠背笔记): read and written only after one's own password was given again.

What is being written is never put on the disk; it stays in this window's memory while the lock is
shut, and comes back with the next password.
"""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desk.actions.caucus import WriteCaucusNote
from desk.queries.caucus_notes import (
    CaucusNoteView,
    SecondKey,
    caucus_notes,
    open_second_lock,
)
from desk.queries.record_desk import RecordView
from desk.rules.errors import DeskError
from desk.rules.mediation_rights import MediationDeed
from desk.rules.moments import in_shanghai
from desk.ui.desk import Desk
from desk.ui.mediation.deed_panel import MediationPanel, OnMediation
from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.choice_chips import Choice

_SECOND = 1000


class CaucusMemory(QObject):
    """Words not saved yet, by writer and mediation; gone with the window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.words: dict[tuple[int, int], str] = {}


def memory_of(desk: Desk) -> CaucusMemory:
    """Return what this desk remembers."""
    found = desk.findChild(CaucusMemory)
    return found if isinstance(found, CaucusMemory) else CaucusMemory(desk)


class CaucusPanel(MediationPanel):
    """背靠背: shut until the password is given, then open for a few minutes."""

    deed, title, verb = MediationDeed.CAUCUS, "背靠背笔记", "打开"
    keeps_draft: ClassVar[bool] = False

    def build(self) -> None:
        """Lay out both sides of the lock; only one is seen."""
        self._key: SecondKey | None = None
        self._shut = QTimer(self, singleShot=True)
        self._shut.timeout.connect(self.lock)
        self._memory, self._mine = memory_of(self.desk), (self.desk.person.staff_id, self.file.id)
        self.form.add(
            text_label("只有写的人和本案调解员看得到，不进笔录、查找和导出。", "hint", wraps=True)
        )
        self.password = self.form.text("password", "您的登录密码")
        if isinstance(self.password.edit, QLineEdit):
            self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
            self.password.edit.returnPressed.connect(self.submit)
        self._party = self.form.choice(
            "party", "和哪一方单独谈", [Choice(one.id, one.name) for one in self.body.parties]
        )
        self.text: CheckedField = self.form.text("text", "谈了什么", lines=5)
        self.text.changed.connect(self._remember)
        self._list = QWidget()
        say_state(self._list, ground="clear")
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.form.add(self._list)
        self._show()

    def start(self) -> None:
        """Begin with the password, then with the words."""
        (self.password if self._key is None else self.text).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Shut as soon as nobody looks at it any more."""
        super().hideEvent(event)
        if self._key is not None:
            self.lock()

    def is_open(self) -> bool:
        """Return whether the notes can be read now."""
        return self._key is not None

    def shown(self) -> str:
        """Return all notes that can be read on the panel now."""
        labels = [self._lines.itemAt(at) for at in range(self._lines.count())]
        widgets = [one.widget() for one in labels if one is not None]
        return "\n".join(getattr(one, "text", str)() for one in widgets if one is not None)

    def submit(self) -> None:
        """Open the lock, or keep the note."""
        if self._key is None:
            query = partial(open_second_lock, password=self.password.text())
            self.desk.ask(query, owner=self, done=self._on_key, failed=self._on_refused)
        elif self._party.value() is None:
            self.missing("party", "请选是和哪一方谈的。")
        else:
            super().submit()

    def request(self, head: OnMediation) -> WriteCaucusNote:
        """Keep what was said."""
        session = self.option.id if isinstance(self.option, RecordView) else None
        said = self.form.content()
        return WriteCaucusNote(**head, party=said["party"], session=session, text=said["text"])

    def lock(self) -> None:
        """Shut: nothing that was said can be read until the password is given again."""
        self._key = None
        self._show()
        self.say("已自动锁上。没存的字还在，再输一次密码就能接着写。", state="warn")
        if self.text.edit.hasFocus():
            self.start()

    def _on_key(self, key: SecondKey) -> None:
        self._key = key
        self.password.set_text("")
        left = (key.until - self.desk.now()).total_seconds()
        self._shut.start(max(round(left * _SECOND), 0))
        self.say(f"已打开，到 {in_shanghai(key.until):%H:%M} 自动锁上。", state="ok")
        self._show()
        self.start()
        self._read()

    def _read(self) -> None:
        if self._key is not None:
            query = partial(caucus_notes, mediation_id=self.file.id, key=self._key)
            self.desk.ask(query, owner=self, done=self._on_notes, failed=self._on_locked)

    def _on_locked(self, _error: DeskError) -> None:
        self.lock()

    def _on_notes(self, notes: tuple[CaucusNoteView, ...]) -> None:
        self._clear()
        if self._key is None:
            return
        for note in notes:
            at = f"{in_shanghai(note.written_at):%m-%d %H:%M}"
            words = f"{at}　{note.party}（{note.written_by} 记）\n{note.text}"
            line = text_label(words, "body", wraps=True)
            line.setAccessibleName(f"背靠背笔记 {at} {note.party}")
            self._lines.addWidget(line)

    def _on_done(self, changes: object) -> None:
        """Stay open for the next note; the words are kept now."""
        del changes
        self.button.setEnabled(True)
        self._memory.words.pop(self._mine, None)
        self.text.set_text("")
        self.say("笔记已存。", state="ok")
        self._read()

    def _remember(self, words: str) -> None:
        if self._key is not None:
            self._memory.words[self._mine] = words

    def _clear(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _show(self) -> None:
        """Show one side of the lock, with the words that wait behind it."""
        is_open = self._key is not None
        self.password.setVisible(not is_open)
        for widget in (self._party, self.text, self._list):
            widget.setVisible(is_open)
        self.text.set_text(self._memory.words.get(self._mine, "") if is_open else "")
        if not is_open:
            self._clear()
        if hasattr(self, "button"):
            self.button.setText("存笔记" if is_open else self.verb)

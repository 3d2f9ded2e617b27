"""The sentences of a bulletin to be edited (通报文字): one field a section, a sentence a line."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_words import SECTION_WORDS, SECTIONS, Section
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.text_area import TextArea

_LINES = 3
_HINT = "话是按数字写出来的，印发前可以改；一行一句，不要的删掉。数字和表不会跟着改。"


class WordsEditor(Card):
    """One text area for each section of the kind of bulletin; what is filled in is not “edited”.

    Signals:
        edited: somebody has written something.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("通报文字", note=" ", parent=parent)
        self._is_filling = False
        self._hint = text_label(_HINT, "hint", wraps=True)
        self.body.addWidget(self._hint)
        self.fields = {
            section: CheckedField(words, lines=_LINES) for section, words in SECTION_WORDS.items()
        }
        for field in self.fields.values():
            self.body.addWidget(field)
            field.changed.connect(lambda _text: self._on_changed())
        self.body.addStretch(1)

    def show_words(self, kind: BulletinKind, said: Mapping[str, Sequence[str]], note: str) -> None:
        """Show the sentences of a bulletin; sections that this kind has not are put away."""
        self._is_filling = True
        for section, field in self.fields.items():
            field.setVisible(section in SECTIONS[kind])
            field.set_text("\n".join(said.get(section.value, ())))
            if isinstance(field.edit, TextArea):
                field.edit.moveCursor(QTextCursor.MoveOperation.Start)
        self._is_filling = False
        self.say_note(note)

    def say_note(self, note: str) -> None:
        """Say beside the head where the words come from."""
        assert self.head is not None  # noqa: S101 - made above
        self.head.set_note(note)

    def content(self) -> dict[str, list[str]]:
        """Return the sentences that stand in the fields, by section."""
        found = {}
        for section, field in self.fields.items():
            lines = [line.strip() for line in field.text().splitlines() if line.strip()]
            if lines and not field.isHidden():
                found[section.value] = lines
        return found

    def refuse(self, sentence: str) -> None:
        """Say a sentence beside the first section."""
        first = self.fields[Section.OVERVIEW]
        first.set_state(FieldState(Check.BAD, sentence))
        first.setFocus()

    def _on_changed(self) -> None:
        if not self._is_filling:
            self.edited.emit()

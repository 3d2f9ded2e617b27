"""Keeps what is being written in a deed panel (草稿), and offers it when the panel opens again."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desk.rules.moments import in_shanghai
from desk.ui.case.form_column import FormColumn
from desk.ui.desk import Desk
from desk.ui.drafts import draft_key, drafts_of
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label

DRAFT_KIND = "case-panel"


class PanelDraft(QFrame):
    """A line that says whose unsaved words these are; hidden while there are none.

    Signals:
        discarded: the clerk does not want the draft.
    """

    discarded = Signal()

    def __init__(self, desk: Desk, deed: StrEnum, file_id: int, form: FormColumn) -> None:
        super().__init__()
        self._desk, self._form = desk, form
        self._owner = desk.person.staff_id
        self._key = draft_key(f"{DRAFT_KIND}.{deed}", self._owner, file_id)
        self._empty = form.content()
        self._words = text_label("", "label", wraps=True)
        self._build()
        form.edited.connect(self._on_edited)

    def begin(self) -> None:
        """Look for a draft, now or once the drafts are known; the line has its place by now."""
        drafts = drafts_of(self._desk)
        if drafts.is_loaded:
            self.restore()
        else:
            drafts.loaded.connect(self.restore)

    def restore(self) -> None:
        """Put the draft into the fields, unless something was written already."""
        draft = drafts_of(self._desk).get(self._key)
        if draft is None or self._form.content() != self._empty:
            return
        self._form.fill(draft.content)
        kept = in_shanghai(draft.kept_at)
        self._words.setText(f"这是 {kept:%H:%M} 没存完的草稿，可以接着写。")
        self.show()

    def forget(self) -> None:
        """Drop the draft: its deed was done."""
        drafts_of(self._desk).drop(self._key)

    def leave_out(self, name: str) -> None:
        """Keep a field no longer; the next edit writes the draft without it."""
        self._empty.pop(name, None)

    def _build(self) -> None:
        say_state(self, kind="inner")
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 2, 4, 2)
        line.addWidget(self._words, 1)
        discard = KeyButton("不要草稿", kind=ButtonKind.QUIET, parent=self)
        discard.clicked.connect(self._on_discard_clicked)
        line.addWidget(discard)
        self.hide()

    def _on_discard_clicked(self) -> None:
        self.hide()
        self._form.fill(self._empty)
        self.forget()
        self.discarded.emit()

    def _on_edited(self) -> None:
        content = self._form.content()
        if content != self._empty:
            drafts_of(self._desk).keep(self._key, DRAFT_KIND, self._owner, content)

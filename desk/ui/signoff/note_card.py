"""The note on an opinion (批注): optional when signing, required when sending back."""

from desk.ui.desk import Desk
from desk.ui.drafts import draft_key, drafts_of
from desk.ui.keys import ActionKey
from desk.ui.theme import say_state
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.text_area import TextArea

_KIND = "signoff"


class NoteCard(Card):
    """What is written here belongs to one case and outlives a crash."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("批注", key=ActionKey.NOTE)
        self._drafts, self._owner = drafts_of(desk), desk.person.staff_id
        self._case: int | None = None
        self.edit = TextArea("批注，退回时必填", lines=2, most=4)
        self._hint = text_label("可不填；退回时必填。在这里按 Ctrl+Enter 签发", "hint", wraps=True)
        self.body.addWidget(self.edit)
        self.body.addWidget(self._hint)
        self.setFocusProxy(self.edit)
        self.edit.text_changed.connect(self._on_changed)

    def show_case(self, case_id: int | None) -> None:
        """Show what was written about this case and not sent yet."""
        self._case = None  # filling the field is not writing
        kept = self._drafts.get(self._key(case_id)) if case_id is not None else None
        self.edit.set_text(str(kept.content.get("note", "")) if kept else "")
        self._case = case_id
        self._calm()

    def text(self) -> str:
        """Return the note."""
        return self.edit.text().strip()

    def demand(self) -> None:
        """Ask for the note: without it nothing can be sent back."""
        say_state(self._hint, state="bad")
        self.edit.setFocus()

    def sent(self, case_id: int) -> None:
        """Forget the note of a case: it is on record now."""
        self._drafts.drop(self._key(case_id))
        if self._case == case_id:
            self.show_case(None)

    def _key(self, case_id: int) -> str:
        return draft_key(_KIND, self._owner, case_id)

    def _calm(self) -> None:
        say_state(self._hint, state="")

    def _on_changed(self, text: str) -> None:
        self._calm()
        if self._case is None:
            return
        key = self._key(self._case)
        if text.strip():
            self._drafts.keep(key, _KIND, self._owner, {"note": text})
        elif self._drafts.get(key) is not None:
            self._drafts.drop(key)

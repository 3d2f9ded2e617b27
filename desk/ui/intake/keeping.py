"""Keeps every form that is being written as a draft, and offers the others again (草稿)."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.ui.desk import Desk
from desk.ui.drafts import draft_key, drafts_of
from desk.ui.intake.facts import is_empty
from desk.ui.intake.work import IntakeWork

KIND = "intake"


class Keeping(QObject):
    """The drafts of whoever sits here.

    Signals:
        wanted: go on with a draft; carries its content.
    """

    wanted = Signal(object)

    def __init__(self, desk: Desk, work: IntakeWork, parent: QObject) -> None:
        super().__init__(parent)
        self._owner = desk.person.staff_id
        self._work = work
        self.drafts = drafts_of(desk)
        self.drafts.changed.connect(self.show)
        work.side.drafts.wanted.connect(self._on_wanted)
        self.show()

    def key(self, content: Mapping[str, Any]) -> str:
        """Return the key under which a form is kept."""
        return draft_key(KIND, self._owner, content["command"])

    def keep(self) -> None:
        """Keep the form as it is; an emptied one leaves no draft."""
        content = self._work.content()
        if not is_empty(content):
            self.put(content)
        elif self.drafts.get(self.key(content)) is not None:
            self.drafts.drop(self.key(content))

    def put(self, content: Mapping[str, Any]) -> None:
        """Keep this content."""
        self.drafts.keep(self.key(content), KIND, self._owner, content)

    def show(self) -> None:
        """Offer what was not saved yet, apart from the form in front."""
        mine = self.key(self._work.content())
        drafts = self.drafts.all(self._owner, KIND)
        self._work.side.drafts.show_drafts([draft for draft in drafts if draft.key != mine])

    def _on_wanted(self, key: str) -> None:
        draft = self.drafts.get(key)
        if draft is not None:
            self.wanted.emit(draft.content)

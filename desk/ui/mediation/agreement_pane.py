"""The draft of the agreement beside the record (协议草稿): the words only, money comes later."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk.queries.mediation_views import ContentView
from desk.queries.record_desk import DraftView
from desk.ui.mediation.fact_cards import scrolled
from desk.ui.theme import say_state
from desk.ui.widgets.cards import Card
from desk.ui.widgets.checked_field import CheckedField

_FIELDS = (
    ("facts", "纠纷主要事实、争议事项", 3),
    ("terms", "协议内容和各方责任", 6),
    ("way", "履行方式", 2),
    ("term", "履行期限", 2),
)


class AgreementPane(Card):
    """Four fields as the agreement will be printed; nothing here ends the mediation.

    Signals:
        edited: something was written.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__("协议草稿", note="边谈边写，定下来再按“达成协议”")
        say_state(self, kind="card")
        self.fields = {name: CheckedField(words, lines=lines) for name, words, lines in _FIELDS}
        column = QVBoxLayout()
        column.setSpacing(8)
        for name in ("facts", "terms"):
            column.addWidget(self.fields[name])
        pair = QHBoxLayout()
        pair.setSpacing(12)
        for name in ("way", "term"):
            pair.addWidget(self.fields[name], 1)
        column.addLayout(pair)
        column.addStretch()
        self.body.addWidget(scrolled(column), 1)
        for field in self.fields.values():
            field.changed.connect(lambda _text: self.edited.emit())

    def content(self) -> dict[str, Any]:
        """Return the four texts."""
        return {name: field.text() for name, field in self.fields.items()}

    def fill(self, content: dict[str, Any]) -> None:
        """Show these texts."""
        for name, field in self.fields.items():
            if field.text() != content.get(name, ""):
                field.set_text(str(content.get(name, "")))

    def take(self, draft: DraftView | None, content: ContentView) -> None:
        """Show the draft as it was saved; a first one begins with the facts of the dispute."""
        if draft is None:
            self.fill({"facts": content.facts})
        else:
            self.fill({name: getattr(draft, name) for name in self.fields})

    def start(self) -> None:
        """Put the keyboard where the agreement is worded."""
        self.fields["terms"].setFocus()

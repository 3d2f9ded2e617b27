"""The fields of a deed panel, one below the other, each known as data by its request's name."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.ui.case.form_parts import Entry, LabelledChoice, SeveralUnits, Ticks
from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import CheckedField, FieldState
from desk.ui.widgets.choice_chips import CheckChip, Choice
from desk.ui.widgets.moment_edit import MomentEdit
from desk.ui.widgets.picker_field import PickerField


class FormColumn(QWidget):
    """Fields in reading order; drafts, refusals and conflicts find them in `entries`.

    Signals:
        edited: something was written or chosen.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say_state(self, ground="clear")
        self.entries: dict[str, Entry] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2, 0, 8, 0)
        self.column.setSpacing(12)

    def content(self) -> dict[str, Any]:
        """Return everything that stands in the fields, as plain data."""
        return {name: entry.read() for name, entry in self.entries.items()}

    def fill(self, content: Mapping[str, Any]) -> None:
        """Put plain data back into the fields it names."""
        for name, value in content.items():
            if name in self.entries:
                self.entries[name].write(value)

    def clear_sentences(self) -> None:
        """Take away what was said about the fields."""
        for entry in self.entries.values():
            entry.say(FieldState())

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others."""
        self.column.addWidget(widget)

    def text(self, name: str, label: str, **options: Any) -> CheckedField:
        """Add a text line, or an area of `lines` lines."""
        field = CheckedField(label, **options)
        self.know_text(name, label, field)
        self.add(field)
        return field

    def know_text(self, name: str, label: str, field: CheckedField) -> None:
        """Make a text field known that the panel lays out itself."""
        field.changed.connect(lambda _text: self.edited.emit())
        self.entries[name] = Entry(
            label, field.text, field.set_text, field.set_state, field.text, field.setFocus
        )

    def choice(
        self,
        name: str,
        label: str,
        choices: Sequence[Choice],
        *,
        required: bool = False,
        small: bool = False,
    ) -> LabelledChoice:
        """Add a few choices."""
        field = LabelledChoice(label, choices, required=required, small=small)
        field.chosen.connect(lambda _value: self.edited.emit())
        write, focus = field.chips.set_value, field.chips.setFocus
        self.entries[name] = Entry(label, field.value, write, field.say, field.in_words, focus)
        self.add(field)
        return field

    def ticks(self, name: str, label: str, field: Ticks) -> Ticks:
        """Add several things to tick."""

        def words() -> str:
            return "、".join(field.value())

        field.changed.connect(self.edited)
        self.entries[name] = Entry(
            label, field.value, field.set_value, field.say, words, field.setFocus
        )
        self.add(field)
        return field

    def check(self, name: str, text: str, key: str = "") -> CheckChip:
        """Add one box to tick."""
        box = CheckChip(text, key)

        def words() -> str:
            return "是" if box.isChecked() else "否"

        said = text_label("", "hint", wraps=True)
        said.hide()

        def say(state: FieldState) -> None:
            box.setAccessibleDescription(state.sentence)
            said.setText(state.sentence)
            said.setVisible(bool(state.sentence) and box.isVisible())
            say_state(said, state=state.state)

        box.toggled.connect(lambda _on: self.edited.emit())
        self.entries[name] = Entry(text, box.isChecked, box.setChecked, say, words, box.setFocus)
        self.add(box)
        self.add(said)
        return box

    def picker(self, name: str, label: str, field: PickerField) -> PickerField:
        """Add a field whose content is one of a list."""
        field.chosen.connect(lambda _value: self.edited.emit())
        self.entries[name] = Entry(
            label, field.value, field.set_value, field.set_state, field.text, field.setFocus
        )
        self.add(field)
        return field

    def units(self, name: str, label: str, field: SeveralUnits) -> SeveralUnits:
        """Add a field that gathers units."""
        field.changed.connect(self.edited)
        self.entries[name] = Entry(
            label,
            field.value,
            field.set_value,
            field.picker.set_state,
            field.in_words,
            field.picker.setFocus,
        )
        self.add(field)
        return field

    def moment(self, name: str, label: str, field: MomentEdit) -> MomentEdit:
        """Add a field for a moment; kept as it was written."""
        self.know_text(name, label, field)
        self.add(field)
        return field

"""What deed panels are made of: labelled choices, ticks and several units, all read as data."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.rules.wording import choices
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import FilterButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import Check, FieldState
from desk.ui.widgets.choice_chips import CheckChip, Choice, ChoiceChips
from desk.ui.widgets.flow_layout import FlowLayout
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a panel as data: what a request, a draft and a conflict need of it.

    Attributes:
        label: what the clerk calls it.
        read: returns plain data that can be kept as a draft.
        write: puts such data back.
        say: shows a sentence beside the field.
        in_words: returns what stands there as a person reads it.
        focus: puts the keyboard there.
    """

    label: str
    read: Callable[[], Any]
    write: Callable[[Any], None]
    say: Callable[[FieldState], None]
    in_words: Callable[[], str]
    focus: Callable[[], None]


_LONG = 18  # characters of a label that need not fit into one line: the words of a matter


def grow_with_rows(widget: QWidget) -> None:
    """Let a layout above give `widget` the height that its rows need at its width."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


class Labelled(QWidget):
    """A label above something, and a sentence below it when there is one to say."""

    def __init__(self, label: str, inner: QWidget, *, required: bool = False) -> None:
        super().__init__()
        self._inner = inner
        head = QHBoxLayout()
        head.setSpacing(8)
        wraps = len(label) > _LONG
        head.addWidget(text_label(label, "label", wraps=wraps), int(wraps))
        if required:
            must = text_label("必填", "caption")
            say_state(must, state="accent")
            head.addWidget(must)
        if not wraps:
            head.addStretch()
        self._below = text_label("", "hint", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(inner)
        column.addWidget(self._below)
        self.say(FieldState())
        self.setFocusProxy(inner)

    def say(self, state: FieldState) -> None:
        """Show a sentence below, or nothing."""
        self._below.setText(state.sentence)
        self._below.setVisible(bool(state.sentence))
        say_state(self._below, state=str(state.state))
        self._inner.setAccessibleDescription(state.sentence)

    def sentence(self) -> str:
        """Return what is said below the field."""
        return self._below.text()


class LabelledChoice(Labelled):
    """A few choices under a label; digits choose.

    Signals:
        chosen: another choice was made by the clerk; carries its id.
    """

    chosen = Signal(object)

    def __init__(
        self, label: str, offered: Sequence[Choice], *, required: bool = False, small: bool = False
    ) -> None:
        self.chips = ChoiceChips(label, offered, small=small)
        grow_with_rows(self.chips)
        super().__init__(label, self.chips, required=required)
        self._choices = offered
        self.chips.chosen.connect(self._on_chosen)

    def value(self) -> Any:
        """Return the id of the choice that holds, or None."""
        return self.chips.value()

    def set_choices(self, offered: Sequence[Choice]) -> None:
        """Offer other choices; the same ones stay as they are."""
        if list(offered) != list(self._choices):
            self._choices = offered
            self.chips.set_choices(offered)

    def in_words(self) -> str:
        """Return the label of the choice that holds."""
        return next((c.label for c in self._choices if c.id == self.value()), "")

    def _on_chosen(self, value: object) -> None:
        self.say(FieldState())
        self.chosen.emit(value)


class Ticks(Labelled):
    """Several things that may each be ticked; read as the list of those that are.

    Signals:
        changed: one was ticked or unticked.
    """

    changed = Signal()

    def __init__(self, label: str, words: Iterable[str]) -> None:
        row = flowing_box()
        self._boxes = {word: CheckChip(word, parent=row) for word in words}
        layout = row.layout()
        for box in self._boxes.values():
            if layout is not None:
                layout.addWidget(box)
        super().__init__(label, row)
        self.setFocusProxy(next(iter(self._boxes.values())))
        for box in self._boxes.values():
            box.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> list[str]:
        """Return what is ticked, from the left."""
        return [word for word, box in self._boxes.items() if box.isChecked()]

    def set_value(self, words: Iterable[str]) -> None:
        """Tick exactly these."""
        wanted = set(words)
        for word, box in self._boxes.items():
            box.setChecked(word in wanted)

    def box(self, word: str) -> CheckChip:
        """Return one box."""
        return self._boxes[word]


class SeveralUnits(QWidget):
    """A picker that gathers what is chosen; pressing a gathered one takes it out again.

    Signals:
        changed: another unit was gathered, or one was taken out.
    """

    changed = Signal()

    def __init__(
        self, label: str, items: Iterable[PickItem], *, hint: str = "", word: str = "协办"
    ) -> None:
        super().__init__()
        self._word = word
        self._items = {item.id: item for item in items}
        self._chosen: list[object] = []
        self._buttons: list[FilterButton] = []
        self.picker = PickerField(label, self._items.values(), hint=hint)
        self._row = flowing_box()
        self._row.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.picker)
        column.addWidget(self._row)
        self.picker.chosen.connect(self._on_chosen)
        self.setFocusProxy(self.picker)

    def set_items(self, items: Iterable[PickItem]) -> None:
        """Offer these units."""
        self._items = {item.id: item for item in items}
        self.picker.set_items(self._items.values())

    def value(self) -> list[object]:
        """Return the ids that were gathered, in order."""
        return list(self._chosen)

    def set_value(self, wanted: Iterable[object]) -> None:
        """Gather exactly these."""
        self._chosen = [one for one in wanted if one in self._items]
        self._show()

    def in_words(self) -> str:
        """Return the names of the gathered units."""
        return "、".join(self._items[one].label for one in self._chosen)

    def _on_chosen(self, unit: object) -> None:
        if unit is None:
            return
        self.picker.set_value(None)
        if unit not in self._chosen:
            self._chosen.append(unit)
            self._show()
            self.changed.emit()

    def _take_out(self, unit: object) -> None:
        self._chosen.remove(unit)
        self._show()
        self.picker.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        layout = self._row.layout()
        for unit in self._chosen:
            name = self._items[unit].label
            button = FilterButton(self._word, name, icon="close", parent=self._row)
            button.setAccessibleDescription("按空格去掉")
            button.set_value(self._items[unit].label, active=True)
            button.clicked.connect(lambda _on=False, u=unit: self._take_out(u))
            if layout is not None:
                layout.addWidget(button)
            self._buttons.append(button)
        self._row.setVisible(bool(self._chosen))


def flowing_box(*parts: QWidget) -> QWidget:
    """Return a row of parts that breaks; more may be put into its layout."""
    made = QWidget()
    row = FlowLayout(made, gap=8)
    for part in parts:
        row.addWidget(part)
    grow_with_rows(made)
    return made


def coded(table: type[StrEnum]) -> list[Choice]:
    """Return the codes of a table as choices, in the hall's words."""
    return [Choice(code, word) for code, word in choices(table)]


def bad(sentence: str) -> FieldState:
    """Return the state of a field that keeps the deed from being done."""
    return FieldState(Check.BAD, sentence)

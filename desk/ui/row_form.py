"""A form made from a table's columns (行表单): what is filled in are the texts of one row."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desk.exchange.organisation_rows import Column
from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.choice_chips import CheckChip
from desk.ui.widgets.flow_layout import FlowLayout
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_BETWEEN = 16  # between two fields beside each other
_YES_NO = ("是", "否")


class ManyField(QWidget):
    """Several of few (岗位): a box to tick for each.

    Signals:
        changed: another choice was made.
    """

    changed = Signal(str)

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.setAccessibleName(column.name)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(4)
        column_layout.addWidget(text_label(column.name, "label"))
        box = QWidget()
        row = FlowLayout(box, gap=12)
        self._chips = [CheckChip(option) for option in column.options]
        for chip in self._chips:
            chip.toggled.connect(lambda _on: self.changed.emit(self.text()))
            row.addWidget(chip)
        column_layout.addWidget(box)
        self._below = text_label(column.hint, "hint", wraps=True)
        self._hint = column.hint
        column_layout.addWidget(self._below)  # first: without a parent it would be a window
        self._below.setVisible(bool(column.hint))

    def text(self) -> str:
        """Return the ticked words, separated as ledgers do."""
        return "、".join(chip.text() for chip in self._chips if chip.isChecked())

    def set_text(self, text: str) -> None:
        """Tick exactly these words."""
        words = set(text.split("、"))
        for chip in self._chips:
            chip.setChecked(chip.text() in words)

    def set_state(self, state: FieldState) -> None:
        """Say what is wrong with the choice."""
        self._below.setText(state.sentence or self._hint)
        self._below.setVisible(bool(state.sentence or self._hint))


class YesField(QWidget):
    """One box to tick.

    Signals:
        changed: it was ticked or cleared.
    """

    changed = Signal(str)

    def __init__(self, column: Column) -> None:
        super().__init__()
        self._chip = CheckChip(column.name)
        self._chip.toggled.connect(lambda _on: self.changed.emit(self.text()))
        below = QVBoxLayout(self)
        below.setContentsMargins(0, 18, 0, 0)
        below.setSpacing(2)
        below.addWidget(self._chip)
        if column.hint:
            below.addWidget(text_label(column.hint, "hint", wraps=True))
        below.addStretch()
        self.setFocusProxy(self._chip)

    def text(self) -> str:
        """Return 是, or nothing."""
        return "是" if self._chip.isChecked() else ""

    def set_text(self, text: str) -> None:
        """Tick or clear the box."""
        self._chip.setChecked(text == "是")

    def set_state(self, state: FieldState) -> None:
        """Take no notice: a box cannot be wrong."""


FormField = CheckedField | ManyField | YesField


class RowForm(QWidget):
    """The fields of one row, two beside each other where there is room for two.

    Signals:
        changed: something was filled in.
    """

    changed = Signal()

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, FormField] = {}
        self._secret = {column.name for column in columns if column.secret}
        self._wide = {column.name for column in columns if column.many or column.lines}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(10)
        for column in columns:
            field = _made(column)
            field.changed.connect(lambda _text: self.changed.emit())
            self._fields[column.name] = field
        self._beside = 0
        self._arrange(2)

    def minimumSizeHint(self) -> QSize:
        """Return the room for fields below each other."""
        height = super().minimumSizeHint().height()
        return QSize(max((self._least(name) for name in self._fields), default=0), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put two beside each other where both can be read."""
        super().resizeEvent(event)
        narrow = [self._least(name) for name in self._fields if name not in self._wide]
        self._arrange(2 if self.width() >= 2 * max(narrow, default=0) + _BETWEEN else 1)

    def _least(self, name: str) -> int:
        return self._fields[name].minimumSizeHint().width()

    def _arrange(self, beside: int) -> None:
        """Put so many fields beside each other."""
        if beside == self._beside:
            return
        self._beside = beside
        row, side = 0, 0
        for name, field in self._fields.items():
            self._grid.removeWidget(field)
            if name in self._wide:
                row, side = row + (1 if side else 0), 0
                self._grid.addWidget(field, row, 0, 1, beside)
                row += 1
                continue
            self._grid.addWidget(field, row, side, Qt.AlignmentFlag.AlignTop)
            side = (side + 1) % beside
            row += 0 if side else 1
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < beside else 0)
        for at in range(len(self._fields) + 1):
            self._grid.setRowStretch(at, 0)
        self._grid.setRowStretch(row + 1, 1)  # what is left over goes below the last row

    def values(self) -> dict[str, str]:
        """Return the texts of the row."""
        return {name: field.text().strip() for name, field in self._fields.items()}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Show another row; nothing is judged by that."""
        for name, field in self._fields.items():
            field.set_text(values.get(name, ""))
            field.set_state(FieldState())

    def set_options(self, name: str, options: Iterable[str]) -> None:
        """Offer other words in a field that is chosen from a list."""
        field = self._fields[name]
        if isinstance(field, PickerField):
            field.set_items(PickItem(option, option) for option in options if option)

    def show_trouble(self, name: str, sentence: str) -> None:
        """Put a sentence beside the field it is about, and the caret into it."""
        field = self._fields.get(name) or next(iter(self._fields.values()))
        field.set_state(FieldState(Check.BAD, sentence))
        field.setFocus()

    def set_fixed(self, names: Iterable[str]) -> None:
        """Let exactly these fields be read only; a password nobody may fill in is not there."""
        fixed = set(names)
        for name, field in self._fields.items():
            is_fixed = name in fixed
            if isinstance(field, CheckedField) and isinstance(field.edit, QLineEdit):
                field.edit.setReadOnly(is_fixed)
                say_state(field.edit)  # a field that is only read looks like one
                field.setVisible(not (is_fixed and name in self._secret))
                field.setEnabled(not (is_fixed and isinstance(field, PickerField)))
            else:
                field.setEnabled(not is_fixed)

    def field(self, name: str) -> FormField:
        """Return one field."""
        return self._fields[name]

    def focus_first(self) -> None:
        """Put the caret where one begins."""
        next(iter(self._fields.values())).setFocus()


def _made(column: Column) -> FormField:
    if column.many:
        return ManyField(column)
    if column.options == _YES_NO:
        return YesField(column)
    if column.options or column.source is not None:
        items = [PickItem(option, option) for option in column.options]
        return PickerField(
            column.name, items, hint=column.hint, required=column.required, numbered=False
        )
    field = CheckedField(
        column.name, lines=column.lines, hint=column.hint, required=column.required
    )
    if column.secret and isinstance(field.edit, QLineEdit):
        field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field

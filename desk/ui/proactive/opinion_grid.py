"""Opinions typed in one grid (意见成批录入): Enter goes on, the last field makes a new line.

Whoever wrote an answer has answered at the meeting; else a unit is chosen, with a day.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from desk.actions.gatherings import OpinionLine
from desk.rules.day_words import read_near_day
from desk.rules.proactive_codes import AnswerWay
from desk.ui.case.form_column import FormColumn
from desk.ui.case.form_parts import Entry
from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import Check, FieldState, TextLine
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_HEADS = ("", "意见", "谁提的", "现场答复（写了就算现场答复）", "或由谁答复", "期限")
_WIDE = (0, 6, 2, 5, 3, 2)
_NAMES = ("text", "said_by", "answer", "unit", "due_on")


@dataclass(slots=True)
class _Line:
    """The fields of one opinion."""

    fields: dict[str, TextLine]
    unit: PickerField

    def is_empty(self) -> bool:
        """Whether nothing is written in it; the day stands there by itself."""
        return not any(self.fields[name].text().strip() for name in ("text", "answer", "said_by"))


class OpinionGrid(QWidget):
    """As many lines as are needed.

    Signals:
        changed: something was written.
    """

    changed = Signal()

    def __init__(self, due_on: Callable[[], date | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due_on = due_on
        self._units: list[PickItem] = []
        self._lines: list[_Line] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        for column, (words, share) in enumerate(zip(_HEADS, _WIDE, strict=True)):
            self._grid.addWidget(text_label(words, "label"), 0, column)
            self._grid.setColumnStretch(column, share)
        self._said = text_label("", "label", wraps=True)
        self._said.hide()
        self.add_line()

    def set_units(self, units: Iterable[PickItem]) -> None:
        """Offer these units in every line."""
        self._units = list(units)
        for line in self._lines:
            line.unit.set_items(self._units)

    def put_into(self, form: FormColumn) -> None:
        """Stand in a form, known to drafts."""
        self.changed.connect(form.edited)
        form.entries["opinions"] = Entry(
            "意见", self.content, self.fill, self.say, self._in_words, self.focus_first
        )
        form.add(self)
        form.add(self._said)

    def add_line(self) -> None:
        """Add an empty line at the end."""
        row, at = self._grid.rowCount(), len(self._lines)
        number = text_label(str(at + 1), "caption")
        unit = PickerField(f"第 {at + 1} 条由谁答复", self._units)
        unit.hide_label()  # the head of the column stands for it
        unit_line = unit.edit
        assert isinstance(unit_line, TextLine)  # noqa: S101 - a picker has one line
        fields = {name: TextLine() for name in _NAMES if name != "unit"} | {"unit": unit_line}
        self._grid.addWidget(number, row, 0)
        for column, name in enumerate(_NAMES, start=1):
            field = fields[name]
            field.setAccessibleName(f"第 {at + 1} 条 {_HEADS[column]}")
            field.textChanged.connect(lambda _text: self.changed.emit())
            cell = unit if name == "unit" else field
            self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
            cell.show()  # else it takes no focus before the next event
        fields["due_on"].entered.connect(lambda: self._go_on(at))
        self._lines.append(_Line(fields, unit))
        _in_order([fields[name] for name in _NAMES], self._last_before(at))

    def _last_before(self, at: int) -> QWidget | None:
        return self._lines[at - 1].fields["due_on"] if at else None

    def lines(self, today: date) -> tuple[OpinionLine, ...]:
        """Return what was written; empty lines are left out.

        Raises:
            RuleBroken: a day cannot be read.
        """
        written = [line for line in self._lines if not line.is_empty()]
        return tuple(self._opinion(line, at, today) for at, line in enumerate(written))

    def point(self, field: str, sentence: str) -> None:
        """Say what is wrong with one field of one line, and go there."""
        name, _, at = field.partition(":")
        written = [line for line in self._lines if not line.is_empty()] or self._lines
        line = written[min(int(at), len(written) - 1)]
        self.say(FieldState(Check.BAD, sentence))
        target = line.fields.get(name, line.fields["text"])
        say_state(target, state=str(Check.BAD))
        target.setFocus()

    def say(self, state: FieldState) -> None:
        """Say something about the grid, or take back what was said."""
        self._said.setText(state.sentence)
        self._said.setVisible(bool(state.sentence))
        say_state(self._said, state=str(state.state))
        if not state.sentence:
            for line in self._lines:
                for field in line.fields.values():
                    say_state(field, state="")

    def content(self) -> list[dict[str, Any]]:
        """Return all lines as plain data."""
        return [
            {name: line.fields[name].text() for name in _NAMES if name != "unit"}
            | {"unit": line.unit.value()}
            for line in self._lines
            if not line.is_empty()
        ]

    def fill(self, lines: Sequence[dict[str, Any]] | None) -> None:
        """Put plain data back."""
        for at, said in enumerate(lines or ()):
            if at == len(self._lines):
                self.add_line()
            line = self._lines[at]
            for name in _NAMES:
                if name == "unit":
                    line.unit.set_value(said.get("unit"))
                else:
                    line.fields[name].setText(str(said.get(name) or ""))

    def focus_first(self) -> None:
        """Put the caret where one begins."""
        self._lines[0].fields["text"].setFocus()

    def line(self, at: int) -> dict[str, QLineEdit]:
        """Return the fields of a line by their names."""
        return dict(self._lines[at].fields)

    def _in_words(self) -> str:
        return f"{len(self.content())} 条"

    def _go_on(self, at: int) -> None:
        """Go on to the next line; behind the last one a new one is made."""
        if at == len(self._lines) - 1:
            if self._lines[at].is_empty():
                return
            self.add_line()
        self._lines[at + 1].fields["text"].setFocus()

    def _opinion(self, line: _Line, at: int, today: date) -> OpinionLine:
        said: dict[str, Any] = {
            name: line.fields[name].text() for name in ("text", "said_by", "answer")
        }
        if said["answer"].strip():
            return OpinionLine(**said, way=AnswerWay.ON_SPOT)
        due = line.fields["due_on"].text().strip()
        unit = line.unit.value()
        return OpinionLine(
            **said,
            way=AnswerWay.LIMITED,
            unit=unit if isinstance(unit, int) else None,
            due_on=read_near_day(due, today, field=f"due_on:{at}") if due else self._due_on(),
        )


def _in_order(fields: Sequence[QWidget], before: QWidget | None) -> None:
    """Let Tab and Enter go through a line from the left, after the line above."""
    for previous, after in zip([before, *fields[:-1]], fields, strict=True):
        if previous is not None:
            QWidget.setTabOrder(previous, after)

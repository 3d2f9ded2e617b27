"""Parties typed one below the other (当事人): side, name, telephone, address; Enter goes on."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk.rules.identity import phone_check
from desk.rules.mediation_codes import PartyKind, PartySide
from desk.rules.wording import label
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.choice_chips import Choice, ChoiceChips

_SIDES = tuple(Choice(side, label(side)) for side in PartySide)
_KINDS = (Choice(PartyKind.PERSON, "个人"), Choice(PartyKind.ORGANISATION, "单位"))
_CONCEALED = "已隐去，登记时照用。"
_CHECKS = {"ok": Check.PLAIN, "doubtful": Check.WARN, "wrong": Check.BAD}

Written = Mapping[str, Any]


class PartyRow(QWidget):
    """One party: two lines of fields.

    Signals:
        edited: something was written or chosen.
        removal_asked: the row is not wanted.
    """

    edited = Signal()
    removal_asked = Signal()

    def __init__(self, side: PartySide, *, is_fixed: bool) -> None:
        super().__init__()
        self._carried: Written = {}
        self._side = ChoiceChips("站在哪一方", _SIDES, small=True)
        self._kind = ChoiceChips("个人还是单位", _KINDS, small=True)
        self._side.set_value(side)
        self._kind.set_value(PartyKind.PERSON)
        self._away = KeyButton("去掉这一位", kind=ButtonKind.QUIET)
        self._away.clicked.connect(self.removal_asked)
        self.name = CheckedField("姓名")
        self.phone = CheckedField("电话", check=_judge_phone)
        self.address = CheckedField("住址")
        self._build(side, is_fixed=is_fixed)
        for field in (self.name, self.phone, self.address):
            field.changed.connect(lambda _text: self.edited.emit())
        for chips in (self._side, self._kind):
            chips.chosen.connect(lambda _value: self.edited.emit())

    def facts(self) -> dict[str, Any]:
        """Return all that stands in the row."""
        said = {name: field.text() for name, field in self._fields().items()}
        return {"side": str(self._side.value()), "kind": str(self._kind.value()), **said}

    def content(self) -> dict[str, Any]:
        """Return what stands in the row, as plain data; what was only lent to it is left out."""
        lent = dict.fromkeys(self._lent(), "")
        return self.facts() | lent

    def lend(self, known: Written) -> None:
        """Show contact data that may be seen for a while only; no draft keeps them."""
        self._carried = dict(known)
        self.fill({**self.facts(), **known})

    def conceal(self) -> None:
        """Show dots in the place of what was lent; it goes along with saving all the same."""
        for field in self._lent().values():
            if isinstance(field.edit, QLineEdit):
                field.edit.setEchoMode(QLineEdit.EchoMode.Password)
                field.edit.setReadOnly(True)
            field.set_hint(_CONCEALED)

    def fill(self, written: Written) -> None:
        """Put plain data back into the fields it names."""
        self._side.set_value(PartySide(written.get("side", PartySide.APPLICANT)))
        self._kind.set_value(PartyKind(written.get("kind", PartyKind.PERSON)))
        for name, field in self._fields().items():
            field.set_text(str(written.get(name, "") or self._carried.get(name, "")))

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(field.text().strip() for field in (self.name, self.phone, self.address))

    def _fields(self) -> dict[str, CheckedField]:
        return {"name": self.name, "phone": self.phone, "address": self.address}

    def _lent(self) -> dict[str, CheckedField]:
        """Return the fields in which what was lent still stands as it was."""
        return {
            name: field
            for name, field in self._fields().items()
            if field.text() and field.text() == self._carried.get(name)
        }

    def _build(self, side: PartySide, *, is_fixed: bool) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for part in (self._side, self._kind, self.name, self.phone, self.address, self._away):
            part.setParent(self)  # in the order of the Tab key
        self._away.setHidden(is_fixed)
        if is_fixed:
            self._side.hide()
            head.addWidget(text_label(label(side), "strong"))
        else:
            head.addWidget(self._side)
        head.addWidget(self._kind)
        head.addStretch()
        head.addWidget(self._away)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.name, 30)
        line.addWidget(self.phone, 34)
        line.addWidget(self.address, 50)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(line)

    def begin(self) -> None:
        """Go to the name."""
        self.name.setFocus()

    def stops(self) -> tuple[QWidget, ...]:
        """Return what the Tab key goes to, in reading order."""
        fields = (field.edit for field in (self.name, self.phone, self.address))
        return (*self._side.chips(), *self._kind.chips(), *fields, self._away)


class PartyGrid(QWidget):
    """An applicant and a respondent, and as many more as there are.

    Signals:
        edited: something was written, added or taken away.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        say_state(self, ground="clear")
        self.rows: list[PartyRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self._said = text_label("", "hint", wraps=True)
        self._said.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(self._column)
        whole.addWidget(self._said)
        for side in (PartySide.APPLICANT, PartySide.RESPONDENT):
            self._add(side, is_fixed=True)
        more = KeyButton("再加一位当事人", kind=ButtonKind.QUIET, parent=self)  # Tab: last
        more.clicked.connect(self._on_more_clicked)
        foot = QHBoxLayout()
        foot.addWidget(more)
        foot.addStretch()
        whole.addLayout(foot)

    def begin(self) -> None:
        """Go to the first name."""
        self.rows[0].begin()

    def content(self) -> list[dict[str, Any]]:
        """Return the rows as plain data, empty ones too: they keep their place."""
        return [row.content() for row in self.rows]

    def written(self) -> list[dict[str, Any]]:
        """Return the rows in which something was typed."""
        return [row.facts() for row in self.rows if not row.is_empty()]

    def fill(self, rows: Sequence[Written]) -> None:
        """Put plain data back; rows are added and taken away as needed."""
        while len(self.rows) < len(rows):
            self._add(PartySide.THIRD, is_fixed=False)
        while len(self.rows) > max(len(rows), len(PartySide) - 1):
            self._drop(self.rows[-1])
        for row, written in zip(self.rows, rows, strict=False):
            row.fill(written)

    def say(self, state: FieldState) -> None:
        """Say something about the parties, below them."""
        self._said.setText(state.sentence)
        self._said.setVisible(bool(state.sentence))
        say_state(self._said, state=str(state.state))

    def in_words(self) -> str:
        """Return the names."""
        return "、".join(row.name.text() for row in self.rows if not row.is_empty())

    def _add(self, side: PartySide, *, is_fixed: bool) -> PartyRow:
        row = PartyRow(side, is_fixed=is_fixed)
        row.edited.connect(self.edited)
        row.removal_asked.connect(lambda: self._on_removal(row))
        self.rows.append(row)
        self._column.addWidget(row)
        if not is_fixed:
            self._put_behind(self.rows[-2], row)
            row.show()  # the layout does so too late: what is hidden takes no keyboard
        return row

    def _put_behind(self, before: PartyRow, row: PartyRow) -> None:
        """Let the Tab key go to a row after the one above it; Qt puts what is new last.

        Qt puts single widgets in order, no wholes; and no focus proxy leads from a row to its
        name, for Tab would pass over what stands before it.
        """
        for one, after in pairwise((before.stops()[-1], *row.stops())):
            QWidget.setTabOrder(one, after)

    def _drop(self, row: PartyRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _on_more_clicked(self) -> None:
        self._add(PartySide.THIRD, is_fixed=False).begin()
        self.edited.emit()

    def _on_removal(self, row: PartyRow) -> None:
        self._drop(row)
        self.rows[-1].begin()
        self.edited.emit()


def _judge_phone(text: str) -> FieldState:
    found = phone_check(text)
    return FieldState(_CHECKS[found.state.value], found.sentence)

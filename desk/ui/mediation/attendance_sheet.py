"""Who is in the room (到场表): ticked by keyboard, with rights signed and recusal asked."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk.actions.mediation_sessions import Attendance, PartyAnswer
from desk.queries.mediation_views import PartyView
from desk.queries.record_desk import PresentView, RecordView
from desk.rules.wording import label
from desk.ui.case.form_parts import Labelled, flowing_box
from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.choice_chips import CheckChip, Choice, ChoiceChips

_ITSELF = 0  # stands for the party itself among those who come along


class PartyRow(QFrame):
    """One party: who of it is there, whether it signed, and what it answered.

    Args:
        against: the mediator whom a party would refuse now.

    Signals:
        edited: something was ticked, chosen or written.
    """

    edited = Signal()

    def __init__(self, party: PartyView, against: int | None) -> None:
        super().__init__()
        self.party, self._against = party, against
        say_state(self, kind="inner")
        self._people: dict[int, CheckChip] = {}
        self._came: dict[int, PresentView] = {}
        self._build()

    def content(self) -> dict[str, Any]:
        """Return everything that stands here, as plain data."""
        return {
            "there": [key for key, box in self._people.items() if box.isChecked()],
            "signed": self.signed.isChecked(),
            "wants_other": self.asked.value(),
            "against": self._against,
            "reason": self.reason.text(),
        }

    def fill(self, content: Mapping[str, Any]) -> None:
        """Put plain data back."""
        there = set(content.get("there", ()))
        for key, box in self._people.items():
            box.setChecked(key in there)
        self.signed.setChecked(bool(content.get("signed")))
        self.asked.set_value(content.get("wants_other"))
        self.reason.set_text(str(content.get("reason", "")))
        self._against = content.get("against", self._against)
        self._show_reason()

    def take(self, record: RecordView) -> None:
        """Show who is there by the record of the sitting."""
        mine = [one for one in record.present if one.party == self.party.id]
        self._came = {one.companion or _ITSELF: one for one in mine}
        for key, box in self._people.items():
            box.setChecked(key in self._came and self._came[key].left_at is None)
        self.signed.setChecked(self.party.id in record.signed)
        self.asked.set_value(record.refusals.get(self.party.id))

    def attended(self, now: datetime) -> list[Attendance]:
        """Return who came, and who has left by now."""
        found = []
        for key, box in self._people.items():
            before = self._came.get(key)
            if not box.isChecked() and before is None:
                continue
            left = before.left_at if before is not None else None
            found.append(
                Attendance(
                    party=self.party.id,
                    companion=key or None,
                    came_at=now if before is None else before.came_at,
                    left_at=None if box.isChecked() else left or now,
                )
            )
        return found

    def answer(self) -> PartyAnswer:
        """Return what the party signed and answered."""
        said = self.asked.value()
        return PartyAnswer(
            party=self.party.id,
            has_signed=self.signed.isChecked(),
            wants_other=None if said is None else bool(said),
            against=self._against if said else None,
            reason=self.reason.text(),
        )

    def _build(self) -> None:
        self.signed = CheckChip("告知书已签")
        self.asked = ChoiceChips(
            f"{self.party.name} 是否申请回避",
            [Choice(id=False, label="不申请回避"), Choice(id=True, label="申请回避")],
            small=True,
        )
        self.reason = CheckedField("申请回避的理由")
        self.reason.hide()
        head = QHBoxLayout()
        head.addWidget(text_label(self.party.name, "strong"))
        head.addWidget(text_label(label(self.party.side), "hint"))
        head.addStretch()
        if self.party.needs:
            head.addWidget(text_label(f"需要{self.party.needs}", "hint"))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._people_row())
        column.addWidget(self.asked)
        column.addWidget(self.reason)
        self.signed.toggled.connect(lambda _on: self.edited.emit())
        self.asked.chosen.connect(lambda _value: self._on_asked())
        self.reason.changed.connect(lambda _text: self.edited.emit())
        for box in (self.signed, *self._people.values()):
            box.setAccessibleName(f"{self.party.name} {box.text()}")

    def _people_row(self) -> QWidget:
        row = flowing_box()
        layout = row.layout()
        named = {_ITSELF: "本人到场" if self.party.represented_by == "" else "到场"}
        named |= {one.id: f"{one.name}（{label(one.role)}）到场" for one in self.party.companions}
        for key, words in named.items():
            box = CheckChip(words, parent=row)
            box.toggled.connect(lambda _on: self.edited.emit())
            self._people[key] = box
        for box in (*self._people.values(), self.signed):
            if layout is not None:
                layout.addWidget(box)
        return row

    def first(self) -> QWidget:
        """Return what gets the keyboard first."""
        return self._people[_ITSELF]

    def _on_asked(self) -> None:
        self._show_reason()
        if self.asked.value():
            self.reason.setFocus()
        self.edited.emit()

    def _show_reason(self) -> None:
        self.reason.setVisible(bool(self.asked.value()))


class AttendanceSheet(Labelled):
    """All parties of a mediation, one below the other.

    Signals:
        edited: something was ticked, chosen or written.
    """

    edited = Signal()

    def __init__(self, parties: tuple[PartyView, ...], against: int | None) -> None:
        inner = QWidget()
        say_state(inner, ground="clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.rows = [PartyRow(party, against) for party in parties]
        for row in self.rows:
            column.addWidget(row)
        super().__init__("到场、告知、询问回避", inner, required=True)
        for row in self.rows:
            row.edited.connect(self.edited)
        if self.rows:
            self.setFocusProxy(self.rows[0].first())

    def content(self) -> dict[str, Any]:
        """Return everything that stands in the sheet, by party."""
        return {str(row.party.id): row.content() for row in self.rows}

    def fill(self, content: Mapping[str, Any]) -> None:
        """Put plain data back."""
        for row in self.rows:
            row.fill(content.get(str(row.party.id), {}))

    def take(self, record: RecordView) -> None:
        """Show who is there by the record of the sitting."""
        for row in self.rows:
            row.take(record)

    def attended(self, now: datetime) -> tuple[Attendance, ...]:
        """Return who came, and who left."""
        return tuple(one for row in self.rows for one in row.attended(now))

    def answers(self) -> tuple[PartyAnswer, ...]:
        """Return what each party signed and answered."""
        return tuple(row.answer() for row in self.rows)

    def in_words(self) -> str:
        """Return who is there, for a person to read."""
        return "、".join(row.party.name for row in self.rows if row.content()["there"])

    def go_where(self, is_open: Callable[[PartyRow], bool]) -> None:
        """Put the keyboard into the first row for which something is open."""
        row = next((row for row in self.rows if is_open(row)), self.rows[0])
        row.first().setFocus()

"""One walk as it is typed in (走访录入): day, people, the grid, and the words of one door."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.actions.visits import Door
from desk.queries.visits import EarlyChoices, VisitFile
from desk.rules.day_words import read_day
from desk.rules.early_action_codes import VisitState
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.early.door_sheet import DoorSheet
from desk.ui.theme import tokens
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState, TextLine
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField


class WalkCard(Card):
    """The sheet on the counter, and what is written beside it.

    Signals:
        said: a sentence for the status line.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, *, may_record: bool, parent: QWidget | None = None) -> None:
        super().__init__("走访", parent=parent)
        self._desk, self._may_record = desk, may_record
        self.sheet = DoorSheet()
        self.day = CheckedField("走访日期")
        self.walkers = CheckedField("走访人", required=True)
        self.extra = CheckedField("表上没有的户", hint="写户号，按 Enter 加一行")
        self._asked = text_label("", "strong", wraps=True)
        self._advice = text_label("", "hint", wraps=True)
        self.remark = CheckedField("这一户的情况", hint="一句话，按 Enter 回到表里。写事不写人。")
        self.category = PickerField("转为未诉先办", hint="选了类别就登记一条", numbered=False)
        self._build()
        self._connect()

    def take_choices(self, offered: EarlyChoices) -> None:
        """Offer the categories that a remark may be of."""
        parents = {one.parent_id for one in offered.categories}
        self.category.set_items(
            PickItem(one.id, one.path, one.pinyin)
            for one in offered.categories
            if one.id not in parents
        )

    def show_file(self, file: VisitFile) -> None:
        """Show a walk; the keyboard of the sheet is at its first door."""
        if self.head is not None:
            self.head.set_text(f"{label(file.kind)}　{file.community} {file.grid}".strip())
            self.head.set_note(f"{file.number}　{len(file.doors)} 户　{label(file.state)}")
        self.day.set_text(f"{file.visited_on:%Y-%m-%d}" if file.visited_on else "今天")
        self.walkers.set_text(file.walkers or self._desk.person.name)
        self.sheet.doors.show(file)
        self.sheet.go_to(0)
        may = self._may_record and file.state is not VisitState.CANCELLED
        for widget in (self.sheet, self.remark, self.category, self.extra, self.day, self.walkers):
            widget.setEnabled(may)

    def visited_on(self) -> date | None:
        """Return the day of the walk, or say beside the field why it cannot be read."""
        try:
            return read_day(self.day.text() or "今天", day_of(self._desk.now()))
        except RuleBroken as refused:
            self.refuse("visited_on", refused)
            return None

    def doors(self) -> tuple[Door, ...]:
        """Return all doors as they stand in the sheet."""
        self._keep_words()
        return tuple(door.as_door() for door in self.sheet.doors.doors)

    def refuse(self, name: str | None, error: DeskError) -> None:
        """Say a refusal beside the field it is about."""
        field = {"visited_on": self.day, "walkers": self.walkers}.get(name or "")
        if field is None:
            self.said.emit(str(error))
            return
        field.set_state(FieldState(Check.BAD, str(error)))
        field.setFocus()

    def _build(self) -> None:
        above = ((self.day, 3), (self.walkers, 4), (self.extra, 3))
        self.body.addLayout(_side_by_side(above))
        self.body.addWidget(self._asked)
        self.body.addWidget(self.sheet, 1)
        self.body.addWidget(self._advice)
        self.body.addLayout(_side_by_side(((self.remark, 6), (self.category, 4))))

    def _connect(self) -> None:
        self.sheet.moved.connect(self._on_moved)
        self.sheet.words_wanted.connect(self.remark.setFocus)
        self.sheet.refused.connect(self.said)
        for field, then in (
            (self.remark, self._after_remark),
            (self.category, self._next_door),
            (self.extra, self._add_door),
        ):
            if isinstance(field.edit, TextLine):
                field.edit.entered.connect(then)
        self.category.chosen.connect(lambda _value: self._keep_words())
        self.remark.changed.connect(lambda _text: self._keep_words())

    def _on_moved(self) -> None:
        here, doors = self.sheet.currentIndex(), self.sheet.doors
        if not here.isValid():
            return
        self._asked.setText(doors.asked(here.column()))
        self._advice.setText(doors.advice(here.row()) or " ")
        door = doors.doors[here.row()]
        if self.remark.text() != door.remark:
            self.remark.set_text(door.remark)
        if self.category.value() != door.category:
            self.category.set_value(door.category)
        self.category.setEnabled(not door.finding and self.sheet.isEnabled())

    def _keep_words(self) -> None:
        """Put what is written below the sheet into the row at the keyboard."""
        here, doors = self.sheet.currentIndex(), self.sheet.doors
        if not here.isValid():
            return
        door, category = doors.doors[here.row()], self.category.value()
        chosen = category if isinstance(category, int) else None
        doors.put(
            here.row(),
            replace(
                door,
                remark=self.remark.text(),
                category=chosen,
                category_name=self.category.text() if chosen else "",
            ),
        )

    def _after_remark(self) -> None:
        self._keep_words()
        if self.remark.text().strip() and self.category.isEnabled():
            self.category.setFocus()
        else:
            self._next_door()

    def _next_door(self) -> None:
        self._keep_words()
        self.sheet.setFocus()
        self.sheet.go_down()

    def _add_door(self) -> None:
        household = self.extra.text().strip()
        if household and self.sheet.doors.doors:
            at = self.sheet.doors.add(household)
            self.extra.set_text("")
            self.sheet.setFocus()
            self.sheet.go_to(at)


def _side_by_side(fields: tuple[tuple[QWidget, int], ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens().sizes.gutter)
    for field, share in fields:
        row.addWidget(field, share)
    return row

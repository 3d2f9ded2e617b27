"""The fields of a booking's form (排期表单的栏目), in the order in which they are filled in."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.room_day import RoomColumn
from desk.queries.room_options import RoomOptions
from desk.rules.mediation_codes import BookingPurpose
from desk.ui.case.form_parts import LabelledChoice, bad, coded
from desk.ui.rooms.grid_heads import equipment_of
from desk.ui.rooms.repeat_fields import RepeatFields
from desk.ui.widgets.checked_field import CheckedField, FieldState
from desk.ui.widgets.choice_chips import CheckChip
from desk.ui.widgets.moment_edit import MomentEdit
from desk.ui.widgets.moment_text import read_moment
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

OF_MEDIATION = "空着就是这件调解的调解员"


class BookingFields(QWidget):
    """The fields without their meaning; the form gives it."""

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._make()
        self._lay_out()

    def offer(self, options: RoomOptions, rooms: tuple[RoomColumn, ...]) -> None:
        """Offer what can be chosen; what stands in the fields stays."""
        self.mediation.set_items(
            PickItem(one.id, f"{one.title} {one.number}", one.number) for one in options.mediations
        )
        items = [PickItem(one.id, one.name, note=equipment_of(one)) for one in rooms]
        self.room.set_items(items)
        self.caucus.set_items(items)
        self.mediator.set_items(PickItem(*one) for one in options.mediators)
        self.recorder.set_items(PickItem(*one) for one in options.recorders)
        self.overtime.set_items(PickItem(name, name) for name in options.leaders)

    def field_of(self, part: str) -> CheckedField | None:
        """Return the field that a refusal is about; None where there is none."""
        fields: dict[str, CheckedField] = {
            "room": self.room,
            "caucus_room": self.caucus,
            "mediator": self.mediator,
            "recorder": self.recorder,
            "attendees": self.attendees,
            "mediation": self.mediation,
            "title": self.title,
            "starts_at": self.start,
            "ends_at": self.end,
            "overtime_by": self.overtime,
            "until": self.repeat.until,
            "count": self.repeat.until,
            "every": self.repeat.every,
            "reason": self.reason,
        }
        return fields.get(part)

    def _make(self) -> None:
        self.purpose = LabelledChoice("用途", coded(BookingPurpose), small=True)
        self.mediation = PickerField("哪一件调解", hint="写卷号或事由里的字", required=True)
        self.title = CheckedField("事由", hint="例如：街道领导接访", required=True)
        self.room = PickerField("房间", required=True)
        self.caucus = PickerField("同时占用", hint="背靠背间等第二个房间；不用就空着")
        self.start = MomentEdit("开始", self._clock, required=True)
        self.end = CheckedField("结束", check=self._judge_end, required=True)
        self.mediator = PickerField("调解员", hint=OF_MEDIATION)
        self.recorder = PickerField("记录人")
        self.attendees = CheckedField("到场几人", hint="空着就按登记的人数算")
        self.access, self.staggers = CheckChip("有人用轮椅"), CheckChip("双方错开入场")
        self.provisional = CheckChip("先预占，等双方回话")
        self.overtime = PickerField("谁批准加班", hint="不开放的时段要街道领导批准")
        self.reason = CheckedField("改期原因")
        self.repeat = RepeatFields()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        times, people, ticks = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row, parts in (
            (times, ((self.start, 5), (self.end, 3))),
            (people, ((self.recorder, 5), (self.attendees, 3))),
            (ticks, ((self.access, 0), (self.staggers, 0))),
        ):
            row.setSpacing(8)
            for widget, stretch in parts:
                row.addWidget(widget, stretch)
        ticks.addStretch()
        column.addWidget(self.purpose)
        column.addWidget(self.mediation)
        column.addWidget(self.title)
        column.addWidget(self.room)
        column.addWidget(self.caucus)
        column.addLayout(times)
        column.addWidget(self.overtime)
        column.addWidget(self.mediator)
        column.addLayout(people)
        column.addLayout(ticks)
        column.addWidget(self.provisional)
        column.addWidget(self.repeat)
        column.addWidget(self.reason)

    def _judge_end(self, text: str) -> FieldState:
        is_clock = read_moment(text, self._clock()) is not None
        return FieldState() if is_clock else bad("写作 15:30。")

"""The form of a booking (排期表单): which mediation, which rooms, when, and with whom.

Refusals stand beside their field; what was typed stays whatever happens.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.queries.room_day import RoomColumn
from desk.queries.room_options import MediationChoice, RoomOptions
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingPurpose
from desk.rules.moments import day_of, in_shanghai, start_of
from desk.ui.case.form_parts import bad
from desk.ui.rooms.booking_fields import OF_MEDIATION, BookingFields
from desk.ui.rooms.plan import Plan
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.moment_text import read_moment
from desk.ui.widgets.picker_field import PickerField

_MEDIATION = BookingPurpose.MEDIATION


class BookingForm(BookingFields):
    """All that a booking is made of.

    Signals:
        changed: another plan stands in the form.
    """

    changed = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(clock, parent)
        self._moves: Plan | None = None
        self._mediations: dict[int, MediationChoice] = {}
        self._is_filling = False
        self._connect()

    def offer(self, options: RoomOptions, rooms: tuple[RoomColumn, ...]) -> None:
        """Offer what can be chosen; what stands in the form stays."""
        self._mediations = {one.id: one for one in options.mediations}
        super().offer(options, rooms)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan; nothing is judged by that."""
        self._is_filling = True
        self._moves = plan if plan.booking is not None else None
        self.purpose.chips.set_value(plan.purpose)
        self.title.set_text(plan.title)
        for field, value in (
            (self.mediation, plan.mediation),
            (self.room, plan.room),
            (self.caucus, plan.caucus_room),
            (self.mediator, plan.mediator),
            (self.recorder, plan.recorder),
            (self.overtime, plan.overtime_by or None),
        ):
            field.set_value(value)
            field.set_state(FieldState())
        if plan.repeat is None:
            self.repeat.clear()
        self.show_time(plan.starts_at, plan.ends_at)
        self.attendees.set_text(str(plan.attendees) if plan.attendees else "")
        self.access.setChecked(plan.needs_access)
        self.staggers.setChecked(plan.staggers)
        self.provisional.setChecked(plan.is_provisional)
        self.reason.set_text(plan.reason)
        self._is_filling = False
        self._show_parts()

    def show_time(self, starts_at: datetime, ends_at: datetime) -> None:
        """Show another time."""
        self.start.set_moment(starts_at)
        self.end.set_text(f"{in_shanghai(ends_at):%H:%M}")
        self.repeat.follow(starts_at)

    def show_overtime(self, *, is_needed: bool) -> None:
        """Ask who allowed it, where the hall is closed then."""
        self.overtime.setVisible(is_needed or bool(self.overtime.value()))

    def plan(self) -> Plan | None:
        """Return the plan; None when something is missing, which is then said beside it."""
        times = self._times()
        room = self.room.value()
        if not isinstance(room, int):
            _say(self.room, "请选一个房间。")
        people = self._people()
        if times is None or not isinstance(room, int) or people is None or not self._is_about():
            return None
        try:
            repeat = self.repeat.repeat(times[0]) if self._can_repeat() else None
        except RuleBroken:
            return None
        moved = self._moves
        chosen = None
        if self._purpose() is _MEDIATION:
            chosen = self._mediations.get(_id(self.mediation) or 0)
        new = (chosen.id, chosen.version) if chosen is not None else (None, None)
        mediation, seen = new if moved is None else (moved.mediation, moved.seen)
        return Plan(
            room=room,
            starts_at=times[0],
            ends_at=times[1],
            purpose=self._purpose(),
            mediation=mediation,
            seen=seen,
            title="" if self._purpose() is _MEDIATION else self.title.text().strip(),
            caucus_room=_id(self.caucus),
            mediator=_id(self.mediator),
            recorder=_id(self.recorder),
            attendees=people,
            needs_access=self.access.isChecked(),
            staggers=self.staggers.isChecked(),
            overtime_by=str(self.overtime.value() or ""),
            is_provisional=self.provisional.isChecked() and moved is None,
            repeat=repeat,
            booking=moved.booking if moved is not None else None,
            reason=self.reason.text().strip(),
        )

    def sketch(self) -> Plan | None:
        """Return as much of the plan as can be drawn and thought about; nothing is judged."""
        room, start = _id(self.room), self.start.moment()
        end = read_moment(self.end.text(), start_of(day_of(start))) if start is not None else None
        if room is None or start is None or end is None or end <= start:
            return None
        people = self.attendees.text().strip()
        return Plan(
            room=room,
            starts_at=start,
            ends_at=end,
            purpose=self._purpose(),
            mediation=_id(self.mediation),
            caucus_room=_id(self.caucus),
            mediator=_id(self.mediator),
            recorder=_id(self.recorder),
            attendees=int(people) if people.isascii() and people.isdecimal() else 0,
            needs_access=self.access.isChecked(),
            staggers=self.staggers.isChecked(),
            booking=self._moves.booking if self._moves is not None else None,
        )

    def show_trouble(self, part: str | None, sentence: str) -> bool:
        """Put a refusal beside its field, and the caret into it; False where there is no field."""
        if part == "weekdays":
            self.repeat.weekdays.say(bad(sentence))
            return True
        field = self.field_of(part or "")
        if field is None or (field.isHidden() and field is not self.overtime):
            return False
        if field is self.overtime:
            self.overtime.setVisible(True)
        _say(field, sentence)
        field.setFocus()
        return True

    def show_doubt(self, part: str, sentence: str) -> None:
        """Say beside its field what would be refused, while it is still being filled in."""
        for name in ("room", "caucus_room", "mediator", "recorder", "attendees", "overtime_by"):
            field = self.field_of(name)
            if field is None or field.edit.hasFocus():
                continue
            if name == part and sentence:
                field.set_state(FieldState(Check.WARN, sentence))
            elif field.state().state is Check.WARN:
                field.set_state(FieldState())

    def focus_first(self) -> None:
        """Put the caret where one begins."""
        first = self.mediation if self._purpose() is _MEDIATION else self.title
        (first if self._moves is None else self.start).setFocus()

    def _connect(self) -> None:
        self.purpose.chosen.connect(lambda _purpose: self._on_changed())
        self.mediation.chosen.connect(self._on_mediation)
        for field in (self.room, self.caucus, self.mediator, self.recorder):
            field.chosen.connect(lambda _id: self._on_changed())
        self.start.moment_changed.connect(lambda _moment: self._on_changed())
        self.end.judged.connect(lambda _state: self._on_changed())
        self.attendees.judged.connect(lambda _state: self._on_changed())
        for box in (self.access, self.staggers):
            box.toggled.connect(lambda _on: self._on_changed())
        self.title.changed.connect(lambda _text: self._on_changed())

    def _on_changed(self) -> None:
        if not self._is_filling:
            self._show_parts()
            self.changed.emit()

    def _on_mediation(self, chosen: object) -> None:
        found = self._mediations.get(chosen) if isinstance(chosen, int) else None
        if found is not None and found.mediator_id is not None and not self._is_filling:
            self.mediator.set_value(found.mediator_id)
        self._on_changed()

    def _show_parts(self) -> None:
        is_mediation, is_new = self._purpose() is _MEDIATION, self._moves is None
        self.purpose.setVisible(is_new)
        self.mediation.setVisible(is_mediation and is_new)
        self.title.setVisible(not is_mediation and is_new)
        self.mediator.set_hint(OF_MEDIATION if is_mediation else "不用就空着")
        self.provisional.setVisible(is_new)
        self.repeat.setVisible(self._can_repeat())
        self.reason.setVisible(not is_new)

    def _can_repeat(self) -> bool:
        return self._purpose() is not _MEDIATION and self._moves is None

    def _purpose(self) -> BookingPurpose:
        chosen: BookingPurpose = self.purpose.value() or _MEDIATION
        return chosen

    def _is_about(self) -> bool:
        """Whether it is said what the room is for; else that is said beside its field."""
        if self._moves is not None:
            return True
        if self._purpose() is _MEDIATION and _id(self.mediation) is None:
            _say(self.mediation, "请选是哪一件调解；不是调解就换一个用途。")
            return False
        if self._purpose() is not _MEDIATION and not self.title.text().strip():
            _say(self.title, "请写明房间用来做什么。")
            return False
        return True

    def _times(self) -> tuple[datetime, datetime] | None:
        self.start.check_now()
        start = self.start.moment()
        if start is None:
            return None
        end = read_moment(self.end.text(), start_of(day_of(start)))
        if end is None or end <= start:
            _say(self.end, "请写比开始晚的时间，例如 15:30。")
            return None
        return start, end

    def _people(self) -> int | None:
        """Return how many come, 0 where nobody has written it; None where it cannot be read."""
        text = self.attendees.text().strip()
        if not text:
            return 0
        if text.isascii() and text.isdecimal() and int(text):
            return int(text)
        _say(self.attendees, "请写人数，例如 4。")
        return None


def _id(field: PickerField) -> int | None:
    value = field.value()
    return value if isinstance(value, int) else None


def _say(field: CheckedField, sentence: str) -> None:
    field.set_state(bad(sentence))

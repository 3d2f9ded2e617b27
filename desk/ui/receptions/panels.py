"""Panels of the page 接访: an appointment booked or put off, why a number is read, the place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from desk.actions.appointments import (
    BookAppointment,
    MarkAppointment,
    MoveAppointment,
    RevealAppointment,
)
from desk.actions.reception_days import SetReceptionDay
from desk.queries.appointments import AppointmentRow, BookChoices, BookDay
from desk.queries.receptions import ReceptionDayView
from desk.rules.errors import RuleBroken
from desk.rules.moments import in_shanghai
from desk.rules.reception_codes import AppointmentState, AppointmentWay
from desk.rules.receptions import SLOT, Slot
from desk.ui.case.form_parts import Ticks, coded
from desk.ui.intake.more import NEEDS
from desk.ui.receptions.words import book_words
from desk.ui.sections.step_panel import StepPanel
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_NONE_FREE = "这天没有空档了。请收起后换一天，方向键上下选。"
_REASONS = ("通知改期", "确认是否来", "问清事由", "通知地点")


class ReceptionStep(StrEnum):
    """What a panel is for; what was drafted in it stays with it."""

    BOOK = "appointment.book"
    MOVE = "appointment.move"
    CANCEL = "appointment.cancel"
    REVEAL = "appointment.reveal"
    PLACE = "reception.place"


@dataclass(frozen=True, slots=True)
class BookFile:
    """What a panel is about: a day of a book, and one appointment of it."""

    book: BookDay
    post: int | None
    leader: str
    choices: BookChoices
    row: AppointmentRow | None = None
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class DayFile:
    """What the panel of a reception day is about."""

    view: ReceptionDayView
    id: int = 0
    version: int = 0


class BookPanel(StepPanel):
    """新预约: when, who, his number, what about; everything else may be left out."""

    deed, title, verb = ReceptionStep.BOOK, "新预约", "存为预约"

    def build(self) -> None:
        """Offer the half hours that are free, the first one chosen."""
        file: BookFile = self.file
        form = self.form
        form.add(text_label(book_words(file.book.day, file.leader), "reading", wraps=True))
        self._at = _add_slots(self, file.book.slots)
        self._name = form.text("name", "怎么称呼", required=True, hint="如 陈女士、陈桂芳")
        self._phone = form.text("phone", "电话", hint="改时间时好通知；没有就空着")
        self._matter = form.text(
            "matter", "来办什么事", lines=3, required=True, hint="当天受理时直接带进去"
        )
        self._way = form.choice("way", "怎么约的", coded(AppointmentWay), small=True)
        self._way.chips.set_value(AppointmentWay.PHONE)
        self._needs = form.ticks("needs", "需要的服务", Ticks("需要的服务", list(NEEDS)))
        self._unit = PickerField("反映本街道的单位", hint="不是反映我们自己的单位就空着")
        self._unit.set_items(PickItem(unit, name) for unit, name in file.choices.units)
        form.picker("accused_unit", "反映本街道的单位", self._unit)
        self._staff = PickerField("反映本街道的人员", hint="他看不到这个预约，也不接访")
        self._staff.set_items(PickItem(*one) for one in file.choices.staff)
        form.picker("accused_staff", "反映本街道的人员", self._staff)

    def request(self, head: Any) -> BookAppointment:
        """Book it."""
        unit, staff = self._unit.value(), self._staff.value()
        return BookAppointment(
            **head,
            starts_at=_slot_of(self._at.value()),
            post=self.file.post,
            name=self._name.text(),
            phone=self._phone.text(),
            way=AppointmentWay(str(self._way.value() or AppointmentWay.PHONE)),
            matter=self._matter.text(),
            needs=tuple(self._needs.value()),
            accused_unit=unit if isinstance(unit, int) else None,
            accused_staff=staff if isinstance(staff, int) else None,
        )


class MovePanel(StepPanel):
    """改期: another half hour of the day that is chosen at the left."""

    deed, title, verb = ReceptionStep.MOVE, "改期", "改到这个时间"
    keeps_draft = False

    def build(self) -> None:
        """Say whom and from when, and offer what is free."""
        file: BookFile = self.file
        row = file.row
        was = f"{row.who}，原来约在 {in_shanghai(row.starts_at):%m-%d %H:%M}。" if row else ""
        words = book_words(file.book.day, file.leader)
        self.form.add(text_label(f"{was}改到：{words}", "reading", wraps=True))
        self.form.add(text_label("要改到别的日子，先在左边选那一天。", "hint", wraps=True))
        self._at = _add_slots(self, file.book.slots)

    def request(self, head: Any) -> MoveAppointment:
        """Put it off."""
        row = self.file.row
        return MoveAppointment(
            **head,
            appointment=row.id,
            seen=row.moved,
            starts_at=_slot_of(self._at.value()),
            post=self.file.post,
        )


class CancelPanel(StepPanel):
    """取消预约: who said so, in a word."""

    deed, title, verb = ReceptionStep.CANCEL, "取消预约", "取消这个预约"
    keeps_draft = False

    def build(self) -> None:
        """Ask for a word on it; none is needed."""
        row = self.file.row
        said = f"{row.who} {in_shanghai(row.starts_at):%m-%d %H:%M}" if row else ""
        self.form.add(text_label(said, "reading", wraps=True))
        self._note = self.form.text("note", "说明（可空）", hint="如 本人来电取消；空档马上放出")

    def request(self, head: Any) -> MarkAppointment:
        """Call it off."""
        return MarkAppointment(
            **head,
            appointment=self.file.row.id,
            state=AppointmentState.CANCELLED,
            note=self._note.text(),
        )


class PhonePanel(StepPanel):
    """看电话: why, from a few usual reasons or in one's own words; the look is on record."""

    deed, title, verb = ReceptionStep.REVEAL, "看电话", "查看（留痕）"
    keeps_draft = False

    def build(self) -> None:
        """Offer the usual reasons."""
        self.form.add(text_label("电话平时遮住。查看要有理由，只显示半分钟。", "hint", wraps=True))
        offered = [Choice(words, words) for words in _REASONS]
        self._usual = self.form.choice("usual", "为什么看", offered, small=True)
        self._usual.chips.set_value(_REASONS[0])
        self._reason = self.form.text("reason", "别的理由", hint="上面没有的写在这里")

    def request(self, head: Any) -> RevealAppointment:
        """Say why."""
        reason = self._reason.text().strip() or str(self._usual.value() or "")
        return RevealAppointment(**head, appointment=self.file.row.id, reason=reason)


class PlacePanel(StepPanel):
    """接访地点: where it is, and what else people should know."""

    deed, title, verb = ReceptionStep.PLACE, "接访地点", "存地点"

    def build(self) -> None:
        """Show what is known."""
        view = self.file.view
        self._place = self.form.text("place", "地点", required=True, hint="下沉接访写社区名称")
        self._place.set_text(view.place)
        self._note = self.form.text("note", "说明", hint="印在接访日安排表下面")
        self._note.set_text(view.note)

    def request(self, head: Any) -> SetReceptionDay:
        """Save it."""
        view = self.file.view
        return SetReceptionDay(
            **head,
            post=view.post,
            day=view.day,
            place=self._place.text(),
            note=self._note.text(),
        )


def _add_slots(panel: StepPanel, slots: Sequence[Slot]) -> Any:
    now = panel.desk.now()
    free = [slot for slot in slots if slot.free and slot.starts_at + SLOT > now]
    offered = [
        Choice(slot.starts_at.isoformat(), f"{in_shanghai(slot.starts_at):%H:%M} 余 {slot.free}")
        for slot in free
    ]
    field = panel.form.choice("starts_at", "时间", offered, required=True, small=True)
    if offered:
        field.chips.set_value(offered[0].id)
    else:
        panel.form.add(text_label(_NONE_FREE, "label", wraps=True))
    return field


def _slot_of(value: object) -> datetime:
    if not value:
        raise RuleBroken("请选一个还有空的时间。", field="starts_at")
    return datetime.fromisoformat(str(value))

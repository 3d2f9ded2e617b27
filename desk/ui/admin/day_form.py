"""One day of the hall's calendar (这一天): as the calendar has it, closed, or open at its hours."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions.calendar import ClearCalendarDay, SetCalendarDay
from desk.queries.calendar import CalendarDayView
from desk.rules.errors import RuleBroken
from desk.rules.notice_input import say_day
from desk.ui.admin.month_sheet import say_mark
from desk.ui.admin.specs import a_day
from desk.ui.desk import ByMe
from desk.ui.keys import GlobalKey
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.choice_chips import Choice, ChoiceChips

_AS_IT_IS, _CLOSED, _OPEN = "calendar", "closed", "open"
_WAYS = (
    Choice(_AS_IT_IS, "照日历"),
    Choice(_CLOSED, "本街道关闭"),
    Choice(_OPEN, "加班、轮值、改时段"),
)

_Values = tuple[str, str, str, str]  # way, hours, reason, last day


class DayForm(QWidget):
    """What is decided for the day at the keyboard; what is written stays until it is saved.

    Signals:
        save_wanted: the clerk wants it kept.
    """

    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CalendarDayView | None = None
        self._written: dict[date, _Values] = {}
        self.facts = text_label("", "reading", wraps=True)
        self.way = ChoiceChips("这一天", _WAYS, small=False)
        self.hours = CheckedField("时段", hint="例如 09:00-12:00；空着按平常的时段")
        self.reason = CheckedField(
            "原因", hint="例如：停电检修、节假日轮值、错时工作", required=True
        )
        self.last = CheckedField("到哪天", hint="连着几天一样时，写最后一天，如 2026-11-23")
        self.save = KeyButton("保存这一天", GlobalKey.FINISH, kind=ButtonKind.MAIN)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.facts, self.way, self.hours, self.reason, self.last):
            column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addStretch()
        column.addLayout(row)
        self.way.chosen.connect(lambda _way: self._offer())
        self.save.clicked.connect(self.save_wanted)

    @property
    def day(self) -> date | None:
        """The day on show."""
        return None if self._view is None else self._view.day

    def show_day(self, view: CalendarDayView) -> None:
        """Show a day; what was written for a day and not saved is there again with it."""
        hours = f"，{view.hours}" if view.hours else ""
        self.facts.setText(f"{say_mark(view)}{hours}。")
        if view == self._view:
            return
        if self._view is not None and self._values() != _as_it_is(self._view):
            self._written[self._view.day] = self._values()
        self._view = view
        way, hours, reason, last = self._written.pop(view.day, _as_it_is(view))
        self.way.set_value(way)
        self.hours.set_text(hours)
        self.reason.set_text(reason)
        self.last.set_text(last)
        self._offer()

    def settle(self) -> None:
        """Forget what was written for the day on show: it is saved."""
        self._view = None

    def begin(self) -> None:
        """Put the keyboard where one decides."""
        self.way.setFocus()

    def request(self, me: ByMe) -> Any:
        """Return what keeps the day; None where there is nothing to keep.

        Raises:
            RuleBroken: the last day cannot be read.
        """
        view = self._view
        if view is None:
            return None
        if self.way.value() == _AS_IT_IS:
            return ClearCalendarDay(**me, day=view.day) if view.own is not None else None
        try:
            last = a_day(self.last.text()) if self.last.text().strip() else None
        except RuleBroken as error:
            raise RuleBroken(str(error), field="last") from error
        return SetCalendarDay(
            **me,
            day=view.day,
            last=last,
            is_working=self.way.value() == _OPEN,
            hours=self.hours.text(),
            reason=self.reason.text(),
        )

    def show_trouble(self, error: RuleBroken) -> bool:
        """Put a sentence beside its field; False if it is about none of them."""
        fields = {"hours": self.hours, "reason": self.reason, "last": self.last}
        field = fields.get(error.field or "")
        if field is None:
            return False
        field.set_state(FieldState(Check.BAD, str(error)))
        field.setFocus()
        return True

    def say_head(self) -> str:
        """Return the day in words."""
        return say_day(self._view.day) if self._view is not None else ""

    def _values(self) -> _Values:
        texts = (self.hours.text(), self.reason.text(), self.last.text())
        return str(self.way.value()), *texts

    def _offer(self) -> None:
        way = self.way.value()
        self.hours.setVisible(way == _OPEN)
        self.reason.setVisible(way != _AS_IT_IS)
        self.last.setVisible(way != _AS_IT_IS)
        is_own = self._view is not None and self._view.own is not None
        self.save.setVisible(way != _AS_IT_IS or is_own)
        self.save.setText("恢复照日历" if way == _AS_IT_IS else "保存这一天")


def _as_it_is(view: CalendarDayView) -> _Values:
    own = view.own
    if own is None:
        return _AS_IT_IS, "", "", ""
    return _OPEN if own.is_working else _CLOSED, own.hours, own.reason, ""

"""The part of the form for what comes again (周期预订): the rule, until when, and days off."""

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import HolidayWay, RepeatRule
from desk.rules.moments import in_shanghai
from desk.ui.case.form_parts import LabelledChoice, Ticks, bad, coded
from desk.ui.rooms.plan import Repeat
from desk.ui.widgets.checked_field import CheckedField, FieldState
from desk.ui.widgets.choice_chips import CheckChip

_DAYS = tuple("一二三四五六日")
_LAST_WEEK = 22  # a weekday from this day of the month on is also its last


class RepeatFields(QWidget):
    """A tick, and below it the rule of the series.

    Signals:
        changed: something was chosen or written.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tick = CheckChip("周期重复，例如每周四接访")
        self.rule = LabelledChoice("怎么重复", coded(RepeatRule), small=True)
        self.every = CheckedField("每隔几次", hint="1 就是每次")
        self.weekdays = Ticks("周几", _DAYS)
        self.until = CheckedField("到哪天为止", hint="写作 2026-12-31，或写次数：12 次")
        self.holidays = LabelledChoice("遇到休息日", coded(HolidayWay), small=True)
        self._inner = QWidget()
        inner = QVBoxLayout(self._inner)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.rule)
        inner.addWidget(self.weekdays)
        row = QHBoxLayout()
        row.addWidget(self.every, 1)
        row.addWidget(self.until, 2)
        inner.addLayout(row)
        inner.addWidget(self.holidays)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tick)
        column.addWidget(self._inner)
        self.tick.toggled.connect(self._on_ticked)
        self.rule.chosen.connect(lambda _rule: self._show_rule())
        self.clear()

    def clear(self) -> None:
        """Put everything back to what is usual: every week, days off are skipped."""
        self.tick.setChecked(False)
        self.rule.chips.set_value(RepeatRule.WEEKLY)
        self.holidays.chips.set_value(HolidayWay.SKIP)
        self.every.set_text("1")
        self.until.set_text("")
        self.weekdays.set_value(())
        self._on_ticked(is_on=False)

    def follow(self, starts_at: datetime) -> None:
        """Tick the weekday of the first one, unless somebody has ticked others."""
        if not self.weekdays.value():
            self.weekdays.set_value((_DAYS[in_shanghai(starts_at).weekday()],))

    def repeat(self, starts_at: datetime) -> Repeat | None:
        """Return the rule; None while it is not ticked.

        Raises:
            RuleBroken: something cannot be read; it is said beside its field.
        """
        if not self.tick.isChecked():
            return None
        day = in_shanghai(starts_at).date()
        rule: RepeatRule = self.rule.value() or RepeatRule.WEEKLY
        every = self.every.text().strip()
        if not (every.isascii() and every.isdecimal() and int(every)):
            self.every.set_state(bad("请写 1 或更大的整数。"))
            raise RuleBroken("请写隔几次。")
        count, until = self._end(day)
        weekdays: tuple[int, ...] = ()
        nth = None
        if rule is RepeatRule.WEEKLY:
            weekdays = tuple(_DAYS.index(word) for word in self.weekdays.value())
        elif rule is RepeatRule.MONTHLY_WEEKDAY:
            weekdays = (day.weekday(),)
            nth = -1 if day.day > _LAST_WEEK + 6 else (day.day - 1) // 7 + 1
        way: HolidayWay = self.holidays.value() or HolidayWay.SKIP
        return Repeat(rule, int(every), weekdays, nth, count, until, way)

    def _end(self, first: date) -> tuple[int | None, date | None]:
        text = self.until.text().strip().replace(" ", "")
        if text.endswith("次") and text[:-1].isdecimal():
            return int(text[:-1]), None
        try:
            until = date.fromisoformat(text)
        except ValueError:
            self.until.set_state(bad("请写截止日期，例如 2026-12-31；或写次数，例如 12 次。"))
            raise RuleBroken("截止日期看不懂。") from None
        if until < first:
            self.until.set_state(bad("截止日期不能早于第一次。"))
            raise RuleBroken("截止日期太早。")
        self.until.set_state(FieldState())
        return None, until

    def _on_ticked(self, is_on: bool) -> None:  # noqa: FBT001 - the signal's own argument
        self._inner.setVisible(is_on)
        self._show_rule()
        self.changed.emit()

    def _show_rule(self) -> None:
        self.weekdays.setVisible(self.rule.value() is RepeatRule.WEEKLY)

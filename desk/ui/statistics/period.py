"""Choosing a period (期间): the usual ones by a digit, any other by two days."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.rules.day_words import read_day
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.choice_chips import Choice, ChoiceChips

_OWN = "own"
_MONTH, _LAST, _QUARTER, _YEAR = "month", "last", "quarter", "year"
_MONTHS_OF_QUARTER = 3
_CHOICES = (
    Choice(_MONTH, "本月"),
    Choice(_LAST, "上月"),
    Choice(_QUARTER, "本季"),
    Choice(_YEAR, "今年"),
    Choice(_OWN, "自选"),
)


def usual_period(which: str, today: date) -> tuple[date, date]:
    """Return the days of the last month, or of this month, quarter or year up to today."""
    first = today.replace(day=1)
    if which == _LAST:
        last = first - timedelta(days=1)
        return last.replace(day=1), last
    if which == _QUARTER:
        return first.replace(month=first.month - (first.month - 1) % _MONTHS_OF_QUARTER), today
    return (first.replace(month=1) if which == _YEAR else first), today


class PeriodBar(QWidget):
    """The usual periods and, for any other, two days.

    Signals:
        chosen: another period; carries its first and its last day.
    """

    chosen = Signal(object, object)

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.chips = ChoiceChips("期间", _CHOICES)
        self.first = CheckedField("从", check=self._check, hint="6-1 或 2026-06-01")
        self.last = CheckedField("到", check=self._check, hint="6-30 或今天")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.chips)
        row.addWidget(self.first, 1)
        row.addWidget(self.last, 1)
        self.chips.chosen.connect(self._on_chip)
        for field in (self.first, self.last):
            field.judged.connect(lambda _state: self._say())
            field.setVisible(False)

    def begin(self) -> None:
        """Choose this month, unless somebody chose another period before."""
        if self.chips.value() is None:
            self.choose(_MONTH)

    def choose(self, which: str) -> None:
        """Choose one of the usual periods."""
        self.chips.set_value(which)
        self._on_chip(which)

    def asks_for_days(self) -> bool:
        """Return whether a period of one's own is chosen, for which two days are typed."""
        return self.chips.value() == _OWN

    def period(self) -> tuple[date, date] | None:
        """Return the chosen days, or None while they cannot be read."""
        which = self.chips.value()
        if which != _OWN:
            return usual_period(str(which or _MONTH), day_of(self._clock()))
        first, last = self._read(self.first.text()), self._read(self.last.text())
        return (first, last) if first and last and first <= last else None

    def _on_chip(self, which: object) -> None:
        for field in (self.first, self.last):
            field.setVisible(which == _OWN)
        if which == _OWN and not self.first.text():
            first, last = usual_period(_LAST, day_of(self._clock()))
            self.first.set_text(f"{first:%Y-%m-%d}")
            self.last.set_text(f"{last:%Y-%m-%d}")
            self.first.setFocus()
        self._say()

    def _read(self, text: str) -> date | None:
        with suppress(RuleBroken):
            return read_day(text, day_of(self._clock()))
        return None

    def _check(self, text: str) -> FieldState:
        if self._read(text) is None:
            return FieldState(Check.BAD, "日期看不懂，请写作 6-1 或 2026-06-01。")
        return FieldState(Check.OK)

    def _say(self) -> None:
        found = self.period()
        if found is not None:
            self.chosen.emit(*found)

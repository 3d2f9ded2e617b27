"""Finding in the log (查留痕): by person, by the number of a file, by days."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from desk.rules.day_words import read_day
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.ui.widgets.cards import Card
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_PAUSE_MS = 250
_ALL = 0


class TrailSearch(Card):
    """Four fields; it asks again as soon as one of them rests.

    Signals:
        asked: something else is looked for.
    """

    asked = Signal()

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__("查找")
        self._clock = clock
        self.person = PickerField("人员", hint="")
        self.number = CheckedField("案件或调解编号", hint="可只写末几位，如 00412")
        self.first = CheckedField("从", check=self._check, hint="如 11-1")
        self.last = CheckedField("到", check=self._check, hint="如 今天")
        self.body.addWidget(self.person)
        self.body.addWidget(self.number)
        days = QHBoxLayout()
        days.addWidget(self.first)
        days.addWidget(self.last)
        self.body.addLayout(days)
        self._rest = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._rest.timeout.connect(self.asked)
        self.person.chosen.connect(lambda _value: self._rest.start())
        for line in (self.number, self.first, self.last):
            line.changed.connect(lambda _words: self._rest.start())

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        """Offer these people."""
        chosen = self.person.value()
        everybody = PickItem(_ALL, "所有人")
        self.person.set_items([everybody, *(PickItem(key, name) for key, name in people)])
        self.person.set_value(chosen or _ALL)

    def staff(self) -> int | None:
        """Return who is looked for; None for everybody."""
        chosen = self.person.value()
        return chosen if isinstance(chosen, int) and chosen != _ALL else None

    def days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day; what cannot be read counts as open."""
        return self._read(self.first.text()), self._read(self.last.text())

    def _read(self, text: str) -> date | None:
        with suppress(RuleBroken):
            return read_day(text, day_of(self._clock()))
        return None

    def _check(self, text: str) -> FieldState:
        if text.strip() and self._read(text) is None:
            return FieldState(Check.BAD, "日期看不懂，请写作 11-1 或 2026-11-01。")
        return FieldState()

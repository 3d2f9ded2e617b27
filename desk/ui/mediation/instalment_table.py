"""The table of instalments (分期表): computed from amount and dates, or written by hand.

The sum is compared with the agreed amount at every stroke, to the fen.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.rules.day_words import read_coming_day
from desk.rules.errors import RuleBroken
from desk.rules.instalments import PlannedInstalment, equal_plan, plan_trouble, sum_of
from desk.rules.mediation_codes import PlanInterval
from desk.rules.money import capital_amount, read_amount, show_amount
from desk.ui.case.form_parts import coded
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import CheckedField, TextLine
from desk.ui.widgets.choice_chips import ChoiceChips


class InstalmentRow(QWidget):
    """One instalment: which, when, how much; what cannot be read is said below the table."""

    edited = Signal()

    def __init__(self, seq: int) -> None:
        super().__init__()
        self.seq = seq
        self.day, self.amount = TextLine(), TextLine()
        self.day.setAccessibleName(f"第 {seq} 期日期")
        self.amount.setAccessibleName(f"第 {seq} 期金额")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(text_label(f"第 {seq} 期", "label"))
        line.addWidget(self.day, 1)
        line.addWidget(self.amount, 1)
        for field in (self.day, self.amount):
            field.textChanged.connect(lambda _text: self.edited.emit())

    def content(self) -> list[str]:
        """Return day and amount as they were typed."""
        return [self.day.text(), self.amount.text()]

    def read(self, today: date) -> PlannedInstalment:
        """Return the instalment that is meant.

        Raises:
            RuleBroken: the day or the amount cannot be read.
        """
        return PlannedInstalment(
            read_amount(self.amount.text(), field="plan"),
            read_coming_day(self.day.text(), today, field="plan"),
        )


class InstalmentTable(QWidget):
    """Count, first day and interval make the rows; every row can be changed by hand.

    Args:
        total: says how much was agreed, in fen; 0 for nothing or what cannot be read.
        today: says what day it is.

    Signals:
        edited: something was written or computed anew.
    """

    edited = Signal()

    def __init__(self, total: Callable[[], int], today: Callable[[], date]) -> None:
        super().__init__()
        self._total, self._today = total, today
        self.rows: list[InstalmentRow] = []
        self.count = CheckedField("分几期", hint="一次付写 1。")
        self.first = CheckedField("第 1 期哪天付", hint="例如 12-1。")
        self.interval = ChoiceChips("间隔", coded(PlanInterval), small=True)
        self.interval.set_value(PlanInterval.MONTH)
        self.compute = KeyButton("排出分期表")
        self._sum = text_label("", "label", wraps=True)
        self._build()

    def content(self) -> list[list[str]]:
        """Return all rows as they were typed."""
        return [row.content() for row in self.rows]

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Put rows back as they were typed."""
        self._show_rows(len(rows))
        for row, (day, amount) in zip(self.rows, rows, strict=True):
            row.day.setText(day)
            row.amount.setText(amount)
        self.show_sum()

    def plan(self) -> tuple[PlannedInstalment, ...]:
        """Return the instalments.

        Raises:
            RuleBroken: a row cannot be read; the sentence says which.
        """
        return tuple(self._read(row) for row in self.rows)

    def compute_plan(self) -> None:
        """Make equal rows from count, first day and interval; say beside a field what is wrong."""
        try:
            plan = self._equal()
        except RuleBroken as trouble:
            self._sum.setText(str(trouble))
            say_state(self._sum, state="bad")
            field = self.first if trouble.field == "due_on" else self.count
            field.setFocus()
            return
        self.fill([[f"{one.due_on}", show_amount(one.amount_fen)] for one in plan])
        if self.rows:
            self.rows[0].day.setFocus()
        self.edited.emit()

    def show_sum(self) -> None:
        """Say how much the rows come to, in figures and capitals, or what is wrong."""
        words, state = "", ""
        if self.rows:
            try:
                plan = self.plan()
                trouble = plan_trouble(self._total(), plan)
                total = sum_of(plan)
                words = trouble or (
                    f"共 {len(plan)} 期，合计 {show_amount(total)}，"
                    f"大写 {capital_amount(total)}，与协议金额相符。"
                )
                state = "bad" if trouble else "ok"
            except RuleBroken as trouble:
                words, state = str(trouble), "bad"
        self._sum.setText(words)
        say_state(self._sum, state=state)

    def said(self) -> str:
        """Return what is said below the rows."""
        return self._sum.text()

    def _equal(self) -> tuple[PlannedInstalment, ...]:
        total = self._total()
        if not total:
            raise RuleBroken("请先写协议金额。", field="count")
        typed = self.count.text().strip() or "1"
        if not (typed.isascii() and typed.isdecimal()):
            raise RuleBroken("期数请写数字，例如 3。", field="count")
        first = read_coming_day(self.first.text(), self._today())
        return equal_plan(total, int(typed), first, PlanInterval(str(self.interval.value())))

    def _read(self, row: InstalmentRow) -> PlannedInstalment:
        try:
            return row.read(self._today())
        except RuleBroken as trouble:
            raise RuleBroken(f"第 {row.seq} 期：{trouble}", field="plan") from trouble

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.count, 1)
        head.addWidget(self.first, 2)
        choose = QHBoxLayout()
        choose.addWidget(self.interval, 1)
        choose.addWidget(self.compute)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(choose)
        column.addLayout(self._rows)
        column.addWidget(self._sum)
        self.compute.clicked.connect(self.compute_plan)

    def _show_rows(self, count: int) -> None:
        while len(self.rows) > count:
            gone = self.rows.pop()
            self._rows.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < count:
            row = InstalmentRow(len(self.rows) + 1)
            row.edited.connect(self._on_edited)
            self._rows.addWidget(row)
            self.rows.append(row)

    def _on_edited(self) -> None:
        self.show_sum()
        self.edited.emit()


def read_or_nothing(text: str) -> int:
    """Return an amount as typed in fen; 0 where there is none, or none that can be read."""
    with suppress(RuleBroken):
        return read_amount(text)
    return 0


def in_capitals(text: str) -> str:
    """Return how an amount is written in capitals, for the line below its field."""
    fen = read_or_nothing(text)
    return f"{show_amount(fen)}，大写 {capital_amount(fen)}" if fen else ""

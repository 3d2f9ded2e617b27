"""The roster (值班, Alt+9): who is at which post on which day, and where nobody is yet.

Who sits there: whoever draws up next month's roster, with last month's sheet on the counter; and
everybody who wants to know whom to ring tonight. Arrows, a digit for one of the usual people –
the keyboard goes down to the next day by itself.
"""

from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desk.queries.roster import DutyMonth, OnDutyNow, duty_month, on_duty
from desk.rules.moments import day_of
from desk.ui.desk import Desk
from desk.ui.duty.sheet import DutySheet
from desk.ui.duty.side import DutySide
from desk.ui.duty.work import DutyWork
from desk.ui.keys import GlobalKey, ListKey
from desk.ui.screen import Screen
from desk.ui.scroll_column import scrolled
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.cards import Card, EmptyState
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk

_NONE = "还没有值班岗位。请管理员在“管理 · 值班岗位”里加上：街道值班室、执法队、各社区。"
_ONE_DAY = timedelta(days=1)
_SHEET, _EMPTY = 0, 1


class DutyScreen(Screen):
    """The month at the left, the cell at the keyboard and the gaps at the right."""

    title = "值班"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._first = day_of(desk.now()).replace(day=1)
        self._month: DutyMonth | None = None
        self.sheet, self.side = DutySheet(), DutySide()
        self.work = DutyWork(desk, self.sheet, self.side, self)
        self.bar = ActionBar(self)
        self._build()
        self._connect()

    def arrive(self) -> None:
        """Read the month; the keyboard is in the sheet."""
        self._read()
        self.sheet.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on the roster."""
        return "duty"

    def _build(self) -> None:
        sizes = tokens().sizes
        card = Card()
        card.body.setContentsMargins(1, 1, 1, 1)
        self._stack = QStackedLayout()
        card.body.addLayout(self._stack)
        self._stack.addWidget(self.sheet)
        self._stack.addWidget(EmptyState(_NONE))
        row = QHBoxLayout()
        row.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        row.setSpacing(sizes.gutter)
        row.addWidget(card, 3)
        row.addWidget(scrolled(self.side), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row, 1)
        whole.addWidget(self.bar)

    def _connect(self) -> None:
        self.sheet.moved.connect(lambda _cell: self._show_cell())
        self.work.said.connect(self.said)
        self.work.stale.connect(self._read)
        self.desk.changed.connect(self._on_changed)
        KeyShortcut(ListKey.FIRST, self.sheet).pressed.connect(self._go_today)
        PaneWalk(self, [self.sheet, self.side, self.bar])

    def _read(self) -> None:
        self.desk.ask(partial(duty_month, first=self._first), owner=self, done=self._show)
        self.desk.ask(on_duty, owner=self, done=self._show_now)

    def _show(self, month: DutyMonth) -> None:
        if month.first != self._first:
            return  # another month was chosen meanwhile
        self.side.keep()
        self._month = month
        self._stack.setCurrentIndex(_SHEET if month.posts else _EMPTY)
        self.side.setVisible(bool(month.posts))
        self.sheet.show_month(month, day_of(self.desk.now()))
        self.side.show_gaps(month.gaps)
        self._show_cell()
        self.subtitle_changed.emit(f"{month.first.year} 年 {month.first.month} 月")
        self._offer()

    def _show_now(self, there: tuple[OnDutyNow, ...]) -> None:
        who = "，".join(f"{one.post} {one.person} {one.phone}".strip() for one in there)
        month = f"{self._first.year} 年 {self._first.month} 月"
        self.subtitle_changed.emit(f"{month} · 现在在班：{who}" if who else month)

    def _show_cell(self) -> None:
        if self._month is not None:
            self.side.show_cell(self._month, self.sheet.cell())
            self._offer()

    def _offer(self) -> None:
        """Offer what can be done here now."""
        items = []
        post = self.work.post()
        if post is not None and post.may_write:
            items.append(
                ActionItem("保存这一格", GlobalKey.FINISH, self.work.save, "save", is_main=True)
            )
            if post.has_turns:
                items.append(ActionItem(f"{post.name}按轮值排满", "", self._fill, "refresh"))
        items += [
            ActionItem("上个月", ListKey.PAGE_BACK, partial(self._go_months, -1), "left"),
            ActionItem("下个月", ListKey.PAGE_ON, partial(self._go_months, 1), "right"),
            ActionItem("下一处没有人的", ListKey.NEXT, self._go_to_gap),
            ActionItem("打印值班表", GlobalKey.PRINT, self._print, "print"),
        ]
        self.bar.set_items(items)

    def _go_months(self, by: int) -> None:
        edge = self._first - _ONE_DAY if by < 0 else self._first + timedelta(days=32)
        self._first = edge.replace(day=1)
        self._read()

    def _go_today(self) -> None:
        today = day_of(self.desk.now())
        self._first = today.replace(day=1)
        cell = self.sheet.cell()
        if cell is not None and cell.day.replace(day=1) == self._first:
            self.sheet.go_to(cell.post, today)
        self._read()

    def _go_to_gap(self) -> None:
        """Go to the next day on which nobody is named, from the keyboard on and round again."""
        if self._month is None or not self._month.gaps:
            self.said.emit("这个月都排上了。")
            return
        cell = self.sheet.cell()
        here = (cell.day, cell.post) if cell is not None else (date.min, 0)
        later = (gap for gap in self._month.gaps if (gap.day, gap.post_id) > here)
        gap = next(later, self._month.gaps[0])
        self.sheet.go_to(gap.post_id, gap.day)

    def _fill(self) -> None:
        self.work.fill(self._first)

    def _print(self) -> None:
        self.work.print_month(self._first)

    def _on_changed(self, changes: Any, _asker: object) -> None:
        if not (changes.cases or changes.mediations) and self.isVisible():
            self._read()

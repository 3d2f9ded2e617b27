"""The hall's calendar (管理 · 工作日历): a month to go through, and the yearly notice."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desk.queries.calendar import CalendarMonth, KnownYear, calendar_month
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import day_of, in_shanghai
from desk.rules.working_days import missing_year_warning
from desk.ui.admin.calendar_effect import CalendarEffect
from desk.ui.admin.day_form import DayForm
from desk.ui.admin.month_sheet import MonthSheet
from desk.ui.admin.notice_page import NoticePage
from desk.ui.admin.section import Section
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, ListKey, shown
from desk.ui.rooms.cells import month_after
from desk.ui.scroll_column import side_column
from desk.ui.theme import tokens
from desk.ui.widgets.buttons import ButtonKind, IconButton, KeyButton
from desk.ui.widgets.cards import Card, HintCard, text_label
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk

_SHEET_PART, _SIDE_PART = 7, 4
_LOW_SCREEN = 16  # lines


class CalendarSection(Section):
    """Month and day side by side; a change is followed by what it does to running limits."""

    title = "工作日历"
    help_page = "calendar"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._chosen = day_of(desk.now())
        self._said_known = ""
        self.sheet, self.form = MonthSheet(), DayForm()
        self.months = ChoiceChips("月份，后面是工作日天数", numbered=False, small=True)
        self.notice = NoticePage(desk)
        self.effect = CalendarEffect(desk)
        self._head = text_label("", "section")
        self._week = text_label("", "hint", wraps=True)
        self._day = Card("这一天")
        self._known = HintCard("节假日表")
        self._build()
        self._connect()

    def arrive(self) -> None:
        """Read the month on show."""
        query = partial(calendar_month, first=self._chosen.replace(day=1))
        self.desk.ask(query, owner=self, done=self._on_month)

    def show_notice(self) -> None:
        """Go to where a notice is imported."""
        self._stack.setCurrentWidget(self.notice)
        self.notice.arrive()

    def go_to(self, day: date) -> None:
        """Show a day, with its month."""
        self._chosen = day
        self.arrive()

    def known_words(self) -> str:
        """Return which years are known, and from where."""
        return self._said_known

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave a low screen to the days: months go on by keys and arrows."""
        super().resizeEvent(event)
        self.months.setVisible(self.height() >= _LOW_SCREEN * tokens().sizes.row_compact)

    def _build(self) -> None:
        gutter = tokens().sizes.gutter
        self._page = QWidget()
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._stack)
        self._stack.addWidget(self._page)
        self._stack.addWidget(self.notice)
        self._day.body.addWidget(self.form)
        self._known.add_button("导入放假通知…", self.show_notice)
        self._known.body.addStretch()
        row = QHBoxLayout()
        row.setSpacing(gutter)
        row.addWidget(self._month_card(), _SHEET_PART)
        row.addWidget(side_column(self._day, self._known), _SIDE_PART)
        page = QVBoxLayout(self._page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(gutter)
        page.addLayout(row, 1)
        page.addWidget(self.effect)
        PaneWalk(self._page, [self.months, self.sheet, self.form, self._known, self.effect])

    def _month_card(self) -> Card:
        card = Card()
        before, after = IconButton("left", "上个月"), IconButton("right", "下个月")
        today = KeyButton("今天", kind=ButtonKind.QUIET)
        today.setToolTip(shown(ListKey.FIRST))
        before.clicked.connect(partial(self._turn, -1))
        after.clicked.connect(partial(self._turn, 1))
        today.clicked.connect(self._go_today)
        head = QHBoxLayout()
        head.addWidget(before)
        head.addWidget(self._head)
        head.addWidget(after)
        head.addWidget(today)
        head.addStretch()
        card.body.addLayout(head)
        card.body.addWidget(self.months)
        card.body.addWidget(self.sheet, 1)
        card.body.addWidget(self._week)
        return card

    def _connect(self) -> None:
        for key, handler in (
            (ListKey.PAGE_BACK, partial(self._turn, -1)),
            (ListKey.PAGE_ON, partial(self._turn, 1)),
            (ListKey.FIRST, self._go_today),
        ):
            KeyShortcut(key, self.sheet).pressed.connect(handler)
        KeyShortcut(GlobalKey.FINISH, self._page).pressed.connect(self._on_save)
        KeyShortcut(GlobalKey.OUT, self.form).pressed.connect(self.sheet.setFocus)
        KeyShortcut(GlobalKey.FINISH, self.notice).pressed.connect(self.notice.submit)
        KeyShortcut(GlobalKey.OUT, self.notice).pressed.connect(self._on_left)
        self.sheet.moved.connect(lambda _cell: self._show_day())
        self.sheet.opened.connect(lambda _cell: self.form.begin())
        self.sheet.day_wanted.connect(self.go_to)
        self.months.chosen.connect(
            lambda month: self.go_to(self._chosen.replace(day=1, month=month))
        )
        self.form.save_wanted.connect(self._on_save)
        self.notice.said.connect(self.said)
        self.notice.left.connect(self._on_left)
        self.notice.saved.connect(self._on_imported)
        self.effect.box.said.connect(self.said)

    def _turn(self, by: int) -> None:
        self.go_to(month_after(self._chosen, by))

    def _go_today(self) -> None:
        self.go_to(day_of(self.desk.now()))

    def _on_month(self, month: CalendarMonth) -> None:
        first = month.days[0].day
        if (first.year, first.month) != (self._chosen.year, self._chosen.month):
            return  # another month is on its way
        self._head.setText(f"{first.year} 年 {first.month} 月")
        counts = dict(enumerate(month.counts, start=1))
        self.months.set_choices([Choice(at, f"{at} 月", count) for at, count in counts.items()])
        for chip, count in zip(self.months.chips(), month.counts, strict=True):
            chip.setAccessibleDescription(f"{count} 个工作日")
        self.months.set_value(first.month)
        self.sheet.show_month(month.days, day_of(self.desk.now()), self._chosen)
        total = f"{first.year} 年 {sum(month.counts)} 个工作日。"
        guessed = "" if month.is_known else missing_year_warning(first.year)
        self._week.setText(f"{total}大厅{month.week}。{guessed}")
        self._show_known(month)
        self._show_day()

    def _show_day(self) -> None:
        view = self.sheet.view()
        self._day.setVisible(view is not None)
        if view is None:
            return
        self._chosen = view.day
        self.form.show_day(view)
        if self._day.head is not None:
            self._day.head.set_text(self.form.say_head())

    def _show_known(self, month: CalendarMonth) -> None:
        said = [_say_known(one) for one in month.known[:6]]
        if month.missing is not None:
            said.insert(0, missing_year_warning(month.missing))
        self._said_known = "\n".join(said)
        self._known.set_text(self._said_known)
        self._known.set_state("warn" if month.missing is not None else "")

    def _on_save(self) -> None:
        try:
            request = self.form.request(self.desk.by_me())
        except RuleBroken as error:
            self._on_refused(error)
            return
        if request is not None:
            self.form.save.setEnabled(False)
            self.desk.act(request, owner=self, done=self._on_saved, failed=self._on_refused)

    def _on_saved(self, changes: Any) -> None:
        self.form.save.setEnabled(True)
        self.form.settle()
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        self._after(changes)

    def _on_refused(self, error: DeskError) -> None:
        self.form.save.setEnabled(True)
        if not (isinstance(error, RuleBroken) and self.form.show_trouble(error)):
            self.said.emit(str(error))

    def _on_left(self) -> None:
        self._stack.setCurrentWidget(self._page)
        self.arrive()
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_imported(self, changes: Any) -> None:
        years = changes.made["years"]
        self._chosen = date(years[0], 1, 1)
        self._on_left()
        self._after(changes)

    def _after(self, changes: Any) -> None:
        """Say what was done, and count what it does to running limits."""
        self.said.emit(" ".join(filter(None, (f"已{changes.title}。", changes.made.get("then")))))
        self.arrive()
        self.effect.count()


def _say_known(year: KnownYear) -> str:
    if year.imported_at is None:
        return f"{year.year} 年　{year.source}"
    at = in_shanghai(year.imported_at)
    day = f"{at.year} 年 {at.month} 月 {at.day} 日"
    return f"{year.year} 年　{year.source}（{year.imported_by} {day}导入）"

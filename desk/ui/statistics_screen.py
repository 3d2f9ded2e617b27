"""Figures (统计): rates, ranks and charts of a period, and from each figure to its cases.

Who sits here: whoever needs last month's figures for a meeting in two minutes, and whoever must
say of a figure, months later, which cases it is made of.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk.queries.figure_cases import Figure
from desk.queries.statistics_charts import ChartOf, statistics_charts
from desk.queries.statistics_page import StatisticsPage, statistics_page
from desk.rules.codes import Role
from desk.rules.deeds import WORKING_ROLES, Deed
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.keys import StatisticsKey
from desk.ui.screen import Screen
from desk.ui.statistics.ahead_view import AheadView
from desk.ui.statistics.charts_view import ChartsView
from desk.ui.statistics.figure_list import FigureList
from desk.ui.statistics.figures_view import FiguresView
from desk.ui.statistics.head import StatisticsHead
from desk.ui.statistics.mediation_view import MediationView
from desk.ui.statistics.newest import Newest
from desk.ui.statistics.taking_along import Parts, TakingAlong
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk

# who mediates and nothing else has no cases of his own to count
_OF_CASES = WORKING_ROLES - {Role.MEDIATOR, Role.SECRETARY, Role.DIRECTOR}
FIGURES, CHARTS, AHEAD, MEDIATION = "数据", "图表", "主动治理", "人民调解"


class StatisticsScreen(Screen):
    """Period and grouping on top, figures or charts below, in their place the cases of a figure."""

    title = "统计"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._period: tuple[date, date] | None = None
        self.head = StatisticsHead(desk.now)
        self.period, self.grouping = self.head.period, self.head.grouping
        self.figures, self.charts = FiguresView(), ChartsView(desk)
        self.ahead, self.mediation = AheadView(desk), MediationView(desk)
        self.list = FigureList(desk)
        self._views = _views_of(desk)
        self._view = self._views[0]
        self._newest = Newest(desk, self)
        self.bar = ActionBar(self)
        parts = Parts(self.figures, self.charts, self.ahead, self.mediation, self.list, self.bar)
        self.along = TakingAlong(desk, parts, self._front, self)
        self._build()
        self._connect()

    def arrive(self) -> None:
        """Read the figures again; whoever was among the cases of one is there again."""
        if self.is_in_list():
            self.list.reload()
            self.list.table.setFocus()
            return
        if self._period is None:
            self.period.begin()  # which reads
        else:
            self._read()
        self.period.chips.setFocus()

    def views(self) -> tuple[str, ...]:
        """Return the views, as far as they are for whoever sits here."""
        return self._views

    def chosen_view(self) -> int:
        """Return which of them is on."""
        return self._views.index(self._view)

    def choose_view(self, index: int) -> None:
        """Show another one."""
        self._view = self._views[index]
        self._show_view()
        self.views_changed.emit()
        self._read()

    def help_page(self) -> str:
        """Return the handbook page on figures."""
        return "statistics"

    def is_in_list(self) -> bool:
        """Return whether the cases of a figure are shown."""
        return self._pages.currentWidget() is self.list

    def back_to_figures(self) -> None:
        """Leave the cases; the figure that led to them is where the keyboard is."""
        self._pages.setCurrentIndex(0)
        self.along.offer()
        if self._view == CHARTS:
            self.charts.take_focus()
        elif self._last_focus is not None:
            self._last_focus.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a period by its digit wherever no other digits are."""
        text = event.text()
        count = len(self.period.chips.chips())
        if text.isdecimal() and 1 <= int(text) <= count and not self.is_in_list():
            self.period.chips.chips()[int(text) - 1].click()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        sizes = tokens().sizes
        self._last_focus: QWidget | None = None
        self._shown = QStackedWidget()
        for view in (self.figures, self.charts, self.ahead, self.mediation):
            self._shown.addWidget(view)
        self._work = QWidget()
        page = QVBoxLayout(self._work)
        page.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        page.setSpacing(sizes.gutter)
        page.addWidget(self.head)
        page.addWidget(self._shown, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._work)
        self._pages.addWidget(self.list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._pages, 1)
        whole.addWidget(self.bar)
        self._show_view()

    def _connect(self) -> None:
        self.period.chosen.connect(self._on_period)
        self.grouping.chosen.connect(lambda _by: self._read())
        for view in (self.figures, self.charts):
            view.figures_wanted.connect(self._open_figures)
        for speaker in (self.charts, self.mediation, self.list, self.along):
            speaker.said.connect(self.said)
        self.list.case_wanted.connect(self.case_wanted)
        self.list.left.connect(self.back_to_figures)
        self.list.changed.connect(self.along.offer)
        self.ahead.shown.connect(self.along.offer)
        KeyShortcut(StatisticsKey.NEXT_VIEW, self).pressed.connect(self._next_view)
        PaneWalk(self, [self.period, self.grouping, self._shown, self.list, self.bar])

    def _next_view(self) -> None:
        if not self.is_in_list():
            self.choose_view((self.chosen_view() + 1) % len(self._views))
            self._of_view().take_focus()

    def _front(self) -> QWidget:
        return self.list if self.is_in_list() else self._of_view()

    def _of_view(self) -> FiguresView | ChartsView | AheadView | MediationView:
        if self._view == FIGURES:
            return self.figures
        if self._view == CHARTS:
            return self.charts
        return self.ahead if self._view == AHEAD else self.mediation

    def _show_view(self) -> None:
        self._pages.setCurrentIndex(0)
        self._shown.setCurrentWidget(self._of_view())
        self.grouping.setVisible(self._view in {FIGURES, CHARTS})
        self.along.offer()

    def _on_period(self, first: date, last: date) -> None:
        self._period = (first, last)
        self._read()

    def _read(self) -> None:
        """Read what the view shows; an answer to an older question is dropped."""
        if self._period is None:
            return
        (first, last), by = self._period, self.head.by()
        self.charts.days = f"{first} 至 {last}"
        self.subtitle_changed.emit(self.charts.days)
        if self._view == MEDIATION:
            self._newest.drop()
            self.mediation.read(first, last)
        elif self._view == AHEAD:
            self._newest.drop()
            self.ahead.read(first, last)
        elif self._view == CHARTS:
            charts = partial(statistics_charts, first=first, last=last, by=by)
            self._newest.ask(charts, self._show_charts)
        else:
            page = partial(statistics_page, first=first, last=last, by=by)
            self._newest.ask(page, self._show_page)

    def _show_page(self, page: StatisticsPage) -> None:
        self.figures.show_page(page)
        self.along.offer()

    def _show_charts(self, charts: tuple[ChartOf, ...]) -> None:
        self.charts.show_charts(charts)
        self.along.offer()

    def _open_figures(self, figures: Sequence[Figure], counts: Sequence[int]) -> None:
        self._last_focus = self.focusWidget()
        self._pages.setCurrentWidget(self.list)
        self.list.show_figures(figures, counts)


def _views_of(desk: Desk) -> tuple[str, ...]:
    person = desk.person
    plain = (FIGURES, CHARTS, AHEAD) if person.seeing_roles & _OF_CASES else ()
    return (*plain, MEDIATION) if may_in_hall(Deed.MEDIATE, person) else plain

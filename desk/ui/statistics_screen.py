"""Figures (统计): mediations of a period, on screen and on paper from the same count."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions.mediation_statistics import IssueMediationStatistics
from desk.queries.mediation_figures import mediation_figures
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.printing import papers_of
from desk.ui.screen import Screen
from desk.ui.scroll_column import side_column
from desk.ui.start.figures import Figure, FiguresCard
from desk.ui.statistics.bar_rows import BarRow, BarRows
from desk.ui.statistics.period import PeriodBar
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.cards import Card
from desk.ui.widgets.panes import PaneWalk

_SECTIONS = (("by_kind", "纠纷类型"), ("by_source", "来源"), ("by_difficulty", "复杂程度"))
_NONE = "—"


class StatisticsScreen(Screen):
    """The period on top, the figures at the right, what there was of each kind at the left."""

    title = "统计"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._period: tuple[date, date] | None = None
        self.period = PeriodBar(desk.now)
        self.figures = FiguresCard("人民调解", columns=2)
        self.bars = {key: BarRows(name) for key, name in _SECTIONS}
        self.bar = ActionBar(self)
        self._lay_out()
        self.period.chosen.connect(self._read)
        desk.changed.connect(self._on_changed)
        PaneWalk(self, [self.period, self.bar])

    def arrive(self) -> None:
        """Read the figures again; the focus is on the period."""
        self.period.begin()
        self.period.chips.setFocus()
        if self._period is not None:
            self._read(*self._period)

    def help_page(self) -> str:
        """Return the handbook page on figures."""
        return "statistics"

    def _lay_out(self) -> None:
        sizes = tokens().sizes
        kinds, sources, levels = (self._card(key, name) for key, name in _SECTIONS)
        row = QHBoxLayout()
        row.setSpacing(sizes.gutter)
        row.addWidget(side_column(kinds, levels), 3)
        row.addWidget(side_column(self.figures, sources), 2)
        page = QVBoxLayout()
        page.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        page.setSpacing(sizes.gutter)
        page.addWidget(self.period)
        page.addLayout(row, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(page, 1)
        whole.addWidget(self.bar)

    def _card(self, key: str, name: str) -> Card:
        card = Card(name)
        card.body.addWidget(self.bars[key])
        return card

    def _read(self, first: date, last: date) -> None:
        self._period = (first, last)
        query = partial(mediation_figures, first=first, last=last)
        self.desk.ask(query, owner=self, done=self._show)

    def _on_changed(self, changes: Any, _asker: object) -> None:
        if changes.mediations and self._period is not None and self.isVisible():
            self._read(*self._period)

    def _show(self, report: dict[str, Any]) -> None:
        if self._period is None or report["from"] != f"{self._period[0]:%Y-%m-%d}":
            return  # somebody chose another period meanwhile
        rate = report["success_rate"]
        self.figures.show_figures(
            (
                Figure(report["total"], "受理", "这段时间受理的调解"),
                Figure(
                    _NONE if rate is None else f"{rate}%",
                    "成功率",
                    f"达成协议 {report['succeeded']} 件 / 结案 {report['closed']} 件",
                ),
                Figure(
                    f"{report['amount']:,}",
                    "协议金额（元）",
                    f"书面 {report['written']} 件，口头 {report['oral']} 件",
                ),
                Figure(
                    report["performed"],
                    "已履行",
                    f"司法确认有效 {report['judicial_confirmations']} 件",
                ),
            )
        )
        for key, _ in _SECTIONS:
            self.bars[key].set_rows(
                [BarRow(row["key"], row["count"], f"{row['share']}%") for row in report[key]]
            )
        self.subtitle_changed.emit(f"{report['from']} 至 {report['to']}")
        self.bar.set_items(
            [ActionItem("打印统计表", GlobalKey.PRINT, self._print, "print", is_main=True)]
        )

    def _print(self) -> None:
        if self._period is None:
            return
        first, last = self._period
        request = IssueMediationStatistics(**self.desk.by_me(), first=first, last=last)
        self.desk.act(request, owner=self, done=self._on_issued)

    def _on_issued(self, changes: Any) -> None:
        self.said.emit(f"{changes.title}。")
        papers_of(self.desk).print_paper(changes.made["paper"], owner=self)

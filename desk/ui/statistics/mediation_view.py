"""Figures of mediations of a period (人民调解统计), on screen and on paper from the same count."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.actions.mediation_statistics import IssueMediationStatistics
from desk.queries.mediation_figures import mediation_figures
from desk.ui.desk import Desk
from desk.ui.printing import papers_of
from desk.ui.scroll_column import side_column
from desk.ui.start.figures import Figure, FiguresCard
from desk.ui.statistics.bar_rows import BarRow, BarRows
from desk.ui.theme import tokens
from desk.ui.widgets.cards import Card

_SECTIONS = (("by_kind", "纠纷类型"), ("by_source", "来源"), ("by_difficulty", "复杂程度"))
_NONE = "—"


class MediationView(QWidget):
    """The figures at the right, what there was of each kind at the left.

    Signals:
        said: a sentence for the status line.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._period: tuple[date, date] | None = None
        self.figures = FiguresCard("人民调解", columns=2)
        self.bars = {key: BarRows(name) for key, name in _SECTIONS}
        kinds, sources, levels = (self._card(key, name) for key, name in _SECTIONS)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens().sizes.gutter)
        row.addWidget(side_column(kinds, levels), 3)
        row.addWidget(side_column(self.figures, sources), 2)
        desk.changed.connect(self._on_changed)

    def read(self, first: date, last: date) -> None:
        """Read the figures of a period."""
        self._period = (first, last)
        query = partial(mediation_figures, first=first, last=last)
        self._desk.ask(query, owner=self, done=self._show)

    def take_focus(self) -> None:
        """Stay where the keyboard is: there is nothing to choose."""

    def print_table(self) -> None:
        """Print the table of the period."""
        if self._period is None:
            return
        first, last = self._period
        request = IssueMediationStatistics(**self._desk.by_me(), first=first, last=last)
        self._desk.act(request, owner=self, done=self._on_issued)

    def _card(self, key: str, name: str) -> Card:
        card = Card(name)
        card.body.addWidget(self.bars[key])
        return card

    def _on_changed(self, changes: Any, _asker: object) -> None:
        if changes.mediations and self._period is not None and self.isVisible():
            self.read(*self._period)

    def _show(self, report: dict[str, Any]) -> None:
        if self._period is None or (report["from"], report["to"]) != tuple(map(str, self._period)):
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

    def _on_issued(self, changes: Any) -> None:
        self.said.emit(f"{changes.title}。")
        papers_of(self._desk).print_paper(changes.made["paper"], owner=self)

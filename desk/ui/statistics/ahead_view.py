"""Figures of whistles and findings of a period (主动治理): one count for screen and paper."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.forms.figures_sheet import SheetFigures
from desk.queries.ahead_figures import AheadFigures, ahead_figures
from desk.ui.desk import Desk
from desk.ui.scroll_column import side_column
from desk.ui.start.figures import Figure, FiguresCard
from desk.ui.statistics.bar_rows import BarRow, BarRows
from desk.ui.theme import tokens
from desk.ui.widgets.cards import Card

_NONE = "—"
_UNITS = {"被吹哨单位": "次", "吹哨级别": "张", "发现方式": "件", "发现社区": "件"}
_HEADS = ("分项", "数量", "其中")


class AheadView(QWidget):
    """Whistles at the left, findings at the right: totals on top, their parts below.

    Signals:
        shown: the figures of the period are there, and may be printed.
    """

    shown = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._period: tuple[date, date] | None = None
        self.found: AheadFigures | None = None
        self.whistles = FiguresCard("吹哨报到", columns=4)
        self.findings = FiguresCard("未诉先办", columns=4)
        self.bars = {name: BarRows(name, _UNITS[name]) for name, _parts in _parts_of(None)}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens().sizes.gutter)
        cards = {name: self._card(name) for name in self.bars}
        row.addWidget(side_column(self.whistles, cards["被吹哨单位"], cards["吹哨级别"]), 1)
        row.addWidget(side_column(self.findings, cards["发现方式"], cards["发现社区"]), 1)

    def read(self, first: date, last: date) -> None:
        """Read the figures of a period."""
        self._period = (first, last)
        query = partial(ahead_figures, first=first, last=last)
        self._desk.ask(query, owner=self, done=self._show)

    def take_focus(self) -> None:
        """Stay where the keyboard is: there is nothing to choose."""

    def sheet(self, note: str) -> SheetFigures | None:
        """Return what is printed; None before anything was read."""
        if self.found is None:
            return None
        figures = (*_whistle_figures(self.found.whistles), *_finding_figures(self.found.findings))
        totals = _total("吹哨合计", figures[0], figures[3]), _total("未诉先办合计", *figures[4:6])
        lines = [
            (f"{name}　{bar.words}", str(bar.count), bar.detail)
            for name, parts in _parts_of(self.found)
            for bar in parts
        ]
        tiles = [(one.words, str(one.value), one.detail) for one in figures]
        title = "吹哨报到、未诉先办统计表"
        return SheetFigures(
            title, f"{self.found.office}　{note}", tiles, _HEADS, [*totals, *lines], ()
        )

    def _card(self, name: str) -> Card:
        card = Card(name)
        card.body.addWidget(self.bars[name])
        return card

    def _show(self, found: AheadFigures) -> None:
        asked = (found.whistles["from"], found.whistles["to"])
        if self._period is None or asked != tuple(map(str, self._period)):
            return  # somebody chose another period meanwhile
        self.found = found
        self.whistles.show_figures(_whistle_figures(found.whistles))
        self.findings.show_figures(_finding_figures(found.findings))
        for name, bars in _parts_of(found):
            self.bars[name].set_rows(bars)
        self.shown.emit()


def _whistle_figures(counted: Mapping[str, Any]) -> tuple[Figure, ...]:
    return (
        Figure(counted["calls"], "吹哨", f"被吹哨单位 {counted['called_units']} 家次"),
        Figure(_rate(counted["response_rate"]), "响应率", f"到场 {counted['answered_units']} 家次"),
        Figure(
            _rate(counted["on_time_rate"]),
            "按时报到率",
            f"按时 {counted['answered_on_time']} 家次",
        ),
        Figure(_rate(counted["resolution_rate"]), "化解率", f"化解 {counted['resolved']} 张哨单"),
    )


def _finding_figures(counted: Mapping[str, Any]) -> tuple[Figure, ...]:
    return (
        Figure(counted["found"], "发现", f"每周 {counted['weekly_mean']} 件"),
        Figure(_rate(counted["resolution_rate"]), "化解率", f"化解 {counted['resolved']} 件"),
        Figure(counted["confirmed"], "复核化解", "又去看过，确实好了"),
        Figure(counted["turned"], "转出", "转为诉求件、哨单或专题"),
    )


def _parts_of(found: AheadFigures | None) -> tuple[tuple[str, list[BarRow]], ...]:
    """Return the parts of both reports by their names; none before anything was read."""
    whistles = found.whistles if found is not None else {}
    findings = found.findings if found is not None else {}
    return (
        ("被吹哨单位", [_unit(one) for one in whistles.get("by_unit", ())]),
        ("吹哨级别", [_level(one) for one in whistles.get("by_level", ())]),
        ("发现方式", [_kind(one) for one in findings.get("by_way", ())]),
        ("发现社区", [_kind(one) for one in findings.get("by_community", ())]),
    )


def _total(name: str, count: Figure, rate: Figure) -> tuple[str, str, str]:
    return name, str(count.value), f"化解 {rate.value}"


def _unit(one: Mapping[str, Any]) -> BarRow:
    return BarRow(one["key"], one["called_units"], f"按时 {_rate(one['on_time_rate'])}")


def _level(one: Mapping[str, Any]) -> BarRow:
    return BarRow(one["key"], one["calls"], f"化解 {_rate(one['resolution_rate'])}")


def _kind(one: Mapping[str, Any]) -> BarRow:
    return BarRow(one["key"], one["count"], f"化解 {_rate(one['resolution_rate'])}")


def _rate(rate: str | None) -> str:
    return _NONE if rate is None else f"{rate}%"

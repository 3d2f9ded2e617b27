"""What may be done with what the page of figures shows (现在可以): print it, keep it, export it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.actions.ledger_export import ON_FIGURE
from desk.exchange.export_figure import figure_sheet
from desk.exchange.export_ledger import LedgerSheet
from desk.exchange.export_listed import NeedsApproval
from desk.forms.figures_sheet import SheetFigures, figures_pdf
from desk.rules.charts import Chart
from desk.rules.deeds import Deed
from desk.rules.moments import in_shanghai
from desk.rules.rights import may_in_hall
from desk.ui.board.board_export import ListExport
from desk.ui.desk import Desk, Query
from desk.ui.keys import GlobalKey, StatisticsKey
from desk.ui.statistics.ahead_view import AheadView
from desk.ui.statistics.charts_view import ChartsView
from desk.ui.statistics.figure_list import FigureList
from desk.ui.statistics.figures_view import FiguresView, notes_of, tiles_of
from desk.ui.statistics.mediation_view import MediationView
from desk.ui.statistics.saving import Saving, paper_of
from desk.ui.widgets.action_bar import ActionBar, ActionItem


@dataclass(frozen=True, slots=True)
class Parts:
    """What may be shown, and the bar below it."""

    figures: FiguresView
    charts: ChartsView
    ahead: AheadView
    mediation: MediationView
    list: FigureList
    bar: ActionBar


class TakingAlong(QObject):
    """Keeps the action bar in step with what is shown, and does what it offers.

    Args:
        front: returns which of the parts is shown now.

    Signals:
        said: a sentence for the status line.
    """

    said = Signal(str)

    def __init__(
        self, desk: Desk, parts: Parts, front: Callable[[], QWidget], over: QWidget
    ) -> None:
        super().__init__(over)
        self._desk, self._parts, self._front = desk, parts, front
        self._saving = Saving(desk, over)
        self._export = ListExport(desk, ON_FIGURE, self._sheet, parts.list.ask, over)
        for speaker in (self._saving, self._export):
            speaker.said.connect(self.said)

    def offer(self) -> None:
        """Offer what fits what is shown."""
        parts, front = self._parts, self._front()
        items: list[ActionItem] = []
        if front is parts.list:
            items = self._list_items()
        elif front is parts.mediation:
            items = [_print_item("打印统计表", parts.mediation.print_table)]
        elif front is parts.ahead and parts.ahead.found is not None:
            items = [_print_item("打印统计表", self._print_ahead)]
        elif front is parts.charts and parts.charts.current() is not None:
            items = self._chart_items()
        elif front is parts.figures and parts.figures.page is not None:
            items = [
                _print_item("打印统计表", self._print_figures),
                ActionItem("存为表格", StatisticsKey.SAVE_TABLE, self._save_table, "save"),
                ActionItem(
                    f"看{parts.figures.next_columns()}", StatisticsKey.COLUMNS, self._turn_columns
                ),
            ]
        parts.bar.set_items(items)

    def _turn_columns(self) -> None:
        self._parts.figures.turn_columns()
        self.offer()

    def _list_items(self) -> list[ActionItem]:
        cases = self._parts.list
        if not cases.count():
            return []
        items = [_print_item("打印清单", cases.print_list)]
        if may_in_hall(Deed.EXPORT, self._desk.person):
            items.append(ActionItem("导出所列", StatisticsKey.TAKE_OUT, self._export.begin, "save"))
        return items

    def _chart_items(self) -> list[ActionItem]:
        return [
            _print_item("打印图", self._print_chart),
            ActionItem("存为图片", StatisticsKey.SAVE_PICTURE, self._save_picture, "save"),
            ActionItem("存为 PDF", StatisticsKey.SAVE_PDF, self._save_pdf),
            ActionItem("存为表格", StatisticsKey.SAVE_TABLE, self._save_table),
        ]

    def _save_table(self) -> None:
        table = (
            self._parts.charts.as_table()
            if self._front() is self._parts.charts
            else self._parts.figures.as_table()
        )
        if table is not None:
            self._saving.save_table(table)

    def _save_picture(self) -> None:
        self._saving.save_picture(self._chart(), self._note())

    def _save_pdf(self) -> None:
        self._saving.save_pdf(self._chart(), self._note())

    def _print_chart(self) -> None:
        chart = self._chart()
        self._saving.print_pdf(partial(paper_of, chart, self._note()), chart.title)

    def _print_figures(self) -> None:
        view = self._parts.figures
        page, whole = view.page, view.figures
        assert page is not None  # noqa: S101 - it is offered only then
        assert whole is not None  # noqa: S101 - they come with it
        figures = whole.on_paper()
        tiles = [
            (tile.words, tile.value, "　".join(filter(None, (tile.parts, *tile.beside))))
            for tile in tiles_of(page)
        ]
        sheet = SheetFigures(
            view.title(),
            f"{page.office}　{self._note()}",
            tiles,
            figures.heads,
            [[cell.words for cell in row.cells] for row in figures.rows],
            notes_of(page),
            names=view.names(),
        )
        self._saving.print_pdf(partial(figures_pdf, sheet), view.title())

    def _print_ahead(self) -> None:
        sheet = self._parts.ahead.sheet(self._note())
        assert sheet is not None  # noqa: S101 - it is offered only then
        self._saving.print_pdf(partial(figures_pdf, sheet), sheet.title)

    def _sheet(self, reason: str) -> Query[LedgerSheet | NeedsApproval]:
        figure = self._parts.list.figure()
        assert figure is not None  # noqa: S101 - it is offered only then
        return partial(figure_sheet, asked=figure, reason=reason)

    def _chart(self) -> Chart:
        found = self._parts.charts.current()
        assert found is not None  # noqa: S101 - it is offered only then
        return found.chart

    def _note(self) -> str:
        """Say who counted, and when."""
        now = in_shanghai(self._desk.now())
        return f"{self._parts.charts.days}　{self._desk.person.name} {now:%Y-%m-%d %H:%M} 统计"


def _print_item(words: str, handler: Callable[[], None]) -> ActionItem:
    return ActionItem(words, GlobalKey.PRINT, handler, "print", is_main=True)

"""What is on the page of figures when its pictures are taken (统计的界面图)."""

from collections.abc import Callable

from desk.ui.main_window import MainWindow
from desk.ui.statistics_screen import AHEAD, CHARTS, FIGURES, StatisticsScreen

_YEAR = "year"


def chart_of_year(name: str) -> Callable[[MainWindow], None]:
    """Return what shows one chart of the whole year."""

    def prepare(window: MainWindow) -> None:
        page = window.pages.front
        if isinstance(page, StatisticsScreen):
            page.period.choose(_YEAR)
            page.charts.chips.set_value(name)
            page.choose_view(page.views().index(CHARTS))

    return prepare


def ahead_of_year(window: MainWindow) -> None:
    """Show the figures of whistles and findings of the whole year."""
    page = window.pages.front
    if isinstance(page, StatisticsScreen):
        page.period.choose(_YEAR)
        page.choose_view(page.views().index(AHEAD))


def cases_of_year(figure: int) -> Callable[[MainWindow], None]:
    """Return what shows the cases behind a large figure of the whole year."""

    def prepare(window: MainWindow) -> None:
        page = window.pages.front
        if isinstance(page, StatisticsScreen):
            page.choose_view(page.views().index(FIGURES))
            page.period.choose(_YEAR)
            opened = page.figures.tiles.opened
            # behind the figures in the same lane: they are there when this comes back
            window.desk.ask(
                lambda _reader: None, owner=page, done=lambda _nothing: opened.emit(figure)
            )

    return prepare

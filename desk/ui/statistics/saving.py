"""Taking figures and charts along (存表格、存图、打印): workbook, picture, PDF, paper."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.exchange.write_workbook import write_sheet
from desk.forms.charts import ChartLook, chart_pdf, wanted_height
from desk.rules.charts import Chart, Table
from desk.rules.errors import RuleBroken
from desk.settings import load_settings
from desk.ui.desk import Desk
from desk.ui.file_choice import choose_target
from desk.ui.printing import DEFAULT_PRINTER, hand_over, save_pdf
from desk.ui.statistics.chart_picture import picture_of

_A4 = (297 * 72 / 25.4, 210 * 72 / 25.4)
_EDGE = 15 * 72 / 25.4
_LETTER = 12.0
_PICTURE = (1200.0, 675.0)  # pixels at 100 %: fits a slide
_TWICE = 2.0
_POINTS_PER_PIXEL = 0.75


class Saving(QObject):
    """Writes what is shown into files and sends it to the printer, all in the background.

    Signals:
        said: a sentence for the status line.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over

    def save_table(self, table: Table) -> None:
        """Ask where a table goes, and write it as a workbook."""
        chosen = partial(self._write, partial(write_table, table))
        kinds = "工作簿 (*.xlsx)"
        choose_target(self._over, "存为表格", chosen, kinds, name=f"{table.title}.xlsx")

    def save_picture(self, chart: Chart, note: str) -> None:
        """Ask where a chart goes, and write it as a picture."""
        chosen = partial(self._write, partial(write_picture, chart, note))
        name = f"{chart.title}.png"
        choose_target(self._over, "存为图片", chosen, "图片 (*.png)", name=name)

    def save_pdf(self, chart: Chart, note: str) -> None:
        """Ask where a chart goes, and write it as a PDF page."""
        chosen = partial(self._write, lambda target: save_pdf(paper_of(chart, note), target))
        name = f"{chart.title}.pdf"
        choose_target(self._over, "存为 PDF", chosen, "PDF 文件 (*.pdf)", name=name)

    def print_pdf(self, make: Callable[[], bytes], title: str) -> None:
        """Draw a page and send it to the printer that this workstation used last."""
        self._desk.work(
            partial(_print, make, title),
            owner=self,
            done=lambda where: self.said.emit(f"{title} 已送到{where}。"),
        )

    def _write(self, write: Callable[[Path], object], target: Path) -> None:
        self._desk.work(
            partial(write, target),
            owner=self,
            done=lambda _done: self.said.emit(f"已存为“{target.name}”。"),
        )


def write_table(table: Table, target: Path) -> int:
    """Write a table as a workbook; background work."""
    return write_sheet(target, title=table.title[:31], header=table.heads, rows=table.rows)


def write_picture(chart: Chart, note: str, target: Path) -> None:
    """Write a chart as a picture that also prints well; background work.

    Raises:
        RuleBroken: the folder does not take it.
    """
    wide = _PICTURE[0]
    look = ChartLook(letter=_LETTER, note=note)
    high = wanted_height(chart, wide * _POINTS_PER_PIXEL, look) / _POINTS_PER_PIXEL
    image = picture_of(chart, (wide, max(high, _PICTURE[1])), _TWICE, look)
    if not image.save(str(target)):
        raise RuleBroken("这个文件夹不能写入，图没有存上。请换一个地方再存。")


def paper_of(chart: Chart, note: str) -> bytes:
    """Return a chart on a page of A4 on its side."""
    look = ChartLook(letter=_LETTER, note=note)
    return chart_pdf(chart, _A4, look, edge=_EDGE)


def _print(make: Callable[[], bytes], title: str) -> str:
    printer = load_settings().printer
    hand_over(make(), printer, 1, title)
    return printer or DEFAULT_PRINTER

"""A chart on the screen (图): the very drawing that is printed, in the shades of the theme."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desk.forms.charts import ChartLook, Ink, chart_pdf
from desk.rules.charts import Chart, say_chart
from desk.ui.theme import THEME, Type, tokens
from desk.ui.widgets.composing import is_composing
from desk.ui.widgets.painting import CARD_RADIUS, paint_focus
from desk.ui.widgets.pdf_pages import PdfPages

Run = Callable[[Callable[[], Any], Callable[[Any], None]], None]
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_POINTS_PER_PIXEL = 0.75
_INSET = 8
_LEAST_ROWS = 7
_REST_MS = 60  # while a window is being made larger


class ChartPicture(QWidget):
    """Draws a chart through `run`, never in the GUI thread; the old picture stays until then.

    Signals:
        entered: Enter: the numbers behind the picture are wanted.
    """

    entered = Signal()

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._chart: Chart | None = None
        self._image: QImage | None = None
        self._asked = 0
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._draw)
        self.setMinimumHeight(_LEAST_ROWS * tokens().sizes.row)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        THEME.changed.connect(self._draw)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart = chart
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(say_chart(chart))
        self._draw()

    def image(self) -> QImage | None:
        """Return the picture that is shown."""
        return self._image

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead to the numbers with Enter."""
        if event.key() in _ENTER and not is_composing():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw it anew once the size rests."""
        super().resizeEvent(event)
        self._rest.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Show the picture."""
        painter = QPainter(self)
        if self._image is not None:
            painter.drawImage(QPointF(_INSET, _INSET), self._image)
        if self.hasFocus():
            look = tokens()
            paint_focus(painter, self.rect().toRectF(), look, CARD_RADIUS)
        painter.end()

    def _draw(self) -> None:
        wide, high = self.width() - 2 * _INSET, self.height() - 2 * _INSET
        if self._chart is None or min(wide, high) < 1:
            return
        self._asked += 1
        work = partial(
            picture_of,
            self._chart,
            (wide, high),
            self.devicePixelRatioF(),
            ChartLook(letter=tokens().points(Type.SECTION), ink=_ink(), with_title=False),
        )
        self._run(work, partial(self._on_drawn, self._asked))

    def _on_drawn(self, asked: int, image: QImage) -> None:
        if asked == self._asked:  # else another chart or size is on its way
            self._image = image
            self.update()


def picture_of(chart: Chart, size: tuple[float, float], scale: float, look: ChartLook) -> QImage:
    """Return a chart as a picture of so many pixels at 100 %; background work."""
    points = (size[0] * _POINTS_PER_PIXEL, size[1] * _POINTS_PER_PIXEL)
    image = PdfPages(chart_pdf(chart, points, look)).render(0, scale)
    image.setDevicePixelRatio(scale)
    return image


def _ink() -> Ink:
    look = tokens()
    return Ink(
        text=_shade(look.text),
        soft=_shade(look.text2),
        line=_shade(look.line),
        ground=_shade(look.surface),
        strong=_shade(look.accent),
    )


def _shade(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()

"""Paper on the screen (文书预览): the printed pages below each other, drawn in the background."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desk.ui.keys import ListKey
from desk.ui.theme import THEME, mixed, tokens
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.pdf_pages import PdfPages

_GAP = 16
_STEP = 40
_LEAST, _MOST = 0.4, 4.0
_ZOOM = 1.2

Run = Callable[[Callable[[], Any], Callable[[Any], None]], None]


def run_here(work: Callable[[], Any], done: Callable[[Any], None]) -> None:
    """Do `work` at once in this thread; for very small papers and for tests."""
    done(work())


class PagesView(QAbstractScrollArea):
    """Shows a PDF; pages that can be seen are drawn through `run`, never in the GUI thread.

    Args:
        run: does work in the background and calls back in the GUI thread, as `Tasks.run` does.

    Signals:
        page_changed: another page is at the top; carries its number from 1.
        opened: a paper is ready to be looked at; carries its number of pages.
    """

    page_changed = Signal(int)
    opened = Signal(int)

    def __init__(self, run: Run = run_here, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._pages: PdfPages | None = None
        self._pictures: dict[int, QImage] = {}
        self._asked: set[int] = set()
        self._generation = 0
        self._fits_width = True
        self._scale = 1.0
        self._top_page = 1
        self.setAccessibleName("文书")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        KeyShortcut(ListKey.FIT_WIDTH, self).pressed.connect(self.fit_width)
        THEME.changed.connect(self.viewport().update)

    def show_pdf(self, data: bytes) -> None:
        """Show another paper; the old one stays until it is ready."""
        self._generation += 1
        generation = self._generation
        self._run(lambda: PdfPages(data), lambda pages: self._on_opened(pages, generation))

    def clear(self) -> None:
        """Show no paper."""
        self._generation += 1
        self._pages = None
        self._forget_pictures()
        self._lay_out()

    def page_count(self) -> int:
        """Return how many pages there are."""
        return len(self._pages.sizes) if self._pages is not None else 0

    def current_page(self) -> int:
        """Return the number of the page at the top, from 1."""
        return self._top_page

    def go_to(self, page: int) -> None:
        """Bring the page with this number to the top."""
        if 1 <= page <= self.page_count():
            self.verticalScrollBar().setValue(self._rects()[page - 1].top() - _GAP)

    def fit_width(self) -> None:
        """Make the pages as wide as the view."""
        self._fits_width = True
        self._lay_out()

    def zoom(self, factor: float) -> None:
        """Make the pages larger or smaller."""
        self._fits_width = False
        self._scale = min(max(self._scale * factor, _LEAST), _MOST)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages with PgUp and PgDn, scroll with the arrows, size with + and -."""
        key = event.key()
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(key))
        bar = self.verticalScrollBar()
        if step is not None:
            self._turn(step)
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            bar.setValue(bar.value() + (_STEP if key == Qt.Key.Key_Down else -_STEP))
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Minus}:
            self.zoom(_ZOOM if key == Qt.Key.Key_Plus else 1 / _ZOOM)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            bar.setValue(bar.minimum() if key == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep fitting the width."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheets that can be seen; one that is still being drawn is white."""
        look = tokens()
        painter = QPainter(self.viewport())
        view = self.viewport().rect()
        painter.fillRect(view, mixed(look.column, look.text, 0.05))
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for at, rect in enumerate(self._rects()):
            sheet = rect.translated(-offset)
            if not sheet.intersects(view):
                continue
            painter.setPen(look.line)
            painter.drawRect(sheet.adjusted(-1, -1, 0, 0))
            picture = self._pictures.get(at)
            if picture is None:
                painter.fillRect(sheet, Qt.GlobalColor.white)  # paper is white in every theme
                self._ask_for(at)
            else:
                painter.drawImage(sheet, picture)
        painter.end()

    def sizeHint(self) -> QSize:
        """Return the size of a sheet on a small screen."""
        return QSize(520, 640)

    def _turn(self, step: int) -> None:
        bar = self.verticalScrollBar()
        before = bar.value()
        self.go_to(self._top_page + step)
        if bar.value() == before:  # the last page is shorter than the view
            bar.setValue(bar.maximum() if step > 0 else bar.minimum())

    def _on_opened(self, pages: PdfPages, generation: int) -> None:
        if generation != self._generation:
            return  # another paper has been asked for meanwhile
        self._pages = pages
        self._forget_pictures()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.opened.emit(self.page_count())

    def _ask_for(self, at: int) -> None:
        pages, generation, scale = self._pages, self._generation, self._scale
        if pages is None or at in self._asked:
            return
        self._asked.add(at)
        ratio = self.devicePixelRatioF()
        self._run(
            lambda: pages.render(at, scale * ratio),
            lambda picture: self._on_drawn(at, picture, generation, scale),
        )

    def _on_drawn(self, at: int, picture: QImage, generation: int, scale: float) -> None:
        if generation == self._generation and scale == self._scale:
            self._pictures[at] = picture
            self.viewport().update()

    def _forget_pictures(self) -> None:
        self._pictures = {}
        self._asked = set()

    def _lay_out(self) -> None:
        before = self._scale
        sizes = self._pages.sizes if self._pages is not None else []
        if self._fits_width and sizes:
            room = max(self.viewport().width() - 2 * _GAP, 80)
            self._scale = min(max(room / max(s.width() for s in sizes), _LEAST), _MOST)
        if self._scale != before:
            self._forget_pictures()
        rects = self._rects()
        whole = QSizeF(
            max((r.right() + _GAP for r in rects), default=0),
            max((r.bottom() + _GAP for r in rects), default=0),
        )
        view = self.viewport().size()
        for bar, total, page in (
            (self.verticalScrollBar(), whole.height(), view.height()),
            (self.horizontalScrollBar(), whole.width(), view.width()),
        ):
            bar.setRange(0, max(round(total) - page, 0))
            bar.setPageStep(page)
            bar.setSingleStep(_STEP)
        self.viewport().update()

    def _rects(self) -> list[QRect]:
        """Where each sheet lies on the long strip of paper."""
        rects, top = [], _GAP
        for size in self._pages.sizes if self._pages is not None else []:
            sheet = (size * self._scale).toSize()
            left = max((self.viewport().width() - sheet.width()) // 2, _GAP)
            rects.append(QRect(QPoint(left, top), sheet))
            top += sheet.height() + _GAP
        return rects

    def _on_scrolled(self, value: int) -> None:
        middle = value + self.viewport().height() // 3
        page = sum(1 for rect in self._rects() if rect.top() <= middle)
        if page != self._top_page and page:
            self._top_page = page
            self.page_changed.emit(page)
        self.viewport().update()

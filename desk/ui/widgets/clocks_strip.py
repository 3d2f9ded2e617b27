"""The clocks of one case (时限条): six equal cells that never scroll away."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from desk.rules.clock_faces import RUNNING, ClockFace, ClockState
from desk.ui.keys import GlobalKey
from desk.ui.theme import THEME, Tokens, Type, mixed, say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.clock_paint import paint_clock_shape
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import (
    key_cap_width,
    paint_focus,
    paint_key_cap,
    paint_text,
    text_width,
)

_CELLS = 6
_FOOT = 3.0
_PAD = 13.0
_SHAPE = 15.0
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_CALM = frozenset({ClockState.STOP, ClockState.WAIT, ClockState.NOT_APPLICABLE, ClockState.PAUSE})


@dataclass(frozen=True, slots=True)
class StripCell:
    """One clock of the strip: its face, and below it when it is due or what its limit is."""

    face: ClockFace
    note: str = ""
    is_nearest: bool = False


class ClockCell(PaintedButton):
    """One cell; pressing it explains the clock."""

    def __init__(self, cell: StripCell, parent: QWidget | None = None) -> None:
        super().__init__(cell.face.name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_cell(cell)

    @property
    def cell(self) -> StripCell:
        """What the cell shows."""
        return self._cell

    def set_cell(self, cell: StripCell) -> None:
        """Show another state of the clock."""
        self._cell = cell
        self.setText(cell.face.name)
        self.setAccessibleName(f"{cell.face.name} {cell.face.text}")
        self.setAccessibleDescription(cell.face.sentence)
        self.setToolTip(cell.face.sentence)
        self.update()

    def sizeHint(self) -> QSize:
        """Return an equal share; the strip decides on the width."""
        return QSize(120, tokens().sizes.clocks_strip - 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw shape, name and time, and below them the note."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        face, colours = self._cell.face, look.clocks[self._cell.face.state]
        is_filled = self._is_filled()
        if is_filled:
            painter.fillRect(area, colours.tint)
            foot = QRectF(area.left(), area.bottom() - _FOOT, area.width(), _FOOT)
            painter.fillRect(foot, mixed(colours.text, colours.tint, 0.3))
        ink, quiet = self._inks(look)
        half = area.height() / 2
        upper = QRectF(area.left() + _PAD, area.top() + 6, area.width() - 2 * _PAD, half - 4)
        lower = QRectF(upper.left(), upper.bottom(), upper.width(), half - 8)
        spot = QRectF(upper.left(), upper.center().y() - _SHAPE / 2, _SHAPE, _SHAPE)
        paint_clock_shape(painter, spot, face.state, look, ink)
        name_ink = look.text2 if face.state in _CALM else (ink if is_filled else look.text)
        label = look.font(Type.LABEL)
        room = upper.width() - _SHAPE - 12 - text_width(label, face.name)
        time = self._time_font(look, room)
        paint_text(painter, upper.adjusted(_SHAPE + 7, 0, 0, 0), face.name, label, name_ink)
        if text_width(time, face.text) <= room:
            paint_text(painter, upper, face.text, time, ink, _RIGHT)
            self._paint_note(painter, lower, look, quiet)
        else:  # a narrow window: the time matters more than the note
            paint_text(painter, lower, face.text, time, ink)
        if self.hasFocus():
            paint_focus(painter, area.adjusted(1, 1, -1, -1), look, 6)
        painter.end()

    def _paint_note(self, painter: QPainter, lower: QRectF, look: Tokens, quiet: QColor) -> None:
        small = look.font(Type.CAPTION)
        right = 0.0
        if self._cell.is_nearest:
            cap = key_cap_width(look, GlobalKey.EXPLAIN_CLOCK)
            word = text_width(small, "解释")
            if lower.width() > cap + word + 14 + text_width(small, self._cell.note):
                spot = QRectF(lower.right() - cap, lower.top(), cap, lower.height())
                on = quiet if self._is_filled() else None
                paint_key_cap(painter, spot, GlobalKey.EXPLAIN_CLOCK, look, on=on)
                words = lower.adjusted(0, 0, -cap - 8, 0)
                paint_text(painter, words, "解释", small, quiet, _RIGHT)
                right = cap + word + 12
        paint_text(painter, lower.adjusted(0, 0, -right, 0), self._cell.note, small, quiet)

    def _is_filled(self) -> bool:
        return self._cell.is_nearest and self._cell.face.state in RUNNING

    def _inks(self, look: Tokens) -> tuple[QColor, QColor]:
        state = self._cell.face.state
        colours = look.clocks[state]
        if self._is_filled():
            return colours.text, colours.text
        if state is ClockState.OVER:
            return colours.tint, look.text2  # its own text is made for the red ground
        return colours.text, look.text2

    def _time_font(self, look: Tokens, room: float) -> QFont:
        state = self._cell.face.state
        if state in _CALM:
            return look.font(Type.LABEL)
        large = look.font(Type.SECTION, bold=True)
        if text_width(large, self._cell.face.text) <= room:
            return large
        return look.font(Type.LABEL, bold=True)


class ClocksStrip(QFrame):
    """The clocks of a case, always in the same order; further ones behind “更多”.

    Args:
        host: the screen in which F4 explains the nearest clock.

    Signals:
        explain_asked: the clerk wants a clock explained; carries its ClockFace.
    """

    explain_asked = Signal(object)

    def __init__(self, host: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent or host)
        say_state(self, kind="card")
        self.setAccessibleName("时限")
        self._cells: list[ClockCell] = []
        self._further: tuple[StripCell, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self._more = KeyButton("更多", kind=ButtonKind.QUIET, parent=self)
        self._more.clicked.connect(self._on_more_clicked)
        self._row.addWidget(self._more)
        self._more.hide()
        shortcut = KeyShortcut(GlobalKey.EXPLAIN_CLOCK, host)
        shortcut.pressed.connect(self._on_explain_pressed)
        self._fit_height()
        THEME.changed.connect(self._fit_height)

    def set_cells(self, cells: Sequence[StripCell]) -> None:
        """Show these clocks; the first six stand in the strip."""
        shown, self._further = cells[:_CELLS], tuple(cells[_CELLS:])
        while len(self._cells) < len(shown):
            cell = ClockCell(shown[len(self._cells)], self)
            cell.clicked.connect(lambda _on=False, c=cell: self.explain_asked.emit(c.cell.face))
            self._row.insertWidget(len(self._cells), cell, 1)
            self._cells.append(cell)
        while len(self._cells) > len(shown):
            gone = self._cells.pop()
            self._row.removeWidget(gone)
            gone.deleteLater()
        for widget, cell_data in zip(self._cells, shown, strict=True):
            widget.set_cell(cell_data)
        self._more.setVisible(bool(self._further))
        self._more.setText(f"更多 {len(self._further)}")

    def cells(self) -> Sequence[StripCell]:
        """Return everything that is shown, further clocks included."""
        return (*(widget.cell for widget in self._cells), *self._further)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and the hair lines between the cells."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(tokens().line)
        for cell in self._cells[1:]:
            left = cell.geometry().left() - 1
            painter.drawLine(left, 10, left, self.height() - 10)
        painter.end()

    def _on_explain_pressed(self) -> None:
        cells = self.cells()
        nearest = next((c for c in cells if c.is_nearest), cells[0] if cells else None)
        if nearest is not None:
            self.explain_asked.emit(nearest.face)

    def _on_more_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for cell in self._further:
            action = QAction(f"{cell.face.name}\t{cell.face.text}", menu)
            action.triggered.connect(lambda _on=False, f=cell.face: self.explain_asked.emit(f))
            menu.addAction(action)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _fit_height(self) -> None:
        self.setFixedHeight(tokens().sizes.clocks_strip)

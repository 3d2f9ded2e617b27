"""The brush that hides faces and plates (遮挡笔): with the mouse, or with arrows and Space."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desk.exchange.masks import SIZES, Canvas, Point, Square, Stroke
from desk.ui.attachments.picture_pane import ZOOM, PicturePane, arrow_of, growth_of
from desk.ui.attachments.sight import share_at
from desk.ui.attachments.strokes import Strokes
from desk.ui.theme import tokens

SIZE_WORDS = ("小", "中", "大", "特大")
_FAR = 4  # squares that an arrow goes with Shift
_PAGES = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}


class BrushPane(PicturePane):
    """A photo to brush on; what it shows is what will be kept.

    Signals:
        strokes_changed: a stroke was made or taken back; carries how many there are.
        size_changed: another brush was taken; carries its number from 0.
    """

    strokes_changed = Signal(int)
    size_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("要遮挡的照片", parent)
        self.setMouseTracking(True)
        self._strokes: Strokes | None = None
        self._preview = QImage()
        self._at: Point = (0.0, 0.0)
        self.brush = 1

    def take_canvas(self, canvas: Canvas, picture: QImage, strokes: Iterable[Stroke] = ()) -> None:
        """Begin on a photo, perhaps with strokes that were made on it before."""
        self._strokes = Strokes(canvas)
        for stroke in strokes:
            self._strokes.repeat(stroke)
        self._at = (canvas.width / 2, canvas.height / 2)
        self.show_picture(picture, "按空格遮挡，方向键移动，加减号换大小")
        self._draw_again()

    def strokes(self) -> tuple[Stroke, ...]:
        """Return what was brushed so far."""
        return () if self._strokes is None else self._strokes.all()

    def set_brush(self, size: int) -> None:
        """Take another brush."""
        size = min(max(size, 0), SIZES - 1)
        if size != self.brush:
            self.brush = size
            self.size_changed.emit(size)
            self.update()

    def paint(self, stroke: Stroke) -> None:
        """Make a whole stroke at once."""
        if self._strokes is not None:
            self._strokes.repeat(stroke)
            self._at = stroke.points[-1]
            self._draw_again()

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._strokes is not None and self._strokes.undo():
            self._draw_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, cover with Space, change the brush with + and -."""
        arrow, page = arrow_of(event), _PAGES.get(Qt.Key(event.key()))
        if arrow is not None:
            is_far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(arrow, _FAR if is_far else 1)
        elif event.key() == Qt.Key.Key_Space:
            self._dab()
        elif growth_of(event):
            self.set_brush(self.brush + growth_of(event))
        elif page is not None:
            self.zoom(ZOOM**page)
            self._show_brush()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton and self._strokes is not None:
            self._at = self._point(event)
            self._draw(self.brush, self._strokes.begin(self.brush, self._at))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the stroke on; without a button only the brush moves."""
        self._at = self._point(event)
        if event.buttons() & Qt.MouseButton.LeftButton and self._strokes is not None:
            self._draw(self.brush, self._strokes.extend(self._at))
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the stroke."""
        if self._strokes is not None:
            self._strokes.end()
            self.strokes_changed.emit(len(self._strokes.all()))

    def shown_picture(self) -> QImage:
        """Return the photo with every covered square in its one colour."""
        return self._preview

    def paint_above(self, painter: QPainter) -> None:
        """Draw the ring of the brush, light and dark, so that it shows on any ground."""
        if self._strokes is None:
            return
        look, frame = tokens(), self.frame()
        scale = frame.width() / max(self.picture.width(), 1)
        reach = self._strokes.canvas.radius(self.brush) * scale
        middle = QPointF(frame.left() + self._at[0] * scale, frame.top() + self._at[1] * scale)
        ring = QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((look.nav, 4.0), (look.nav_text, 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(ring)

    def _point(self, event: QMouseEvent) -> Point:
        x, y = share_at(event.position(), self.frame())
        return x * self.picture.width(), y * self.picture.height()

    def _step(self, arrow: tuple[int, int], far: int) -> None:
        if self._strokes is None:
            return
        by = self._strokes.canvas.square(self.brush) * far
        x = min(max(self._at[0] + arrow[0] * by, 0.0), self.picture.width())
        y = min(max(self._at[1] + arrow[1] * by, 0.0), self.picture.height())
        self._at = (x, y)
        self._show_brush()

    def _show_brush(self) -> None:
        """Move the picture along when the brush leaves what is seen of it."""
        frame, scale = self.frame(), self.frame().width() / max(self.picture.width(), 1)
        x, y = frame.left() + self._at[0] * scale, frame.top() + self._at[1] * scale
        right = min(x, 0.0) + max(x - self.width(), 0.0)
        down = min(y, 0.0) + max(y - self.height(), 0.0)
        if right or down:
            self.move_by(right, down)
        self.update()

    def _dab(self) -> None:
        if self._strokes is not None:
            self._draw(self.brush, self._strokes.begin(self.brush, self._at))
            self._strokes.end()
            self.strokes_changed.emit(len(self._strokes.all()))

    def _draw(self, size: int, squares: Iterable[Square]) -> None:
        """Cover squares in the preview, unless a coarser one lies over them."""
        if self._strokes is not None:
            hidden = self._strokes.is_hidden
            self._paint([(size, square) for square in squares if not hidden(size, square)])

    def _draw_again(self) -> None:
        self._preview = self.picture.copy()
        if self._strokes is not None:
            self._paint(self._strokes.covered())
            self.strokes_changed.emit(len(self._strokes.all()))

    def _paint(self, squares: Iterable[tuple[int, Square]]) -> None:
        if self._strokes is None:
            return
        canvas = self._strokes.canvas
        painter = QPainter(self._preview)
        for size, square in squares:
            side = canvas.square(size)
            colour = QColor.fromRgb(*canvas.colour(size, square))
            painter.fillRect(square[0] * side, square[1] * side, side, side, colour)
        painter.end()
        self.update()

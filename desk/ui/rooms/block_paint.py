"""How bookings look (排期块): states differ by fill, bar and dash, never by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from desk.queries.room_day import RoomBooking
from desk.rules.clock_faces import ClockState
from desk.rules.mediation_codes import BookingPurpose, BookingStatus
from desk.ui.theme import Tokens, Type, mixed
from desk.ui.widgets.painting import edge, paint_box, paint_text, text_width

S = BookingStatus
RADIUS = 4.0
_BAR = 4.0
_PAD_X, _PAD_Y = 9.0, 3.0


@dataclass(frozen=True, slots=True)
class BlockLook:
    """Fill, edge and inks of one booking.

    Attributes:
        bar: the strong strip at the left; None for none.
    """

    fill: QColor
    rim: QPen | None
    bar: QColor | None
    ink: QColor
    quiet: QColor


def look_of(status: BookingStatus, purpose: BookingPurpose, look: Tokens) -> BlockLook:
    """Return how a booking is painted: 进行中 filled, 已确认 a bar, 预占 dashed, 已结束 grey."""
    is_mediation = purpose is BookingPurpose.MEDIATION
    strong = look.plum if is_mediation else look.accent
    tint = look.plum_tint if is_mediation else look.accent_tint
    if status is S.RUNNING:
        return BlockLook(strong, None, None, look.on_accent, look.on_accent)
    if status is S.PROVISIONAL:
        rim = edge(strong, 1.6, dashed=True)
        return BlockLook(look.surface, rim, None, look.text, look.text2)
    if status is S.CONFIRMED:
        rim = edge(mixed(tint, strong, 0.35))
        return BlockLook(tint, rim, strong, look.text, look.text2)
    rim = edge(look.edge, dashed=status is S.NO_SHOW)
    return BlockLook(look.column, rim, None, look.text2, look.text2)


def drawn_as(booking: RoomBooking, look: Tokens) -> BlockLook:
    """Return how one booking is painted; a red edge where it cannot stay as it is."""
    plain = look_of(booking.status, booking.purpose, look)
    if booking.trouble is None:
        return plain
    bad = look.colour("bad")
    return replace(plain, rim=edge(bad, 1.8), bar=bad)


def paint_block(
    painter: QPainter, rect: QRectF, booking: RoomBooking, lines: Sequence[str], look: Tokens
) -> None:
    """Paint one booking: its title in bold, then as many lines as there is room for."""
    drawn = drawn_as(booking, look)
    paint_body(painter, rect, drawn)
    inner = rect.adjusted(_PAD_X, _PAD_Y, -4, -_PAD_Y)
    for at, line in enumerate(lines):
        kind = Type.LABEL
        height = look.points(kind) * 1.75
        if inner.height() < height * 0.8:
            return
        row = QRectF(inner.left(), inner.top(), inner.width(), min(height, inner.height()))
        ink = drawn.ink if at == 0 else drawn.quiet
        paint_text(painter, row, line, look.font(kind, bold=at == 0), ink)
        inner.setTop(inner.top() + height)


def paint_body(painter: QPainter, rect: QRectF, drawn: BlockLook) -> None:
    """Paint the ground of a block, for bookings and for the legend."""
    paint_box(painter, rect, drawn.fill, drawn.rim, RADIUS)
    if drawn.bar is not None:
        painter.save()
        painter.setClipRect(QRectF(rect.left(), rect.top(), _BAR, rect.height()))
        paint_box(painter, rect, drawn.bar, None, RADIUS)
        painter.restore()


def paint_hatching(painter: QPainter, rect: QRectF, purpose: BookingPurpose, look: Tokens) -> None:
    """Paint the time in which a room is cleared."""
    is_mediation = purpose is BookingPurpose.MEDIATION
    strong = look.plum if is_mediation else look.accent
    tint = look.plum_tint if is_mediation else look.accent_tint
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.surface)
    painter.drawRect(rect)
    painter.setBrushOrigin(rect.topLeft())
    painter.setBrush(QBrush(mixed(tint, strong, 0.45), Qt.BrushStyle.BDiagPattern))
    painter.drawRect(rect)
    painter.restore()


def paint_offer(painter: QPainter, rect: QRectF, number: int, look: Tokens) -> None:
    """Paint a free time that is offered, with the digit that takes it."""
    good = look.clocks[ClockState.OK]
    paint_box(painter, rect, good.tint, edge(good.text, 1.8, dashed=True), RADIUS)
    box = QRectF(rect.left() + 7, rect.top() + 6, 20, 20)
    paint_box(painter, box, good.text, None, RADIUS)
    middle = Qt.AlignmentFlag.AlignCenter
    paint_text(painter, box, str(number), look.font(Type.LABEL, bold=True), good.tint, middle)
    words = QRectF(box.right() + 7, box.top(), rect.right() - box.right() - 10, box.height())
    font, whole = look.font(Type.LABEL), "空档 可用"
    fits = text_width(font, whole) <= words.width()
    paint_text(painter, words, whole if fits else "空档", font, good.text)


def paint_wish(
    painter: QPainter, rect: QRectF, look: Tokens, words: str = "正在安排", *, is_refused: bool
) -> None:
    """Paint what is being arranged: a dashed edge, red with words where it is taken."""
    colour = look.colour("bad") if is_refused else look.accent
    paint_box(painter, rect, None, edge(colour, 2.2, dashed=True), RADIUS)
    words = "您要的" if is_refused else words
    font = look.font(Type.LABEL, bold=True)
    wide = look.points(Type.LABEL) * (len(words) * 1.45 + 1.2)
    height = look.points(Type.LABEL) * 2
    if rect.height() < height + 6:
        return
    tag = QRectF(rect.right() - wide - 8, rect.bottom() - height - 5, wide, height)
    paint_box(painter, tag, colour, None, RADIUS)
    ink = look.surface if is_refused else look.on_accent
    paint_text(painter, tag, words, font, ink, Qt.AlignmentFlag.AlignCenter)

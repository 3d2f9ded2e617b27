"""Paints a case as a card of the board (卡片): number and level, two lines, unit, its clock."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk.queries.case_board import BoardRow
from desk.rules.clock_faces import ClockFace, ClockState, clock_face
from desk.rules.wording import label
from desk.ui.theme import Tokens, Type, tokens
from desk.ui.widgets.chip_paint import (
    Tone,
    chip_size,
    level_chip_size,
    paint_chip,
    paint_level_chip,
)
from desk.ui.widgets.clock_paint import paint_clock_chip
from desk.ui.widgets.painting import CARD_RADIUS, edge, paint_box, paint_text

ROW_ROLE = Qt.ItemDataRole.UserRole
_GAP = 7
_PAD = 10.0
_INSET = 7.0
_LINES = 2
Index = QModelIndex | QPersistentModelIndex


def face_of(row: BoardRow, now: datetime) -> ClockFace | None:
    """Return what the card's clock shows now, or None for a card without a clock."""
    return None if row.clock is None else clock_face(row.clock.facts, now)


def whose(row: BoardRow, unit_names: Mapping[int, str]) -> str:
    """Return in whose hands a case is, that it waits for a word, that it came late."""
    unit = unit_names.get(row.lead_unit_id or row.community_id or 0, "")
    word = "待确认派单" if row.waits_for_word else ""
    return " ".join(filter(None, (unit, word, "离线补录" if row.came_late else "")))


def spoken(row: BoardRow, unit: str, now: datetime) -> str:
    """Return a card in words, for those who cannot see it."""
    face = face_of(row, now)
    clock = f"{face.name} {face.text}" if face is not None else label(row.status)
    said = [f"{row.seq:05}", label(row.urgency), row.summary, unit, clock]
    said += [f"第 {row.round_no} 轮"] if row.round_no > 1 else []
    said += [f"另有 {row.together} 位诉求人"] if row.together else []
    said += [f"诉求人说{label(row.verdict)}"] if row.verdict is not None else []
    return " ".join(part for part in said if part)


class CardPainter(QStyledItemDelegate):
    """Draws cards; everything it needs is in the row, the unit names and the time.

    Args:
        unit_names: names by unit id; filled by the screen.
        clock: the desk's time.
    """

    def __init__(
        self, unit_names: Mapping[int, str], clock: Callable[[], datetime], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._names, self._clock = unit_names, clock
        self.shows_selection = True

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return one size for all cards, the gap below included."""
        return QSize(120, tokens().sizes.card + _GAP)

    def chip_rect(self, rect: QRect) -> QRect:
        """Return where the clock of the card in `rect` stands."""
        height = tokens().sizes.clock_chip
        bottom = rect.bottom() - _GAP - 4
        return QRect(
            rect.left() + int(_INSET), bottom - height, rect.width() - 2 * int(_INSET), height
        )

    def unit_of(self, row: BoardRow) -> str:
        """Return whose the case is: its lead unit, before that the community it lies in."""
        return whose(row, self._names)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one card."""
        row: BoardRow = index.data(ROW_ROLE)
        look = tokens()
        face = face_of(row, self._clock())
        area = QRectF(option.rect).adjusted(0, 0, 0, -_GAP)
        is_over = face is not None and face.state is ClockState.OVER
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and self.shows_selection
        pen = edge(look.colour("bad") if is_over else look.line)
        painter.save()
        paint_box(
            painter, area, look.surface, edge(look.accent, 2.0) if selected else pen, CARD_RADIUS
        )
        self._paint_words(painter, area, row, look)
        chip = QRectF(self.chip_rect(option.rect))
        if face is not None:
            paint_clock_chip(painter, chip, face, look)
        else:
            words = label(row.status)
            chip.setWidth(chip_size(words, look).width())
            paint_chip(painter, chip, words, Tone.PAST, look)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRectF, row: BoardRow, look: Tokens) -> None:
        left, width = area.left() + _PAD, area.width() - 2 * _PAD
        level = level_chip_size(row.urgency, look)
        head = QRectF(left, area.top() + 7, width, level.height())
        others = f"　另有 {row.together} 位" if row.together else ""
        paint_text(painter, head, f"{row.seq:05}{others}", look.font(Type.BODY), look.text2)
        spot = QRectF(head.right() - level.width() + 3, head.top(), level.width(), level.height())
        paint_level_chip(painter, spot, row.urgency, look)
        body = look.font(Type.BODY)
        height = QFontMetricsF(body).height() - 1
        top = head.bottom() + 3
        for line in broken(row.summary, body, width):
            paint_text(painter, QRectF(left, top, width, height), line, body, look.text)
            top += height
        chip_top = float(area.bottom()) - 4 - look.sizes.clock_chip
        small = look.font(Type.CAPTION)
        line_height = QFontMetricsF(small).height()
        unit = QRectF(left, chip_top - line_height - 2, width, line_height)
        paint_text(painter, unit, self.unit_of(row), small, look.text2)


def broken(text: str, font: QFont, width: float, lines: int = _LINES) -> list[str]:
    """Return `text` in at most so many lines, the last one cut with “…” if there is more."""
    metrics = QFontMetricsF(font)
    found: list[str] = []
    rest = text
    while rest and len(found) < lines - 1 and metrics.horizontalAdvance(rest) > width:
        fits = len(rest)
        low, high = 1, len(rest)
        while low <= high:
            middle = (low + high) // 2
            if metrics.horizontalAdvance(rest[:middle]) <= width:
                fits, low = middle, middle + 1
            else:
                high = middle - 1
        found.append(rest[:fits])
        rest = rest[fits:]
    if rest:
        found.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
    return found

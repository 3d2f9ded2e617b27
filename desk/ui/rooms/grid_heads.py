"""The heads of the day's grid: the rooms above, the hours at the left with the time it is now."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desk.queries.room_day import RoomColumn
from desk.rules.bookings import SLOT
from desk.rules.moments import in_shanghai
from desk.ui.rooms.day_model import DayModel
from desk.ui.rooms.day_sheet import short_name
from desk.ui.theme import Type, tokens
from desk.ui.widgets.painting import edge, paint_box, paint_text, text_width

_ROOM = 100
_BADGE = 4.0
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_HOUR_ROWS = 4


def equipment_of(room: RoomColumn) -> str:
    """Return what a room offers: “8 人 · 无障碍”."""
    parts = [f"{room.capacity} 人"]
    parts += ["无障碍"] if room.is_accessible else []
    parts += ["录音录像"] if room.records else []
    parts += ["视频"] if room.kind == "remote" else []
    return " · ".join(parts)


class RoomHeads(QHeaderView):
    """The rooms, each with its size and what it offers."""

    def __init__(self, model: DayModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._days = model
        self.setAccessibleName("房间")
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(_ROOM)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def sizeHint(self) -> QSize:
        """Return room for two lines."""
        look = tokens()
        return QSize(_ROOM, round((look.points(Type.LABEL) + look.points(Type.BODY)) * 1.9))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name and equipment of every room."""
        painter = QPainter(self.viewport())
        look, sheet = tokens(), self._days.sheet
        area = QRectF(self.viewport().rect())
        painter.fillRect(area, look.surface)
        for at, room in enumerate(sheet.rooms if sheet else ()):
            left = float(self.sectionViewportPosition(at))
            box = QRectF(left + 8, 3, self.sectionSize(at) - 12, area.height() / 2)
            strong = look.font(Type.BODY, bold=True)
            name = room.name
            if text_width(strong, name) > box.width():
                name = short_name(name)
            paint_text(painter, box, name, strong, look.text)
            below = box.translated(0, box.height() - 3)
            paint_text(painter, below, equipment_of(room), look.font(Type.CAPTION), look.text2)
        painter.setPen(edge(look.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.end()


class HourHeads(QHeaderView):
    """The hours, and a badge with the time it is now."""

    def __init__(self, model: DayModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._days = model
        self.setAccessibleName("时间")
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for a time."""
        return QSize(round(tokens().points(Type.LABEL) * 5.4), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each full hour beside its line, and now."""
        painter = QPainter(self.viewport())
        look, sheet = tokens(), self._days.sheet
        area = QRectF(self.viewport().rect())
        painter.fillRect(area, look.surface)
        if sheet is not None and sheet.rows:
            font, height = look.font(Type.LABEL), look.points(Type.LABEL) * 1.8
            first = -in_shanghai(sheet.starts_at).minute // (60 // _HOUR_ROWS) % _HOUR_ROWS
            now = self._y_of(sheet.row_of(sheet.now))  # the badge covers what stands there
            for row in range(first, sheet.rows + 1, _HOUR_ROWS):
                y = self._y_of(row)
                if abs(y - now) < height:
                    continue
                words = f"{in_shanghai(sheet.moment_of(row)):%H:%M}"
                box = QRectF(0, y - height / 2, area.width() - 8, height)
                paint_text(painter, box, words, font, look.text2, _RIGHT)
            self._paint_now(painter, area, height)
        painter.end()

    def _paint_now(self, painter: QPainter, area: QRectF, height: float) -> None:
        sheet, look = self._days.sheet, tokens()
        if sheet is None or not 0 <= (sheet.now - sheet.starts_at) / SLOT < sheet.rows:
            return
        y = self._y_of(sheet.row_of(sheet.now))
        box = QRectF(2, y - height / 2 - 1, area.width() - 4, height + 2)
        paint_box(painter, box, look.accent, None, _BADGE)
        words = f"{in_shanghai(sheet.now):%H:%M}"
        middle = Qt.AlignmentFlag.AlignCenter
        paint_text(painter, box, words, look.font(Type.LABEL, bold=True), look.on_accent, middle)

    def _y_of(self, row: float) -> float:
        return self.sectionViewportPosition(0) + row * self.defaultSectionSize()

"""Which part of a photo is seen (视野): plain geometry, shared by two photos side by side."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize

MOST = 12.0


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of a picture: how much larger than fitting, and which point is in the middle."""

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5


def frame_of(sight: Sight, room: QSize, picture: QSize) -> QRectF:
    """Return where the whole picture lies in a room of this size."""
    wide, high = max(picture.width(), 1), max(picture.height(), 1)
    scale = min(room.width() / wide, room.height() / high) * sight.zoom
    return QRectF(
        room.width() / 2 - sight.x * wide * scale,
        room.height() / 2 - sight.y * high * scale,
        wide * scale,
        high * scale,
    )


def kept_inside(sight: Sight, room: QSize, picture: QSize) -> Sight:
    """Return the sight without empty room at a side where there is more picture."""
    frame = frame_of(Sight(sight.zoom), room, picture)
    half_x = min(room.width() / 2 / frame.width(), 0.5)
    half_y = min(room.height() / 2 / frame.height(), 0.5)
    return replace(
        sight,
        x=min(max(sight.x, half_x), 1 - half_x),
        y=min(max(sight.y, half_y), 1 - half_y),
    )


def share_at(point: QPointF, frame: QRectF) -> tuple[float, float]:
    """Return a point of the room as shares of the picture's width and height."""
    return (
        (point.x() - frame.left()) / frame.width(),
        (point.y() - frame.top()) / frame.height(),
    )


def zoomed(sight: Sight, factor: float, at: QPointF, room: QSize, picture: QSize) -> Sight:
    """Return a sight of less or more of the picture; what lies under `at` stays there."""
    x, y = share_at(at, frame_of(sight, room, picture))
    zoom = min(max(sight.zoom * factor, 1.0), MOST)
    frame = frame_of(Sight(zoom), room, picture)
    right, down = at.x() - room.width() / 2, at.y() - room.height() / 2
    wanted = Sight(zoom, x - right / frame.width(), y - down / frame.height())
    return kept_inside(wanted, room, picture)

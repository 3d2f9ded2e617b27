"""The attachments on a case file (附件条): photos in the order of the story, then the rest."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.attachments import AttachmentView, recording_seconds
from desk.rules.codes import AttachmentKind
from desk.rules.file_kinds import say_size
from desk.rules.recordings import say_length
from desk.rules.wording import label
from desk.ui.attachments.thumbnails import SIDE, thumbnails_of
from desk.ui.desk import Desk
from desk.ui.icons import paint_icon
from desk.ui.theme import Type, say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.flow_layout import FlowLayout
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import edge, paint_box, paint_focus, paint_text, text_width

_MIDDLE = Qt.AlignmentFlag.AlignCenter
_ORDER = {AttachmentKind.BEFORE: 0, AttachmentKind.AFTER: 1}
_TAGGED = frozenset(_ORDER)
_ICONS = {True: "talk", False: "document"}
MASKED = "已遮挡"


def in_story_order(views: Sequence[AttachmentView]) -> list[AttachmentView]:
    """Return photos first: before, after, the others; each followed by its masked copies."""

    def place(view: AttachmentView) -> tuple[bool, int, int, bool, int]:
        kind = _ORDER.get(view.kind, len(_ORDER)) if view.kind is not None else len(_ORDER)
        return (
            not view.is_picture,
            kind,
            view.masks_id or view.id,
            view.masks_id is not None,
            view.id,
        )

    return sorted(views, key=place)


def shows_both_sides(views: Sequence[AttachmentView]) -> bool:
    """Return whether there is a photo of before and one of after."""
    return {view.kind for view in views if view.is_picture} >= _TAGGED


def spoken_name(view: AttachmentView) -> str:
    """Return how an attachment is read out."""
    said = [label(view.kind)] if view.kind in _TAGGED and view.kind is not None else []
    said += [MASKED] if view.masks_id is not None else []
    return " ".join(["附件", view.name, view.family, *said])


class Thumb(PaintedButton):
    """One photo: a small picture with what it shows; Enter opens it."""

    def __init__(self, view: AttachmentView) -> None:
        super().__init__(view.name)
        self.view = view
        self._picture: QPixmap | None = None
        self.setToolTip(f"{view.name}（{view.family}，{say_size(view.size)}）")
        self.setAccessibleName(spoken_name(view))

    def set_picture(self, picture: QImage) -> None:
        """Show the picture once it has been read."""
        if not picture.isNull():
            self._picture = QPixmap.fromImage(picture)
            self.update()

    @property
    def has_picture(self) -> bool:
        """Whether the picture is there already."""
        return self._picture is not None

    def sizeHint(self) -> QSize:
        """Return the room for picture and name."""
        return QSize(SIDE.width(), SIDE.height() + 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw picture, tags and name."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        frame = QRectF(area.left(), area.top(), area.width(), float(SIDE.height()))
        paint_box(painter, frame, look.column, edge(look.line))
        if self._picture is not None:
            painter.drawPixmap(frame.toRect(), self._picture)
        else:
            spot = QRectF(frame.center().x() - 10, frame.center().y() - 10, 20, 20)
            name = "image" if self.view.is_picture else _ICONS[self.view.is_timed]
            paint_icon(painter, name, spot, look.text2)
        if self.view.kind in _TAGGED and self.view.kind is not None:
            self._paint_tag(painter, frame.left() + 3, frame.top() + 3, label(self.view.kind))
        if self.view.masks_id is not None:
            self._paint_tag(painter, frame.left() + 3, frame.bottom() - 21, MASKED)
        words = QRectF(area.left(), frame.bottom() + 1, area.width(), 18)
        paint_text(painter, words, self.text(), look.font(Type.CAPTION), look.text2, _MIDDLE)
        if self.hasFocus() or self.isChecked():
            paint_focus(painter, frame, look, 4)
        painter.end()

    def _paint_tag(self, painter: QPainter, left: float, top: float, words: str) -> None:
        look = tokens()
        font = look.font(Type.CAPTION)
        box = QRectF(left, top, text_width(font, words) + 8, 18)
        paint_box(painter, box, look.accent_tint, None, 3)
        paint_text(painter, box, words, font, look.accent, _MIDDLE)


def ask_picture(desk: Desk, thumb: Thumb) -> None:
    """Let a thumb show its picture as soon as it has been read."""
    ratio = thumb.devicePixelRatioF()
    thumbnails_of(desk).ask(thumb.view.id, ratio, owner=thumb, done=thumb.set_picture)


class FileRow(PaintedButton):
    """A recording or a document: icon, name, and below what it is, how long and how large."""

    def __init__(self, view: AttachmentView) -> None:
        super().__init__(view.name)
        self.view = view
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        self._show(None)

    def set_seconds(self, seconds: int | None) -> None:
        """Say how long it is, if it says so itself."""
        self._show(seconds)

    def facts(self) -> str:
        """Return what stands below the name."""
        return self._facts

    def sizeHint(self) -> QSize:
        """Return the room for two lines."""
        return QSize(200, round(tokens().sizes.row * 1.25))

    def minimumSizeHint(self) -> QSize:
        """Return the least that still reads."""
        return QSize(140, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon and both lines."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        if self.underMouse():
            paint_box(painter, area, look.sunken, None)
        side = float(look.sizes.icon)
        spot = QRectF(area.left() + 2, area.top() + 5, side, side)
        paint_icon(painter, _ICONS[self.view.is_timed], spot, look.text2)
        half = area.height() / 2
        upper = QRectF(area.left() + side + 8, area.top() + 3, area.width() - side - 12, half - 1)
        paint_text(painter, upper, self.text(), look.font(Type.BODY), look.text)
        lower = upper.translated(0, half - 4)
        paint_text(painter, lower, self._facts, look.font(Type.CAPTION), look.text2)
        if self.hasFocus():
            paint_focus(painter, area, look, 4)
        painter.end()

    def _show(self, seconds: int | None) -> None:
        length = [say_length(seconds)] if seconds is not None else []
        self._facts = " · ".join([self.view.family, *length, say_size(self.view.size)])
        self.setAccessibleName(f"{spoken_name(self.view)} {self._facts}")
        self.update()


class AttachmentStrip(QWidget):
    """All attachments of one case; pictures and lengths come as they are read.

    Signals:
        wanted: an attachment is to be looked at; carries its view.
        both_wanted: before and after are to be seen side by side.
    """

    wanted = Signal(object)
    both_wanted = Signal()

    def __init__(self, desk: Desk, views: Sequence[AttachmentView]) -> None:
        super().__init__()
        self._desk = desk
        say_state(self, ground="clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        ordered = in_story_order(views)
        pictures = [view for view in ordered if view.is_picture]
        if pictures:
            column.addWidget(self._flow(pictures))
        if shows_both_sides(views):
            both = KeyButton("前后对照", icon="image", kind=ButtonKind.QUIET)
            both.clicked.connect(self.both_wanted)
            column.addWidget(both, 0, Qt.AlignmentFlag.AlignLeft)
        for view in ordered[len(pictures) :]:
            column.addWidget(self._row(view))
        if not views:
            column.addWidget(
                text_label("没有附件。附件从不是必填；可把照片拖进来。", "hint", wraps=True)
            )

    def _flow(self, pictures: Sequence[AttachmentView]) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, gap=8)
        for view in pictures:
            thumb = Thumb(view)
            thumb.clicked.connect(lambda _on=False, v=view: self.wanted.emit(v))
            flow.addWidget(thumb)
            ask_picture(self._desk, thumb)
        policy = box.sizePolicy()
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        return box

    def _row(self, view: AttachmentView) -> FileRow:
        row = FileRow(view)
        row.clicked.connect(lambda _on=False, v=view: self.wanted.emit(v))
        if view.is_timed:
            query = partial(recording_seconds, attachment_id=view.id)
            self._desk.ask(query, owner=row, done=row.set_seconds)
        return row

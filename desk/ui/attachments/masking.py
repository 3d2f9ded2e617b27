"""Hiding faces and plates in one photo (遮挡): opened, brushed and kept in the background."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions.attachments import MaskAttachment
from desk.exchange.masks import Canvas, Stroke, masked_photo, open_canvas
from desk.queries.attachments import AttachmentView, attachment_bytes
from desk.queries.case_file import CaseFile
from desk.rules.errors import DeskError
from desk.ui.attachments.brush_pane import BrushPane
from desk.ui.attachments.viewer_side import BrushSide
from desk.ui.case.deed_panel import OnCase
from desk.ui.desk import Desk
from desk.ui.theme import say_state

_NOTHING_COVERED = "还没有遮挡任何地方。请先涂住人脸、车牌再存。"
_GONE = "这张照片现在读不出来。请关闭后再打开一次。"


class Masking(QWidget):
    """The brush with its photo; strokes on each photo are remembered until they are kept.

    Signals:
        ready: a photo is open to be brushed on; carries its id.
        kept: a masked copy was kept; carries its id.
        failed: it could not be opened or kept; carries the sentence.
    """

    ready = Signal(object)
    kept = Signal(object)
    failed = Signal(str)

    def __init__(self, desk: Desk, file: CaseFile) -> None:
        super().__init__()
        self._desk, self._file = desk, file
        self._view: AttachmentView | None = None
        self._canvas: Canvas | None = None
        self._aside: dict[int, tuple[Stroke, ...]] = {}
        self.brush, self.side = BrushPane(), BrushSide()
        say_state(self, ground="clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.brush)
        self.side.hide()
        self.side.sizes.set_value(self.brush.brush)
        self.side.size_chosen.connect(self._on_size_chosen)
        self.side.undo_asked.connect(self.undo)
        self.side.keep_asked.connect(self.keep)
        self.brush.size_changed.connect(self.side.sizes.set_value)
        self.brush.strokes_changed.connect(self.side.show_strokes)

    @property
    def has_unsaved(self) -> bool:
        """Whether strokes on some photo were not kept."""
        return any(self._aside.values())

    def begin(self, view: AttachmentView) -> None:
        """Open a photo to brush on."""
        query = partial(attachment_bytes, attachment_id=view.id)
        self._desk.ask(query, owner=self, done=partial(self._open, view))

    def put_aside(self) -> None:
        """Keep the strokes in mind while something else is looked at."""
        if self._view is not None:
            self._aside[self._view.id] = self.brush.strokes()
        self._view = None

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._view is not None:
            self.brush.undo()

    def keep(self) -> None:
        """Make the masked copy and keep it with the case."""
        if self._view is None or self._canvas is None:
            return
        if not self.brush.strokes():
            self.side.say(_NOTHING_COVERED, "bad")
            return
        self.side.keep.setEnabled(False)
        work = partial(masked_photo, self._canvas, self.brush.strokes())
        done = partial(self._send, self._view)
        self._desk.work(work, owner=self, done=done, failed=self._on_failed)

    def _open(self, view: AttachmentView, content: bytes | None) -> None:
        if content is None:
            self.failed.emit(_GONE)
            return
        done = partial(self._on_opened, view)
        work = partial(_opened, content)
        self._desk.work(work, owner=self, done=done, failed=self._on_failed)

    def _on_opened(self, view: AttachmentView, found: tuple[Canvas, QImage]) -> None:
        self._view = view
        self._canvas, picture = found
        self.brush.take_canvas(self._canvas, picture, self._aside.get(view.id, ()))
        self.ready.emit(view.id)

    def _send(self, view: AttachmentView, content: bytes) -> None:
        head = OnCase(**self._desk.by_me(), case=self._file.id, seen=self._file.version)
        request = MaskAttachment(**head, attachment=view.id, content=content)
        done = partial(self._on_kept, view)
        self._desk.act(request, owner=self, done=done, failed=self._on_failed)

    def _on_kept(self, view: AttachmentView, changes: object) -> None:
        self._aside.pop(view.id, None)
        self._view = None
        made = getattr(changes, "made", {})
        self.kept.emit(made.get("attachment"))

    def _on_failed(self, error: DeskError) -> None:
        self.side.keep.setEnabled(True)
        self.side.say(str(error), "bad")
        self.failed.emit(str(error))

    def _on_size_chosen(self, size: object) -> None:
        self.brush.set_brush(int(str(size)))
        self.brush.setFocus()


def _opened(content: bytes) -> tuple[Canvas, QImage]:
    canvas = open_canvas(content)
    data = canvas.image.tobytes()
    form = QImage.Format.Format_RGB888
    picture = QImage(data, canvas.width, canvas.height, 3 * canvas.width, form)
    return canvas, picture.convertToFormat(QImage.Format.Format_RGB32)

"""Small pictures of attachments (缩略图): read once, made in the background, kept for the day."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage

from desk.queries.attachments import attachment_bytes
from desk.ui.case.reading_files import small_picture
from desk.ui.desk import Desk

SIDE = QSize(88, 62)
_MOST = 300
Shown = Callable[[QImage], None]


def thumbnails_of(desk: Desk) -> "Thumbnails":
    """Return the small pictures that this desk has made so far."""
    found = desk.findChild(Thumbnails)
    return found if isinstance(found, Thumbnails) else Thumbnails(desk)


class Thumbnails(QObject):
    """Hands small pictures to whoever shows them; the oldest are forgotten first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._known: dict[int, QImage] = {}

    def ask(self, attachment: int, ratio: float, *, owner: QObject, done: Shown) -> None:
        """Call `done` with an attachment's small picture, at once or when it has been made."""
        known = self._known.get(attachment)
        if known is not None:
            done(known)
            return

        def made(picture: QImage) -> None:
            while len(self._known) >= _MOST:
                self._known.pop(next(iter(self._known)))
            self._known[attachment] = picture
            done(picture)

        def read(content: bytes | None) -> None:
            if content is not None:
                work = partial(small_picture, content, SIDE * ratio)
                self._desk.work(work, owner=owner, done=made)

        self._desk.ask(partial(attachment_bytes, attachment_id=attachment), owner=owner, done=read)

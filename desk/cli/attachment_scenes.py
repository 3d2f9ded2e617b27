"""What is done before the pictures of attachments are taken (附件截图): compare, then mask."""

from functools import partial

from PySide6.QtCore import QTimer
from sqlalchemy import select

from desk.exchange.masks import Stroke
from desk.rules.codes import AttachmentKind
from desk.store.database import Reader
from desk.store.models import Attachment
from desk.ui.attachments.viewer import AttachmentViewer
from desk.ui.case_screen import CaseScreen
from desk.ui.main_window import MainWindow

_SOON_MS = 1500  # the case has been read by then
_FACE = Stroke(2, ((230, 210), (230, 310)))  # where the drawn scenes have a face


def compare_photos(window: MainWindow) -> None:
    """Open the newest case that was photographed before and after, both side by side."""
    _open_case(window)
    QTimer.singleShot(_SOON_MS, window, partial(_compare, window))


def mask_photo(window: MainWindow) -> None:
    """Open the same case, and brush the face in its first photo."""
    _open_case(window)
    QTimer.singleShot(_SOON_MS, window, partial(_brush, window))


def _open_case(window: MainWindow) -> None:
    def newest(reader: Reader) -> int | None:
        return reader.session.scalar(
            select(Attachment.case_id)
            .where(Attachment.kind == AttachmentKind.AFTER)
            .order_by(Attachment.id.desc())
            .limit(1)
        )

    def opened(case: int | None) -> None:
        if case is not None:
            window.pages.open_case(case)

    window.desk.ask(newest, owner=window, done=opened)


def _compare(window: MainWindow) -> AttachmentViewer | None:
    page = window.pages.front
    if not isinstance(page, CaseScreen):
        return None
    page.work.attachments.compare()
    return page.work.attachments.viewer


def _brush(window: MainWindow) -> None:
    viewer = _compare(window)
    if viewer is None:
        return
    masking = viewer.masking

    def paint(_attachment: object) -> None:
        masking.brush.set_brush(_FACE.size)
        masking.brush.paint(_FACE)

    masking.ready.connect(paint)
    masking.begin(viewer.view)

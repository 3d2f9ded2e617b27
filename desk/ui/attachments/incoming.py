"""Files dropped onto a case or pasted into it (拖放、粘贴): they open the panel 添加附件."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

_HOVERS = frozenset({QEvent.Type.DragEnter, QEvent.Type.DragMove})


class Incoming(QObject):
    """Watches one screen; what a text field wants for itself never arrives here.

    Signals:
        came: files or a picture; carries a list of paths or a QImage.
    """

    came = Signal(object)

    def __init__(self, screen: QWidget) -> None:
        super().__init__(screen)
        screen.setAcceptDrops(True)
        screen.installEventFilter(self)

    def eventFilter(self, _screen: QObject, event: QEvent) -> bool:
        """Take files and pictures; leave everything else to the screen."""
        if event.type() in _HOVERS and isinstance(event, QDropEvent):
            if not event.mimeData().hasUrls() and not event.mimeData().hasImage():
                return False
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._take(event.mimeData())
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            wants = event.matches(QKeySequence.StandardKey.Paste)
            return wants and self._take(QGuiApplication.clipboard().mimeData())
        return False

    def _take(self, data: QMimeData) -> bool:
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        picture = data.imageData() if data.hasImage() and not paths else None
        if paths:
            self.came.emit([path for path in paths if path.is_file()])
        elif isinstance(picture, QImage):
            self.came.emit(picture)
        return bool(paths) or picture is not None

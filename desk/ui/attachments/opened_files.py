"""Files opened in the desktop's own programs (临时文件): gone at the lock and at the end."""

import shutil
import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desk.queries.attachments import AttachmentView
from desk.rules.file_kinds import safe_name
from desk.ui.desk import Desk

_PREFIX = "case-desk-opened-"
OPENED = "已用本机程序打开。这份临时文件在锁屏或退出时自动删除。"


def opened_files_of(desk: Desk) -> "OpenedFiles":
    """Return the files that were opened from this desk."""
    found = desk.findChild(OpenedFiles)
    return found if isinstance(found, OpenedFiles) else OpenedFiles(desk)


class OpenedFiles(QObject):
    """Writes an attachment where a player can read it, and removes it again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._folder: Path | None = None
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.remove)

    @property
    def folder(self) -> Path | None:
        """Where the files are, while there are any."""
        return self._folder

    def open(self, view: AttachmentView, content: bytes, *, owner: QObject) -> None:
        """Write the file in the background, then let the desktop open it."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        name = safe_name(Path(view.name).name, view.media_type)
        target = self._folder / f"{view.id}-{name}"

        def written(_size: int) -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

        self._desk.work(partial(target.write_bytes, content), owner=owner, done=written)

    def remove(self) -> None:
        """Remove every file; one that a player still holds goes with the system's own cleaning."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

"""Reads a chosen file (附件): says what it is by its content, and makes photos smaller.

Runs on the paper lane; never touches a widget.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from desk.exchange.photos import reduced
from desk.rules.errors import RuleBroken
from desk.rules.file_kinds import FileFamily, checked_type, family_of, say_size

_LARGEST = 200 * 1024 * 1024
_PHOTO = "image/jpeg"
_PHOTO_ENDINGS = frozenset({".jpg", ".jpeg", ".jfif"})


@dataclass(frozen=True, slots=True)
class PickedFile:
    """A file as it will be kept."""

    name: str
    media_type: str
    content: bytes
    original_size: int

    @property
    def in_words(self) -> str:
        """What it is and how large, as a clerk says it."""
        size = say_size(len(self.content))
        kind = family_of(self.media_type)
        if len(self.content) < self.original_size:
            return f"{kind}，{say_size(self.original_size)} 缩成 {size}"
        return f"{kind}，{size}"


def read_picked(path: Path, *, keeps_original: bool = False) -> PickedFile:
    """Return a chosen file; photos are made smaller unless the original is wanted.

    Raises:
        RuleBroken: it cannot be read, is empty, too large, not what its name says, or nothing
            that belongs in a file.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise RuleBroken("文件超过 200 MB，请先压缩或分成几个。", field="content")
        content = path.read_bytes()
    except OSError as error:
        raise RuleBroken(f"“{path.name}”读不出来，请检查文件还在不在。", field="content") from error
    return prepared(path.name, content, keeps_original=keeps_original)


def prepared(name: str, content: bytes, *, keeps_original: bool = False) -> PickedFile:
    """Return bytes from anywhere (a file, the clipboard) as they will be kept.

    Raises:
        RuleBroken: empty, not what the name says, or nothing that belongs in a file.
    """
    media_type = checked_type(name, content)
    kept = content
    if family_of(media_type) is FileFamily.PICTURE and not keeps_original:
        kept = reduced(content)
    if kept is not content:
        media_type = _PHOTO
        path = Path(name)
        name = name if path.suffix.lower() in _PHOTO_ENDINGS else f"{path.stem}.jpg"
    return PickedFile(name, media_type, kept, len(content))


def small_picture(content: bytes, side: QSize) -> QImage:
    """Return a picture that fills `side`, its middle where it is too long; empty if unreadable."""
    picture = upright_picture(content)
    if picture.isNull():
        return picture
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    scaled = picture.scaled(side, mode, Qt.TransformationMode.SmoothTransformation)
    left = (scaled.width() - side.width()) // 2
    top = (scaled.height() - side.height()) // 2
    return scaled.copy(left, top, side.width(), side.height())


def upright_picture(content: bytes, longest: int = 0) -> QImage:
    """Return the picture upright: a telephone notes how it was held; empty if unreadable.

    Args:
        longest: a longer side than this is made smaller; 0 leaves it.
    """
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if longest and max(size.width(), size.height()) > longest:
        reader.setScaledSize(size.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()

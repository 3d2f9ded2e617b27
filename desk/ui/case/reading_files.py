"""Reads a chosen file (附件): says what it is by its content, and makes photos smaller.

Runs on the paper lane; never touches a widget.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from desk.rules.errors import RuleBroken

_ENOUGH = 300 * 1024
_LONGEST_SIDE = 1800
_QUALITIES = (82, 72, 60)
_KB, _MB = 1024, 1024 * 1024
_LARGEST = 200 * _MB

# What a file begins with, whatever its name says: (offset, bytes, media type).
_SIGNS: Sequence[tuple[int, bytes, str]] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"OggS", "audio/ogg"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyphei", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftyp", "video/mp4"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0", "application/msword"),
)
_ZIPPED = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
_WORDS = {"image": "图片", "audio": "录音", "video": "视频"}


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
        kind = kind_of(self.media_type)
        if len(self.content) < self.original_size:
            return f"{kind}，{say_size(self.original_size)} 缩成 {size}"
        return f"{kind}，{size}"


def read_picked(path: Path, *, keeps_original: bool = False) -> PickedFile:
    """Return a chosen file; photos are made smaller unless the original is wanted.

    Raises:
        RuleBroken: it cannot be read, is empty, too large, or nothing that belongs in a file.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise RuleBroken("文件超过 200 MB，请先压缩或分成几个。", field="content")
        content = path.read_bytes()
    except OSError as error:
        raise RuleBroken(f"“{path.name}”读不出来，请检查文件还在不在。", field="content") from error
    if not content:
        raise RuleBroken("这个文件是空的，请重新选择。", field="content")
    media_type = media_type_of(content)
    if media_type is None:
        raise RuleBroken(
            f"“{path.name}”不是图片、录音、视频、PDF 或办公文档，没有收下。"
            "请另存成这些格式，或拍照、扫描后再加。",
            field="content",
        )
    kept = content
    if media_type in {"image/jpeg", "image/png", "image/bmp"} and not keeps_original:
        kept = _smaller(content)
    if kept is not content:
        media_type = "image/jpeg"
    return PickedFile(path.name, media_type, kept, len(content))


def media_type_of(content: bytes) -> str | None:
    """Return what a file is by how it begins; its name is not asked."""
    for offset, sign, media_type in _SIGNS:
        if content[offset : offset + len(sign)] == sign:
            return _zipped(content) if media_type == "application/zip" else media_type
    return None


def kind_of(media_type: str) -> str:
    """Return the clerk's word for a media type."""
    if media_type == "application/pdf":
        return "PDF"
    return _WORDS.get(media_type.partition("/")[0], "文档")


def say_size(size: int) -> str:
    """Return a size in words: “216 KB”, “1.4 MB”."""
    if size >= _MB:
        return f"{size / _MB:.1f} MB"
    return f"{max(round(size / _KB), 1)} KB"


def small_picture(content: bytes, side: QSize) -> QImage:
    """Return a picture that fills `side`, its middle where it is too long; empty if unreadable."""
    picture = _picture(content)
    if picture.isNull():
        return picture
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    scaled = picture.scaled(side, mode, Qt.TransformationMode.SmoothTransformation)
    left = (scaled.width() - side.width()) // 2
    top = (scaled.height() - side.height()) // 2
    return scaled.copy(left, top, side.width(), side.height())


def _picture(content: bytes) -> QImage:
    """Return the picture upright: a telephone notes how it was held."""
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return reader.read()


def _zipped(content: bytes) -> str | None:
    head = content[: 64 * _KB]
    return next((media_type for sign, media_type in _ZIPPED if sign in head), None)


def _smaller(content: bytes) -> bytes:
    if len(content) <= _ENOUGH:
        return content
    picture = _picture(content)
    if picture.isNull():
        return content
    if max(picture.width(), picture.height()) > _LONGEST_SIDE:
        side = QSize(_LONGEST_SIDE, _LONGEST_SIDE)
        keep = Qt.AspectRatioMode.KeepAspectRatio
        picture = picture.scaled(side, keep, Qt.TransformationMode.SmoothTransformation)
    made = content
    for quality in _QUALITIES:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(b"jpeg"))
        writer.setQuality(quality)
        writer.write(picture)
        made = bytes(buffer.data().data())
        if len(made) <= _ENOUGH:
            break
    return made if len(made) < len(content) else content

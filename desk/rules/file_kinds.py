"""What a file is by its content, whatever its name says (附件查验): photos, recordings, papers.

Used wherever a file enters the hall: chosen by a clerk, dropped, pasted, or found by the scanner.
"""

import zipfile
from collections.abc import Mapping, Sequence
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from types import MappingProxyType

from desk.rules.codes import AttachmentKind
from desk.rules.errors import RuleBroken
from desk.rules.wording import label

_KB, _MB = 1024, 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OLE = "application/msword"


class FileFamily(StrEnum):
    """What a clerk calls a file; the value is the word."""

    PICTURE = "图片"
    RECORDING = "录音"
    VIDEO = "视频"
    PDF = "PDF"
    DOCUMENT = "文档"


# What a file begins with: (offset, bytes, media type); the first that fits counts.
_SIGNS: Sequence[tuple[int, bytes, str]] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyphei", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (0, b"{\\rtf", "application/rtf"),
)
_BITMAP = (b"BM", "image/bmp")
_BITMAP_HEADS = frozenset({12, 40, 52, 56, 64, 108, 124})  # sizes of the second header
# What tells apart the documents that are archives inside.
_ZIPPED: Sequence[tuple[str, str]] = (
    ("word/", f"{_OFFICE}wordprocessingml.document"),
    ("xl/", f"{_OFFICE}spreadsheetml.sheet"),
    ("ppt/", f"{_OFFICE}presentationml.presentation"),
    ("OFD.xml", "application/ofd"),
)
# Endings by which people name such files; a file without one of these is judged by content alone.
_ENDINGS: Mapping[FileFamily, str] = MappingProxyType(
    {
        FileFamily.PICTURE: ".jpg .jpeg .jpe .jfif .png .gif .bmp .tif .tiff .webp .heic .heif",
        FileFamily.RECORDING: ".mp3 .wav .m4a .amr .aac .ogg .opus .oga .flac .wma .3ga",
        FileFamily.VIDEO: ".mp4 .mov .avi .mkv .webm .m4v .3gp .wmv",
        FileFamily.PDF: ".pdf",
        FileFamily.DOCUMENT: ".doc .docx .wps .xls .xlsx .et .ppt .pptx .dps .ofd .rtf .txt .zip "
        ".rar .exe .html .htm .js .bat .apk .msi",
    }
)
_NEVER_OPENED = frozenset({".exe", ".bat", ".msi", ".apk", ".js", ".html", ".htm"})
_USUAL_ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        "image/jpeg": ".jpg",
        "image/png": ".png",
        "image/heic": ".heic",
        "application/pdf": ".pdf",
        "audio/wav": ".wav",
        "audio/mpeg": ".mp3",
        "audio/amr": ".amr",
        "audio/mp4": ".m4a",
        "video/mp4": ".mp4",
        _OLE: ".doc",
        f"{_OFFICE}wordprocessingml.document": ".docx",
        f"{_OFFICE}spreadsheetml.sheet": ".xlsx",
        f"{_OFFICE}presentationml.presentation": ".pptx",
        "application/ofd": ".ofd",
    }
)
# Containers in which people keep sound as well as pictures.
_EITHER = frozenset({FileFamily.RECORDING, FileFamily.VIDEO})
K = AttachmentKind
_FILED_AS: Mapping[FileFamily, tuple[AttachmentKind, ...]] = MappingProxyType(
    {
        FileFamily.PICTURE: (K.BEFORE, K.AFTER, K.SCAN, K.OTHER),
        FileFamily.RECORDING: (K.RECORDING, K.OTHER),
        FileFamily.VIDEO: (K.BEFORE, K.AFTER, K.RECORDING, K.OTHER),
        FileFamily.PDF: (K.SCAN, K.OTHER),
        FileFamily.DOCUMENT: (K.SCAN, K.OTHER),
    }
)
_KINDS: Mapping[FileFamily, AttachmentKind] = MappingProxyType(
    {FileFamily.RECORDING: AttachmentKind.RECORDING, FileFamily.PDF: AttachmentKind.SCAN}
)


def media_type_of(content: bytes) -> str | None:
    """Return what a file is by how it begins; its name is not asked."""
    if content[:2] == _BITMAP[0] and _number(content, 14) in _BITMAP_HEADS:
        return _BITMAP[1]
    for offset, sign, media_type in _SIGNS:
        if content[offset : offset + len(sign)] == sign:
            return _zipped(content) if media_type == "application/zip" else media_type
    return None


def family_of(media_type: str) -> FileFamily:
    """Return what a clerk calls a file of this media type."""
    if media_type == "application/pdf":
        return FileFamily.PDF
    first = media_type.partition("/")[0]
    return {
        "image": FileFamily.PICTURE,
        "audio": FileFamily.RECORDING,
        "video": FileFamily.VIDEO,
    }.get(first, FileFamily.DOCUMENT)


def checked_type(name: str, content: bytes) -> str:
    """Return the media type of a file that may be kept.

    Raises:
        RuleBroken: it is empty, nothing that belongs to a case, or not what its name says.
    """
    if not content:
        raise RuleBroken(f"“{name}”是空的，没有收下。请重新选择。", field="content")
    media_type = media_type_of(content)
    if media_type is None:
        raise RuleBroken(
            f"“{name}”不是图片、录音、视频、PDF 或办公文档，没有收下。"
            "请另存成这些格式，或拍照、扫描后再加。",
            field="content",
        )
    said, found = _family_by_name(name), family_of(media_type)
    if said is not None and said is not found and {said, found} != _EITHER:
        raise RuleBroken(
            f"“{name}”的名字说是“{said}”，内容其实是“{found}”，没有收下。"
            "请核对来源；没有问题的，改对文件名的后缀再加。",
            field="content",
        )
    return media_type


def usual_kind(media_type: str) -> AttachmentKind:
    """Return the kind under which a file of this type is kept unless somebody says otherwise."""
    return _KINDS.get(family_of(media_type), AttachmentKind.OTHER)


def kinds_for(media_type: str) -> tuple[AttachmentKind, ...]:
    """Return as what a file of this type can be filed: only what shows something has a before."""
    return _FILED_AS[family_of(media_type)]


def require_kind(kind: AttachmentKind, media_type: str) -> None:
    """Check that a file can be what it is filed as.

    Raises:
        RuleBroken: a document is to be a photo of before or after, or a photo a recording.
    """
    if kind not in kinds_for(media_type):
        words = "、".join(label(fitting) for fitting in kinds_for(media_type))
        raise RuleBroken(
            f"{family_of(media_type)}不能归为“{label(kind)}”，可选：{words}。", field="kind"
        )


def may_show_people(media_type: str) -> bool:
    """Return whether faces or plates may be in it, so that it leaves only masked or for a reason.

    All else leaves when somebody says that he has looked it through: a scan may show an identity
    card, a recording tells a phone number. Source: DOMAIN.md 9.4 公开图片先遮人脸车牌.
    """
    return family_of(media_type) in {FileFamily.PICTURE, FileFamily.VIDEO}


def safe_name(name: str, media_type: str) -> str:
    """Return a file's name with an ending that opens it as what it is, never as a program."""
    if _family_by_name(name) is family_of(media_type):
        ending = PurePath(name).suffix.lower()
        if ending not in _NEVER_OPENED:
            return name
    return f"{name}{_USUAL_ENDINGS.get(media_type, '.bin')}"


def say_size(size: int) -> str:
    """Return a size in words: “216 KB”, “1.4 MB”."""
    if size >= _MB:
        return f"{size / _MB:.1f} MB"
    return f"{max(round(size / _KB), 1)} KB"


def _number(content: bytes, offset: int) -> int:
    return int.from_bytes(content[offset : offset + 4], "little")


def _zipped(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    for start, media_type in _ZIPPED:
        if any(name.startswith(start) for name in names):
            return media_type
    return None


def _family_by_name(name: str) -> FileFamily | None:
    ending = PurePath(name).suffix.lower()
    known = (family for family, endings in _ENDINGS.items() if ending in endings.split())
    return next(known, None)

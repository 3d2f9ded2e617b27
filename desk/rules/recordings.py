"""How long a recording is (录音时长), read from the head and tail of its bytes alone."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

# Bytes of one AMR frame of 20 ms, by the mode in its head.
_AMR_FRAMES = (13, 14, 16, 18, 20, 21, 27, 32, 6)
_AMR_HEAD = b"#!AMR\n"
_AMR_PER_SECOND = 50
# kbit/s of MPEG layer 3 by its index: version 1, and versions 2 and 2.5.
_KBITS = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_SYNC = 0xE0
_OGG_RATES = ((b"\x01vorbis", 12), (b"OpusHead", -1))
_OPUS_RATE = 48_000


def seconds_of(head: bytes, tail: bytes, size: int, media_type: str) -> int | None:
    """Return the length of a recording in whole seconds, or None where it does not say.

    Args:
        head: its first bytes, up to a megabyte.
        tail: its last bytes, up to a megabyte; the same as `head` where it is short.
        size: how many bytes it has.
    """
    reader = _READERS.get(media_type)
    if reader is None:
        return None
    found = reader(head, tail, size)
    return None if found is None or found < 0 else max(round(found), 1)


def say_length(seconds: int) -> str:
    """Return a length in words: “48 秒”, “3 分 05 秒”, “1 时 02 分”."""
    minutes, rest = divmod(seconds, 60)
    hours, left = divmod(minutes, 60)
    if hours:
        return f"{hours} 时 {left:02} 分"
    return f"{minutes} 分 {rest:02} 秒" if minutes else f"{rest} 秒"


def _wav(head: bytes, _tail: bytes, size: int) -> float | None:
    form, data = head.find(b"fmt "), head.find(b"data")
    if form < 0 or data < 0:
        return None
    per_second = _little(head, form + 16)
    said = _little(head, data + 4)
    there = size - data - 8  # a recorder that was switched off leaves a wrong number behind
    return min(said or there, there) / per_second if per_second else None


def _mp4(head: bytes, tail: bytes, _size: int) -> float | None:
    for part in (head, tail):
        at = part.find(b"mvhd")
        if at >= 0:
            wide = part[at + 4 : at + 5] == b"\x01"
            scale_at = at + (24 if wide else 16)
            scale = int.from_bytes(part[scale_at : scale_at + 4])
            length = int.from_bytes(part[scale_at + 4 : scale_at + (12 if wide else 8)])
            return length / scale if scale else None
    return None


def _amr(head: bytes, _tail: bytes, size: int) -> float | None:
    start = len(_AMR_HEAD)
    mode = head[start] >> 3 & 0x0F if len(head) > start else len(_AMR_FRAMES)
    if not head.startswith(_AMR_HEAD) or mode >= len(_AMR_FRAMES):
        return None
    return (size - start) / _AMR_FRAMES[mode] / _AMR_PER_SECOND


def _mp3(head: bytes, _tail: bytes, size: int) -> float | None:
    start = 0
    if head.startswith(b"ID3"):
        start = 10 + _seven_bits(head[6:10])
    frame = head[start : start + 4]
    if len(frame) < 4 or frame[0] != 0xFF or frame[1] & _SYNC != _SYNC:  # noqa: PLR2004 - a frame's head
        return None
    table = _KBITS[0] if frame[1] >> 3 & 3 == 3 else _KBITS[1]  # noqa: PLR2004 - version 1
    index = frame[2] >> 4
    kbits = table[index] if index < len(table) else 0
    return (size - start) * 8 / (kbits * 1000) if kbits else None


def _ogg(head: bytes, tail: bytes, _size: int) -> float | None:
    last = tail.rfind(b"OggS")
    if last < 0:
        return None
    samples = int.from_bytes(tail[last + 6 : last + 14], "little", signed=True)
    for sign, offset in _OGG_RATES:
        at = head.find(sign)
        if at >= 0:
            rate = _OPUS_RATE if offset < 0 else _little(head, at + offset)
            return samples / rate if rate else None
    return None


def _little(content: bytes, offset: int) -> int:
    return int.from_bytes(content[offset : offset + 4], "little")


def _seven_bits(four: bytes) -> int:
    found = 0
    for byte in four:
        found = found << 7 | byte & 0x7F
    return found


_READERS: Mapping[str, Callable[[bytes, bytes, int], float | None]] = MappingProxyType(
    {
        "audio/wav": _wav,
        "audio/mp4": _mp4,
        "video/mp4": _mp4,
        "video/quicktime": _mp4,
        "audio/amr": _amr,
        "audio/mpeg": _mp3,
        "audio/ogg": _ogg,
    }
)

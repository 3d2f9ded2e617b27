"""Read TrueType files without loading them whole, and cut out the glyphs a paper needs.

ReportLab reads a font completely when it is registered (0.1 to 0.4 s and 30 MB for the rare
ideographs alone). Here a font is mapped into memory and only the tables asked for are read.
"""

import mmap
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

_RESTRICTED: Final = 0x0002
_ARGS_ARE_WORDS, _HAS_SCALE, _MORE, _HAS_XY_SCALE, _HAS_2X2 = 0x1, 0x8, 0x20, 0x40, 0x80
# Names that say what a font is called: family, full name, PostScript name, preferred family.
_NAME_IDS: Final = frozenset({1, 4, 6, 16})


class NotUsable(Exception):
    """A file that is not a font we can embed; the text says why."""


class TrueType:
    """One face of a TrueType file (glyf outlines)."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            self._tables = self._directory(index)
            self._read_metrics()
        except (struct.error, IndexError, KeyError) as error:
            raise NotUsable(f"{path.name} 不是完整的 TrueType 字体") from error

    def _directory(self, index: int) -> dict[str, tuple[int, int]]:
        """Return where each table stands, or refuse the file."""
        start = 0
        if self._data[:4] == b"ttcf":
            (start,) = struct.unpack_from(">L", self._data, 12 + 4 * index)
        if self._data[start : start + 4] not in {b"\x00\x01\x00\x00", b"true"}:
            raise NotUsable(f"{self.path.name} 不是 TrueType 轮廓，不能嵌入")
        (count,) = struct.unpack_from(">H", self._data, start + 4)
        tables = {}
        for place in range(start + 12, start + 12 + 16 * count, 16):
            tag, _, offset, length = struct.unpack_from(">4sLLL", self._data, place)
            tables[tag.decode("latin-1")] = (offset, length)
        if not {"glyf", "loca", "head", "hhea", "hmtx", "maxp", "cmap"} <= tables.keys():
            raise NotUsable(f"{self.path.name} 缺少必要的字形表，不能嵌入")
        return tables

    def _read_metrics(self) -> None:
        head, hhea = self._tables["head"][0], self._tables["hhea"][0]
        (self.units,) = struct.unpack_from(">H", self._data, head + 18)
        self.box = struct.unpack_from(">4h", self._data, head + 36)
        (self._long_offsets,) = struct.unpack_from(">h", self._data, head + 50)
        self.ascent, self.descent = struct.unpack_from(">2h", self._data, hhea + 4)
        (self._advances,) = struct.unpack_from(">H", self._data, hhea + 34)
        (self.glyph_count,) = struct.unpack_from(">H", self._data, self._tables["maxp"][0] + 4)

    @property
    def may_be_embedded(self) -> bool:
        """Whether the font's own licence bits allow it to travel inside a document."""
        if "OS/2" not in self._tables:
            return True
        (bits,) = struct.unpack_from(">H", self._data, self._tables["OS/2"][0] + 8)
        return int(bits) & 0xF != _RESTRICTED

    def names(self) -> set[str]:
        """Return every name the font goes by, in all its languages."""
        if "name" not in self._tables:
            return set()
        start = self._tables["name"][0]
        _, count, texts = struct.unpack_from(">3H", self._data, start)
        found = set()
        for place in range(start + 6, start + 6 + 12 * count, 12):
            platform, _, _, name, length, offset = struct.unpack_from(">6H", self._data, place)
            if name in _NAME_IDS:
                raw = self._data[start + texts + offset :][:length]
                found.add(raw.decode("utf-16-be" if platform in {0, 3} else "latin-1", "replace"))
        return found

    @cached_property
    def _ranges(self) -> tuple[list[int], list[tuple[int, int, int]]]:
        """Return the character map as sorted starts and (end, kind, value) entries."""
        start = self._tables["cmap"][0]
        (count,) = struct.unpack_from(">H", self._data, start + 2)
        by_format: dict[int, int] = {}
        for place in range(start + 4, start + 4 + 8 * count, 8):
            platform, encoding, offset = struct.unpack_from(">HHL", self._data, place)
            if platform == 0 or (platform == 3 and encoding in {1, 10}):  # noqa: PLR2004 Unicode maps
                (kind,) = struct.unpack_from(">H", self._data, start + offset)
                by_format[kind] = start + offset
        if 12 in by_format:  # noqa: PLR2004 the format number of full maps
            entries = self._full_map(by_format[12])
        elif 4 in by_format:  # noqa: PLR2004 the format number of 16-bit maps
            entries = self._short_map(by_format[4])
        else:
            raise NotUsable(f"{self.path.name} 没有 Unicode 字符表")
        ordered = sorted(entries)
        return [entry[0] for entry in ordered], [entry[1:] for entry in ordered]

    def _full_map(self, start: int) -> Iterator[tuple[int, int, int, int]]:
        (count,) = struct.unpack_from(">L", self._data, start + 12)
        flat = struct.unpack_from(f">{3 * count}L", self._data, start + 16)
        for first, last, glyph in zip(flat[::3], flat[1::3], flat[2::3], strict=True):
            yield first, last, 0, glyph - first

    def _short_map(self, start: int) -> Iterator[tuple[int, int, int, int]]:
        (double,) = struct.unpack_from(">H", self._data, start + 6)
        count = double // 2
        arrays = [start + 14, *(start + 16 + double * part for part in (1, 2, 3))]
        ends, starts, deltas, offsets = (
            struct.unpack_from(f">{count}H", self._data, place) for place in arrays
        )
        for at, (last, first, delta, offset) in enumerate(
            zip(ends, starts, deltas, offsets, strict=True)
        ):
            if offset:
                # Glyph numbers follow the segments; the value is where that of `first` stands.
                place = arrays[3] + 2 * at + offset - 2 * first
                yield first, last, 2 + delta, place
            else:
                yield first, last, 1, delta

    def glyph(self, code: int) -> int:
        """Return the glyph number of a code point, 0 where the font has none."""
        starts, entries = self._ranges
        at = bisect_right(starts, code) - 1
        if at < 0 or code > entries[at][0]:
            return 0
        _, kind, value = entries[at]
        if kind == 0:
            return code + value
        if kind == 1:
            return (code + value) & 0xFFFF
        (glyph,) = struct.unpack_from(">H", self._data, value + 2 * code)
        return (glyph + kind - 2) & 0xFFFF if glyph else 0

    def advance(self, glyph: int) -> float:
        """Return how far the pen moves after a glyph, in 1/1000 em."""
        at = min(glyph, self._advances - 1)
        (units,) = struct.unpack_from(">H", self._data, self._tables["hmtx"][0] + 4 * at)
        return float(units * 1000 / self.units)

    def outline(self, glyph: int) -> bytes:
        """Return the raw outline of a glyph; empty where nothing would be printed."""
        at = self._tables["loca"][0]
        if self._long_offsets:
            first, last = struct.unpack_from(">2L", self._data, at + 4 * glyph)
        else:
            first, last = (2 * n for n in struct.unpack_from(">2H", self._data, at + 2 * glyph))
        start = self._tables["glyf"][0]
        return self._data[start + first : start + last]

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """Return a small font in which the n-th glyph asked for has the number n."""
        wanted = list(glyphs)
        numbers = {glyph: at for at, glyph in reversed(list(enumerate(wanted)))}
        outlines = []
        for glyph in wanted:  # grows while parts of composite glyphs are found
            outline = bytearray(self.outline(glyph))
            for place, part in _parts(outline):
                if part not in numbers:
                    numbers[part] = len(wanted)
                    wanted.append(part)
                struct.pack_into(">H", outline, place, numbers[part])
            outlines.append(bytes(outline) + bytes(-len(outline) % 4))
        offsets = [0]
        for outline_bytes in outlines:
            offsets.append(offsets[-1] + len(outline_bytes))
        hmtx = self._tables["hmtx"][0]
        metrics = bytearray()
        for glyph in wanted:
            at = min(glyph, self._advances - 1)
            metrics += self._data[hmtx + 4 * at : hmtx + 4 * at + 2]
            metrics += self._bearing(glyph)
        tables = {
            "head": self._patched("head", 50, 1),
            "hhea": self._patched("hhea", 34, len(wanted)),
            "hmtx": bytes(metrics),
            "maxp": self._patched("maxp", 4, len(wanted)),
            "loca": struct.pack(f">{len(offsets)}L", *offsets),
            "glyf": b"".join(outlines) or bytes(4),
        }
        for tag in ("cvt ", "fpgm", "prep"):
            if tag in self._tables:
                tables[tag] = self._table(tag)
        return _font_file(tables)

    def _bearing(self, glyph: int) -> bytes:
        hmtx = self._tables["hmtx"][0]
        if glyph < self._advances:
            place = hmtx + 4 * glyph + 2
        else:
            place = hmtx + 4 * self._advances + 2 * (glyph - self._advances)
        return self._data[place : place + 2].ljust(2, b"\0")

    def _table(self, tag: str) -> bytes:
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    def _patched(self, tag: str, at: int, number: int) -> bytes:
        table = bytearray(self._table(tag))
        struct.pack_into(">H", table, at, number)
        return bytes(table)


def _parts(outline: bytearray) -> Iterator[tuple[int, int]]:
    """Yield (place, glyph number) for each part of a composite outline."""
    if len(outline) < 10 or struct.unpack_from(">h", outline)[0] >= 0:  # noqa: PLR2004 header size
        return
    place, flags = 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">HH", outline, place)
        yield place + 2, part
        place += 8 if flags & _ARGS_ARE_WORDS else 6
        if flags & _HAS_SCALE:
            place += 2
        elif flags & _HAS_XY_SCALE:
            place += 4
        elif flags & _HAS_2X2:
            place += 8


def _font_file(tables: dict[str, bytes]) -> bytes:
    """Assemble a font file; check sums are left at zero, which PDF viewers ignore."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    out = bytearray(
        struct.pack(
            ">L4H", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16
        )
    )
    offset = 12 + 16 * count
    for tag in sorted(tables):
        out += struct.pack(">4sLLL", tag.encode(), 0, offset, len(tables[tag]))
        offset += len(tables[tag]) + (-len(tables[tag]) % 4)
    for tag in sorted(tables):
        out += tables[tag] + bytes(-len(tables[tag]) % 4)
    return bytes(out)

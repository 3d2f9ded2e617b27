"""Build the print fonts of this folder from their public originals (run once, by hand).

The originals are not kept here; README.md beside this file says where each comes from.
Usage: python build_fonts.py FOLDER_WITH_ORIGINALS [OUTPUT_FOLDER]

What it does to them:
- FandolFang comes with cubic (CFF) outlines, which our embedding and ReportLab's cannot
  carry: it is converted to quadratic TrueType outlines;
- the Noto and Kai fonts lose layout tables that a Chinese form never uses, and characters
  that another font of the chain already holds;
- HanaMinA/B keep only the ideographs of GB 18030-2022 level 3 that no other font has;
  their outlines are polygons with many near-collinear points, which are thinned by
  at most 1.2/1024 em (0.007 mm at 16 pt).
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

LEVEL_3 = [
    *range(0x4E00, 0x9FF0),
    *range(0x3400, 0x4DB6),
    *range(0x20000, 0x2A6D7),
    *range(0x2A700, 0x2B735),
    *range(0x2B740, 0x2B81E),
    *range(0x2B820, 0x2CEA2),
    *range(0x2CEB0, 0x2EBE1),
    *(0xFA00 + low for low in b"\x0e\x0f\x11\x13\x14\x1f\x21\x23\x24\x27\x28\x29"),
]
EXTENSION_A = set(range(0x3400, 0x4DC0))
THINNING = 1.2


def gb2312() -> set[int]:
    """Return every character of GB 2312 and printable ASCII."""
    found = set(range(0x20, 0x7F))
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


# Punctuation and signs of forms that GB 2312 lacks.
SIGNS = {ord(sign) for sign in "—–…·•℃①②③④⑤⑥⑦⑧⑨⑩☑☐□■○●△▲〔〕【】〇℡№☎¥€©®°±×÷≤≥≠→←↑↓"}


def to_quadratic(font: TTFont, max_error: float) -> None:
    """Replace the cubic outlines of a CFF font by quadratic ones, in place."""
    glyphs = {}
    drawn = font.getGlyphSet()
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, max_error, reverse_direction=True))
        glyphs[name] = pen.glyph()
    table = newTable("glyf")
    table.glyphOrder = font.getGlyphOrder()
    table.glyphs = glyphs
    font["loca"] = newTable("loca")
    font["glyf"] = table
    top = font["maxp"]
    top.tableVersion = 0x00010000
    for field in (
        "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs "
        "maxStackElements maxSizeOfInstructions maxComponentElements"
    ).split():
        setattr(top, field, 0)
    top.maxZones = 1
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font.sfntVersion = "\x00\x01\x00\x00"


def keep(font: TTFont, characters: Iterable[int]) -> None:
    """Drop all characters but these, and the tables that plain horizontal text ignores."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = ["*"]
    options.drop_tables += "GSUB GPOS GDEF BASE vhea vmtx VORG prop DSIG kern STAT".split()
    worker = subset.Subsetter(options)
    worker.populate(unicodes=set(characters))
    worker.subset(font)


def thinned(points: list[tuple[int, int]]) -> list[int]:
    """Return the indices that keep a polyline within THINNING (Douglas-Peucker)."""
    kept = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        worst, where = THINNING**2, None
        for index in range(first + 1, last):
            px, py = points[index][0] - ax, points[index][1] - ay
            along = px * dx + py * dy
            if along <= 0 or not length:
                distance = px * px + py * py
            elif along >= length:
                distance = (px - dx) ** 2 + (py - dy) ** 2
            else:
                distance = (px * dy - py * dx) ** 2 / length
            if distance > worst:
                worst, where = distance, index
        if where is not None:
            kept.add(where)
            stack += [(first, where), (where, last)]
    return sorted(kept)


def thin(font: TTFont) -> None:
    """Thin the polygon outlines of a GlyphWiki font, in place."""
    table = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = table[name]
        if glyph.numberOfContours <= 0:
            continue
        glyph.expand(table)
        if not all(flag & 1 for flag in glyph.flags):
            continue
        points, start, ends = list(glyph.coordinates), 0, []
        result: list[tuple[int, int]] = []
        for end in glyph.endPtsOfContours:
            ring, start = points[start : end + 1], end + 1
            far = max(
                range(len(ring)),
                key=lambda i: (ring[i][0] - ring[0][0]) ** 2 + (ring[i][1] - ring[0][1]) ** 2,
            )
            there, back = ring[: far + 1], ring[far:] + ring[:1]
            result += [there[i] for i in thinned(there)]
            result += [back[i] for i in thinned(back)[1:-1]]
            ends.append(len(result) - 1)
        glyph.coordinates = GlyphCoordinates(result)
        glyph.flags = array("B", [1] * len(result))
        glyph.endPtsOfContours = ends


def mapped(font: TTFont) -> set[int]:
    """Return the characters that have a real outline."""
    table = font["glyf"]
    return {c for c, name in font.getBestCmap().items() if table[name].numberOfContours != 0}


def rename(font: TTFont, family: str) -> None:
    """Give a changed font a name of its own, as its licence asks."""
    names = font["name"]
    names.names = [n for n in names.names if n.nameID in (0, 13, 14)]
    compact = family.replace(" ", "")
    for number, text in ((1, family), (2, "Regular"), (3, compact), (4, family), (6, compact)):
        names.setName(text, number, 3, 1, 0x409)


def build(originals: Path, target: Path) -> None:
    """Write every font of this folder."""

    def opened(name: str) -> TTFont:
        return TTFont(originals / name, recalcTimestamp=False)

    def saved(font: TTFont, name: str) -> None:
        font.save(target / name)
        print(f"{name}: {(target / name).stat().st_size:,} bytes")

    serif = opened("NotoSerifSC_400Regular.ttf")
    keep(serif, serif.getBestCmap())
    saved(serif, "NotoSerifSC-Regular.ttf")

    sans = opened("NotoSansSC_400Regular.ttf")
    keep(sans, set(sans.getBestCmap()) - EXTENSION_A)
    saved(sans, "NotoSansSC-Regular.ttf")

    title = opened("NotoSerifSC_900Black.ttf")
    keep(title, gb2312() | SIGNS)
    saved(title, "NotoSerifSC-Black-GB2312.ttf")

    fang = opened("FandolFang-Regular.otf")
    to_quadratic(fang, 1.0)
    keep(fang, fang.getBestCmap())
    rename(fang, "Case Desk Fang")
    saved(fang, "FandolFang-Regular.ttf")

    kai = opened("LXGWWenKai-Regular.ttf")
    keep(kai, gb2312() | SIGNS)
    rename(kai, "Case Desk Kai")
    saved(kai, "Kai-GB2312.ttf")

    missing = set(LEVEL_3) - mapped(serif)
    for source, name, family in (
        ("HanaMinA.ttf", "RareHan-A.ttf", "Case Desk Rare Han A"),
        ("HanaMinB.ttf", "RareHan-B.ttf", "Case Desk Rare Han B"),
    ):
        rare = opened(source)
        wanted = missing & mapped(rare)
        missing -= wanted
        keep(rare, wanted)
        thin(rare)
        rename(rare, family)
        saved(rare, name)
    print(f"level 3 ideographs without any glyph: {len(missing)}")


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parent))

"""Every ideograph of GB 18030-2022 level 3 has a face, and nothing is ever left blank."""

import struct
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from PIL import ImageFont

from desk.forms.fonts import FOLDER, ROLES, font_set, font_set_version, hall_fonts, load
from desk.forms.truetype import NotUsable, TrueType

LEVEL_3 = [
    *map(chr, range(0x4E00, 0x9FF0)),
    *map(chr, range(0x3400, 0x4DB6)),
    *map(chr, range(0x20000, 0x2A6D7)),
    *map(chr, range(0x2A700, 0x2B735)),
    *map(chr, range(0x2B740, 0x2B81E)),
    *map(chr, range(0x2B820, 0x2CEA2)),
    *map(chr, range(0x2CEB0, 0x2EBE1)),
    *"\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29",
]


def renamed(source: str, family: str, target: Path, *, restricted: bool = False) -> Path:
    """Save one of our fonts under another family name."""
    font = TTFont(FOLDER / source)
    for number in (1, 4):
        font["name"].setName(family, number, 3, 1, 0x804)
    font["OS/2"].fsType = 2 if restricted else 0
    font.save(target)
    return target


def test_level_3_has_the_number_of_ideographs_the_standard_gives():
    assert len(LEVEL_3) == len(set(LEVEL_3)) == 87_887


def test_body_text_can_show_every_ideograph_of_level_3():
    chain = font_set().chains["body"]
    blank = [char for char in LEVEL_3 if chain[char].face is None]
    assert blank == []


@pytest.mark.parametrize("role", ROLES)
def test_every_other_face_can_show_rare_ideographs_and_ordinary_text(role):
    chain = font_set().chains[role]
    sample = LEVEL_3[::44]
    ordinary = "青榕街道办事处〔2026〕12号，。、；：？！“”‘’（）《》—…·□☑★☆①%℃ abcXYZ0123456789-/:"
    blank = [char for char in [*sample, *ordinary] if chain[char].face is None]
    assert blank == []


def test_chinese_quotation_marks_are_a_full_sign_wide_in_every_role():
    for role in ROLES:
        for char in "“”‘’—…":
            assert font_set().chains[role][char].width >= 950, (role, char)


def test_a_character_without_outline_counts_as_missing():
    # U+3164 is a filler that fonts map to an empty glyph; U+FFFE is no character at all.
    assert font_set().chains["body"]["\u3164"].face is None
    assert font_set().chains["body"]["\ufffe"].face is None
    assert font_set().chains["body"]["\u3000"].face is not None


def test_our_fonts_stay_below_64_megabytes_and_bring_their_licences():
    files = [path for path in FOLDER.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 64_000_000
    names = {path.name for path in files}
    for path in FOLDER.glob("*.ttf"):
        family = path.name.partition("-")[0]
        assert any(name.startswith(family) and name.endswith(".txt") for name in names), path.name
        assert path.name in (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ttf")), ids=lambda path: path.name)
def test_our_fonts_are_files_that_other_programs_can_use(path):
    ImageFont.truetype(str(path), 20)
    with TTFont(path, lazy=True) as font:
        assert {"glyf", "cmap", "name", "OS/2"} <= set(font.keys())


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ttf")), ids=lambda path: path.name)
def test_our_reader_agrees_with_fonttools(path):
    ours = TrueType(path)
    with TTFont(path, lazy=True) as font:
        names, widths, cmap = font.getGlyphOrder(), font["hmtx"], font.getBestCmap()
        for code in sorted(cmap)[::97]:
            glyph = ours.glyph(code)
            assert names[glyph] == cmap[code]
            width = widths[cmap[code]][0] * 1000 / font["head"].unitsPerEm
            assert ours.advance(glyph) == pytest.approx(width)
        assert ours.glyph(0x10FFFF) == 0


def test_our_reader_follows_16_bit_maps_with_arrays(tmp_path):
    # NotoSansSC has a format 4 map beside its full one: drop the full one.
    font = TTFont(FOLDER / "NotoSansSC-Regular.ttf")
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format == 4]
    short = dict(font["cmap"].tables[0].cmap)
    font.save(tmp_path / "short.ttf")
    ours = TrueType(tmp_path / "short.ttf")
    names = font.getGlyphOrder()
    wrong = [code for code, name in short.items() if names[ours.glyph(code)] != name]
    assert wrong == []


def test_a_subset_keeps_the_parts_of_composite_glyphs(tmp_path):
    font = TTFont(FOLDER / "Kai-GB2312.ttf")
    few = Subsetter()  # writing all its glyphs anew would take ten seconds
    few.populate(text="木日杲")
    few.subset(font)
    pen = TTGlyphPen(font.getGlyphSet())
    first, second = font.getBestCmap()[ord("木")], font.getBestCmap()[ord("日")]
    pen.addComponent(first, (1, 0, 0, 1, 0, 0))
    pen.addComponent(second, (0.5, 0, 0, 0.5, 300, 0))
    target = font.getBestCmap()[ord("杲")]
    font["glyf"][target] = pen.glyph()
    font.save(tmp_path / "parts.ttf")

    ours = TrueType(tmp_path / "parts.ttf")
    small = ours.subset([0, ours.glyph(ord("杲"))])
    with TTFont(BytesIO(small)) as cut:
        outlines, offsets = cut.reader["glyf"], struct.unpack(">5L", cut.reader["loca"])
        assert cut["maxp"].numGlyphs == 4
    parts = [outlines[first:last] for first, last in pairwise(offsets)]
    assert parts[2].startswith(ours.outline(ours.glyph(ord("木"))))
    assert parts[3].startswith(ours.outline(ours.glyph(ord("日"))))
    # the composite names its parts by their new numbers
    assert parts[1][12:14] == bytes([0, 2])


def test_the_halls_own_fonts_come_first(tmp_path):
    mine = renamed("Kai-GB2312.ttf", "仿宋_GB2312", tmp_path / "own.ttf")
    found = {font.role: font.path for font in hall_fonts(tmp_path)}
    assert found["body"] == mine

    chain = font_set(tmp_path).chains["body"]
    assert chain["青"].face is load(mine)
    assert chain["\U00020bb7"].face is not None  # what it lacks still comes from ours
    assert font_set_version(tmp_path) != font_set_version()
    assert font_set_version(tmp_path).startswith(font_set_version())


def test_a_font_that_forbids_embedding_is_passed_over(tmp_path):
    renamed("Kai-GB2312.ttf", "仿宋_GB2312", tmp_path / "locked.ttf", restricted=True)
    assert "body" not in {font.role for font in hall_fonts(tmp_path)}
    with pytest.raises(NotUsable, match="不允许嵌入"):
        load(tmp_path / "locked.ttf")


@pytest.mark.parametrize("content", [b"", b"OTTO" + bytes(60), b"\x00\x01\x00\x00", bytes(500)])
def test_what_is_not_a_font_is_passed_over(tmp_path, content):
    (tmp_path / "broken.ttf").write_bytes(content)
    assert [font for font in hall_fonts(tmp_path) if font.path.parent == tmp_path] == []


def test_a_missing_folder_of_fonts_is_no_trouble(tmp_path):
    assert font_set(tmp_path / "nowhere").chains["body"]["青"].face is not None

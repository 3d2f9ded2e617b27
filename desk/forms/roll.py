"""The receipt on a roll of thermal paper (热敏小票), 58 or 80 mm wide, cut where its words end.

It is set from the same layout as the receipt on A4, the hall's own where there is one: each cell
with words becomes a caption and its text below each other; places for names and seals are left
out, since nobody signs a slip. What is missing stays out, too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from reportlab.lib.units import mm

from desk.forms.breaking import break_text
from desk.forms.definition import GridLayout
from desk.forms.fonts import FontSet, Role, font_set
from desk.forms.grid import cell_words
from desk.forms.layouts import load_layout
from desk.forms.paper import Paper
from desk.forms.sheet import Sheet
from desk.forms.writers import fill
from desk.rules.errors import RuleBroken

ROLLS: Final = (58, 80)  # millimetres of paper
_MARGINS: Final = {58: 5.0, 80: 4.0}  # what the heads of such printers cannot reach
_TITLE_PT, _NUMBER_PT, _VALUE_PT, _CAPTION_PT = 14.0, 11.0, 10.5, 9.0
_LEADING = 1.35
_CODE_MM = 26.0
_END_MM = 12.0  # below the last line, where the knife is


@dataclass(frozen=True, slots=True)
class _Text:
    words: str
    role: Role = "heading"  # thin strokes vanish at 203 dots to the inch
    size: float = _VALUE_PT
    is_centred: bool = False
    gap: float = 0.0  # above it


def render_roll(
    row: Mapping[str, Any],
    width_mm: int,
    *,
    layout: str | None = None,
    fonts_folder: Path | None = None,
) -> Paper:
    """Print a receipt on a roll.

    Args:
        row: what was frozen for the receipt.
        width_mm: how wide the roll is.
        layout: the text of the layout with which the receipt was issued.

    Raises:
        RuleBroken: there is no roll of this width, or the layout is no table.
    """
    chosen = load_layout("receipt", layout)
    if width_mm not in ROLLS or not isinstance(chosen, GridLayout):
        raise RuleBroken("小票只能打在 58 或 80 毫米的热敏纸上，请在“管理 · 本机”里改。")
    fonts = font_set(fonts_folder)
    wide, margin = width_mm * mm, _MARGINS[width_mm] * mm
    lines = [
        (line.text, text, text.gap if first else 0.0)
        for text in _texts(chosen, row)
        for first, line in _broken(text, fonts, wide - 2 * margin)
    ]
    high = sum(gap + text.size * _LEADING for _, text, gap in lines)
    code = _CODE_MM * mm if row.get("qr") else 0.0
    sheet = Sheet(fonts, fill(chosen.title.replace("|", ""), row))
    y = high + code + (_END_MM + 6) * mm
    sheet.lay(upright=(wide, y))
    y -= 4 * mm
    for words, text, gap in lines:
        y -= gap + text.size * _LEADING
        if text.is_centred:
            sheet.centred(words, wide / 2, y, text.role, text.size)
        else:
            sheet.text(words, margin, y, text.role, text.size)
    if code:
        sheet.code_square(str(row["qr"]), (wide - code) / 2, y - code - 2 * mm, code)
    sheet.end_page()
    return Paper(sheet.finish(), sheet.pages, tuple(sheet.missing), chosen.version, fonts.version)


def _texts(layout: GridLayout, row: Mapping[str, Any]) -> Iterator[_Text]:
    """Yield what stands on the slip from top to bottom."""
    yield _Text(fill(layout.title.replace("|", ""), row), "title", _TITLE_PT, is_centred=True)
    yield _Text(fill(layout.above_left, row), size=_CAPTION_PT, is_centred=True, gap=2 * mm)
    number = fill(layout.above_right, row)
    yield _Text(number, "heading", _NUMBER_PT, is_centred=True, gap=1 * mm)
    for band in layout.bands:
        if band.when and not row.get(band.when):
            continue
        for cell in band.cells:
            words = "" if cell.kind in {"signature", "seal", "finger"} else cell_words(cell, row)
            if words:
                caption = cell.caption.replace("|", "")
                yield _Text(caption, "heading", _CAPTION_PT, gap=1.6 * mm)
                yield _Text(_below_here(words) if cell.key == "ask_how" else words)
    if layout.note:
        yield _Text(_below_here(fill(layout.note, row)), size=_CAPTION_PT, gap=2 * mm)


def _below_here(words: str) -> str:
    """Say where the code square stands on a slip."""
    return words.replace("右上方", "下方").replace("上方", "下方")


def _broken(text: _Text, fonts: FontSet, room: float) -> Iterator[tuple[bool, Any]]:
    for at, line in enumerate(break_text(text.words, fonts.chains[text.role], text.size, room)):
        yield at == 0, line

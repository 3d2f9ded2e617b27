"""Read layouts (版式) from TOML: ours, or the hall's own in their place.

What we ship are suggested layouts (建议版式): no superior office has prescribed them. A hall
may replace each by its own text; a text that cannot be printed is refused with a sentence
that names the place.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints

from desk.forms.definition import (
    Band,
    Block,
    CardsLayout,
    Cell,
    GridLayout,
    Layout,
    LetterLayout,
)
from desk.forms.row_keys import ROWS, entry_keys, keys
from desk.forms.writers import WRITERS, placeholders
from desk.rules.errors import RuleBroken

FOLDER: Final = Path(__file__).resolve().parents[2] / "resources" / "layouts"
# Raised when the painter sets the same layout differently.
PAINTER: Final = 1
SMALLEST_PT: Final = 9.0
_LEAST_MM: Final = 8.0
_MOST_BLANK: Final = 60
_NARROWEST_LETTER_MM: Final = 156  # the type area of GB/T 9704
_KINDS: Final[Mapping[str, type]] = {
    "grid": GridLayout,
    "letter": LetterLayout,
    "cards": CardsLayout,
}
_LAYOUT_PLACES: Final = ("title", "above_left", "above_right", "below", "note", "foot")


class BadLayout(RuleBroken):
    """A layout that cannot be printed; the sentence says where it is wrong."""

    def __init__(self, code: str, where: str, what: str) -> None:
        place = f"的{where}" if where else ""
        super().__init__(f"版式“{code}”{place}不能使用：{what}。请改正后再存。", field="layout")


def form_codes() -> tuple[str, ...]:
    """Return the codes of all forms that can be printed."""
    return tuple(ROWS)


def layout_text(code: str) -> str:
    """Return the text of the suggested layout of a form."""
    if code not in ROWS:
        raise RuleBroken(f"没有“{code}”这种表单，可用：{'、'.join(ROWS)}。", field="form")
    return (FOLDER / f"{code}.toml").read_text(encoding="utf-8")


def load_layout(code: str, override: str | None = None) -> Layout:
    """Return a form's layout, read from the hall's own text where there is one.

    Raises:
        BadLayout: the text cannot be used; the sentence names the line or the field.
    """
    return _load(code, layout_text(code) if override is None else override)


@lru_cache(maxsize=64)
def _load(code: str, text: str) -> Layout:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadLayout(code, _line_of(error), "写法不合 TOML 规则") from error
    kind = table.pop("layout", "")
    if kind not in _KINDS:
        raise BadLayout(code, "layout", "应写 grid（表格）、letter（公文）或 cards（牌卡）")
    if table.pop("code", "") != code:
        raise BadLayout(code, "code", f"应写 {code}")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    version = f"{table.pop('version', '')}-{digest}-p{PAINTER}"
    layout = cast(
        "Layout", _build(_KINDS[kind], {**table, "code": code, "version": version}, code, "")
    )
    _check(layout)
    return layout


def _line_of(error: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return f"第 {found[1]} 行第 {found[2]} 列" if found else "末尾"


def _build(kind: type, table: Mapping[str, Any], code: str, where: str) -> Any:
    """Return a dataclass filled from a TOML table."""
    hints = get_type_hints(kind)
    unknown = sorted(table.keys() - hints.keys())
    if unknown:
        known = "、".join(sorted(hints.keys() - {"code", "version"}))
        raise BadLayout(code, where, f"不认识的写法“{unknown[0]}”，可用：{known}")
    for part in fields(kind):
        required = part.default is MISSING and part.default_factory is MISSING
        if required and part.name not in table:
            raise BadLayout(code, where, f"缺少“{part.name}”")
    values = {
        name: _value(hints[name], value, code, f"{where}.{name}" if where else name)
        for name, value in table.items()
    }
    return kind(**values)


def _value(wanted: Any, value: Any, code: str, where: str) -> Any:
    """Return one TOML value as the dataclass wants it."""
    origin = get_origin(wanted)
    if origin in {Union, UnionType}:
        return _value(get_args(wanted)[0], value, code, where)
    if origin is Literal:
        if value not in get_args(wanted):
            choices = "、".join(get_args(wanted))
            raise BadLayout(code, where, f"“{value}”不在可选项内，可用：{choices}")
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise BadLayout(code, where, "应是方括号括起的一列")
        inner = get_args(wanted)[0]
        return tuple(
            _value(inner, part, code, f"{where}[{at}]") for at, part in enumerate(value, 1)
        )
    if is_dataclass(wanted):
        if not isinstance(value, dict):
            raise BadLayout(code, where, "应是一组“名称 = 值”")
        return _build(cast("type", wanted), value, code, where)
    return _plain(wanted, value, code, where)


def _plain(wanted: Any, value: Any, code: str, where: str) -> Any:
    """Return a text, number or switch of the right kind."""
    if wanted is float and isinstance(value, int | float) and not isinstance(value, bool):
        if not 0 <= value < 1000:  # noqa: PLR2004 larger than any sheet; also refuses nan
            raise BadLayout(code, where, f"{value} 超出纸面")
        return float(value)
    if type(value) is not wanted:
        words = {str: "文字（加引号）", bool: "true 或 false", int: "整数", float: "数字"}
        raise BadLayout(code, where, f"应填{words[wanted]}")
    return value


def _check(layout: Layout) -> None:
    """Refuse what reads well but cannot be printed."""
    known = keys(layout.code)
    for place in _LAYOUT_PLACES:
        _check_words(layout.code, place, getattr(layout, place, ""), known)
    for name in ("title_pt", "caption_pt", "value_pt", "body_pt"):
        if getattr(layout, name, SMALLEST_PT) < SMALLEST_PT:
            raise BadLayout(layout.code, name, f"字号不能小于 {SMALLEST_PT:g} 磅")
    if not 1 <= getattr(layout, "leading", 1) <= 3:  # noqa: PLR2004 closer, lines would touch
        raise BadLayout(layout.code, "leading", "行距应为字号的 1–3 倍")
    page = layout.page
    if page.left_mm + page.right_mm > 120 or page.top_mm + page.bottom_mm > 180:  # noqa: PLR2004
        raise BadLayout(layout.code, "page", "页边距过大，版心放不下内容")
    if isinstance(layout, LetterLayout):
        _check_letter(layout, known)
    elif isinstance(layout, CardsLayout):
        _check_cards(layout, known)
    else:
        _check_grid(layout, known)


def _check_cards(layout: CardsLayout, known: frozenset[str]) -> None:
    inside = known | _entries(layout.code, "each", layout.each)
    for at, part in enumerate(layout.parts, 1):
        where = f"parts[{at}]"
        _check_key(layout.code, f"{where}.key", part.key, inside)
        _check_key(layout.code, f"{where}.when", part.when, inside)
        _check_words(layout.code, f"{where}.words", part.words, inside)
        if min(part.pt, layout.least_pt) < SMALLEST_PT:
            raise BadLayout(layout.code, f"{where}.pt", f"字号不能小于 {SMALLEST_PT:g} 磅")
        if not 20 <= part.mm <= 120:  # noqa: PLR2004 - to be read by a telephone, and to fit
            raise BadLayout(layout.code, f"{where}.mm", "二维码边长应为 20–120 毫米")


def _check_letter(layout: LetterLayout, known: frozenset[str]) -> None:
    if not (10 <= layout.lines_on_page <= 40 and 15 <= layout.signs_in_line <= 45):  # noqa: PLR2004
        raise BadLayout(layout.code, "lines_on_page", "每面应为 10–40 行、每行 15–45 字")
    for at, block in enumerate(layout.blocks, 1):
        _check_block(layout.code, f"blocks[{at}]", block, known)
    _check_tear_off(layout, _wide(layout), known)


def _wide(layout: Layout) -> float:
    """Return the width of the type area in millimetres."""
    whole = 297 if getattr(layout, "landscape", False) else 210
    return whole - layout.page.left_mm - layout.page.right_mm


def _check_block(code: str, where: str, block: Block, known: frozenset[str]) -> None:
    inside = known | _entries(code, f"{where}.each", block.each)
    _check_key(code, f"{where}.when", block.when, inside)
    _check_words(code, f"{where}.words", block.words, inside)
    if block.kind in {"table", "chart"}:
        _check_table(code, where, block, inside)
    if block.kind == "chart":
        _check_chart(code, where, block)
    for at, part in enumerate(block.parts, 1):
        _check_block(code, f"{where}.parts[{at}]", part, inside)


def _check_table(code: str, where: str, block: Block, known: frozenset[str]) -> None:
    if not (block.each and block.cells):
        raise BadLayout(code, where, "表格要写明逐条印哪一列（each）和各栏（cells）")
    fixed = sum(cell.width_mm for cell in block.cells)
    shared = sum(not cell.width_mm for cell in block.cells)
    if fixed + shared * _LEAST_MM > _NARROWEST_LETTER_MM:
        raise BadLayout(code, where, f"各栏合计宽于 {_NARROWEST_LETTER_MM:g} 毫米")
    for at, cell in enumerate(block.cells, 1):
        _check_cell(code, f"{where}.cells[{at}]", cell, known)


def _check_chart(code: str, where: str, block: Block) -> None:
    if not (len(block.cells) > 1 and 4 <= block.lines <= 12):  # noqa: PLR2004 half a page at most
        raise BadLayout(code, where, "图要写明一栏名称、至少一栏数，占 4–12 行")


def _entries(code: str, where: str, each: str) -> frozenset[str]:
    """Return what the entries of a list add to the keys of a row."""
    _check_key(code, where, each, keys(code))
    inside = entry_keys(code, each)
    if each and not inside:
        raise BadLayout(code, where, f"“{each}”不是一列可以逐条印的内容")
    return inside


def _check_grid(layout: GridLayout, known: frozenset[str]) -> None:
    _check_bands(layout.code, layout.bands, "bands", _wide(layout))
    _check_tear_off(layout, _wide(layout), known)


def _check_tear_off(layout: GridLayout | LetterLayout, wide: float, known: frozenset[str]) -> None:
    if layout.tear_off is None:
        return
    if not 40 <= layout.tear_off.height_mm <= 140:  # noqa: PLR2004 from a strip to half a page
        raise BadLayout(layout.code, "tear_off.height_mm", "回执联高度应为 40–140 毫米")
    _check_bands(layout.code, layout.tear_off.bands, "tear_off.bands", wide)
    for name in ("note", "above_left"):
        _check_words(layout.code, f"tear_off.{name}", getattr(layout.tear_off, name), known)


def _check_bands(code: str, bands: tuple[Band, ...], where: str, wide: float) -> None:
    for at, band in enumerate(bands, 1):
        place = f"{where}[{at}]"
        _check_key(code, f"{place}.when", band.when, keys(code))
        _check_across(code, place, band)
        if not band.cells:
            raise BadLayout(code, place, "至少要有一格")
        if band.min_mm > 180:  # noqa: PLR2004 must fit below a title
            raise BadLayout(code, f"{place}.min_mm", "一栏不能高于 180 毫米")
        if band.each and (band.head or max(band.least, band.spare) > _MOST_BLANK):
            words = f"逐条印的栏不能每页重复，空行不超过 {_MOST_BLANK} 行"
            raise BadLayout(code, place, words)
        inside = keys(code) | _entries(code, f"{place}.each", band.each)
        fixed = sum(cell.width_mm for cell in band.cells)
        shared = [cell for cell in band.cells if not cell.width_mm]
        if fixed + sum(_least_mm(band, cell) for cell in shared) > wide + 0.01:
            raise BadLayout(code, place, f"各格合计宽于版心 {wide:g} 毫米")
        for number, cell in enumerate(band.cells, 1):
            spot = f"{place}.cells[{number}]"
            if cell.width_mm and cell.width_mm < _least_mm(band, cell):
                raise BadLayout(code, f"{spot}.width_mm", "格宽至少比栏名宽 8 毫米")
            _check_cell(code, spot, cell, inside)


def _check_across(code: str, place: str, band: Band) -> None:
    _check_key(code, f"{place}.across", band.across, keys(code))
    if band.across and not (band.each and band.across_key and 1 <= band.most_across <= 10):  # noqa: PLR2004
        raise BadLayout(code, place, "横向展开要写明 each 和 across_key，每张表 1–10 栏")


def _least_mm(band: Band, cell: Cell) -> float:
    """Return how wide a cell must be; the captions of lists stand above, not beside."""
    return _LEAST_MM + (0 if band.each else cell.beside_mm)


def _check_cell(code: str, where: str, cell: Cell, known: frozenset[str]) -> None:
    _check_key(code, f"{where}.key", cell.key, known)
    _check_words(code, f"{where}.words", cell.words, known)
    _check_words(code, f"{where}.detail", cell.detail, known)
    if cell.write not in WRITERS:
        raise BadLayout(
            code, f"{where}.write", f"没有“{cell.write}”这种写法，可用：{'、'.join(WRITERS)}"
        )
    if cell.kind == "checks" and not cell.options:
        raise BadLayout(code, f"{where}.options", "勾选格要列出选项")


def _check_words(code: str, where: str, words: str, known: frozenset[str] | set[str]) -> None:
    for key, writer in placeholders(words):
        _check_key(code, where, key, known)
        if writer not in WRITERS:
            raise BadLayout(code, where, f"没有“{writer}”这种写法，可用：{'、'.join(WRITERS)}")


def _check_key(code: str, where: str, key: str, known: frozenset[str] | set[str]) -> None:
    if key and key not in known:
        raise BadLayout(code, where, f"没有“{key}”这一项，可用：{'、'.join(sorted(known))}")


__all__ = [
    "BadLayout",
    "Block",
    "form_codes",
    "layout_text",
    "load_layout",
]

"""Set forms of ruled bands (B 类表格式): registration sheets, slips, records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any, Final

from reportlab.lib.units import mm

from desk.forms.across import across
from desk.forms.breaking import Line, break_text, one_line, title_lines
from desk.forms.definition import Band, Cell, GridLayout
from desk.forms.flow import PAD, Flow, Piece, SetCell, need
from desk.forms.fonts import FontSet, Role
from desk.forms.sheet import PAGE_HEIGHT, PAGE_WIDTH
from desk.forms.writers import WRITERS, checks, fill, yes_with_detail
from desk.rules.errors import RuleBroken

NOTE_PT: Final = 9.0
NOTE_LEADING: Final = 1.3 * NOTE_PT
TITLE_LEADING: Final = 1.25
FOOT_ROOM: Final = 7 * mm  # a foot line above the cut of a receipt
_COLUMNS_MM: Final = 8  # column heads of a list
RECEIPT_TOP: Final = 5 * mm  # from the cut line to the code square
WIDE_SIGNATURE: Final = 100 * mm  # from here the date stands beside the signature
_SIGNING_ROOM: Final = 12 * mm  # free paper above a signature line
_FINGER_ROOM: Final = 25 * mm
_LARGEST_HEAD: Final = 0.3  # of a page; higher head bands are not repeated
_LARGEST_RECEIPT: Final = 0.6
_LARGEST_SURROUND: Final = 90 * mm
_CONFIDENTIAL: Final = "保密，见系统"


@dataclass(frozen=True, slots=True)
class Column:
    """Lines of words at a place beside the table."""

    x: float
    width: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Surround:
    """What stands around the bands: title and lines above, names and notes below."""

    title: tuple[Line, ...]
    above: tuple[Column, Column]
    below: tuple[Column, ...]
    note: tuple[Line, ...]
    receipt_above: tuple[Line, ...]
    receipt_note: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SetGrid:
    """A form whose bands are shared out among pages."""

    layout: GridLayout
    row: Mapping[str, Any]
    surround: Surround
    pages: tuple[tuple[Piece, ...], ...]
    heads: tuple[Piece, ...]
    receipt: tuple[Piece, ...]

    @property
    def title(self) -> str:
        """Return the title as one line."""
        return "".join(line.text for line in self.surround.title)

    @property
    def top_room(self) -> float:
        """Return the room above the table."""
        return _top_room(self.layout, self.surround)

    @property
    def receipt_height(self) -> float:
        """Return the height of the sheet's torn-off part."""
        return _receipt_height(self.layout, self.receipt, self.surround)


def left_edge(layout: GridLayout) -> float:
    """Return where the table begins."""
    return layout.page.left_mm * mm


def measure(layout: GridLayout) -> float:
    """Return the width of the table."""
    return sheet_size(layout)[0] - (layout.page.left_mm + layout.page.right_mm) * mm


def sheet_size(layout: GridLayout) -> tuple[float, float]:
    """Return how wide and high the sheet is."""
    return (PAGE_HEIGHT, PAGE_WIDTH) if layout.landscape else (PAGE_WIDTH, PAGE_HEIGHT)


def set_grid(layout: GridLayout, row: Mapping[str, Any], fonts: FontSet) -> SetGrid:
    """Return the form with all text broken into lines and pages.

    Raises:
        RuleBroken: names or fixed words are so long that they leave no room for the form.
    """
    surround = _surround(layout, row, fonts)
    if max(_top_room(layout, surround), below_room(layout, surround)) > _LARGEST_SURROUND:
        raise RuleBroken("表头或表尾的文字过长，请缩短单位名称、编号或姓名后再打印。")
    pieces = _pieces(layout, layout.bands, row, fonts)
    receipt = _pieces(layout, layout.tear_off.bands, row, fonts) if layout.tear_off else []
    page = sheet_size(layout)[1] - (layout.page.top_mm + layout.page.bottom_mm) * mm
    room = page - _top_room(layout, surround)
    tail = _tail(layout, surround, _receipt_height(layout, tuple(receipt), surround))
    heads = tuple(piece for piece in pieces if piece.band.head)
    if sum(piece.height for piece in heads) > _LARGEST_HEAD * page:
        heads = ()
    fitted = _fit(pieces, room - tail, stretch=layout.fill)
    if fitted is not None:
        pages = [fitted]
    else:
        low = [piece.with_height(_lowest(piece)) for piece in pieces]
        later = room - sum(piece.height for piece in heads)
        pages = Flow(room, later, tail).pages(low)
    return SetGrid(layout, row, surround, tuple(map(tuple, pages)), heads, tuple(receipt))


def _surround(layout: GridLayout, row: Mapping[str, Any], fonts: FontSet) -> Surround:
    left, wide = left_edge(layout), measure(layout)
    chain = fonts.chains[layout.caption_role]
    free = wide - 2 * (layout.code_square_mm + 2) * mm
    parts = [fill(part, row) for part in layout.title.split("|")]
    title = title_lines(parts, fonts.chains["title"], layout.title_pt, free)
    number = one_line(fill(layout.above_right, row))
    number_wide = min(chain.width(number) * layout.caption_pt / 1000 + 1, 0.6 * wide)
    office_wide = wide - number_wide - 4 * mm
    above = (
        Column(left, office_wide, _lines(layout, chain, fill(layout.above_left, row), office_wide)),
        Column(left + wide - number_wide, number_wide, _lines(layout, chain, number, number_wide)),
    )
    # Printed words are taken apart before they are filled: what people wrote stays whole.
    names = [fill(part, row) for part in layout.below.split("|")] if layout.below else []
    each = wide / max(len(names), 1)
    below = tuple(
        Column(left + at * each, each, _lines(layout, chain, part, each - 2 * mm))
        for at, part in enumerate(names)
    )
    song = fonts.chains["song"]
    notes = [layout.note, layout.tear_off.note if layout.tear_off else ""]
    note, receipt_note = (
        tuple(break_text(fill(words, row), song, NOTE_PT, wide)) if words else () for words in notes
    )
    receipt_above: tuple[Line, ...] = ()
    if layout.tear_off:
        room = wide - (layout.code_square_mm + 2) * mm
        receipt_above = _lines(layout, chain, fill(layout.tear_off.above_left, row), room)
    return Surround(tuple(title), above, below, note, receipt_above, receipt_note)


def _lines(layout: GridLayout, chain: Any, words: str, width: float) -> tuple[Line, ...]:
    return tuple(break_text(one_line(words), chain, layout.caption_pt, width))


def beside_leading(layout: GridLayout) -> float:
    """Return the distance between lines beside the table."""
    return 1.35 * layout.caption_pt


def _top_room(layout: GridLayout, surround: Surround) -> float:
    """Return the room for the title and the lines above the table."""
    title = len(surround.title) * TITLE_LEADING * layout.title_pt + 3.3 * mm
    lines = max(len(column.lines) for column in surround.above)
    return max(title + lines * beside_leading(layout) + 1.5 * mm, 19.5 * mm)


def below_room(layout: GridLayout, surround: Surround) -> float:
    """Return the room for the names below the table."""
    lines = max((len(column.lines) for column in surround.below), default=0)
    return lines * beside_leading(layout) + 2 * mm if lines else 0


def _tail(layout: GridLayout, surround: Surround, receipt: float) -> float:
    """Return the room under the last band."""
    room = below_room(layout, surround)
    if surround.note:
        room += len(surround.note) * NOTE_LEADING + 1.5 * mm
    if layout.tear_off:
        # The receipt takes the place of the lower margin; the foot line stands above its cut.
        room += receipt - layout.page.bottom_mm * mm + FOOT_ROOM
    return room


def _receipt_height(layout: GridLayout, receipt: tuple[Piece, ...], surround: Surround) -> float:
    """Return how high the torn-off part is; it grows with what is printed on it."""
    if layout.tear_off is None:
        return 0
    needed = RECEIPT_TOP + layout.code_square_mm * mm + sum(piece.height for piece in receipt)
    needed += len(surround.receipt_note) * NOTE_LEADING + 9 * mm
    needed += (len(surround.receipt_above) - 1) * beside_leading(layout)
    if needed > _LARGEST_RECEIPT * PAGE_HEIGHT:
        raise RuleBroken("回执联放不下这么多文字，请缩短查询方式、部门名称等固定文字后再打印。")
    return max(layout.tear_off.height_mm * mm, needed)


def _lowest(piece: Piece) -> float:
    """Return the height to which a band may shrink."""
    least = piece.band.tight_mm or piece.band.min_mm
    return max(least * mm, need(piece.cells, piece.leading))


def _fit(pieces: list[Piece], room: float, *, stretch: bool) -> list[Piece] | None:
    """Return the bands so that they fill exactly one page, or None if they need more."""
    full = sum(piece.height for piece in pieces)
    if full <= room:
        elastic = sum(piece.band.split for piece in pieces)
        more = (room - full) / elastic if elastic and stretch else 0
        return [p.with_height(p.height + more) if p.band.split else p for p in pieces]
    low = sum(_lowest(piece) for piece in pieces)
    if low > room:
        return None
    share = (room - low) / (full - low)
    return [p.with_height(_lowest(p) + share * (p.height - _lowest(p))) for p in pieces]


def _pieces(
    layout: GridLayout, bands: tuple[Band, ...], row: Mapping[str, Any], fonts: FontSet
) -> list[Piece]:
    """Return the bands that are printed for this row, each as high as it would like to be."""
    found: list[Piece] = []
    for band in bands:
        if band.when and not row.get(band.when):
            continue
        if band.across:
            for one, table in across(band, row):
                found += _list(layout, one, table, fonts)
        elif band.each:
            found += _list(layout, band, row, fonts)
        else:
            found.append(_piece(layout, band, row, fonts))
    return found


def _piece(layout: GridLayout, band: Band, row: Mapping[str, Any], fonts: FontSet) -> Piece:
    leading = layout.value_pt * layout.leading
    cells = _cells(layout, band, row, fonts)
    return Piece(band, cells, max(band.min_mm * mm, need(cells, leading)), leading)


def _list(
    layout: GridLayout, band: Band, row: Mapping[str, Any], fonts: FontSet
) -> Iterator[Piece]:
    """Yield the column heads of a list and a row for each of its entries."""
    found = row.get(band.each)
    entries = list(found) if isinstance(found, list | tuple) else []
    if not entries and found is not None and band.none:
        nothing = Band((Cell(words=band.none, centred=True),), min_mm=band.min_mm)
        yield _piece(layout, nothing, row, fonts)
        return
    heads = tuple(replace(cell, kind="column") for cell in band.cells)
    columns = None
    if any(cell.caption for cell in heads):
        columns = _piece(layout, Band(heads, min_mm=_COLUMNS_MM, leads=True), {}, fonts)
        yield columns
    cells = tuple(replace(cell, caption="", caption_mm=0) for cell in band.cells)
    for number, entry in enumerate(entries, 1):
        own = entry if isinstance(entry, Mapping) else {"entry": entry}
        one = {**row, **own, "n": number}
        yield replace(_piece(layout, replace(band, cells=cells), one, fonts), columns=columns)
    blank = max(band.least - len(entries), band.spare)
    empty = replace(_piece(layout, replace(band, cells=cells), {}, fonts), columns=columns)
    yield from repeat(empty, blank)


def _cells(
    layout: GridLayout, band: Band, row: Mapping[str, Any], fonts: FontSet
) -> tuple[SetCell, ...]:
    x, whole = left_edge(layout), measure(layout)
    end = x + whole
    fixed = sum(cell.width_mm for cell in band.cells) * mm
    shared = sum(not cell.width_mm for cell in band.cells)
    found = []
    for at, cell in enumerate(band.cells, 1):
        width = cell.width_mm * mm if cell.width_mm else (whole - fixed) / shared
        if at == len(band.cells):
            width = end - x
        found.append(_cell(layout, cell, row, fonts, (x, width)))
        x += width
    return tuple(found)


def _cell(
    layout: GridLayout,
    cell: Cell,
    row: Mapping[str, Any],
    fonts: FontSet,
    span: tuple[float, float],
) -> SetCell:
    x, width = span
    beside = width if cell.kind == "column" else cell.beside_mm * mm
    room = width - beside - 2 * PAD
    lines: list[Line] = []
    words = "" if cell.kind == "column" else cell_words(cell, row)
    if words:
        chain = fonts.chains[value_role(layout, cell)]
        lines = break_text(words, chain, layout.value_pt, room)
        if cell.kind == "checks":  # boxes keep their distance, their lines are not spread
            lines = [replace(line, ends_paragraph=True) for line in lines]
    caption: list[Line] = []
    if beside:
        chain = fonts.chains[layout.caption_role]
        parts = cell.caption.split("|")
        caption = title_lines(parts, chain, layout.caption_pt, beside - 0.6 * PAD)
    below = _below(layout, cell, width - beside, row)
    return SetCell(cell, x, width, tuple(caption), tuple(lines), beside, below)


def value_role(layout: GridLayout, cell: Cell) -> Role:
    """Return the face in which a cell's value is set."""
    return "heading" if cell.bold else layout.value_role


def _below(layout: GridLayout, cell: Cell, width: float, row: Mapping[str, Any]) -> float:
    """Return the room for what is drawn under a cell's text."""
    if cell.kind == "signature":
        return _SIGNING_ROOM + (0 if width >= WIDE_SIGNATURE else layout.value_pt * 1.6)
    if cell.kind == "seal":
        return (layout.seal_mm + 2) * mm if row.get("seal_place") else 0
    if cell.kind == "finger":
        return _FINGER_ROOM
    return 0


def cell_words(cell: Cell, row: Mapping[str, Any]) -> str:
    """Return the text of a cell."""
    if cell.secret and row.get("is_confidential"):
        return _CONFIDENTIAL
    value = row.get(cell.key) if cell.key else None
    detail = fill(cell.detail, row)
    if cell.kind == "checks":
        return checks(value, cell.options, detail)
    if cell.kind == "detail":
        return yes_with_detail(value)
    if cell.words:
        return fill(cell.words, row).strip()
    words = "" if value is None or value == "" else WRITERS[cell.write](value)
    return words + detail if words else words

"""Set forms of ruled bands (B 类表格式): registration sheets, slips, records."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.units import mm

from desk.forms.breaking import Line, break_text
from desk.forms.definition import Band, Cell, GridLayout
from desk.forms.flow import PAD, Flow, Piece, SetCell, need
from desk.forms.fonts import FontSet
from desk.forms.sheet import PAGE_HEIGHT, PAGE_WIDTH, Sheet
from desk.forms.writers import WRITERS, checks, fill, text, yes_with_detail

_OUTER, _INNER = 1.0, 0.5
_TITLE_ROOM: Final = 13 * mm
_ABOVE_ROOM: Final = 6.5 * mm
_BELOW_ROOM: Final = 7 * mm
_FOOT: Final = 10 * mm
_FOOT_PT: Final = 9.0
_SIGNING_ROOM: Final = 12 * mm  # free paper above a signature line
_SIGNATURE_LINE: Final = 60 * mm
_WIDE_SIGNATURE: Final = 100 * mm  # from here the date stands beside the signature
_SECRET: Final = "保密，见系统"


@dataclass(frozen=True, slots=True)
class SetGrid:
    """A form whose bands are shared out among pages."""

    layout: GridLayout
    row: Mapping[str, Any]
    fonts: FontSet
    pages: tuple[tuple[Piece, ...], ...]
    heads: tuple[Piece, ...]
    receipt: tuple[Piece, ...]

    @property
    def title(self) -> str:
        """Return the title with its places filled."""
        return fill(self.layout.title, self.row)


def set_grid(layout: GridLayout, row: Mapping[str, Any], fonts: FontSet) -> SetGrid:
    """Return the form with all text broken into lines and pages."""
    pieces = _pieces(layout, layout.bands, row, fonts)
    heads = tuple(piece for piece in pieces if piece.band.head)
    above = _TITLE_ROOM + _ABOVE_ROOM
    room = PAGE_HEIGHT - (layout.page.top_mm + layout.page.bottom_mm) * mm - above
    tail = _tail(layout)
    fitted = _fit(pieces, room - tail)
    if fitted is not None:
        pages = [fitted]
    else:
        low = [piece.with_height(_lowest(piece)) for piece in pieces]
        later = room - sum(piece.height for piece in heads)
        pages = Flow(room, later, tail).pages(low)
    receipt = _pieces(layout, layout.tear_off.bands, row, fonts) if layout.tear_off else []
    return SetGrid(layout, row, fonts, tuple(map(tuple, pages)), heads, tuple(receipt))


def _tail(layout: GridLayout) -> float:
    """Return the room under the last band."""
    room = _BELOW_ROOM if layout.below else 0.0
    if layout.note:
        room += _ABOVE_ROOM
    if layout.tear_off:
        # The receipt takes the place of the lower margin; the foot line stands above its cut.
        room += (layout.tear_off.height_mm - layout.page.bottom_mm) * mm + _BELOW_ROOM
    return max(room, 0.0)


def _lowest(piece: Piece) -> float:
    """Return the height to which a band may shrink."""
    least = piece.band.tight_mm or piece.band.min_mm
    return max(least * mm, need(piece.cells, piece.leading))


def _fit(pieces: list[Piece], room: float) -> list[Piece] | None:
    """Return the bands so that they fill exactly one page, or None if they need more."""
    full = sum(piece.height for piece in pieces)
    if full <= room:
        elastic = [piece for piece in pieces if piece.band.split]
        more = (room - full) / len(elastic) if elastic else 0
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
    leading = layout.value_pt * layout.leading
    found = []
    for band in bands:
        if band.when and not row.get(band.when):
            continue
        cells = _cells(layout, band, row, fonts)
        height = max(band.min_mm * mm, need(cells, leading))
        found.append(Piece(band, cells, height, leading))
    return found


def _cells(
    layout: GridLayout, band: Band, row: Mapping[str, Any], fonts: FontSet
) -> tuple[SetCell, ...]:
    x = layout.page.left_mm * mm
    whole = PAGE_WIDTH - x - layout.page.right_mm * mm
    fixed = sum(cell.width_mm for cell in band.cells) * mm
    shared = sum(not cell.width_mm for cell in band.cells)
    found = []
    for cell in band.cells:
        width = cell.width_mm * mm if cell.width_mm else (whole - fixed) / shared
        if cell is band.cells[-1]:
            width = layout.page.left_mm * mm + whole - x
        found.append(_cell(layout, cell, row, fonts, (x, width)))
        x += width
    return tuple(found)


def _cell(
    layout: GridLayout, cell: Cell, row: Mapping[str, Any], fonts: FontSet, span: tuple[float, float]
) -> SetCell:
    x, width = span
    beside = cell.beside_mm * mm
    role = "heading" if cell.bold else layout.value_role
    words = _words(cell, row)
    lines = (
        break_text(words, fonts.chains[role], layout.value_pt, width - beside - 2 * PAD)
        if words
        else []
    )
    caption = (
        break_text(
            cell.caption, fonts.chains[layout.caption_role], layout.caption_pt, beside - 0.6 * PAD
        )
        if beside
        else []
    )
    below = _below(layout, cell, width - beside, row)
    return SetCell(cell, x, width, tuple(caption), tuple(lines), below)


def _below(layout: GridLayout, cell: Cell, width: float, row: Mapping[str, Any]) -> float:
    """Return the room for what is drawn under a cell's text."""
    if cell.kind == "signature":
        return _SIGNING_ROOM + (0 if width >= _WIDE_SIGNATURE else layout.value_pt * 1.6)
    if cell.kind == "seal":
        return (layout.seal_mm + 2) * mm if row.get("seal_place") else 0
    if cell.kind == "finger":
        return 25 * mm
    return 0


def _words(cell: Cell, row: Mapping[str, Any]) -> str:
    """Return the text of a cell."""
    if cell.secret and row.get("is_confidential"):
        return _SECRET
    value = row.get(cell.key) if cell.key else None
    detail = fill(cell.detail, row)
    if cell.kind == "checks":
        return checks(value, cell.options, detail)
    if cell.kind == "detail":
        return yes_with_detail(value)
    if cell.words:
        return fill(cell.words, row)
    words = "" if value is None or value == "" else WRITERS[cell.write](value)
    return words + detail if words else words


def paint_grid(sheet: Sheet, form: SetGrid) -> None:
    """Draw all pages of a form."""
    for number, pieces in enumerate(form.pages, 1):
        _paint_page(sheet, form, number, pieces)
        sheet.end_page()


def _paint_page(sheet: Sheet, form: SetGrid, number: int, pieces: tuple[Piece, ...]) -> None:
    layout, row = form.layout, form.row
    left, right = layout.page.left_mm * mm, PAGE_WIDTH - layout.page.right_mm * mm
    top = PAGE_HEIGHT - layout.page.top_mm * mm
    last = number == len(form.pages)
    _paint_top(sheet, form, number, top)
    top -= _TITLE_ROOM + _ABOVE_ROOM
    repeated = () if number == 1 else form.heads
    y = paint_bands(sheet, form, (*repeated, *pieces), top)
    if last:
        if layout.below:
            _paint_below(sheet, fill(layout.below, row), left, right, y - _BELOW_ROOM + 2 * mm)
            y -= _BELOW_ROOM
        if layout.note:
            sheet.text(fill(layout.note, row), left, y - 4.5 * mm, "song", _FOOT_PT)
    foot = _FOOT
    if last and layout.tear_off:
        foot = layout.tear_off.height_mm * mm + 3 * mm
    sheet.text(f"系统流水 {text(row.get('serial'))}", left, foot, "song", _FOOT_PT)
    sheet.right(f"第 {number} 页 共 {len(form.pages)} 页", right, foot, "song", _FOOT_PT)
    if last and layout.tear_off:
        _paint_receipt(sheet, form)


def _paint_top(sheet: Sheet, form: SetGrid, number: int, top: float) -> None:
    """Draw title, code square and the line above the table."""
    layout, row = form.layout, form.row
    left, right = layout.page.left_mm * mm, PAGE_WIDTH - layout.page.right_mm * mm
    side = layout.code_square_mm * mm
    title = form.title if number == 1 else f"{form.title}（续）"
    size = layout.title_pt if number == 1 else 0.75 * layout.title_pt
    free = right - left - 2 * (side + 2 * mm)
    size *= min(1.0, free / max(sheet.width(title, "title", size), 1))
    sheet.centred(title, (left + right) / 2, top - 0.9 * layout.title_pt, "title", size)
    line = top - _TITLE_ROOM - _ABOVE_ROOM + 2 * mm
    if number == 1 and row.get("qr"):
        sheet.code_square(text(row["qr"]), right - side, line + 5 * mm, side)
    sheet.text(fill(layout.above_left, row), left, line, layout.caption_role, layout.caption_pt)
    sheet.right(fill(layout.above_right, row), right, line, layout.caption_role, layout.caption_pt)


def _paint_below(sheet: Sheet, words: str, left: float, right: float, y: float) -> None:
    """Draw the line under the table; its parts are spread over the width."""
    parts = words.split("|")
    for at, part in enumerate(parts):
        sheet.text(part, left + at * (right - left) / len(parts), y, "song", 10.5)


def paint_bands(sheet: Sheet, form: SetGrid, pieces: tuple[Piece, ...], top: float) -> float:
    """Draw bands downwards from `top` with all their rules; return where they end."""
    if not pieces:
        return top
    left = form.layout.page.left_mm * mm
    right = PAGE_WIDTH - form.layout.page.right_mm * mm
    y = top
    for piece in pieces:
        if y != top:
            sheet.rule(left, y, right, y, _INNER)
        for cell in piece.cells:
            _paint_cell(sheet, form, piece, cell, y)
        y -= piece.height
    sheet.frame(left, y, right - left, top - y, _OUTER)
    return y


def _paint_cell(sheet: Sheet, form: SetGrid, piece: Piece, cell: SetCell, top: float) -> None:
    layout, spec = form.layout, cell.cell
    bottom = top - piece.height
    x, width = cell.x, cell.width
    if x > layout.page.left_mm * mm + 1:
        sheet.rule(x, top, x, bottom, _INNER)
    if cell.caption:
        _paint_caption(sheet, layout, piece, cell, top)
        x += spec.caption_mm * mm
        width -= spec.caption_mm * mm
        sheet.rule(x, top, x, bottom, _INNER)
    elif spec.caption:
        words = spec.caption + ("（续）" if piece.is_rest else "")
        sheet.text(words, x + PAD, top - PAD - 0.86 * layout.caption_pt, "song", layout.caption_pt)
        top -= piece.leading
    _paint_lines(sheet, layout, piece, cell, (x, top, width, bottom))
    if not piece.goes_on:
        _paint_below_text(sheet, form, cell, x, width, bottom)


def _paint_caption(
    sheet: Sheet, layout: GridLayout, piece: Piece, cell: SetCell, top: float
) -> None:
    words = [line.text for line in cell.caption]
    if piece.is_rest:
        words.append("（续）")
    leading = 1.25 * layout.caption_pt
    y = top - (piece.height - len(words) * leading) / 2 - 0.98 * layout.caption_pt
    for line in words:
        middle = cell.x + cell.cell.caption_mm * mm / 2
        sheet.centred(line, middle, y, layout.caption_role, layout.caption_pt)
        y -= leading


def _paint_lines(
    sheet: Sheet,
    layout: GridLayout,
    piece: Piece,
    cell: SetCell,
    box: tuple[float, float, float, float],
) -> None:
    x, top, width, bottom = box
    size, role = layout.value_pt, "heading" if cell.cell.bold else layout.value_role
    high = len(cell.lines) * piece.leading
    free = top - bottom - high - 2 * PAD
    y = top - PAD - 0.5 * (piece.leading - size) - 0.88 * size
    if not (piece.band.split or cell.below or piece.goes_on):
        y -= free / 2
    for line in cell.lines:
        if cell.cell.centred and len(cell.lines) == 1:
            sheet.centred(line.text, x + width / 2, y, role, size)
        else:
            sheet.line(line, x + PAD, y, role, size, width - 2 * PAD)
        y -= piece.leading


def _paint_below_text(
    sheet: Sheet, form: SetGrid, cell: SetCell, x: float, width: float, bottom: float
) -> None:
    """Draw signature line, seal place or finger-print box."""
    layout = form.layout
    if cell.cell.kind == "signature":
        _paint_signature(sheet, layout.value_pt, x, width, bottom)
    elif cell.cell.kind == "seal" and form.row.get("seal_place"):
        high = (layout.seal_mm + 2) * mm
        sheet.seal_place(x + width / 2, bottom + PAD + high / 2, layout.seal_mm)
    elif cell.cell.kind == "finger":
        sheet.finger_place(x + (width - 20 * mm) / 2, bottom + PAD)


def _paint_signature(sheet: Sheet, size: float, x: float, width: float, bottom: float) -> None:
    date = "年   月   日"
    line = bottom + PAD + 1.5
    date_wide = sheet.width(date, "song", size)
    sheet.right(date, x + width - PAD, line, "song", size)
    end = x + width - PAD
    if width >= _WIDE_SIGNATURE:
        end -= date_wide + 14 * mm
    else:
        line += 1.6 * size
    begin = sheet.text("签名：", x + PAD, line, "song", size)
    sheet.rule(begin, line - 2, min(begin + _SIGNATURE_LINE, end), line - 2, _INNER)


def _paint_receipt(sheet: Sheet, form: SetGrid) -> None:
    """Draw the cut line and the receipt under it."""
    layout, row = form.layout, form.row
    tear_off = layout.tear_off
    if tear_off is None:
        return
    left, right = layout.page.left_mm * mm, PAGE_WIDTH - layout.page.right_mm * mm
    edge = tear_off.height_mm * mm
    sheet.cut_line(edge, tear_off.cut_words)
    side = layout.code_square_mm * mm
    top = edge - 13 * mm
    sheet.centred(tear_off.title, (left + right) / 2, top + 2 * mm, "title", 15)
    if row.get("qr"):
        sheet.code_square(text(row["qr"]), right - side, edge - 4 * mm - side, side)
    band_top = edge - 5 * mm - side
    sheet.text(fill(layout.above_left, row), left, band_top + 1.5 * mm, "song", layout.caption_pt)
    bottom = paint_bands(sheet, form, form.receipt, band_top)
    note = fill(tear_off.note, row)
    chain = form.fonts.chains["song"]
    y = bottom - 4 * mm
    for line in break_text(note, chain, _FOOT_PT, right - left):
        _paint_note_line(sheet, line, left, y, right - left)
        y -= 1.3 * _FOOT_PT


def _paint_note_line(sheet: Sheet, line: Line, left: float, y: float, measure: float) -> None:
    sheet.line(line, left, y, "song", _FOOT_PT, measure)

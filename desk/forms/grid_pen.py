"""Draw forms of ruled bands: title, table, signatures, seal places, the receipt at the foot."""

from typing import Final

from reportlab.lib.units import mm

from desk.forms.breaking import Line
from desk.forms.definition import GridLayout
from desk.forms.flow import PAD, Piece, SetCell
from desk.forms.grid import (
    NOTE_LEADING,
    NOTE_PT,
    RECEIPT_TOP,
    TITLE_LEADING,
    WIDE_SIGNATURE,
    Column,
    SetGrid,
    below_room,
    beside_leading,
    left_edge,
    measure,
    sheet_size,
    value_role,
)
from desk.forms.sheet import Sheet
from desk.forms.writers import text

_OUTER, _INNER = 1.0, 0.5
_FOOT: Final = 10 * mm
_SIGNATURE_LINE: Final = 60 * mm
_RECEIPT_TITLE_PT: Final = 15.0


def paint_grid(sheet: Sheet, form: SetGrid) -> None:
    """Draw all pages of a form."""
    pen = _GridPen(sheet, form)
    for number, pieces in enumerate(form.pages, 1):
        sheet.lay(on_its_side=form.layout.landscape)
        pen.page(number, pieces)
        if form.layout.fold:
            with sheet.upside_down(*sheet_size(form.layout)):
                pen.page(number, pieces)
        sheet.end_page()
    sheet.lay(on_its_side=False)


def paint_receipt(sheet: Sheet, form: SetGrid) -> None:
    """Draw only the receipt of a form, on the sheet of a letter."""
    _GridPen(sheet, form).receipt()


class _GridPen:
    """Draws one form."""

    def __init__(self, sheet: Sheet, form: SetGrid) -> None:
        self._sheet = sheet
        self._form = form
        self._layout: GridLayout = form.layout
        self._left = left_edge(form.layout)
        self._measure = measure(form.layout)
        self._right = self._left + self._measure

    def page(self, number: int, pieces: tuple[Piece, ...]) -> None:
        """Draw one page."""
        form, sheet = self._form, self._sheet
        last = number == len(form.pages)
        top = sheet_size(self._layout)[1] - self._layout.page.top_mm * mm
        self._top(top, is_first=number == 1)
        repeated = () if number == 1 else form.heads
        y = self._bands((*repeated, *pieces), top - form.top_room)
        foot = _FOOT
        if last:
            self._below(y)
            if self._layout.tear_off:
                foot = form.receipt_height + 3 * mm
        sheet.foot(form.row.get("serial"), (number, len(form.pages)), self._left, self._right, foot)
        if last:
            self.receipt()

    def _top(self, top: float, *, is_first: bool) -> None:
        """Draw title, code square and the lines above the table."""
        layout, form, sheet = self._layout, self._form, self._sheet
        y = top - 0.9 * layout.title_pt
        lines = [line.text for line in form.surround.title]
        size = layout.title_pt
        if not is_first:
            size *= 0.75
            lines[-1] += "（续）"
        for words in lines:
            sheet.centred(words, self._left + self._measure / 2, y, "title", size)
            y -= TITLE_LEADING * layout.title_pt
        table = top - form.top_room
        rows = max(len(column.lines) for column in form.surround.above)
        first = table + 2 * mm + (rows - 1) * beside_leading(layout)
        for column in form.surround.above:
            self._column(column, first)
        if is_first:
            side = layout.code_square_mm * mm
            self._code(self._right - side, first + 1.05 * layout.caption_pt)

    def _code(self, x: float, y: float) -> None:
        payload = text(self._form.row.get("qr"))
        if payload:
            self._sheet.code_square(payload, x, y, self._layout.code_square_mm * mm)

    def _column(self, column: Column, y: float) -> None:
        for line in column.lines:
            self._sheet.text(
                line.text, column.x, y, self._layout.caption_role, self._layout.caption_pt
            )
            y -= beside_leading(self._layout)

    def _below(self, y: float) -> None:
        """Draw the names and notes under the table."""
        first = y - beside_leading(self._layout) - 0.5 * mm
        for column in self._form.surround.below:
            self._column(column, first)
        y -= below_room(self._layout, self._form.surround)
        self._notes(self._form.surround.note, y - 1.5 * mm)

    def _notes(self, lines: tuple[Line, ...], y: float) -> None:
        for line in lines:
            y -= NOTE_LEADING
            self._sheet.line(line, self._left, y + 1, "song", NOTE_PT, self._measure)

    def _bands(self, pieces: tuple[Piece, ...], top: float) -> float:
        """Draw bands downwards from `top` with all their rules; return where they end."""
        y = top
        for piece in pieces:
            if y != top:
                self._sheet.rule(self._left, y, self._right, y, _INNER)
            for cell in piece.cells:
                self._cell(piece, cell, y)
            y -= piece.height
        if pieces:
            self._sheet.frame(self._left, y, self._measure, top - y, _OUTER)
        return y

    def _cell(self, piece: Piece, cell: SetCell, top: float) -> None:
        layout, spec, sheet = self._layout, cell.cell, self._sheet
        bottom = top - piece.height
        x, width = cell.x, cell.width
        if x > self._left + 1:
            sheet.rule(x, top, x, bottom, _INNER)
        if cell.beside:
            self._caption(piece, cell, top)
            x += cell.beside
            width -= cell.beside
            if width > 1:
                sheet.rule(x, top, x, bottom, _INNER)
        elif spec.caption:
            words = spec.caption.replace("|", "") + ("（续）" if piece.is_rest else "")
            y = top - PAD - 0.86 * layout.caption_pt
            sheet.text(words, x + PAD, y, layout.caption_role, layout.caption_pt)
            top -= piece.leading
        self._lines(piece, cell, (x, top, width, bottom))
        if not piece.goes_on:
            self._below_text(cell, x, width, bottom)

    def _caption(self, piece: Piece, cell: SetCell, top: float) -> None:
        layout = self._layout
        words = [line.text for line in cell.caption]
        if piece.is_rest:
            words.append("（续）")
        leading = 1.25 * layout.caption_pt
        y = top - (piece.height - len(words) * leading) / 2 - 0.98 * layout.caption_pt
        middle = cell.x + cell.beside / 2
        for line in words:
            self._sheet.centred(line, middle, y, layout.caption_role, layout.caption_pt)
            y -= leading

    def _lines(self, piece: Piece, cell: SetCell, box: tuple[float, float, float, float]) -> None:
        """Draw the text of a cell: from the top in long cells, in the middle of short ones."""
        x, top, width, bottom = box
        size, role = self._layout.value_pt, value_role(self._layout, cell.cell)
        y = top - PAD - 0.5 * (piece.leading - size) - 0.88 * size
        if not (piece.band.split or cell.below or piece.goes_on or piece.is_rest):
            y -= (top - bottom - len(cell.lines) * piece.leading - 2 * PAD) / 2
        for line in cell.lines:
            if cell.cell.centred and len(cell.lines) == 1:
                self._sheet.centred(line.text, x + width / 2, y, role, size)
            else:
                self._sheet.line(line, x + PAD, y, role, size, width - 2 * PAD)
            y -= piece.leading

    def _below_text(self, cell: SetCell, x: float, width: float, bottom: float) -> None:
        """Draw signature line, seal place or finger-print box."""
        layout = self._layout
        if cell.cell.kind == "signature":
            self._signature(x, width, bottom)
        elif cell.cell.kind == "seal" and self._form.row.get("seal_place"):
            high = (layout.seal_mm + 2) * mm
            self._sheet.seal_place(x + width / 2, bottom + PAD + high / 2, layout.seal_mm)
        elif cell.cell.kind == "finger":
            self._sheet.finger_place(x + (width - 20 * mm) / 2, bottom + PAD)

    def _signature(self, x: float, width: float, bottom: float) -> None:
        size, sheet = self._layout.value_pt, self._sheet
        date = "年   月   日"
        line = bottom + PAD + 1.5
        sheet.right(date, x + width - PAD, line, "song", size)
        end = x + width - PAD
        if width >= WIDE_SIGNATURE:
            end -= sheet.width(date, "song", size) + 14 * mm
        else:
            line += 1.6 * size
        begin = sheet.text("签名：", x + PAD, line, "song", size)
        sheet.rule(begin, line - 2, min(begin + _SIGNATURE_LINE, end), line - 2, _INNER)

    def receipt(self) -> None:
        """Draw the cut line and the receipt under it."""
        sheet, layout = self._sheet, self._layout
        if layout.tear_off is None:
            return
        title, cut_words = layout.tear_off.title, layout.tear_off.cut_words
        edge = self._form.receipt_height
        sheet.cut_line(edge, cut_words)
        side = layout.code_square_mm * mm
        above = self._form.surround.receipt_above
        first = edge - RECEIPT_TOP - side + 2 * mm
        top = first - 2 * mm - (len(above) - 1) * beside_leading(layout)
        middle = self._left + self._measure / 2
        sheet.centred(title, middle, first + side - 10 * mm, "title", _RECEIPT_TITLE_PT)
        self._code(self._right - side, first - 1 * mm)
        self._column(Column(self._left, self._measure, above), first)
        bottom = self._bands(self._form.receipt, top)
        self._notes(self._form.surround.receipt_note, bottom - 1 * mm)

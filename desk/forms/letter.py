"""Set letters like official documents (A 类公文式): 22 lines of 28 signs, GB/T 9704."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from reportlab.lib.units import mm

from desk.forms.breaking import Line, break_text, one_line, title_lines
from desk.forms.definition import Block, GridLayout, LetterLayout
from desk.forms.fonts import FontSet, Role
from desk.forms.grid import FOOT_ROOM, SetGrid, set_grid
from desk.forms.grid_pen import paint_receipt
from desk.forms.letter_chart import chart_lines, paint_chart
from desk.forms.letter_lines import Place, SetLine, continued, paint_sign, sign_lines, whole_again
from desk.forms.letter_table import paint_row, table_lines
from desk.forms.sheet import PAGE_HEIGHT, PAGE_WIDTH, Sheet
from desk.forms.writers import chinese_number, fill, text

_COPIES_PT: Final = 14.0  # 4 号
_FOOT: Final = 12 * mm
_CODE_TOP: Final = 10 * mm  # above the code square of a letter that has a receipt
_SEAL_ROOM: Final = 6 * mm  # the seal over the date does not reach the cut line
_RECEIPT_PT: Final = 10.5
_RECEIPT_LEADING: Final = 1.25
_BLANK: Final = Line("", 0, ends_paragraph=True)
# The lines of the text that must stand above a signature on its page.
_COMPANY: Final = 2
# A short paragraph goes along as a whole; longer ones are torn.
_LARGEST_COMPANY: Final = 5


@dataclass(frozen=True, slots=True)
class SetLetter:
    """A letter whose lines are shared out among pages."""

    layout: LetterLayout
    row: Mapping[str, Any]
    title: str
    pages: tuple[tuple[SetLine, ...], ...]
    copies: tuple[SetLine, ...]
    receipt: SetGrid | None = None

    @property
    def receipt_height(self) -> float:
        """Return the height of the letter's torn-off part."""
        return self.receipt.receipt_height if self.receipt else 0


def set_letter(layout: LetterLayout, row: Mapping[str, Any], fonts: FontSet) -> SetLetter:
    """Return the letter with all text broken into lines and pages."""
    setter = _Setter(layout, fonts)
    body: list[SetLine] = []
    ending: list[SetLine] = []
    copies: list[SetLine] = []
    for block in layout.blocks:
        lines = list(setter.block(block, row))
        if block.kind == "copies":
            copies += lines
        elif block.kind == "signature":
            ending += lines
        else:
            body += lines
    # Absurdly long names flow like text rather than leave the page.
    if len(ending) > layout.lines_on_page // 2:
        body, ending = [*body, *ending], []
    if len(copies) > layout.lines_on_page // 3:
        body, copies = [*body, *(replace(line, place="spread") for line in copies)], []
    # The copies stand on the last lines of the last page, one line apart from the text.
    below = len(copies) + 1 if copies else 0
    receipt = _receipt(layout, row, fonts)
    if receipt is not None:
        # The receipt takes the place of the lower margin and of the last lines.
        taken = receipt.receipt_height + FOOT_ROOM + _SEAL_ROOM - layout.page.bottom_mm * mm
        below += math.ceil(taken / _pitch(layout))
    body, ending = _with_signers(body, ending, layout.lines_on_page - below)
    pages = _pages(body, ending, below, layout.lines_on_page)
    title = one_line(fill(layout.title, row))
    return SetLetter(layout, row, title, tuple(map(tuple, pages)), tuple(copies), receipt)


def _with_signers(
    body: list[SetLine], ending: list[SetLine], room: int
) -> tuple[list[SetLine], list[SetLine]]:
    """Keep all lines to sign on with the date and with lines of the text, if a page holds them."""
    first = next((at for at, line in enumerate(body) if line.place == "sign"), len(body))
    if len(body) - first + len(ending) > room - _LARGEST_COMPANY:
        return body, ending
    return body[:first], [*body[first:], *ending]


def _receipt(layout: LetterLayout, row: Mapping[str, Any], fonts: FontSet) -> SetGrid | None:
    """Return the receipt at the foot of a letter (送达回证)."""
    if layout.tear_off is None:
        return None
    grid = GridLayout(
        code=layout.code,
        version=layout.version,
        title="",
        bands=(),
        page=layout.page,
        above_left="",
        above_right="",
        below="",
        value_pt=_RECEIPT_PT,
        leading=_RECEIPT_LEADING,
        seal_mm=layout.seal_mm,
        code_square_mm=layout.code_square_mm,
        tear_off=layout.tear_off,
    )
    return set_grid(grid, row, fonts)


def _pitch(layout: LetterLayout) -> float:
    """Return the distance between lines."""
    high = PAGE_HEIGHT - (layout.page.top_mm + layout.page.bottom_mm) * mm
    return (high - layout.body_pt) / (layout.lines_on_page - 1)


def _pages(
    body: Sequence[SetLine], ending: list[SetLine], below: int, on_page: int
) -> list[list[SetLine]]:
    pages: list[list[SetLine]] = []
    rest = list(body)
    while len(rest) > on_page:
        count = on_page
        while count > 1 and rest[count - 1].holds_next:
            count -= 1
        pages.append(rest[:count])
        rest = continued(rest[count:])
    if ending and pages and len(rest) < _COMPANY:
        rest = whole_again([*pages.pop(), *rest])
    if len(rest) + len(ending) + below <= on_page or not ending:
        pages.append([*rest, *ending])
        return pages
    # The signature would stand alone: lines of the text go with it.
    cut = max(len(rest) - _COMPANY, 0)
    while cut > 1 and _is_inside(rest, cut) and len(rest) - cut < _LARGEST_COMPANY:
        cut -= 1
    while cut > 1 and rest[cut - 1].holds_next:
        cut -= 1
    if cut:
        pages.append(rest[:cut])
    pages.append([*continued(rest[cut:]), *ending])
    return pages


def _is_inside(lines: Sequence[SetLine], cut: int) -> bool:
    """Return whether a page that ends before `cut` would tear a paragraph."""
    return not lines[cut - 1].line.ends_paragraph


class _Setter:
    """Turns the blocks of a letter into lines; counts its headings."""

    def __init__(self, layout: LetterLayout, fonts: FontSet) -> None:
        self._layout = layout
        self._fonts = fonts
        self._headings = 0
        self.measure = PAGE_WIDTH - (layout.page.left_mm + layout.page.right_mm) * mm

    def block(self, block: Block, row: Mapping[str, Any]) -> Iterator[SetLine]:
        """Yield the lines of a block, once or for each entry of its list."""
        if block.kind == "table":
            lines = list(table_lines(block, row, self._fonts, self.measure))
            yield from lines
            if block.gap and lines:
                yield SetLine(_BLANK, "body", self._layout.body_pt)
            return
        if block.kind == "chart":
            yield from chart_lines(block, row)
            return
        if not block.each:
            yield from self._once(block, row)
            return
        entries = row.get(block.each) or []
        for number, entry in enumerate(entries, 1):
            own = entry if isinstance(entry, Mapping) else {"entry": entry}
            # One matter alone is not numbered.
            count = chinese_number(number) if len(entries) > 1 else ""
            yield from self._once(block, {**row, **own, "n": count})

    def _once(self, block: Block, row: Mapping[str, Any]) -> Iterator[SetLine]:
        if block.when and not row.get(block.when):
            return
        for part in block.parts:
            yield from self.block(part, row)
        # Printed words are taken apart before they are filled: what people wrote stays whole.
        parts = [fill(part, row) for part in block.words.split("|")]
        if block.kind == "signature":
            yield from self._signature(parts)
        elif block.kind == "sign":
            yield from sign_lines(parts, self._fonts, self._layout.body_pt, self.measure)
        elif "".join(parts).strip():
            yield from self._words(block, parts)

    def _words(self, block: Block, parts: list[str]) -> Iterator[SetLine]:
        words = "".join(parts)
        if block.kind == "title":
            yield from self._title(parts)
        elif block.kind == "number":
            yield from self._plain(words, "centre")
            yield from self._plain("")
        elif block.kind == "salutation":
            yield from self._plain(words)
        elif block.kind == "heading":
            yield from self._heading(block, words)
        elif block.kind == "copies":
            yield from self._copies(words)
        else:
            yield from self._paragraph(words, "body")

    @property
    def _em(self) -> float:
        return self.measure / self._layout.signs_in_line

    def _plain(
        self, words: str, place: Place = "spread", width: float | None = None
    ) -> Iterator[SetLine]:
        size = self._layout.body_pt
        room = width or self.measure
        for line in break_text(words, self._fonts.chains["body"], size, room):
            yield SetLine(line, "body", size, place)

    def _paragraph(self, words: str, role: Role, *, holds: bool = False) -> Iterator[SetLine]:
        size, indent = self._layout.body_pt, 2 * self._em
        for line in break_text(words, self._fonts.chains[role], size, self.measure, indent):
            yield SetLine(line, role, size, holds_next=holds)

    def _heading(self, block: Block, words: str) -> Iterator[SetLine]:
        if block.level == 1:
            self._headings += 1
            words = f"{chinese_number(self._headings)}、{words}"
        role: Role = "heading" if block.level == 1 else "kai"
        yield from self._paragraph(words, role, holds=True)

    def _title(self, parts: list[str]) -> Iterator[SetLine]:
        chain, size = self._fonts.chains["title"], self._layout.title_pt
        for line in title_lines(parts, chain, size, self.measure - 2 * self._em):
            yield SetLine(line, "title", size, "centre")

    def _signature(self, parts: list[str]) -> Iterator[SetLine]:
        """Yield the signer and the date under two free lines that the seal reaches into."""
        for _ in range(2):
            yield SetLine(_BLANK, "body", self._layout.body_pt)
        yield from self._plain(parts[0], "signer", 0.5 * self.measure)
        yield from self._plain("".join(parts[1:]), "date", 0.5 * self.measure)

    def _copies(self, words: str) -> Iterator[SetLine]:
        chain = self._fonts.chains["body"]
        room = self.measure - 2 * _COPIES_PT
        for line in break_text(words, chain, _COPIES_PT, room):
            yield SetLine(line, "body", _COPIES_PT, "copies")


def paint_letter(sheet: Sheet, letter: SetLetter) -> None:
    """Draw all pages of a letter."""
    for number, lines in enumerate(letter.pages, 1):
        _paint_page(sheet, letter, number, lines)
        sheet.end_page()


def _paint_page(sheet: Sheet, letter: SetLetter, number: int, lines: tuple[SetLine, ...]) -> None:
    layout, row = letter.layout, letter.row
    left, right = layout.page.left_mm * mm, PAGE_WIDTH - layout.page.right_mm * mm
    _paint_lines(sheet, letter, lines, left, right)
    last = number == len(letter.pages)
    if last and letter.copies:
        _paint_copies(sheet, letter, left, right)
    if number == 1 and row.get("qr"):
        left += _paint_code(sheet, letter, left, right)
    foot = _FOOT
    if last and letter.receipt:
        foot = letter.receipt_height + 3 * mm
        paint_receipt(sheet, letter.receipt)
    sheet.foot(row.get("serial"), (number, len(letter.pages)), left, right, foot)


def _paint_lines(
    sheet: Sheet, letter: SetLetter, lines: tuple[SetLine, ...], left: float, right: float
) -> None:
    layout = letter.layout
    # The first line stands at the very top, the last at the very bottom of the type area.
    pitch = _pitch(layout)
    y = PAGE_HEIGHT - layout.page.top_mm * mm - 0.88 * layout.body_pt
    signer = _Signer(sheet, letter, right)
    for line in lines:
        if line.place == "spread":
            sheet.line(line.line, left, y, line.role, line.size, right - left)
        elif line.place == "centre":
            sheet.centred(line.line.text, (left + right) / 2, y, line.role, line.size)
        elif line.place == "row":
            paint_row(sheet, line, left, y, pitch)
        elif line.place == "chart":
            paint_chart(sheet, line, left, y, (right - left, pitch))
        elif line.place == "sign":
            paint_sign(sheet, line, left, y, right)
        else:
            signer.paint(line, y)
        y -= pitch


def _paint_code(sheet: Sheet, letter: SetLetter, left: float, right: float) -> float:
    """Draw the code square; return the room that it takes from the foot line."""
    side = letter.layout.code_square_mm * mm
    payload = text(letter.row["qr"])
    if letter.receipt:  # the foot of the sheet is torn off
        sheet.code_square(payload, right - side, PAGE_HEIGHT - _CODE_TOP - side, side)
        return 0
    sheet.code_square(payload, left, _FOOT - 3 * mm, side)
    return side + 2 * mm


class _Signer:
    """Places the signer's name, the date and the seal over both (GB/T 9704 7.3.5)."""

    def __init__(self, sheet: Sheet, letter: SetLetter, right: float) -> None:
        self._sheet = sheet
        self._letter = letter
        self._right = right

    def paint(self, line: SetLine, y: float) -> None:
        """Draw the signer's line or the date's line."""
        size = line.size
        date = next(
            (found for page in self._letter.pages for found in page if found.place == "date"), line
        )
        # The date ends four signs from the right; the name stands over its middle.
        date_wide = max(date.line.width, 8 * size)
        name = self._sheet.width(line.line.text, line.role, size)
        middle = self._right - 4 * size - date_wide / 2
        if line.place == "signer":
            middle = min(middle, self._right - name / 2)
            if self._letter.row.get("seal_place"):
                self._sheet.seal_place(middle, y, self._letter.layout.seal_mm)
        self._sheet.centred(line.line.text or "    年  月  日", middle, y, line.role, size)


def _paint_copies(sheet: Sheet, letter: SetLetter, left: float, right: float) -> None:
    """Draw the note of copies between two rules at the foot of the last page."""
    pitch = 1.6 * _COPIES_PT
    bottom = max(letter.layout.page.bottom_mm * mm, letter.receipt_height + FOOT_ROOM)
    y = bottom + (len(letter.copies) - 1) * pitch + 0.55 * _COPIES_PT
    sheet.rule(left, y + 1.25 * _COPIES_PT, right, y + 1.25 * _COPIES_PT, 1.0)
    for line in letter.copies:
        sheet.line(line.line, left + _COPIES_PT, y, line.role, line.size, right - left)
        y -= pitch
    sheet.rule(left, bottom - 2, right, bottom - 2, 1.0)

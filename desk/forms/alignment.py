"""Bring what a printer prints to where it belongs (打印校准): a page to measure, and a shift.

Printers pull paper in a little off. The page has four rulers whose zero stands 20 mm from each
edge: whoever measures with a real ruler types in by how many millimetres to move. The paper that
was proved stays as it is; only what is handed to this printer is moved.
"""

from dataclasses import dataclass
from io import BytesIO

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from reportlab.lib.units import mm

from desk.forms.fonts import font_set
from desk.forms.sheet import PAGE_HEIGHT, PAGE_WIDTH, Sheet
from desk.rules.errors import RuleBroken

MOST_MM = 15.0
_ZERO = 20 * mm  # from each edge
_REACH = 10  # millimetres of a ruler to either side of its zero
_LONG, _SHORT = 6 * mm, 3 * mm
_THICK = 0.4
_STEPS = (
    "一、用真尺子量：左边刻度的 0 离纸的左边应是 20 毫米，上边刻度的 0 离纸的上边应是 20 毫米。",
    "二、左边量出不足 20，差几毫米，“右移”就填几；超过 20，填负数。如量出 18.5，填 1.5。",
    "三、上边量出不足 20，差几毫米，“下移”就填几；超过 20，填负数。",
    "四、填好存上，再打一张校准页；四边都是 20 毫米（差半毫米以内）就好了。",
    "右边、下边用来核对：左右都差得一样多，说明打印机在缩放，请在打印机设置里关掉缩放。",
)


@dataclass(frozen=True, slots=True)
class Offset:
    """By how many millimetres a printer's pages are moved; negative to the left and up."""

    right_mm: float = 0.0
    down_mm: float = 0.0


def read_offset(right: str, down: str) -> Offset:
    """Return what was typed in; an empty field moves nothing.

    Raises:
        RuleBroken: one of them is no number, or too large; `field` names it.
    """
    return Offset(_millimetres(right, "右移"), _millimetres(down, "下移"))


def moved(pdf: bytes, offset: Offset) -> bytes:
    """Return the document with every page's content moved; the paper stays as large as it is."""
    if offset == Offset():
        return pdf
    across, up = offset.right_mm * mm, -offset.down_mm * mm
    document = pdfium.PdfDocument(pdf)
    try:
        for page in document:
            left, bottom, right, top = page.get_mediabox()
            page.set_mediabox(left - across, bottom - up, right - across, top - up)
        out = BytesIO()
        document.save(out)
    finally:
        document.close()
    return out.getvalue()


def alignment_page(printer: str, offset: Offset) -> bytes:
    """Return a page with a ruler at each edge, for this printer, already moved by its offset."""
    sheet = Sheet(font_set(), "打印校准页")
    for at in range(-_REACH, _REACH + 1):
        length = _LONG if at % 5 == 0 else _SHORT
        _ruler(sheet, at, length)
    sheet.centred("打印校准页", PAGE_WIDTH / 2, PAGE_HEIGHT - 60 * mm, "title", 20)
    now = f"{printer}　现在：右移 {offset.right_mm:g} 毫米，下移 {offset.down_mm:g} 毫米"
    sheet.centred(now, PAGE_WIDTH / 2, PAGE_HEIGHT - 72 * mm, "body", 11)
    for at, step in enumerate(_STEPS):
        sheet.text(step, 30 * mm, PAGE_HEIGHT - (90 + 9 * at) * mm, "body", 10.5)
    sheet.end_page()
    return moved(sheet.finish(), offset)


def _ruler(sheet: Sheet, at: int, length: float) -> None:
    """Draw the mark of one millimetre on all four rulers; the long one at 0 is marked."""
    middle_x, middle_y = PAGE_WIDTH / 2, PAGE_HEIGHT / 2
    for x in (_ZERO + at * mm, PAGE_WIDTH - _ZERO + at * mm):
        sheet.rule(x, middle_y, x, middle_y + length, _THICK)
        if at == 0:
            sheet.centred("0", x, middle_y - 5 * mm, "body", 10)
    for y in (PAGE_HEIGHT - _ZERO - at * mm, _ZERO - at * mm):
        sheet.rule(middle_x, y, middle_x + length, y, _THICK)
        if at == 0:
            sheet.right("0", middle_x - 2 * mm, y - 1.2 * mm, "body", 10)


def _millimetres(typed: str, field: str) -> float:
    words = typed.strip().replace("－", "-").replace("。", ".")
    try:
        value = round(float(words or 0), 1)
    except ValueError:
        value = MOST_MM + 1
    if not -MOST_MM <= value <= MOST_MM:
        most = f"{MOST_MM:g}"
        raise RuleBroken(f"请填毫米数，在 -{most} 到 {most} 之间，如 1.5。", field=field)
    return value

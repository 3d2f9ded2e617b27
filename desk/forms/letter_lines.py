"""The lines of a letter's grid, and those on which people sign by hand (签名处)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from reportlab.lib.units import mm

from desk.forms.breaking import Line, break_text
from desk.forms.fonts import FontSet, Role
from desk.forms.sheet import Sheet
from desk.rules.charts import Chart

Place = Literal["spread", "centre", "signer", "date", "copies", "row", "sign", "chart"]
_BLANK: Final = Line("", 0, ends_paragraph=True)
_SIGNATURE: Final = 60 * mm
_LEAST_SIGNATURE: Final = 30 * mm
_DATE_EMS: Final = 6.5  # 年　月　日 and some white before it


@dataclass(frozen=True, slots=True)
class TableCell:
    """What one line of a table's row holds in one column."""

    line: Line
    x: float
    width: float
    centred: bool


@dataclass(frozen=True, slots=True)
class SetLine:
    """One of the lines of the page's grid.

    Attributes:
        holds_next: a heading is not the last line of a page.
        cells: of a table's row.
        opens: a rule stands above it; closes: one stands below it.
        heads: the column heads that stand above it again where its page begins with it.
        again: it is such a repeated head.
        after: what stands at the end of a line to sign on, e.g. a date to be filled in.
        chart: begins here and takes `high` lines.
    """

    line: Line
    role: Role
    size: float
    place: Place = "spread"
    holds_next: bool = False
    cells: tuple[TableCell, ...] = ()
    opens: bool = False
    closes: bool = False
    heads: tuple["SetLine", ...] = ()
    again: bool = False
    after: str = ""
    chart: Chart | None = None
    high: int = 1


def continued(rest: Sequence[SetLine]) -> list[SetLine]:
    """Return the lines of the pages that follow, a table's heads above its further rows."""
    if not rest or not rest[0].heads:
        return list(rest)
    heads = [replace(line, again=True) for line in rest[0].heads]
    return [*heads, replace(rest[0], opens=True), *rest[1:]]


def whole_again(lines: Sequence[SetLine]) -> list[SetLine]:
    """Return lines of two pages as one run, without heads between them."""
    return [line for line in lines if not line.again]


def sign_lines(
    parts: Sequence[str], fonts: FontSet, size: float, measure: float
) -> Iterator[SetLine]:
    """Yield a free line and the line that somebody signs on, with its caption before it."""
    after = "".join(parts[1:])
    room = measure - _LEAST_SIGNATURE - (_DATE_EMS * size if after else 0)
    found = break_text(parts[0], fonts.chains["body"], size, room)
    yield SetLine(_BLANK, "body", size, "sign", holds_next=True)
    for line in found[:-1]:
        yield SetLine(replace(line, ends_paragraph=True), "body", size, "sign", holds_next=True)
    yield SetLine(found[-1], "body", size, "sign", closes=True, after=after)


def paint_sign(sheet: Sheet, line: SetLine, left: float, y: float, right: float) -> None:
    """Draw a caption and, behind its last line, the rule for the signature."""
    begin = sheet.text(line.line.text, left, y, line.role, line.size)
    if not line.closes:
        return
    if line.after:
        sheet.right(line.after, right, y, line.role, line.size)
        right -= _DATE_EMS * line.size
    begin += 0.3 * line.size
    sheet.rule(begin, y - 2.5, min(begin + _SIGNATURE, right), y - 2.5, 0.5)

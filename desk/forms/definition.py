"""What is on a paper, not where the pen goes: layouts of the two kinds, letter and grid.

All measures of a layout are in millimetres, sizes of type in points.
"""

from dataclasses import dataclass, field
from typing import Literal

from desk.forms.fonts import Role

CellKind = Literal["value", "checks", "detail", "signature", "seal", "finger", "column"]
BlockKind = Literal[
    "title",
    "number",
    "salutation",
    "heading",
    "paragraph",
    "signature",
    "copies",
    "group",
    "sign",
    "table",
    "chart",
]
ChartKind = Literal["bars", "lines", "rows"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A caption with the value printed beside it."""

    caption: str = ""  # | marks a good place to break
    key: str = ""  # empty leaves room for handwriting
    kind: CellKind = "value"
    write: str = "text"
    options: tuple[str, ...] = ()
    words: str = ""  # fixed words with {key} places, instead of a key
    detail: str = ""  # words in brackets behind the last check box
    width_mm: float = 0  # 0 shares what the others leave
    caption_mm: float = 22
    centred: bool = False
    bold: bool = False
    secret: bool = False  # 保密，见系统 where the row is confidential

    @property
    def beside_mm(self) -> float:
        """The width of the caption's own box; 0 where the caption stands inside the cell."""
        return self.caption_mm if self.caption else 0


@dataclass(frozen=True, slots=True)
class Band:
    """One horizontal band of a grid."""

    cells: tuple[Cell, ...]
    min_mm: float = 8
    tight_mm: float = 0  # may shrink to this if the form then ends on its first page
    split: bool = False  # may continue on the next page
    head: bool = False  # comes again at the top of every page
    keep: bool = False  # is never alone on a page
    leads: bool = False  # is never the last on a page
    when: str = ""  # only if this key has a value
    each: str = ""  # once for every entry of this list; the captions stand above as column heads
    least: int = 0  # so many rows at least: the others are left for handwriting
    spare: int = 0  # empty rows below the entries
    none: str = ""  # the words that stand in the place of an empty list
    across: str = ""  # with `each`: a further column for every entry of this list, as its head
    across_key: str = ""  # which list of an entry holds what stands in these columns
    most_across: int = 6  # more columns than this begin a new table below


@dataclass(frozen=True, slots=True)
class TearOff:
    """The receipt at the foot of a sheet, below its cut line."""

    title: str
    bands: tuple[Band, ...]
    height_mm: float = 74
    above_left: str = "受理单位：{office}"
    cut_words: str = "沿此线剪下 回执联交诉求人"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Margins of a sheet, clockwise from the top."""

    top_mm: float
    right_mm: float
    bottom_mm: float
    left_mm: float


@dataclass(frozen=True, slots=True)
class GridLayout:
    """A form of ruled bands (B 类表格式)."""

    code: str
    version: str
    title: str
    bands: tuple[Band, ...]
    page: Page = field(default_factory=lambda: Page(25, 20, 20, 25))
    above_left: str = "填表单位：{office}"
    above_right: str = "编号：{number}"
    below: str = "填表人：{filled_by}|审核人：{checked_by}|填表日期：{filled_on:date}"
    note: str = ""
    title_pt: float = 22
    caption_pt: float = 10.5
    value_pt: float = 11
    value_role: Role = "body"
    caption_role: Role = "song"
    leading: float = 1.36
    seal_mm: float = 42
    code_square_mm: float = 16
    fill: bool = True  # stretch long cells until the page is full
    landscape: bool = False  # the sheet lies on its side
    fold: bool = False  # printed again upside down on the other half: a card that stands
    tear_off: TearOff | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a letter."""

    kind: BlockKind
    words: str = ""  # titles: | marks good places to break; signatures: signer | date
    when: str = ""  # only if this key has a value (of the entry, inside `each`)
    each: str = ""  # once for every entry of this list
    parts: tuple["Block", ...] = ()  # of a group: what comes for every entry
    level: int = 1  # headings: 1 黑体 一、 2 楷体 (一)
    cells: tuple[Cell, ...] = ()  # of a table: its columns; a row for every entry of `each`
    gap: bool = False  # of a table: a free line below it
    chart: ChartKind = "bars"  # of a chart: the first of its cells names the points
    lines: int = 8  # of a chart: how many lines of the page it takes


@dataclass(frozen=True, slots=True)
class LetterLayout:
    """A letter set like an official document (A 类公文式, GB/T 9704)."""

    code: str
    version: str
    title: str
    blocks: tuple[Block, ...]
    page: Page = field(default_factory=lambda: Page(37, 26, 35, 28))
    lines_on_page: int = 22
    signs_in_line: int = 28
    title_pt: float = 22
    body_pt: float = 15.75
    seal_mm: float = 42
    code_square_mm: float = 16
    tear_off: TearOff | None = None


@dataclass(frozen=True, slots=True)
class CardPart:
    """One part of a card that is hung up: words, a rule, or a code square."""

    kind: Literal["words", "rule", "code"] = "words"
    words: str = ""  # with {key} places; of a code: what stands beneath it
    key: str = ""  # of a code: what it says; without it nothing is drawn
    caption: str = ""  # a quiet word above
    when: str = ""  # only if this key has a value
    pt: float = 16  # on a sheet of its own; smaller cards are set smaller
    mm: float = 40  # of a code: how wide it is on a sheet of its own
    gap_mm: float = 4  # above it
    bold: bool = False
    centred: bool = False
    at_foot: bool = False  # counted from the foot of the card


@dataclass(frozen=True, slots=True)
class CardsLayout:
    """Cards that are hung up (公示卡、连心牌): one, two or four on a sheet, cut along the lines."""

    code: str
    version: str
    title: str
    each: str  # which list of the row holds the cards
    parts: tuple[CardPart, ...]
    page: Page = field(default_factory=lambda: Page(10, 10, 10, 10))  # of every card
    foot: str = "编号 {number}"  # small, below the cards
    least_pt: float = 9  # words may be set smaller down to this where there are many


Layout = GridLayout | LetterLayout | CardsLayout

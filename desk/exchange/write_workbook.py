"""Writing a workbook (导出工作簿) that is safe to open: text stays text, nothing is cut.

No cell is ever a formula, whatever it begins with; a text that a spreadsheet cannot hold is
refused with a sentence instead of being shortened.
"""

import errno
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from desk.exchange.workbook import ABOUT_SHEET, MASKED_WATERMARK, WATERMARK, as_text
from desk.rules.errors import RuleBroken
from desk.rules.moments import in_shanghai

LONGEST_TEXT = 32_767  # UTF-16 units that a cell can hold

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEAD_FONT = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="DCE6F1")
_HEAD_ALIGNMENT = Alignment(vertical="center", wrap_text=True)
_CELL_ALIGNMENT = Alignment(vertical="top", wrap_text=True)
_NARROWEST, _WIDEST, _SAMPLE, _LATIN = 8, 48, 200, 0x24F

Written: TypeAlias = str | int | float | datetime | None


@dataclass(frozen=True, slots=True)
class Watermark:
    """Who took the data out, when and why: in every row, on every page, in the properties.

    Attributes:
        is_masked: names and numbers are masked, so the file is not fit to come in again.
    """

    line: str
    about: Sequence[tuple[str, str]] = ()
    author: str = ""
    is_masked: bool = False

    @property
    def heading(self) -> str:
        """Return the heading of the column in which it stands."""
        return MASKED_WATERMARK if self.is_masked else WATERMARK


def write_sheet(
    path: Path,
    *,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Written]],
    watermark: Watermark | None = None,
) -> int:
    """Write one table to `path` and return how many rows it has.

    The file appears under its name only when it is complete.

    Raises:
        RuleBroken: a text is too long for a cell, or the file cannot be written.
    """
    lines = _Lines(header, rows, watermark)
    beside = _reserve(path)
    try:
        book = _book(title, lines)
        book.save(beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise RuleBroken(f"没能写出“{path.name}”：{_why(error)}。请检查后再导出。") from error
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
    return lines.count


class _Lines:
    """The lines of a table on their way into a file; only the first ones are held, for widths."""

    def __init__(
        self,
        header: Sequence[str],
        rows: Iterable[Sequence[Written]],
        watermark: Watermark | None,
    ) -> None:
        self._plain, self._rows, self.watermark = tuple(header), iter(rows), watermark
        self._mark = () if watermark is None else (watermark.line,)
        self.header = (*header, *(() if watermark is None else (watermark.heading,)))
        self.count = 0
        self.first = list(islice(self._checked_lines(), _SAMPLE))

    def __iter__(self) -> Iterator[tuple[Written, ...]]:
        return chain(self.first, self._checked_lines())

    def _checked_lines(self) -> Iterator[tuple[Written, ...]]:
        for row in self._rows:
            number = self.count + 2
            cells = (_checked(value, number, h) for h, value in zip(self._plain, row, strict=True))
            self.count += 1
            yield (*cells, *self._mark)


def shown_moment(moment: datetime | None) -> str:
    """Return a moment as ledgers write it; seconds only where there are any."""
    return "" if moment is None else as_text(in_shanghai(moment).replace(tzinfo=None))


def shown_yes_no(answer: bool | None) -> str:  # noqa: FBT001 - the answer is the value written
    """Return 是, 否 or a blank."""
    return "" if answer is None else "是" if answer else "否"


def shown_list(entries: Iterable[str]) -> str:
    """Return a list as ledgers write it, separated by “;”."""
    return ";".join(entries)


def _checked(value: Written, row: int, heading: str) -> Written:
    """Return a value as it goes into the file, or refuse what a cell cannot hold."""
    if not isinstance(value, str):
        return value
    text = _UNWRITABLE.sub(lambda found: f"_x{ord(found.group()):04X}_", value)
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if length > LONGEST_TEXT:
        raise RuleBroken(
            f"第 {row} 行“{heading}”有 {length} 字，超过表格软件一格 {LONGEST_TEXT} 字的上限，"
            "没有写出文件。请缩小导出范围，这一件另行打印。"
        )
    return text


def _book(title: str, lines: _Lines) -> Any:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for index, width in enumerate(_widths(lines.header, lines.first), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    cells = _Cells(sheet)
    try:
        sheet.append([cells.head(heading) for heading in lines.header])
        for row in lines:
            sheet.append([cells.of(value) for value in row])
    except BaseException:
        sheet.close()  # nobody else would, and its temporary file stays
        raise
    if lines.watermark is not None:
        _mark(book, sheet, lines.watermark)
    return book


class _Cells:
    """Makes the cells of a sheet; to look their style up for each took as long as to write it."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._plain = self._style(is_plain=True)
        self._looks_like_formula = self._style(is_plain=False)

    def of(self, value: Written) -> Any:
        """Return a cell that shows `value`; a text is never taken for a formula or an error."""
        cell: Any = WriteOnlyCell(self._sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
            is_plain = not value.startswith(_LOOKS_LIKE_FORMULA)
            cell._style = copy(self._plain if is_plain else self._looks_like_formula)  # noqa: SLF001
        return cell

    def head(self, heading: str) -> Any:
        """Return the cell of a heading."""
        cell = self.of(heading)
        cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, _HEAD_ALIGNMENT
        return cell

    def _style(self, *, is_plain: bool) -> Any:
        cell: Any = WriteOnlyCell(self._sheet)
        cell.alignment = _CELL_ALIGNMENT
        if not is_plain:
            cell.quotePrefix = True  # stays text even when somebody edits it
        return cell._style  # noqa: SLF001 - openpyxl offers no other way to share one


def _widths(header: Sequence[str], rows: Sequence[Sequence[Written]]) -> list[float]:
    """Return column widths that show most of the content, a Chinese character counting two."""
    widths = []
    for index, heading in enumerate(header):
        sample = [heading, *(as_text(row[index]) for row in rows)]
        longest = max(sum(2 if ord(c) > _LATIN else 1 for c in text[:_WIDEST]) for text in sample)
        widths.append(float(min(max(longest + 2, _NARROWEST), _WIDEST)))
    return widths


def _mark(book: Any, sheet: Any, watermark: Watermark) -> None:
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    book.properties.creator = watermark.author
    book.properties.lastModifiedBy = watermark.author
    book.properties.description = watermark.line
    about = book.create_sheet(ABOUT_SHEET)
    for page in (sheet, about):
        page.oddHeader.center.text = watermark.line.replace("&", "&&")
        page.oddFooter.center.text = "第 &P 页 共 &N 页"
    about.column_dimensions["A"].width = 16
    about.column_dimensions["B"].width = 60
    cells = _Cells(about)
    for caption, text in watermark.about:
        about.append([cells.head(caption), cells.of(text)])


def _reserve(path: Path) -> Path:
    """Return an empty file beside the target, so that the last step is a mere change of name."""
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".xlsx", dir=path.parent)
    except OSError as error:
        raise RuleBroken(
            f"不能写到“{path.parent}”：{_why(error)}。请换一个文件夹再导出。"
        ) from error
    os.close(handle)
    return Path(name)


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有写入权限，或文件正在别的程序中打开"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "文件夹不存在"
    if isinstance(error, IsADirectoryError):
        return "同名的是一个文件夹"
    return "磁盘空间不足" if error.errno == errno.ENOSPC else "磁盘没有接受写入"

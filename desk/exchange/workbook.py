"""Reading a workbook (工作簿) safely: any .xlsx, however odd, ends in rows or in a sentence."""

import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any, TypeAlias

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from desk.rules.errors import RuleBroken

CellValue: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | None

MEGABYTE = 1024 * 1024
MAX_FILE_BYTES = 50 * MEGABYTE
MAX_UNPACKED_BYTES = 256 * MEGABYTE
MAX_RATIO = 100  # an honest ledger packs about 10:1, a bomb 200:1 and more (RELIABILITY.md 6)
RATIO_MATTERS_ABOVE = 8 * MEGABYTE
MAX_PARTS = 2_000
MAX_ROWS = 50_000
MAX_COLUMNS = 256
LAST_ROW_OF_A_SHEET = 1_048_576
ABOUT_SHEET = "导出说明"  # our own page on an export, nothing to import
WATERMARK = "导出水印"  # our own column on an export: who took it out, when
MASKED_WATERMARK = "导出水印（已遮盖，不能导回）"
OLE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and .xlsx with a password

BROKEN = "这个文件不是完好的 .xlsx 工作簿，没有读取任何内容。请用表格软件打开后另存为 .xlsx 再试。"

# Whatever openpyxl, zipfile and expat raise over a damaged file; all of it means “damaged”.
DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)

_CONTROL_ESCAPE = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)|_x(00[01][0-9A-Fa-f]|FFF[EF])_")
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))


class UnreadableWorkbook(RuleBroken):
    """The file as a whole cannot be taken in; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One filled row with its number on the sheet, as a clerk counts (the header is row 1)."""

    number: int
    cells: tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: its header, its filled rows, and what the clerk should know about it."""

    title: str
    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    epoch: datetime
    notes: tuple[str, ...] = ()


def read_sheet(path: Path, *, knows: Callable[[Sequence[str]], bool]) -> Sheet:
    """Return the first sheet whose header `knows` recognises, or else the first sheet.

    Raises:
        UnreadableWorkbook: not an .xlsx, damaged, locked by a password, or far too large.
    """
    _inspect(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that openpyxl does not know
            book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
            try:
                return _chosen_sheet(book, knows)
            finally:
                book.close()
    except UnreadableWorkbook:
        raise
    except DAMAGE as error:
        raise UnreadableWorkbook(BROKEN) from error
    except MemoryError as error:
        raise UnreadableWorkbook("工作簿太大，本机内存放不下。请分成几份再导入。") from error


def heading_key(heading: CellValue) -> str:
    """Return what counts when two headings are compared: no width, no blanks, no asterisk."""
    text = unicodedata.normalize("NFKC", as_text(heading))
    return re.sub(r"[\s*\u200b\ufeff]+", "", text)


def as_text(value: CellValue) -> str:
    """Return a cell as the text a clerk sees; a whole number loses its “.0”."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}" if value.second else f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def _inspect(path: Path) -> None:
    """Refuse what must not even be unpacked."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UnreadableWorkbook(
                f"文件有 {size // MEGABYTE} MB，超过 {MAX_FILE_BYTES // MEGABYTE} MB 的上限。"
                "请分成几份再导入。"
            )
        with path.open("rb") as file:
            _inspect_parts(file)
    except FileNotFoundError as error:
        raise UnreadableWorkbook(f"找不到文件“{path.name}”。请检查文件名和位置。") from error
    except IsADirectoryError as error:
        raise UnreadableWorkbook(f"“{path.name}”是文件夹，不是工作簿。") from error
    except PermissionError as error:
        raise UnreadableWorkbook(
            f"没有权限打开“{path.name}”。请先在表格软件中关闭它，或换一个位置再试。"
        ) from error
    except DAMAGE as error:
        if isinstance(error, UnreadableWorkbook):
            raise
        raise UnreadableWorkbook(BROKEN) from error


def _inspect_parts(file: IO[bytes]) -> None:
    if file.read(len(OLE_FILE)) == OLE_FILE:
        raise UnreadableWorkbook(
            "这是旧版 .xls 或加了密码的工作簿。请在表格软件中去掉密码，另存为 .xlsx 再导入。"
        )
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 0x1 for part in parts):
            raise UnreadableWorkbook("这个工作簿加了密码。请去掉密码另存一份再导入。")
        _refuse_bomb(parts)
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels")) and _declares_entities(
                archive, part
            ):
                raise UnreadableWorkbook(
                    "工作簿里有表格软件不会写的定义（可能是恶意文件），没有读取。请重新导出后再试。"
                )


def _refuse_bomb(parts: Sequence[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > RATIO_MATTERS_ABOVE
        and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if unpacked > MAX_UNPACKED_BYTES or swollen or len(parts) > MAX_PARTS:
        raise UnreadableWorkbook(
            "工作簿展开后异常庞大（可能是压缩炸弹），没有读取。"
            "如果确是台账，请只把有数据的行列复制到新工作簿再导入。"
        )


def _declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Return whether a part declares a document type, the way to entity bombs."""
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            window = tail + chunk
            if any(mark in window for mark in _DOCTYPES):
                return True
            tail = chunk[-32:]
    return False


def _chosen_sheet(book: Any, knows: Callable[[Sequence[str]], bool]) -> Sheet:
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
    if not sheets:
        raise UnreadableWorkbook("工作簿里没有工作表。")
    chosen = next((sheet for sheet in sheets if knows(_header_of(sheet))), sheets[0])
    others = [s.title for s in sheets if s is not chosen and s.title != ABOUT_SHEET]
    notes: tuple[str, ...] = ()
    if others:
        names = "、".join(f"“{name}”" for name in others[:5])
        notes = (f"只读取了工作表“{chosen.title}”，另有 {len(others)} 张没有读取：{names}。",)
    header = _header_of(chosen)
    return Sheet(
        title=str(chosen.title),
        header=header,
        rows=tuple(_filled_rows(chosen)),
        epoch=book.epoch,
        notes=notes,
    )


def _header_of(sheet: Any) -> tuple[str, ...]:
    """Return the first row's texts, trimmed at the last filled one."""
    sheet.reset_dimensions()  # the stated size of a sheet is often wrong
    first = next(sheet.iter_rows(max_row=1, values_only=True), ())
    texts = [as_text(_plain(value)).strip() for value in first]
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > MAX_COLUMNS:
        raise UnreadableWorkbook(f"表头超过 {MAX_COLUMNS} 列，不像一份台账。请删去多余的列再导入。")
    return tuple(texts)


def _filled_rows(sheet: Any) -> Iterator[SheetRow]:
    """Yield the rows below the header that hold anything at all."""
    found = 0
    rows = sheet.iter_rows(min_row=2, max_row=LAST_ROW_OF_A_SHEET, values_only=True)
    for number, values in enumerate(rows, start=2):
        if not any(_is_filled(value) for value in values):
            continue
        found += 1
        if found > MAX_ROWS:
            raise UnreadableWorkbook(f"工作表超过 {MAX_ROWS} 行。请分成几份再导入。")
        yield SheetRow(number, tuple(_plain(value) for value in values[:MAX_COLUMNS]))


def _is_filled(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _plain(value: object) -> CellValue:
    """Return a cell's value as plain data; a formula stays the text it is."""
    if isinstance(value, ArrayFormula):
        return str(value.text)
    if isinstance(value, DataTableFormula):
        return "=TABLE()"
    if isinstance(value, str):
        return _CONTROL_ESCAPE.sub(_unescaped, value)
    if value is None or isinstance(value, int | float | datetime | date | time | timedelta):
        return value
    return str(value)


def _unescaped(found: re.Match[str]) -> str:
    """Undo the escapes by which .xlsx keeps control characters (`_x000D_`)."""
    code = found.group(1)
    return chr(int(code, 16)) if code else "_"

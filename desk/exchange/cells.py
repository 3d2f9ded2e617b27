"""Reading single cells of a ledger (台账单元格): moments, yes/no, codes, lists, numbers, names.

Every reader returns plain data, `None` or "" for a blank cell, and raises RuleBroken with a
sentence that tells the clerk what to write instead. What it tidied on the way it says in the
cell's notes, so that nothing changes in silence.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from desk.exchange.workbook import CellValue, as_text
from desk.rules import moments
from desk.rules.errors import RuleBroken
from desk.rules.identity import FieldState, fold_width, phone_check, split_phones
from desk.rules.text_gate import LIMITS, Field, clean
from desk.rules.wording import from_label

Code = TypeVar("Code", bound=StrEnum)

BLANK_MARKS = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "空", "N/A", "#N/A"})
EARLIEST_YEAR = 2000
LATEST_YEAR = 2099
NOON = 12
PHONES_LIMIT = 40
EXACT_DIGITS = 15  # a number typed into a spreadsheet keeps only its first fifteen digits

_YES = frozenset({"是", "已", "1", "√", "✓", "Y", "YES", "TRUE"})
_NO = frozenset({"否", "未", "0", "×", "✗", "N", "NO", "FALSE"})
_SEPARATORS = re.compile("[;\uff1b\n]")
_SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")
_MOMENT = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?:[ T]*(?P<half>上午|下午|AM|PM)? *(?P<hour>\d{1,2})[:时点]"
    r"(?:(?P<minute>\d{1,2})分?)?(?::?(?P<second>\d{1,2})(?:\.\d+)?秒?)? *(?P<late>AM|PM)?)?"
)
_EXAMPLES = "可写成 2026-08-03 09:05、2026/8/3 9:05 或 2026年8月3日"

# What may be left off a unit's full name (EXCHANGE.md 2), the longest first.
SUFFIXES = (
    "社区居民委员会", "居民委员会", "街道办事处", "社区居委会", "社区工作站", "街道办", "办公室",
    "工作室", "居委会", "社区", "街道", "中心", "大队", "支队", "办", "科", "队", "局", "所", "站",
)  # fmt: skip


@dataclass(slots=True)
class Cell:
    """One cell under its heading; `notes` gathers what was tidied while reading it."""

    value: CellValue
    heading: str = "这一栏"
    epoch: datetime = WINDOWS_EPOCH
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the cell as the text a clerk sees."""
        return as_text(self.value)

    @property
    def word(self) -> str:
        """Return the cell as one narrow word, to be compared with known ones."""
        return fold_width(self.text).strip()

    @property
    def is_blank(self) -> bool:
        """Return whether the cell says nothing; a dash or “无” is how a clerk leaves it blank."""
        return self.value is None or self.word in BLANK_MARKS


def moment(cell: Cell) -> datetime | None:
    """Return the moment a cell means, in Shanghai's zone; a day alone means its 00:00."""
    if cell.is_blank:
        return None
    wall = _wall(cell)
    if not EARLIEST_YEAR <= wall.year <= LATEST_YEAR:
        raise RuleBroken(f"“{cell.text}”的年份不合情理，请核对日期。")
    return moments.from_wall(wall)


def day(cell: Cell) -> date | None:
    """Return the day a cell means."""
    found = moment(cell)
    return None if found is None else moments.day_of(found)


def yes_no(cell: Cell) -> bool | None:
    """Return yes (是、已、1) or no (否、未、0), or None for a blank cell."""
    if cell.is_blank:
        return None
    word = cell.word.upper()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise RuleBroken(f"“{cell.text}”看不出是或否，请填“是”或“否”。")


def code(table: type[Code], cell: Cell) -> Code | None:
    """Return the code that a cell names by its label or a known synonym."""
    return None if cell.is_blank else from_label(table, cell.word)


def code_or_yes_no(table: type[Code], cell: Cell, *, yes: Code, no: Code) -> Code | None:
    """Return a code that ledgers also write as a bare yes or no (是否解决、是否满意)."""
    try:
        return code(table, cell)
    except RuleBroken:
        word = cell.word.upper()
        if word in _YES | _NO:
            return yes if word in _YES else no
        raise


def line(cell: Cell, *, limit: int = LIMITS[Field.TITLE]) -> str:
    """Return a text of one line, through the gate of all texts."""
    return _within(_gated(cell, Field.TITLE), limit)


def body(cell: Cell) -> str:
    """Return a long text, its line breaks kept, through the gate of all texts."""
    return _gated(cell, Field.BODY)


def name(cell: Cell) -> str:
    """Return a person's name in its uniform spelling."""
    return _gated(cell, Field.NAME)


def phone(cell: Cell) -> str:
    """Return the telephone number, or several with “/” between; what is none is kept as typed."""
    typed = _within(_gated(cell, Field.CODE), PHONES_LIMIT)
    checks = [phone_check(piece) for piece in split_phones(typed) or (typed,)]
    found = "/".join(check.value for check in checks)
    if found != cell.text:
        cell.notes.append(f"“{cell.text}”已整理为“{found}”")
    cell.notes += [
        check.sentence.rstrip("。") for check in checks if check.state is FieldState.WRONG
    ]
    return found


def identifier(cell: Cell, *, limit: int) -> str:
    """Return a number that names something (编号): narrow, without blanks, never rounded."""
    if isinstance(cell.value, int | float) and abs(cell.value) >= 10**EXACT_DIGITS:
        raise RuleBroken(
            f"编号存成了数字，超过 {EXACT_DIGITS} 位的部分已被表格软件改成 0。"
            "请把该列设为“文本”后重新填写。"
        )
    return _within(re.sub(r"\s+", "", fold_width(_gated(cell, Field.CODE))), limit)


def several(cell: Cell) -> tuple[str, ...]:
    """Return the entries of a list written with “;”, each once, in their order."""
    entries = (
        line(Cell(entry, cell.heading, cell.epoch, cell.notes))
        for entry in _SEPARATORS.split(cell.text)
    )
    return tuple(dict.fromkeys(entry for entry in entries if entry))


def number(cell: Cell) -> Decimal | None:
    """Return a number; thousands separators and 元 are read over."""
    if cell.is_blank:
        return None
    try:
        found = Decimal(re.sub(r"[,\s元¥]", "", cell.word))
    except InvalidOperation as error:
        raise RuleBroken(f"“{cell.text}”不是数字。") from error
    if not found.is_finite():
        raise RuleBroken(f"“{cell.text}”不是数字。")
    return found


def short_forms(full_name: str) -> tuple[str, ...]:
    """Return what a unit may be called: its full name, and the name without its suffix.

    A suffix is only ever left off: “榕东” means 榕东社区, but “榕东街道” does not.
    """
    for suffix in SUFFIXES:
        if full_name.endswith(suffix) and len(full_name) > len(suffix) + 1:
            return full_name, full_name.removesuffix(suffix)
    return (full_name,)


def _gated(cell: Cell, kind: Field) -> str:
    cleaned = clean(cell.text, kind, label=cell.heading)
    cell.notes += cleaned.notes
    return cleaned.text


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise RuleBroken(f"最多 {limit} 字，现在 {len(text)} 字，请缩短后再导入。")
    return text


def _wall(cell: Cell) -> datetime:
    """Return the wall time a filled cell shows."""
    value = cell.value
    if isinstance(value, datetime):
        return _to_second(value)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, time | timedelta):
        raise RuleBroken("只有时刻，没有日期，" + _EXAMPLES + "。")
    if isinstance(value, bool):
        raise _no_moment(cell)
    if isinstance(value, int | float):
        return _from_serial(cell, float(value))
    if _SERIAL.fullmatch(cell.word):
        return _from_serial(cell, float(cell.word))
    return _from_text(cell)


def _from_serial(cell: Cell, serial: float) -> datetime:
    """Return the wall time behind a spreadsheet's count of days."""
    try:
        found = from_excel(serial, cell.epoch)
    except (OverflowError, ValueError) as error:
        raise _no_moment(cell) from error
    if not isinstance(found, datetime):  # a fraction of a day only
        raise _no_moment(cell)
    return _to_second(found)


def _from_text(cell: Cell) -> datetime:
    found = _MOMENT.fullmatch(cell.word.upper())
    if found is None:
        raise _no_moment(cell)
    hour = int(found["hour"] or 0)
    half = found["half"] or found["late"]
    if half in {"下午", "PM"} and hour < NOON:
        hour += NOON
    if half in {"上午", "AM"} and hour == NOON:
        hour = 0
    minute, second = int(found["minute"] or 0), int(found["second"] or 0)
    try:
        midnight = datetime(int(found["year"]), int(found["month"]), int(found["day"]))  # noqa: DTZ001 - a wall time; the zone is given to it by moment()
        if (hour, minute, second) == (24, 0, 0):
            return midnight + timedelta(days=1)
        return midnight.replace(hour=hour, minute=minute, second=second)
    except (OverflowError, ValueError) as error:
        raise RuleBroken(f"“{cell.text}”不是真实存在的日期或时刻，请核对。") from error


def _no_moment(cell: Cell) -> RuleBroken:
    return RuleBroken(f"“{cell.text}”看不出是什么时间，{_EXAMPLES}。")


def _to_second(wall: datetime) -> datetime:
    return (wall + timedelta(milliseconds=500)).replace(microsecond=0)

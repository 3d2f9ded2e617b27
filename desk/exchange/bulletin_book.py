"""A bulletin as a workbook (通报工作簿): its sentences, and every table as one that can be sorted.

Numbers are numbers, so that a hall may go on with them; shares and changes are formulas over the
cells beside them. A text is never a formula, whatever it begins with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_figures import SHOWN, Facts, FigureKind
from desk.rules.bulletin_periods import BEFORE, YEAR_AGO, say_days
from desk.rules.bulletin_tables import BulletinTable, tables
from desk.rules.bulletin_words import SECTION_WORDS, Section
from desk.rules.comparing import NOTHING
from desk.rules.errors import RuleBroken

_STYLE = TableStyleInfo(name="TableStyleLight15", showRowStripes=True)  # reads in black and white
_TITLE = Font(bold=True, size=14)
_HEAD = Font(bold=True)
_TEXT = Alignment(vertical="top", wrap_text=True)
_WIDE, _NARROW, _TEXT_WIDE = 30.0, 14.0, 100.0
_LATIN = 0x24F
_PERCENT, _POINTS, _PLAIN = "0.00%", "+0.00;-0.00;0.00", "General"
_LIVE = ("figures", "units", "hot")


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: its heading, its values (a text that begins with “=” is a formula), its look."""

    head: str
    values: Sequence[Any]
    look: str = _PLAIN


def write_bulletin(path: Path, facts: Facts, sentences: Mapping[str, Sequence[str]]) -> None:
    """Write a bulletin to `path`.

    Raises:
        RuleBroken: the file cannot be written.
    """
    book = bulletin_book(facts, sentences)
    held = BytesIO()
    book.save(held)
    try:
        path.write_bytes(held.getvalue())
    except OSError as error:
        raise RuleBroken(f"没能写出“{path.name}”，请检查文件夹和权限后再试。") from error


def bulletin_book(facts: Facts, sentences: Mapping[str, Sequence[str]]) -> Workbook:
    """Return the workbook of a bulletin: the words first, then a sheet for each table."""
    book = Workbook()
    _write_words(book.worksheets[0], facts, sentences)
    for at, one in enumerate(_live_tables(facts) + _plain_tables(facts), 1):
        sheet = book.create_sheet(one[0])
        _write_table(sheet, f"T{at}", one[1])
    return book


def _write_words(sheet: Worksheet, facts: Facts, sentences: Mapping[str, Sequence[str]]) -> None:
    sheet.title = "通报"
    sheet.column_dimensions["A"].width = _TEXT_WIDE
    kind = BulletinKind(facts["kind"])
    days = say_days(kind, date.fromisoformat(facts["from"]), date.fromisoformat(facts["to"]))
    _put(sheet, 1, 1, f"{facts['street']}{facts['title']}（{days}）").font = _TITLE
    line = 2
    for section in Section:
        said = sentences.get(section.value, ())
        if not said:
            continue
        _put(sheet, line, 1, SECTION_WORDS[section]).font = _HEAD
        for sentence in said:
            line += 1
            _put(sheet, line, 1, sentence).alignment = _TEXT
        line += 1
    _put(sheet, line, 1, f"考评规则：{facts['rules']}；数字截至 {facts['made_at']}。")


def _live_tables(facts: Facts) -> list[tuple[str, list[_Column]]]:
    """Return the tables of numbers, with their shares and changes as formulas."""
    found = [("主要指标", _figures(facts))]
    if facts["units"] and facts["kind"] != BulletinKind.DAILY.value:
        found.append(("各单位", _units(facts)))
    groups = (("社区", "communities"), ("类别", "categories"), ("小区地点", "places"))
    found += [(name, _group(name, facts, facts[key])) for name, key in groups if facts[key]]
    found.append(("最近七期", _run_up(facts)))
    return found


def _plain_tables(facts: Facts) -> list[tuple[str, list[_Column]]]:
    """Return the lists: cases to see to, goals, tasks."""
    return [(one.title, _columns_of(one)) for one in tables(facts) if one.key not in _LIVE]


def _columns_of(one: BulletinTable) -> list[_Column]:
    return [_Column(head, [line[key] for line in one.lines]) for key, head in one.columns.items()]


def _figures(facts: Facts) -> list[_Column]:
    rows = facts["changes"]
    kinds = {one.key: one.kind for one in SHOWN}
    before = BEFORE[BulletinKind(facts["kind"])]
    names = [
        f"{row['name']}（%）" if kinds[row["key"]] is FigureKind.RATE else row["name"]
        for row in rows
    ]
    numbers = {when: [_number(row[when]) for row in rows] for when in ("now", "before", "year_ago")}
    counts = [kinds[row["key"]] is FigureKind.COUNT for row in rows]
    return [
        _Column("指标", names),
        _Column("本期", numbers["now"]),
        _Column(before, numbers["before"]),
        _Column("环比（%，率为百分点）", _changes(counts, "C"), _POINTS),
        _Column(YEAR_AGO, numbers["year_ago"]),
        _Column("同比（%，率为百分点）", _changes(counts, "E"), _POINTS),
    ]


def _changes(counts: Sequence[bool], older: str) -> list[str]:
    """Return formulas for the changes of column B against an older column."""
    found = []
    for line, is_count in enumerate(counts, 2):
        now, then = f"B{line}", f"{older}{line}"
        if is_count:
            found.append(f'=IF(N({then})=0,"{NOTHING}",ROUND(({now}-{then})/{then}*100,2))')
        else:
            missing = f"OR(ISBLANK({now}),ISBLANK({then}))"
            found.append(f'=IF({missing},"{NOTHING}",ROUND({now}-{then},2))')
    return found


def _units(facts: Facts) -> list[_Column]:
    rows = facts["units"]
    last = len(rows) + 1
    columns = [
        _Column("单位", [row["key"] for row in rows]),
        _Column("承办", [row["received"] for row in rows]),
        _Column("承办占比", [f"=IF(SUM(B$2:B${last})=0,0,B{n}/SUM(B$2:B${last}))"
                             for n in range(2, last + 1)], _PERCENT),
        _Column("已评价", [row["visited"] for row in rows]),
        _Column("响应率（%）", [_number(row["response_rate"]) for row in rows]),
        _Column("解决率（%）", [_number(row["resolution_rate"]) for row in rows]),
        _Column("满意率（%）", [_number(row["satisfaction_rate"]) for row in rows]),
        _Column("得分", [_number(row["score"]) for row in rows]),
    ]  # fmt: skip
    if facts["ranks"]:
        columns += [
            _Column("名次", [row["rank"] for row in rows]),
            _Column("并列", ["是" if row["tied"] else "" for row in rows]),
            _Column("扣分", [_number(row["deduction"]) for row in rows]),
        ]
    return columns


def _group(name: str, facts: Facts, rows: Sequence[Facts]) -> list[_Column]:
    whole = facts["total"]["received"]
    lines = range(2, len(rows) + 2)
    return [
        _Column(name, [row["key"] for row in rows]),
        _Column("本期", [row["received"] for row in rows]),
        _Column("占本期受理", [f"=IF({whole}=0,0,B{line}/{whole})" for line in lines], _PERCENT),
        _Column(BEFORE[BulletinKind(facts["kind"])], [row["before"] for row in rows]),
        _Column("增减", [f"=B{line}-D{line}" for line in lines], "+0;-0;0"),
    ]


def _run_up(facts: Facts) -> list[_Column]:
    rows = facts["trend"]
    return [
        _Column("期", [row["label"] for row in rows]),
        _Column("受理", [row["received"] for row in rows]),
        _Column("满意率（%）", [_number(row["satisfaction_rate"]) for row in rows]),
    ]


def _write_table(sheet: Worksheet, name: str, columns: Sequence[_Column]) -> None:
    """Write columns as a table that can be sorted and filtered, its heads staying in sight."""
    for at, column in enumerate(columns, 1):
        _put(sheet, 1, at, column.head).font = _HEAD
        for line, value in enumerate(column.values, 2):
            cell = _put(sheet, line, at, value, is_formula=column.look != _PLAIN)
            cell.number_format = column.look
            cell.alignment = _TEXT
        sheet.column_dimensions[get_column_letter(at)].width = _width(column)
    last = f"{get_column_letter(len(columns))}{len(columns[0].values) + 1}"
    made = Table(displayName=name, ref=f"A1:{last}")
    made.tableStyleInfo = _STYLE
    sheet.add_table(made)
    sheet.freeze_panes = "B2"


def _put(sheet: Worksheet, line: int, column: int, value: Any, *, is_formula: bool = False) -> Any:
    cell = sheet.cell(line, column, value)
    if isinstance(value, str) and not is_formula:
        cell.data_type = "s"
    return cell


def _width(column: _Column) -> float:
    texts = [column.head, *(str(value) for value in column.values if column.look == _PLAIN)]
    longest = max(sum(2 if ord(c) > _LATIN else 1 for c in words) for words in texts)
    return float(min(max(longest + 4, _NARROW), _WIDE * 2))


def _number(value: Any) -> Any:
    """Return a rate or a count as a number; words and blanks as they are."""
    return float(value) if isinstance(value, str) else value

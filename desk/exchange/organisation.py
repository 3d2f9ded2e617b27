"""The organisation in one workbook (组织模板): handed out empty, read back with reasons."""

import tomllib
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from desk.exchange.organisation_rows import (
    COLUMNS,
    Column,
    Organisation,
    Planned,
    Sheet,
    planned,
)
from desk.exchange.workbook import UnreadableWorkbook, as_text, heading_key, read_sheet
from desk.rules.errors import RuleBroken

_CATEGORIES = Path(__file__).resolve().parents[2] / "resources" / "data" / "categories.toml"
_HEAD_FONT, _HEAD_FILL = Font(bold=True), PatternFill("solid", fgColor="DCE6F1")
_FIELD, _CONTENT = "项目", "内容"
_LAST = 2000
_ABOUT = (
    ("怎样填", "每张表一行一个；带 * 的列必填；填好后在“建立街道”里导入，有问题的行会逐行说明。"),
    ("街道", "两列：左边是项目，右边填内容。"),
    ("单位", "先写街道本身（类型“街道”），再写信联办、科室、社区、网格；上级单位写全称。"),
    ("人员", "岗位可写几个，用顿号分开；至少一名管理员，管理员的初始密码要单写。"),
    ("小区地址", "写到小区或楼栋；受理时选它就带出社区和网格。"),
    ("类别", "已经填好常用的，可以增删；二级类别空着就是一级。"),
    ("密码", "本表含初始密码，导入后请删除这份文件。"),
)


def write_template(path: Path) -> Path:
    """Write the empty workbook, with the usual categories filled in, and return its path.

    Raises:
        RuleBroken: the file exists, or cannot be written.
    """
    if path.exists():
        raise RuleBroken(f"“{path.name}”已经有了，为免盖掉填好的内容没有写。请换一个文件名。")
    book = Workbook()
    about: Any = book.active
    about.title = "说明"
    _write_rows(about, ("事项", "说明"), _ABOUT, (14, 80))
    _write_street(book.create_sheet(Sheet.STREET))
    for sheet in Sheet:
        if sheet is not Sheet.STREET:
            _write_table(book.create_sheet(sheet), COLUMNS[sheet])
    for row in usual_categories():
        book[Sheet.CATEGORIES].append([row["一级类别"], row["二级类别"], ""])
    try:
        book.save(path)
    except OSError as error:
        raise RuleBroken(f"不能写到“{path.parent.name}”文件夹。请换一个文件夹再存。") from error
    return path


def read_organisation(path: Path) -> Organisation:
    """Return all rows of a filled workbook as they stand there.

    Raises:
        UnreadableWorkbook: it is no workbook, or none of its sheets is one of the template's.
    """
    organisation = Organisation()
    found = 0
    for sheet in Sheet:
        rows = _read(path, sheet)
        if rows is None:
            continue
        found += 1
        if sheet is Sheet.STREET:
            organisation.street = {
                row.get(_FIELD, "").rstrip("*"): row.get(_CONTENT, "") for _, row in rows
            }
        else:
            organisation.rows[sheet] = [row for _, row in rows]
            organisation.numbers[sheet] = [number for number, _ in rows]
    if not found:
        raise UnreadableWorkbook(
            "这个工作簿里没有“街道、单位、人员、小区地址、类别”这些表。请用程序给出的模板填写。"
        )
    if not organisation.rows[Sheet.CATEGORIES]:
        organisation.rows[Sheet.CATEGORIES] = usual_categories()
    return organisation


def read_plan(path: Path) -> Planned:
    """Return the plan of a street from a filled workbook, with every refused row and its reason.

    Raises:
        UnreadableWorkbook: see `read_organisation`.
    """
    return planned(read_organisation(path))


def usual_categories() -> list[dict[str, str]]:
    """Return the categories a new hall starts with (DOMAIN.md 5.2), as rows."""
    tree = tomllib.loads(_CATEGORIES.read_text(encoding="utf-8"))["category"]
    return [
        {"一级类别": top["name"], "二级类别": second, "建议承办单位": ""}
        for top in tree
        for second in ["", *top["children"]]
    ]


def _read(path: Path, sheet: Sheet) -> list[tuple[int, dict[str, str]]] | None:
    columns = COLUMNS[sheet]
    wanted = [heading_key(column.name) for column in columns if column.required]
    if sheet is Sheet.STREET:
        wanted = [_FIELD, _CONTENT]

    def knows(header: Any) -> bool:
        return set(wanted) <= {heading_key(name) for name in header}

    read = read_sheet(path, knows=knows)
    if not knows(read.header):
        return None
    names = {heading_key(column.name): column.name for column in columns}
    if sheet is Sheet.STREET:
        names = {_FIELD: _FIELD, _CONTENT: _CONTENT}
    keys = [names.get(heading_key(name)) for name in read.header]
    return [
        (
            row.number,
            {
                key: as_text(value).strip()
                for key, value in zip(keys, row.cells, strict=False)
                if key is not None
            },
        )
        for row in read.rows
    ]


def _write_street(sheet: Any) -> None:
    rows = [
        (f"{column.name}*" if column.required else column.name, "", column.hint)
        for column in COLUMNS[Sheet.STREET]
    ]
    _write_rows(sheet, (_FIELD, _CONTENT, "怎样填"), rows, (18, 40, 60))


def _write_table(sheet: Any, columns: tuple[Column, ...]) -> None:
    heads = [f"{column.name}*" if column.required else column.name for column in columns]
    _write_rows(sheet, heads, (), [max(14, 2 * len(head) + 4) for head in heads])
    for at, column in enumerate(columns, start=1):
        if column.options and not column.many:
            offered = DataValidation(
                type="list", formula1=f'"{",".join(column.options)}"', allow_blank=True
            )
            letter = get_column_letter(at)
            sheet.add_data_validation(offered)
            offered.add(f"{letter}2:{letter}{_LAST}")


def _write_rows(sheet: Any, heads: Any, rows: Any, widths: Any) -> None:
    sheet.append(list(heads))
    for cell in sheet[1]:
        cell.font, cell.fill = _HEAD_FONT, _HEAD_FILL
    for row in rows:
        sheet.append(list(row))
    for at, width in enumerate(widths, start=1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].number_format = "@"  # a login such as 0012 stays so
        for cell in sheet[letter]:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A2"

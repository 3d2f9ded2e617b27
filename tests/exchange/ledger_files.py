"""Workbooks for the tests, written the way offices and platforms write them."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

SAMPLES = Path(__file__).parent / "samples"
APPEALS = SAMPLES / "诉求台账.xlsx"
MEDIATIONS = SAMPLES / "调解台账.xlsx"
TICKETS = SAMPLES / "12345工单导出.xlsx"

GOOD_ROW: Mapping[str, Any] = {
    "外部编号": "QR202600900",
    "来源平台": "民意速办",
    "来源渠道": "来厅",
    "一级分类": "噪声",
    "诉求内容": "楼下广场舞音响声音过大。",
    "紧急程度": "常态",
    "受理时间": "2026-08-03 09:05",
}


def save_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def save_ledger(path: Path, *rows: Mapping[str, Any]) -> Path:
    """Save rows that differ from a good one by what is given; their columns are all there."""
    header = list(dict.fromkeys([*GOOD_ROW, *(heading for row in rows for heading in row)]))
    filled = [{**GOOD_ROW, **row} for row in rows]
    return save_table(path, header, [[row.get(h) for h in header] for row in filled])

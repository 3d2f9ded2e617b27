import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desk.exchange.workbook import read_sheet
from desk.exchange.write_workbook import (
    LONGEST_TEXT,
    Watermark,
    shown_list,
    shown_moment,
    shown_yes_no,
    write_sheet,
)
from desk.rules.errors import RuleBroken

NASTY = [
    "=1+1",
    "=cmd|'/c calc'!A1",
    "+8613800000012",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "#REF!",
    "#N/A",
    "100%_\\",
    "<b>粗</b>&amp;",
    "一行\n两行",
    "回车\r\n换行",
    "响铃\x07",
    "_x0041_",
    "_x005F_x0041_",
    "\ufffe",
    " 首尾空白 ",
    "𠮷田·阿依古丽",
    "e\u0301",
    "2026-08-03 09:05",
    "13800000012",
    "TRUE",
    "'引号",
]


def written(path, texts):
    write_sheet(path, title="表", header=["内容"], rows=[[text] for text in texts])
    return [row.cells[0] for row in read_sheet(path, knows=lambda _h: True).rows]


def test_every_text_comes_back_exactly_as_it_was(tmp_path):
    assert written(tmp_path / "a.xlsx", NASTY) == NASTY


def test_no_cell_is_ever_a_formula_or_an_error(tmp_path):
    written(tmp_path / "a.xlsx", NASTY)
    cells = [row[0] for row in load_workbook(tmp_path / "a.xlsx").active.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if cell.value[0] in "=+-@\t")


def test_a_text_too_long_for_a_cell_is_refused_and_nothing_is_written(tmp_path):
    path = tmp_path / "a.xlsx"
    assert written(path, ["字" * LONGEST_TEXT]) == ["字" * LONGEST_TEXT]
    path.unlink()
    for text in ("字" * (LONGEST_TEXT + 1), "𠮷" * (LONGEST_TEXT // 2 + 1)):
        with pytest.raises(RuleBroken, match="第 2 行“内容”"):
            written(path, [text])
    assert list(tmp_path.iterdir()) == []


def test_the_header_stays_in_sight_and_columns_have_a_width(tmp_path):
    path = tmp_path / "a.xlsx"
    write_sheet(path, title="表", header=["编号", "内容"], rows=[["A", "很长的内容" * 30]])
    sheet = load_workbook(path).active
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width < sheet.column_dimensions["B"].width == 48


def test_the_watermark_is_on_the_pages_the_second_sheet_and_the_properties(tmp_path):
    path = tmp_path / "a.xlsx"
    mark = Watermark("李敏 0012 2026-08-03 09:05 导出 R&D", (("导出理由", "=月度通报"),), "李敏")
    write_sheet(path, title="表", header=["编号"], rows=[["A"]], watermark=mark)
    book = load_workbook(path)
    assert book["表"].oddHeader.center.text == "李敏 0012 2026-08-03 09:05 导出 R&&D"
    assert book["导出说明"]["B1"].value == "=月度通报"
    assert book["导出说明"]["B1"].data_type == "s"
    assert book.properties.description == mark.line
    assert read_sheet(path, knows=lambda header: "编号" in header).notes == ()


def test_a_file_that_cannot_be_written_ends_in_a_sentence(tmp_path):
    with pytest.raises(RuleBroken, match="文件夹不存在"):
        written(tmp_path / "没有" / "a.xlsx", ["a"])
    (tmp_path / "b.xlsx").mkdir()
    with pytest.raises(RuleBroken, match="没能写出"):
        written(tmp_path / "b.xlsx", ["a"])
    assert [p.name for p in tmp_path.iterdir()] == ["b.xlsx"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to be had here")
def test_an_earlier_file_survives_a_failed_export(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    written(path, ["alt"])
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(RuleBroken, match="磁盘空间不足"):
        written(path, ["neu"])
    assert path.read_bytes() == before


def full_disk(_handle):
    with Path("/dev/full").open("wb", buffering=0) as full:
        full.write(b"x")


def test_values_are_shown_as_ledgers_write_them():
    assert shown_moment(datetime(2026, 8, 3, 1, 5, tzinfo=UTC)) == "2026-08-03 09:05"
    assert shown_moment(datetime(2026, 8, 3, 1, 5, 7, tzinfo=UTC)) == "2026-08-03 09:05:07"
    assert shown_moment(None) == ""
    assert [shown_yes_no(v) for v in (True, False, None)] == ["是", "否", ""]
    assert shown_list(("南塘社区", "榕东社区")) == "南塘社区;榕东社区"


def test_numbers_stay_numbers(tmp_path):
    write_sheet(tmp_path / "a.xlsx", title="表", header=["数"], rows=[[3], [2.5], [None]])
    rows = read_sheet(tmp_path / "a.xlsx", knows=lambda _h: True).rows
    assert json.dumps([row.cells[0] for row in rows]) == "[3, 2.5]"

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from desk.exchange import workbook
from desk.exchange.workbook import UnreadableWorkbook, heading_key, read_sheet
from tests.exchange.ledger_files import save_table


def anything(_header):
    return True


def repack(path, part, content):
    """Replace one part of a workbook, as a damaged or hostile file would have it."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    return path


WALL = datetime.fromisoformat("2026-08-03T09:05")
SHEET = "xl/worksheets/sheet1.xml"
SHEET_XML = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)


@pytest.fixture
def plain(tmp_path):
    return save_table(tmp_path / "台账.xlsx", ["编号", "内容"], [["A1", "甲"], ["A2", "乙"]])


def test_rows_keep_the_numbers_a_clerk_sees(tmp_path):
    path = save_table(tmp_path / "a.xlsx", ["编号"], [["A1"], [None], ["  "], ["A4"]])
    sheet = read_sheet(path, knows=anything)
    assert [(row.number, row.cells[0]) for row in sheet.rows] == [(2, "A1"), (5, "A4")]


def test_values_keep_their_types_and_formulas_their_text(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["甲", "乙", "丙", "丁", "戊"])
    sheet.append([1, 2.5, True, WALL, '=HYPERLINK("http://x","看")'])
    sheet["A3"] = ArrayFormula("A3", "=SUM(A2:B2)")
    book.save(tmp_path / "a.xlsx")

    rows = read_sheet(tmp_path / "a.xlsx", knows=anything).rows
    assert rows[0].cells[:5] == (
        1,
        2.5,
        True,
        WALL,
        '=HYPERLINK("http://x","看")',
    )
    assert rows[1].cells[0] == "=SUM(A2:B2)"


def test_escaped_control_characters_come_out_as_they_were(plain):
    cell = '<c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c>'
    texts = ["编号", "一行_x000D_\n两行", "_x005F_x0041_", "响铃_x0007_"]
    rows = "".join(
        f'<row r="{n}">{cell.format(row=n, text=text)}</row>' for n, text in enumerate(texts, 1)
    )
    repack(plain, SHEET, SHEET_XML.format(rows=rows))
    found = [row.cells[0] for row in read_sheet(plain, knows=anything).rows]
    assert found == ["一行\r\n两行", "_x0041_", "响铃\x07"]


def test_the_sheet_with_the_known_header_is_read_and_the_others_are_named(tmp_path):
    book = Workbook()
    book.active.title = "封面"
    ledger = book.create_sheet("七月")
    ledger.append(["外部编号"])
    ledger.append(["Q1"])
    book.save(tmp_path / "a.xlsx")

    sheet = read_sheet(tmp_path / "a.xlsx", knows=lambda header: "外部编号" in header)
    assert sheet.title == "七月"
    assert sheet.notes == ("只读取了工作表“七月”，另有 1 张没有读取：“封面”。",)


def test_headings_are_compared_without_width_blanks_and_asterisks():
    assert heading_key(" 协议金额（元）* ") == heading_key("协议金额（元）")
    assert heading_key("受理\n时间") == "受理时间"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "不是完好的"),
        (b"not a workbook at all", "不是完好的"),
        (b"PK\x03\x04broken", "不是完好的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "密码"),
        ("编号，内容\nA1，甲\n".encode(), "不是完好的"),
    ],
)
def test_what_is_no_workbook_ends_in_one_sentence(tmp_path, content, sentence):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableWorkbook, match=sentence):
        read_sheet(path, knows=anything)


def test_a_missing_file_and_a_folder_end_in_one_sentence(tmp_path):
    with pytest.raises(UnreadableWorkbook, match="找不到"):
        read_sheet(tmp_path / "没有.xlsx", knows=anything)
    with pytest.raises(UnreadableWorkbook):
        read_sheet(tmp_path, knows=anything)


def test_an_archive_that_is_no_workbook_ends_in_one_sentence(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableWorkbook, match="不是完好的"):
        read_sheet(path, knows=anything)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (SHEET, "<worksheet><unclosed>"),
        (SHEET, SHEET_XML.format(rows='<row r="1"><c r="A1" t="s"><v>999</v></c></row>')),
        (SHEET, SHEET_XML.format(rows='<row r="x"><c r="A1"><v>1</v></c></row>')),
        (SHEET, SHEET_XML.format(rows='<row r="1"><c r="ZZZZ1"><v>1</v></c></row>')),
        (SHEET, SHEET_XML.format(rows='<row r="1"><c r="A1"><v>nonsense</v></c></row>')),
        ("xl/workbook.xml", "<nothing/>"),
        ("xl/styles.xml", "broken"),
        ("[Content_Types].xml", ""),
    ],
)
def test_a_damaged_part_ends_in_one_sentence(plain, part, content):
    with pytest.raises(UnreadableWorkbook):
        read_sheet(repack(plain, part, content), knows=anything)


def test_a_workbook_cut_off_in_the_middle_ends_in_one_sentence(plain):
    plain.write_bytes(plain.read_bytes()[:-200])
    with pytest.raises(UnreadableWorkbook, match="不是完好的"):
        read_sheet(plain, knows=anything)


def test_a_bomb_is_refused_before_it_is_unpacked(plain):
    row = '<row><c t="inlineStr"><is><t>' + "字" * 1000 + "</t></is></c></row>"
    repack(plain, SHEET, SHEET_XML.format(rows=row * 6000))
    assert plain.stat().st_size < 200_000
    with pytest.raises(UnreadableWorkbook, match="庞大"):
        read_sheet(plain, knows=anything)


def test_entity_definitions_are_refused(plain):
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
        + SHEET_XML.format(rows='<row r="1"><c t="inlineStr"><is><t>&b;</t></is></c></row>')
    )
    for content in (bomb, bomb.encode("utf-16")):
        with pytest.raises(UnreadableWorkbook, match="恶意"):
            read_sheet(repack(plain, SHEET, content), knows=anything)


def test_a_row_far_down_the_sheet_does_not_hold_up_the_reading(plain):
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c></row>'
        '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'
    )
    repack(plain, SHEET, SHEET_XML.format(rows=rows))
    assert read_sheet(plain, knows=anything).rows == ()


def test_too_many_rows_or_columns_are_refused(tmp_path, monkeypatch):
    wide = save_table(tmp_path / "w.xlsx", [f"列{n}" for n in range(300)], [])
    with pytest.raises(UnreadableWorkbook, match="256 列"):
        read_sheet(wide, knows=anything)

    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    long = save_table(tmp_path / "l.xlsx", ["编号"], [[n] for n in range(4)])
    with pytest.raises(UnreadableWorkbook, match="3 行"):
        read_sheet(long, knows=anything)


def test_a_workbook_with_nothing_in_it_is_read_as_empty(tmp_path):
    Workbook().save(tmp_path / "a.xlsx")
    sheet = read_sheet(tmp_path / "a.xlsx", knows=anything)
    assert (sheet.header, sheet.rows) == ((), ())

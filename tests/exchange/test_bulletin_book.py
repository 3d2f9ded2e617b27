"""A bulletin as a workbook: words, tables to be sorted, shares as formulas, no text a formula."""

import pytest
from openpyxl import load_workbook

from desk.exchange.bulletin_book import bulletin_book, write_bulletin
from desk.rules.bulletin_words import sentences
from desk.rules.errors import RuleBroken
from tests.bulletin_specimen import facts, row, task


def book(kind="monthly", **more):
    one = facts(kind, **more)
    return bulletin_book(one, sentences(one))


def column(sheet, head):
    heads = [cell.value for cell in sheet[1]]
    return [line[heads.index(head)].value for line in sheet.iter_rows(min_row=2)]


def test_the_words_come_first_and_each_table_has_a_sheet():
    made = book()
    assert made.sheetnames == [
        *("通报", "主要指标", "各单位", "社区", "类别", "小区地点", "最近七期"),
        *("要盯办的件", "三升两降", "研判会任务"),
    ]
    words = [cell.value for cell in made["通报"]["A"]]
    assert words[0] == "青榕街道群众诉求办理月研判（2026 年 11 月）"
    assert "总体情况" in words
    assert words[-1] == "考评规则：缺省 2026-01-01；数字截至 12 月 1 日 08:30。"


def test_a_day_has_no_sheet_of_units():
    assert "各单位" not in book("daily").sheetnames


def test_every_table_can_be_sorted_and_covers_its_lines():
    for sheet in book().worksheets[1:]:
        (table,) = sheet.tables.values()
        assert table.ref == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"


def test_numbers_are_numbers_and_shares_are_formulas():
    made = book()
    figures = made["主要指标"]
    assert column(figures, "本期")[:3] == [50, 40, 97.5]
    assert column(figures, "环比（%，率为百分点）")[0].startswith(
        '=IF(N(C2)=0,"—",ROUND((B2-C2)/C2'
    )
    assert column(figures, "环比（%，率为百分点）")[2].startswith("=IF(OR(ISBLANK(B4)")
    assert column(figures, "本期")[8] == 88.0
    assert column(made["各单位"], "承办占比")[1] == "=IF(SUM(B$2:B$4)=0,0,B3/SUM(B$2:B$4))"
    assert column(made["社区"], "占本期受理")[0] == "=IF(50=0,0,B2/50)"
    assert column(made["各单位"], "名次")[0] == 1


def test_no_text_becomes_a_formula(tmp_path):
    evil = "=HYPERLINK(1)"
    target = tmp_path / "通报.xlsx"
    one = facts("weekly", communities=[row(evil, 3, 1)], tasks=[task(text=evil)])
    write_bulletin(target, one, sentences(one) | {"hot": [evil]})
    again = load_workbook(target)

    for sheet, cell in (("社区", "A2"), ("研判会任务", "A2")):
        assert again[sheet][cell].value == evil
        assert again[sheet][cell].data_type == "s"
    hot = next(cell for cell in again["通报"]["A"] if cell.value == evil)
    assert hot.data_type == "s"


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(RuleBroken, match="没能写出"):
        write_bulletin(tmp_path / "none" / "x.xlsx", facts(), {})

"""Ledgers full of texts that have broken other programs: taken as they are, tidied, or refused."""

import json
from datetime import date
from pathlib import Path

import pytest

from desk.exchange.export_ledger import export_ledger
from desk.exchange.import_ledger import import_ledger
from desk.exchange.workbook import read_sheet
from desk.exchange.write_workbook import write_sheet
from desk.rules.errors import RuleBroken
from desk.rules.text_gate import LIMITS, Field, clean
from tests.exchange.ledger_files import GOOD_ROW

LIST = Path(__file__).parents[1] / "files" / "blns.json"
EXTRA = (
    "王𬭎", "\U00030000\U00031350", "e\u0301", "1\u20442", "\u202e倒着写", "零\u200b宽",
    "\ufeff首", "铃\x07声", "一\r\n二", "=1+1", "+1", "-1", "@x", "100%", "_", "\\", "'",
    '"', "../../etc/passwd", "CON.pdf", "字" * 200, "\u0000", "𓀀𓂀", "👨\u200d👩\u200d👧",
)  # fmt: skip
TEXT_FIELDS = {
    "诉求内容": Field.BODY,
    "处理意见": Field.BODY,
    "备注": Field.BODY,
    "地址": Field.TITLE,
    "不纳入原因": Field.TITLE,
    "诉求人": Field.NAME,
    "首问人": Field.NAME,
}


def naughty():
    listed = json.loads(LIST.read_text("utf-8"))
    return [text for text in (*listed, *EXTRA) if text.strip() and _is_writable(text)]


def _is_writable(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def rows():
    """Give every text to two fields; a name only gets what fits one."""
    texts, fields = naughty(), list(TEXT_FIELDS)
    for start in range(0, len(texts), 3):
        row = dict(GOOD_ROW) | {"外部编号": f"N{start}", "备注": "", "处理意见": ""}
        for offset, heading in enumerate(fields):
            text = texts[(start + offset) % len(texts)]
            if len(text) <= LIMITS[TEXT_FIELDS[heading]]:
                row[heading] = text
        yield row


def expected(row):
    """Return what must be on record, or None where the gate refuses a text of the row."""
    kept = {}
    for heading, kind in TEXT_FIELDS.items():
        try:
            kept[heading] = clean(row.get(heading, ""), kind).text
        except RuleBroken:
            return None
    return kept if kept["诉求内容"] else None


def test_every_naughty_text_comes_back_as_the_gate_leaves_it(street, tmp_path):
    given = list(rows())
    header = [*GOOD_ROW, *(h for h in TEXT_FIELDS if h not in GOOD_ROW)]
    path = tmp_path / "a.xlsx"
    write_sheet(
        path, title="表", header=header, rows=[[row.get(h, "") for h in header] for row in given]
    )
    result = import_ledger(street, path)
    good = {row["外部编号"]: kept for row in given if (kept := expected(row)) is not None}
    assert result.imported == len(good)
    assert len(result.refused) == len(given) - len(good)

    out = tmp_path / "out.xlsx"
    export_ledger(
        street, out, first_day=date(2026, 1, 1), last_day=date(2026, 12, 31), reason="核对"
    )
    sheet = read_sheet(out, knows=lambda h: "外部编号" in h)
    found = {}
    for line in sheet.rows:
        cells = dict(zip(sheet.header, line.cells, strict=False))
        found[cells["外部编号"]] = {h: cells.get(h) or "" for h in TEXT_FIELDS}
    assert found == good


@pytest.mark.parametrize(
    "heading", ["来源平台", "社区", "主办单位", "一级分类", "受理时间", "外部编号"]
)
def test_a_naughty_text_where_a_word_is_expected_ends_in_a_sentence(street, tmp_path, heading):
    given = [{**GOOD_ROW, "外部编号": f"N{n}", heading: t} for n, t in enumerate(naughty())]
    header = list(dict.fromkeys([*GOOD_ROW, heading]))
    path = tmp_path / "a.xlsx"
    write_sheet(
        path, title="表", header=header, rows=[[row.get(h, "") for h in header] for row in given]
    )
    result = import_ledger(street, path, is_check=True)
    assert result.imported + result.skipped + result.updated + len(result.refused) == len(given)
    assert all(refusal.reason.endswith("。") for refusal in result.refused)

"""`bulletin` writes a day, a week or a month as PDF, workbook or JSON (EXCHANGE.md 1)."""

import json

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

ON = ("--on", "2026-11-10")


def test_a_bulletin_is_written_in_three_ways_that_say_the_same(command, demo_url, tmp_path):
    files = {end: tmp_path / f"通报.{end}" for end in ("json", "xlsx", "pdf")}
    for file in files.values():
        answer = command("bulletin", "weekly", *ON, "--output", file, "--database", demo_url)
        assert answer.code == 0
        assert str(file) in answer.out

    facts = json.loads(files["json"].read_text(encoding="utf-8"))
    received = facts["total"]["received"]
    assert (facts["kind"], facts["from"], facts["to"]) == ("weekly", "2026-11-09", "2026-11-15")
    assert str(received) in facts["sentences"]["overview"][0]
    assert load_workbook(files["xlsx"])["主要指标"]["B2"].value == received
    paper = "".join(page.extract_text() for page in PdfReader(files["pdf"]).pages)
    assert "（未印发）" in paper


def test_the_figures_are_those_of_rates(command, demo_url, tmp_path):
    target = tmp_path / "month.json"
    command("bulletin", "monthly", "--on", "2026-10-15", "--output", target, "--database", demo_url)
    october = ("--from", "2026-10-01", "--to", "2026-10-31", "--json")
    rates = json.loads(command("rates", *october, "--database", demo_url).out)

    assert json.loads(target.read_text(encoding="utf-8"))["total"] == rates["total"]


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (("daily", *ON, "--output", "x.doc"), "结尾"),
        (("daily", "--on", "2099-01-01", "--output", "x.json"), "还没有开始"),
        (("yearly", *ON, "--output", "x.json"), "没有这一项"),
        (("daily", "--output", "x.json"), "缺少"),
    ],
)
def test_what_cannot_be_meant_ends_with_two(command, demo_url, argv, sentence):
    answer = command("bulletin", *argv, "--database", demo_url)

    assert answer.code == 2
    assert sentence in answer.err

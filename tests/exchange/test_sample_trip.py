"""Both sample ledgers go in, come out, and go into another database with the same organisation."""

from datetime import date, datetime

import pytest

from desk.exchange.export_ledger import export_ledger
from desk.exchange.import_ledger import import_ledger
from desk.exchange.workbook import read_sheet
from desk.queries.rates import rated_cases
from desk.rules.moments import SHANGHAI
from desk.store.models import Case
from tests.clock import HandClock
from tests.exchange.case_facts import count, facts_of, only_case
from tests.exchange.conftest import Streets
from tests.exchange.ledger_files import APPEALS, TICKETS
from tests.exchange.test_ledgers import COLUMNS_OF_APPEALS

LAST_APPEAL = date(2026, 6, 30)  # all tickets of the other sample are younger
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def counts(result):
    return result.imported, result.updated, result.skipped, len(result.refused)


def exported(street, path, last=LAST):
    export_ledger(street, path, first_day=FIRST, last_day=last, reason="月度分析")
    return table(path)


def table(path):
    sheet = read_sheet(path, knows=lambda header: "外部编号" in header)
    return sheet.header, [row.cells for row in sheet.rows]


def rates(street):
    return sorted(map(repr, street.read(lambda r: rated_cases(r, FIRST, LAST))))


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_both_samples_go_in_once_come_out_and_go_into_another_street(request, engine, tmp_path):
    """One test, so that the samples are imported once per engine, wherever it runs."""
    clock = HandClock(datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI))
    streets = Streets(request, engine, tmp_path, clock)
    try:
        street = streets.copy()
        ends_as_agreed(street, import_ledger(street, APPEALS), import_ledger(street, TICKETS))
        nothing_comes_twice(street)
        has_the_agreed_columns_and_the_samples_own_values(street, tmp_path)
        survives_the_way_out_and_in_again(street, streets.copy(), tmp_path)
    finally:
        streets.drop()


def ends_as_agreed(street, appeals, tickets):
    assert (counts(appeals), appeals.exit_code) == ((480, 0, 0, 0), 0)
    assert (counts(tickets), tickets.exit_code) == ((318, 0, 1, 1), 1)
    assert tickets.refused[0].sentence == (
        "第 122 行 村/社区:本街道没有叫“不存在的社区”的社区，请核对名称，或先在单位表中添上。"
    )
    assert only_case(street, "LW2026081900052")["community_id"] == "榕东社区"


def nothing_comes_twice(street):
    assert counts(import_ledger(street, APPEALS)) == (0, 0, 480, 0)
    assert counts(import_ledger(street, TICKETS)) == (0, 0, 319, 1)
    assert count(street, Case) == 798


def has_the_agreed_columns_and_the_samples_own_values(street, tmp_path):
    header, rows = exported(street, tmp_path / "appeals.xlsx", last=LAST_APPEAL)
    assert list(header) == COLUMNS_OF_APPEALS

    def in_order(lines):
        return sorted([value or "" for value in line] for line in lines)

    assert in_order(rows) == in_order(table(APPEALS)[1])


def survives_the_way_out_and_in_again(street, second, tmp_path):
    before = exported(street, tmp_path / "out.xlsx")
    assert counts(import_ledger(second, tmp_path / "out.xlsx")) == (798, 0, 0, 0)

    assert facts_of(second) == facts_of(street)
    assert rates(second) == rates(street)
    assert exported(second, tmp_path / "again.xlsx") == before
    # and what came out changes nothing where it came from
    assert counts(import_ledger(street, tmp_path / "out.xlsx")) == (0, 0, 798, 0)

"""Both sample ledgers go in, come out, and go into another database with the same organisation."""

from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from desk.exchange.export_ledger import export_ledger
from desk.exchange.import_ledger import import_ledger
from desk.queries.figure_cases import Figure, figure_cases
from desk.queries.rate_figures import period_figures, period_report
from desk.queries.rates import rated_cases
from desk.rules.measures import Measure
from desk.rules.moments import SHANGHAI
from desk.rules.rate_groups import EXCHANGED, GroupBy
from desk.rules.rates_report import whole_of
from desk.rules.report_rows import count_of
from desk.store.models import Case
from desk.store.rate_rules import hall_rate_rules
from tests.clock import HandClock
from tests.exchange.bulletin_agrees import bulletin_agrees
from tests.exchange.case_facts import count, facts_of, only_case
from tests.exchange.conftest import Streets
from tests.exchange.ledger_files import APPEALS, TICKETS, save_table
from tests.exchange.tables import ledger_table
from tests.exchange.test_ledgers import COLUMNS_OF_APPEALS
from tests.rates_by_hand import agreed, of_ledger, of_tables, report

LAST_APPEAL = date(2026, 6, 30)  # all tickets of the other sample are younger
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DRILLED = (Measure.RECEIVED, Measure.DISSATISFIED, Measure.NOT_RESPONDED, Measure.MISSED_HANDLE)


def counts(result):
    return result.imported, result.updated, result.skipped, len(result.refused)


def exported(street, path, last=LAST):
    export_ledger(street, path, first_day=FIRST, last_day=last, reason="月度分析")
    return ledger_table(path)


def rates(street):
    return sorted(map(repr, street.read(lambda r: rated_cases(r, FIRST, LAST))))


@pytest.mark.unmeasured
@pytest.mark.parametrize(("engine", "every"), [("sqlite", 1), ("postgresql", 7)])
def test_both_samples_go_in_once_come_out_and_go_into_another_street(
    request, engine, every, tmp_path
):
    """One test, so that the samples are imported once per engine: whole, or every seventh row."""
    clock = HandClock(datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI))
    streets = Streets(request, engine, tmp_path, clock)
    files = [thinned(path, tmp_path, every) for path in (APPEALS, TICKETS)]
    try:
        street = streets.copy()
        results = [import_ledger(street, files[0])]
        agrees_with_what_is_counted_by_hand(street, files[0], clock)
        assert bulletin_agrees(street, LAST_APPEAL)["total"]["received"] > 10
        results.append(import_ledger(street, files[1]))
        if every == 1:
            ends_as_agreed(street, *results)
        nothing_comes_twice(street, files, results)
        has_the_agreed_columns_and_the_samples_own_values(street, files[0], tmp_path)
        survives_the_way_out_and_in_again(street, streets.copy(), tmp_path)
    finally:
        streets.drop()


def thinned(path, folder, every):
    """Return the ledger itself, or a copy with every so many of its rows."""
    if every == 1:
        return path
    header, *rows = load_workbook(path).active.iter_rows(values_only=True)
    return save_table(folder / path.name, header, rows[::every])


def ends_as_agreed(street, appeals, tickets):
    assert (counts(appeals), appeals.exit_code) == ((480, 0, 0, 0), 0)
    assert (counts(tickets), tickets.exit_code) == ((318, 0, 1, 1), 1)
    assert tickets.refused[0].sentence == (
        "第 122 行 村/社区:本街道没有叫“不存在的社区”的社区，请核对名称，或先在单位表中添上。"
    )
    assert only_case(street, "LW2026081900052")["community_id"] == "榕东社区"


def nothing_comes_twice(street, files, results):
    for file, first in zip(files, results, strict=True):
        taken = first.imported + first.skipped
        assert counts(import_ledger(street, file)) == (0, 0, taken, len(first.refused))
    assert count(street, Case) == sum(first.imported for first in results) > 100


def agrees_with_what_is_counted_by_hand(street, ledger, clock):
    """Hold the report against the sheet and the tables, and every figure against its cases."""
    rules = street.read(lambda r: hall_rate_rules(r.session, r.person.street_id))
    in_tables = street.read(lambda r: of_tables(r.session, clock()))
    in_sheet = of_ledger(ledger)
    for by in EXCHANGED:
        found = street.read(lambda r, b=by: period_report(r, FIRST, LAST_APPEAL, b))
        wanted = report(in_tables, FIRST, LAST_APPEAL, by.value)
        assert agreed(found, wanted) == wanted
        wanted = report(in_sheet, FIRST, LAST_APPEAL, by.value)
        del wanted["total"]["on_time"], wanted["total"]["overdue"]  # no sheet tells what was late
        assert agreed(found, wanted) == wanted
    groups = {None: whole_of(street.read(lambda r: period_figures(r, FIRST, LAST_APPEAL)), rules)}
    groups |= street.read(lambda r: period_figures(r, FIRST, LAST_APPEAL)).rows
    for key, group in groups.items():
        by = None if key is None else GroupBy.UNIT
        for measure in Measure if key is None else DRILLED:
            figure = Figure(FIRST, LAST_APPEAL, measure, by, key)
            cases = street.read(lambda r, f=figure: figure_cases(r, f, size=1000))
            assert len(cases) == count_of(group, measure), (key, measure)


def has_the_agreed_columns_and_the_samples_own_values(street, appeals, tmp_path):
    header, rows = exported(street, tmp_path / "appeals.xlsx", last=LAST_APPEAL)
    assert list(header) == COLUMNS_OF_APPEALS

    def in_order(lines):
        width = len(COLUMNS_OF_APPEALS)  # empty cells at the end are not always there
        return sorted([*(value or "" for value in line), *[""] * width][:width] for line in lines)

    came, went = in_order(ledger_table(appeals)[1]), in_order(rows)
    assert [(a, b) for a, b in zip(went, came, strict=True) if a != b] == []


def survives_the_way_out_and_in_again(street, second, tmp_path):
    before = exported(street, tmp_path / "out.xlsx")
    there = count(street, Case)
    assert counts(import_ledger(second, tmp_path / "out.xlsx")) == (there, 0, 0, 0)

    assert facts_of(second) == facts_of(street)
    assert rates(second) == rates(street)
    assert exported(second, tmp_path / "again.xlsx") == before
    # and what came out changes nothing where it came from
    assert counts(import_ledger(street, tmp_path / "out.xlsx")) == (0, 0, there, 0)

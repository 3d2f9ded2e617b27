"""The three rates over a whole demo street, against a plain recount of what is on record."""

import json
from collections import defaultdict
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from sqlalchemy import text

from desk.queries.rates import rated_cases
from desk.rules.moments import SHANGHAI
from desk.rules.rate_groups import GroupBy
from desk.rules.rates_report import rates_report
from desk.store.signing_in import sign_in_built_in
from tests.demo_street import NOW

FIRST, LAST = date(2026, 1, 1), date(2026, 11, 20)

# Only columns, no program of ours: what somebody with a spreadsheet would count.
ROWS = """
SELECT c.id, c.received_at, c.counts_in_rates, c.was_contacted, c.resolution, c.satisfaction,
       c.is_overdue, c.repeat_of_id, c.lead_unit_id, c.first_unit_id, v.short_name
FROM cases c JOIN unit_versions v ON v.unit_id = COALESCE(c.lead_unit_id, c.first_unit_id)
"""
SUPPORTS = """
SELECT a.case_id, v.short_name FROM assignments a JOIN unit_versions v ON v.unit_id = a.unit_id
WHERE a.role = 'support' AND a.status NOT IN ('returned', 'replaced')
"""


@pytest.fixture
def demo(demo_url):
    database = sign_in_built_in(demo_url, clock=lambda: NOW)
    yield database
    database.close()


def cents(part, whole):
    """Return a percentage as an accountant rounds it, or None of nothing."""
    if not whole:
        return None
    exact = Decimal(part) * 100 / Decimal(whole)
    return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def in_period(row):
    moment = row.received_at
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return FIRST <= moment.astimezone(SHANGHAI).date() <= LAST


def test_the_report_agrees_with_a_recount_of_the_record(demo):
    cases = demo.read(lambda r: rated_cases(r, FIRST, LAST))
    report = rates_report(cases, first=FIRST, last=LAST, by=GroupBy.UNIT)
    rows = demo.read(lambda r: r.session.execute(text(ROWS)).all())
    rows = [row for row in rows if in_period(row)]

    total = report["total"]
    assert total["received"] == len(rows) == len(cases)
    assert total["overdue"] == sum(bool(row.is_overdue) for row in rows)
    assert total["repeats"] == sum(row.repeat_of_id is not None for row in rows)
    assessed = [row for row in rows if row.counts_in_rates]
    assert total["assessed"] == len(assessed)
    assert total["satisfied"] == sum(row.satisfaction == "satisfied" for row in assessed)
    assert total["fairly_satisfied"] == sum(row.satisfaction == "fairly" for row in assessed)
    assert total["dissatisfied"] == sum(row.satisfaction == "dissatisfied" for row in assessed)
    assert total["responded"] == sum(bool(row.was_contacted) for row in assessed)
    assert total["response_rate"] == cents(total["responded"], total["visited"])
    assert total["daily_mean"] == str(
        (Decimal(len(rows)) / ((LAST - FIRST).days + 1)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    )


def test_every_case_counts_once_for_each_unit_that_worked_on_it(demo):
    cases = demo.read(lambda r: rated_cases(r, FIRST, LAST))
    report = rates_report(cases, first=FIRST, last=LAST, by=GroupBy.UNIT)
    rows = demo.read(lambda r: r.session.execute(text(ROWS)).all())
    helpers = defaultdict(set)
    for case, name in demo.read(lambda r: r.session.execute(text(SUPPORTS)).all()):
        helpers[case].add(name)

    received = defaultdict(int)
    for row in rows:
        for name in {row.short_name} | helpers[row.id]:
            received[name] += in_period(row)
    assert {row["key"]: row["received"] for row in report["rows"]} == {
        name: count for name, count in received.items() if count
    }
    assert sum(row["received"] for row in report["rows"]) > report["total"]["received"]


@pytest.mark.parametrize("by", [GroupBy.COMMUNITY, GroupBy.CATEGORY, GroupBy.CHANNEL])
def test_the_rows_of_other_groupings_add_up_to_the_total(demo, by):
    cases = demo.read(lambda r: rated_cases(r, FIRST, LAST))

    report = rates_report(cases, first=FIRST, last=LAST, by=by)

    for name in ("received", "assessed", "responded", "resolved", "satisfied"):
        assert sum(row[name] for row in report["rows"]) == report["total"][name]
    assert json.dumps(report, ensure_ascii=False)


def test_the_months_of_a_year_add_up_to_the_year(demo):
    whole = demo.read(lambda r: rated_cases(r, FIRST, LAST))
    parts = [
        case
        for month in range(1, 12)
        for case in demo.read(
            lambda r, m=month: rated_cases(r, date(2026, m, 1), min(LAST, _end(m)))
        )
    ]

    assert len(parts) == len(whole)
    assert {case.received_on.month for case in whole} == {10, 11}


def _end(month):
    following = date(2026 + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def test_a_clock_that_still_runs_within_its_limit_says_nothing_yet(demo):
    cases = demo.read(lambda r: rated_cases(r, date(2026, 11, 20), LAST))
    old = demo.read(lambda r: rated_cases(r, date(2026, 6, 1), date(2026, 8, 31)))

    assert any(len(case.on_time) < 4 for case in cases)
    assert all(case.on_time for case in old if len(case.units) > 1)

"""The report on a demo street is, to the last digit, what somebody counts by hand from its rows."""

from datetime import date

import pytest

from desk.queries.rate_figures import period_report
from desk.rules.rate_groups import EXCHANGED, GroupBy
from desk.store.signing_in import sign_in_built_in
from tests.demo_street import NOW
from tests.rates_by_hand import agreed, of_tables, people_of, report

PERIODS = (
    (date(2025, 11, 21), date(2026, 11, 20)),
    (date(2026, 10, 15), date(2026, 11, 3)),
    (date(2026, 11, 20), date(2026, 11, 20)),
)


@pytest.fixture
def demo(demo_url):
    database = sign_in_built_in(demo_url, clock=lambda: NOW)
    yield database
    database.close()


def test_every_figure_is_the_one_that_is_counted_by_hand(demo):
    cases = demo.read(lambda r: of_tables(r.session, NOW))

    for by in EXCHANGED:
        for period in PERIODS:
            people = demo.read(lambda r, p=period: people_of(r.session, p[1]))
            lived_in = people if by is GroupBy.COMMUNITY else None
            wanted = report(cases, *period, by.value, lived_in)
            found = demo.read(lambda r, p=period, b=by: period_report(r, *p, b))
            assert agreed(found, wanted) == wanted
    assert len(cases) > 200
    assert sum(len(case["appeals"]) for case in cases) > 0
    assert people[""] == sum(n for name, n in people.items() if name.endswith("社区"))

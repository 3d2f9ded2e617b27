"""A whole fictional street goes out as a ledger and comes in again."""

from datetime import date

import pytest

from desk.demo.build import build_demo
from desk.exchange.export_ledger import export_ledger
from desk.exchange.import_ledger import import_ledger
from desk.queries.rates import rated_cases
from desk.rules.codes import ClockKind
from desk.store.database import Database
from desk.store.signing_in import sign_in_built_in
from tests.exchange.tables import ledger_table

DAYS = (date(2025, 1, 1), date(2026, 12, 31))
IN_THE_RATES = set(ClockKind) - {ClockKind.ACCEPT, ClockKind.FOLLOW_UP}

# what no column of the ledger tells: what was sent back or done again, how people were met,
# appeals, and whether the result of what is done already waits for its opinion
UNTOLD = {"is_met", "is_reached", "is_redone", "is_returned", "is_handled", "is_answered"}
UNTOLD |= {"is_appealed", "has_won_appeal"}


@pytest.fixture
def make_demo(tmp_path, clock):
    made = []

    def make(name, cases):
        url = f"sqlite:///{tmp_path / name}"
        # a seed in whose street a case was merged before its limit passed: it is late in neither
        build_demo(url, cases=cases, seed=3, until=date(2026, 10, 31))
        signed_in = sign_in_built_in(url)
        made.append(signed_in)
        return Database(signed_in.engine, signed_in.person, clock=clock)

    yield make
    for database in made:
        database.close()


def rates(database):
    def told(case):
        kept = {kind: case.on_time[kind] for kind in IN_THE_RATES & set(case.on_time)}
        facts = {name: getattr(case, name) for name in set(case.__dataclass_fields__) - UNTOLD}
        return sorted((facts | {"on_time": sorted(kept.items())}).items())

    return sorted(map(repr, map(told, database.read(lambda r: rated_cases(r, *DAYS)))))


def table(database, path):
    export_ledger(database, path, first_day=DAYS[0], last_day=DAYS[1], reason="核对")
    return ledger_table(path)


def test_a_street_of_cases_keeps_its_rates_on_the_way_out_and_in(make_demo, tmp_path):
    first, second = make_demo("first.db", 120), make_demo("second.db", 0)
    before = table(first, tmp_path / "out.xlsx")

    result = import_ledger(second, tmp_path / "out.xlsx")
    assert (result.imported, result.refused) == (120, ())
    assert rates(second) == rates(first)
    assert table(second, tmp_path / "again.xlsx") == before

    own = import_ledger(first, tmp_path / "out.xlsx")
    assert (own.imported, own.updated, own.skipped) == (0, 0, 120)

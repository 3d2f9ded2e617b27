"""Every edge of assessment comes out as agreed, from the sums and case by case, on both engines."""

from datetime import date, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desk.exchange.import_ledger import import_ledger
from desk.queries.compared_figures import compared_report
from desk.queries.figure_cases import Figure, figure_count
from desk.queries.rate_figures import beside_of, period_figures, period_report
from desk.queries.rates import rated_cases
from desk.rules.measures import Measure
from desk.rules.moments import SHANGHAI
from desk.rules.rate_groups import GroupBy
from desk.rules.rate_rules import plain_rules
from desk.rules.rates_report import figures_of, report_of, whole_of
from desk.rules.report_rows import count_of
from desk.store.engine import WRITES
from desk.store.ids import new_id
from desk.store.models import BonusPoint, RateRuleSet, UnitVersion
from desk.store.rate_rules import hall_rate_rules
from tests.clock import HandClock
from tests.databases import ENGINES
from tests.exchange.conftest import Streets
from tests.exchange.ledger_files import save_ledger
from tests.exchange.rate_edges import BAD, EDGES, Edge, case

pytestmark = pytest.mark.unmeasured
START = date(2021, 1, 1)
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI)
RENAMED, NEW_NAME = "民政办", "社会事务办"
# the last two: a unit that got another name in the middle of a month, a row that came twice
REORGANISED = Edge("a unit keeps what it did under each of its names", (
    [case("14 10:00", 主办单位=RENAMED), case("16 10:00", 主办单位=RENAMED, **BAD)],), {
    f"rows.{RENAMED}.received": 1, f"rows.{NEW_NAME}.received": 1, f"rows.{RENAMED}.rank": 1,
    f"rows.{NEW_NAME}.satisfaction_rate": "0.00"})  # fmt: skip
RATED_AGAIN = Edge("what the platform says later counts", ([case(**BAD)],), {
    "total.satisfaction_rate": "100.00", "total.received": 1, "total.double_no": 0})  # fmt: skip
ALL = (*EDGES, REORGANISED, RATED_AGAIN)


def later(month, n):
    """Return the month that is so many months later."""
    years, left = divmod(month.month - 1 + n, 12)
    return date(month.year + years, left + 1, 1)


def first_months():
    at = START
    for edge in ALL:
        yield edge.name, at
        at = later(at, len(edge.months))


FIRST_MONTH = dict(first_months())
END = later(FIRST_MONTH[RATED_AGAIN.name], 1) - timedelta(days=1)


def months():
    """Yield every month with its edge and its number within it."""
    for edge in ALL:
        for n in range(len(edge.months)):
            yield later(FIRST_MONTH[edge.name], n), edge, n


def period(edge):
    """Return the days of an edge's report."""
    first = FIRST_MONTH[edge.name]
    last = later(first, len(edge.months)) - timedelta(days=1)
    if edge.days is None:
        return first, last
    return first.replace(day=edge.days[0]), last.replace(day=edge.days[1])


@pytest.fixture(scope="module", params=ENGINES)
def street(request, tmp_path_factory):
    """The fictional street with the cases of all edges, once for each engine."""
    folder = tmp_path_factory.mktemp("edges")
    streets = Streets(request, request.param, folder, HandClock(NOW))
    database = streets.copy()
    units = dict(database.read(lambda r: r.session.execute(
        select(UnitVersion.short_name, UnitVersion.unit_id)).all()))  # fmt: skip
    rows = list(ledger_rows())
    result = import_ledger(database, save_ledger(folder / "edges.xlsx", *rows))
    assert (result.imported, result.refused) == (len(rows), ())
    again = rows[-1] | {"是否解决": "是", "是否满意": "满意"}
    result = import_ledger(database, save_ledger(folder / "again.xlsx", again))
    assert (result.updated, result.refused) == (1, ())
    with Session(database.engine.execution_options(**{WRITES: True})) as session, session.begin():
        session.add_all(rule_sets(database.person))
        session.add_all(points(database.person, units))
        rename(session, database.person, units[RENAMED])
    yield database
    streets.drop()


def ledger_rows():
    numbers = count()
    for month, edge, n in months():
        last = (later(month, 1) - timedelta(days=1)).day
        for one in edge.months[n]:
            told = {
                heading: f"{month:%Y-%m}-{value.replace('last', str(last))}"
                for heading, value in one.items()
                if "时间" in heading
            }
            yield one | told | {"外部编号": f"E{next(numbers)}"}


def rule_sets(person):
    for month, edge, n in months():
        rules = edge.rules[min(n, len(edge.rules) - 1)]
        value = plain_rules(rules) | {"name": f"{month:%Y-%m}", "valid_from": str(month)}
        row = {"valid_from": month, "value": value, "set_by": person.staff_id, "set_at": NOW}
        yield RateRuleSet(id=new_id(), street_id=person.street_id, **row)


def points(person, units):
    for edge in EDGES:
        for unit, hundredths in edge.points.items():
            ended = NOW if unit in edge.withdrawn else None
            yield BonusPoint(
                id=new_id(),
                street_id=person.street_id,
                month=f"{FIRST_MONTH[edge.name]:%Y-%m}",
                unit_id=units[unit],
                hundredths=hundredths,
                reason="得到上级表扬",
                approved_by=person.staff_id,
                given_at=NOW,
                withdrawn_by=person.staff_id if ended else None,
                withdrawn_at=ended,
            )


def rename(session, person, unit):
    """Give a unit another name from the fifteenth of its month on."""
    start = FIRST_MONTH[REORGANISED.name].replace(day=15)
    old = session.scalars(select(UnitVersion).where(UnitVersion.unit_id == unit)).one()
    facts = {c.key: getattr(old, c.key) for c in UnitVersion.__table__.columns}
    facts |= {"id": new_id(), "name": NEW_NAME, "short_name": NEW_NAME, "valid_from": start}
    session.execute(update(UnitVersion).where(UnitVersion.id == old.id).values(
        valid_from=date(2020, 1, 1), valid_to=start))  # fmt: skip
    session.add(UnitVersion(**facts))


def told(report, way):
    """Return what a report says at “rows.城建办.rank”."""
    for word in way.split("."):
        if isinstance(report, dict):
            report = report[word]
        elif word.isdigit() and "month" in report[0]:
            report = report[int(word)]
        else:
            report = next(row for row in report if row["key"] == word)
    return report


@pytest.mark.parametrize("edge", ALL, ids=lambda edge: edge.name)
def test_an_edge_of_assessment(street, edge):
    first, last = period(edge)
    sums = street.read(lambda r: period_report(r, first, last, edge.by))

    def plain(reader):
        rules = hall_rate_rules(reader.session, reader.person.street_id)
        figures = figures_of(rated_cases(reader, first, last), edge.by, rules)
        beside = beside_of(reader, (first, last), edge.by)
        return report_of(figures, first=first, last=last, rules=rules, beside=beside)

    assert {way: told(sums, way) for way in edge.wanted} == edge.wanted
    assert sums == street.read(plain)


def test_behind_every_figure_of_all_edges_lie_its_cases(street):
    rules = street.read(lambda r: hall_rate_rules(r.session, r.person.street_id))
    whole = whole_of(street.read(lambda r: period_figures(r, START, END)), rules)
    for measure in Measure:
        counted = street.read(lambda r, m=measure: figure_count(r, Figure(START, END, m)))
        assert counted == count_of(whole, measure), measure
    for by in GroupBy:
        rows = street.read(lambda r, b=by: period_figures(r, START, END, b)).rows
        for key, group in rows.items() if by is not GroupBy.DAY else ():
            figure = Figure(START, END, Measure.NOT_RESPONDED, by, key)
            counted = street.read(lambda r, f=figure: figure_count(r, f))
            assert counted == count_of(group, Measure.NOT_RESPONDED), (by, key)


def test_after_a_month_without_cases_there_is_nothing_to_compare_with(street):
    nobody = FIRST_MONTH["nobody came"]
    first = later(nobody, 1)
    found = street.read(lambda r: compared_report(r, first, later(first, 1) - timedelta(days=1)))

    figures = {one.name: one for one in found.figures}
    assert (found.before.first, found.year_ago.first) == (nobody, first.replace(year=2020))
    assert figures["received"].since_before == figures["received"].since_year_ago == "—"
    assert {row["arrow"] for row in found.report["rows"]} == {""}

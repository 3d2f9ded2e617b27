"""The demo street: the same from the same seed, whole by every check, and only on a fresh base."""

import shutil
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import case, func, select, text
from sqlalchemy.orm import Session

from desk.actions.dispatching import DispatchCase
from desk.demo.build import build_demo
from desk.demo.dispatch_scenes import live_dispatching
from desk.demo.index import street_index
from desk.forms import render
from desk.forms.row_keys import keys
from desk.queries.chain_health import chain_findings
from desk.queries.clock_health import clock_findings
from desk.queries.health import constraint_findings
from desk.queries.number_health import number_findings
from desk.rules.codes import CaseStatus, ClockKind, Exit, PaperState, Role, Urgency
from desk.rules.errors import RuleBroken
from desk.rules.moments import in_shanghai
from desk.rules.notices import NUMBERED
from desk.rules.papers import ON_DEMAND
from desk.store.engine import make_engine
from desk.store.models import Case, Clock, Event, EventCase, Paper, PrivateFacts, StaffRole, Street
from desk.store.signing_in import sign_in_built_in
from desk.store.upgrade import upgrade
from tests.demo_street import CASES, ENGINES, NOW, street_file

PLAIN = (
    Case.number,
    Case.details,
    Case.status,
    Case.received_at,
    Case.closed_at,
    Case.satisfaction,
    Case.appellant_shown,
    Case.is_overdue,
    Case.next_due_at,
    Case.version,
)

SIGHT_UNLIKE_ITS_UNITS = """
SELECT count(*) FROM cases c WHERE ARRAY(SELECT unnest(c.seen_by) AS unit ORDER BY unit)
  <> ARRAY(SELECT u.unit_id FROM case_units u WHERE u.case_id = c.id ORDER BY u.unit_id)
"""
FOUND_BY_OTHERS = """
SELECT count(*) FROM case_search s JOIN cases c ON c.id = s.case_id
WHERE NOT s.known_to @> c.seen_by OR s.grams = ''::tsvector
"""

GUARDS = """
SELECT 'index', indexdef, '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass || ' ' || conname,
  pg_get_constraintdef(oid) || convalidated FROM pg_constraint
UNION ALL SELECT 'trigger', pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger
  WHERE NOT tgisinternal
UNION ALL SELECT 'policy', relname, relrowsecurity || ' ' || relforcerowsecurity FROM pg_class
  WHERE relkind = 'r'
"""


def dump(url):
    """Return what a person could read of every case and of the log, without any ids."""
    engine = make_engine(url)
    with Session(engine) as session:
        cases = session.execute(
            select(*PLAIN, PrivateFacts.name, PrivateFacts.phone, PrivateFacts.address)
            .join(PrivateFacts, PrivateFacts.case_id == Case.id)
            .order_by(Case.year, Case.seq)
        ).all()
        log = session.execute(
            select(Event.kind, Event.title, Event.happened_at)
            .where(Event.kind != "street.founded")
            .order_by(Event.happened_at, Event.title)
        ).all()
    engine.dispose()
    return cases, log


@pytest.fixture
def demo(demo_url):
    """The demo street as the command line sees it at its own present."""
    database = sign_in_built_in(demo_url, clock=lambda: NOW)
    yield database
    database.close()


@pytest.mark.parametrize(
    "look", [constraint_findings, number_findings, chain_findings, clock_findings]
)
def test_every_check_finds_the_demo_whole(demo, look):
    assert demo.read(look) == []


def test_the_demo_has_as_many_cases_as_were_asked_for_at_every_stage(demo):
    statuses = demo.read(lambda r: r.session.scalars(select(Case.status)).all())

    assert len(statuses) == CASES
    assert Counter(statuses)[CaseStatus.ARCHIVED] > CASES // 3
    assert len(set(statuses)) >= 6


@pytest.mark.parametrize("demo_url", ENGINES[1:], indirect=True)
def test_the_same_seed_makes_the_same_street_on_both_engines(demo_url, sqlite_demo_url, tmp_path):
    other = f"sqlite:///{tmp_path / 'other.db'}"
    build_demo(other, cases=20, seed=8, now=NOW)

    first = dump(sqlite_demo_url)
    assert dump(demo_url) == first
    assert dump(other)[0][:20] != first[0][:20]


def test_no_unit_asks_twice_to_hand_the_same_case_back(made_once, sqlite_template, tmp_path):
    copy = shutil.copy(street_file(made_once, "demo_url", sqlite_template), tmp_path / "copy.db")
    database = sign_in_built_in(f"sqlite:///{copy}", clock=lambda: NOW)
    with Session(database.engine) as session:
        street = street_index(session, database.person.street_id, NOW.date())
    waits = database.read(
        lambda r: r.session.execute(
            select(Case.id, Case.version).where(Case.status == CaseStatus.RECEIVED).limit(3)
        ).all()
    )
    who = {"made_by": street.by_role[Role.DISPATCHER][0].id, "happened_at": NOW}
    for waiting, seen in waits:
        sent = {"lead": street.units["城建办"], "urgency": Urgency.ROUTINE}
        database.carry_out(DispatchCase(**who, case=waiting, seen=seen, **sent))
    for _ in range(2):  # once more: some wait for an answer by then
        live_dispatching(database, street, [])
    asked = database.read(
        lambda r: r.session.scalars(
            select(EventCase.case_id)
            .join(Event, Event.id == EventCase.event_id)
            .join(Case, Case.id == EventCase.case_id)
            .where(Event.kind == "case.return_asked", Case.return_count == 0)
        ).all()
    )
    database.close()
    assert len(set(asked)) == len(asked) > 1


def test_nothing_in_the_demo_lies_in_the_future(demo):
    def latest(reader):
        return (
            reader.session.scalar(select(func.max(Case.received_at))),
            reader.session.scalar(select(func.max(Event.happened_at))),
            reader.session.scalar(select(func.max(Clock.stopped_at))),
        )

    assert all(moment <= NOW for moment in demo.read(latest))


def test_numbers_follow_the_order_of_arrival(demo):
    rows = demo.read(
        lambda r: r.session.execute(select(Case.year, Case.seq, Case.received_at)).all()
    )

    for year in {row.year for row in rows}:
        mine = sorted((row.seq, row.received_at) for row in rows if row.year == year)
        assert [seq for seq, _ in mine] == list(range(1, len(mine) + 1))
        assert mine == sorted(mine, key=lambda found: found[1])
        assert all(in_shanghai(at).year == year for _, at in mine)


def test_only_fictional_telephones_stand_in_the_demo(demo):
    phones = demo.read(lambda r: r.session.scalars(select(PrivateFacts.phone)).all())

    assert all(phone.startswith("138000000") and len(phone) == 11 for phone in phones if phone)


def test_every_exit_and_role_occurs(demo):
    exits = demo.read(lambda r: set(r.session.scalars(select(Case.exit))))
    roles = demo.read(lambda r: set(r.session.scalars(select(StaffRole.role))))

    assert exits == set(Exit)
    assert {Role.CLERK, Role.DISPATCHER, Role.HANDLER, Role.LEADER, Role.ADMINISTRATOR} <= roles


def test_the_papers_of_the_demo_can_be_drawn(demo):
    papers = demo.read(lambda r: r.session.execute(select(Paper.code, Paper.row)).all())
    by_code = {}
    for code, row in papers:
        assert set(row) == keys(code)
        by_code.setdefault(code, row)

    assert set(by_code) >= {"intake-sheet", "dispatch-slip", "opinion-notice", "opinion-sheet"}
    for code, row in by_code.items():
        assert not render(code, row).missing


def test_no_two_papers_of_one_kind_share_a_number(demo):
    # these carry their case's number, once in every round; what is issued anew keeps its own
    of_case = ON_DEMAND - NUMBERED
    numbers = demo.read(
        lambda r: r.session.execute(
            select(Paper.code, Paper.number, func.count())
            .where(Paper.code.not_in(of_case), Paper.state != PaperState.VOID)
            .group_by(Paper.code, Paper.number)
        ).all()
    )

    assert {count for _, _, count in numbers} == {1}
    requests = demo.read(
        lambda r: r.session.execute(
            select(Paper.number, Paper.revision).where(Paper.code == "extension-request")
        ).all()
    )
    assert len(set(requests)) == len(requests) > 1


def test_a_street_without_cases_can_be_filled_later_but_not_twice(engine_url):
    until = date(2026, 10, 30)
    build_demo(engine_url, cases=0, now=NOW)
    seen = []
    build_demo(
        engine_url, cases=12, seed=3, until=until, now=NOW, progress=lambda *at: seen.append(at)
    )

    assert seen == [(12, 12)]
    with pytest.raises(RuleBroken, match="已有案件"):
        build_demo(engine_url, cases=1, now=NOW)
    engine = make_engine(engine_url)
    with Session(engine) as session:
        assert session.scalar(select(func.count(Street.id))) == 1
        latest = session.scalar(select(func.max(Case.received_at)))
        assert latest <= datetime(2026, 10, 30, 9, 30, tzinfo=UTC)
    engine.dispose()


def test_a_real_street_is_never_filled_with_inventions(hall, hall_url):
    with pytest.raises(RuleBroken, match="已是别的街道"):
        build_demo(hall_url, cases=1, now=NOW)


def what_guards(url):
    """Return every index, constraint, trigger and forced policy of a server's database."""
    engine = make_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text(GUARDS)).all()
    engine.dispose()
    return sorted(found)


def test_a_great_street_on_a_server_is_as_whole_as_if_each_row_had_been_looked_at(
    postgres_url, monkeypatch
):
    monkeypatch.setattr("desk.demo.at_once.MANY", 30)
    upgrade(postgres_url)
    before = what_guards(postgres_url)
    build_demo(postgres_url, cases=40, seed=7, now=NOW)
    assert what_guards(postgres_url) == before
    database = sign_in_built_in(postgres_url, clock=lambda: NOW)

    for look in (constraint_findings, number_findings, chain_findings, clock_findings):
        assert database.read(look) == [], look.__name__

    def one(query):
        return database.read(lambda r: r.session.scalar(text(query)))

    assert one("SELECT count(*) FROM case_units") > 40
    assert one(SIGHT_UNLIKE_ITS_UNITS) == 0
    assert one("SELECT count(*) FROM case_search") == 40
    assert one(FOUND_BY_OTHERS) == 0
    days = "SELECT count(DISTINCT (recorded_at AT TIME ZONE 'Asia/Shanghai')::date) FROM events"
    assert one("SELECT count(*) FROM chain_anchors") > one(days) // 2
    database.close()


def test_the_demo_keeps_its_limits_about_as_often_as_real_streets_do(demo):
    """DOMAIN.md 8.3: 13.5 % are contacted late, 12 % verified late, 3–7 % handled late."""

    def kept(kind):
        late = func.sum(case((Clock.stopped_at > Clock.due_at, 1), else_=0))
        ran = select(func.count(), late).where(
            Clock.kind == kind, Clock.is_applicable, Clock.stopped_at.is_not(None)
        )
        count, missed = demo.read(lambda r: r.session.execute(ran).one())
        return 1 - missed / count

    assert 0.75 < kept(ClockKind.CONTACT) < 0.97
    assert 0.75 < kept(ClockKind.VERIFY) < 0.97
    assert 0.88 < kept(ClockKind.HANDLE) < 1

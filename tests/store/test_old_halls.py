"""Halls of every earlier stage, upgraded with all that had been entered into them.

`tests/files/halls` has what the programs of those days made themselves (24 cases, seed 1): when
the shared server, finding, assessment and acting before the complaint were finished. No file was
kept of the stages before; these are the steps of the schema as they are frozen now, filled with
as much of the first file as they had room for. So are the stages on PostgreSQL.
"""

import lzma
from contextlib import contextmanager
from itertools import chain

import pytest
from sqlalchemy import MetaData, create_engine, func, select, text

from desk.queries.chain_health import chain_findings
from desk.queries.clock_health import clock_findings
from desk.queries.health import constraint_findings, search_findings
from desk.queries.number_health import number_findings
from desk.store.base import Base
from desk.store.engine import make_engine
from desk.store.fitting import require_current
from desk.store.guards import guard_names
from desk.store.models import Case
from desk.store.signing_in import sign_in_built_in
from desk.store.upgrade import _prepare_roles, _run_migrations, upgrade
from tests.house.sources import ROOT

KEPT = ROOT / "tests" / "files" / "halls"
STAGES = sorted(path.name.removesuffix(".db.xz") for path in KEPT.glob("*.db.xz"))
EARLIER = (
    "20261122c_handling",  # intake to archive
    "20261122d_whole_life",
    "20261122f_bookings",  # mediation
    "20261122g_clocks",
)
CASES = 24
WORKED_OUT = {"case_search", "rate_days", "rate_marks", "schema_info"}  # the upgrade writes them
LOOKS = (constraint_findings, number_findings, clock_findings, search_findings, chain_findings)


def unpacked(stage, folder):
    """Return the address of a copy of the hall that was kept at a stage."""
    file = folder / f"{stage}.db"
    file.write_bytes(lzma.decompress((KEPT / f"{stage}.db.xz").read_bytes()))
    return f"sqlite:///{file}"


def rows_of(url, tables=None):
    """Return by table the rows as they are read, of these tables or of all."""
    engine = make_engine(url)
    with engine.connect() as connection:
        rows = {
            name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for name, table in Base.metadata.tables.items()
            if tables is None or name in tables
        }
    engine.dispose()
    return rows


def fill(connection, rows):
    """Enter into an older schema what it has room and words for; return what is in it, by table."""
    there = MetaData()
    there.reflect(connection)
    entered = {}
    for name in Base.metadata.tables.keys() & there.tables.keys() - WORKED_OUT:
        table = Base.metadata.tables[name]
        room = [one.key for one in table.c if one.key in there.tables[name].c]
        some = [{column: row[column] for column in room} for row in rows[name]]
        if some:  # a role that nobody had yet is left out
            connection.execute(table.insert().prefix_with("OR IGNORE", dialect="sqlite"), some)
        found = connection.execute(select(*(table.c[column] for column in room))).mappings()
        entered[name] = [dict(row) for row in found]
    return {name: some for name, some in entered.items() if some}


def assert_whole(url):
    """The hall has the newest schema with all guards, and is sound in all that is checked."""
    engine = make_engine(url)
    require_current(engine)
    with engine.connect() as connection:
        guards = guard_names(connection)
    engine.dispose()
    assert "guard_events_kept" in guards
    database = sign_in_built_in(url)
    found = [database.read(look) for look in LOOKS]
    assert list(chain.from_iterable(found)) == []
    assert database.read(lambda reader: reader.session.scalar(select(func.count(Case.id)))) == CASES
    database.close()


def assert_kept(url, entered):
    """Everything is there as it was entered; the hall is whole."""
    after = rows_of(url, entered)
    for name, rows in entered.items():
        seen = [{column: row[column] for column in rows[0]} for row in after[name]]
        assert sorted(map(str, seen)) == sorted(map(str, rows)), name
    assert_whole(url)


@contextmanager
def all_rights(postgres, name):
    """Give a connection of the server's administrator, whom no guard holds up."""
    engine = create_engine("postgresql+psycopg://", creator=lambda: postgres.administrator(name))
    with engine.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        yield connection
        connection.commit()
    engine.dispose()


@pytest.fixture(scope="module")
def first_kept(tmp_path_factory):
    """Return all rows of the oldest hall that was kept, as they are after its upgrade."""
    url = unpacked(STAGES[0], tmp_path_factory.mktemp("first"))
    upgrade(url)
    return rows_of(url)


@pytest.mark.parametrize("stage", STAGES)
def test_a_hall_that_was_kept_is_whole_after_its_upgrade(stage, tmp_path):
    url = unpacked(stage, tmp_path)
    upgrade(url)
    assert_whole(url)


@pytest.mark.parametrize("stage", EARLIER)
def test_what_was_entered_before_the_first_kept_hall_is_there(stage, tmp_path, first_kept):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        _run_migrations(connection, stage)
        entered = fill(connection, first_kept)
    engine.dispose()
    upgrade(url)
    assert_kept(url, entered)


@pytest.mark.parametrize("stage", [EARLIER[-1], STAGES[0], STAGES[-1]])
def test_an_older_server_is_whole_after_its_upgrade(stage, postgres, first_kept):
    name = postgres.create()
    url = postgres.url(name)
    engine = make_engine(url)
    _prepare_roles(engine)
    with engine.begin() as connection:
        _run_migrations(connection, stage)
    engine.dispose()
    with all_rights(postgres, name) as connection:
        entered = fill(connection, first_kept)
    upgrade(url)
    assert_kept(url, entered)
    postgres.drop(name)


def without_last_mile(connection, first_kept):
    """Enter a hall into the schema of those days, with notices, one of them archived."""
    fill(connection, first_kept)
    connection.execute(text("UPDATE cases SET status = 'archived' WHERE seq = 1"))
    connection.execute(
        text(
            "UPDATE papers SET state = 'issued', code = CASE code "
            "WHEN 'receipt' THEN 'acceptance-notice' ELSE 'guidance-notice' END "
            "WHERE code IN ('receipt', 'dispatch-slip')"
        )
    )


def assert_notices_wait(url):
    """Notices wait for their delivery, but for those whose case is archived."""
    engine = make_engine(url)
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "SELECT DISTINCT p.code, p.state, c.status = 'archived' FROM papers p "
                "JOIN cases c ON c.id = p.case_id WHERE p.code LIKE '%a%ce-notice'"
            )
        ).all()
    engine.dispose()
    assert {(code, state, bool(is_archived)) for code, state, is_archived in found} == {
        (code, "issued" if is_archived else "to_deliver", is_archived)
        for code in ("acceptance-notice", "guidance-notice")
        for is_archived in (False, True)
    }


def test_notices_of_before_their_last_mile_may_be_delivered(tmp_path, first_kept):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        _run_migrations(connection, "20261123j_platform_forms")
        without_last_mile(connection, first_kept)
    engine.dispose()
    upgrade(url)
    assert_notices_wait(url)


def test_so_may_those_on_an_older_server(postgres, first_kept):
    name = postgres.create()
    url = postgres.url(name)
    engine = make_engine(url)
    _prepare_roles(engine)
    with engine.begin() as connection:
        _run_migrations(connection, "20261123j_platform_forms")
    engine.dispose()
    with all_rights(postgres, name) as connection:
        without_last_mile(connection, first_kept)
    upgrade(url)
    assert_notices_wait(url)
    postgres.drop(name)

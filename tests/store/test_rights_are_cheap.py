"""The rights on rows are asked once per query, not once per row (RELIABILITY.md 2.1)."""

from pathlib import Path

import pytest
from sqlalchemy import text

from desk.queries.case_file import case_file
from desk.store.engine import make_engine
from tests.actions.work import Work
from tests.small_hall import PASSWORD, SmallHall


@pytest.fixture
def postgres_hall(postgres_hall_url, clock):
    """The small hall on the shared server."""
    engine = make_engine(postgres_hall_url)
    yield SmallHall.copied(engine, clock)
    engine.dispose()


def plan(database, query):
    """Return how the server would go about a query of somebody's own login."""
    with database.engine.connect() as connection:
        return "\n".join(connection.scalars(text(f"EXPLAIN {query}")))


def test_what_a_login_may_see_of_the_cases_is_worked_out_once(postgres_hall):
    for name in ("李敏", "赵强", "郑伟", "高远"):
        found = plan(postgres_hall.sign_in(name), "SELECT id, number FROM cases WHERE status = 'x'")
        assert "InitPlan" in found, name
        assert "SubPlan" not in found, name


def test_no_login_reads_a_table_that_is_not_bound(postgres_hall):
    query = """
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)"""
    with postgres_hall.engine.connect() as connection:
        assert connection.scalars(text(query)).all() == []


def memory_of(process):
    """Return the memory in MB that one process of the server has for itself."""
    facts = Path(f"/proc/{process}/status").read_text(encoding="ascii").split()
    return int(facts[facts.index("RssAnon:") + 1]) // 1024


@pytest.mark.parametrize("name", ["李敏", "赵强", "郑伟"])
def test_opening_a_case_does_not_fill_the_memory_of_the_server(postgres_hall, clock, name):
    # each of two hundred windows holds a process of the server: with what every policy asks
    # written into the next one, planning the photos of one case alone took 130 MB of each
    case = Work(postgres_hall, clock).register()
    database = postgres_hall.sign_in_again(name, PASSWORD)
    database.read(lambda reader: case_file(reader, case))
    with database.engine.connect() as connection:
        process = connection.scalar(text("SELECT pg_backend_pid()"))
    assert memory_of(process) < 60

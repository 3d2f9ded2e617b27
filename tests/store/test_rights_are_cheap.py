"""The rights on rows are asked once per query, not once per row (RELIABILITY.md 2.1)."""

import pytest
from sqlalchemy import text

from desk.store.engine import make_engine
from tests.small_hall import SmallHall


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

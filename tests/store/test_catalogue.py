"""What the server's own catalogue says: no table, no function and no login slips through."""

import re

import psycopg
import pytest
from sqlalchemy import text

from desk.actions.closing import AddNote
from desk.store.base import Base
from desk.store.engine import make_engine
from desk.store.guards import postgresql_guards
from desk.store.line_guards import MAY_BE_SENT_BY_ANOTHER, UNTOLD
from desk.store.policies import policy_statements
from desk.store.requests import ACTIONS
from desk.store.row_rights import ROW_RIGHTS
from desk.store.upgrade import prepare_server
from tests.postgres_server import OWNER, SOCKETS

FUNCTION = re.compile(r"CREATE OR REPLACE FUNCTION (\w+)\(.*?\$\$(.*?)\$\$", re.DOTALL)
POLICY = re.compile(r"CREATE POLICY (\w+) ON (\w+)")
PUBLIC = "n.nspname IN ('public', 'adm')"
PLAN = (
    "EXPLAIN (COSTS OFF) SELECT id, number, status, next_due_at FROM cases "
    "WHERE status NOT IN ('closed', 'archived', 'guided', 'merged', 'withdrawn') "
    "ORDER BY next_due_at LIMIT 50"
)


@pytest.fixture(scope="module")
def catalogue(postgres, postgres_hall_template):
    """Ask the catalogue of a hall's database; returns the first column of every row."""
    name = postgres.create(postgres_hall_template)
    prepare_server(postgres.url(name))
    engine = make_engine(postgres.url(name))

    def ask(query):
        with engine.connect() as connection:
            return connection.scalars(text(query)).all()

    ask.database = name
    yield ask
    engine.dispose()
    postgres.drop(name)


def test_every_table_is_bound_by_force_and_owned_by_nobody_who_logs_in(catalogue):
    loose = (
        "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity "
        "AND relowner = 'desk_owner'::regrole)"
    )
    assert catalogue(loose) == []
    other = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
    assert catalogue(f"{other} AND relkind IN ('v', 'm', 'f', 'S')") == []


def test_no_login_of_staff_is_more_than_that(catalogue):
    members = (
        "SELECT m.member::regrole::text FROM pg_auth_members m "
        "WHERE m.roleid IN ('desk_owner'::regrole, 'desk_role_admin'::regrole)"
    )
    assert set(catalogue(members)) == {OWNER}
    strong = (
        "SELECT rolname FROM pg_roles r WHERE pg_has_role(oid, 'desk_staff', 'MEMBER') "
        "AND NOT rolsuper AND (rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication)"
    )
    assert set(catalogue(strong)) <= {OWNER, "desk_role_admin"}
    foreign = (
        "SELECT m.roleid::regrole::text FROM pg_auth_members m "
        "WHERE pg_has_role(m.member, 'desk_staff', 'MEMBER') "
        "AND m.roleid::regrole::text !~ '^desk_' AND m.member <> 'postgres'::regrole"
    )
    assert catalogue(foreign) == []


def test_the_public_may_do_nothing(catalogue):
    tables = (
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, "
        f"aclexplode(c.relacl) a WHERE a.grantee = 0 AND {PUBLIC}"
    )
    functions = (
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, "
        "aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a "
        f"WHERE a.grantee = 0 AND {PUBLIC}"
    )
    rights = (
        "SELECT privilege_type FROM pg_database, aclexplode(datacl) "
        "WHERE datname = current_database() AND grantee = 0 AND privilege_type <> 'CONNECT'"
    )
    create = (
        "SELECT nspname FROM pg_namespace n, aclexplode(nspacl) a "
        f"WHERE {PUBLIC} AND a.grantee = 0 AND privilege_type = 'CREATE'"
    )
    assert [catalogue(query) for query in (tables, functions, rights, create)] == [[], [], [], []]


def test_whatever_runs_with_other_rights_looks_nowhere_else(catalogue):
    loose = (
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        f"WHERE {PUBLIC} AND p.prosecdef "
        "AND NOT coalesce(p.proconfig::text ~ 'search_path=(public|pg_catalog), pg_temp', false)"
    )
    assert catalogue(loose) == []
    assert len(catalogue("SELECT oid FROM pg_proc WHERE prosecdef")) > 30


def test_functions_and_policies_in_the_database_are_the_generated_ones(catalogue):
    statements = [*policy_statements(), *postgresql_guards()]
    wanted = {
        name: body for one in statements for name, body in FUNCTION.findall(one)
        if name != "desk_now"  # stands for the test's own time here
    }  # fmt: skip
    found = {}
    for both in catalogue(
        "SELECT proname || '|' || prosrc FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace AND proname <> 'desk_now'"
    ):
        name, _, body = both.partition("|")
        found[name] = body
    assert found == wanted
    policies = {f"{table}.{name}" for one in statements for name, table in POLICY.findall(one)}
    assert set(catalogue("SELECT tablename || '.' || policyname FROM pg_policies")) == policies


def test_every_table_has_its_line_of_rights_and_changes_in_none_go_untold(catalogue):
    tables = set(Base.metadata.tables)
    assert set(ROW_RIGHTS) == tables
    told = catalogue(
        "SELECT tgrelid::regclass::text FROM pg_trigger "
        "WHERE tgfoid = 'guard_told'::regproc AND tgdeferrable AND tginitdeferred"
    )
    assert set(told) == tables - UNTOLD
    assert tables >= UNTOLD


def test_what_another_may_send_is_what_may_wait_at_a_desk():
    assert AddNote in ACTIONS
    assert {one.kind for one in ACTIONS.values() if one.may_wait} == set(MAY_BE_SENT_BY_ANOTHER)


@pytest.mark.parametrize("login", ["1001", "2001"])
def test_the_board_asks_once_who_somebody_is_and_not_for_every_case(catalogue, postgres, login):
    way = {"host": SOCKETS[postgres.port], "port": postgres.port, "user": login}
    with psycopg.connect(**way, dbname=catalogue.database) as connection:
        plan = "\n".join(row[0] for row in connection.execute(PLAN))
    assert "InitPlan" in plan
    assert "SubPlan" not in plan

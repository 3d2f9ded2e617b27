"""The migrations lead exactly to the models, on both engines, however often they run."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from desk.rules.errors import WrongVersion
from desk.store.base import Base
from desk.store.engine import make_engine
from desk.store.fitting import newest_revision, require_current, revision_of
from desk.store.guards import guard_names
from desk.store.upgrade import upgrade

_KEPT_BY_TRIGGERS = {
    "seen_by",
    "ix_cases_seen_by",
    "written_in",
    "grams",
    "known_to",
    "ix_case_search_grams",
}


@pytest.fixture
def plain_engine(engine_url):
    """An engine without the program's own settings, as another program would have it."""
    engine = create_engine(engine_url)
    yield engine
    engine.dispose()


def guards_of(url):
    engine = make_engine(url)
    with engine.connect() as connection:
        found = guard_names(connection)
    engine.dispose()
    return found


def test_migrations_lead_to_the_models(plain_engine):
    with plain_engine.connect() as connection:
        options = {
            "render_as_batch": plain_engine.dialect.name == "sqlite",
            # kept by triggers, read by policies and functions only: no class maps it
            "include_object": lambda _object, name, *_more: (
                name not in _KEPT_BY_TRIGGERS and not str(name).startswith("case_index")
            ),
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_every_code_is_allowed_by_the_migrated_tables(plain_engine):
    """Alembic does not notice a new code in a check constraint; this does."""
    found = inspect(plain_engine)
    checked = 0
    for table in Base.metadata.tables.values():
        checks = " ".join(check["sqltext"] for check in found.get_check_constraints(table.name))
        for column in table.columns:
            for value in getattr(column.type, "enums", ()):
                assert f"'{value}'" in checks, f"{table.name}.{column.name}: {value}"
                checked += 1
    assert checked


def test_no_code_is_allowed_that_the_program_does_not_know(plain_engine):
    found = inspect(plain_engine)
    for table in Base.metadata.tables.values():
        known = {value for column in table.columns for value in getattr(column.type, "enums", ())}
        for check in found.get_check_constraints(table.name):
            if " IN (" in check["sqltext"].upper() or "ARRAY[" in check["sqltext"]:
                words = set(check["sqltext"].split("'")[1::2])
                assert words <= known | {""}, f"{table.name}: {words - known}"


def test_upgrading_again_changes_nothing(engine_url, engine):
    with engine.connect() as connection:
        before = guard_names(connection)
    assert before

    upgrade(engine_url)

    with engine.connect() as connection:
        assert guard_names(connection) == before
    require_current(engine)


def test_upgrading_keeps_what_the_hall_has_entered(hall, hall_url):
    upgrade(hall_url)

    with hall.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM streets")) == 1
        assert connection.scalar(text("SELECT count(*) FROM events")) == 1


def test_a_guard_that_somebody_dropped_is_back_after_the_upgrade(engine_url, engine):
    before = guards_of(engine_url)
    table = "" if engine.dialect.name == "sqlite" else " ON events"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER guard_events_kept{table}")
    assert "guard_events_kept" not in guards_of(engine_url)

    upgrade(engine_url)

    assert guards_of(engine_url) == before


def test_a_database_without_tables_is_not_current_until_it_is_upgraded(blank_url):
    engine = make_engine(blank_url)
    assert revision_of(engine) is None
    with pytest.raises(WrongVersion, match="还没有建好"):
        require_current(engine)

    upgrade(blank_url)

    assert revision_of(engine) == newest_revision()
    require_current(engine)
    engine.dispose()


def test_an_older_database_is_refused_with_what_to_do(engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '20200101_old'"))

    with pytest.raises(WrongVersion, match="比本程序旧"):
        require_current(engine)


def test_a_database_newer_than_the_program_is_not_touched(engine_url, engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '29991231_future'"))

    with pytest.raises(WrongVersion, match="先把本机的程序升级"):
        upgrade(engine_url)

    assert revision_of(engine) == "29991231_future"

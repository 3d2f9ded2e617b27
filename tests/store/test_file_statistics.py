"""A large file of a small hall knows how many rows there are; a small one is not written to."""

import pytest
from sqlalchemy import event

from desk.store import file_statistics
from desk.store.engine import WRITES, make_engine
from desk.store.file_statistics import keep_statistics

KNOWN = "SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'"


@pytest.fixture
def file(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'hall.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE streets (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO streets VALUES (1), (2)")
        connection.exec_driver_sql("CREATE TABLE papers (id INTEGER PRIMARY KEY, street_id, body)")
        connection.exec_driver_sql("CREATE INDEX ix_papers ON papers (street_id, id)")
        connection.exec_driver_sql("CREATE INDEX ix_bodies ON papers (body, id)")
    yield engine
    engine.dispose()


def filled(engine, rows):
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO papers (street_id, body) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
            f"SELECT i + 1 FROM n WHERE i < {rows}) SELECT 1, zeroblob(4000) FROM n"
        )


def known(engine):
    with engine.connect() as connection:
        return connection.exec_driver_sql(KNOWN).scalar()


def test_a_large_file_is_counted_when_its_desk_leaves(file):
    filled(file, file_statistics.LARGE)
    keep_statistics(file)
    with file.connect() as connection:
        (rows,) = connection.exec_driver_sql(
            "SELECT stat FROM sqlite_stat1 WHERE idx = 'ix_papers'"
        ).scalars()
    of_all, of_street, of_paper = map(int, rows.split())
    assert of_street == of_all // 2  # one street of two is little to search by
    assert of_paper == 1 < of_all


def test_what_is_not_by_street_stays_as_it_was_counted(file):
    filled(file, file_statistics.LARGE)
    keep_statistics(file)
    with file.connect() as connection:
        (rows,) = connection.exec_driver_sql(
            "SELECT stat FROM sqlite_stat1 WHERE idx = 'ix_bodies'"
        ).scalars()
    assert 100 < int(rows.split()[1]) <= 1000


def test_a_small_file_is_left_as_it_is(file):
    filled(file, 3)
    keep_statistics(file)
    assert known(file) == 0


def test_a_file_that_somebody_writes_to_is_left_for_another_day(file):
    filled(file, file_statistics.LARGE)
    impatient = make_engine(str(file.url))
    event.listen(impatient, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout = 0"))
    assert known(impatient) == 0
    with file.connect().execution_options(**{WRITES: True}) as connection:
        connection.exec_driver_sql("INSERT INTO papers (street_id) VALUES (1)")
        keep_statistics(impatient)
        assert known(impatient) == 0
    impatient.dispose()
    keep_statistics(file)
    assert known(file) == 1

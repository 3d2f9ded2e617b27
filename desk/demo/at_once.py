"""Very many invented cases on a server at once (整批建库): guards put aside, then caught up with.

A server looks at each row of a case as if a desk had written it, at some ten milliseconds a case:
a million would take hours. From `MANY` cases on they are written as a restored backup is: without
triggers, the search index last; what the triggers would have noted is noted for all of them, and
`check` finds the chain whole. Keys and constraints are looked at all the same. A file needs no such
thing, and smaller streets are looked at row by row on either engine.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from desk.store.engine import WRITES

MANY = 20_000
_FILLED = ("case_search",)  # its trigger works out what is found by: it stays
_GRAMS = "ix_case_search_grams"
# `store.sight_guards`: the units that may see a case, in the case itself
_SEEN_BY = """
UPDATE cases SET seen_by = x.units FROM (
  SELECT case_id, array_agg(unit_id ORDER BY unit_id) AS units FROM case_units
  WHERE case_id = ANY (%s) GROUP BY case_id) x
WHERE cases.id = x.case_id
"""
# `store.anchors`: the last line of each day, noted with the first one of a later day
_ANCHORS = """
INSERT INTO chain_anchors (street_id, day, place, hash, written_at, written_by)
SELECT street_id, day, place, hash, next_at, next_by FROM (
  SELECT e.street_id, (e.recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS day, e.place, e.hash,
    lead(e.recorded_at) OVER w AS next_at, lead(e.sent_by) OVER w AS next_by
  FROM events e WINDOW w AS (PARTITION BY e.street_id ORDER BY e.place)) x
WHERE day < (next_at AT TIME ZONE 'Asia/Shanghai')::date
ORDER BY place
ON CONFLICT DO NOTHING
"""


def is_at_once(engine: Engine, count: int) -> bool:
    """Return whether so many cases are written without looking at each."""
    return engine.dialect.name == "postgresql" and count >= MANY


@contextmanager
def guards_aside(engine: Engine, tables: Collection[str]) -> Iterator[None]:
    """Put the triggers of tables aside while they are filled, and the search index."""
    writer = engine.execution_options(**{WRITES: True})
    with writer.begin() as connection:
        index = connection.exec_driver_sql(
            f"SELECT pg_get_indexdef('{_GRAMS}'::regclass)"
        ).scalar_one()
        connection.exec_driver_sql(f"DROP INDEX {_GRAMS}")
        _switch(connection, tables, "DISABLE")
    try:
        yield
    finally:
        with writer.begin() as connection:
            _switch(connection, tables, "ENABLE")
            connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '1GB'")
            connection.exec_driver_sql(index)
            connection.exec_driver_sql(_ANCHORS)


def note_who_sees(connection: Connection, cases: Collection[int]) -> None:
    """Note in cases which units see them, before what they are found by is filed."""
    connection.exec_driver_sql(_SEEN_BY, (list(cases),))


def _switch(connection: Connection, tables: Collection[str], how: str) -> None:
    for name in tables:
        if name not in _FILLED:
            connection.exec_driver_sql(f"ALTER TABLE {name} {how} TRIGGER USER")

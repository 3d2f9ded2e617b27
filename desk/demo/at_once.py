"""Very many invented cases on a server at once (整批建库): guards put aside, then caught up with.

A server looks at each row of a case as if a desk had written it, at some ten milliseconds a case:
a million would take hours. From `MANY` cases on they are written as a restored backup is: in one
stream for each table, without triggers and foreign keys, the indexes made afterwards. What the
triggers would have noted is noted for all of them, the foreign keys are put back and look at every
row, and `check` finds the chain whole. A file needs no such thing, and smaller streets are looked
at row by row on either engine.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, bindparam, text

from desk.store.engine import WRITES

MANY = 20_000
_FILLED = ("case_search",)  # its trigger works out what is found by: it stays
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
_FOREIGN_KEYS = text("""
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
  format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
    pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text IN :tables
ORDER BY conrelid, conname
""").bindparams(bindparam("tables", expanding=True))
# by the case its rows are looked up while the others are written: such an index stays, and one of
# some rows only, which is short (and a server writes its condition in other words the second time)
_INDEXES = text("""
SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indexrelid AND a.attnum = 1
WHERE i.indrelid::regclass::text IN :tables AND a.attname <> 'case_id' AND i.indpred IS NULL
  AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
ORDER BY i.indexrelid
""").bindparams(bindparam("tables", expanding=True))


def is_at_once(engine: Engine, count: int) -> bool:
    """Return whether so many cases are written without looking at each."""
    return engine.dialect.name == "postgresql" and count >= MANY


@contextmanager
def guards_aside(engine: Engine, tables: Collection[str]) -> Iterator[None]:
    """Put aside what looks at each row of the tables that are filled, and their indexes."""
    writer = engine.execution_options(**{WRITES: True})
    with writer.begin() as connection:
        _switch(connection, tables, "DISABLE", "NO FORCE")
        back = _put_aside(connection, tables)
    try:
        yield
    finally:
        with writer.begin() as connection:
            connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '1GB'")
            for statement in back:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(_ANCHORS)
            _switch(connection, tables, "ENABLE", "FORCE")


def note_who_sees(connection: Connection, cases: Collection[int]) -> None:
    """Note in cases which units see them, before what they are found by is filed."""
    connection.exec_driver_sql(_SEEN_BY, (list(cases),))


def _put_aside(connection: Connection, tables: Collection[str]) -> list[str]:
    """Take foreign keys and indexes away; return how they are made again, indexes first."""
    back = []
    for statement in (_INDEXES, _FOREIGN_KEYS):
        for away, again in connection.execute(statement, {"tables": list(tables)}).all():
            connection.exec_driver_sql(away)
            back.append(again)
    return back


def _switch(connection: Connection, tables: Collection[str], how: str, force: str) -> None:
    for name in tables:
        connection.exec_driver_sql(f"ALTER TABLE {name} {force} ROW LEVEL SECURITY")
        if name not in _FILLED:
            connection.exec_driver_sql(f"ALTER TABLE {name} {how} TRIGGER USER")

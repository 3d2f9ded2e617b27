"""Very many cases in a PostgreSQL database: a small demo street, copied over streets and years.

Copies are made by the server itself, with triggers and foreign keys put aside: what is measured is
reading. Ten streets of the same units share the cases; the newest are open, as in a hall of that
size. Only cases and what their boards, searches and rates read are copied.
"""

from collections.abc import Callable

import psycopg

BASE = 90  # cases that the demo invents; all others are copies of them
STREETS = 10
OPEN_SHARE = 0.015  # of all copies: the newest, whose cases are as far as those of the demo
YEARS = 3
APART = 10**13  # between the ids of one copy and those of the next
STREET_APART = 10**15  # between the ids of units and people of one street and those of the next
COPIED = (
    "cases", "private_facts", "case_units", "case_search", "matters", "rounds", "assignments",
    "clocks", "contacts", "follow_ups",
)  # fmt: skip
_OF_A_COPY = {
    "id", "case_id", "assignment_id", "merged_into_id", "repeat_of_id", "same_visit_id",
}  # fmt: skip
_OF_A_STREET = {
    "unit_id", "staff_id", "handler_id", "recorder_id", "first_responder_id", "dispatched_by",
    "lead_unit_id", "first_unit_id", "community_id", "grid_id", "street_id", "accused_unit_id",
    "accused_staff_id", "place_id", "answered_by",
}  # fmt: skip
_FINISHED = "'closed', 'archived', 'guided', 'merged', 'withdrawn'"
# n: the copy; s: its street; o: whether its cases are open; d: how long ago it all was
_COPIES = """
generate_series({first}, {last}) n,
LATERAL (SELECT n % {streets} AS s, n <= {open} AS o, CASE WHEN n <= {open} THEN interval '0'
  ELSE interval '20 days' + interval '1 day' * (365.0 * {years} * n / {copies}) END AS d) c
"""
_DOC = r"b.doc || E'\n138000000' || lpad((n % 100)::text, 2, '0') || E'\n' || n"
_SEEK = "b.seek - ((extract(epoch FROM d) * 1000)::bigint << 22)"
_OWN: dict[tuple[str, str], str] = {
    ("cases", "seq"): "b.seq + 100000 + n * {base}",
    ("cases", "number"): "'青榕首〔' || b.year || '〕' || (b.seq + 100000 + n * {base}) || '号'",
    ("cases", "details"): "b.details || ' 第 ' || n || ' 次'",
    ("cases", "status"): f"CASE WHEN o OR b.status IN ({_FINISHED}) THEN b.status"
    " ELSE 'archived' END",
    ("cases", "next_due_at"): "CASE WHEN o THEN b.next_due_at END",
    ("cases", "seen_by"): "ARRAY(SELECT u + s * {street} FROM unnest(b.seen_by) u)",
    ("private_facts", "phone"): "'138000000' || lpad((n % 100)::text, 2, '0')",
    ("case_search", "doc"): _DOC,
    ("case_search", "fields"): "b.fields || 'tc'",
    ("case_search", "seek"): _SEEK,
    ("case_search", "grams"): f"array_to_tsvector(search_tokens({_DOC})"
    f" || search_part(b.street_id + s * {{street}}, search_year({_SEEK})))",
    ("case_search", "known_to"): "ARRAY(SELECT u + s * {street} FROM unnest(b.known_to) u)",
    ("clocks", "stopped_at"): "coalesce(b.stopped_at, CASE WHEN NOT o THEN b.due_at END) - d",
}


def multiply(
    connection: psycopg.Connection,
    cases: int,
    told: Callable[[str], None] = lambda _: None,
    *,
    base: int = BASE,
    streets: int = STREETS,
) -> int:
    """Copy the cases of a demo street until there are about so many; return how many there are.

    Args:
        base: how many cases the demo street has.
        streets: over how many streets the copies are spread.
    """
    copies = max(1, cases // base - 1)
    connection.execute("DROP INDEX ix_case_search_grams")  # as a restore does: made at the end
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET synchronous_commit = off")
    for table in COPIED:
        connection.execute(f"CREATE TEMP TABLE base_{table} AS SELECT * FROM {table}")  # noqa: S608
        columns = connection.execute(
            "SELECT column_name, data_type FROM information_schema.columns "
            "WHERE table_name = %s AND table_schema = 'public' ORDER BY ordinal_position",
            (table,),
        ).fetchall()
        names = ", ".join(f'"{name}"' for name, _ in columns)
        values = ", ".join(_value(table, name, kind, base) for name, kind in columns)
        for first in range(1, copies + 1, 1000):
            span = {"first": first, "last": min(first + 999, copies), "copies": copies}
            several = _COPIES.format(
                **span, streets=streets, open=max(streets, int(copies * OPEN_SHARE)), years=YEARS
            )
            connection.execute(
                f"INSERT INTO {table} ({names}) "  # noqa: S608 - names of our own tables
                f"SELECT {values} FROM base_{table} b, {several}"
            )
        told(table)
    connection.execute("SET session_replication_role = origin")
    connection.execute(
        "CREATE INDEX ix_case_search_grams ON case_search USING gin (grams, known_to)"
    )
    for table in COPIED:
        connection.execute(f"VACUUM ANALYZE {table}")
    row = connection.execute("SELECT count(*) FROM cases").fetchone()
    return int(row[0]) if row else 0


def _value(table: str, name: str, kind: str, base: int) -> str:
    """Return what a column of a copy holds."""
    own = _OWN.get((table, name))
    if own is not None:
        return own.format(base=base, street=STREET_APART)
    if name in _OF_A_COPY:
        return f"b.{name} + n * {APART}"
    if name in _OF_A_STREET:
        return f"b.{name} + s * {STREET_APART}"
    if kind.startswith("timestamp"):
        return f"b.{name} - d"
    return f'b."{name}"'

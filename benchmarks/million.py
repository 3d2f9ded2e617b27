"""Very many cases in a PostgreSQL database: a small demo street, copied over streets and years.

Copies are made by the server itself, with triggers and foreign keys put aside: what is measured is
reading. Ten streets of the same units share the cases; the newest are open, as in a hall of that
size. Only cases and what their boards, searches and rates read are copied.

Each copy has a number of its own, is brought by one of many invented residents (`residents`) with
his name, telephone and door, and says besides a sentence of another case; what it is found by says
the same, and lies in the order of reception, as it was written in life.
"""

from collections.abc import Callable

import psycopg

from benchmarks.copies import (
    APART,
    FIRST_NUMBER,
    STREET_APART,
    YEARS,
    Plan,
    TextOfCopy,
    base_texts,
    moment_of,
    texts_of_copies,
)
from benchmarks.residents import OTHER, WHO, CopiedText, Residents
from desk.rules.identity import mask_name
from desk.rules.search_text import SearchText, tokens

BASE = 90  # cases that the demo invents; all others are copies of them
STREETS = 10
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
generate_series({first}, {last}) n
CROSS JOIN LATERAL (SELECT n % {streets} AS s, n <= {open} AS o,
  CASE WHEN n <= {open} THEN interval '0' ELSE
  interval '20 days' + interval '1 day' * (365.0 * {years} * n / {copies}) END AS d) c
"""
# k: which case of the demo; w: who brings the copy; o: whose sentence is said besides
_PEOPLE = (
    " JOIN base_ranks k ON k.case_id = b.{key} JOIN residents w ON w.at = "
    + WHO % ("k.rank", "n", "{residents}")
    + " JOIN base_ranks o ON o.rank = "
    + OTHER % ("k.rank", "n", "{ranks}")
)
_PEOPLED = {"cases": "id", "private_facts": "case_id"}
_SEARCH_COLUMNS = "case_id, is_kept, street_id, seek, doc, fields, grams, known_to"
# what a copy says of itself on either engine
ALIKE: dict[tuple[str, str], str] = {
    ("cases", "details"): "b.details || o.said",
    ("cases", "appellant_shown"): "CASE WHEN b.appellant_shown LIKE '_%*' THEN w.shown"
    " ELSE b.appellant_shown END",
    ("cases", "status"): f"CASE WHEN o OR b.status IN ({_FINISHED}) THEN b.status"
    " ELSE 'archived' END",
    ("cases", "next_due_at"): "CASE WHEN o THEN b.next_due_at END",
    ("private_facts", "name"): "CASE WHEN b.name <> '' THEN w.name ELSE b.name END",
    ("private_facts", "phone"): "CASE WHEN b.phone <> '' THEN w.phone ELSE b.phone END",
}
_OWN: dict[tuple[str, str], str] = {
    **ALIKE,
    ("cases", "year"): "extract(year FROM b.received_at - d)",
    ("cases", "seq"): "k.rank + {first} + n * {base}",
    ("cases", "number"): "'青榕首〔' || extract(year FROM b.received_at - d) || '〕'"
    " || (k.rank + {first} + n * {base}) || '号'",
    ("cases", "seen_by"): "ARRAY(SELECT u + s * {street} FROM unnest(b.seen_by) u)",
    ("private_facts", "address"): "substring(b.address FROM '^[^0-9]*[^0-9 ]') || w.home",
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
    plan = Plan(copies, base, streets)
    connection.execute("DROP INDEX ix_case_search_grams")  # as a restore does: made at the end
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET synchronous_commit = off")
    residents = Residents(cases)
    texts = _people(connection, residents)
    for table in COPIED:
        if table == "case_search":
            _copy_texts(connection, plan, residents, texts)
        else:
            _copy(connection, table, plan, residents.count, len(texts))
        told(table)
    connection.execute("SET session_replication_role = origin")
    connection.execute(
        "CREATE INDEX ix_case_search_grams ON case_search USING gin (grams, known_to) "
        "WITH (fastupdate = off)"
    )
    for table in COPIED:
        connection.execute(f"VACUUM ANALYZE {table}")
    row = connection.execute("SELECT count(*) FROM cases").fetchone()
    return int(row[0]) if row else 0


def _people(connection: psycopg.Connection, residents: Residents) -> list[CopiedText]:
    """Tell the server who lives there and what is said; return the texts of the cases in order."""
    connection.execute(
        "CREATE TEMP TABLE residents (at bigint PRIMARY KEY, name text, shown text, phone text, "
        "home text)"
    )
    with connection.cursor().copy("COPY residents FROM STDIN") as rows:
        for at, one in enumerate(residents):
            rows.write_row((at, one.name, mask_name(one.name), one.phone, one.home))
    found = connection.execute(
        "SELECT case_id, doc, fields FROM case_search WHERE NOT is_kept ORDER BY case_id"
    ).fetchall()
    texts = [CopiedText(SearchText(doc, fields)) for _, doc, fields in found]
    connection.execute(
        "CREATE TEMP TABLE base_ranks (case_id bigint PRIMARY KEY, rank bigint UNIQUE, said text)"
    )
    with connection.cursor().copy("COPY base_ranks FROM STDIN") as rows:
        for rank, (row, text) in enumerate(zip(found, texts, strict=True)):
            rows.write_row((row[0], rank, text.said))
    connection.execute("ANALYZE residents, base_ranks")
    return texts


def _copy(
    connection: psycopg.Connection, table: str, plan: Plan, residents: int, ranks: int
) -> None:
    connection.execute(f"CREATE TEMP TABLE base_{table} AS SELECT * FROM {table}")  # noqa: S608
    columns = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_name = %s AND table_schema = 'public' ORDER BY ordinal_position",
        (table,),
    ).fetchall()
    names = ", ".join(f'"{name}"' for name, _ in columns)
    values = ", ".join(_value(table, name, kind, plan.base) for name, kind in columns)
    key = _PEOPLED.get(table)
    who = _PEOPLE.format(key=key, residents=residents, ranks=ranks) if key else ""
    for first in range(1, plan.copies + 1, 1000):
        several = _COPIES.format(
            first=first,
            last=min(first + 999, plan.copies),
            copies=plan.copies,
            streets=plan.streets,
            open=plan.open,
            years=YEARS,
        )
        connection.execute(
            f"INSERT INTO {table} ({names}) "  # noqa: S608 - names of our own tables
            f"SELECT {values} FROM base_{table} b CROSS JOIN {several}{who}"
            + (" ORDER BY b.received_at - d" if table == "cases" else "")
        )


def _copy_texts(
    connection: psycopg.Connection, plan: Plan, residents: Residents, texts: list[CopiedText]
) -> None:
    """Write by what the copies are found, as a trigger would, in the order of reception."""
    rows = connection.execute(
        "SELECT s.case_id, s.is_kept, s.street_id, s.seek, s.doc, s.fields, k.rank, s.known_to "
        "FROM case_search s JOIN base_ranks k USING (case_id)"
    ).fetchall()
    # a connection of its own for the keys: while rows are written one answers nothing else
    with (
        psycopg.connect(connection.info.dsn, autocommit=True) as other,
        connection.cursor().copy(f"COPY case_search ({_SEARCH_COLUMNS}) FROM STDIN") as out,
    ):
        keys: dict[tuple[int, int, int], str] = {}
        for one in texts_of_copies(base_texts(rows), plan, residents, texts):
            moment = moment_of(one.seek)
            month = (one.street_id, moment.year, moment.month)
            key = keys.get(month) or keys.setdefault(month, _key(other, one))
            grams = " ".join(f"'{key}{token}'" for token in tokens(one.text.doc))
            known = list(one.known_to)
            place = (one.case_id, one.is_kept, one.street_id, one.seek)
            out.write_row((*place, one.text.doc, one.text.fields, grams, known))


def _key(connection: psycopg.Connection, one: TextOfCopy) -> str:
    row = connection.execute(
        "SELECT search_key(%s, search_month(%s))", (one.street_id, one.seek)
    ).fetchone()
    assert row is not None
    return str(row[0])


def _value(table: str, name: str, kind: str, base: int) -> str:
    """Return what a column of a copy holds."""
    own = _OWN.get((table, name))
    if own is not None:
        return own.format(base=base, first=FIRST_NUMBER, street=STREET_APART)
    if name in _OF_A_COPY:
        return f"b.{name} + n * {APART}"
    if name in _OF_A_STREET:
        return f"b.{name} + s * {STREET_APART}"
    if kind.startswith("timestamp"):
        return f"b.{name} - d"
    return f'b."{name}"'

"""Very many cases in a PostgreSQL database: a small demo street, copied over streets and years.

Copies are made by the server itself, with triggers and foreign keys put aside: what is measured is
reading. Ten streets of the same units share the cases; the newest are open, as in a hall of that
size. Only cases and what their boards, searches and rates read are copied.

Each copy has a number of its own, is brought by one of many invented residents (`residents`) with
his name, telephone and door, and says besides a sentence of another case; what it is found by says
the same, and lies in the order of reception, as it was written in life.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg

from benchmarks.residents import OTHER, WHO, CopiedText, Residents, other_of
from desk.rules.identity import mask_name
from desk.rules.search_text import SearchText, tokens
from desk.store.search_functions import EPOCH, TIES

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
generate_series({first}, {last}) n
CROSS JOIN LATERAL (SELECT n % {streets} AS s, n <= {open} AS o, CASE WHEN n <= {open} THEN interval '0'
  ELSE interval '20 days' + interval '1 day' * (365.0 * {years} * n / {copies}) END AS d) c
"""
# k: which case of the demo; w: who brings the copy; o: whose sentence is said besides
_PEOPLE = (
    " JOIN base_ranks k ON k.case_id = b.{key} JOIN residents w ON w.at = "
    + WHO % ("k.rank", "n", "{residents}")
    + " JOIN base_ranks o ON o.rank = "
    + OTHER % ("k.rank", "n", "{ranks}")
)
_PEOPLED = {"cases": "id", "private_facts": "case_id"}
_SEARCH_COLUMNS = ("case_id", "is_kept", "street_id", "seek", "doc", "fields", "grams", "known_to")
FIRST_NUMBER = 100_000  # of the copies: behind those of the demo
_ROOM = 8  # places of one moment between one copy and the next
_OWN: dict[tuple[str, str], str] = {
    ("cases", "year"): "extract(year FROM b.received_at - d)",
    ("cases", "seq"): "k.rank + {first} + n * {base}",
    ("cases", "number"): "'青榕首〔' || extract(year FROM b.received_at - d) || '〕'"
    " || (k.rank + {first} + n * {base}) || '号'",
    ("cases", "details"): "b.details || o.said",
    ("cases", "appellant_shown"): "CASE WHEN b.appellant_shown LIKE '_%*' THEN w.shown"
    " ELSE b.appellant_shown END",
    ("cases", "status"): f"CASE WHEN o OR b.status IN ({_FINISHED}) THEN b.status"
    " ELSE 'archived' END",
    ("cases", "next_due_at"): "CASE WHEN o THEN b.next_due_at END",
    ("cases", "seen_by"): "ARRAY(SELECT u + s * {street} FROM unnest(b.seen_by) u)",
    ("private_facts", "name"): "CASE WHEN b.name <> '' THEN w.name ELSE b.name END",
    ("private_facts", "phone"): "CASE WHEN b.phone <> '' THEN w.phone ELSE b.phone END",
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
    plan = _Plan(copies, base, streets, max(streets, int(copies * OPEN_SHARE)))
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


@dataclass(frozen=True)
class _Plan:
    """How many copies of how many cases, over how many streets; the first ones are open."""

    copies: int
    base: int
    streets: int
    open: int

    def ago(self, copy: int) -> timedelta:
        """Return how long before its case a copy was received."""
        if copy <= self.open:
            return timedelta()
        return timedelta(days=20 + 365.0 * YEARS * copy / self.copies)


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
    connection: psycopg.Connection, table: str, plan: _Plan, residents: int, ranks: int
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
    connection: psycopg.Connection, plan: _Plan, residents: Residents, texts: list[CopiedText]
) -> None:
    """Write by what the copies are found, as a trigger would, in the order of reception."""
    base = connection.execute(
        "SELECT s.case_id, s.is_kept, s.street_id, s.seek, s.doc, s.fields, s.known_to, k.rank "
        "FROM case_search s JOIN base_ranks k USING (case_id)"
    ).fetchall()
    copied = [CopiedText(SearchText(row[4], row[5])) for row in base]
    places = sorted(
        (
            row[3] - (int(plan.ago(copy) / timedelta(milliseconds=1)) << TIES) + copy * _ROOM,
            copy,
            at,
        )
        for at, row in enumerate(base)
        for copy in range(1, plan.copies + 1)
    )
    # asked before: while rows are written the connection answers nothing else
    streets = {row[2] + apart * STREET_APART for row in base for apart in range(plan.streets)}
    months = {_month(seek) for seek, *_ in places}
    keys = {
        (street, month): _key(connection, street, month) for street in streets for month in months
    }
    columns = ", ".join(_SEARCH_COLUMNS)
    with connection.cursor().copy(f"COPY case_search ({columns}) FROM STDIN") as rows:
        for seek, copy, at in places:
            case, is_kept, first_street, _, _, _, known_to, rank = base[at]
            apart = copy % plan.streets * STREET_APART
            street = first_street + apart
            text = copied[at].copy(
                residents,
                residents.of_copy(rank, copy),
                rank + FIRST_NUMBER + copy * plan.base,
                _day(seek),
                other_of(rank, copy, texts),
            )
            key = keys[street, _month(seek)]
            grams = " ".join(f"'{key}{token}'" for token in tokens(text.doc))
            known = [one + apart for one in known_to if one]
            rows.write_row(
                (case + copy * APART, is_kept, street, seek, text.doc, text.fields, grams, known)
            )


def _key(connection: psycopg.Connection, street: int, month: int) -> str:
    row = connection.execute("SELECT search_key(%s, %s)", (street, month)).fetchone()
    return str(row[0]) if row else ""


def _moment(seek: int) -> datetime:
    return datetime.fromtimestamp((seek >> TIES) // 1000 + EPOCH, UTC)


def _month(seek: int) -> int:
    """Return the month of a place in the order of search, as `search_month` says it."""
    moment = _moment(seek)
    return moment.year * 12 + moment.month


def _day(seek: int) -> str:
    return f"{_moment(seek):%y%m%d}"


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

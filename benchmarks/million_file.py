"""Very many cases in the file of a small hall: as `million` fills a server, for what search reads.

Triggers and indexes are put aside while it is written, as the texts and their tokens are given in
the order of reception. Only cases, who brought them, who sees them and their texts are copied.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.copies import APART, FIRST_NUMBER, Plan, base_texts, texts_of_copies
from benchmarks.million import ALIKE
from benchmarks.residents import OTHER, WHO, CopiedText, Residents
from desk.rules.identity import mask_name
from desk.rules.search_text import SearchText, joined_tokens
from desk.store.engine import make_engine
from desk.store.file_statistics import keep_statistics

COPIED = ("cases", "private_facts", "case_units", "assignments")
_OF_A_COPY = {"id", "case_id", "merged_into_id", "repeat_of_id", "same_visit_id"}
_PEOPLED = {"cases": "id", "private_facts": "case_id"}
_PEOPLE = (
    " JOIN base_ranks k ON k.case_id = b.{key} JOIN residents w ON w.at = "
    + WHO % ("k.rank", "n", "{residents}")
    + " JOIN base_ranks o ON o.rank = "
    + OTHER % ("k.rank", "n", "{ranks}")
)
_EARLIER = "strftime('%Y-%m-%dT%H:%M:%f000+00:00', b.{name}, -ago || ' seconds')"
_NUMBER = "(k.rank + {first} + n * {base})"
_YEAR = "CAST(strftime('%Y', b.received_at, -ago || ' seconds') AS INTEGER)"
_OWN = {
    **ALIKE,
    ("cases", "year"): _YEAR,
    ("cases", "seq"): _NUMBER,
    ("cases", "number"): f"'青榕首〔' || {_YEAR} || '〕' || {_NUMBER} || '号'",
    ("private_facts", "address"): "place_of(b.address) || w.home",
}


def multiply_file(file: Path, cases: int, *, base: int) -> int:
    """Copy the cases of a demo street in a file until there are about so many; return how many."""
    plan = Plan(max(1, cases // base - 1), base)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.create_function("place_of", 1, _place_of, deterministic=True)
        for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-1000000"):
            connection.execute(f"PRAGMA {pragma}")
        residents = Residents(cases)
        texts = _people(connection, residents, plan)
        with _put_aside(connection):
            connection.execute("BEGIN")
            for table in COPIED:
                _copy(connection, table, plan, residents.count, len(texts))
            _copy_texts(connection, plan, residents, texts)
            connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (many,) = connection.execute("SELECT count(*) FROM cases").fetchone()
    engine = make_engine(f"sqlite:///{file}")
    with engine.connect():
        pass  # somebody has been there
    keep_statistics(engine)  # as whoever signs out does
    engine.dispose()
    return int(many)


def _people(connection: sqlite3.Connection, residents: Residents, plan: Plan) -> list[CopiedText]:
    connection.execute(
        "CREATE TEMP TABLE residents (at INTEGER PRIMARY KEY, name, shown, phone, home)"
    )
    connection.executemany(
        "INSERT INTO residents VALUES (?, ?, ?, ?, ?)",
        (
            (at, one.name, mask_name(one.name), one.phone, one.home)
            for at, one in enumerate(residents)
        ),
    )
    rows = connection.execute(
        "SELECT case_id, doc, fields FROM case_search WHERE NOT is_kept ORDER BY case_id"
    ).fetchall()
    texts = [CopiedText(SearchText(doc, fields)) for _, doc, fields in rows]
    connection.execute(
        "CREATE TEMP TABLE base_ranks (case_id INTEGER PRIMARY KEY, rank UNIQUE, said)"
    )
    connection.executemany(
        "INSERT INTO base_ranks VALUES (?, ?, ?)",
        (
            (row[0], rank, text.said)
            for rank, (row, text) in enumerate(zip(rows, texts, strict=True))
        ),
    )
    connection.execute("CREATE TEMP TABLE copies (n INTEGER PRIMARY KEY, o, ago)")
    connection.executemany(
        "INSERT INTO copies VALUES (?, ?, ?)",
        (
            (copy, copy <= plan.open, int(plan.ago(copy).total_seconds()))
            for copy in range(1, plan.copies + 1)
        ),
    )
    return texts


@contextmanager
def _put_aside(connection: sqlite3.Connection) -> Iterator[None]:
    """Put triggers and indexes of what is copied aside, and make them again at the end."""
    written = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    )
    made = [
        (kind, name, statement)
        for kind, name, table, statement in written
        if kind == "trigger" or (kind == "index" and table in COPIED)
    ]
    for kind, name, _ in made:
        connection.execute(f"DROP {kind} {name}")
    yield
    for _, _, statement in made:
        connection.execute(statement)


def _copy(
    connection: sqlite3.Connection, table: str, plan: Plan, residents: int, ranks: int
) -> None:
    connection.execute(f"CREATE TEMP TABLE base_{table} AS SELECT * FROM {table}")  # noqa: S608
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    names = ", ".join(f'"{row[1]}"' for row in columns)
    values = ", ".join(_value(table, row[1], plan.base) for row in columns)
    key = _PEOPLED.get(table)
    who = _PEOPLE.format(key=key, residents=residents, ranks=ranks) if key else ""
    connection.execute(
        f"INSERT INTO {table} ({names}) "  # noqa: S608 - names of our own tables
        f"SELECT {values} FROM copies n CROSS JOIN base_{table} b{who} ORDER BY n DESC"
    )


def _value(table: str, name: str, base: int) -> str:
    own = _OWN.get((table, name))
    if own is not None:
        return own.replace("{first}", str(FIRST_NUMBER)).replace("{base}", str(base))
    if name in _OF_A_COPY or (table, name) == ("assignments", "id"):
        return f"b.{name} + n * {APART}"
    if name.endswith("_at") or name == "since":
        return _EARLIER.format(name=name)
    return f'b."{name}"'


def _copy_texts(
    connection: sqlite3.Connection, plan: Plan, residents: Residents, texts: list[CopiedText]
) -> None:
    rows = connection.execute(
        "SELECT s.case_id, s.is_kept, s.street_id, s.seek, s.doc, s.fields, k.rank, NULL "
        "FROM case_search s JOIN base_ranks k USING (case_id)"
    ).fetchall()
    for one in texts_of_copies(base_texts(rows), plan, residents, texts):
        connection.execute(
            "INSERT INTO case_search (case_id, is_kept, street_id, seek, doc, fields) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (one.case_id, one.is_kept, one.street_id, one.seek, one.text.doc, one.text.fields),
        )
        connection.execute(
            "INSERT INTO case_index(rowid, tokens) VALUES (?, ?)",
            (one.seek, joined_tokens(one.text.doc)),
        )


def _place_of(address: str | None) -> str | None:
    """Return the name of the place an address begins with."""
    if address is None:
        return None
    return address.rstrip("0123456789 栋单元室号-").strip()

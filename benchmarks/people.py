"""How long what is asked while a clerk types takes among very many cases: persons, places, repeats.

All cases are of one street, which is the worst; who lives there is invented as for search
(`benchmarks.residents`). Every question is asked about another person, place or case each time, by
the people whose work it is, with their rights. Beside the time by the clock stands the time that
the desk and its server process worked for it, which is the same on a busy machine. At the end
stands how often a server read a large table as a whole.

Run: python -m benchmarks.people [--engine postgresql|sqlite] [--cases 1000000] [--runs 200]
     python -m benchmarks.people --database ADDRESS   where such a database is there already
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, create_engine, func, make_url, select, text

from benchmarks.search import many_cases
from desk.demo.street import DEMO_PASSWORD
from desk.queries.clusters import topic_board
from desk.queries.dispatch_hints import dispatch_hints
from desk.queries.person_page import Asked, likely_visitor, person_page
from desk.queries.place_page import neighbours_of, place_page
from desk.queries.repeat_probe import AskedRepeat
from desk.queries.repeats import repeat_candidates, repeats_of_case, text_frequencies
from desk.queries.suggestions import word_use
from desk.queries.visitors import namesakes, visitor
from desk.store.database import Database, Reader
from desk.store.models import Case, PrivateFacts
from desk.store.signing_in import sign_in

PEOPLE = (("1001", "窗口"), ("1004", "分拨"))
LARGE = ("cases", "private_facts", "identity_numbers", "person_links", "contacts", "papers")
_LONGEST = 20.0  # seconds; what is slow is asked less often
_DRAWN_FROM = 1021  # of so many cases one, from all years
_READS = text("SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname = ANY (:large)")
Ask = Callable[[Reader], object]


def main() -> None:
    """Print p50 and p95 in milliseconds of each question, for two people."""
    options = argparse.ArgumentParser()
    options.add_argument("--engine", choices=("postgresql", "sqlite"), default="postgresql")
    options.add_argument("--cases", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=200)
    options.add_argument("--database", help="ask this one, which is filled already")
    chosen = options.parse_args()
    with many_cases(chosen.engine, chosen.cases, chosen.database) as url:
        _ask_all(url, chosen.runs)


def _ask_all(url: str, runs: int) -> None:
    driven = url.replace("postgresql://", "postgresql+psycopg://", 1)
    with create_engine(driven, isolation_level="AUTOCOMMIT").connect() as connection:
        rows = _drawn(connection, runs)
        many = connection.scalar(select(func.count()).select_from(Case))
        print(f"{many:,} cases of one street; p50 / p95 in ms of at most {runs}, work in ms")
        for login, who in PEOPLE:
            database = sign_in(_of(url, login), login, DEMO_PASSWORD)
            print(f"{who}（{login}），load {os.getloadavg()[0]:.0f}")
            before = _whole_reads(connection)
            for name, asked in _questions(database, rows).items():
                _measure(database, name, asked)
            database.close()
            after = _whole_reads(connection)
            whole = {table: after[table] - before[table] for table in before}
            print("  tables read as a whole:", {table: n for table, n in whole.items() if n} or 0)


def _of(url: str, login: str) -> str:
    """Return the address for somebody's own login."""
    address = make_url(url)
    return url if address.drivername == "sqlite" else str(address.set(username=login))


def _drawn(connection: Connection, runs: int) -> dict[str, list[Any]]:
    """Return cases of all years, and of the last weeks, each with what is asked about."""
    facts = select(
        Case.id,
        Case.place_id,
        Case.category_id,
        Case.details,
        PrivateFacts.phone,
        PrivateFacts.name,
    ).join(PrivateFacts, PrivateFacts.case_id == Case.id)
    fit = facts.where(Case.place_id.is_not(None), PrivateFacts.phone != "")
    newest = fit.order_by(Case.received_at.desc()).limit(4000)
    some = fit.where(Case.seq % _DRAWN_FROM == 1)
    draw = Random(1)
    found = {"lately": connection.execute(newest).all(), "ever": connection.execute(some).all()}
    return {when: draw.sample(list(rows), min(runs, len(rows))) for when, rows in found.items()}


def _questions(database: Database, rows: dict[str, list[Any]]) -> dict[str, list[Ask]]:
    """Return what is asked, about people and places drawn anew each time."""
    known = database.read(text_frequencies)
    ever, lately = rows["ever"], rows["lately"]
    return {
        "number, seven digits": [partial(likely_visitor, phone=row.phone[:7]) for row in ever],
        "number, nine digits": [partial(likely_visitor, phone=row.phone[:9]) for row in ever],
        "number, whole": [partial(visitor, phone=row.phone) for row in ever],
        "namesakes": [partial(namesakes, name=row.name or "") for row in ever],
        "a person by number": [partial(person_page, about=Asked(phone=row.phone)) for row in ever],
        "a person by a case": [partial(person_page, about=Asked(case=row.id)) for row in ever],
        "neighbours' solved": [
            partial(neighbours_of, place=row.place_id, category=row.category_id) for row in ever
        ],
        "a place": [
            partial(place_page, place=row.place_id, category=row.category_id) for row in ever
        ],
        "repeats, form": [
            partial(repeat_candidates, sought=_written(row), known=known) for row in lately
        ],
        "repeats, words alone": [
            partial(repeat_candidates, sought=AskedRepeat(text=row.details), known=known)
            for row in lately
        ],
        "repeats of a case": [partial(repeats_of_case, case_id=row.id) for row in lately],
        "dispatch hints": [partial(dispatch_hints, case_id=row.id) for row in lately],
        "suggestions": [word_use] * 5,
        "clusters, topics": [topic_board] * 5,
    }


def _written(row: Any) -> AskedRepeat:
    return AskedRepeat(
        phone=row.phone,
        name=row.name or "",
        place=row.place_id,
        category=row.category_id,
        text=row.details,
    )


def _measure(database: Database, name: str, asked: Sequence[Ask]) -> None:
    work = _Work(database)
    begun = time.perf_counter()
    database.read(asked[0])
    first = (time.perf_counter() - begun) * 1000
    taken: list[float] = []
    before = work.spent()
    for one in asked:
        begun = time.perf_counter()
        database.read(one)
        taken.append((time.perf_counter() - begun) * 1000)
        if sum(taken) > _LONGEST * 1000:
            break
    spent = [(after - was) / len(taken) for after, was in zip(work.spent(), before, strict=True)]
    p95 = statistics.quantiles(taken, n=20)[18]
    print(
        f"  {name:<22} {statistics.median(taken):>8.1f} / {p95:>8.1f}   work: "
        f"desk {spent[0]:6.1f}, server {spent[1]:6.1f}   first {first:8.1f}",
        flush=True,
    )


class _Work:
    """What this process and the server's process for it have worked so far, in milliseconds."""

    def __init__(self, database: Database) -> None:
        self._file: Path | None = None
        if database.engine.dialect.name == "postgresql":
            process = database.read(
                lambda reader: reader.session.scalar(select(func.pg_backend_pid()))
            )
            self._file = Path(f"/proc/{process}/schedstat")

    def spent(self) -> tuple[float, float]:
        """Return both; a server's only where it runs on this machine."""
        there = self._file is not None and self._file.exists()
        server = int(self._file.read_text().split()[0]) / 1e6 if there and self._file else 0.0
        return time.process_time() * 1000, server


def _whole_reads(connection: Connection) -> dict[str, int]:
    if connection.dialect.name == "sqlite":
        return {}
    connection.execute(text("SELECT pg_stat_force_next_flush()"))
    rows = connection.execute(_READS, {"large": list(LARGE)})
    return {row.relname: row.seq_scan for row in rows}


if __name__ == "__main__":
    main()

"""What the database's own rights cost at 1,000,000 cases, by what the windows really ask.

Each query runs as the login of a clerk, a handler and a leader, and as a login that no right on
rows binds, with the same conditions of the program: the ratio is the price of row-level security.

Run: python -m benchmarks.rls_cost [--cases 1000000] [--runs 9]
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from benchmarks.million import BASE, multiply
from benchmarks.server import Server, running_server
from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.queries.board_columns import whole_board
from desk.queries.case_board import BoardFilter, board_counts, board_page
from desk.queries.case_file import case_file
from desk.queries.clock_reminders import own_limits
from desk.queries.news import news
from desk.queries.rates import rated_cases
from desk.queries.search import find
from desk.rules.lifecycle import STAGES
from desk.rules.moments import day_of
from desk.store.database import Database, Reader
from desk.store.engine import make_engine
from desk.store.models import Case
from desk.store.signing_in import sign_in

PEOPLE = (("1001", "窗口"), ("1007", "承办"), ("1013", "分管领导"))
UNBOUND = "bench_unbound"
LONGEST = 30_000  # milliseconds; what takes longer is asked less often


@dataclass(frozen=True)
class Asked:
    """One thing that windows ask."""

    name: str
    query: Callable[[Reader], object]


def main() -> None:
    """Print medians in milliseconds with and without rights on rows, and their ratio."""
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=9)
    chosen = options.parse_args()
    with running_server() as server:
        url, many = filled(server, chosen.cases)
        with server.superuser("million") as connection:
            row = connection.execute(
                "SELECT pg_size_pretty(pg_database_size('million'))"
            ).fetchone()
        print(f"{many:,} cases of 10 streets, {row[0] if row else '?'}; medians in ms of "
              f"{chosen.runs}: with rights / without, ratio")  # fmt: skip
        for login, who in PEOPLE:
            with both(server, url, login) as (bound, unbound):
                seen = bound.read(lambda reader: board_counts(reader, BoardFilter()).open)
                print(f"{who}（{login}）, {seen:,} open cases in sight")
                for one in asked(bound):
                    ours, bare = timed((bound, unbound), one.query, chosen.runs)
                    print(f"  {one.name:<24} {ours:>9.2f} / {bare:>9.2f}  {ours / bare:>6.2f}")


def filled(server: Server, cases: int) -> tuple[str, int]:
    """Make the database; return its address and how many cases it holds."""
    url = server.create("million")
    build_demo(url, cases=BASE)
    with server.superuser("million") as connection:
        begun = time.perf_counter()
        many = multiply(connection, cases)
        connection.execute(f"CREATE ROLE {UNBOUND} LOGIN BYPASSRLS IN ROLE desk_staff")
        connection.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {UNBOUND}")
        connection.execute("CHECKPOINT")
        print(f"filled in {time.perf_counter() - begun:.0f} s", flush=True)
    return url, many


@contextmanager
def both(server: Server, url: str, login: str) -> Iterator[tuple[Database, Database]]:
    """Give the database as somebody's own login sees it, and as one that nothing binds."""
    bound = sign_in(url, login, DEMO_PASSWORD)
    engine: Engine = make_engine(server.url("million", UNBOUND))
    try:
        yield bound, Database(engine, bound.person)
    finally:
        bound.close()
        engine.dispose()


def asked(database: Database) -> tuple[Asked, ...]:
    """Return what is asked, about cases that this person sees."""
    stages = [statuses for _, statuses in STAGES]
    today = day_of(database.now())
    some = database.read(_some_case)
    number, case = some if some is not None else ("", 0)
    return (
        Asked("board, first page", lambda reader: board_page(reader, BoardFilter())),
        Asked("board, its counts", lambda reader: board_counts(reader, BoardFilter())),
        Asked("whole board", lambda reader: whole_board(reader, BoardFilter(), stages)),
        Asked("case by number", lambda reader: find(reader, number)),
        Asked("a case's file", lambda reader: case_file(reader, case)),
        Asked("own limits", own_limits),
        Asked("news", lambda reader: news(reader, after=0)),
        Asked("rates of a month", lambda reader: rated_cases(reader, *_month(today))),
        Asked("count of all", _count_all),
        Asked("search by phone tail", lambda reader: find(reader, "0023")),
        Asked("search by words", lambda reader: find(reader, "电梯 停")),
    )


def _some_case(reader: Reader) -> tuple[str, int] | None:
    page = board_page(reader, BoardFilter(), size=1)
    return (page[0].number, page[0].id) if page else None


def _month(today: date) -> tuple[date, date]:
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def _count_all(reader: Reader) -> int:
    return len(reader.session.scalars(select(Case.id)).all())


def timed(
    databases: tuple[Database, Database], query: Callable[[Reader], object], runs: int
) -> tuple[float, float]:
    """Return both medians in milliseconds, asked in turn, after once that warms up."""
    found: tuple[list[float], list[float]] = ([], [])
    for run in range(runs + 1):
        for database, taken in zip(databases, found, strict=True):
            begun = time.perf_counter()
            database.read(query)
            if run:
                taken.append((time.perf_counter() - begun) * 1000)
        if sum(map(sum, found)) > LONGEST:
            break
    return statistics.median(found[0]), statistics.median(found[1])


def plan_of_the_board(engine: Engine) -> str:
    """Return how PostgreSQL goes about reading the cases that a login sees."""
    with Session(engine) as session:
        return "\n".join(session.scalars(text("EXPLAIN SELECT id, number FROM cases")))


if __name__ == "__main__":
    main()

"""How long the pages of a person and of a place take among very many cases (一人一档、一地一档).

All cases are of one street, which is the worst; telephones and names are spread as in a city: a
person came about four times, a name is had by a thousandth of all. Every question is asked about
another person or place each time. At the end stands how often a large table was read as a whole.

Run: python -m benchmarks.people [--cases 1000000] [--runs 200]
"""

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from random import Random

import psycopg

from benchmarks.million import BASE, multiply
from benchmarks.server import running_server
from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.queries.person_page import Asked, likely_visitor, person_page
from desk.queries.place_page import neighbours_of, place_page
from desk.store.database import Database, Reader
from desk.store.signing_in import sign_in

PEOPLE = (("1001", "窗口"), ("1004", "分拨"))
LARGE = ("cases", "private_facts", "identity_numbers", "person_links", "contacts", "papers")
# no number of a person begins so; a fourth of all cases have another one
_SPREAD = """
UPDATE private_facts SET
  phone = '100' || lpad(((hashint8(case_id)::bigint & 2147483647) % {people})::text, 8, '0'),
  name = '甲' || ((hashint8(case_id)::bigint & 2147483647) % {people} % 1000)
"""
_READS = "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname = ANY (%s)"
Ask = Callable[[Reader], object]


def main() -> None:
    """Print p50 and p95 in milliseconds of each question, for two people."""
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=200)
    chosen = options.parse_args()
    with running_server() as server:
        url = server.create("million")
        build_demo(url, cases=BASE)
        with server.superuser("million") as connection:
            many = multiply(connection, chosen.cases, streets=1)
            _spread(connection, many)
            questions = _questions(connection, chosen.runs)
        print(f"{many:,} cases of one street; p50 / p95 in ms of {chosen.runs}", flush=True)
        for login, who in PEOPLE:
            database = sign_in(url, login, DEMO_PASSWORD)
            print(f"{who}（{login}）")
            with server.superuser("million") as connection:
                before = _whole_reads(connection)
                for name, asked in questions.items():
                    _measure(database, name, asked)
                database.close()
                connection.execute("SELECT pg_stat_force_next_flush()")
                after = _whole_reads(connection)
            whole = {table: after[table] - before[table] for table in before}
            print("  tables read as a whole:", {table: n for table, n in whole.items() if n} or 0)


def _spread(connection: psycopg.Connection, many: int) -> None:
    """Give people numbers and names of their own; triggers and rights are not what is measured."""
    connection.execute("SET session_replication_role = replica")
    connection.execute(_SPREAD.format(people=many // 4).encode())
    connection.execute("UPDATE cases SET resolution = 'yes' WHERE closed_at IS NOT NULL")
    connection.execute("SET session_replication_role = origin")
    connection.execute("VACUUM ANALYZE private_facts")
    connection.execute("VACUUM ANALYZE cases")


def _questions(connection: psycopg.Connection, runs: int) -> dict[str, list[Ask]]:
    """Return what is asked, about people and places drawn anew each time."""
    rows = connection.execute(
        "SELECT f.phone, f.case_id, c.place_id, c.category_id FROM private_facts f "
        "TABLESAMPLE SYSTEM (2) JOIN cases c ON c.id = f.case_id WHERE c.place_id IS NOT NULL"
    ).fetchall()
    some = Random(1).sample(rows, min(runs, len(rows)))
    return {
        "number, nine digits": [partial(likely_visitor, phone=row[0][:9]) for row in some],
        "number, seven digits": [partial(likely_visitor, phone=row[0][:7]) for row in some],
        "a person by number": [partial(person_page, about=Asked(phone=row[0])) for row in some],
        "a person by a case": [partial(person_page, about=Asked(case=row[1])) for row in some],
        "neighbours' solved": [
            partial(neighbours_of, place=row[2], category=row[3]) for row in some
        ],
        "a place": [partial(place_page, place=row[2], category=row[3]) for row in some],
    }


def _measure(database: Database, name: str, asked: list[Ask]) -> None:
    database.read(asked[0])
    taken = []
    for one in asked:
        begun = time.perf_counter()
        database.read(one)
        taken.append((time.perf_counter() - begun) * 1000)
    cuts = statistics.quantiles(taken, n=20)
    print(f"  {name:<22} {statistics.median(taken):>8.2f} / {cuts[18]:>8.2f}", flush=True)


def _whole_reads(connection: psycopg.Connection) -> dict[str, int]:
    return {table: count for table, count in connection.execute(_READS, (list(LARGE),)).fetchall()}  # noqa: C416


if __name__ == "__main__":
    main()

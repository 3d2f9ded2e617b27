"""How long saving an intake takes, against one bare INSERT with its own commit in the same run.

Run: python -m benchmarks.saving [--cases 10000] [--database postgresql://…]
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desk.actions.intake import Appellant, RegisterCase
from desk.demo.build import build_demo
from desk.rules.codes import Channel, Exit
from desk.store.database import Database
from desk.store.engine import WRITES
from desk.store.models import Category, Staff
from desk.store.people import person_of
from desk.store.signing_in import sign_in_built_in

RUNS = 100


def main() -> None:
    """Print p50 and p95 of both, and their ratio."""
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=int, default=10_000)
    options.add_argument("--database")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.database or f"sqlite:///{Path(folder) / 'bench.db'}"
        build_demo(url, cases=chosen.cases)
        database = clerk_of(url)
        ours = timed(lambda n: save(database, n))
        bare = timed(lambda n: insert_one(database, n))
        print(f"cases already in the database: {chosen.cases}")
        report("save an intake (number, case, clocks, paper, history)", ours)
        report("bare INSERT and commit", bare)
        print(f"ratio of medians: {statistics.median(ours) / statistics.median(bare):.1f}")
        database.close()


def clerk_of(url: str) -> Database:
    """Return the database as the clerk at counter 2 sees it."""
    built_in = sign_in_built_in(url)
    with Session(built_in.engine) as session:
        clerk = session.scalars(select(Staff).where(Staff.login == "1001")).one()
        person = person_of(session, clerk, datetime.now(UTC).date())
    return Database(built_in.engine, person)


def save(database: Database, n: int) -> None:
    """Save one typical walk-in."""
    database.carry_out(intake_of(database, n))


def intake_of(database: Database, n: int) -> RegisterCase:
    """Return the request of one typical walk-in."""
    with Session(database.engine) as session:
        category = session.scalars(select(Category.id).where(Category.name == "电梯")).one()
    return RegisterCase(
        made_by=database.person.staff_id,
        happened_at=database.now(),
        exit=Exit.TRANSFER,
        channel=Channel.VISIT,
        details=f"第 {n} 次:7 栋电梯反复停在 3、4 层之间。请求尽快修好。",
        category=category,
        first_unit=database.person.home_unit_id,
        appellant=Appellant(name="陈桂芳", phone="13800000023", address="榕荫里小区 7 栋"),
    )


def insert_one(database: Database, n: int) -> None:
    """Insert one row into a table of its own and commit."""
    writer = database.engine.execution_options(**{WRITES: True})
    with writer.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS bench (n integer, words text)"))
        connection.execute(text("INSERT INTO bench VALUES (:n, :words)"), {"n": n, "words": "电梯"})


def timed(work: Callable[[int], None]) -> list[float]:
    """Return milliseconds per run after a warm-up."""
    work(0)
    found = []
    for n in range(1, RUNS + 1):
        start = time.perf_counter()
        work(n)
        found.append((time.perf_counter() - start) * 1000)
    return found


def report(what: str, found: list[float]) -> None:
    """Print median and 95th percentile."""
    p95 = statistics.quantiles(found, n=20)[18]
    print(f"{what}: p50 {statistics.median(found):.2f} ms, p95 {p95:.2f} ms ({len(found)} runs)")


if __name__ == "__main__":
    main()

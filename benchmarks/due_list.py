"""The due list with 100,000 open clocks: the board as a table, and each person's own limits.

Run: python -m benchmarks.due_list [--clocks 100000]; the alternative in the same run is the
obvious way: read every running clock and sort in Python.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.recompute import prepared
from desk.demo.street import DEMO_PASSWORD
from desk.queries.case_board import BoardFilter, board_counts, board_page
from desk.queries.clock_reminders import own_limits
from desk.rules.lifecycle import OPEN
from desk.store.database import Database, Reader
from desk.store.models import Case, Clock
from desk.store.signing_in import sign_in

RUNS = 15
PEOPLE = (("1004", "信联办分拨"), ("1007", "执法队承办"), ("1013", "分管领导"))


def main() -> None:
    """Print medians in milliseconds, and the ratio of the obvious way to ours."""
    options = argparse.ArgumentParser()
    options.add_argument("--clocks", type=int, default=100_000)
    wanted = options.parse_args().clocks
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'due.db'}"
        prepared(url, wanted).close()
        for login, who in PEOPLE:
            database = sign_in(url, login, DEMO_PASSWORD)
            if login == PEOPLE[0][0]:
                _compare(database)
            _tell_own(database, who)
            database.close()


def _tell_own(database: Database, who: str) -> None:
    mine = _timed(lambda: database.read(own_limits))
    many = len(database.read(own_limits).limits)
    print(f"own limits of {who}: {mine:.1f} ms ({many} near or over; median of {RUNS})")


def _compare(database: Database) -> None:
    running = database.read(_count_running)
    ours = _timed(lambda: database.read(_first_page))
    counts = _timed(lambda: database.read(lambda reader: board_counts(reader, BoardFilter())))
    obvious = _timed(lambda: database.read(_sort_all), runs=3)
    print(f"running clocks: {running}")
    print(
        f"due list, first page: {ours:.1f} ms, its counts: {counts:.1f} ms; "
        f"read all and sort: {obvious:.0f} ms; ratio {obvious / (ours + counts):.0f}"
    )


def _count_running(reader: Reader) -> int:
    query = select(func.count(Clock.id)).where(Clock.stopped_at.is_(None))
    return reader.session.scalar(query) or 0


def _first_page(reader: Reader) -> int:
    return len(board_page(reader, BoardFilter(statuses=OPEN)))


def _sort_all(reader: Reader) -> list[datetime]:
    columns = (Clock.due_at, Clock.kind, Case.number, Case.summary)
    query = select(*columns).join(Case, Case.id == Clock.case_id)
    rows = reader.session.execute(query.where(Clock.stopped_at.is_(None))).all()
    return [row.due_at for row in sorted(rows, key=lambda row: row.due_at)][:50]


def _timed(task: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median of several runs in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        task()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()

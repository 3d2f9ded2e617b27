"""The board with 10,000 open cases: its SQL, and from key press to painted window.

Run: python -m benchmarks.board [--cases 10000]; the alternative in the same run is the obvious
way: load every open case as an entity and sort in Python.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.queries.board_columns import whole_board
from desk.queries.case_board import BoardFilter, board_counts
from desk.rules.lifecycle import OPEN, STAGES
from desk.store.database import Database, Reader
from desk.store.models import Case
from desk.store.signing_in import sign_in
from desk.ui.board_screen import BoardScreen
from desk.ui.desk import Desk
from desk.ui.tasks import Tasks
from desk.ui.theme import apply_theme

RUNS = 20


def main() -> None:
    """Print medians, and the ratio of the obvious way to ours."""
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=int, default=10_000)
    count = options.parse_args().cases
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'board.db'}"
        build_demo(url, cases=count, per_day=count * 2)
        database = sign_in(url, "1004", DEMO_PASSWORD)
        open_cases = database.read(lambda r: board_counts(r, BoardFilter()).open)
        ours = _timed(lambda: database.read(_whole_board))
        obvious = _timed(lambda: _load_everything(database))
        print(f"open cases: {open_cases}")
        print(f"six columns and counts: {ours:.1f} ms; load all and sort: {obvious:.1f} ms; "
              f"ratio {obvious / ours:.1f} (median of {RUNS})")  # fmt: skip
        print(f"from asking to painted, offscreen: {_painted(database):.0f} ms (median of 5)")
        database.close()


def _whole_board(reader: Reader) -> int:
    """Read what the board shows first: a page of each column and all counts."""
    board = whole_board(reader, BoardFilter(), [statuses for _, statuses in STAGES])
    return board.counts.open


def _load_everything(database: Database) -> int:
    now = datetime.now(UTC)
    with Session(database.engine) as session:
        cases = session.scalars(select(Case).where(Case.status.in_(sorted(OPEN)))).all()
        return len(sorted(cases, key=lambda case: case.next_due_at or now))


def _painted(database: Database) -> float:
    app = QApplication.instance() or QApplication(["case-desk"])
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    tasks = Tasks()
    desk = Desk(database, tasks)
    found = []
    for _ in range(5):
        start = time.perf_counter()
        screen = BoardScreen(desk)
        screen.resize(1214, 690)
        screen.show()
        screen.arrive()
        _until(lambda: not tasks.is_busy)
        screen.grab()
        found.append((time.perf_counter() - start) * 1000)
        screen.close()
        screen.deleteLater()
    tasks.finish()
    return statistics.median(found)


def _until(is_done: Callable[[], bool]) -> None:
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if is_done() else None)
    timer.start(1)
    loop.exec()


def _timed(work: Callable[[], object]) -> float:
    work()
    found = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)


if __name__ == "__main__":
    main()

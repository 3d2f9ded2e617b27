"""From a colleague's commit to the painted board: told by the database, or asking by the clock.

One process paints the boards of a demo hall, another writes. The alternative in the same run is
what the program did before: ask every two seconds (one second on one file).

Run: python -m benchmarks.live [--changes 60] [--flood 400]
"""

import argparse
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.server import running_server
from desk.actions.intake import Appellant, RegisterCase
from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.queries.case_board import Whose
from desk.queries.lookups import categories
from desk.rules.codes import Channel, Exit
from desk.store.signing_in import sign_in
from desk.ui.board_screen import BoardScreen
from desk.ui.desk import Desk
from desk.ui.live import Live
from desk.ui.tasks import Tasks
from desk.ui.theme import apply_theme

READER, WRITER = "1004", "1001"  # a dispatcher looks, a clerk takes in
_TOGETHER = 0.15  # changes within this time are read in one go


class Painted(QObject):
    """Notes when a board was painted last, and how long the window did not answer."""

    def __init__(self, screen: BoardScreen) -> None:
        super().__init__()
        self.at, self.longest, self._last = 0.0, 0.0, time.perf_counter()
        self._beat = QTimer(self, interval=5)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start()
        for column in screen.page.columns.columns:
            column.list.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a painting."""
        if event.type() == QEvent.Type.Paint:
            self.at = time.time()
        return False

    def start_again(self) -> None:
        """Forget how long the window stood still so far."""
        self.longest, self._last = 0.0, time.perf_counter()

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


@dataclass
class Board:
    """Somebody before the board, told of changes as the program tells of them."""

    url: str
    desk: Desk = field(init=False)

    def __enter__(self) -> "Board":
        """Sign in and wait for the first painting."""
        self.tasks = Tasks()
        self.desk = Desk(sign_in(self.url, READER, DEMO_PASSWORD), self.tasks)
        self.screen = BoardScreen(self.desk)
        self.screen.resize(1214, 690)
        self.screen.show()
        self.screen.narrow("whose", Whose.ALL)
        self.screen.arrive()
        self.live = Live(self.desk)
        self.live.start()
        self.rest()
        until(lambda: self.live.is_listening)
        self.painted = Painted(self.screen)
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave the desk."""
        self.live.stop()
        self.rest()
        self.tasks.finish()
        self.desk.close()
        self.screen.close()

    def rest(self) -> None:
        """Wait until everything asked has been answered."""
        until_after(_TOGETHER)
        until(lambda: not self.tasks.is_busy)

    def ask_by_the_clock(self) -> None:
        """Hear nothing from the database; ask as often as the program did before."""
        self.live.stop()
        self.clock = QTimer(interval=1_000 if self.url.startswith("sqlite") else 2_000)
        self.clock.timeout.connect(self.live.ask_now)
        self.clock.start()

    def total(self) -> int:
        """Return how many cases the board counts."""
        return sum(column.counts()[0] for column in self.screen.page.columns.columns)


def write(url: str, orders: "Connection[float, int]") -> None:
    """Take in as many cases as asked, and say when the last of them was committed."""
    database = sign_in(url, WRITER, DEMO_PASSWORD)
    me = database.person
    category = database.read(categories)[-1].id
    while (count := orders.recv()) > 0:
        for _ in range(count):
            database.carry_out(
                RegisterCase(
                    made_by=me.staff_id,
                    happened_at=datetime.now(UTC),
                    exit=Exit.TRANSFER,
                    channel=Channel.HOTLINE,
                    category=category,
                    details="七栋楼道漏电，请求尽快断电检修。",
                    first_unit=me.home_unit_id,
                    appellant=Appellant(name="陈桂芳", phone="13800000023"),
                )
            )
        orders.send(time.time())
    database.close()


@contextmanager
def writer(url: str) -> Iterator["Connection[int, float]"]:
    """Have a colleague at work in a process of his own, to be told how many cases to take in."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=write, args=(url, there), daemon=True)
    process.start()
    yield here
    here.send(0)
    process.join()


def change_to_paint(board: Board, orders: "Connection[int, float]", changes: int) -> list[float]:
    """Return the milliseconds from each commit to the board that shows it."""
    found = []
    for number in range(changes):
        until_after(0.05 + 0.037 * (number % 9))  # not in step with anything
        before = board.total()
        orders.send(1)
        until(partial(_counts_more, board, before))
        until(partial(_was_painted, board, time.time()))
        found.append((board.painted.at - orders.recv()) * 1000)
        board.rest()
    return found


def _counts_more(board: Board, before: int) -> bool:
    return board.total() > before


def _was_painted(board: Board, since: float) -> bool:
    return board.painted.at >= since


def flood(board: Board, orders: "Connection[int, float]", count: int) -> str:
    """Return what many changes at once do to the board."""
    reads = 0

    def note(_board: object) -> None:
        nonlocal reads
        reads += 1

    board.screen.badge_changed.connect(note)
    before = board.total()
    board.painted.start_again()
    orders.send(count)
    until(lambda: board.total() >= before + count, patience=120)
    board.rest()
    after = (time.time() - orders.recv()) * 1000
    return (
        f"{count} changes at once: board read {reads} times, whole {after:.0f} ms after the last "
        f"commit, window silent at most {board.painted.longest * 1000:.0f} ms"
    )


def report(name: str, found: list[float]) -> None:
    """Print the middle and the slow end of what was measured."""
    ordered = sorted(found)
    slow = ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]
    print(f"  {name}: p50 {statistics.median(ordered):.0f} ms, p95 {slow:.0f} ms, "
          f"longest {ordered[-1]:.0f} ms ({len(ordered)} changes)", flush=True)  # fmt: skip


def measure(url: str, changes: int, many: int) -> None:
    """Print the figures for one engine."""
    print("one file" if url.startswith("sqlite") else "PostgreSQL", flush=True)
    with writer(url) as orders, Board(url) as board:
        report("told by the database", change_to_paint(board, orders, changes))
        print(f"  {flood(board, orders, many)}", flush=True)
        board.ask_by_the_clock()
        few = max(5, changes // 4)
        report("asked by the clock", change_to_paint(board, orders, few))


def until(is_done: Callable[[], bool], *, patience: float = 30) -> None:
    """Let the window live until something holds."""
    loop, end = QEventLoop(), time.monotonic() + patience
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if is_done() or time.monotonic() > end else None)
    timer.start(4)
    loop.exec()
    assert is_done(), "nothing was heard"


def until_after(seconds: float) -> None:
    """Let the window live for a while."""
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() >= end)


def main() -> None:
    """Measure both engines."""
    options = argparse.ArgumentParser()
    options.add_argument("--changes", type=int, default=60)
    options.add_argument("--flood", type=int, default=400)
    options.add_argument("--cases", type=int, default=300)
    chosen = options.parse_args()
    app = QApplication.instance() or QApplication(["case-desk"])
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        own = f"sqlite:///{Path(folder) / 'live.db'}"
        build_demo(own, cases=chosen.cases)
        measure(own, chosen.changes, chosen.flood)
    with running_server() as server:
        shared = server.create("live")
        build_demo(shared, cases=chosen.cases)
        measure(shared, chosen.changes, chosen.flood)


if __name__ == "__main__":
    main()

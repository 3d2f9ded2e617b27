"""How long the window keeps still: the longest stretch between two looks of its event loop.

Every page that somebody may open is opened twice, case files are opened one after the other, and
an appeal is typed letter by letter. Between two beats of the event loop the window takes no key;
the longest such stretch is printed for each page: by the clock, and of the thread's own time, which
other programs of a busy machine do not lengthen. The alternative in the same run is the same
reading done in the window's own thread, as small programs do it.

A page is built in a pause before it is opened, as the program does it while nobody touches
anything; how long the window keeps still for that is printed too. With --unprepared each page is
built when it is opened, as for somebody who goes through all pages at once.

Run: python -m benchmarks.gui_blocks [--cases 2000] [--people 1001 1004] [--unprepared]
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit, QWidget

from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.queries.case_board import BoardFilter, board_counts, board_page
from desk.queries.start import start
from desk.store.signing_in import sign_in
from desk.ui.chinese import speak_chinese
from desk.ui.desk import Desk
from desk.ui.main_window import MainWindow
from desk.ui.pages import TakesIntakes, reached_pages_of
from desk.ui.tasks import Tasks
from desk.ui.theme import apply_theme

PEOPLE = ("1001", "1004", "1007", "1013", "1026", "9001")
FILES, CALM, LEAST = 10, 3, 8  # files opened; looks in a row without work, and looks at least
GOAL_MS = 50
_LOOK_MS = 20
_WORDS = "七栋电梯反复停在三四层之间，昨天傍晚又困住一名带孩子的住户。"


@dataclass
class Still:
    """The longest stretch without a beat, in ms: by the clock, and of the thread's own time."""

    clock: float = 0.0
    own: float = 0.0

    def take(self, clock: float, own: float) -> None:
        """Keep what is longer than anything before."""
        self.clock, self.own = max(self.clock, clock), max(self.own, own)


class Beats:
    """A timer that fires whenever the event loop comes round."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._beat)
        self._still = Still()
        self._at = (0.0, 0.0)

    @contextmanager
    def heard(self) -> Iterator[Still]:
        """Listen while something is done."""
        self._still, self._at = Still(), _now()
        self._timer.start()
        yield self._still
        self._timer.stop()

    def _beat(self) -> None:
        clock, own = _now()
        self._still.take(clock - self._at[0], own - self._at[1])
        self._at = (clock, own)


class Seat:
    """One person before the window."""

    def __init__(self, url: str, login: str, beats: Beats) -> None:
        self.login, self.beats, self.tasks = login, beats, Tasks()
        self.database = sign_in(url, login, DEMO_PASSWORD)
        self.window = MainWindow(Desk(self.database, self.tasks), self.database.read(start))
        self.window.resize(1366, 768)
        self.window.show()
        self.rest()

    def rest(self) -> None:
        """Let the window work until nothing has been under way for some looks."""
        loop, looks, calm = QEventLoop(), 0, 0

        def look() -> None:
            nonlocal looks, calm
            looks, calm = looks + 1, 0 if self.tasks.is_busy else calm + 1
            if looks >= LEAST and calm >= CALM:
                loop.quit()

        timer = QTimer()
        timer.timeout.connect(look)
        timer.start(_LOOK_MS)
        loop.exec()

    def measured(self, work: Callable[[], object]) -> Still:
        """Return how long the window kept still while it did `work` and what followed."""
        with self.beats.heard() as still:
            QTimer.singleShot(0, work)
            self.rest()
        return still


def main() -> None:
    """Print the longest stretch for each page, for files and for typing."""
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=int, default=2000)
    options.add_argument("--people", nargs="*", default=PEOPLE)
    options.add_argument("--unprepared", action="store_true")
    given = options.parse_args()
    cases = given.cases
    import_module("pypinyin")  # as the program does beside its first window
    app = QApplication(["case-desk"])
    speak_chinese(app)
    apply_theme(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'hall.db'}"
        build_demo(url, cases=cases)
        print(f"{cases} cases; ms without a beat: by the clock (own time); goal {GOAL_MS}")
        beats, over = Beats(), 0
        for login in given.people:
            over += _person(Seat(url, login, beats), is_prepared=not given.unprepared)
        print(f"over {GOAL_MS} ms of own time: {over}")
    os._exit(0)  # nothing of it is kept


def _person(seat: Seat, *, is_prepared: bool) -> int:
    window, found = seat.window, []
    if is_prepared:
        _prepare(seat)
    for page in reached_pages_of(seat.database.person):
        for which in ("first", "again"):
            still = seat.measured(partial(window.pages.go, page.name))
            found.append((f"{page.name} {which}", still))
            window.pages.go("start")
            seat.rest()
    found.append(("ten files", _files(seat)))
    if seat.login == "1001":
        found.append(("typing", _typing(seat)))
        found.append(("the board read in the window's thread", _read_here(seat)))
    for what, still in found:
        mark = "  <-- over" if still.own > GOAL_MS else ""
        print(
            f"  {seat.database.person.name} {what}: {still.clock:.0f} ({still.own:.0f}){mark}",
            flush=True,
        )
    window.rest()
    seat.tasks.finish()
    return sum(still.own > GOAL_MS for what, still in found if "thread" not in what)


def _prepare(seat: Seat) -> None:
    """Build all pages as in pauses, and print what took longest."""
    longest: list[tuple[float, str]] = []
    for page in reached_pages_of(seat.database.person):
        import_module(page.home.partition(":")[0])
        still = seat.measured(partial(seat.window.pages.make_ahead, page))
        longest.append((still.own, page.name))
    worst = "，".join(f"{name} {own:.0f}" for own, name in sorted(longest, reverse=True)[:5])
    print(f"  {seat.database.person.name} built in pauses (own time): {worst}", flush=True)


def _files(seat: Seat) -> Still:
    rows = seat.database.read(lambda reader: board_page(reader, BoardFilter(), size=FILES))
    longest = Still()
    for row in rows:
        still = seat.measured(partial(seat.window.pages.open_case, row.id))
        longest.take(still.clock, still.own)
    return longest


def _typing(seat: Seat) -> Still:
    seat.window.pages.go("intake")
    seat.rest()
    page = seat.window.pages.front
    assert isinstance(page, QWidget)
    assert isinstance(page, TakesIntakes)
    page.begin()
    seat.rest()
    fields = [*page.findChildren(QPlainTextEdit), *page.findChildren(QTextEdit)]
    text = next(one for one in fields if one.accessibleName().startswith("诉求内容"))
    text.setFocus()
    longest = Still()
    for letter in _WORDS:
        still = seat.measured(partial(_commit, text, letter))
        longest.take(still.clock, still.own)
    return longest


def _commit(text: QWidget, letter: str) -> None:
    """Hand a letter over as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(letter)
    QApplication.sendEvent(text, event)


def _read_here(seat: Seat) -> Still:
    """Read the boards as a program does that asks its database in the window's own thread."""

    def read() -> None:
        seat.database.read(lambda reader: board_page(reader, BoardFilter()))
        seat.database.read(lambda reader: board_counts(reader, BoardFilter()))

    return seat.measured(read)


def _now() -> tuple[float, float]:
    """Return the clock and this thread's own time, in ms."""
    return time.perf_counter() * 1000, time.thread_time() * 1000


if __name__ == "__main__":
    main()

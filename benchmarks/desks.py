"""Two hundred desks at work on one server, at ten times a hall's peak: how long each waits.

A hall takes in some forty appeals a day, in its peak hour four times as many as on average, and
does ten deeds for each (`PEAK`). Every desk is a thread with the program's own Database under a
login of its staff: it registers, contacts, reads its board when there is news, opens files,
searches. Desks share processes, so each waits for its neighbours' Python too: upper bounds.

Run: python -m benchmarks.desks [--desks 200] [--minutes 5] [--cases 1000] [--processes 8]
"""

import argparse
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import threading
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.saving import intake_of
from benchmarks.server import Server, running_server
from desk.actions.contacts import RecordContact
from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.queries.board_columns import whole_board
from desk.queries.case_board import BoardFilter, BoardRow, board_page
from desk.queries.case_file import case_file
from desk.queries.news import Heard, news
from desk.queries.search import find
from desk.rules.codes import CaseStatus, ContactResult
from desk.rules.errors import DatabaseAway, DeskError
from desk.rules.lifecycle import STAGES
from desk.store.database import Database
from desk.store.signing_in import sign_in

PEAK = 40 / 8 * 4 * 10 / 3600  # deeds a second of one hall in its peak hour
TIMES = 10
FRONT = ("1001", "1002", "1003", "1004")
HANDLERS = ("1006", "1007", "1008", "1009", "1010", "1011", "1012", "1016", "1018", "1019")
NEWS_EVERY, FILE_EVERY, SEARCH_EVERY = 2.0, 30.0, 60.0
CONTACTED = frozenset({CaseStatus.ACCEPTED, CaseStatus.HANDLING, CaseStatus.OPINION})
_WINDOW = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desk.store.signing_in import sign_in
from desk.ui.board_screen import BoardScreen
from desk.ui.desk import Desk
from desk.ui.tasks import Tasks
from desk.ui.theme import apply_theme
app = QApplication(["case-desk"])
apply_theme(app, "light")
tasks = Tasks()
desk = Desk(sign_in(sys.argv[1], "1004", sys.argv[2]), tasks)
screen = BoardScreen(desk)
screen.resize(1214, 690)
screen.show()
screen.arrive()
def look():
    screen.grab()
    facts = open("/proc/self/smaps_rollup").read().split()
    print(int(facts[facts.index("Pss:") + 1]) // 1024, flush=True)
    screen.close()
    tasks.finish()
    app.quit()
QTimer.singleShot(4000, look)
app.exec()
"""


@dataclass
class Taken:
    """How long things took, in milliseconds by their names, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, other: "Taken") -> None:
        """Take in what other desks measured."""
        for name, several in other.times.items():
            self.times[name] += several
        self.refused += other.refused
        self.errors += other.errors


class SimulatedDesk:
    """One desk: what somebody at it does, over and over."""

    def __init__(self, database: Database, number: int, pause: float) -> None:
        self._database, self._pause = database, pause
        self._chance = random.Random(number)
        self._place: int | None = None
        self._board: list[BoardRow] = []
        self.taken = Taken()

    def work(self, seconds: float) -> None:
        """Work for so long."""
        due = {
            self._hear: self._chance.uniform(0, NEWS_EVERY),
            self._open: self._chance.uniform(0, FILE_EVERY),
            self._search: self._chance.uniform(0, SEARCH_EVERY),
            self._do: self._chance.expovariate(1 / self._pause),
        }
        every: dict[Callable[[], None], Callable[[], float]] = {
            self._hear: lambda: NEWS_EVERY,
            self._open: lambda: FILE_EVERY,
            self._search: lambda: SEARCH_EVERY,
            self._do: lambda: self._chance.expovariate(1 / self._pause),
        }
        begun = time.monotonic()
        self._load()
        while (now := time.monotonic() - begun) < seconds:
            task = min(due, key=lambda one: due[one])
            time.sleep(min(max(0.0, due[task] - now), max(0.0, seconds - now)))
            if due[task] >= seconds:
                return
            try:
                task()
            except DatabaseAway as away:
                self.taken.errors.append(str(away))
            except DeskError as refused:
                self.taken.refused[type(refused).__name__] += 1
            due[task] = max(due[task], time.monotonic() - begun) + every[task]()

    def _timed(self, name: str, work: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        answer = work()
        self.taken.times[name].append((time.perf_counter() - begun) * 1000)
        return answer

    def _hear(self) -> None:
        heard = self._timed(
            "news", lambda: self._database.read(lambda reader: news(reader, after=self._place))
        )
        is_first, self._place = self._place is None, heard.place
        if not is_first and (heard.is_too_much or any(map(self._concerns, heard.heard))):
            self._load()

    def _concerns(self, heard: Heard) -> bool:
        """Return whether a board reads itself anew for this, as the boards of the windows do."""
        shown = {row.id for row in self._board}
        return bool(heard.changes.title) or not shown.isdisjoint(heard.changes.cases)

    def _load(self) -> None:
        stages = [statuses for _, statuses in STAGES]
        board = self._timed(
            "board",
            lambda: self._database.read(lambda reader: whole_board(reader, BoardFilter(), stages)),
        )
        self._board = [row for column in board.columns for row in column]

    def _open(self) -> None:
        if self._board:
            case = self._chance.choice(self._board).id
            self._timed(
                "case file", lambda: self._database.read(lambda reader: case_file(reader, case))
            )

    def _search(self) -> None:
        words = self._chance.choice(("电梯", "13800000023", "漏水", "榕荫里"))
        self._timed("search", lambda: self._database.read(lambda reader: find(reader, words)))

    def _do(self) -> None:
        mine = [row for row in self._board if row.status in CONTACTED]
        if mine and not self._database.person.desk_name:
            row = self._chance.choice(mine)
            request = RecordContact(
                made_by=self._database.person.staff_id,
                happened_at=self._database.now(),
                case=row.id,
                seen=row.version,
                result=ContactResult.REACHED,
                note="已说明进展，下周再联系。",
                over_reason="诉求人等着回话",
            )
            self._timed("contact", lambda: self._database.carry_out(request))
        elif self._database.person.desk_name:
            intake = intake_of(self._database, self._chance.randrange(10**6))
            self._timed("register", lambda: self._database.carry_out(intake))


def several(url: str, numbers: list[int], seconds: float, pause: float) -> Taken:
    """Let the desks of one process work; return what they measured."""
    taken, gate = Taken(), threading.Barrier(len(numbers))

    def one(number: int) -> None:
        logins = FRONT if number % 2 else HANDLERS
        try:
            login = logins[number // 2 % len(logins)]
            desk = SimulatedDesk(sign_in(url, login, DEMO_PASSWORD), number, pause)
            gate.wait()
            desk.work(seconds)
            taken.add(desk.taken)
        except Exception:  # noqa: BLE001 - whatever it is, it is told at the end
            taken.errors.append(traceback.format_exc(limit=-3))
            gate.abort()

    threads = [threading.Thread(target=one, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.times = dict(taken.times)  # a lambda cannot be sent to another process
    return taken


def simulate(server: Server, url: str, chosen: argparse.Namespace) -> Taken:
    """Let all desks work and return what they measured."""
    with server.superuser("hall") as connection:
        connection.execute(
            "DO $$ DECLARE one text; BEGIN FOR one IN SELECT rolname FROM pg_roles WHERE "
            "rolcanlogin LOOP EXECUTE format('ALTER ROLE %I CONNECTION LIMIT -1', one); "
            "END LOOP; END $$"
        )
    seconds, pause = chosen.minutes * 60, chosen.desks / (PEAK * TIMES)
    shares = [list(range(at, chosen.desks, chosen.processes)) for at in range(chosen.processes)]
    found = Taken()
    with multiprocessing.get_context("spawn").Pool(chosen.processes) as pool:
        waiting = [pool.apply_async(several, (url, share, seconds, pause)) for share in shares]
        time.sleep(seconds / 2)
        print(f"server: {memory_of(server.processes())} MB in "
              f"{len(server.processes())} processes", flush=True)  # fmt: skip
        for one in waiting:
            found.add(one.get())
    return found


def memory_of(processes: list[int]) -> int:
    """Return the memory that processes hold, shared pages counted once, in MB."""
    total = 0
    for process in processes:
        facts = Path(f"/proc/{process}/smaps_rollup").read_text().split()
        total += int(facts[facts.index("Pss:") + 1])
    return total // 1024


def memory_of_a_window(url: str) -> str:
    """Return the memory of one real window with its board, in MB."""
    done = subprocess.run(
        [sys.executable, "-c", _WINDOW, url, DEMO_PASSWORD],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).resolve().parents[1],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.stdout.strip() or done.stderr[-300:]


def main() -> None:
    """Print p50 and p95 of everything that desks wait for, and memory."""
    options = argparse.ArgumentParser()
    options.add_argument("--desks", type=int, default=200)
    options.add_argument("--minutes", type=float, default=5)
    options.add_argument("--cases", type=int, default=1000)
    options.add_argument("--processes", type=int, default=8)
    chosen = options.parse_args()
    with running_server() as server:
        url = server.create("hall")
        build_demo(url, cases=chosen.cases)
        open_cases = len(sign_in(url, "1004", DEMO_PASSWORD).read(_open_cases))
        print(f"{chosen.desks} desks, {chosen.minutes:g} min, {open_cases} open cases, "
              f"{PEAK * TIMES:.2f} deeds a second", flush=True)  # fmt: skip
        found = simulate(server, url, chosen)
        print(f"one window with its board: {memory_of_a_window(url)} MB")
    for name, times in sorted(found.times.items()):
        p95 = statistics.quantiles(times, n=20)[18] if len(times) > 1 else times[0]
        print(f"  {name:<10} {len(times):>7} times, p50 {statistics.median(times):>7.1f} ms, "
              f"p95 {p95:>7.1f} ms, slowest {max(times):>7.0f} ms")  # fmt: skip
    print(f"refused by a rule: {dict(found.refused)}; errors: {len(found.errors)}")
    for error in found.errors[:3]:
        print(error)


def _open_cases(reader: Any) -> list[BoardRow]:
    return board_page(reader, BoardFilter(), size=10**6)


if __name__ == "__main__":
    main()

"""Two hundred desks at work on one server, at ten times a hall's peak: how long each waits.

A hall takes in some forty appeals a day, in its peak hour four times as many as on average, and
does ten deeds for each (`PEAK`). Every desk has the program's own Database under a login of its
staff: it registers, contacts, hears news, reads its board anew when they concern it, opens files,
searches. All desks share the server's processors here, which in a hall only the server has. So of
boards, files and searches the desks ask again what the program asked once, statement by statement,
and leave the making of rows and windows to the PCs of a hall. It is measured once all have signed
in, asked everything a few times and done one deed.

Run: python -m benchmarks.desks [--desks 200] [--minutes 5] [--cases 1000] [--processes 40]
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
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event, select

from benchmarks.saving import intake_of
from benchmarks.server import Server, running_server
from desk.actions.contacts import RecordContact
from desk.actions.intake import RegisterCase
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
from desk.store.database import Database, Reader
from desk.store.models import Case
from desk.store.signing_in import sign_in

PEAK = 40 / 8 * 4 * 10 / 3600  # deeds a second of one hall in its peak hour
TIMES = 10
FRONT = ("1001", "1002", "1003", "1004")
HANDLERS = ("1006", "1007", "1008", "1009", "1010", "1011", "1012", "1016", "1018", "1019")
NEWS_EVERY, FILE_EVERY, SEARCH_EVERY = 2.0, 30.0, 60.0
USUAL = 6  # so often is everything asked before it counts: from then on the driver has prepared it
TOGETHER = 3  # so many sign in at a time
MOST_TRIES = 10
FAIR = 0.0005  # seconds after which desks that share a process let each other go on
_VERSION = select(Case.version)
_gate: Any = None
_door: Any = None
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


class Asked:
    """What the server is asked for one reading of the program, to be asked again."""

    def __init__(self, database: Database, query: Callable[[Reader], Any]) -> None:
        self._engine = database.engine
        self._statements: list[tuple[str, Any]] = []
        event.listen(self._engine, "before_cursor_execute", self._note)
        self.answer = database.read(query)
        event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _c: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        self._statements.append((statement, parameters))

    def again(self) -> None:
        """Ask all of it again, and take every row."""
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            for statement, parameters in self._statements:
                cursor.execute(statement, parameters)
                cursor.fetchall()
            connection.commit()
        finally:
            connection.close()


class SimulatedDesk:
    """One desk: what somebody at it does, over and over."""

    def __init__(self, database: Database, number: int, pause: float) -> None:
        self._database, self._pause = database, pause
        self._chance = random.Random(number)
        stages = [statuses for _, statuses in STAGES]
        self._board = Asked(database, lambda reader: whole_board(reader, BoardFilter(), stages))
        self._rows = [row for column in self._board.answer.columns for row in column]
        shown = self._chance.choice(self._rows).id if self._rows else 0
        words = self._chance.choice(("电梯", "13800000023", "漏水", "榕荫里"))
        self._file = Asked(database, lambda reader: shown and case_file(reader, shown))
        self._search = Asked(database, lambda reader: find(reader, words))
        self._place: int | None = None
        self.taken = Taken()
        for _ in range(USUAL):
            for one in (self._board, self._file, self._search):
                one.again()
            self._hear()
        with suppress(DeskError):  # a colleague's may have come first
            self._do()  # nobody works at the peak with the first deed since he came
        self.taken = Taken()

    def work(self, seconds: float) -> None:
        """Work for so long."""
        every: dict[Callable[[], None], Callable[[], float]] = {
            self._hear: lambda: NEWS_EVERY,
            partial(self._timed, "case file", self._file.again): lambda: FILE_EVERY,
            partial(self._timed, "search", self._search.again): lambda: SEARCH_EVERY,
            self._do: lambda: self._chance.expovariate(1 / self._pause),
        }
        due = {task: self._chance.uniform(0, pause()) for task, pause in every.items()}
        begun = time.monotonic()
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
            self._timed("board", self._board.again)

    def _concerns(self, heard: Heard) -> bool:
        """Return whether a board reads itself anew for this, as the boards of the windows do."""
        shown = {row.id for row in self._rows}
        return bool(heard.changes.title) or not shown.isdisjoint(heard.changes.cases)

    def _sent(self, intake: RegisterCase) -> None:
        """Send it as the queue of a desk does, which has long said that it is saved: until done."""
        for _ in range(MOST_TRIES):
            with suppress(DatabaseAway):
                self._database.carry_out(intake)
                return
            self.taken.refused["intakes sent once more"] += 1
        self.taken.errors.append("an intake was not taken")

    def _do(self) -> None:
        mine = [row.id for row in self._rows if row.status in CONTACTED]
        if self._database.person.desk_name:
            intake = intake_of(self._database, self._chance.randrange(10**6))
            self._timed("register", lambda: self._sent(intake))
        elif mine:
            case = self._chance.choice(mine)
            seen = self._database.read(lambda r: r.session.scalar(_VERSION.where(Case.id == case)))
            request = RecordContact(
                made_by=self._database.person.staff_id,
                happened_at=self._database.now(),
                case=case,
                seen=seen or 0,
                result=ContactResult.REACHED,
                note="已说明进展，下周再联系。",
                over_reason="诉求人等着回话",
            )
            self._timed("contact", lambda: self._database.carry_out(request))


def several(url: str, numbers: list[int], seconds: float, pause: float) -> Taken:
    """Let the desks of one process work; return what they measured."""
    sys.setswitchinterval(FAIR)
    taken = Taken()

    def one(number: int) -> None:
        logins = FRONT if number % 2 else HANDLERS
        login = logins[number // 2 % len(logins)]
        try:
            with _door:
                desk = SimulatedDesk(sign_in(url, login, DEMO_PASSWORD), number, pause)
            _gate.wait()
            desk.work(seconds)
            taken.add(desk.taken)
        except threading.BrokenBarrierError:
            return  # another desk could not begin, and tells why
        except Exception:  # noqa: BLE001 - whatever it is, it is told at the end
            taken.errors.append(traceback.format_exc(limit=-3))
            _gate.abort()

    threads = [threading.Thread(target=one, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.times = dict(taken.times)  # a lambda cannot be sent to another process
    return taken


def _know(gate: Any, door: Any) -> None:
    global _gate, _door
    _gate, _door = gate, door


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
    found, begin = Taken(), multiprocessing.get_context("spawn")
    gate = begin.Barrier(chosen.desks + 1)
    with begin.Pool(chosen.processes, _know, (gate, begin.Semaphore(TOGETHER))) as pool:
        waiting = [pool.apply_async(several, (url, share, seconds, pause)) for share in shares]
        with suppress(threading.BrokenBarrierError):  # a desk could not begin: it tells below why
            gate.wait()
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
        with suppress(OSError):  # it may have ended meanwhile
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
    options.add_argument("--processes", type=int, default=40)
    chosen = options.parse_args()
    with running_server() as server:
        url = server.create("hall")
        build_demo(url, cases=chosen.cases)
        leader = sign_in(url, "1004", DEMO_PASSWORD)
        open_cases = len(leader.read(_open_cases))
        leader.close()
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

"""Desks, the network and the server fail at random; nothing that was said to be saved is lost.

Real processes: stations with the program's own journal and sender, a cable of their own each, one
PostgreSQL server. Clocks of stations are wrong by hours and days. At the end every intake that a
desk called saved is on the server exactly once, numbers have no gap, none changed, nothing waits.

Run: python -m benchmarks.faults [--faults 2000] [--stations 3] [--seed 1]
"""

import argparse
import os
import pickle
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.cable import Cable
from benchmarks.server import Server, running_server
from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.store.engine import make_engine
from desk.store.models import Case, Category, Event, EventCase
from desk.store.models import Counter as NumberCounter
from desk.store.signing_in import sign_in

LOGINS = ("1001", "1002", "1003", "1004", "1006", "1007")
CLOCKS = (0, 0, 5 * 3600, 86_400, -86_400)  # seconds by which a station's clock is wrong
STUCK, LONGEST_END = 90.0, 600.0  # a desk gives up by itself when a minute has brought nothing
NO_ROOM = 4096  # bytes beyond which no file of a station grows while its disk is full
OF_THE_SERVER = {
    "PostgreSQL kill -9",
    "backends terminated",
    "fast restart of the server",
    "server frozen 0.2-5 s",
}
ROOT = Path(__file__).resolve().parents[1]


class Station:
    """One desk as a process, with what it said."""

    def __init__(self, number: int, server: Server, folder: Path, pace: float) -> None:
        self.number, self._server, self._folder, self._pace = number, server, folder, pace
        self.cable = Cable(server.port)
        self.journal = folder / f"journal-{number}.db"
        self._facts = folder / f"facts-{number}"
        self.saved: set[str] = set()  # said to be saved
        self.numbers: dict[str, set[str]] = defaultdict(set)  # official numbers told
        self.refused: Counter[str] = Counter()
        self.not_taken: dict[str, str] = {}
        self.end = ""
        self.heard_at = 0.0
        self._heard = threading.Condition()
        url = server.url("hall")
        database = sign_in(url, LOGINS[number], DEMO_PASSWORD)
        with Session(database.engine) as session:
            category = session.scalars(select(Category.id).where(Category.name == "电梯")).one()
        self._facts.write_bytes(pickle.dumps((database.person, category)))
        database.close()

    def start(self, chance: random.Random) -> None:
        """Start the process; its clock is wrong by chance."""
        url = self._server.url("hall", LOGINS[self.number], self.cable.port)
        wrong = {"DESK_CLOCK_IS_WRONG_BY": str(chance.choice(CLOCKS))}
        command = [sys.executable, "-m", "benchmarks.station", url, str(self._facts)]
        self._process = subprocess.Popen(
            [
                *command,
                str(self.journal),
                f"--seed={chance.randrange(10**6)}",
                f"--pace={self._pace}",
            ],
            cwd=ROOT,
            env=os.environ | wrong,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin is not None
        self._stdin = self._process.stdin
        self._reader = threading.Thread(target=self._listen, args=(self._process,), daemon=True)
        self._reader.start()

    def kill(self) -> None:
        """Kill it at whatever it does."""
        self._process.kill()
        self._process.wait()
        with suppress(BrokenPipeError):
            self._stdin.close()
        self._reader.join()  # what it had said counts

    def tell(self, word: str) -> None:
        """Say something to it."""
        self._stdin.write(f"{word}\n")
        self._stdin.flush()

    def finish(self) -> None:
        """Let it send what waits, and end."""
        self._stdin.close()
        self._process.wait(LONGEST_END)
        self._reader.join()

    def limit_disk(self, most: int) -> None:
        """Let its files grow no further than this; -1: as they like."""
        _, hard = resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE)
        soft = hard if most < 0 else most
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (soft, hard))

    def hears_after(self, moment: float) -> float | None:
        """Wait until the server took something after a moment; return when, None if it never."""
        give_up = time.monotonic() + STUCK
        with self._heard:
            while self.heard_at <= moment:
                if not self._heard.wait(max(0.01, give_up - time.monotonic())):
                    return None
            return self.heard_at

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            kind, command, words = line.rstrip("\n").split("\t", 2)
            if kind == "L":
                self.saved.add(command)
            elif kind == "S":
                self.numbers[command].add(words)
                with self._heard:
                    self.heard_at = time.monotonic()
                    self._heard.notify_all()
            elif kind == "R":
                self.refused[words[:40]] += 1
            elif kind == "X":
                self.not_taken[command] = words
            else:
                self.end = f"{command} {words}"
        process.stdout.close()


@dataclass
class Figures:
    """What was done to everybody, and how soon the server heard of the desk again."""

    recoveries: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    stuck: Counter[str] = field(default_factory=Counter)
    saved: int = 0
    lost: int = 0
    twice: int = 0
    gaps: int = 0
    changed_numbers: int = 0
    waiting: int = 0
    damaged: int = 0
    crashed: int = 0
    on_server: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    not_taken: list[str] = field(default_factory=list)
    is_told: bool = False  # each fault, as it happens

    @property
    def faults(self) -> int:
        """How many faults there were."""
        return sum(map(len, self.recoveries.values())) + self.stuck.total()

    @property
    def troubles(self) -> tuple[int, ...]:
        """Everything that must be nought."""
        return (self.lost, self.twice, self.gaps, self.changed_numbers, self.waiting,
                self.damaged, self.crashed, self.stuck.total(), len(self.not_taken))  # fmt: skip


class Trouble:
    """The faults, each by its name; each returns the moment from which recovery counts."""

    def __init__(self, server: Server, chance: random.Random) -> None:
        self._server, self.chance = server, chance
        self._at_server = threading.Lock()
        self.kinds: dict[str, tuple[int, Callable[[Station], float]]] = {
            "kill -9 client": (38, self._kill_client),
            "TCP reset": (14, self._reset),
            "half-open": (10, self._swallow),
            "reply lost after commit": (10, self._lose_reply),
            "PostgreSQL kill -9": (7, self._kill_server),
            "duplicate delivery of the last 30": (7, self._again),
            "backends terminated": (6, self._terminate),
            "fast restart of the server": (4, self._restart),
            "server frozen 0.2-5 s": (4, self._freeze),
            "client disk full": (4, self._full_disk),
        }

    def draw(self) -> str:
        """Choose a fault."""
        names = list(self.kinds)
        return self.chance.choices(names, [self.kinds[name][0] for name in names])[0]

    def strike(self, kind: str, station: Station) -> float:
        """Do it; return the moment from which recovery counts."""
        with self._at_server if kind in OF_THE_SERVER else nullcontext():
            return self.kinds[kind][1](station)

    def _kill_client(self, station: Station) -> float:
        station.kill()
        begun = time.monotonic()
        station.start(self.chance)
        return begun

    def _reset(self, station: Station) -> float:
        station.cable.reset()
        return time.monotonic()

    def _swallow(self, station: Station) -> float:
        station.cable.swallow()
        begun = time.monotonic()
        threading.Timer(10, station.cable.drop_swallowed).start()
        return begun

    def _lose_reply(self, station: Station) -> float:
        station.cable.lose_reply(self.chance)
        return time.monotonic()

    def _kill_server(self, _station: Station) -> float:
        self._server.kill()
        begun = time.monotonic()
        self._server.start()
        return begun

    def _again(self, station: Station) -> float:
        begun = time.monotonic()
        station.tell("again")
        return begun

    def _terminate(self, _station: Station) -> float:
        with self._server.superuser() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = 'hall' AND pid <> pg_backend_pid()"
            )
        return time.monotonic()

    def _restart(self, _station: Station) -> float:
        begun = time.monotonic()
        self._server.stop()
        self._server.start()
        return begun

    def _freeze(self, _station: Station) -> float:
        self._server.freeze()
        time.sleep(self.chance.choice((0.2, 0.5, 1.5, 5.0)))
        self._server.thaw()
        return time.monotonic()

    def _full_disk(self, station: Station) -> float:
        station.limit_disk(NO_ROOM)
        time.sleep(self.chance.uniform(0.1, 0.6))
        station.limit_disk(-1)
        return time.monotonic()


def endure(
    faults: int,
    *,
    stations: int = 3,
    seed: int = 1,
    pace: float = 0.1,
    overlaps: bool = False,
    is_told: bool = False,
) -> Figures:
    """Let so many faults happen, each kind at least once; return what came of it.

    Args:
        pace: seconds between two appeals at a desk, on average.
        overlaps: whether each desk has troubles of its own at the same time.
        is_told: whether each fault is printed as it happens.
    """
    chance, figures = random.Random(seed), Figures(is_told=is_told)
    with tempfile.TemporaryDirectory() as place, running_server() as server:
        build_demo(server.create("hall"), cases=0)
        desks = [Station(number, server, Path(place), pace) for number in range(stations)]
        trouble = Trouble(server, chance)
        for desk in desks:
            desk.start(chance)
        for desk in desks:
            assert desk.hears_after(0.0) is not None, "a desk never reached the server"
        kinds = [*trouble.kinds, *(trouble.draw() for _ in range(faults - len(trouble.kinds)))]
        chance.shuffle(kinds)
        if overlaps:
            several = [
                threading.Thread(
                    target=_suffer, args=(kinds[at::stations], [desk], trouble, figures)
                )
                for at, desk in enumerate(desks)
            ]
            for one in several:
                one.start()
            for one in several:
                one.join()
        else:
            _suffer(kinds, desks, trouble, figures)
        for desk in desks:
            desk.finish()
            desk.cable.close()
        _compare(server, desks, figures)
    return figures


def _suffer(kinds: list[str], desks: list[Station], trouble: Trouble, figures: Figures) -> None:
    """Let faults happen to these desks, one after the other."""
    chance = trouble.chance
    for kind in kinds:
        desk = chance.choice(desks)
        begun = trouble.strike(kind, desk)
        heard = desk.hears_after(begun)
        if heard is None:
            figures.stuck[kind] += 1
        else:
            figures.recoveries[kind].append(heard - begun)
        if figures.is_told:
            took = "never" if heard is None else f"{heard - begun:.2f} s"
            print(f"{figures.faults}: {kind}, desk {desk.number + 1}: {took}", flush=True)
        for one in desks:
            if not one.is_alive:
                figures.crashed += 1
                one.start(chance)
        time.sleep(chance.uniform(0, 0.3))


def _compare(server: Server, desks: list[Station], figures: Figures) -> None:
    """Hold what the desks were told against what the server has."""
    engine = make_engine(server.url("hall"))
    with Session(engine) as session:
        rows = session.execute(
            select(Event.command, Case.number, Case.seq)
            .join(EventCase, EventCase.event_id == Event.id)
            .join(Case, Case.id == EventCase.case_id)
            .where(Event.kind == "case.registered")
        ).all()
        last = session.scalar(
            select(func.max(NumberCounter.last)).where(NumberCounter.kind == "case")
        )
        cases = session.scalar(select(func.count(Case.id))) or 0
    engine.dispose()
    there = {str(row.command): row.number for row in rows}
    numbers = sorted(row.seq for row in rows)
    figures.on_server = len(there)
    figures.twice = len(rows) - len(there) + cases - len(rows)
    figures.gaps = sum(a != b for a, b in enumerate(numbers, 1)) + ((last or 0) != len(numbers))
    for desk in desks:
        figures.saved += len(desk.saved)
        figures.lost += len(desk.saved - there.keys())
        figures.changed_numbers += sum(
            told != {there.get(command)} for command, told in desk.numbers.items()
        )
        figures.refused += desk.refused
        figures.not_taken += [one for key, one in desk.not_taken.items() if key not in there]
        sound, _, waiting = desk.end.partition(" ")
        figures.damaged += sound != "ok"
        figures.waiting += int(waiting or 1)


def main() -> None:
    """Print what was done, how soon it was over, and what was lost."""
    options = argparse.ArgumentParser()
    options.add_argument("--faults", type=int, default=2000)
    options.add_argument("--stations", type=int, default=3)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--told", action="store_true", help="print each fault as it happens")
    chosen = options.parse_args()
    begun = time.perf_counter()
    found = endure(chosen.faults, stations=chosen.stations, seed=chosen.seed, is_told=chosen.told)
    print(f"{found.faults} faults, {chosen.stations} stations, {time.perf_counter() - begun:.0f} s")
    print("fault | n | until the server hears of the desk again: p50 / p95 / max s")
    for kind, several in sorted(found.recoveries.items(), key=lambda item: -len(item[1])):
        p95 = statistics.quantiles(several, n=20)[18] if len(several) > 1 else several[0]
        print(f"{kind} | {len(several)} | {statistics.median(several):.2f} / {p95:.2f} / "
              f"{max(several):.2f}")  # fmt: skip
    print(f"said to be saved {found.saved}, on the server {found.on_server}: lost {found.lost}, "
          f"twice {found.twice}, gaps {found.gaps}, changed numbers {found.changed_numbers}, "
          f"still waiting {found.waiting}, journals damaged {found.damaged}, "
          f"crashed {found.crashed}, stuck {dict(found.stuck)}")  # fmt: skip
    print(f"refused aloud: {dict(found.refused)}; not taken: {found.not_taken[:5]}")


if __name__ == "__main__":
    main()

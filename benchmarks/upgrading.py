"""How long desks wait while a shared database is upgraded and somebody's transaction stays open.

One connection has read the cases and does not end its transaction. Three desks register all the
time, two read; the upgrade tries, gets out of the way, gets through once the first one ends, and
renews the guards of every table.

Run: python -m benchmarks.upgrading [--tries 7]
"""

import argparse
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Array, Event, Process
from typing import Any

from sqlalchemy import text

from benchmarks.an_intake import an_intake
from benchmarks.server import Server, running_server
from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.rules.errors import DatabaseAway
from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.patience import SILENCE
from desk.store.signing_in import sign_in
from desk.store.upgrade import upgrade

REGISTER, READ = ("1001", "1002", "1003"), ("1004", "1007")
REST = 0.2  # between two things that a desk does: fifteen a second for the hall
CALM = 3.0  # seconds of work before the upgrade begins, to know what is usual on this machine
_STUCK = 120.0
_READ = text("SELECT count(*) FROM cases")


def main() -> None:
    """Print how often it was tried, and the longest that a desk waited."""
    options = argparse.ArgumentParser()
    options.add_argument("--tries", type=int, default=7)
    chosen = options.parse_args()
    with running_server() as server:
        print(*measure(server, chosen.tries), sep="\n")


def measure(server: Server, tries: int) -> list[str]:
    """Return the figures of one upgrade."""
    url = server.create("hall")
    build_demo(url, cases=0)
    engine, may_end = make_engine(url), threading.Event()
    desks = len(REGISTER) + len(READ)
    longest: Any = Array("d", desks)
    stop = Event()
    paused: list[float] = []

    def pause(seconds: float) -> None:
        paused.append(seconds)
        if len(paused) == tries:
            may_end.set()
        time.sleep(seconds)

    works: list[tuple[Callable[[Database], object], str]] = [
        *((_register, login) for login in REGISTER),
        *((_look, login) for login in READ),
    ]
    several = [
        Process(target=_work, args=(server.url("hall", login), login, work, (longest, at), stop))
        for at, (work, login) in enumerate(works)
    ]
    upgrading = threading.Thread(target=upgrade, args=(url,), kwargs={"pause": pause})
    with engine.connect() as connection:
        for one in several:
            one.start()
        _until_all_work(longest)
        usual = _longest_within(CALM, longest)
        connection.execute(_READ)  # and then to lunch
        begun = time.perf_counter()
        upgrading.start()
        may_end.wait()
        tried = list(longest)
    ended = time.perf_counter()
    upgrading.join()
    done = time.perf_counter()
    stop.set()
    for one in several:
        one.join()
    engine.dispose()
    several_figures = (
        ("before", usual),
        (f"while it tried ({ended - begun:.1f} s)", tried),
        (f"in all ({done - begun:.1f} s)", list(longest)),
    )
    return [f"tries before it got through: {len(paused)}"] + [
        f"longest wait {when}: registering {max(some[: len(REGISTER)]) * 1000:.0f} ms, "
        f"reading {max(some[len(REGISTER) :]) * 1000:.0f} ms"
        for when, some in several_figures
    ]


def _until_all_work(longest: Any) -> None:
    give_up = time.monotonic() + _STUCK
    while not all(longest):
        assert time.monotonic() < give_up, "a desk never came to work"
        time.sleep(0.1)


def _longest_within(seconds: float, longest: Any) -> list[float]:
    longest[:] = [0.0] * len(longest)
    time.sleep(seconds)
    found = list(longest)
    longest[:] = [0.0] * len(longest)
    return found


def _work(
    url: str, login: str, work: Callable[[Database], object], place: tuple[Any, int], stop: Any
) -> None:
    """Work all the time, as a process of its own: desks do not share a processor's turn."""
    database, (longest, at) = sign_in(url, login, DEMO_PASSWORD, silence=SILENCE), place
    while not stop.is_set():
        begun = time.perf_counter()
        with suppress(DatabaseAway):  # waited in vain: the wait counts all the same
            work(database)
        longest[at] = max(longest[at], time.perf_counter() - begun)
        time.sleep(REST)
    database.close()


def _register(database: Database) -> object:
    return database.carry_out(an_intake(database))


def _look(database: Database) -> object:
    return database.read(lambda reader: reader.session.execute(_READ).scalar())


if __name__ == "__main__":
    main()

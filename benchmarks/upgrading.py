"""How long desks wait while a shared database is upgraded and somebody's transaction stays open.

One connection has read the cases and does not end its transaction. Five desks read all the time;
the upgrade tries, gets out of the way, and gets through once the first one ends.

Run: python -m benchmarks.upgrading [--tries 7]
"""

import argparse
import tempfile
import threading
import time
from multiprocessing import Array, Event, Process
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.server import Server
from desk.store.engine import make_engine
from desk.store.upgrade import upgrade

DESKS = 5
CALM = 3.0  # seconds of reading before the upgrade begins, to know what is usual on this machine
_READ = text("SELECT count(*) FROM cases")


def main() -> None:
    """Print how often it was tried, and the longest that a desk waited."""
    options = argparse.ArgumentParser()
    options.add_argument("--tries", type=int, default=7)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="hall-") as folder:
        server = Server(Path(folder))
        try:
            print(*measure(server, chosen.tries), sep="\n")
        finally:
            server.stop()


def measure(server: Server, tries: int) -> list[str]:
    """Return the figures of one upgrade."""
    server.create("hall")
    url = server.url("hall")
    upgrade(url)
    engine, may_end = make_engine(url), threading.Event()
    longest: Any = Array("d", DESKS)
    stop = Event()
    paused: list[float] = []

    def pause(seconds: float) -> None:
        paused.append(seconds)
        if len(paused) == tries:
            may_end.set()
        time.sleep(seconds)

    readers = [Process(target=_read, args=(url, n, longest, stop)) for n in range(DESKS)]
    upgrading = threading.Thread(target=upgrade, args=(url,), kwargs={"pause": pause})
    with engine.connect() as connection:
        connection.execute(_READ)  # and then to lunch
        for one in readers:
            one.start()
        time.sleep(CALM)
        usual, longest[:] = max(longest), [0.0] * DESKS
        upgrading.start()
        may_end.wait()
        waited = max(longest)
    upgrading.join()
    stop.set()
    for one in readers:
        one.join()
    engine.dispose()
    return [
        f"tries before it got through: {len(paused)}",
        f"longest wait of a desk before: {usual * 1000:.0f} ms",
        f"longest wait of a desk while it tried: {waited * 1000:.0f} ms",
        f"longest wait of a desk in all: {max(longest) * 1000:.0f} ms",
    ]


def _read(url: str, desk: int, longest: Any, stop: Any) -> None:
    """Read all the time, as a process of its own: desks do not share a processor's turn."""
    engine = make_engine(url)
    with engine.connect() as connection:
        while not stop.is_set():
            begun = time.perf_counter()
            connection.execute(_READ)
            connection.rollback()
            longest[desk] = max(longest[desk], time.perf_counter() - begun)
            time.sleep(0.02)
    engine.dispose()


if __name__ == "__main__":
    main()

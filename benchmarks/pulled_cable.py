"""How long other desks wait when a cable is pulled out in the middle of saving (拔网线).

One desk has just taken a number, and nothing more comes through its cable, in neither direction.
At the same moment a colleague registers an appeal, and another one, who has no place to keep
anything, registers at the server directly and presses again until it is taken.

Run: python -m benchmarks.pulled_cable [--runs 10]
"""

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.an_intake import an_intake
from benchmarks.cable import Cable
from benchmarks.server import Server, running_server
from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.outbox.journal import Journal
from desk.outbox.outbox import Outbox, waits
from desk.rules.errors import DatabaseAway
from desk.store.database import Changes, Database
from desk.store.patience import SILENCE
from desk.store.signing_in import sign_in

_STUCK = 60.0


@dataclass(frozen=True, slots=True)
class Waits:
    """How many seconds it took, at desks whose cable nobody had touched.

    Attributes:
        told: until a registration was told as saved.
        is_kept: whether that was under a number of the desk's own.
        uploaded: until the server had it.
        answered: until one that was sent directly had its answer, tried again as often as needed.
        presses: how often that took.
    """

    told: float
    is_kept: bool
    uploaded: float
    answered: float
    presses: int


def main() -> None:
    """Print how long the others waited."""
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=10)
    runs = options.parse_args().runs
    with tempfile.TemporaryDirectory() as place, running_server() as server:
        build_demo(server.create("hall"), cases=0)
        found = [pull(server, Path(place) / f"{run}") for run in range(runs)]
    for what, several in (
        ("told as saved", [one.told for one in found]),
        ("on the server", [one.uploaded for one in found]),
        ("sent directly, answered", [one.answered for one in found]),
    ):
        print(f"{what}: median {statistics.median(several):.2f} s, longest {max(several):.2f} s")
    print(f"kept at the desk first: {sum(one.is_kept for one in found)} of {runs}; "
          f"presses of who sent directly: at most {max(one.presses for one in found)}")  # fmt: skip


def pull(server: Server, folder: Path) -> Waits:
    """Pull one desk's cable out within its transaction, and see how long two others wait."""
    cable = Cable(server.port)
    pulled = _desk(server, "1001", cable.port)
    others = [_desk(server, login) for login in ("1002", "1003")]
    is_pulled = threading.Event()

    @event.listens_for(pulled.engine, "after_cursor_execute")
    def _after(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        if "next_number" in statement:
            cable.swallow()
            is_pulled.set()

    saving = threading.Thread(target=_given_up, args=(pulled,))
    saving.start()
    is_pulled.wait(_STUCK)
    answers: list[tuple[float, int]] = []
    direct = threading.Thread(target=lambda: answers.append(_until_answered(others[1])))
    direct.start()
    told, is_kept, uploaded = _registered(others[0], folder)
    direct.join()
    saving.join()
    cable.close()
    for one in (pulled, *others):
        one.close()
    ((answered, presses),) = answers
    return Waits(told, is_kept, uploaded, answered, presses)


def _desk(server: Server, login: str, port: int | None = None) -> Database:
    return sign_in(server.url("hall", login, port), login, DEMO_PASSWORD, silence=SILENCE)


def _given_up(database: Database) -> None:
    try:
        database.carry_out(an_intake(database))
    except DatabaseAway:
        return


def _registered(database: Database, folder: Path) -> tuple[float, bool, float]:
    """Register through a journal; return when it was told, whether kept, when it was there."""
    journal, stop = Journal(folder / "journal.db"), threading.Event()
    outbox = Outbox(journal, database)
    sender = threading.Thread(target=outbox.sender.run, args=(stop,))
    sender.start()
    told, changes = _timed(lambda: outbox.carry_out(an_intake(database)))
    begun = time.monotonic()
    while journal.pending() and time.monotonic() - begun < _STUCK:
        time.sleep(0.01)
    uploaded = told + time.monotonic() - begun
    stop.set()
    outbox.sender.wake()
    sender.join()
    journal.close()
    return told, waits(changes), uploaded


def _until_answered(database: Database) -> tuple[float, int]:
    """Register at the server directly, again and again; return how long and how often."""
    begun, presses, request = time.monotonic(), 0, an_intake(database)
    while time.monotonic() - begun < _STUCK:
        presses += 1
        try:
            database.carry_out(request)
        except DatabaseAway:
            continue
        break
    return time.monotonic() - begun, presses


def _timed(work: Callable[[], Changes]) -> tuple[float, Changes]:
    begun = time.monotonic()
    changes = work()
    return time.monotonic() - begun, changes


if __name__ == "__main__":
    main()

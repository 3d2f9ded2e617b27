"""One desk that registers appeals one after the other and says what it was told, for `faults`.

Lines on its output: `L command number` (said to be saved), `S command number` (the server has it),
`R command sentence` (not saved, and said so), `E …` at the end. It ends when its input ends, once
nothing waits any more.
"""

import argparse
import os
import pickle
import random
import sqlite3
import sys
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import desk.clock

_WRONG = timedelta(seconds=float(os.environ.get("DESK_CLOCK_IS_WRONG_BY", "0")))
_true_now = desk.clock.machine_now
desk.clock.machine_now = lambda: _true_now() + _WRONG  # before anybody asks for the time

from desk.actions.intake import Appellant, RegisterCase
from desk.outbox.journal import Journal
from desk.outbox.outbox import Outbox, waits
from desk.outbox.sender import Pass, number_of
from desk.rules.codes import Channel, Exit
from desk.rules.errors import DatabaseAway, DeskError
from desk.rules.rights import Person
from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.patience import SILENCE

MOST_TRIES = 3
MOST_WAITING = 30


class TellingJournal(Journal):
    """A journal that says at once what the server has taken."""

    def done(
        self, command: UUID, official: str, now: datetime, *, skew_seconds: float | None = None
    ) -> None:
        """Note that the server has it, and say so."""
        super().done(command, official, now, skew_seconds=skew_seconds)
        _say("S", command, official)


class Station:
    """The desk: one thread registers, another sends what waits.

    Args:
        facts: who sits there, and a category; what a desk knows before the server answers.
    """

    def __init__(self, url: str, facts: tuple[Person, int], journal: Path, seed: int) -> None:
        self._person, self._category = facts
        self._chance = random.Random(seed)
        self._database = Database(make_engine(url, silence=SILENCE), self._person)
        self._steady, self._told, has_met = time.monotonic(), desk.clock.machine_now(), True
        try:
            self._told = self._database.now()
        except DatabaseAway:
            has_met = False
        self.journal = TellingJournal(journal)
        self.outbox = Outbox(
            self.journal, self._database, clock=self.now, on_pass=_tell_pass, has_met=has_met
        )
        self.stop = threading.Event()

    def now(self) -> datetime:
        """Return the time as a window would know it."""
        return self._told + timedelta(seconds=time.monotonic() - self._steady)

    def work(self, pace: float, ends: threading.Event) -> None:
        """Register until the input ends."""
        sender = threading.Thread(target=self.outbox.sender.run, args=(self.stop,), daemon=True)
        sender.start()
        number = 0
        while not ends.is_set():
            if len(self.journal.pending()) < MOST_WAITING:  # nobody types faster than all is sent
                number += 1
                self._register(number)
            ends.wait(self._chance.uniform(0, 2 * pace))
        left, give_up = len(self.journal.pending()), time.monotonic() + 60
        while left and time.monotonic() < give_up:
            self.outbox.sender.wake()
            time.sleep(0.05)
            if (now := len(self.journal.pending())) < left:
                left, give_up = now, time.monotonic() + 60
        self.stop.set()
        self.outbox.sender.wake()
        sender.join(10)

    def again(self) -> None:
        """Deliver the last commands once more."""
        self.journal.requeue(self.journal.latest_done(30))
        self.outbox.sender.wake()

    def _register(self, number: int) -> None:
        request = RegisterCase(
            made_by=self._person.staff_id,
            happened_at=self.now(),
            exit=Exit.TRANSFER,
            channel=Channel.VISIT,
            details=f"第 {number} 次：7 栋电梯反复停在 3、4 层之间。请求尽快修好。",
            category=self._category,
            first_unit=self._person.home_unit_id,
            appellant=Appellant(name="陈桂芳", phone="13800000023", address="榕荫里小区 7 栋"),
        )
        for _ in range(MOST_TRIES):  # a clerk presses once more
            try:
                changes = self.outbox.carry_out(request)
            except DeskError as refused:
                _say("R", request.command, f"{type(refused).__name__} {refused}")
                continue
            _say("L", request.command, number_of(changes))
            if not waits(changes):
                _say("S", request.command, number_of(changes))
            return


def _tell_pass(result: Pass) -> None:
    for row, sentence in result.refused:
        _say("X", row.command, sentence)


def _say(kind: str, command: object, words: object) -> None:
    line = f"{kind}\t{command}\t{str(words)[:160]}\n"
    os.write(1, line.encode())  # in one piece, or not at all


def main() -> None:
    """Work as this desk until the input ends."""
    options = argparse.ArgumentParser()
    options.add_argument("url")
    options.add_argument("facts", type=Path)
    options.add_argument("journal", type=Path)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--pace", type=float, default=0.05)
    chosen = options.parse_args()
    facts: tuple[Person, int] = pickle.loads(chosen.facts.read_bytes())  # noqa: S301 - `faults` wrote it
    station, ends = Station(chosen.url, facts, chosen.journal, chosen.seed), threading.Event()
    worker = threading.Thread(target=station.work, args=(chosen.pace, ends))
    worker.start()
    for line in sys.stdin:
        if line.strip() == "again":
            station.again()
    ends.set()
    worker.join()
    left = len(station.journal.pending())
    station.journal.close()
    with closing(sqlite3.connect(chosen.journal)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
    _say("E", sound, left)


if __name__ == "__main__":
    main()

"""The power fails at random instants; all that was said to be saved (已保存) must be there.

Lives follow each other on one disk: the file is opened (and recovers), checked, written to until
the power fails, and what is left of the disk is where the next life begins. Some lives begin with
nothing, so that the power fails while the database is being made. The program's own code writes,
with its own pragmas; the weakened ways show that the disk would lose what is not synced.

Run: python -m benchmarks.power_cuts [--cuts 2000] [--seed 1]
"""

import argparse
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from benchmarks.saving import clerk_of, intake_of
from benchmarks.unsafe_disk import Disk, working_on
from desk.actions.intake import Appellant, RegisterCase
from desk.demo.build import build_demo
from desk.outbox.journal import Journal, NotKept
from desk.rules.codes import Channel, Exit
from desk.rules.errors import DatabaseAway, WrongVersion
from desk.store.database import Database
from desk.store.models import Case, Event
from desk.store.signing_in import has_street

LIVES = 20  # on one disk
FROM_NOTHING = 5  # every so many disks begin empty
WHILE_MAKING = 5  # so much longer a life on an empty disk may be
_DAMAGED = (sqlite3.DatabaseError, DBAPIError, DatabaseAway, NotKept)


class Keeper(Protocol):
    """Something of the program that says 已保存."""

    file: str

    def make(self) -> None:
        """Make the file where it is not there yet."""

    def open(self) -> None:
        """Open it; nothing is made."""

    def save(self, number: int) -> Hashable:
        """Save something and return what it is found by; from here on it is promised."""

    def kept(self) -> set[Hashable]:
        """Return what is there.

        Raises:
            AssertionError: it contradicts itself.
        """

    def close(self) -> None:
        """Let the file go."""


class HallFile:
    """The database of a hall with one desk: intakes with number, clocks, papers and history."""

    file = "hall.db"

    def __init__(self, folder: Path) -> None:
        self._url = f"sqlite:///{folder / self.file}"
        self._database: Database | None = None

    def make(self) -> None:
        """Make the tables and found the street, if that was not done to the end."""
        with suppress(WrongVersion):
            if has_street(self._url):
                return
        build_demo(self._url, cases=0)

    def open(self) -> None:
        """Open it as the clerk at the counter."""
        self._database = clerk_of(self._url)

    def save(self, number: int) -> Hashable:
        """Save one typical walk-in."""
        assert self._database is not None
        request = intake_of(self._database, number)
        self._database.carry_out(request)
        return request.command

    def kept(self) -> set[Hashable]:
        """Return the commands that were carried out; their cases are numbered without a gap."""
        assert self._database is not None
        with Session(self._database.engine) as session:
            many, last = session.execute(select(func.count(Case.id), func.max(Case.seq))).one()
            assert many == (last or 0), f"{many} cases, last number {last}"
            return set(
                session.scalars(select(Event.command).where(Event.kind == "case.registered"))
            )

    def close(self) -> None:
        """Drop the connections."""
        if self._database is not None:
            self._database.close()


class DeskJournal:
    """The journal of a workstation (本机留底): what is saved while the server is away."""

    file = "journal.db"

    def __init__(self, folder: Path) -> None:
        self._file = folder / self.file
        self._journal: Journal | None = None

    def make(self) -> None:
        """Nothing: opening makes it."""

    def open(self) -> None:
        """Open it, and make it where it is not there."""
        self._journal = Journal(self._file)

    def save(self, number: int) -> Hashable:
        """Keep one intake; every third one has reached the server by then."""
        assert self._journal is not None
        now = datetime.now(UTC)
        request = RegisterCase(
            made_by=1,
            happened_at=now,
            exit=Exit.TRANSFER,
            channel=Channel.VISIT,
            details=f"第 {number} 次：7 栋电梯反复停在 3、4 层之间。请求尽快修好。",
            category=2,
            first_unit=3,
            appellant=Appellant(name="陈桂芳", phone="13800000023", address="榕荫里小区 7 栋"),
        )
        row = self._journal.put(request, may_wait=True, now=now)
        if number % 3 == 0:
            self._journal.done(row.command, f"青榕-2026-{number:05}", now)
        return row.command

    def kept(self) -> set[Hashable]:
        """Return the commands it holds; no two bear the same temporary number."""
        assert self._journal is not None
        rows = self._journal.pending()
        numbers = {row.temporary for row in rows}
        assert len(numbers) == len(rows)
        return {row.command for row in rows} | set(self._journal.latest_done(most=10**6))

    def close(self) -> None:
        """Close the file."""
        if self._journal is not None:
            self._journal.close()


@dataclass(frozen=True)
class Way:
    """How the disk is written, and what the file system promises."""

    name: str
    weakened: str | None = None
    in_order: bool = True
    trusting: bool = False


AS_IT_IS = Way("as the program sets it (WAL, FULL)")
NO_ORDER = Way("the same, names reach the disk in no order", in_order=False)
TRUSTING = Way("without psow=0: a torn write spoils nothing beside it", trusting=True)
NORMAL = Way("synchronous=NORMAL instead", weakened="NORMAL")
OFF = Way("synchronous=OFF instead", weakened="OFF")


@dataclass
class Toll:
    """What the cuts of one way did."""

    cuts: int = 0
    promised: int = 0
    lost: int = 0
    cuts_with_loss: int = 0
    damaged: int = 0
    unborn: int = 0  # cuts before the file was ready to be written to
    seconds: float = 0.0
    _open: set[Hashable] = field(default_factory=set)

    def promise(self, key: Hashable) -> None:
        """Note what was said to be saved."""
        self.promised += 1
        self._open.add(key)

    def compare(self, kept: set[Hashable]) -> None:
        """Count what was promised and is not there."""
        gone = self._open - kept
        self.lost += len(gone)
        self.cuts_with_loss += bool(gone)
        self._open -= gone

    def give_up(self) -> None:
        """Count a file that cannot be read any more, with all that was in it."""
        self.damaged += 1
        self.lost += len(self._open)
        self.forget()

    def forget(self) -> None:
        """Begin with another disk."""
        self._open = set()


def cut(
    make: Callable[[Path], Keeper],
    way: Way,
    cuts: int,
    *,
    seed: int = 1,
    most_steps: int = 1500,
    lives: int = LIVES,
) -> Toll:
    """Let the power fail so many times and return what was lost.

    Args:
        most_steps: the power fails within so many writes and syncs of each life.
        lives: how many lives follow each other on one disk.
    """
    chance, toll, begun = random.Random(seed), Toll(), time.perf_counter()
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        made = Path(folder) / "made"
        made.mkdir()
        with _running(make, made) as keeper:
            keeper.make()
        for disk in range((cuts + lives - 1) // lives):
            present = Path(folder) / "present"
            present.mkdir()
            if disk % FROM_NOTHING:
                shutil.copytree(made, present, dirs_exist_ok=True)
            left = min(lives, cuts - disk * lives)
            _lives(make, way, toll, (present, left), (chance, most_steps))
            shutil.rmtree(present)
            toll.forget()
    toll.seconds = time.perf_counter() - begun
    return toll


def _lives(
    make: Callable[[Path], Keeper],
    way: Way,
    toll: Toll,
    where: tuple[Path, int],
    how: tuple[random.Random, int],
) -> None:
    (present, lives), (chance, most_steps) = where, how
    is_made = any(present.iterdir())
    for life in range(lives + 1):
        disk = Disk(present, chance, in_order=way.in_order)
        if life < lives:  # after the last cut somebody looks once more
            longest = most_steps if is_made else WHILE_MAKING * most_steps
            disk.cut_at = chance.randint(1, longest)
        with working_on(disk, weakened=way.weakened, trusting=way.trusting):
            promised = toll.promised
            is_whole = _live(make(present), disk, toll)
            is_made = is_made or toll.promised > promised
            toll.cuts += disk.is_dead
            toll.unborn += disk.is_dead and not is_made
        if not is_whole:
            return
        left = present.with_name("left")
        left.mkdir()
        disk.leave_what_is_left(left)
        shutil.rmtree(present)
        left.rename(present)


def _live(keeper: Keeper, disk: Disk, toll: Toll) -> bool:
    """Open, check and write until the power fails; return whether the file is still sound."""
    try:
        keeper.make()
        keeper.open()
        with closing(sqlite3.connect(disk.folder / keeper.file)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            toll.give_up()
            return False
        toll.compare(keeper.kept())
        number = 0
        while disk.cut_at is not None:
            number += 1
            toll.promise(keeper.save(number))
    except _DAMAGED:
        if not disk.is_dead:
            toll.give_up()
            return False
    except Exception:
        if not disk.is_dead:
            raise
    finally:
        keeper.close()
    return True


@contextmanager
def _running(make: Callable[[Path], Keeper], folder: Path) -> Iterator[Keeper]:
    keeper = make(folder)
    try:
        yield keeper
    finally:
        keeper.close()


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


def main() -> None:
    """Print what each way lost."""
    options = argparse.ArgumentParser()
    options.add_argument("--cuts", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    print("what | way | cuts | while being made | saved | lost | cuts with loss | damaged | s")
    for make, steps in ((DeskJournal, 300), (HallFile, 1200)):
        for way in (AS_IT_IS, NO_ORDER, TRUSTING, NORMAL, OFF):
            cuts = chosen.cuts if way in {AS_IT_IS, NO_ORDER} else max(LIVES, chosen.cuts // 10)
            toll = cut(make, way, cuts, seed=chosen.seed, most_steps=steps)
            figures = (toll.cuts, toll.unborn, toll.promised, toll.lost, toll.cuts_with_loss,
                       toll.damaged, f"{toll.seconds:.0f}")  # fmt: skip
            print(make.__name__, way.name, *figures, sep=" | ", flush=True)


if __name__ == "__main__":
    main()

"""Halls as they were after a test had brought a case somewhere: the next test goes on from there.

Most tests begin in a fresh hall with the same steps: registered, dispatched … sealed. They are
carried out once; whoever takes the very same steps from the very same hall, at the same time of
its clock, gets the database as it was then. Nothing is remembered of a hall that anything else
has changed: SQLite and PostgreSQL say so themselves.
"""

import itertools
import sqlite3
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine

from desk.store.engine import sqlite_path
from tests.clock import HandClock
from tests.kept_databases import KeptDatabase

Step = tuple[int, int]  # a case, and which step it takes next
MOST = 80  # halls of each engine that a worker remembers: two megabytes each
_names = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A hall that was saved under a name that no other gets, and the case that was brought so far.

    Attributes:
        moment: when that was by the hall's clock.
    """

    name: int
    saved: Any
    case: int
    moment: datetime


Known = OrderedDict[Hashable, Remembered]


class Base(Protocol):
    """A database that can be saved and be as it was."""

    def mark(self) -> str:
        """Return what is another one after every change."""

    def save(self) -> Any:
        """Return what all rows are now; None where that cannot be told."""

    def load(self, saved: Any) -> bool:
        """Let all rows be as they were; return False where that is not to be had now."""


class HallMemory:
    """What is remembered of the halls of one engine, and where the present one stands."""

    def __init__(self, base: Base, known: Known) -> None:
        self._base = base
        self._known = known
        self._stands: Hashable = "founded"
        self._mark = base.mark()

    def stands(self) -> Hashable:
        """Return by which known steps the hall came to be as it is; None: by others."""
        if self._stands is None or self._base.mark() != self._mark:
            self._stands = None
            return None
        # what is traced must happen where it is traced
        return self._stands, sys.gettrace() is not None

    def recall(self, came: Hashable, way: str, last: int, clock: HandClock) -> Step | None:
        """Let the hall and its clock be as they were when a case was brought as far as `last`.

        Args:
            came: where the hall stands now.
            way: how the case is brought from step to step.

        Returns:
            The case and its next step; None where nobody has brought one any part of this way.
        """
        assert " at 0x" not in way, f"not told by its words: {way}"
        for step in range(last, -1, -1):
            if (came, way, step) in self._known:
                self._known.move_to_end((came, way, step))
                found = self._known[came, way, step]
                if not self._base.load(found.saved):
                    return None
                clock.forward(seconds=(found.moment - clock()).total_seconds())
                self.follows(found.name)
                return found.case, step + 1
        return None

    def keep(self, came: Hashable, way: str, last: int, case: int, clock: HandClock) -> None:
        """Remember the hall as it is now that a case was brought as far as `last`."""
        saved = self._base.save()
        if saved is None:
            return
        made = self._known[came, way, last] = Remembered(next(_names), saved, case, clock())
        self.follows(made.name)
        if len(self._known) > MOST:
            self._known.popitem(last=False)

    def follows(self, came: Hashable) -> None:
        """Go on from here: whoever comes this way ends in the same hall."""
        self._stands, self._mark = came, self._base.mark()


def made_once(
    memory: HallMemory | None, clock: HandClock, way: str, make: Callable[[], int]
) -> int:
    """Return a case of a hall's that is made so, or was made so before."""
    came = memory.stands() if memory else None
    if memory is None or came is None:
        return make()
    way = f"{way} {clock()}"
    known = memory.recall(came, way, 0, clock)
    if known is not None:
        return known[0]
    case = make()
    memory.keep(came, way, 0, case, clock)
    return case


class SqliteBase:
    """A hall in a file."""

    def __init__(self, engine: Engine) -> None:
        file = sqlite_path(engine.url)
        assert file is not None
        self._engine, self._file = engine, file
        self._look = sqlite3.connect(file)

    def mark(self) -> str:
        """Return what is another one after every change."""
        return str(self._look.execute("PRAGMA data_version").fetchone()[0])

    def save(self) -> bytes:
        """Return the whole file, with what its journal says."""
        return self._look.serialize()

    def load(self, saved: bytes) -> bool:
        """Write the file anew, unless somebody reads it just now."""
        pool: Any = self._engine.pool
        if pool.checkedout():
            return False
        self._engine.dispose()
        self._look.close()
        for end in ("-wal", "-shm"):
            Path(f"{self._file}{end}").unlink(missing_ok=True)
        self._file.write_bytes(saved)
        self._look = sqlite3.connect(self._file)
        return True

    def close(self) -> None:
        """Look no more."""
        self._look.close()


class PostgresBase:
    """A hall in a kept database of the server."""

    def __init__(self, kept: KeptDatabase) -> None:
        self._kept = kept

    def mark(self) -> str:
        """Return what is another one after every change."""
        return self._kept.mark()

    def save(self) -> Any:
        """Return how the rows differ from those of the template."""
        return self._kept.save()

    def load(self, saved: Any) -> bool:
        """Let the rows be so."""
        return self._kept.load(saved)

    def close(self) -> None:
        """Leave the database to whoever keeps it."""

"""A disk that loses what was not yet synced when the power fails, below the program's own SQLite.

SQLite reaches its files through APSW's VFS; everything above it is the program as it is: a
connection of `sqlite3` is replaced by one that talks to the same files through this disk. A cut
keeps every unsynced sector of 512 bytes, drops it or fills it with garbage, and undoes names that
were made or removed and not yet synced.
"""

import os
import random
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
Parameters = Sequence[Any] | Mapping[str, Any]
DROPPED, KEPT = 0.45, 0.95  # up to here a sector is lost, up to there kept; the rest is garbage
_PERSISTENT = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL
_FLAGS = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
_JOURNALS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL


class PowerCut(Exception):
    """The power failed; nothing that was done afterwards reached the disk."""


@dataclass
class Inode:
    """One file: what is safely on the disk, and what was written since."""

    synced: bytearray = field(default_factory=bytearray)
    written: dict[int, list[bytes]] = field(default_factory=dict)  # versions by sector
    cut_to: int | None = None  # shortened, and not yet synced
    names_its_folder: bool = False  # SQLite syncs the folder with a new journal's first sync

    def settle(self) -> None:
        """Put all that was written on the disk."""
        if self.cut_to is not None:
            del self.synced[self.cut_to :]
        for sector in sorted(self.written):
            _put(self.synced, sector, self.written[sector][-1])
        self.written, self.cut_to = {}, None

    def after_cut(self, chance: random.Random) -> bytes:
        """Return what is found of the file when the power is back."""
        found = bytearray(self.synced)
        if self.cut_to is not None and chance.random() < 0.5:
            del found[self.cut_to :]
        for sector in sorted(self.written):
            dice, versions = chance.random(), self.written[sector]
            if dice >= KEPT:
                _put(found, sector, chance.randbytes(len(versions[-1])))
            elif dice >= DROPPED:
                _put(found, sector, chance.choice(versions))
        return bytes(found)


def _put(content: bytearray, sector: int, data: bytes) -> None:
    at = sector * SECTOR
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(data)] = data


class Disk:
    """One folder on a disk that can lose its power.

    Args:
        in_order: names reach the disk in order, and with every sync of a file, as on a journalled
            file system; otherwise each is lost or kept on its own until its folder is synced.
        syncs_folder: whether a sync of the folder does anything.
    """

    def __init__(
        self, folder: Path, chance: random.Random, *, in_order: bool, syncs_folder: bool = True
    ) -> None:
        self.folder = folder
        self.cut_at: int | None = None  # the step at which the power fails
        self.steps = 0
        self._in_order = in_order
        self._syncs_folder = syncs_folder
        self._chance = chance
        self._names = {
            file.name: Inode(bytearray(file.read_bytes())) for file in sorted(folder.iterdir())
        }
        self._synced_names = dict(self._names)
        self._changes: list[tuple[str, Inode | None]] = []

    def step(self) -> None:
        """Note that something is about to be done.

        Raises:
            PowerCut: the power has failed.
        """
        self.steps += 1
        if self.cut_at is not None and self.steps >= self.cut_at:
            raise PowerCut

    @property
    def is_dead(self) -> bool:
        """Whether the power has failed."""
        return self.cut_at is not None and self.steps >= self.cut_at

    def opened(self, name: str, *, is_journal: bool) -> Inode:
        """Return a file, made if it is not there."""
        if name not in self._names:
            self.step()
            self._names[name] = Inode(names_its_folder=is_journal)
            self._changes.append((name, self._names[name]))
        return self._names[name]

    def removed(self, name: str) -> None:
        """Remove a name; the file may come back with a cut."""
        if self._names.pop(name, None) is not None:
            self._changes.append((name, None))

    def synced(self, inode: Inode) -> None:
        """Put a file on the disk, with what the file system takes along."""
        inode.settle()
        if self._in_order:
            self._settle_names()
        if inode.names_its_folder:
            inode.names_its_folder = False
            self.folder_synced()

    def folder_synced(self) -> None:
        """Put the names on the disk."""
        if self._syncs_folder:
            self._settle_names()

    def synced_by_name(self, path: Path) -> None:
        """Take an `os.fsync` of the program: of the folder, or of a file in it."""
        self.step()
        if path == self.folder:
            self.folder_synced()
        elif path.parent == self.folder and path.name in self._names:
            self.synced(self._names[path.name])

    def leave_what_is_left(self, folder: Path) -> None:
        """Write into an empty folder what is found when the power is back."""
        names = dict(self._synced_names)
        lived = self._chance.randint(0, len(self._changes))
        for at, (name, inode) in enumerate(self._changes):
            is_kept = at < lived if self._in_order else self._chance.random() < 0.5
            if is_kept and inode is not None:
                names[name] = inode
            elif is_kept:
                names.pop(name, None)
        for name, inode in names.items():
            (folder / name).write_bytes(inode.after_cut(self._chance))

    def _settle_names(self) -> None:
        self._synced_names, self._changes = dict(self._names), []


class _Vfs(apsw.VFS):
    def __init__(self, name: str, disk: Disk) -> None:
        self._disk = disk
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802 - SQLite's own name
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path is None or not flags[0] & _PERSISTENT:
            return super().xOpen(name, flags)
        return _VfsFile(self._disk, name, path, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: FBT001, N802
        self._disk.step()
        super().xDelete(filename, False)  # noqa: FBT003
        self._disk.removed(Path(filename).name)
        if syncdir:
            self._disk.folder_synced()


class _VfsFile(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, path: str, flags: list[int]) -> None:
        self._disk = disk
        self._inode = disk.opened(Path(path).name, is_journal=bool(flags[0] & _JOURNALS))
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.step()
        super().xWrite(data, offset)
        first, last = offset // SECTOR, (offset + len(data) - 1) // SECTOR
        whole = super().xRead((last - first + 1) * SECTOR, first * SECTOR)
        for sector in range(first, last + 1):
            at = (sector - first) * SECTOR
            self._inode.written.setdefault(sector, []).append(whole[at : at + SECTOR])

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._disk.step()
        super().xTruncate(newsize)
        cut_to = self._inode.cut_to
        self._inode.cut_to = newsize if cut_to is None else min(cut_to, newsize)
        beyond = [sector for sector in self._inode.written if sector * SECTOR >= newsize]
        for sector in beyond:
            del self._inode.written[sector]

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802
        self._disk.step()
        self._disk.synced(self._inode)


class Connection:
    """A connection as `sqlite3` gives it, on the disk that can lose its power."""

    def __init__(self, disk: Disk, vfs: str, path: str, weakened: str | None) -> None:
        self.isolation_level: str | None = ""
        self.row_factory = None
        self._disk = disk
        self._weakened = weakened
        self._db = apsw.Connection(path, flags=_FLAGS, vfs=vfs)
        self._db.set_busy_timeout(5000)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._db.in_transaction

    def cursor(self) -> "Cursor":
        """Return a cursor."""
        return Cursor(self)

    def execute(self, sql: str, parameters: Parameters = ()) -> "Cursor":
        """Carry out one statement."""
        return self.cursor().execute(sql, parameters)

    def executescript(self, sql: str) -> "Cursor":
        """Carry out several statements."""
        return self.cursor().execute(sql)

    def commit(self) -> None:
        """End a transaction for good."""
        if self._db.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        """Undo a transaction; without power there is nothing to undo it with."""
        if self._db.in_transaction and not self._disk.is_dead:
            self.execute("ROLLBACK")

    def close(self) -> None:
        """Close the files; without power this does nothing to them."""
        with suppress(PowerCut, apsw.Error):
            self._db.close(force=True)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.commit()
        else:
            self.rollback()

    def executemany(self, sql: str, several: Iterable[Parameters]) -> "Cursor":
        """Carry out a statement for several rows."""
        return self.cursor().executemany(sql, several)

    def create_function(self, name: str, narg: int, func: Any, *, deterministic: bool = False):  # type: ignore[no-untyped-def] # noqa: ANN201
        """Make a function known to SQL."""
        self._db.create_scalar_function(name, func, narg, deterministic=deterministic)

    def run(self, sql: str, parameters: Parameters) -> tuple[Any, list[Any], int]:
        """Return description, rows and the number of changed rows of a statement."""
        if self._weakened and sql.startswith("BEGIN"):  # after the program has set itself up
            self._db.pragma("synchronous", self._weakened)
            self._weakened = None
        cursor = self._db.cursor()
        described: list[Any] = []

        def describe(*_: object) -> bool:  # afterwards an empty result has no columns any more
            described.append(cursor.get_description())
            return True

        cursor.exec_trace = describe
        with _as_sqlite3_says_it():
            rows = list(cursor.execute(sql, parameters))
        columns = described[0] if described else ()
        description = tuple((name[0], *[None] * 6) for name in columns) or None
        return description, rows, self._db.changes()


class Cursor:
    """A cursor as `sqlite3` gives it; the rows are read at once."""

    arraysize = 1
    lastrowid = None

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.description: Any = None
        self.rowcount = -1
        self._rows: Iterator[Any] = iter(())

    def execute(self, sql: str, parameters: Parameters = ()) -> "Cursor":
        """Carry out one statement."""
        self.description, rows, changed = self.connection.run(sql, parameters)
        self.rowcount = -1 if self.description and not rows else changed
        self._rows = iter(rows)
        return self

    def executemany(self, sql: str, several: Iterable[Parameters]) -> "Cursor":
        """Carry out a statement for several rows."""
        total = 0
        for parameters in several:
            total += self.execute(sql, parameters).rowcount
        self.rowcount = total
        return self

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        return next(self._rows, None)

    def fetchmany(self, size: int = 1) -> list[Any]:
        """Return some rows."""
        return [row for _, row in zip(range(size), self._rows, strict=False)]

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def close(self) -> None:
        """Forget the rows."""
        self._rows = iter(())


@contextmanager
def _as_sqlite3_says_it() -> Iterator[None]:
    try:
        yield
    except apsw.ConstraintError as error:
        raise sqlite3.IntegrityError(str(error)) from error
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise sqlite3.DatabaseError(str(error)) from error
    except apsw.Error as error:
        raise sqlite3.OperationalError(str(error)) from error


@contextmanager
def working_on(
    disk: Disk, *, weakened: str | None = None, trusting: bool = False
) -> Iterator[None]:
    """Let every SQLite connection of this process, and every `os.fsync`, go to this disk.

    Args:
        weakened: the value of `PRAGMA synchronous` that undoes the program's own.
        trusting: whether SQLite believes, as it does by itself, that a torn write spoils nothing
            beside it.
    """
    name = f"unsafe-{id(disk)}"
    vfs = _Vfs(name, disk)
    ways = (sqlite3.connect, sqlite3.dbapi2.connect, os.fsync)
    connections = []

    def connect(database: Any, *_args: Any, **_more: Any) -> Connection:
        address = str(database).replace("?psow=0", "") if trusting else str(database)
        connections.append(Connection(disk, name, address, weakened))
        return connections[-1]

    def fsync(handle: Any) -> None:
        disk.synced_by_name(Path(f"/proc/self/fd/{handle}").readlink())

    sqlite3.connect = sqlite3.dbapi2.connect = connect  # type: ignore[assignment]
    os.fsync = fsync  # type: ignore[assignment]
    try:
        yield
    finally:
        sqlite3.connect, sqlite3.dbapi2.connect, os.fsync = ways
        for connection in connections:
            connection.close()
        vfs.unregister()

"""Safe copies of the database (备份与恢复): written aside, checked, put on disk, then named.

A SQLite file is copied in steps, so that one sees how far it is and can stop. A stepped copy would
start again at every write (RELIABILITY.md 7); so it reads what stood there when it began, which a
transaction holds fast. PostgreSQL is copied by its own programs. A copy is never written over, and
a copy is restored only into a database that holds no street yet.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from desk.rules.errors import DatabaseAway, RuleBroken, WrongVersion
from desk.rules.moments import in_utc
from desk.store.engine import make_engine, sqlite_path
from desk.store.fitting import newest_revision
from desk.store.on_disk import onto_disk
from desk.store.pg_programs import dump, restore_dump
from desk.store.upgrade import prepare_server, upgrade

COUNTED: Mapping[str, str] = {
    "cases": "诉求",
    "events": "办理记录",
    "papers": "文书",
    "staff": "人员",
    "units": "单位",
}
_REVISION = "SELECT version_num FROM alembic_version"
_STREET = "SELECT name FROM streets LIMIT 1"
_NEWEST = "SELECT max(recorded_at) FROM events"
_STEP = 2_000  # pages; 8 MB
_LOOK = 100_000  # steps of SQLite's own between two looks: some milliseconds
_CHECKING = "正在校验备份"

# hears what is being done, how much of it, and of how much (in MB); what it raises ends the copy
Told = Callable[[str, int, int], None]


def nobody(_doing: str, _done: int, _of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database or a copy holds, as far as it tells two of them apart."""

    revision: str
    street: str
    rows: Mapping[str, int]
    newest_at: datetime | None


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A copy that was checked and lies on the disk."""

    file: Path
    size: int
    contents: Contents


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """A database that was filled from a copy and checked."""

    url: str
    contents: Contents


def backup(url: str, file: Path, told: Told = nobody) -> BackupReport:
    """Copy the database to `file`, check the copy and report what it holds.

    Args:
        told: hears how far it is, of a file; what it raises leaves no copy behind.

    Raises:
        RuleBroken: the file exists already, or cannot be written.
        DatabaseAway: the database cannot be read, or the copy is not sound.
    """
    source = sqlite_path(url)
    if source is not None and not source.is_file():
        raise DatabaseAway(f"找不到数据库文件“{source.name}”，没有东西可以备份。")
    if file.exists():
        raise RuleBroken(f"“{file.name}”已经有了，备份从不覆盖旧文件。请换一个文件名。")
    with _written_aside(file) as beside:
        if source is None:
            contents = contents_of(url)
            dump(url, beside)
        else:
            _copy_file(source, beside, told)
            contents = inspect_copy(beside, told)
        onto_disk(beside)
        if file.exists():  # somebody else was quicker
            raise RuleBroken(f"“{file.name}”已经有了，备份从不覆盖旧文件。请换一个文件名。")
        beside.rename(file)
        onto_disk(file.parent)
    return BackupReport(file, file.stat().st_size, contents)


def restore(file: Path, url: str, told: Told = nobody) -> RestoreReport:
    """Fill an empty database from a copy, bring it to this program's schema and check it.

    Args:
        told: hears how far it is, of a file; what it raises leaves no new file behind.

    Raises:
        RuleBroken: the database holds a street already, or the file is no copy of ours.
        WrongVersion: the copy was made by a newer program.
        DatabaseAway: the copy is not sound, or the database cannot be written.
    """
    if not file.is_file():
        raise RuleBroken(f"找不到备份文件“{file.name}”。请检查文件名和位置。")
    require_empty(url)
    target = sqlite_path(url)
    if target is None:
        prepare_server(url)
        restore_dump(file, url)
    else:
        revision = inspect_copy(file, told).revision
        if revision > newest_revision():
            raise WrongVersion("这份备份是更新版本的程序做的。请先升级本机的程序，再恢复。")
        _fill(file, target, told)
    upgrade(url)
    return RestoreReport(url, contents_of(url))


def _fill(file: Path, target: Path, told: Told) -> None:
    """Copy into a new file and check it; given up or broken, nothing of it stays."""
    was_there = target.exists()
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(_opened(file)) as source, closing(_opened(target)) as copy:
            source.backup(copy, pages=_STEP, progress=_teller("正在恢复", _page_size(source), told))
            with _heeding(copy, "正在校验恢复出来的数据库", told):
                _require_sound(copy, "恢复出来的数据库")
    except BaseException:
        if not was_there:
            for left in (target, target.with_name(f"{target.name}-journal")):
                left.unlink(missing_ok=True)
        raise


def require_empty(url: str) -> None:
    """Raise RuleBroken when the database holds a street already."""
    file = sqlite_path(url)
    if file is not None and not file.exists():
        return
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            street = connection.scalar(text(_STREET))
    except SQLAlchemyError:
        return  # no such table: nothing has been set up here
    finally:
        engine.dispose()
    if street is not None:
        raise RuleBroken(
            f"这个数据库里已有“{street}”的数据，恢复会盖掉它，所以没有进行。请换一个空库恢复。"
        )


def inspect_copy(file: Path, told: Told = nobody) -> Contents:
    """Check a copy of a SQLite database thoroughly and return what it holds.

    Args:
        told: is asked again and again while it lasts; what it raises ends the check.

    Raises:
        RuleBroken: the file is no database of this program.
        DatabaseAway: it is damaged.
    """
    try:
        with (
            closing(_opened(file, read_only=True)) as connection,
            _heeding(connection, _CHECKING, told),
        ):
            _require_sound(connection, "这份备份")
            rows = {name: _number(connection, name) for name in COUNTED}
            revision, street, newest = (
                connection.execute(query).fetchone() for query in (_REVISION, _STREET, _NEWEST)
            )
    except sqlite3.DatabaseError as error:
        raise RuleBroken(f"“{file.name}”不是本程序的备份，或已经损坏，没有恢复。") from error
    return Contents(
        revision=str(revision[0]),
        street=str(street[0]) if street else "",
        rows=rows,
        newest_at=_as_moment(newest[0]),
    )


def contents_of(url: str) -> Contents:
    """Return what a database holds.

    Raises:
        DatabaseAway: it cannot be read.
    """
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            rows = {
                name: int(connection.scalar(text(f"SELECT count(*) FROM {name}")))  # noqa: S608
                for name in COUNTED
            }
            street = connection.scalar(text(_STREET))
            return Contents(
                revision=str(connection.scalar(text(_REVISION))),
                street=str(street or ""),
                rows=rows,
                newest_at=_as_moment(connection.scalar(text(_NEWEST))),
            )
    except SQLAlchemyError as error:
        raise DatabaseAway("数据库读不出来，没有备份。请检查它能否正常打开。") from error
    finally:
        engine.dispose()


def _copy_file(source: Path, target: Path, told: Told) -> None:
    try:
        with closing(_opened(source)) as live, closing(_opened(target)) as copy:
            step = _teller("正在拷贝数据库", _page_size(live), told)
            live.execute("BEGIN")
            live.execute("SELECT count(*) FROM sqlite_master").fetchone()  # holds what stands there
            live.backup(copy, pages=_STEP, progress=step)
            copy.execute("PRAGMA journal_mode=DELETE")  # a copy is one file, without companions
    except sqlite3.Error as error:
        raise DatabaseAway(
            "备份没有做成：数据库读不出来，或磁盘空间不够。请检查后再备份一次。"
        ) from error


def _teller(doing: str, page: int, told: Told) -> Callable[[int, int, int], None]:
    """Return what hears of a stepped copy, and tells it in MB."""

    def step(_status: int, left: int, of: int) -> None:
        told(doing, *(pages * page // 2**20 for pages in (of - left, of)))

    return step


def _page_size(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA page_size").fetchone()[0])


@contextmanager
def _heeding(connection: sqlite3.Connection, doing: str, told: Told) -> Iterator[None]:
    """Ask during long statements whether anybody still waits; what `told` raises ends them."""
    told(doing, 0, 0)
    ended: list[Exception] = []

    def look() -> bool:
        try:
            told(doing, 0, 0)
        except Exception as error:  # noqa: BLE001 - SQLite would swallow it: it goes on below
            ended.append(error)
        return bool(ended)

    connection.set_progress_handler(look, _LOOK)
    try:
        yield
    except sqlite3.OperationalError:
        if ended:
            raise ended[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _opened(file: Path, *, read_only: bool = False) -> sqlite3.Connection:
    if read_only:
        return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    return sqlite3.connect(file, timeout=10)


def _require_sound(connection: sqlite3.Connection, what: str) -> None:
    found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    if found != "ok" or orphan is not None:
        raise DatabaseAway(f"{what}检查没有通过，不能使用。请用另一份备份，并告诉管机器的同事。")


def _number(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def _as_moment(stored: Any) -> datetime | None:
    if stored is None:
        return None
    if isinstance(stored, str):
        return datetime.fromisoformat(f"{stored}+00:00" if "+" not in stored else stored)
    return in_utc(stored)


@contextmanager
def _written_aside(file: Path) -> Iterator[Path]:
    """Give a file beside the target to write to; whatever is left of it goes in the end."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=file.parent)
    except OSError as error:
        raise RuleBroken(f"不能写到文件夹“{file.parent.name}”。请换一个文件夹再备份。") from error
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
    except OSError as error:
        raise RuleBroken("备份没有写成，可能是磁盘空间不够。请清出空间再备份一次。") from error
    finally:
        for left in (beside, Path(f"{name}-journal")):
            with suppress(FileNotFoundError):
                left.unlink()

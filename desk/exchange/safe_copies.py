"""Where copies of the database are kept (备份存放): one a day by itself, old ones thinned out."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from desk.clock import machine_now
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.settings import backup_folder
from desk.store.backup import (
    COUNTED,
    BackupReport,
    Contents,
    RestoreReport,
    Told,
    backup,
    contents_of,
    inspect_copy,
    nobody,
    restore,
)
from desk.store.engine import sqlite_path

__all__ = [
    "BackupReport",
    "Contents",
    "Copy",
    "Difference",
    "RestoreReport",
    "copies",
    "copy_now",
    "daily_copy",
    "daily_words",
    "days_to_keep",
    "differences",
    "folder_for",
    "restore_beside",
    "thin_out",
]
DAYS, WEEKS, MONTHS = 7, 5, 12
_NAME = re.compile(r"hall-(\d{4}-\d{2}-\d{2})(?:-\d+)?\.(?:db|dump)")


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy in the folder."""

    file: Path
    day: date
    size: int


@dataclass(frozen=True, slots=True)
class Difference:
    """How a copy differs from the database of today, in rows of each kind."""

    name: str
    in_copy: int
    now: int


def folder_for(url: str) -> Path:
    """Return where the copies of this database go."""
    return backup_folder(sqlite_path(url))


def copies(url: str) -> list[Copy]:
    """Return the copies in the folder, newest first."""
    found = []
    for file in folder_for(url).glob("hall-*"):
        day = _day_of(file)
        if day is not None:
            found.append(Copy(file, day, file.stat().st_size))
    return sorted(found, key=lambda copy: (copy.day, copy.file.name), reverse=True)


def daily_copy(url: str, today: date) -> BackupReport | None:
    """Copy the database unless it was copied today, then thin out the old copies.

    Raises:
        RuleBroken, DatabaseAway: no copy could be made; nothing was thrown away.
    """
    if any(copy.day == today for copy in copies(url)):
        return None
    report = backup(url, _free_name(url, today))
    thin_out(url, today)
    return report


def daily_words(url: str) -> str:
    """Make the copy of the day where it is ours to make, and say so; a shared one is not ours."""
    if sqlite_path(url) is None:
        return ""
    report = daily_copy(url, day_of(machine_now()))
    return "" if report is None else f"今天的备份已做好并校验：{report.file.name}"


def copy_now(url: str, today: date, told: Told = nobody) -> BackupReport:
    """Copy the database once more today."""
    return backup(url, _free_name(url, today), told)


def thin_out(url: str, today: date) -> list[Path]:
    """Remove the copies that are neither of the last days, weeks nor months."""
    present = copies(url)
    keep = days_to_keep({copy.day for copy in present}, today)
    gone = [copy.file for copy in present if copy.day not in keep]
    for file in gone:
        file.unlink()
    return gone


def days_to_keep(days: Collection[date], today: date) -> set[date]:
    """Return the days whose copies stay: 7 days, the last of 5 weeks, the last of 12 months."""
    ordered = sorted(days, reverse=True)
    kept = {day for day in ordered if day > today - timedelta(days=DAYS)}
    last_of_week: dict[tuple[int, int], date] = {}
    last_of_month: dict[tuple[int, int], date] = {}
    for day in ordered:
        last_of_week.setdefault(day.isocalendar()[:2], day)
        last_of_month.setdefault((day.year, day.month), day)
    kept |= set(list(last_of_week.values())[:WEEKS])
    return kept | set(list(last_of_month.values())[:MONTHS])


def differences(
    url: str, file: Path, told: Told = nobody
) -> tuple[Contents, tuple[Difference, ...]]:
    """Check a copy thoroughly and return what it holds, and how that differs from now.

    Raises:
        RuleBroken: it is no copy of a database file.
        DatabaseAway: it is damaged.
    """
    if file.suffix != ".db":
        raise RuleBroken("这是共用数据库的备份，要在服务器上用 restore 命令恢复到空库后才能比较。")
    there, here = inspect_copy(file, told), contents_of(url)
    return there, tuple(
        Difference(words, there.rows[name], here.rows[name]) for name, words in COUNTED.items()
    )


def restore_beside(file: Path, target: Path, told: Told = nobody) -> RestoreReport:
    """Restore a copy into a new database file; the one in use is not touched.

    Raises:
        RuleBroken: the file exists already.
    """
    if target.exists():
        raise RuleBroken(f"“{target.name}”已经有了。恢复只写到新文件，请换一个文件名。")
    return restore(file, f"sqlite:///{target.as_posix()}", told)


def _free_name(url: str, today: date) -> Path:
    ending = "dump" if sqlite_path(url) is None else "db"
    folder = folder_for(url)
    file = folder / f"hall-{today.isoformat()}.{ending}"
    number = 1
    while file.exists():
        number += 1
        file = folder / f"hall-{today.isoformat()}-{number}.{ending}"
    return file


def _day_of(file: Path) -> date | None:
    found = _NAME.fullmatch(file.name)
    try:
        return date.fromisoformat(found.group(1)) if found else None
    except ValueError:
        return None

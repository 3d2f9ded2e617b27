"""Waiting until something is really on the disk (落盘), and not in a memory the power holds."""

import os
from pathlib import Path
from urllib.parse import quote

# What makes a commit last. SQLite fills a sector up only while it writes: what it found again after
# a power cut may end within one, so it goes into the file before anything is written behind it.
LASTING = ("journal_mode=WAL", "synchronous=FULL", "wal_checkpoint(PASSIVE)")


def onto_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are really on the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows keeps names in order by itself
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def careful_address(file: Path) -> str:
    """Return the address under which SQLite opens a file and trusts no disk more than it must.

    By itself SQLite believes that a write which the power interrupts spoils nothing beside it; the
    end of the last saved case may share its sector with the next one. Told `psow=0`, it fills the
    sector up before it calls anything saved.
    """
    path = file.absolute().as_posix()
    root = "" if path.startswith("/") else "/"  # C:/…
    return f"file://{root}{quote(path, safe='/:')}?psow=0"

"""Which reminders somebody has read at this desk (已读): a small file per person, never shared."""

import json
import os
from collections.abc import Collection
from pathlib import Path

from desk.settings import data_folder

_MOST = 2_000  # the newest; what is older has ended long ago


class ReadMarks:
    """The marks of one person on this workstation; touched in the background only."""

    def __init__(self, staff_id: int) -> None:
        self._file: Path = data_folder() / "reminders" / f"{staff_id}.json"

    def load(self) -> tuple[str, ...]:
        """Return what has been read, oldest first; a damaged file counts as nothing read."""
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ()
        if not isinstance(found, list):
            return ()
        return tuple(mark for mark in found if isinstance(mark, str))

    def add(self, marks: Collection[str]) -> None:
        """Keep further marks; where the disk is full the reminder is merely said once more."""
        known = dict.fromkeys([*self.load(), *sorted(marks)])
        try:
            self._write(list(known)[-_MOST:])
        except OSError:
            return

    def _write(self, marks: list[str]) -> None:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = self._file.with_suffix(f".{os.getpid()}.tmp")
        beside.write_text(json.dumps(marks), encoding="utf-8")
        beside.replace(self._file)

"""What a workstation notes of the chain for itself (本机锚点): out of reach of the database.

One file per database and street in the data folder, a line per sign-in at which the chain had
moved; a hundred bytes each, so a file of ten years is still small. Nothing here is ever rewritten.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from desk.queries.chain_health import ChainReport, ChainState, chain_report, chain_state
from desk.rules.anchors import Anchor, AnchorPlace
from desk.rules.moments import day_of, in_shanghai
from desk.store.database import Reader
from desk.store.patience import takes_long

_NAME = 16  # digits of a file's name


@dataclass(frozen=True, slots=True)
class AnchorFile:
    """The notes of one workstation about one street in one database; read in the background."""

    path: Path

    @classmethod
    def of(cls, folder: Path, url: str, street: int) -> "AnchorFile":
        """Return the file for a street; whose login is in the address makes no difference."""
        parsed = make_url(url)
        where = f"{parsed.host or ''}:{parsed.port or ''}/{parsed.database} {street}"
        name = hashlib.sha256(where.encode()).hexdigest()[:_NAME]
        return cls(folder / "anchors" / f"{name}.jsonl")

    def read(self) -> list[Anchor]:
        """Return what was noted, oldest first; a line that cannot be read counts as not noted."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        return [found for line in lines if (found := _read(line)) is not None]

    def add(self, head: Anchor, now: datetime) -> bool:
        """Note where the chain stands, and return whether that was new.

        Raises:
            OSError: the disk is full or does not let us write.
        """
        known = self.read()
        if known and (known[-1].place, known[-1].hash) == (head.place, head.hash):
            return False
        append_anchor(self.path, head, now)
        return True


def append_anchor(path: Path, head: Anchor, now: datetime) -> None:
    """Write one anchor at the end of a file, down to the disk.

    Raises:
        OSError: the disk is full or does not let us write.
    """
    wall = in_shanghai(now)
    line = {
        "day": f"{wall:%Y-%m-%d}",
        "place": head.place,
        "hash": head.hash,
        "at": wall.isoformat(timespec="seconds"),
    }
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def look_and_note(reader: Reader, file: AnchorFile) -> ChainState:
    """Compare the chain with this workstation's notes, then note where it stands now.

    A note that cannot be written is no reason to hold anybody up: the other desks have theirs.
    """
    state = chain_state(reader, file.read())
    if state.head is not None:
        try:
            file.add(state.head, reader.now)
        except OSError:
            return state
    return state


def check_by_heads(reader: Reader, file: AnchorFile, typed: Sequence[Anchor] = ()) -> ChainState:
    """Compare the chain with this workstation's notes, and with what was typed in from paper."""
    return chain_state(reader, [*file.read(), *typed])


@takes_long
def check_line_by_line(
    reader: Reader, file: AnchorFile, typed: Sequence[Anchor] = ()
) -> ChainReport:
    """Read the whole log, and compare it with the same.

    Raises:
        NotAllowed: the asker does not read the whole log.
    """
    return chain_report(reader, noted=[*file.read(), *typed])


def _read(line: str) -> Anchor | None:
    try:
        found = json.loads(line)
        at = datetime.fromisoformat(found["at"])
        place, digits = int(found["place"]), str(found["hash"])
        return Anchor(place, digits, AnchorPlace.DESK, day_of(at), at)
    except (ValueError, KeyError, TypeError):
        return None

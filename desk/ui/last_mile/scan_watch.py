"""Watches the folder of scans (扫描件文件夹) while somebody works here, and files what arrives.

Two looks must agree before a scan is taken, so that none is read while the scanner writes it.
Reading is done on the paper lane, filing by `ScanBack`; a scan is moved only when its papers are
filed, and the same scan filed again is the same command: whatever happens between, nothing is
lost and nothing is filed twice.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from desk.actions.last_mile import ScanBack
from desk.actions.mediation_papers import ScanBackMediation
from desk.exchange.scan_folder import (
    Arrived,
    LeftOver,
    arrived,
    command_of,
    leave_to_people,
    left_over,
    put_away,
    read_file,
    settled,
)
from desk.exchange.scans import ScannedPaper, read_scan
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.errors import DatabaseAway, DeskError
from desk.rules.mediation_papers import MEDIATION_TITLES
from desk.rules.mediation_rights import MEDIATION_ROLES
from desk.rules.moments import day_of
from desk.rules.numbering import read_number
from desk.settings import load_settings
from desk.ui.desk import Desk

_POLL_MS, _SOON_MS = 5000, 700
_NAMED = 3  # cases named in one sentence


@dataclass(slots=True)
class _Filing:
    """One scan on its way into the files of its papers."""

    path: Path
    content: bytes = field(repr=False)
    papers: list[ScannedPaper] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


class ScanWatch(QObject):
    """Looks at the folder by turns; one scan is on its way at a time.

    Signals:
        filed: scans were filed; carries the running numbers of their cases.
        left_changed: what waits for somebody has changed; carries the scans.
    """

    filed = Signal(object)
    left_changed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.folder: Path | None = None
        self.left: tuple[LeftOver, ...] = ()
        self._seen: frozenset[Arrived] = frozenset()
        self._stuck: set[Arrived] = set()  # filed, but the folder did not take the move
        self._queue: list[Path] = []
        self._numbers: list[str] = []
        self._trouble = ""
        self._is_busy = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.look)
        self._system = QFileSystemWatcher(self)
        self._system.directoryChanged.connect(lambda _path: self._soon.start())
        self._poll = QTimer(self, interval=_POLL_MS)  # network folders tell nothing by themselves
        self._poll.timeout.connect(self.look)

    def start(self) -> None:
        """Watch the folder of this workstation's settings, if this person files scans at all."""
        roles = STEP_OF[Deed.SCAN_BACK].roles | MEDIATION_ROLES
        if self._desk.person.is_built_in or roles & self._desk.person.roles:
            self.watch(load_settings().scan_folder)

    def watch(self, folder: str) -> None:
        """Watch another folder from now on; an empty name watches none."""
        if self._system.directories():
            self._system.removePaths(self._system.directories())
        self.folder = Path(folder) if folder else None
        self._seen, self._trouble = frozenset(), ""
        if self.folder is None:
            self.stop()
            self._show_left(())
            return
        self._poll.start()
        self._soon.start()

    def stop(self) -> None:
        """Look no more; what is on its way still arrives."""
        self._poll.stop()
        self._soon.stop()

    def look(self) -> None:
        """Look once, unless a scan is on its way."""
        if self.folder is None or self._is_busy:
            return
        self._is_busy = True
        work = partial(_look, self.folder)
        self._desk.work(work, owner=self, done=self._on_looked, failed=self._on_trouble)

    def file_done(self, path: Path) -> None:
        """Put away a scan that somebody has filed by hand."""
        folder, on = self.folder, day_of(self._desk.now())
        if folder is None:
            return

        def work() -> tuple[LeftOver, ...]:
            put_away(path, folder, on)
            return left_over(folder)

        self._desk.work(work, owner=self, done=self._show_left)

    def _on_looked(self, looked: tuple[frozenset[Arrived], tuple[LeftOver, ...]]) -> None:
        now, left = looked
        self._trouble = ""
        if self.folder is not None and not self._system.directories():
            self._system.addPath(str(self.folder))  # only now: it answers, and does not hang us
        self._show_left(left)
        ready = [file for file in settled(self._seen, now) if file not in self._stuck]
        is_growing = now - self._seen
        self._seen = now
        self._queue = [file.path for file in ready]
        if is_growing:
            self._soon.start()
        self._next()

    def _on_trouble(self, error: DeskError) -> None:
        self._is_busy = False
        if str(error) != self._trouble:  # said once, not every five seconds
            self._trouble = str(error)
            self._desk.tasks.said.emit(str(error))

    def _next(self) -> None:
        """Take the next scan, or say what was filed."""
        if not self._queue:
            self._is_busy = False
            self._say_filed()
            return
        path = self._queue.pop(0)
        self._desk.work(
            partial(_read, path),
            owner=self,
            done=self._file_next,
            failed=partial(self._on_unreadable, path),
        )

    def _file_next(self, filing: _Filing) -> None:
        """File the next paper of a scan; the scan itself is moved after the last."""
        if not filing.papers:
            self._move(filing)
            return
        paper = filing.papers.pop(0)
        self._desk.act(
            self._request(filing, paper),
            owner=self,
            done=partial(self._on_filed, filing),
            failed=partial(self._on_refused, filing),
        )

    def _request(self, filing: _Filing, paper: ScannedPaper) -> ScanBack | ScanBackMediation:
        """Return the request to file a paper: with its case, or with its mediation."""
        facts: dict[str, Any] = {
            **self._desk.by_me(),
            "command": command_of(filing.content, paper.said.paper),
            "paper": paper.said.paper,
            "media_type": paper.media_type,
            "scan": paper.content,
        }
        if paper.said.code in MEDIATION_TITLES:
            return ScanBackMediation(**facts)
        return ScanBack(**facts, case=paper.said.case, seen=0)

    def _on_filed(self, filing: _Filing, changes: Any) -> None:
        said = read_number(str(changes.made.get("number", "")))
        if said is not None:
            self._numbers.append(f"{said.seq:05}")
        self._file_next(filing)

    def _on_refused(self, filing: _Filing, error: DeskError) -> None:
        if isinstance(error, DatabaseAway):  # it stays where it is, until the hall is back
            self._queue.clear()
            self._next()
            return
        filing.refused.append(str(error))
        self._file_next(filing)

    def _on_unreadable(self, path: Path, error: DeskError) -> None:
        self._move(_Filing(path, b"", refused=[str(error)]))

    def _move(self, filing: _Filing) -> None:
        folder = self.folder
        if folder is None:
            self._next()
            return
        on = day_of(self._desk.now())
        work = partial(_move_away, filing, folder, on)
        failed = partial(self._on_not_moved, filing.path)
        self._desk.work(work, owner=self, done=self._on_moved, failed=failed)

    def _on_moved(self, left: tuple[LeftOver, ...]) -> None:
        self._show_left(left)
        self._next()

    def _on_not_moved(self, path: Path, error: DeskError) -> None:
        self._stuck |= {file for file in self._seen if file.path == path}
        self._desk.tasks.said.emit(str(error))
        self._next()

    def _say_filed(self) -> None:
        if self._numbers:
            numbers, self._numbers = self._numbers, []
            self.filed.emit(tuple(numbers))
            self._desk.tasks.said.emit(filed_in_words(numbers))

    def _show_left(self, left: tuple[LeftOver, ...]) -> None:
        if left != self.left:
            self.left = left
            self.left_changed.emit(left)


def filed_in_words(numbers: list[str]) -> str:
    """Return what to say of scans that were filed: “3 份扫描件已归到 00412、00398…。”."""
    cases = list(dict.fromkeys(numbers))
    more = "…" if len(cases) > _NAMED else ""
    return f"{len(numbers)} 份扫描件已归到 {'、'.join(cases[:_NAMED])}{more}。"


def scan_watch_of(desk: Desk) -> ScanWatch:
    """Return the desk's watch over its folder, made when it is first asked for."""
    found = desk.findChild(ScanWatch)
    return found if isinstance(found, ScanWatch) else ScanWatch(desk)


def _look(folder: Path) -> tuple[frozenset[Arrived], tuple[LeftOver, ...]]:
    return arrived(folder), left_over(folder)


def _read(path: Path) -> _Filing:
    content = read_file(path)
    return _Filing(path, content, list(read_scan(content)))


def _move_away(filing: _Filing, folder: Path, on: date) -> tuple[LeftOver, ...]:
    if filing.refused:
        leave_to_people(filing.path, folder, "".join(dict.fromkeys(filing.refused)))
    else:
        put_away(filing.path, folder, on)
    return left_over(folder)

"""Half-typed forms kept on this workstation (草稿): what was written outlives a power cut.

Every form with free text hands its content over at each change; half a second later, and whenever
the focus moves, it is on the disk. Nothing is read or written on the GUI thread.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desk.outbox.local_seal import opened, sealed
from desk.settings import data_folder
from desk.ui.desk import Desk

_PAUSE_MS = 400  # with the write itself well under the one second that may be lost
_TRIES = 3
_FAILED = "草稿没能存到本机。内容还在窗口里,请检查磁盘空间,并尽快保存。"


@dataclass(frozen=True, slots=True)
class Draft:
    """One form that was not saved yet, as it was when it was last kept."""

    key: str
    kind: str
    owner: int
    content: Mapping[str, Any]
    kept_at: datetime


def draft_key(kind: str, owner: int, subject: object = "") -> str:
    """Return the key of a form: its kind, whose it is, and which case it is about."""
    return f"{kind}:{owner}:{subject}"


def drafts_folder() -> Path:
    """Return where this workstation keeps the drafts of everyone who signs in here."""
    return data_folder() / "drafts"


def drafts_of(desk: Desk) -> "Drafts":
    """Return the drafts of this workstation, opened when a screen first asks for them."""
    found = desk.findChild(Drafts)
    return found if isinstance(found, Drafts) else Drafts(drafts_folder(), desk.now, desk)


class DraftFiles:
    """One file per draft, replaced as a whole, so that a crash leaves the old one or the new."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read_all(self) -> list[Draft]:
        """Return every draft that can be read; a damaged file is left where it is."""
        if not self._folder.is_dir():
            return []
        for torn in self._folder.glob("*.tmp"):
            torn.unlink(missing_ok=True)
        found = (_read(path) for path in sorted(self._folder.glob("*.json")))
        return [draft for draft in found if draft is not None]

    def write(self, draft: Draft) -> None:
        """Put a draft on the disk; when this returns, it is there."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = {**asdict(draft), "kept_at": draft.kept_at.isoformat()}
        words = json.dumps(sealed(kept))
        target = self._path(draft.key)
        for _ in range(_TRIES):
            try:
                self._replace(target, words)
            except FileNotFoundError:  # a second window, starting up, tidied the folder
                continue
            return
        raise FileNotFoundError(target.name)

    def remove(self, key: str) -> None:
        """Take a draft off the disk."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"

    def _replace(self, target: Path, words: str) -> None:
        torn = target.with_suffix(".tmp")
        handle = os.open(torn, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        torn.replace(target)
        if os.name == "posix":  # Windows cannot open a folder, and need not
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


class Drafts(QObject):
    """All drafts of this workstation; the GUI thread only ever touches the memory.

    Args:
        folder: where the files are; made when the first draft is kept.
        clock: says what time it is; the desk's own clock.

    Signals:
        kept: something reached the disk; carries when.
        loaded: the drafts of earlier runs are known now.
        changed: there is one draft more or less.
        failed: a sentence for the status line.
    """

    kept = Signal(object)
    loaded = Signal()
    changed = Signal()
    failed = Signal(str)
    _came_back = Signal(object, object)

    def __init__(
        self, folder: Path, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._files, self._clock = DraftFiles(folder), clock
        self._known: dict[str, Draft] = {}
        self._waiting: dict[str, Draft] = {}
        self._dropped: set[str] = set()
        self.is_loaded = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk-drafts")
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self.flush)
        self._came_back.connect(self._deliver)
        self._run(self._files.read_all, self._on_read)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
            app.aboutToQuit.connect(self.close)

    def keep(self, key: str, kind: str, owner: int, content: Mapping[str, Any]) -> None:
        """Keep a form's content (plain data) as it is now; on the disk half a second later."""
        known = self._known.get(key)
        if known is not None and known.content == content:
            return
        self._dropped.discard(key)
        draft = Draft(key, kind, owner, dict(content), self._clock())
        self._known[key] = self._waiting[key] = draft
        if not self._timer.isActive():  # never put off: someone who types on is kept too
            self._timer.start()
        if known is None:
            self.changed.emit()

    def flush(self) -> None:
        """Write now what waits; forms call this where the clerk pauses."""
        self._timer.stop()
        for draft in self._waiting.values():
            self._run(partial(self._files.write, draft), partial(self._on_kept, draft))
        self._waiting.clear()

    def drop(self, key: str) -> None:
        """Forget a draft: its form was saved, or the clerk threw it away."""
        self._waiting.pop(key, None)
        self._dropped.add(key)
        was_there = self._known.pop(key, None) is not None
        self._run(partial(self._files.remove, key), lambda _: None)
        if was_there:
            self.changed.emit()

    def get(self, key: str) -> Draft | None:
        """Return one draft."""
        return self._known.get(key)

    def all(self, owner: int, kind: str = "") -> list[Draft]:
        """Return someone's drafts, the one kept last first; ask again after `loaded`."""
        mine = [d for d in self._known.values() if d.owner == owner and kind in {"", d.kind}]
        return sorted(mine, key=lambda draft: draft.kept_at, reverse=True)

    def close(self) -> None:
        """Write what waits and stop; before the desk is given up."""
        self.flush()
        self._thread.shutdown(wait=True)

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        def finished(future: Future[Any]) -> None:
            if shiboken6.isValid(self):
                self._came_back.emit(future, done)

        try:
            self._thread.submit(work).add_done_callback(finished)
        except RuntimeError:  # closed: the program is about to end
            work()

    def _deliver(self, future: Future[Any], done: Callable[[Any], None]) -> None:
        if isinstance(future.exception(), OSError):
            self.failed.emit(_FAILED)
            return
        done(future.result())

    def _on_read(self, found: list[Draft]) -> None:
        for draft in found:
            if draft.key not in self._dropped:
                self._known.setdefault(draft.key, draft)
        self.is_loaded = True
        self.loaded.emit()
        self.changed.emit()

    def _on_kept(self, draft: Draft, _written: None) -> None:
        self.kept.emit(draft.kept_at)

    def _on_focus_changed(self) -> None:
        if self._waiting:
            self.flush()


def _read(path: Path) -> Draft | None:
    try:
        said = opened(json.loads(path.read_text(encoding="utf-8")))
        return Draft(**{**said, "kept_at": datetime.fromisoformat(said["kept_at"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None

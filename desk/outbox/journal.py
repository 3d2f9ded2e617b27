"""The journal of a workstation (本机留底): what is in it is on the disk before 已保存 is said.

One SQLite file per workstation and shared database. `put` returns only when the row has been
synced (WAL, synchronous=FULL), so that neither a killed program nor a power cut loses it
(RELIABILITY.md 4.1, 4.3). What this file says of a command is never deleted before thirty days
after it was done: a server that was restored from last night's copy gets the day again.

    journal = Journal(journal_file(url))
    row = journal.put(request, may_wait=True, now=…)   # durable when it returns
    journal.pending()                                  # what has to be sent, in order
    journal.done(row.command, "青榕-2026-00012")        # the server has it
    journal.refused(row.command, "请选一个类别。")       # a rule speaks against it: 没有收下
    journal.failed(row.command, "连不上数据库。")        # no answer: it stays, and is tried again
    journal.requeue(commands)                          # a restored server does not know these
"""

import hashlib
import logging
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from desk.outbox.codec import PAYLOAD_VERSION, read_request, write_request
from desk.rules.errors import DeskError
from desk.rules.moments import day_of
from desk.rules.temporary_numbers import STATIONS, temporary_number
from desk.store.on_disk import LASTING, careful_address
from desk.store.requests import Request

KEPT = timedelta(days=30)
LATEST = 500
_BUSY_SECONDS = 5
_FULL = 2
_LOG = logging.getLogger(__name__)
_NOT_KEPT = "本机没有存上，可能是磁盘已满。"
SCHEMA = """
CREATE TABLE IF NOT EXISTS outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    command TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    payload_version INTEGER NOT NULL,
    payload TEXT NOT NULL,
    raw TEXT,
    may_wait INTEGER NOT NULL,
    temporary TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'unsure', 'done', 'refused', 'dropped')),
    made_by INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    skew_seconds REAL,
    on_machine_time INTEGER NOT NULL,
    maybe_sent INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    first_error TEXT NOT NULL DEFAULT '',
    last_error TEXT NOT NULL DEFAULT '',
    official TEXT NOT NULL DEFAULT '',
    ended_at TEXT
);
CREATE INDEX IF NOT EXISTS ix_outbox_state ON outbox (state, seq);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""


class State(StrEnum):
    """How far a command has come."""

    PENDING = "pending"  # waits for the server
    UNSURE = "unsure"  # may not wait, and was sent without an answer
    DONE = "done"
    REFUSED = "refused"  # a rule speaks against it: 没有收下
    DROPPED = "dropped"  # given up by somebody who said why, or never reached the server


class NotKept(DeskError):
    """The journal could not be written: nothing may be called saved because of it."""


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One command as the journal knows it.

    Attributes:
        raw: the request as it was typed, where the input gate tidied it.
        made_at: when it was journaled, by the clock of this desk.
        skew_seconds: how far this machine's clock was ahead of the server's, once that is known.
        on_machine_time: whether this machine's clock said when, as no server had told the time.
        maybe_sent: whether the server may have it already although no answer came.
        official: the number the server gave, once it did.
    """

    seq: int
    command: UUID
    kind: str
    payload_version: int
    payload: str
    raw: str | None
    may_wait: bool
    temporary: str
    state: State
    made_by: int
    made_at: datetime
    skew_seconds: float | None
    on_machine_time: bool
    maybe_sent: bool
    tries: int
    first_error: str
    last_error: str
    official: str
    ended_at: datetime | None

    def request(self) -> Request:
        """Return what was asked for.

        Raises:
            UnknownPayload: a newer version of the program wrote this row.
        """
        return read_request(self.kind, self.payload, self.payload_version)

    def as_typed(self) -> Request:
        """Return what was asked for before the input gate tidied it."""
        return read_request(self.kind, self.raw or self.payload, self.payload_version)


_COLUMNS = ", ".join(part.name for part in fields(JournalRow))


def journal_name(url: str) -> str:
    """Return the file name of the journal that belongs to a shared database, whoever signs in."""
    parts = urlsplit(url)
    place = f"{parts.hostname}:{parts.port or 5432}{parts.path}"
    return f"{hashlib.sha256(place.encode()).hexdigest()[:16]}.db"


class Journal:
    """The journal file, open; safe to use from several threads.

    Raises:
        NotKept: it cannot be opened in the one way that survives a power cut.
    """

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
            self._link = _opened(file)
            self.station = _station(self._link)
        except (OSError, sqlite3.Error) as error:
            raise NotKept(_NOT_KEPT) from error

    def put(
        self,
        request: Request,
        *,
        may_wait: bool,
        now: datetime,
        raw: Request | None = None,
        maybe_sent: bool = True,
        on_machine_time: bool = False,
    ) -> JournalRow:
        """Keep a command; when this returns, it is on the disk.

        A command that is known is kept as it was, unless it was refused or given up: then this
        text takes the place of the other.

        Args:
            may_wait: whether it may be sent later, and then bears a temporary number.
            raw: the request as typed, where the gate changed it.
            maybe_sent: whether it is sent in the same breath.
            on_machine_time: whether its moments are this machine's own.

        Raises:
            NotKept: the disk did not take it.
        """
        with self._writing() as link:
            known = _find(link, request.command)
            if known is not None and known.state in {State.PENDING, State.DONE}:
                return known
            marked, temporary = self._marked(link, request, now) if may_wait else (request, "")
            values = {
                "command": str(request.command),
                "kind": type(request).__name__,
                "payload_version": PAYLOAD_VERSION,
                "payload": write_request(marked),
                "raw": None if raw is None or raw == request else write_request(raw),
                "may_wait": may_wait,
                "temporary": temporary,
                "state": State.PENDING if may_wait else State.UNSURE,
                "made_by": request.made_by,
                "made_at": now.isoformat(),
                "maybe_sent": maybe_sent,
                "on_machine_time": on_machine_time,
            }
            link.execute("DELETE FROM outbox WHERE command = ?", (values["command"],))
            names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
            link.execute(f"INSERT INTO outbox ({names}) VALUES ({marks})", values)  # noqa: S608
            row = _find(link, request.command)
        assert row is not None  # noqa: S101 - it was inserted above
        return row

    def get(self, command: UUID) -> JournalRow | None:
        """Return what is known of a command."""
        with self._lock:
            return _find(self._link, command)

    def pending(self) -> list[JournalRow]:
        """Return what waits for the server, in the order in which it was made."""
        return self._rows("state = 'pending' ORDER BY seq")

    def has_pending(self) -> bool:
        """Return whether anything waits for the server."""
        query = "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'pending')"
        with self._lock:
            return bool(self._link.execute(query).fetchone()[0])

    def at(self, state: State) -> list[JournalRow]:
        """Return what has come so far: sent without an answer, not taken, and so on."""
        return self._rows("state = ? ORDER BY seq", state.value)

    def latest_done(self, most: int = LATEST) -> list[UUID]:
        """Return the newest commands that the server had, to ask whether it still knows them."""
        return [row.command for row in self._rows("state = 'done' ORDER BY seq DESC LIMIT ?", most)]

    def done(
        self, command: UUID, official: str, now: datetime, *, skew_seconds: float | None = None
    ) -> None:
        """Note that the server has it, under which number.

        Args:
            skew_seconds: how far this machine's clock was ahead of the server's then.
        """
        self._end(command, State.DONE, now, official=official, skew_seconds=skew_seconds)

    def refused(self, command: UUID, sentence: str, now: datetime) -> None:
        """Note that a rule speaks against it; the text stays, to be opened again."""
        self._end(command, State.REFUSED, now, last_error=sentence)

    def drop(self, command: UUID, reason: str, now: datetime) -> None:
        """Give a command up; it stays readable for thirty days, with the reason."""
        self._end(command, State.DROPPED, now, last_error=reason)

    def failed(self, command: UUID, sentence: str) -> None:
        """Note that no answer came; it stays where it is and is tried again."""
        self._execute(
            "UPDATE outbox SET tries = tries + 1, last_error = :said, "
            "first_error = CASE first_error WHEN '' THEN :said ELSE first_error END "
            "WHERE command = :command",
            {"said": sentence, "command": str(command)},
        )

    def about_to_send(self, command: UUID) -> None:
        """Note that the server may have it from now on, whether its answer comes or not."""
        self._execute("UPDATE outbox SET maybe_sent = 1 WHERE command = ?", (str(command),))

    def requeue(self, commands: Iterable[UUID]) -> None:
        """Put back what a restored server does not know; the numbers it had are kept."""
        for command in commands:
            self._execute(
                "UPDATE outbox SET state = 'pending', ended_at = NULL WHERE command = ?",
                (str(command),),
            )

    def prune(self, now: datetime) -> None:
        """Forget what was done or given up more than thirty days ago."""
        self._execute(
            "DELETE FROM outbox WHERE state IN ('done', 'dropped') AND ended_at < ?",
            ((now - KEPT).isoformat(),),
        )

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._link.close()

    def _marked(
        self, link: sqlite3.Connection, request: Request, now: datetime
    ) -> tuple[Request, str]:
        """Return the request as it will be sent: since when it waits, under which number."""
        marked = replace(request, saved_at=request.saved_at or now)
        if not hasattr(request, "temporary_number"):
            return marked, ""
        day = day_of(now)
        like = temporary_number(self.station, day, 1)[:13] + "%"
        query = "SELECT count(*) FROM outbox WHERE temporary LIKE ?"
        number = temporary_number(self.station, day, link.execute(query, (like,)).fetchone()[0] + 1)
        changed: dict[str, Any] = {"temporary_number": number}
        return replace(marked, **changed), number

    def _end(self, command: UUID, state: State, now: datetime, **values: Any) -> None:
        setting = "".join(f", {name} = :{name}" for name in values)
        self._execute(
            f"UPDATE outbox SET state = :state, ended_at = :at{setting} "  # noqa: S608
            "WHERE command = :command",
            {"state": state, "at": now.isoformat(), "command": str(command), **values},
        )

    def _execute(self, statement: str, values: Any) -> None:
        """Note something about a row; where the disk is full, the row stays as it was.

        What was done is then sent once more later, and answered with its first result.
        """
        try:
            with self._writing() as link:
                link.execute(statement, values)
        except NotKept:
            _LOG.warning("the journal could not be written", exc_info=True)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._link.execute("BEGIN IMMEDIATE")
                with self._link:
                    yield self._link
            except sqlite3.Error as error:
                raise NotKept(_NOT_KEPT) from error

    def _rows(self, condition: str, *values: Any) -> list[JournalRow]:
        query = f"SELECT {_COLUMNS} FROM outbox WHERE {condition}"  # noqa: S608 - our own words
        with self._lock:
            return [_row_of(found) for found in self._link.execute(query, values)]


def _find(link: sqlite3.Connection, command: UUID) -> JournalRow | None:
    query = f"SELECT {_COLUMNS} FROM outbox WHERE command = ?"  # noqa: S608 - our own names
    found = link.execute(query, (str(command),)).fetchone()
    return None if found is None else _row_of(found)


def _station(link: sqlite3.Connection) -> int:
    """Return the number of this workstation, drawn when the journal is first opened."""
    with link:
        link.execute(
            "INSERT OR IGNORE INTO facts VALUES ('station', ?)", (secrets.randbelow(STATIONS),)
        )
    query = "SELECT value FROM facts WHERE name = 'station'"
    return int(link.execute(query).fetchone()[0])


def _opened(file: Path) -> sqlite3.Connection:
    """Return the file, opened so that a commit is on the disk.

    It becomes WAL once, and the folder is synced before the first row: an old journal that a power
    cut brings back to life would roll the rows back (RELIABILITY.md 4.3).
    """
    link = sqlite3.connect(
        careful_address(file),
        uri=True,
        timeout=_BUSY_SECONDS,
        check_same_thread=False,
        isolation_level=None,
    )
    for pragma in (*LASTING, "secure_delete=ON"):
        link.execute(f"PRAGMA {pragma}")
    if link.execute("PRAGMA synchronous").fetchone()[0] != _FULL:
        raise sqlite3.OperationalError("synchronous")
    link.executescript(SCHEMA)
    if os.name == "posix":  # Windows cannot open a folder, and need not
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return link


def _row_of(found: Sequence[Any]) -> JournalRow:
    values = dict(zip((part.name for part in fields(JournalRow)), found, strict=True))
    ended = values["ended_at"]
    return JournalRow(
        **{
            **values,
            "command": UUID(values["command"]),
            "may_wait": bool(values["may_wait"]),
            "state": State(values["state"]),
            "made_at": datetime.fromisoformat(values["made_at"]),
            "maybe_sent": bool(values["maybe_sent"]),
            "on_machine_time": bool(values["on_machine_time"]),
            "ended_at": datetime.fromisoformat(ended) if ended else None,
        }
    )

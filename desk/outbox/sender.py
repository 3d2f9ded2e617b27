"""Sends what the journal keeps (上传): in order, again and again, until the server has taken it.

A command that arrives twice is answered with its first result (`Database.carry_out`), so nothing is
lost by sending once more. What a rule speaks against is not tried for ever: it becomes 没有收下,
which the clerk sees and can open again.

    sender = Sender(journal, database)
    sender.send_once()        # one pass: how many went through, what was refused, is it away
    sender.run(stop)          # a thread's work: pass after pass until `stop` is set
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from desk.clock import machine_now
from desk.outbox.codec import UnknownPayload
from desk.outbox.journal import Journal, JournalRow, State
from desk.outbox.turns import Turns
from desk.rules.errors import DatabaseAway, DeskError, NotAllowed, RuleBroken
from desk.rules.machine_clock import MOST_APART
from desk.store.database import Changes, Database
from desk.store.known_commands import known_commands
from desk.store.requests import Request

_SOON, _LATEST_WAIT = 1.0, 30.0  # seconds between two passes while the server is away
_QUIET = 60.0  # seconds between two passes while nothing waits
_PATIENCE = 5  # failures of one row's own that hold up those behind it
_BROKEN = "服务器没有收下这一件，请打开看过再存；仍不行请联系管机器的同事。"
_NEWER = "这一件是用更新的程序存下的，请在更新程序之后再上传。"
_NEVER_SENT = "没有送到服务器。内容在草稿里。"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """A command that the server has now, and what it answered."""

    row: JournalRow
    changes: Changes


@dataclass(slots=True)
class Pass:
    """What one pass has done.

    Attributes:
        done: what the server has taken.
        refused: what it did not take, with the sentence.
        is_away: whether it stopped answering.
    """

    done: list[Sent] = field(default_factory=list)
    refused: list[tuple[JournalRow, DeskError]] = field(default_factory=list)
    is_away: bool = False


class Sender:
    """Sends the journal of one workstation as whoever is signed in; safe from several threads.

    Args:
        on_pass: told of each pass that changed something, in the sender's thread.
        machine: this machine's own clock.
    """

    def __init__(
        self,
        journal: Journal,
        database: Database,
        *,
        on_pass: Callable[[Pass], None] | None = None,
        machine: Callable[[], datetime] = machine_now,
    ) -> None:
        self.journal, self._database = journal, database
        self._on_pass, self._machine = on_pass, machine
        self.turns = Turns()  # one command is on its way at a time
        self._wake = threading.Event()
        self._skew: timedelta | None = None
        self._is_reconciled = False
        self.is_away = False
        self.next_try: datetime | None = None

    def send_once(self) -> Pass:
        """Send what waits, once, oldest first; stops where the server stops answering.

        After each (re)connection the server is asked first which of the last commands it knows.
        Between two rows a clerk who waits for his turn comes first.
        """
        result = Pass()
        with self._heeding(result):
            with self.turns.of_queue():
                self._meet()
            for row in self.journal.pending():
                with self.turns.of_queue():
                    self._send_waiting(row, result)
        return result

    def send_mine(self, row: JournalRow) -> Pass:
        """Send this row now, unless others wait before it; whoever asks has the turn."""
        result = Pass()
        with self._heeding(result):
            self._meet()
            if all(row.seq <= one.seq for one in self.journal.pending()):
                self._send(row, result)
        return result

    def run(self, stop: threading.Event) -> None:
        """Send pass after pass until `stop` is set; waits longer while the server stays away."""
        wait = _SOON
        while not stop.is_set():
            result = self.send_once()
            self.tell(result)
            is_waiting = result.is_away or bool(self.journal.pending())
            wait = min(wait * 2, _LATEST_WAIT) if is_waiting and not result.done else _SOON
            pause = wait if is_waiting else _QUIET
            self.next_try = self._machine() + timedelta(seconds=pause)
            self._wake.wait(pause)
            self._wake.clear()

    def tell(self, result: Pass) -> None:
        """Tell the window what a pass has done."""
        if self._on_pass is not None:
            self._on_pass(result)

    def wake(self) -> None:
        """Let `run` begin its next pass now: there is something new, or the program ends."""
        self._wake.set()

    def forget_connection(self) -> None:
        """Ask the server anew what it knows before anything else is sent."""
        self._is_reconciled = False

    def skew(self) -> timedelta | None:
        """Return how far this machine's clock was ahead of the server's when they last met."""
        return self._skew

    @contextmanager
    def _heeding(self, result: Pass) -> Iterator[None]:
        """Note in a pass whether the server stopped answering."""
        try:
            yield
        except _HeldUp:
            pass
        except DatabaseAway:
            result.is_away = True
            self._is_reconciled = False
        self.is_away = result.is_away

    def _meet(self) -> None:
        """Compare clocks, and put back what the server does not know (restored from a copy)."""
        if self._is_reconciled:
            return
        self._skew = self._machine() - self._database.now()
        known = self._known(self.journal.latest_done())
        lost = [command for command in self.journal.latest_done() if command not in known]
        if lost:
            _LOG.warning("the server does not know %s commands that it had", len(lost))
            self.journal.requeue(lost)
        self._settle()
        self._is_reconciled = True

    def _settle(self) -> None:
        """Find out what became of commands that may not wait and got no answer."""
        unsure = self.journal.at(State.UNSURE)
        known = self._known([row.command for row in unsure])
        for row in unsure:
            if row.command in known:
                self.journal.done(row.command, "", self._machine())
            else:
                self.journal.drop(row.command, row.last_error or _NEVER_SENT, self._machine())

    def _known(self, commands: list[UUID]) -> set[UUID]:
        return self._database.read(lambda reader: known_commands(reader.session, commands))

    def _send_waiting(self, row: JournalRow, result: Pass) -> None:
        """Send one row, if it still waits and nothing has to be asked of the server first."""
        if not self._is_reconciled:
            raise _HeldUp
        now = self.journal.get(row.command)
        if now is not None and now.state is State.PENDING:
            self._send(now, result)

    def _send(self, row: JournalRow, result: Pass) -> None:
        """Send one row.

        Raises:
            DatabaseAway: the server stopped answering.
            _HeldUp: this row could not go now, and those behind it may hang on it.
        """
        try:
            changes = self._carry_out(row)
        except DatabaseAway as error:
            self.journal.failed(row.command, str(error))
            self._database.now()  # raises, if it is not this row alone
            if row.tries < _PATIENCE:
                raise _HeldUp from error
        except DeskError as error:
            if isinstance(error, NotAllowed) and row.made_by != self._database.person.staff_id:
                self.journal.failed(row.command, str(error))  # it waits for whoever made it
            else:
                self._refuse(row, error, result)
        except SQLAlchemyError:
            self._on_broken(row, result)
        else:
            skew = None if self._skew is None else self._skew.total_seconds()
            self.journal.done(row.command, number_of(changes), self._machine(), skew_seconds=skew)
            result.done.append(Sent(row, changes))

    def _on_broken(self, row: JournalRow, result: Pass) -> None:
        """Find out whether the server has it: its answer may be for somebody else's eyes."""
        if row.command in self._known([row.command]):
            self.journal.done(row.command, row.official, self._machine())
            return
        _LOG.exception("the database refused a command")
        self._refuse(row, RuleBroken(_BROKEN), result)

    def _carry_out(self, row: JournalRow) -> Changes:
        try:
            request = self._ready(row)
        except UnknownPayload as error:
            raise NotAllowed(_NEWER) from error
        if not row.maybe_sent:
            self.journal.about_to_send(row.command)
        return self._database.carry_out(request)

    def _ready(self, row: JournalRow) -> Request:
        """Return the request with moments the server can trust and the number it had before."""
        request = row.request()
        changed: dict[str, Any] = self._put_right(row, request)
        if row.official and hasattr(request, "former_number"):
            changed["former_number"] = row.official
        return replace(request, **changed) if changed else request

    def _put_right(self, row: JournalRow, request: Request) -> dict[str, datetime]:
        """Return the moments of a row that was made when no server had told the time.

        They are put right by the difference that shows now; if somebody has set the machine's
        clock since, it is another one, but nothing can have happened later than now.
        """
        skew = self._skew
        if skew is None or not row.on_machine_time:
            return {}
        off = skew if abs(skew) > MOST_APART else timedelta()
        now = self._machine() - skew
        moments = {"saved_at": min(row.made_at - off, now)}
        if abs(request.happened_at - row.made_at) < MOST_APART:  # else somebody wrote it down
            moments["happened_at"] = min(request.happened_at - off, now)
        return moments

    def _refuse(self, row: JournalRow, error: DeskError, result: Pass) -> None:
        self.journal.refused(row.command, str(error), self._machine())
        result.refused.append((row, error))


class _HeldUp(Exception):
    """A row could not go now; what is behind it waits for the next pass."""


def number_of(changes: Changes) -> str:
    """Return the number that the server gave, if it gave one."""
    return str(changes.made.get("number", ""))

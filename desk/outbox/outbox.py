"""The way from a window to the shared database (先留底再送): journaled first, then sent.

Every command but those that hold a password, or a film, is in the journal before it leaves the
desk. What only adds (登记、批注、联系、回访) may wait there for the server; all else fails at once,
in words, and its text stays a draft.

    outbox = Outbox(Journal(file), database, clock=desk.now)
    changes = outbox.carry_out(request)    # as Database.carry_out, or: kept here, number T-…
    waits(changes)                         # whether it is only kept here yet
"""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from desk.clock import machine_now
from desk.outbox.codec import holds_secret
from desk.outbox.journal import Journal, JournalRow, NotKept
from desk.outbox.sender import Pass, Sender, number_of
from desk.rules.errors import DatabaseAway, DeskError
from desk.store.database import Changes, Database
from desk.store.gate import cleaned
from desk.store.requests import ACTIONS, Request

__all__ = ["Changes", "Database", "Outbox", "Request", "waits"]

_MOMENT = 0.25  # seconds; how long one waits for the turn before it is told without the server
_LARGEST = 2_000_000  # bytes; a photograph of a counter has 300,000
_NOT_SAVED = (
    "未保存：本机磁盘写不进去，服务器也连不上。内容还在窗口里，请先清出磁盘空间，再按一次保存。"
)
_KEPT_HERE = "已保存在本机"


def waits(changes: Changes) -> bool:
    """Return whether what was asked for is kept at this desk and not yet with the server."""
    return bool(changes.made.get("waits"))


class Outbox:
    """Journals commands and sends them; only one command is on its way at a time.

    What may wait is told as saved as soon as it is on the disk, if others are before it.

    Args:
        clock: what this desk takes for the server's time.
        has_met: whether the server has told this desk the time since it was opened.
    """

    def __init__(
        self,
        journal: Journal,
        database: Database,
        *,
        clock: Callable[[], datetime] = machine_now,
        on_pass: Callable[[Pass], None] | None = None,
        has_met: bool = True,
    ) -> None:
        self.journal = journal
        self.sender = Sender(journal, database, on_pass=on_pass)
        self._database, self._clock = database, clock
        self._has_met = has_met

    def carry_out(self, request: Request) -> Changes:
        """Carry out a request, or keep it here if it may wait and the server does not answer.

        Raises:
            RuleBroken, StaleCase: as `Database.carry_out`; nothing was changed.
            DatabaseAway: it was not done; nothing but drafts is left of it.
        """
        if holds_secret(type(request)) or _bytes_in(request) > _LARGEST:
            return self._database.carry_out(request)
        if ACTIONS[type(request)].may_wait:
            return self._carry_out_or_keep(request)
        with self.sender.turns.of_clerk():
            try:
                row = self._journaled(request, is_sent_now=True)
            except NotKept as error:
                return self._without_journal(request, error)
            return self._send_now(row, request)

    def _carry_out_or_keep(self, request: Request) -> Changes:
        """Send what may wait, if it is its turn; else it is kept here, and told at once."""
        try:
            if self.sender.is_away or self.journal.has_pending():
                row = self._journaled(request, is_sent_now=False)
            else:
                with self.sender.turns.of_clerk(_MOMENT) as is_mine:
                    row = self._journaled(request, is_sent_now=is_mine)
                    if is_mine:
                        return self._send_mine(row)
        except NotKept as error:
            return self._without_journal(request, error)
        self.sender.wake()
        return _kept_here(row)

    def _journaled(self, request: Request, *, is_sent_now: bool) -> JournalRow:
        """Keep a request on this desk's disk.

        Raises:
            NotKept: the disk did not take it.
        """
        return self.journal.put(
            cleaned(request),
            may_wait=ACTIONS[type(request)].may_wait,
            now=self._clock(),
            raw=request,
            maybe_sent=is_sent_now,
            on_machine_time=not self._has_met,
        )

    def _send_mine(self, row: JournalRow) -> Changes:
        """Send this one, unless the server has lost others that must go before it."""
        result = self.sender.send_mine(row)
        self.sender.tell(Pass(is_away=result.is_away))
        for _row, error in result.refused:  # the clerk has it before him again
            self.journal.drop(row.command, str(error), self._clock())
            raise error
        for sent in result.done:
            return sent.changes
        self.sender.wake()
        return _kept_here(row)

    def _send_now(self, row: JournalRow, request: Request) -> Changes:
        """Send what may not wait; without an answer the sender finds out what became of it."""
        try:
            changes = self._database.carry_out(request)
        except DatabaseAway as error:
            self.journal.failed(row.command, str(error))
            self.sender.forget_connection()
            self.sender.wake()
            raise
        except (DeskError, SQLAlchemyError) as error:
            self.journal.drop(row.command, str(error), self._clock())
            raise
        self.journal.done(row.command, number_of(changes), self._clock())
        return changes

    def _without_journal(self, request: Request, error: NotKept) -> Changes:
        """Ask the server at once where the disk is full; the same command is never done twice."""
        try:
            return self._database.carry_out(request)
        except DatabaseAway:
            raise DatabaseAway(_NOT_SAVED) from error


def _bytes_in(request: Request) -> int:
    """Return how large the files are that go along; a film stays where it was taken from."""
    values = (getattr(request, part.name) for part in fields(request))
    return sum(len(value) for value in values if isinstance(value, bytes))


def _kept_here(row: JournalRow) -> Changes:
    made = {"waits": True, "number": row.temporary}
    case = getattr(row.request(), "case", None)
    if case is not None:
        made["case"] = case
    return Changes(_KEPT_HERE, cases=() if case is None else (case,), made=made)

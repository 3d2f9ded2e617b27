"""One run over the rows of a ledger (导入的一遍): what became of each, whatever a row is about."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy.exc import DataError, IntegrityError

from desk.exchange.directory import read_directory
from desk.exchange.ledgers import LedgerReading, Refusal
from desk.rules.errors import RuleBroken, StaleCase
from desk.store.database import Database
from desk.store.requests import Changes, Request

Row = TypeVar("Row")
Asked = TypeVar("Asked", bound=Request)


class Outcome(StrEnum):
    """What becomes of a row that is not refused."""

    NEW = "新增"
    CHANGED = "更新"
    SAME = "相同，跳过"


class RunResult(NamedTuple):
    """How many rows were new, changed, the same; which were refused; what is worth knowing."""

    imported: int
    updated: int
    skipped: int
    refused: tuple[Refusal, ...]
    hints: tuple[str, ...]


class ImportRun(ABC, Generic[Row, Asked]):
    """Takes the rows of a ledger one by one; subclasses know what a row is about."""

    def __init__(self, database: Database, reading: LedgerReading, *, is_check: bool) -> None:
        self.database = database
        self.reading = reading
        self.is_check = is_check
        self.made_by = database.person.staff_id
        self.directory, self.now = database.read(lambda r: (read_directory(r), r.now))
        self.outcomes: dict[int, Outcome] = {}
        self.refused = list(reading.refused)
        self.hints = list(reading.hints)

    def take(self, row: Row) -> None:
        """Send one row, or refuse it."""
        request = self.request_of(row)
        if isinstance(request, Refusal):
            self.refused.append(request)
            return
        version = self.version_of(row)
        if version is not None and self.is_same(row, request):
            self._keep(row, Outcome.SAME)
            return
        self.note(row, request)
        if self.is_check:
            self.checked(row, request)
            self._keep(row, Outcome.NEW if version is None else Outcome.CHANGED)
            return
        self._send(row, request, version)

    def result(self) -> RunResult:
        """Return what became of the rows."""
        counts = Counter(self.outcomes.values())
        return RunResult(
            imported=counts[Outcome.NEW],
            updated=counts[Outcome.CHANGED],
            skipped=counts[Outcome.SAME],
            refused=tuple(sorted(self.refused, key=lambda r: r.row)),
            hints=(*self.hints, *self.gathered_hints()),
        )

    @abstractmethod
    def in_order(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows in the order in which they are taken."""

    @abstractmethod
    def request_of(self, row: Row) -> Asked | Refusal:
        """Return the request for a row, or why there is none."""

    @abstractmethod
    def version_of(self, row: Row) -> int | None:
        """Return the version of what the row is about; None where nothing is known of it."""

    @abstractmethod
    def is_same(self, row: Row, request: Asked) -> bool:
        """Return whether the row says what is on record anyway."""

    @abstractmethod
    def command_of(self, request: Asked, version: int | None) -> UUID:
        """Return the command id: the same content twice is the same command."""

    @abstractmethod
    def happened_at(self, request: Asked) -> datetime:
        """Return when what a new row tells happened."""

    @abstractmethod
    def note(self, row: Row, request: Asked) -> None:
        """Remember what is worth a hint in the end."""

    @abstractmethod
    def checked(self, row: Row, request: Asked) -> None:
        """Remember a row that was only checked, so that the same row again counts as the same."""

    @abstractmethod
    def taken(self, row: Row, changes: Changes) -> None:
        """Say what was kept as it was, though the row says otherwise."""

    @abstractmethod
    def gathered_hints(self) -> Iterable[str]:
        """Return the hints that count rows."""

    def _send(self, row: Any, request: Asked, version: int | None) -> None:
        at = self.happened_at(request) if version is None else self.now
        command = self.command_of(request, version)
        try:
            changes = self.database.carry_out(replace(request, command=command, happened_at=at))
        except (RuleBroken, StaleCase) as error:
            self._refuse(row, str(error))
            return
        except (DataError, IntegrityError):  # e.g. a colleague imports the same ledger just now
            self._refuse(row, "数据库没有接受这一行，可能刚有人导入了同一编号，请稍后再导一次。")
            return
        is_new = changes.made.get("is_new")
        self._keep(row, Outcome.NEW if is_new else Outcome.CHANGED)
        self.taken(row, changes)

    def _keep(self, row: Any, outcome: Outcome) -> None:
        self.outcomes[row.row_number] = outcome

    def _refuse(self, row: Any, reason: str) -> None:
        column = self.reading.ledger.heading_of("outside_number")
        self.refused.append(Refusal(row.row_number, column, reason))

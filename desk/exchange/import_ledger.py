"""Importing a ledger (导入台账): each row one command, each refusal with its reason.

Rows are sent one by one, so that a bad one never holds up the good ones; a run that was cut off
is simply started again, because the same content is taken in only once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.exc import DataError, IntegrityError

import desk.actions.ledger_import  # noqa: F401 - registers the action
from desk.actions.ledger_request import ImportCase, KnownCase, known_case
from desk.exchange.appeal_lines import appeal_row
from desk.exchange.appeal_row import AppealRow
from desk.exchange.directory import read_directory
from desk.exchange.ledger_map import LedgerMap
from desk.exchange.ledgers import LedgerReading, Refusal, read_ledger, save_refused
from desk.exchange.row_request import request_of
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken, StaleCase
from desk.rules.rights import require_hall
from desk.store.database import Database

Progress = Callable[[int, int], None]
FIXED = "登记后不能更改，没有改动"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a ledger's rows; `is_check` says that nothing was written."""

    reading: LedgerReading
    imported: int
    updated: int
    skipped: int
    refused: tuple[Refusal, ...]
    hints: tuple[str, ...]
    is_check: bool = False

    @property
    def exit_code(self) -> int:
        """Return 0, or 1 where a row was refused (EXCHANGE.md 1)."""
        return 1 if self.refused else 0

    def as_json(self) -> dict[str, Any]:
        """Return the result as the command line prints it with `--json`."""
        return {
            "file": self.reading.file,
            "kind": self.reading.kind,
            "check": self.is_check,
            "rows": len(self.reading.sheet.rows),
            "imported": self.imported,
            "updated": self.updated,
            "skipped": self.skipped,
            "refused": [
                {"row": r.row, "column": r.column, "reason": r.reason} for r in self.refused
            ],
            "hints": list(self.hints),
        }

    def save_refused(self, path: Path) -> int:
        """Write the refused rows with their reasons, to be corrected and imported again."""
        return save_refused(self.reading, self.refused, path)

    def sentences(self) -> list[str]:
        """Return the result in words, the summary first."""
        verb = "检查" if self.is_check else "导入"
        will = "将" if self.is_check else ""
        summary = (
            f"{verb}完毕：{self.reading.kind} {len(self.reading.sheet.rows)} 行，"
            f"{will}新增 {self.imported} 件，{will}更新 {self.updated} 件，"
            f"相同跳过 {self.skipped} 件，未导入 {len(self.refused)} 行。"
        )
        return [summary, *(r.sentence for r in self.refused), *self.hints]


def import_ledger(
    database: Database,
    path: Path,
    *,
    kind: str | None = None,
    is_check: bool = False,
    maps: Sequence[LedgerMap] | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Import a ledger into the street of the person who signed in.

    Args:
        is_check: only say what would happen.

    Raises:
        UnreadableWorkbook: the file as a whole cannot be taken in.
        NotAllowed: the person may not import ledgers.
        DatabaseAway: the database went away; what was imported by then stays.
    """
    require_hall(Deed.IMPORT, database.person)
    reading = read_ledger(path, kind=kind, maps=maps)
    run = _Run(database, reading, is_check=is_check)
    rows = _main_cases_first(reading.rows)
    for done, row in enumerate(rows, start=1):
        run.take(row)
        if progress is not None:
            progress(done, len(rows))
    return run.result()


class _Run:
    """One run over a ledger's rows, counting what became of each."""

    def __init__(self, database: Database, reading: LedgerReading, *, is_check: bool) -> None:
        self._database = database
        self._reading = reading
        self._is_check = is_check
        self._made_by = database.person.staff_id
        self._directory, self._now = database.read(lambda r: (read_directory(r), r.now))
        self._counts: Counter[str] = Counter()
        self._refused = list(reading.refused)
        self._hints = list(reading.hints)
        self._strangers: Counter[str] = Counter()
        self._new_categories: Counter[str] = Counter()
        self._checked: dict[tuple[str, str], KnownCase] = {}

    def take(self, row: AppealRow) -> None:
        """Send one row, or refuse it."""
        request = request_of(row, self._directory, self._reading.ledger, self._made_by)
        if isinstance(request, Refusal):
            self._refused.append(request)
            return
        known = self._known(row)
        if known is not None and self._is_same(known, request):
            self._counts["skipped"] += 1
            return
        self._note(row, request)
        if self._is_check:
            self._checked[row.platform, row.outside_number] = KnownCase(0, 0, request.content_hash)
            self._counts["imported" if known is None else "updated"] += 1
            return
        self._send(row, request, None if known is None else known.version)

    def result(self) -> ImportResult:
        """Return what became of the rows."""
        return ImportResult(
            reading=self._reading,
            imported=self._counts["imported"],
            updated=self._counts["updated"],
            skipped=self._counts["skipped"],
            refused=tuple(sorted(self._refused, key=lambda r: r.row)),
            hints=(*self._hints, *self._gathered_hints()),
            is_check=self._is_check,
        )

    def _send(self, row: AppealRow, request: ImportCase, version: int | None) -> None:
        command = command_of(self._database.person.street_id, request, version)
        at = request.happened_at if version is None else self._now
        try:
            changes = self._database.carry_out(replace(request, command=command, happened_at=at))
        except (RuleBroken, StaleCase) as error:
            self._refuse(row, str(error))
            return
        except (DataError, IntegrityError):  # e.g. a colleague imports the same ledger just now
            self._refuse(row, "数据库没有接受这一行，可能刚有人导入了同一编号，请稍后再导一次。")
            return
        made = changes.made
        self._counts["imported" if made.get("is_new") else "updated"] += 1
        for heading in made.get("fixed", ()):
            self._hints.append(f"第 {row.row_number} 行 {heading}：{FIXED}。")
        if made.get("kept_process"):
            self._hints.append(
                f"第 {row.row_number} 行：{made['number']} 本厅已经办理，只更新了诉求内容和评价，"
                "办理过程没有改动。"
            )

    def _refuse(self, row: AppealRow, reason: str) -> None:
        column = self._reading.ledger.heading_of("outside_number")
        self._refused.append(Refusal(row.row_number, column, reason))

    def _known(self, row: AppealRow) -> KnownCase | None:
        """Return the case that the row is about, as far as one is known by now."""
        checked = self._checked.get((row.platform, row.outside_number))
        if checked is not None:
            return checked
        return self._database.read(
            lambda r: known_case(
                r.session, r.person.street_id, row.platform, row.outside_number, row.received_at
            )
        )

    def _is_same(self, known: KnownCase, request: ImportCase) -> bool:
        """Return whether the row says what was imported last, or what is on record anyway."""
        if known.is_own or known.content_hash == request.content_hash:
            return True
        present = self._database.read(lambda r: appeal_row(r, self._directory, known.case_id))
        if present is None:
            return False
        own = request_of(present, self._directory, self._reading.ledger, self._made_by)
        return isinstance(own, ImportCase) and own.content_hash == request.content_hash

    def _note(self, row: AppealRow, request: ImportCase) -> None:
        if row.first_responder and request.first_responder is None:
            self._strangers[row.first_responder] += 1
        if request.new_subcategory:
            self._new_categories[f"{row.category}—{row.subcategory}"] += 1

    def _gathered_hints(self) -> Iterable[str]:
        if self._new_categories:
            names = "、".join(f"{name}（{n} 件）" for name, n in self._new_categories.items())
            yield f"本厅原来没有的二级分类，已按台账新增：{names}。"
        if self._strangers:
            names = "、".join(f"{name}（{n} 件）" for name, n in self._strangers.items())
            yield f"首问人不在现有人员中（或有重名），姓名按台账原样保留：{names}。"


def command_of(street_id: int, request: ImportCase, version: int | None) -> UUID:
    """Return the command id of a row: the same content twice is the same command.

    The version lets content that was there before, and was replaced since, be imported again.
    """
    parts = (street_id, request.platform, request.outside_number, request.content_hash, version)
    return uuid5(NAMESPACE_URL, "|".join(str(part) for part in parts))


def _main_cases_first(rows: Sequence[AppealRow]) -> list[AppealRow]:
    """Return the rows with repeats behind the others, so that their main cases are known."""
    return sorted(rows, key=lambda row: bool(row.repeat_of))

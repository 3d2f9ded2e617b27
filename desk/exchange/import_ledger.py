"""Importing a ledger (导入台账): each row one command, each refusal with its reason.

Rows are sent one by one, so that a bad one never holds up the good ones; a run that was cut off
is simply started again, because the same content is taken in only once.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from desk.exchange.import_appeals import AppealRun
from desk.exchange.import_findings import FindingRun
from desk.exchange.import_mediations import MediationRun
from desk.exchange.import_run import ImportRun, Outcome
from desk.exchange.import_whistles import WhistleRun
from desk.exchange.ledger_map import LedgerMap
from desk.exchange.ledgers import LedgerReading, Refusal, read_ledger, save_refused
from desk.exchange.source_map import all_maps
from desk.rules.deeds import Deed
from desk.rules.rights import require_hall
from desk.store.database import Database

Progress = Callable[[int, int], None]
_RUNS: Mapping[str, type[ImportRun[Any, Any]]] = MappingProxyType(
    {
        "appeal": AppealRun,
        "mediation": MediationRun,
        "finding": FindingRun,
        "whistle": WhistleRun,
    }
)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a ledger's rows.

    Attributes:
        is_check: nothing was written.
        outcomes: what becomes of each row that is not refused, by its number on the sheet.
        left: how many rows nobody came to, because it was stopped.
    """

    reading: LedgerReading
    imported: int
    updated: int
    skipped: int
    refused: tuple[Refusal, ...]
    hints: tuple[str, ...]
    is_check: bool = False
    outcomes: Mapping[int, Outcome] = field(default_factory=dict)
    left: int = 0

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

    def with_row(self, row: int, anew: "ImportResult") -> "ImportResult":
        """Return the result of a check with one row that was corrected and looked at anew."""
        outcomes = {number: one for number, one in self.outcomes.items() if number != row}
        outcomes |= anew.outcomes
        counts = Counter(outcomes.values())
        refused = (*(one for one in self.refused if one.row != row), *anew.refused)
        return replace(
            self,
            imported=counts[Outcome.NEW],
            updated=counts[Outcome.CHANGED],
            skipped=counts[Outcome.SAME],
            refused=tuple(sorted(refused, key=lambda one: one.row)),
            outcomes=outcomes,
        )

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
        if self.left:
            summary += f"中途停下，还有 {self.left} 行没有处理；再导一次会接着做，不会重复。"
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
    known = database.read(all_maps) if maps is None else maps
    reading = read_ledger(path, kind=kind, maps=known)
    return carry_in(database, reading, is_check=is_check, progress=progress)


def carry_in(
    database: Database,
    reading: LedgerReading,
    *,
    is_check: bool = False,
    progress: Progress | None = None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> ImportResult:
    """Import the rows of a ledger that was read.

    Args:
        is_check: only say what would happen.
        progress: hears after each row how many are done, of how many.
        is_wanted: asked before each row; once it says no, what was imported by then stays.

    Raises:
        NotAllowed: the person may not import ledgers.
        DatabaseAway: the database went away; what was imported by then stays.
    """
    require_hall(Deed.IMPORT, database.person)
    run = _RUNS[reading.ledger.shape](database, reading, is_check=is_check)
    rows = run.in_order(reading.rows)
    done = 0
    for row in rows:
        if not is_wanted():
            break
        run.take(row)
        done += 1
        if progress is not None:
            progress(done, len(rows))
    return ImportResult(
        reading,
        *run.result(),
        is_check=is_check,
        outcomes=dict(run.outcomes),
        left=len(rows) - done,
    )

"""One workbook on its way in (一份要导入的工作簿): what was read, mapped and corrected so far."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desk.exchange.corrections import Place, corrected
from desk.exchange.import_ledger import ImportResult
from desk.exchange.ledger_map import LedgerMap, Recognised, recognise
from desk.exchange.ledgers import LedgerReading, Refusal, read_rows
from desk.exchange.workbook import Sheet, UnreadableWorkbook, heading_key, read_sheet

ROW = -1  # in the place of a column: the row as a whole


@dataclass(slots=True)
class ImportJob:
    """What is known of one workbook; everything typed is in `corrections`.

    Attributes:
        digest: of the file's bytes, so that corrections of another month are never laid over it.
        ledger: how its columns are understood; None until somebody has said so.
        result: what became of its rows when they were last looked at.
    """

    path: Path
    digest: str
    sheet: Sheet
    ledger: LedgerMap | None = None
    corrections: dict[Place, str] = field(default_factory=dict)
    result: ImportResult | None = None

    @property
    def mended(self) -> Sheet:
        """Return the sheet as it now is."""
        return corrected(self.sheet, self.corrections)

    def recognised(self) -> Recognised:
        """Return where each column of the ledger stands.

        Raises:
            UnreadableWorkbook: nobody has said which ledger it is.
        """
        if self.ledger is None:
            raise UnreadableWorkbook("还没有说明这是哪种台账。请先核对栏目对应。")
        return recognise(self.sheet.header, (self.ledger,))

    def reading(self, sheet: Sheet | None = None) -> LedgerReading:
        """Return the rows as they are understood now, or those of a part of the sheet.

        Raises:
            UnreadableWorkbook: nobody has said which ledger it is, or it was masked.
        """
        self.recognised()
        maps = () if self.ledger is None else (self.ledger,)
        return read_rows(self.path.name, sheet or self.mended, maps)

    def as_draft(self) -> dict[str, object]:
        """Return as plain data what must not be lost."""
        return {
            "path": str(self.path),
            "digest": self.digest,
            "corrections": [[row, at, text] for (row, at), text in self.corrections.items()],
        }


def open_job(
    path: Path, maps: Sequence[LedgerMap], draft: Mapping[str, object] | None = None
) -> ImportJob:
    """Read a workbook and see whether its columns are known; background work.

    Args:
        draft: what was typed before; it counts only for the very same file.

    Raises:
        UnreadableWorkbook: the file cannot be read.
    """
    sheet = read_sheet(path, knows=lambda header: _known(header, maps) is not None)
    if not any(sheet.header):
        raise UnreadableWorkbook("工作表是空的：第 1 行应为表头，下面是台账内容。")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    job = ImportJob(path, digest, sheet, _known(sheet.header, maps))
    if draft is not None and draft.get("digest") == digest:
        kept = draft.get("corrections")
        for row, at, text in kept if isinstance(kept, list) else ():
            job.corrections[int(row), int(at)] = str(text)
    return job


def faults_of(refusal: Refusal, job: ImportJob) -> dict[int, str]:
    """Return what is wrong in a row by its column on the sheet."""
    found: dict[int, str] = {}
    for heading, reason in refusal.faults or ((refusal.column, refusal.reason),):
        at = _column_at(heading, job)
        found[at] = f"{found[at]}；{reason}" if at in found else reason
    return found


def _column_at(heading: str, job: ImportJob) -> int:
    key = heading_key(heading)
    for index, column in job.recognised().places:
        if key in column.keys:
            return index
    keys = [heading_key(name) for name in job.sheet.header]
    return keys.index(key) if key in keys else ROW


def _known(header: Sequence[str], maps: Sequence[LedgerMap]) -> LedgerMap | None:
    try:
        return recognise(header, maps).ledger
    except UnreadableWorkbook:
        return None

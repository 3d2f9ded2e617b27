"""Exporting a ledger (导出台账): with a reason on record, and fit to be imported again."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from desk.actions.ledger_export import ExportLedger
from desk.exchange.appeal_lines import appeal_rows
from desk.exchange.appeal_row import AppealRow
from desk.exchange.cell_words import cell_words
from desk.exchange.copy_blocks import blocks_of
from desk.exchange.finding_lines import finding_rows
from desk.exchange.kept_lines import KeptLines
from desk.exchange.ledger_map import map_of_kind
from desk.exchange.ledger_masks import masked
from desk.exchange.whistle_lines import whistle_rows
from desk.exchange.write_workbook import Watermark, write_sheet
from desk.queries.ledger_exports import own_login
from desk.queries.platform_forms import PlatformFormView
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.moments import in_shanghai
from desk.rules.rights import require_hall
from desk.store.base import canonical_json
from desk.store.database import Database, Reader
from desk.store.patience import takes_long

APPEALS = "诉求台账"
FINDINGS = "未诉先办台账"
WHISTLES = "吹哨台账"
# Columns beyond the agreed ones, only where a row has something in them: a title of its own, time
# that was granted or lost to pauses (without it the rates of the copy would differ), a second look.
OWN_COLUMNS = ("title", "handle_until", "rechecked_at")
# kind → what reads its rows of some days
LEDGERS: Mapping[str, Callable[[Reader, date, date], Iterable[Any]]] = MappingProxyType(
    {APPEALS: appeal_rows, FINDINGS: finding_rows, WHISTLES: whistle_rows}
)


Told = Callable[[int], None]
Row = TypeVar("Row")
_TELL_EVERY = 200


def _nobody(_rows: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class WantedLedger:
    """Which ledger, of which days (both included), and why.

    Attributes:
        is_full: names, numbers and addresses in full; else only their masks.
        narrowed_to: the filter of a board, in words.
        form: in whose columns (回填); None for our own.
    """

    first_day: date
    last_day: date
    reason: str
    kind: str = APPEALS
    is_full: bool = True
    narrowed_to: str = ""
    form: PlatformFormView | None = None


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What went out."""

    file: str
    rows: int

    def sentences(self) -> list[str]:
        """Return the result in words."""
        return [f"已导出 {self.rows} 件到“{self.file}”。导出理由已记入留痕，请妥善保管文件。"]


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """A ledger that was read, with who read it and when; nothing has gone out yet."""

    wanted: WantedLedger
    header: tuple[str, ...]
    lines: KeptLines
    who: str
    login: str
    at: datetime

    def request(self, made_by: int) -> ExportLedger:
        """Return the request that writes this export into the history."""
        return ExportLedger(
            made_by=made_by,
            happened_at=self.at,
            kind=self.wanted.kind,
            first_day=self.wanted.first_day,
            last_day=self.wanted.last_day,
            reason=self.wanted.reason,
            rows=len(self.lines),
            content_hash=_digest(self.lines),
            is_full=self.wanted.is_full,
            narrowed_to=self.wanted.narrowed_to or self._form_words(),
        )

    def written(self, path: Path, request: ExportLedger, told: Told = _nobody) -> ExportResult:
        """Write the file of an export that stands in the history.

        Args:
            told: hears now and then how many rows are written; what it raises ends it.

        Raises:
            RuleBroken: there is no place to write to.
        """
        write_sheet(
            path,
            title=self.wanted.form.name if self.wanted.form else self.wanted.kind,
            header=self.header,
            rows=_telling(self.lines, told),
            watermark=self._watermark(request),
        )
        return ExportResult(path.name, len(self.lines))

    def _form_words(self) -> str:
        return f"按“{self.wanted.form.name}”的栏目" if self.wanted.form else ""

    def _watermark(self, request: ExportLedger) -> Watermark:
        at = f"{in_shanghai(self.at):%Y-%m-%d %H:%M}"
        number = str(request.command)[:8]
        return Watermark(
            line=f"{self.who} 工号 {self.login} {at} 导出号 {number}　内含个人信息，请勿外传",
            about=(
                ("导出人", self.who),
                ("工号", self.login),
                ("导出时间", at),
                ("导出号", number),
                ("期间", f"{request.first_day} 至 {request.last_day}"),
                ("件数", str(request.rows)),
                ("内容", "完整" if request.is_full else "已遮盖姓名、电话、地址"),
                ("格式", self._form_words() or "本厅台账"),
                ("理由", request.reason),
            ),
            author=self.who,
            is_masked=not request.is_full,
        )


def export_ledger(
    database: Database,
    path: Path,
    *,
    kind: str = APPEALS,
    first_day: date,
    last_day: date,
    reason: str,
) -> ExportResult:
    """Export the appeals received in a period in full, so that the file can come in again.

    Raises:
        NotAllowed: the person may not export ledgers.
        RuleBroken: as `take_out` says.
    """
    return take_out(database, path, WantedLedger(first_day, last_day, reason, kind))


def take_out(database: Database, path: Path, wanted: WantedLedger) -> ExportResult:
    """Write a ledger into a file; who, when and why is in the history before the file is there.

    Raises:
        NotAllowed: the person may not export ledgers.
        RuleBroken: no reason, no such ledger, days in the wrong order, so many rows that somebody
            else must approve them first, or no place to write to.
    """
    sheet = database.read(partial(ledger_sheet, wanted=wanted))
    request = sheet.request(database.person.staff_id)
    database.carry_out(request)
    return sheet.written(path, request)


@takes_long
def ledger_sheet(reader: Reader, wanted: WantedLedger, told: Told = _nobody) -> LedgerSheet:
    """Return a ledger as it would go out now.

    Args:
        told: hears now and then how many rows are read; what it raises ends it.

    Raises:
        NotAllowed: the person may not export ledgers.
        RuleBroken: there is no such ledger.
    """
    require_hall(Deed.EXPORT, reader.person)
    if wanted.kind not in LEDGERS:
        raise RuleBroken(
            f"还不能导出“{wanted.kind}”，现在可以导出：{'、'.join(LEDGERS)}。", field="kind"
        )
    rows = LEDGERS[wanted.kind](reader, wanted.first_day, wanted.last_day)
    return sheet_of(reader, wanted, _telling(rows, told))


def sheet_of(reader: Reader, wanted: WantedLedger, rows: Iterable[Any]) -> LedgerSheet:
    """Return rows as a ledger that could go out, masked unless it is wanted in full."""
    kind = wanted.kind if wanted.kind in LEDGERS else APPEALS  # what a screen lists are appeals
    if wanted.form is not None:
        return _shaped(reader, wanted, rows, wanted.form)
    columns, lines, used = map_of_kind(kind).columns, KeptLines(), set[str]()
    for one in rows:
        row = masked(one) if isinstance(one, AppealRow) and not wanted.is_full else one
        used.update(name for name in OWN_COLUMNS if getattr(row, name, None))
        lines.add([cell_words(row, column) for column in columns])
    empty = set(OWN_COLUMNS) - used
    shown = [at for at, one in enumerate(columns) if one.parts[0].field not in empty]
    lines.show(shown)
    return _sheet(reader, wanted, tuple(columns[at].heading for at in shown), lines)


def _shaped(
    reader: Reader, wanted: WantedLedger, rows: Iterable[AppealRow], form: PlatformFormView
) -> LedgerSheet:
    """Return rows in the columns of another platform."""
    lines = KeptLines()
    for one in rows:
        row = one if wanted.is_full else masked(one)
        lines.add([block.text for block in blocks_of(row, form)])
    return _sheet(reader, wanted, tuple(line.heading for line in form.lines), lines)


def _sheet(
    reader: Reader, wanted: WantedLedger, header: tuple[str, ...], lines: KeptLines
) -> LedgerSheet:
    return LedgerSheet(
        wanted=wanted,
        header=header,
        lines=lines,
        who=reader.person.name,
        login=own_login(reader),
        at=reader.now,
    )


def _digest(lines: KeptLines) -> str:
    """Return the digest of all lines, as of one JSON text of them."""
    digest = hashlib.sha256(b"[")
    for n, line in enumerate(lines):
        digest.update(b"," * bool(n) + canonical_json(line).encode())
    digest.update(b"]")
    return digest.hexdigest()


def _telling(rows: Iterable[Row], told: Told) -> Iterator[Row]:
    for n, row in enumerate(rows):
        if n % _TELL_EVERY == 0:
            told(n)
        yield row

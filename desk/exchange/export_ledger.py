"""Exporting a ledger (导出台账): with a reason on record, and fit to be imported again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from desk.actions.ledger_export import ExportLedger
from desk.exchange.appeal_lines import appeal_rows
from desk.exchange.appeal_row import AppealRow
from desk.exchange.ledger_map import LedgerColumn, map_of_kind
from desk.exchange.write_workbook import (
    Watermark,
    shown_list,
    shown_moment,
    shown_yes_no,
    write_sheet,
)
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.moments import in_shanghai
from desk.rules.rights import require_hall
from desk.rules.wording import label
from desk.store.base import canonical_json
from desk.store.database import Database

APPEALS = "诉求台账"
# Columns beyond the agreed ones, only where a case has something in them: a title of its own,
# time that was granted or lost to pauses (without it the rates of the copy would differ).
OWN_COLUMNS = ("title", "handle_until")


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What went out."""

    file: str
    rows: int

    def sentences(self) -> list[str]:
        """Return the result in words."""
        return [f"已导出 {self.rows} 件到“{self.file}”。导出理由已记入留痕，请妥善保管文件。"]


def export_ledger(
    database: Database,
    path: Path,
    *,
    kind: str = APPEALS,
    first_day: date,
    last_day: date,
    reason: str,
) -> ExportResult:
    """Export the appeals received in a period, both days included.

    Raises:
        NotAllowed: the person may not export ledgers.
        RuleBroken: no reason, no such ledger, days in the wrong order, or no place to write to.
    """
    require_hall(Deed.EXPORT, database.person)
    if kind != APPEALS:
        raise RuleBroken(f"还不能导出“{kind}”，现在可以导出：{APPEALS}。", field="kind")
    rows, now = database.read(lambda r: (appeal_rows(r, first_day, last_day), r.now))
    columns = _columns(rows)
    lines = [[_line_cell(row, column) for column in columns] for row in rows]
    request = ExportLedger(
        made_by=database.person.staff_id,
        happened_at=now,
        kind=kind,
        first_day=first_day,
        last_day=last_day,
        reason=reason,
        rows=len(lines),
        content_hash=hashlib.sha256(canonical_json(lines).encode()).hexdigest(),
    )
    database.carry_out(request)
    write_sheet(
        path,
        title=kind,
        header=[column.heading for column in columns],
        rows=lines,
        watermark=_watermark(database, request, now),
    )
    return ExportResult(path.name, len(lines))


def _columns(rows: Sequence[AppealRow]) -> list[LedgerColumn]:
    """Return the columns in the agreed order."""
    empty = {name for name in OWN_COLUMNS if not any(getattr(row, name) for row in rows)}
    columns = map_of_kind(APPEALS).columns
    return [column for column in columns if column.parts[0].field not in empty]


def _line_cell(row: AppealRow, column: LedgerColumn) -> str:
    value = getattr(row, column.parts[0].field)
    own_word = column.written.get(value) if isinstance(value, StrEnum) else None
    return own_word or _shown(value)


def _shown(value: Any) -> str:
    """Return a field as ledgers write it."""
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, bool):
        return shown_yes_no(value)
    if isinstance(value, datetime):
        return shown_moment(value)
    if isinstance(value, tuple):
        return _shown_tuple(value)
    return str(value)


def _shown_tuple(value: tuple[Any, ...]) -> str:
    """Return a list, or a reason with the ledger's own words in place of “其他”."""
    if len(value) == 2 and (value[0] is None or isinstance(value[0], StrEnum)):  # noqa: PLR2004
        reason, own_words = value
        return own_words or _shown(reason)
    return shown_list(value)


def _watermark(database: Database, request: ExportLedger, now: datetime) -> Watermark:
    person = database.person
    at = f"{in_shanghai(now):%Y-%m-%d %H:%M}"
    number = str(request.command)[:8]
    return Watermark(
        line=f"{person.name} {at} 导出 {number}  内含个人信息，请勿外传",
        about=(
            ("导出人", person.name),
            ("导出时间", at),
            ("导出号", number),
            ("期间", f"{request.first_day} 至 {request.last_day}"),
            ("件数", str(request.rows)),
            ("理由", request.reason),
        ),
        author=person.name,
    )

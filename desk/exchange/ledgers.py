"""Reading a ledger (台账): a workbook becomes typed rows, refusals with reasons, and hints.

Rows are independent: a good one is taken, a bad one is refused with “第 N 行 某列:原因”, and
nothing that was tidied or left out goes unsaid.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desk.exchange import ledger_map
from desk.exchange.appeal_row import APPEAL_SHAPE
from desk.exchange.cells import Cell
from desk.exchange.finding_row import FINDING_SHAPE
from desk.exchange.ledger_map import LedgerColumn, LedgerMap, Part, Recognised
from desk.exchange.mediation_row import MEDIATION_SHAPE
from desk.exchange.whistle_row import WHISTLE_SHAPE
from desk.exchange.workbook import (
    MASKED_WATERMARK,
    WATERMARK,
    CellValue,
    Sheet,
    SheetRow,
    UnreadableWorkbook,
    as_text,
    heading_key,
    read_sheet,
)
from desk.exchange.write_workbook import write_sheet
from desk.rules.errors import RuleBroken

REASON_HEADING = "未导入原因"
_OUR_OWN = frozenset({REASON_HEADING, WATERMARK})  # columns that are ours, nothing to import
SHAPES = {
    "appeal": APPEAL_SHAPE,
    "mediation": MEDIATION_SHAPE,
    "finding": FINDING_SHAPE,
    "whistle": WHISTLE_SHAPE,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row was not taken in: the first faulty column, and all that is wrong.

    Attributes:
        faults: each faulty column with what is wrong there, as far as that is known.
    """

    row: int
    column: str
    reason: str
    faults: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """Return the refusal as a clerk reads it."""
        return f"第 {self.row} 行 {self.column}:{self.reason}"  # as EXCHANGE.md 2 writes it


def refusal_of(row: int, faults: Mapping[str, str]) -> Refusal:
    """Return the refusal of a row with all that is wrong in it, by column."""
    (column, reason), *others = faults.items()
    more = "".join(f"；{heading}：{fault}" for heading, fault in others)
    return Refusal(row, column, f"{reason}{more}。", tuple(faults.items()))


@dataclass(frozen=True, slots=True)
class LedgerReading:
    """What a workbook holds: the rows that can be taken in, the refusals, the hints."""

    file: str
    ledger: LedgerMap
    sheet: Sheet
    rows: tuple[Any, ...]  # of the ledger's shape
    refused: tuple[Refusal, ...]
    hints: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Return the kind of ledger."""
        return self.ledger.kind


def read_ledger(
    path: Path, *, kind: str | None = None, maps: Sequence[LedgerMap] | None = None
) -> LedgerReading:
    """Read a ledger whose kind is named, or else recognised by its header.

    Raises:
        UnreadableWorkbook: the file as a whole cannot be taken in.
    """
    known = tuple(ledger_map.known_maps() if maps is None else maps)
    if kind is not None:
        known = (ledger_map.map_of_kind(kind, known),)
    sheet = read_sheet(path, knows=lambda header: _fits(header, known))
    return read_rows(path.name, sheet, known)


def _fits(header: Sequence[str], maps: Sequence[LedgerMap]) -> bool:
    try:
        ledger_map.recognise(header, maps)
    except UnreadableWorkbook:
        return False
    return True


def read_rows(file: str, sheet: Sheet, maps: Sequence[LedgerMap]) -> LedgerReading:
    """Read the rows of a sheet as the map says that fits its header best.

    Raises:
        UnreadableWorkbook: the sheet as a whole cannot be taken in.
    """
    recognised = ledger_map.recognise(sheet.header, maps)
    rows: list[Any] = []
    refused: list[Refusal] = []
    hints = list(sheet.notes)
    if MASKED_WATERMARK in recognised.extra:
        raise UnreadableWorkbook(
            f"“{file}”是遮盖过的导出，姓名和电话不全，不能导回。请用完整导出的文件。"
        )
    extra = [heading for heading in recognised.extra if heading not in _OUR_OWN]
    if extra:
        names = "、".join(f"“{heading}”" for heading in extra)
        hints.append(f"表中多出的列没有导入：{names}。")
    for line in sheet.rows:
        reader = _RowReader(line, recognised, sheet.epoch)
        outcome = reader.read()
        if isinstance(outcome, Refusal):
            refused.append(outcome)
        else:
            rows.append(outcome)
            hints += reader.hints(outcome)
    if not sheet.rows:
        hints.append("表头下面没有任何内容。")
    return LedgerReading(file, recognised.ledger, sheet, tuple(rows), tuple(refused), tuple(hints))


def save_refused(reading: LedgerReading, refused: Sequence[Refusal], path: Path) -> int:
    """Write the refused rows as they came, with their reasons, to be corrected and imported.

    Returns:
        How many rows were written.
    """
    lines = {line.number: line.cells for line in reading.sheet.rows}
    width = len(reading.sheet.header)
    kept = [i for i, h in enumerate(reading.sheet.header) if h and h not in _OUR_OWN]
    rows = []
    for refusal in refused:
        cells = (*lines[refusal.row], *(None,) * width)
        reason = f"{refusal.column}：{refusal.reason}"
        rows.append([*(as_text(cells[i]) for i in kept), reason])
    header = [*(reading.sheet.header[i] for i in kept), REASON_HEADING]
    return write_sheet(path, title=reading.sheet.title, header=header, rows=rows)


class _RowReader:
    """Turns one row of a sheet into a row of the ledger's shape, or into the reason why not."""

    def __init__(self, line: SheetRow, recognised: Recognised, epoch: datetime) -> None:
        self._line = line
        self._recognised = recognised
        self._ledger = recognised.ledger
        self._shape = SHAPES[recognised.ledger.shape]
        self._empty = self._shape.empty
        self._epoch = epoch
        self._faults: dict[str, str] = {}
        self._notes: dict[str, list[str]] = defaultdict(list)

    def read(self) -> Any:
        """Return the row, or the `Refusal` that names everything wrong with it."""
        texts = self._gather()
        self._derive(texts)
        tags = self._fill_defaults(texts)
        values = {field: self._value(field, value) for field, value in texts.items()}
        for field in self._shape.required:
            if not values.get(field):
                self._faults.setdefault(self._ledger.heading_of(field), "必填，不能空着")
        if self._faults:
            return self._refusal()
        if tags:
            values["tags"] = tuple(dict.fromkeys((*values.get("tags", ()), *tags)))
        return self._shape.row(row_number=self._line.number, **values)

    def hints(self, row: Any) -> list[str]:
        """Return what the clerk should know although the row was taken."""
        said = [
            f"第 {row.row_number} 行 {heading}：{'、'.join(dict.fromkeys(notes))}。"
            for heading, notes in self._notes.items()
        ]
        early = [self._ledger.heading_of(step) for step in self._shape.early(row)]
        if early:
            said.append(
                f"第 {row.row_number} 行 {'、'.join(early)}：早于受理时间，已照原样导入，请核对。"
            )
        return said

    def _gather(self) -> dict[str, CellValue]:
        """Return the cell, or the joined texts of several cells, behind each field."""
        gathered: dict[str, list[tuple[str, CellValue]]] = defaultdict(list)
        for index, column in self._recognised.places:
            value = self._line.cells[index] if index < len(self._line.cells) else None
            value = column.values.get(heading_key(value), value) if column.values else value
            for part, piece in _pieces(column, value):
                gathered[part.field].append((part.label, piece))
        return {field: _joined(pieces) for field, pieces in gathered.items()}

    def _derive(self, texts: dict[str, CellValue]) -> None:
        for rule in self._ledger.derived:
            if as_text(texts.get(rule.field)):
                continue
            source = as_text(texts.get(rule.source))
            found = re.search(rule.pattern, source)
            if found is None:
                if source:
                    self._faults[self._ledger.heading_of(rule.source)] = rule.otherwise
                continue
            texts[rule.field] = rule.template.format(*found.groups())

    def _fill_defaults(self, texts: dict[str, CellValue]) -> list[str]:
        """Fill what the ledger left open; return the tags that say so."""
        tags: list[str] = []
        for default in self._ledger.defaults:
            if not as_text(texts.get(default.field)).strip():
                texts[default.field] = default.value
                tags += [default.tag] if default.tag else []
        return tags

    def _value(self, field: str, value: CellValue) -> Any:
        heading = self._ledger.heading_of(field)
        cell = Cell(value, heading, self._epoch)
        try:
            read = self._shape.readers[field](cell)
        except RuleBroken as error:
            self._faults.setdefault(heading, str(error).rstrip("。"))
            return None
        if cell.text.startswith("=") and len(cell.text) > 1:
            cell.notes.append("以“=”开头的内容按文字保存，不作公式")
        if cell.notes:
            self._notes[heading] += cell.notes
        return self._empty.get(field) if read is None else read

    def _refusal(self) -> Refusal:
        return refusal_of(self._line.number, self._faults)


def _pieces(column: LedgerColumn, value: CellValue) -> list[tuple[Part, CellValue]]:
    if not column.split:
        return [(column.parts[0], value)]
    texts = [piece.strip() for piece in as_text(value).split(column.split)]
    last = len(column.parts) - 1
    rest = column.split.join(filter(None, texts[last:]))
    texts = [*texts[:last], rest]
    return list(zip(column.parts, texts, strict=False))


def _joined(pieces: Sequence[tuple[str, CellValue]]) -> CellValue:
    """Return the one value behind a field; several texts follow one another, labels in front."""
    if len(pieces) == 1 and not pieces[0][0]:
        return pieces[0][1]
    filled = [(label, as_text(value).strip()) for label, value in pieces]
    plain = [text for label, text in filled if text and not label]
    labelled = "；".join(f"{label}：{text}" for label, text in filled if text and label)
    return "\n".join([*plain, labelled] if labelled else plain)

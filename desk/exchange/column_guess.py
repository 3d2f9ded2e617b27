"""Which column of a strange file may be which of ours (猜列名): by name, by synonym, by content.

A guess is only offered: a clerk looks at it before anything is read by it.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from desk.exchange.cells import Cell, moment
from desk.exchange.ledger_map import LedgerColumn, LedgerMap
from desk.exchange.workbook import CellValue, Sheet, as_text, heading_key
from desk.rules.errors import RuleBroken

_SYNONYMS = Path(__file__).resolve().parents[2] / "resources" / "data" / "column_synonyms.toml"
_SAME, _KNOWN_AS, _PART_OF, _LOOKS_LIKE = 1000, 500, 100, 10
_SAMPLE = 200  # rows
_MOST = 0.6  # of the filled cells must look like it
_LONG = 15  # characters, of a text that tells a story
_PHONE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d{9}")


def guessed(sheet: Sheet, ledger: LedgerMap) -> dict[str, str]:
    """Return our heading for each heading of the sheet of which something can be guessed."""
    found: dict[str, str] = {}
    offers = sorted(
        (
            (_score(sheet, at, heading, column), -at, heading, column.heading)
            for at, heading in enumerate(sheet.header)
            if heading_key(heading)
            for column in ledger.columns
        ),
        reverse=True,
    )
    for score, _at, heading, ours in offers:
        if score and heading not in found and ours not in found.values():
            found[heading] = ours
    return found


def sample(sheet: Sheet, at: int, rows: int = 3) -> tuple[str, ...]:
    """Return the first different contents of a column, as a clerk recognises it by."""
    seen: dict[str, None] = {}
    for value in _filled(sheet, at):
        seen.setdefault(as_text(value).strip().replace("\n", " "))
        if len(seen) == rows:
            break
    return tuple(seen)


def _score(sheet: Sheet, at: int, heading: str, column: LedgerColumn) -> int:
    key = heading_key(heading)
    if key == heading_key(column.heading):
        return 2 * _SAME
    if key in column.keys:
        return _SAME
    names = [heading_key(name) for name in synonyms().get(column.heading, ())]
    if key in names:
        return _KNOWN_AS
    inside = [
        len(name)
        for name in (heading_key(column.heading), *names)
        if len(name) > 1 and key.endswith(name)
    ]
    if inside:
        return _PART_OF + max(inside)
    test = _TESTS.get(column.parts[0].field)
    return _LOOKS_LIKE if test is not None and test(tuple(_filled(sheet, at))) else 0


@cache
def synonyms() -> Mapping[str, Sequence[str]]:
    """Return what other platforms call our columns."""
    return tomllib.loads(_SYNONYMS.read_text("utf-8"))


def _filled(sheet: Sheet, at: int) -> list[CellValue]:
    cells = (row.cells[at] for row in sheet.rows[:_SAMPLE] if at < len(row.cells))
    return [value for value in cells if as_text(value).strip()]


def _mostly(hits: int, values: Sequence[CellValue]) -> bool:
    return bool(values) and hits >= _MOST * len(values)


def _phones(values: Sequence[CellValue]) -> bool:
    return _mostly(sum(bool(_PHONE.fullmatch(as_text(v).strip())) for v in values), values)


def _stories(values: Sequence[CellValue]) -> bool:
    return _mostly(sum(len(as_text(v)) > _LONG for v in values), values)


def _moments(values: Sequence[CellValue]) -> bool:
    return _mostly(sum(_is_moment(v) for v in values), values)


def _is_moment(value: CellValue) -> bool:
    if isinstance(value, int | float):
        return False  # any number might be a day's
    try:
        return moment(Cell(value)) is not None
    except RuleBroken:
        return False


_TESTS = {"phone": _phones, "details": _stories, "received_at": _moments}

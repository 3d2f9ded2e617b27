"""A field of a row as ledgers write it (单元格文字)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from desk.exchange.ledger_map import LedgerColumn
from desk.exchange.whistle_row import Moments
from desk.exchange.write_workbook import shown_list, shown_moment, shown_yes_no
from desk.rules.wording import label


def cell_words(row: Any, column: LedgerColumn) -> str:
    """Return what stands in a column of a row."""
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
    if isinstance(value, Moments):
        return str(value)
    if len(value) == 2 and (value[0] is None or isinstance(value[0], StrEnum)):  # noqa: PLR2004
        reason, own_words = value
        return own_words or _shown(reason)
    return shown_list(value)

"""What a history line keeps of rows that hang on cases (随案各行): from the lines alone they stand.

A line names each row that was added, with how it stands, and each that was changed, with what is
other now: codes, moments, numbers and ids. Words are not told twice: they lie in their row, and
what changes them keeps before and after (`Transaction.watch`).
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Enum, String, event, inspect
from sqlalchemy.orm import Session

from desk.store.base import JsonText
from desk.store.frozen_rows import FrozenRow
from desk.store.models import (
    Assignment,
    Attachment,
    Case,
    Clock,
    ClockPause,
    Contact,
    Delivery,
    DispatchProposal,
    ExtensionRequest,
    FollowUp,
    FollowUpMatter,
    KeptItem,
    Matter,
    Opinion,
    Paper,
    Round,
    SealUse,
    SignStep,
)

ROWS_TOLD: tuple[type[Any], ...] = (
    Assignment,
    Attachment,
    Case,
    Clock,
    ClockPause,
    Contact,
    Delivery,
    DispatchProposal,
    ExtensionRequest,
    FollowUp,
    FollowUpMatter,
    KeptItem,
    Matter,
    Opinion,
    Paper,
    Round,
    SealUse,
    SignStep,
)
_NOT_TOLD = frozenset({"id", "street_id", "version", "changed_at"})
_NAMES = frozenset({"number", "code"})  # texts that say which one it is
_NOTED = "rows told"

# table: id (or both ids of what ties two rows, “12:34”): column: value
RowsTold = dict[str, dict[str, dict[str, Any]]]


def columns_told(table: type[Any]) -> tuple[str, ...]:
    """Return which columns of a table the history tells."""
    return tuple(
        column.key
        for column in inspect(table).columns
        if column.key not in _NOT_TOLD and (column.key in _NAMES or not _is_words(column.type))
    )


def key_told(row: Any) -> str:
    """Return by which key a line names a row."""
    return ":".join(map(str, inspect(row).identity))


def plain_value(value: Any) -> Any:
    """Return a value as the history writes it: moments in UTC, codes as texts."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def note_rows(session: Session) -> None:
    """Note from now on what the session writes, until its transaction ends."""
    session.info[_NOTED] = {}


def tell_no_rows(session: Session) -> None:
    """Leave the rows out of this line: an action with very many tells of them in its own words."""
    session.info.pop(_NOTED, None)


def rows_told(session: Session) -> RowsTold:
    """Return the rows that the session has added or changed since, as they stand after a flush."""
    found: RowsTold = {}
    noted: dict[Any, set[str] | None] = session.info.pop(_NOTED, {})
    for row, names in noted.items():
        if getattr(row, "case_id", row) is None:  # of the hall, or of a mediation
            continue
        told = {
            name: plain_value(getattr(row, name))
            for name in _COLUMNS[type(row)]
            if (getattr(row, name) is not None if names is None else name in names)
        }
        if told:
            found.setdefault(row.__tablename__, {})[key_told(row)] = told
    return found


def _note(session: Session, _context: object, _instances: object) -> None:
    # of a row that is new all is told, whatever becomes of it before the line is written
    noted: dict[Any, set[str] | None] | None = session.info.get(_NOTED)
    if noted is None:
        return
    noted.update((row, None) for row in session.new if type(row) in _COLUMNS)
    for row in session.dirty:
        known = noted.get(row, set())
        # what changes on a case that was there stands in the line with what it was before
        if type(row) in _COLUMNS and not isinstance(row, Case) and known is not None:
            changed = {one.key for one in inspect(row).attrs if one.history.has_changes()}
            noted[row] = known | changed


def _is_words(kind: Any) -> bool:
    is_text = isinstance(kind, String) and not isinstance(kind, Enum)
    return is_text or isinstance(kind, JsonText | FrozenRow)


_COLUMNS = {table: columns_told(table) for table in ROWS_TOLD}
event.listen(Session, "before_flush", _note)

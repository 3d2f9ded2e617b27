"""What a session has read or written already (本次已查): nothing is asked of the database twice.

What was looked up stays known until the transaction ends or a row that it came from is written by
the same session; rows that a statement of its own changes are not noticed. Without strong
references SQLAlchemy forgets a row as soon as nobody holds it, and reads it again.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

Found = TypeVar("Found")

_Key = tuple[type, int]  # a table, and a case
_FOUND, _ROWS = "looked up", "rows of cases"
_MOST = 2000  # rows that are held at a time: a large import has many more


class RowsAtHand:
    """The rows that a writing session holds, and all rows of a table of some of its cases.

    Attributes:
        read: the rows of a table and a case, read once and kept up.
        written: those that were added here; they are all there are of a case that was `made` here.
    """

    def __init__(self) -> None:
        self.held: deque[Any] = deque(maxlen=_MOST)
        self.read: dict[_Key, list[Any]] = {}
        self.written: defaultdict[_Key, list[Any]] = defaultdict(list)
        self.made: set[int] = set()

    def all_of(self, table: type, case_id: int) -> list[Any] | None:
        """Return all rows of a table of a case; None where they have to be read."""
        if (table, case_id) in self.read or case_id not in self.made:
            return self.read.get((table, case_id))
        return self.written[table, case_id]

    def added(self, row: Any) -> None:
        """Hold a row that was just written."""
        self.held.append(row)
        if row.__tablename__ == "cases":
            self.made.add(row.id)
        key = (type(row), getattr(row, "case_id", None) or 0)
        self.written[key].append(row)
        if key in self.read:
            self.read[key].append(row)

    def deleted(self, row: Any) -> None:
        """Let go of a row that was just deleted."""
        key = (type(row), getattr(row, "case_id", None) or 0)
        for found in (self.read.get(key, []), self.written[key]):
            found[:] = [one for one in found if one is not row]


def keep_rows(session: Session) -> None:
    """Hold from now on what the session reads and writes, until its transaction ends."""
    session.info[_ROWS] = RowsAtHand()


def once(
    session: Session,
    key: Hashable,
    make: Callable[[], Found],
    *,
    of: tuple[type, ...] = (),
) -> Found:
    """Return what `make` finds, looked up once in the transaction of a session.

    Args:
        of: the tables it is found in; once the session writes to them it is looked up anew.
    """
    known: dict[Hashable, tuple[Any, tuple[type, ...]]] = session.info.setdefault(_FOUND, {})
    if key not in known or _is_writing(session, of):
        known[key] = (make(), of)
    found: Found = known[key][0]
    return found


def is_made_here(session: Session, case_id: int) -> bool:
    """Return whether a case began in this very transaction."""
    hand: RowsAtHand | None = session.info.get(_ROWS)
    return hand is not None and case_id in hand.made


def rows_of(session: Session, table: type[Found], case_id: int) -> list[Found]:
    """Return all rows of a table that belong to a case, the oldest first."""
    hand: RowsAtHand | None = session.info.get(_ROWS)
    if hand is None:
        return _read(session, table, case_id)
    found = hand.all_of(table, case_id)
    if found is None:
        found = hand.read[table, case_id] = _read(session, table, case_id)
    waiting: Any = [row for row in session.new if isinstance(row, table)]
    mine = [*found, *(row for row in waiting if row.case_id == case_id)]
    gone = {id(row) for row in session.deleted}
    return sorted(
        (row for row in mine if id(row) not in gone), key=lambda row: getattr(row, "id", 0)
    )


def _read(session: Session, table: Any, case_id: int) -> list[Any]:
    query = select(table).where(table.case_id == case_id)
    order = getattr(table, "id", None)
    return list(session.scalars(query if order is None else query.order_by(order)))


def _is_writing(session: Session, of: tuple[type, ...]) -> bool:
    return bool(of) and any(isinstance(row, of) for row in _unsaved(session))


def _unsaved(session: Session) -> list[Any]:
    return [*session.new, *session.dirty, *session.deleted]


def _forget_what_is_written(session: Session, _context: object) -> None:
    known = session.info.get(_FOUND)
    if not known:
        return
    written = {type(row) for row in _unsaved(session)}
    for key in [key for key, (_found, of) in known.items() if not written.isdisjoint(of)]:
        del known[key]


def _hold_loaded(session: Session, row: Any) -> None:
    if (hand := session.info.get(_ROWS)) is not None:
        hand.held.append(row)


def _hold_added(session: Session, row: Any) -> None:
    if (hand := session.info.get(_ROWS)) is not None:
        hand.added(row)


def _let_go(session: Session, row: Any) -> None:
    if (hand := session.info.get(_ROWS)) is not None:
        hand.deleted(row)


def _end(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_FOUND, None)
        session.info.pop(_ROWS, None)


for _name, _listener in (
    ("after_flush", _forget_what_is_written),
    ("loaded_as_persistent", _hold_loaded),
    ("pending_to_persistent", _hold_added),
    ("persistent_to_deleted", _let_go),
    ("after_transaction_end", _end),
):
    event.listen(Session, _name, _listener)

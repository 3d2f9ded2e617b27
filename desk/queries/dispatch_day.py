"""The dispatchers' day (分拨台): the queue, and for one case the units it probably belongs to."""

from dataclasses import dataclass

from desk.queries.case_file import CaseFile, case_file
from desk.queries.desk_today import DayRow, returning_day, waiting_day
from desk.queries.dispatch_hints import DispatchHint, dispatch_hints
from desk.rules.codes import CaseStatus
from desk.store.database import Reader


@dataclass(frozen=True, slots=True)
class DispatchDay:
    """What waits to be dispatched, and what a unit wants to hand back."""

    waiting: tuple[DayRow, ...]
    returning: tuple[DayRow, ...]


@dataclass(frozen=True, slots=True)
class DispatchSheet:
    """One case with the units it probably belongs to."""

    file: CaseFile
    hints: tuple[DispatchHint, ...]


def dispatch_day(reader: Reader) -> DispatchDay:
    """Return the queue of the dispatchers, the first due on top."""
    return DispatchDay(waiting_day(reader, {CaseStatus.RECEIVED}), returning_day(reader))


def dispatch_sheet(reader: Reader, case_id: int) -> DispatchSheet | None:
    """Return one case with its suggestions, or None if it is out of sight."""
    file = case_file(reader, case_id)
    return None if file is None else DispatchSheet(file, dispatch_hints(reader, case_id))

"""The dispatchers' day (分拨台): the queue, and for one case the units it probably belongs to."""

from collections.abc import Callable
from dataclasses import dataclass

from desk.queries.case_file import CaseFile, case_file
from desk.queries.desk_today import DayRow, burning_day, returning_day, waiting_day
from desk.queries.dispatch_hints import DispatchHint, dispatch_hints
from desk.queries.dispatch_state import Names, ProposalView, own_proposals, pending_proposals
from desk.queries.lookups import staff, units
from desk.queries.overview import met_lately
from desk.queries.standing_still import StandingRow, waiting_requests
from desk.rules.codes import CaseStatus
from desk.store.database import Reader


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """A case that waits for somebody's word before it goes out, and what is proposed."""

    row: DayRow
    proposal: ProposalView


@dataclass(frozen=True, slots=True)
class DispatchDay:
    """What lies on the dispatchers' desk.

    Attributes:
        waiting: to be dispatched, the first due on top.
        returning: what a unit wants to hand back.
        proposed: what waits for a word, the longest waiting on top.
        burning: cases in the units' hands that are late or nearly so.
        requests: requests for more time that wait for 信联办.
        met: of how many cases handled lately the appellant was met; handled: of how many (见面率).
    """

    waiting: tuple[DayRow, ...]
    returning: tuple[DayRow, ...]
    proposed: tuple[ProposedRow, ...] = ()
    burning: tuple[DayRow, ...] = ()
    requests: tuple[StandingRow, ...] = ()
    met: int = 0
    handled: int = 0


@dataclass(frozen=True, slots=True)
class DispatchSheet:
    """One case with the units it probably belongs to."""

    file: CaseFile
    hints: tuple[DispatchHint, ...]


def dispatch_day(reader: Reader) -> DispatchDay:
    """Return what lies on the dispatchers' desk."""
    waiting = waiting_day(reader, {CaseStatus.RECEIVED})
    proposed = _proposed(reader, waiting, pending_proposals)
    asked = {one.row.case_id for one in proposed}
    met, handled = met_lately(reader)
    return DispatchDay(
        waiting=tuple(row for row in waiting if row.case_id not in asked),
        returning=returning_day(reader),
        proposed=proposed,
        burning=burning_day(reader),
        requests=waiting_requests(reader),
        met=met,
        handled=handled,
    )


def proposals_day(reader: Reader) -> tuple[ProposedRow, ...]:
    """Return what waits for the reader's word, the longest waiting on top."""
    return _proposed(reader, waiting_day(reader, {CaseStatus.RECEIVED}), own_proposals)


def _proposed(
    reader: Reader,
    waiting: tuple[DayRow, ...],
    which: Callable[[Reader, Names, Names], dict[int, ProposalView]],
) -> tuple[ProposedRow, ...]:
    names = {unit.id: unit.short_name for unit in units(reader)}
    people = {one.id: one.name for one in staff(reader)}
    rows = {row.case_id: row for row in waiting}
    return tuple(
        ProposedRow(rows[case_id], proposal)
        for case_id, proposal in which(reader, names, people).items()
        if case_id in rows
    )


def dispatch_sheet(reader: Reader, case_id: int) -> DispatchSheet | None:
    """Return one case with its suggestions, or None if it is out of sight."""
    file = case_file(reader, case_id)
    return None if file is None else DispatchSheet(file, dispatch_hints(reader, case_id))

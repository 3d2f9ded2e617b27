"""What changes hands when a shift is taken over (接班): each case learns what of it went over.

Cases come first and by their ids, as everybody locks them; what went its way meanwhile stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from desk.rules.codes import AssignmentRole, CaseStatus
from desk.rules.lifecycle import OPEN
from desk.rules.shifts import Passed
from desk.store.handover_lines import Lines, cases_of, own_supports
from desk.store.models import Assignment, Case, Contact, Handover, KeptItem
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Taken:
    """What of which case went over: codes of `Passed`, or the kind of a kept thing."""

    of_case: dict[int, list[str]] = field(default_factory=dict)

    def note(self, case_id: int, what: str) -> None:
        """Note once that something of a case went over."""
        known = self.of_case.setdefault(case_id, [])
        if what not in known:
            known.append(what)

    def as_told(self) -> list[list[Any]]:
        """Return plain data for the history line: case, and what of it."""
        return [[case, what] for case, what in self.of_case.items()]


def take_all(tx: Transaction, handover: Handover, lines: Lines) -> Taken:
    """Give whoever takes over all that is still in the other's hands; say what, case by case."""
    taken = Taken()
    cases = _lock_cases(tx, lines)
    _take_cases(tx, handover, cases, lines, taken)
    _take_supports(tx, handover, lines, taken)
    _take_calls(tx, cases, lines, taken)
    _take_items(tx, lines, taken)
    for case_id in taken.of_case:
        tx.touch(cases[case_id])
    return taken


def _lock_cases(tx: Transaction, lines: Lines) -> dict[int, Case]:
    ids = {name: [line["id"] for line in lines[name]] for name in ("cases", "supports", "calls")}
    ids["items"] = [line["id"] for line in lines["items"]]
    known = cases_of(tx.session, {**ids, "mediations": [], "whistles": []})
    return {case.id: case for case in _rows(tx, Case, known)}


def _take_cases(
    tx: Transaction, handover: Handover, cases: dict[int, Case], lines: Lines, taken: Taken
) -> None:
    for case in [cases[line["id"]] for line in lines["cases"]]:
        if case.handler_id != handover.from_id or case.status not in OPEN:
            continue
        taken.note(case.id, Passed.WORK)
        tx.touch(case)
        case.handler_id = tx.person.staff_id
        parts = tx.session.scalars(
            select(Assignment).where(
                Assignment.case_id == case.id,
                Assignment.round_no == case.round_no,
                Assignment.role == AssignmentRole.LEAD,
                Assignment.handler_id == handover.from_id,
            )
        )
        for part in parts:
            part.handler_id = tx.person.staff_id


def _take_supports(tx: Transaction, handover: Handover, lines: Lines, taken: Taken) -> None:
    """Take over what is still a support in the other's hands; the lead stays as it is."""
    wanted = (
        select(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .where(
            Assignment.id.in_([line["id"] for line in lines["supports"]]),
            own_supports(handover.from_id),
            Case.status.in_(sorted(OPEN)),
        )
    )
    for part in tx.session.scalars(wanted.order_by(Assignment.id)):
        part.handler_id = tx.person.staff_id
        taken.note(part.case_id, Passed.SUPPORT)


def _take_calls(tx: Transaction, cases: dict[int, Case], lines: Lines, taken: Taken) -> None:
    """Take over the calls that were not made; of an archived case none is owed any more."""
    for call in _rows(tx, Contact, [line["id"] for line in lines["calls"]]):
        is_over = cases[call.case_id].status is CaseStatus.ARCHIVED
        if call.called_back_at is None and not is_over:
            call.call_owner_id = tx.person.staff_id
            taken.note(call.case_id, Passed.CALL)


def _take_items(tx: Transaction, lines: Lines, taken: Taken) -> None:
    """Take over what was not given back, of archived cases too: it lies in the hall."""
    for item in _rows(tx, KeptItem, [line["id"] for line in lines["items"]]):
        if item.given_back_at is None:
            item.holder_id = tx.person.staff_id
            if item.case_id is not None:
                taken.note(item.case_id, item.kind)


def _rows(tx: Transaction, table: Any, ids: Iterable[int]) -> list[Any]:
    wanted = select(table).where(table.id.in_(list(ids))).order_by(table.id)
    return list(tx.session.scalars(wanted.with_for_update()))

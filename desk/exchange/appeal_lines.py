"""The cases of a period as rows of a ledger (台账行): the way back from the database to words."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select, true, tuple_

from desk.actions.intake import summary_of
from desk.actions.ledger_request import ASKED_SECRECY, CAME, GUIDED, MERGED_IN
from desk.exchange.appeal_row import AppealRow
from desk.exchange.directory import Directory, read_directory
from desk.exchange.ledger_masks import under_seal
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockKind,
    Exit,
    HandlingResult,
)
from desk.rules.moments import day_of, end_of, start_of
from desk.rules.retention import is_sealed_by
from desk.store.contacts_told import are_kept, contacts_for_ledger
from desk.store.database import Reader
from desk.store.keeping_times import ended_file
from desk.store.models import (
    Assignment,
    Case,
    Clock,
    ClockPause,
    Contact,
    FollowUp,
    Opinion,
    OutsideNumber,
    PrivateFacts,
    Round,
)
from desk.store.sealing import seal_years
from desk.store.search_index import one_of
from desk.store.sight import seen_by

OWN_PLATFORM = "街道自收"  # what has no outside number was taken in by the hall itself
_GONE = (AssignmentStatus.RETURNED, AssignmentStatus.REPLACED)

_FIRST_ROW = 2  # of a sheet: below its header
_AT_ONCE = 400  # cases held at a time; so many ids fit into one question

Row = TypeVar("Row")


def appeal_rows(reader: Reader, first_day: date, last_day: date) -> Iterator[AppealRow]:
    """Yield the cases received from `first_day` to `last_day`, as far as the reader sees them.

    Of those under seal (封存) nobody is named. Never more than a few hundred are held at a time.
    """
    since, until = start_of(first_day), end_of(last_day)
    return _told(reader, Case.received_at >= since, Case.received_at < until)


def appeal_rows_of(reader: Reader, cases: Collection[int]) -> Iterator[AppealRow]:
    """Yield these cases as `appeal_rows` does."""
    return _told(reader, one_of(reader.session, Case.id, cases))


def _told(reader: Reader, *wanted: ColumnElement[bool]) -> Iterator[AppealRow]:
    directory, number = read_directory(reader), _FIRST_ROW
    today = day_of(reader.now)
    years = seal_years(reader.session, reader.person.street_id, today)
    after: ColumnElement[bool] = true()
    while found := _rows(reader, directory, number, *wanted, after):
        for case, row in found:
            ended = ended_file(case)
            is_sealed = ended is not None and is_sealed_by(ended, years, today)
            yield under_seal(row, case.appellant_shown) if is_sealed else row
        case, _ = found[-1]
        number += len(found)
        after = tuple_(Case.received_at, Case.id) > (case.received_at, case.id)
        reader.session.expunge_all()  # what has gone out is held no longer


def appeal_row(reader: Reader, directory: Directory, case_id: int) -> AppealRow | None:
    """Return one case as it would go out now."""
    found = _rows(reader, directory, _FIRST_ROW, Case.id == case_id)
    return next((row for _, row in found), None)


def _rows(
    reader: Reader, directory: Directory, number: int, *wanted: ColumnElement[bool]
) -> list[tuple[Case, AppealRow]]:
    """Return the first cases of which all holds, each with its row, numbered from `number` on."""
    cases = reader.session.scalars(
        select(Case)
        .where(seen_by(reader.person), *wanted)
        .order_by(Case.received_at, Case.id)
        .limit(_AT_ONCE)
    ).all()
    if not cases:
        return []
    gathered = _Gathered(reader, cases)
    return [
        (case, _row(number, case, gathered, directory))
        for number, case in enumerate(cases, start=number)
    ]


class _Gathered:
    """What belongs to the cases, read table by table rather than case by case."""

    def __init__(self, reader: Reader, cases: Sequence[Case]) -> None:
        wanted = [case.id for case in cases]

        def rows(model: Any, *order: Any) -> dict[int, list[Any]]:
            found: dict[int, list[Any]] = defaultdict(list)
            query = select(model).where(model.case_id.in_(wanted)).order_by(*order)
            for row in reader.session.scalars(query):
                found[row.case_id].append(row)
            return found

        self._reader = reader
        self._main = self._main_numbers([case.repeat_of_id for case in cases])
        self.private = self._private(wanted)
        self.numbers = rows(OutsideNumber, OutsideNumber.id)
        self.rounds = rows(Round, Round.number)
        self.parts = rows(Assignment, Assignment.id)
        self.contacts = rows(Contact, Contact.happened_at)
        self.opinions = rows(Opinion, Opinion.round_no, Opinion.revision)
        self.follow_ups = rows(FollowUp, FollowUp.seq)
        self.moved = _moved_handling(reader, wanted)

    def _private(self, wanted: Sequence[int]) -> dict[int, PrivateFacts]:
        """Return whose cases they are; the shared database gives it to who takes ledgers out."""
        session = self._reader.session
        if are_kept(session, self._reader.person):
            found = contacts_for_ledger(session, wanted)
        else:
            query = select(PrivateFacts).where(PrivateFacts.case_id.in_(wanted))
            found = list(session.scalars(query))
        return {facts.case_id: facts for facts in found}

    def main_number(self, case_id: int | None) -> str:
        """Return the number under which a main case goes out."""
        return self._main.get(case_id or 0, "")

    def _main_numbers(self, cases: Sequence[int | None]) -> dict[int, str]:
        """Return outside numbers, the first of each case, else its own."""
        session, wanted = self._reader.session, [case for case in cases if case is not None]
        if not wanted:
            return {}
        own = select(Case.id, Case.number).where(Case.id.in_(wanted))
        outside = select(OutsideNumber.case_id, OutsideNumber.number).where(
            OutsideNumber.case_id.in_(wanted)
        )
        found = {row[0]: row[1] for row in session.execute(own)}
        first = session.execute(outside.order_by(OutsideNumber.id.desc()))
        return {**found, **{row[0]: row[1] for row in first}}


def _row(number: int, case: Case, gathered: _Gathered, directory: Directory) -> AppealRow:
    on = day_of(case.received_at)
    outside: OutsideNumber | None = _first(gathered.numbers[case.id])
    first_category, second_category = directory.category_names[case.category_id]
    return AppealRow(
        row_number=number,
        outside_number=outside.number if outside else case.number,
        platform=outside.platform if outside else case.platform or OWN_PLATFORM,
        channel=case.channel,
        source_level=case.source_level,
        category=first_category,
        subcategory=second_category,
        purpose=case.purpose,
        title="" if case.summary == summary_of(case.details) else case.summary,
        details=case.details,
        urgency=case.urgency,
        is_complex=case.is_complex,
        received_at=case.received_at.replace(microsecond=0),
        first_responder=case.first_responder_name,
        first_unit=directory.name_of(case.first_unit_id, on),
        community=directory.name_of(case.community_id, on),
        grid=directory.name_of(case.grid_id, on),
        lead_unit=directory.name_of(case.lead_unit_id, on),
        dispatch_mode=case.mode,
        handling_result=_result(case),
        was_contacted=case.was_contacted,
        resolution=case.resolution,
        satisfaction=case.satisfaction,
        discontent=(case.discontent, case.discontent_note or ""),
        counts_in_rates=case.counts_in_rates,
        excluded_reason=case.excluded_reason or "",
        repeat_of=case.repeat_of_number or gathered.main_number(case.repeat_of_id),
        is_national=case.is_national_survey,
        tags=(*case.tags, *_travelling(case)),
        note=case.note or "",
        **_person(gathered.private.get(case.id)),
        **_handling(case, gathered),
        support_units=_supports(case, gathered.parts[case.id], directory, on),
    )


def _travelling(case: Case) -> list[str]:
    """Return the tags by which a case that comes in again is guided, hidden or merged as before.

    The ledger names also who asked to be hidden: it must come in again as it went out, only the
    entitled export it, with a reason on record and their name on every page. So his wish goes
    with him. A report needs no tag: its purpose says as much.
    """
    asked = case.hides_appellant and not case.is_secret
    came = [word for word, mode in CAME.items() if case.visit_mode is mode]
    merged = case.status is CaseStatus.MERGED
    guided = case.exit is Exit.GUIDANCE
    return [GUIDED] * guided + [ASKED_SECRECY] * asked + [MERGED_IN] * merged + came


def _first(rows: Sequence[Row]) -> Row | None:
    return rows[0] if rows else None


def _last(rows: Sequence[Row]) -> Row | None:
    return rows[-1] if rows else None


def _person(facts: PrivateFacts | None) -> dict[str, Any]:
    if facts is None:
        return {}
    return {
        "appellant": facts.name or "",
        "phone": "/".join(filter(None, (facts.phone, facts.other_phone))),
        "address": facts.site or facts.address or "",
    }


def _handling(case: Case, gathered: _Gathered) -> dict[str, Any]:
    """Return the moments of the first round, which were promised, and the latest words."""
    first, last = _first(gathered.rounds[case.id]), _last(gathered.rounds[case.id])
    contact: Contact | None = _first(gathered.contacts[case.id])
    opinions = gathered.opinions[case.id]
    opinion: Opinion | None = _last(opinions)
    promised: Opinion | None = _last([o for o in opinions if o.round_no == 1])
    follow_up: FollowUp | None = _last(gathered.follow_ups[case.id])
    lead = next((p for p in gathered.parts[case.id] if p.unit_id == case.lead_unit_id), None)
    measures = last.measures if last else None
    at_once = case.closed_at if case.exit is Exit.ON_SPOT else None
    moments = {
        "dispatched_at": first.dispatched_at if first else None,
        "accepted_at": lead.accepted_at if lead else None,
        "contacted_at": contact.happened_at if contact else None,
        "verified_at": first.verified_at if first else None,
        "handled_at": (first.handled_at if first else None) or at_once,
        "opinion_at": promised.submitted_at if promised else None,
        "followed_up_at": follow_up.happened_at if follow_up else None,
        "handle_until": gathered.moved.get(case.id),
    }
    return {
        **{name: at and at.replace(microsecond=0) for name, at in moments.items()},
        "opinion": (opinion.decision if opinion else None) or measures or case.answer or "",
        "followup_way": follow_up.way if follow_up else None,
    }


def _moved_handling(reader: Reader, wanted: Sequence[int]) -> dict[int, datetime]:
    """Return until when handling may take where time was granted or it stood still (延期、暂停).

    What stands still now is told as if it went on at this moment.
    """
    stood = select(ClockPause.id).where(ClockPause.clock_id == Clock.id).exists()
    rows = reader.session.execute(
        select(Clock.case_id, Clock.due_at, Clock.paused_since)
        .outerjoin(Assignment, Assignment.id == Clock.assignment_id)
        .where(
            Clock.case_id.in_(wanted),
            Clock.kind == ClockKind.HANDLE,
            Clock.round_no == 1,
            Assignment.id.is_(None) | (Assignment.role == AssignmentRole.LEAD),
            Clock.extended_to.is_not(None) | stood,
        )
    )
    return {
        case_id: due_at if since is None else due_at + (reader.now - since)
        for case_id, due_at, since in rows
    }


def _supports(
    case: Case, parts: Sequence[Assignment], directory: Directory, on: date
) -> tuple[str, ...]:
    """Return who supported in any round: the case counts for each of them (`queries.rates`)."""
    units = dict.fromkeys(
        part.unit_id
        for part in parts
        if part.role is AssignmentRole.SUPPORT
        and part.status not in _GONE
        and part.unit_id != case.lead_unit_id
    )
    return tuple(directory.name_of(unit, on) for unit in units)


def _result(case: Case) -> HandlingResult | None:
    """Return how handling ended; whoever took his appeal back ended it himself."""
    taken_back = case.status is CaseStatus.WITHDRAWN or (
        case.status is CaseStatus.ARCHIVED and case.withdraw_way is not None
    )
    return HandlingResult.WITHDRAWN if taken_back else case.result

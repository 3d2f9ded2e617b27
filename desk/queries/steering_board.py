"""All that is supervised, urged or silent (督办页、工作台上的督办): by who has to act on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, select

from desk.queries.desk_today import DayRow, day_rows
from desk.queries.lookups import units
from desk.queries.silence import SilentCase, silent_cases
from desk.queries.supervisions import (
    SupervisionView,
    UrgingView,
    steering_rule,
    supervisions_where,
    urgings_where,
)
from desk.rules.assessment_codes import UrgingWay
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.lifecycle import OPEN as OPEN_CASES
from desk.rules.supervising import OF_ABOVE, OPEN
from desk.store.database import Reader
from desk.store.models import Case, Supervision, Urging
from desk.store.sight import seen_by

_MOST_ENDED = 100
_TAKERS = STEP_OF[Deed.TAKE_SUPERVISION].roles


@dataclass(frozen=True, slots=True)
class SteeringRow:
    """One line of the page: a supervision, or an urging to be answered, with its case."""

    case: DayRow
    supervision: SupervisionView | None = None
    urging: UrgingView | None = None

    @property
    def id(self) -> int:
        """Return which supervision or urging it is."""
        one = self.supervision or self.urging
        return 0 if one is None else one.id

    @property
    def due_at(self) -> datetime | None:
        """Return until when somebody must act."""
        if self.supervision is not None:
            return self.supervision.due_at
        return None if self.urging is None else self.urging.explain_by


@dataclass(frozen=True, slots=True)
class SteeringBoard:
    """The lists of the page.

    Attributes:
        to_do: what the reader's unit has to sign for, to report on or to explain.
        issued: open supervisions that the reader may end, what was reported on first.
        above: open ones from an office above, whoever has them.
        silent: open cases on which nobody moved for `days`, the stillest first.
        ended: the newest that were closed or dropped.
    """

    to_do: tuple[SteeringRow, ...] = ()
    issued: tuple[SteeringRow, ...] = ()
    above: tuple[SteeringRow, ...] = ()
    silent: tuple[SilentCase, ...] = ()
    ended: tuple[SteeringRow, ...] = ()
    days: int = 0


@dataclass(frozen=True, slots=True)
class SteeringToday:
    """What of it waits for the reader today.

    Attributes:
        first_due: when the first of what his unit owes is due.
        to_decide: what was reported on, and waits for him.
        late: what he issued and no unit has reported on in time.
    """

    to_do: int = 0
    first_due: datetime | None = None
    to_decide: int = 0
    late: int = 0


def steering_board(reader: Reader) -> SteeringBoard:
    """Return all lists of the page 督办."""
    names = {unit.id: unit.short_name for unit in units(reader)}
    to_do, running = _open(reader, names)
    ended = _with_cases(reader, _supervisions(reader, names, is_open=False))
    rule = steering_rule(reader)
    issued = [row for row in running if row.supervision and row.supervision.may_decide]
    return SteeringBoard(
        to_do=tuple(to_do),
        issued=tuple(sorted(issued, key=_is_reported, reverse=True)),
        above=tuple(row for row in running if row.supervision and _is_of_above(row.supervision)),
        silent=silent_cases(reader, rule.silent_days),
        ended=tuple(ended),
        days=rule.silent_days,
    )


def steering_today(reader: Reader) -> SteeringToday:
    """Return what of it waits for the reader, for his start page.

    What units owe waits for those who may take it on, not for the leaders above them.
    """
    names = {unit.id: unit.short_name for unit in units(reader)}
    to_do, running = _open(reader, names)
    if not (reader.person.is_built_in or reader.person.roles & _TAKERS):
        to_do = []
    mine = [row.supervision for row in running if row.supervision and row.supervision.may_decide]
    dues = [row.due_at for row in to_do if row.due_at is not None]
    return SteeringToday(
        to_do=len(to_do),
        first_due=min(dues, default=None),
        to_decide=sum(1 for one in mine if not one.waits_for_unit),
        late=sum(1 for one in mine if one.waits_for_unit and one.due_at < reader.now),
    )


def _open(reader: Reader, names: Mapping[int, str]) -> tuple[list[SteeringRow], list[SteeringRow]]:
    """Return what the reader's unit owes, and every open supervision, the first due on top."""
    running = sorted(
        _with_cases(reader, _supervisions(reader, names, is_open=True)),
        key=lambda row: (row.due_at or reader.now, row.id),
    )
    asked = urgings_where(
        reader,
        and_(
            Urging.street_id == reader.person.street_id,
            Urging.unit_id.in_(sorted(reader.person.unit_ids)),
            Urging.explained_at.is_(None),
            Urging.way != UrgingWay.PHONE,  # that was answered on the telephone
            exists(
                select(Case.id).where(
                    Case.id == Urging.case_id,
                    Case.status.in_(sorted(OPEN_CASES)),
                    seen_by(reader.person),
                )
            ),
        ),
        names,
    )
    cases = _cases(reader, [one.case_id for one in asked])
    to_do = [
        row
        for row in running
        if row.supervision and row.supervision.is_own_unit and row.supervision.waits_for_unit
    ]
    to_do += [SteeringRow(cases[one.case_id], urging=one) for one in asked if one.case_id in cases]
    return to_do, running


def _supervisions(
    reader: Reader, names: Mapping[int, str], *, is_open: bool
) -> tuple[SupervisionView, ...]:
    state = Supervision.state.in_(sorted(OPEN))
    seen: ColumnElement[bool] = exists(
        select(Case.id).where(Case.id == Supervision.case_id, seen_by(reader.person))
    )
    street = Supervision.street_id == reader.person.street_id
    return supervisions_where(
        reader,
        and_(street, state if is_open else ~state, seen),
        names,
        most=None if is_open else _MOST_ENDED,
    )


def _with_cases(reader: Reader, found: Iterable[SupervisionView]) -> list[SteeringRow]:
    known = list(found)
    cases = _cases(reader, [one.case_id for one in known])
    return [SteeringRow(cases[one.case_id], one) for one in known if one.case_id in cases]


def _cases(reader: Reader, ids: list[int]) -> dict[int, DayRow]:
    if not ids:
        return {}
    return {row.case_id: row for row in day_rows(reader, Case.id.in_(sorted(set(ids))))}


def _is_of_above(view: SupervisionView) -> bool:
    return view.source in OF_ABOVE


def _is_reported(row: SteeringRow) -> bool:
    return row.supervision is not None and not row.supervision.waits_for_unit

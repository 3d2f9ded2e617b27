"""Guided people of whom nobody knows yet whether they arrived (引导对接，到了没有)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select

from desk.rules.arrivals import Arrival
from desk.rules.codes import CaseStatus, Urgency
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.moments import day_of
from desk.rules.notice_settings import ARRIVAL_DAYS
from desk.store.database import Reader
from desk.store.hall_rules import hall_calendar, setting
from desk.store.models import Case
from desk.store.sight import seen_by, spelled

_MOST = 200
_MOST_AWAY = 30
_ASKED_FOR = timedelta(days=180)  # nobody remembers after half a year


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One guided case; no contact data of the person, only of the office he was sent to.

    Attributes:
        ask_on: the day by which to ask.
        asked_at: when somebody last asked.
        stays_away: he is known not to have arrived; what comes next is for people to decide.
    """

    case_id: int
    seq: int
    summary: str
    urgency: Urgency
    guided_to: str
    ask_on: date
    asked_at: datetime | None
    stays_away: bool


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Who is to be asked about today, who later, and who did not arrive."""

    due: tuple[ArrivalRow, ...] = ()
    later: tuple[ArrivalRow, ...] = ()
    away: tuple[ArrivalRow, ...] = ()


def arrivals(reader: Reader) -> Arrivals:
    """Return the guided cases of the reader's unit that are not settled, the first due on top."""
    person, today = reader.person, day_of(reader.now)
    if not (person.is_built_in or STEP_OF[Deed.CHECK_ARRIVAL].roles & person.roles):
        return Arrivals()
    query = select(
        Case.id,
        Case.seq,
        Case.summary,
        Case.urgency,
        Case.guided_to,
        Case.received_at,
        Case.has_arrived,
        Case.arrival_checked_at,
    ).where(
        seen_by(person),
        Case.status == spelled(CaseStatus.GUIDED),
        Case.is_imported.is_(False),
        Case.received_at >= reader.now - _ASKED_FOR,
    )
    if not person.is_built_in:
        query = query.where(Case.first_unit_id.in_(sorted(person.unit_ids)))
    is_no = Case.has_arrived.is_(False)
    asked = Case.arrival_checked_at.is_not(None)
    unknown = query.where(or_(Case.has_arrived.is_(None), and_(is_no, ~asked)))
    away = query.where(is_no, asked)  # they never leave the list: apart, only the newest
    asks = (
        unknown.order_by(Case.received_at, Case.id).limit(_MOST),
        away.order_by(Case.received_at.desc(), Case.id.desc()).limit(_MOST_AWAY),
    )
    found = [row for one in asks for row in reader.session.execute(one)]
    if not found:
        return Arrivals()
    calendar = hall_calendar(reader.session, person.street_id, today)
    days = int(setting(reader.session, person.street_id, ARRIVAL_DAYS, today))
    rows = []
    for row in found:
        arrival = Arrival(row.received_at, row.has_arrived, row.arrival_checked_at)
        rows.append(
            ArrivalRow(
                case_id=row.id,
                seq=row.seq,
                summary=row.summary,
                urgency=row.urgency,
                guided_to=row.guided_to or "",
                ask_on=arrival.ask_on(calendar, days),
                asked_at=row.arrival_checked_at,
                stays_away=arrival.stays_away,
            )
        )
    rows.sort(key=lambda row: (row.ask_on, row.seq))
    to_ask = [row for row in rows if not row.stays_away]
    return Arrivals(
        due=tuple(row for row in to_ask if row.ask_on <= today),
        later=tuple(row for row in to_ask if row.ask_on > today),
        away=tuple(row for row in rows if row.stays_away),
    )

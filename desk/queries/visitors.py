"""Earlier visits of whoever is at the counter (来过的诉求人), within DOMAIN.md 9.4.

Before a case is opened a visit is only number, date, unit and status. Reports and mediations are
never among them; cases of others are counted at most; name and address come back only to someone
who already gave the whole telephone number.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    Text,
    and_,
    column,
    func,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import array

from desk.rules.codes import CaseStatus
from desk.rules.identity import normalise_name, normalise_phone
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of
from desk.store.base import UtcTime
from desk.store.contacts_told import are_kept
from desk.store.database import Reader
from desk.store.models import Case, Place, PrivateFacts, UnitVersion
from desk.store.models.hall import today_rows
from desk.store.person_facts import named
from desk.store.sight import knows_appellant, seen_by

MOST_VISITS = 3
_MOST_NAMESAKES = 4
_TAIL = 4


@dataclass(frozen=True, slots=True)
class Visit:
    """One earlier case, without a word of its content."""

    id: int
    number: str
    seq: int
    received_at: datetime
    unit: str
    status: CaseStatus

    @property
    def is_open(self) -> bool:
        """Whether somebody still works on it."""
        return self.status in OPEN


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who gave this telephone number before.

    Attributes:
        visits: the latest ones that the reader may see.
        known: how many of these there are in all.
        others: how many further ones exist that he may not see.
        open: how many of both kinds are still open.
        name, address: as told at the last visit that the reader may see; empty where secret.
    """

    visits: tuple[Visit, ...] = ()
    known: int = 0
    others: int = 0
    open: int = 0
    name: str = ""
    address: str = ""
    place: int | None = None
    community: int | None = None
    grid: int | None = None

    @property
    def times(self) -> int:
        """How often he has been here."""
        return self.known + self.others


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody of the same name; enough to ask “是尾号 0023 吗”, not enough to call him."""

    phone_tail: str
    place: str
    visits: int
    last_at: datetime


def visitor(reader: Reader, phone: str) -> Visitor:
    """Return what may be told about whoever gave this telephone number before."""
    number = normalise_phone(phone)
    if not number:
        return Visitor()
    may_see = and_(seen_by(reader.person), knows_appellant(reader.person))
    mentioned = and_(_with_number(reader, number), _named(reader))
    rows = reader.session.execute(
        _visits(reader).where(mentioned, may_see).limit(MOST_VISITS)
    ).all()
    known, _ = _counts(reader, mentioned, may_see)
    total, all_open = _counts_of_all(reader, number, mentioned)
    last = _last_of(reader, number, and_(mentioned, may_see))
    return Visitor(
        visits=tuple(Visit(*row) for row in rows),
        known=known,
        others=total - known,
        open=all_open,
        name=(last.name or "") if last else "",
        address=(last.address or "") if last else "",
        place=last.place_id if last else None,
        community=last.community_id if last else None,
        grid=last.grid_id if last else None,
    )


def namesakes(reader: Reader, name: str) -> list[Namesake]:
    """Return people of this name who were here before, by tail of number and estate only."""
    wanted = normalise_name(name)
    if not wanted:
        return []
    return [
        Namesake(phone[-_TAIL:], place or "", count, last_at)
        for phone, place, count, last_at in reader.session.execute(_namesakes(reader, wanted))
    ]


def _with_number(reader: Reader, number: str) -> ColumnElement[bool]:
    """Return the condition on `cases` that whoever has this number brought it.

    On the shared database only cases that the reader may find by it (`cases_of_number`).
    """
    if are_kept(reader.session, reader.person):
        return Case.id.in_(select(func.cases_of_number(number, type_=BigInteger)))
    return Case.id.in_(select(PrivateFacts.case_id).where(PrivateFacts.phone == number))


def _last_of(reader: Reader, number: str, known: ColumnElement[bool]) -> Any:
    """Return name, address and places as told at the last visit of who did not ask to be hidden."""
    places = (Case.place_id, Case.community_id, Case.grid_id)
    if are_kept(reader.session, reader.person):
        told = func.caller_of_number(number).table_valued(
            column("case_id", BigInteger), column("name", Text), column("address", Text)
        )
        one = select(told.c.name, told.c.address, *places).join(Case, Case.id == told.c.case_id)
        return reader.session.execute(one).first()
    return reader.session.execute(
        select(PrivateFacts.name, PrivateFacts.address, *places)
        .join(Case, Case.id == PrivateFacts.case_id)
        .where(known, Case.hides_appellant.is_(False))
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(1)
    ).first()


def _named(reader: Reader) -> ColumnElement[bool]:
    return named(reader.session, reader.person, reader.now)


def _namesakes(reader: Reader, name: str) -> Executable:
    if are_kept(reader.session, reader.person):
        told = func.namesakes(name, _TAIL, _MOST_NAMESAKES).table_valued(
            column("tail", Text),
            column("place", Text),
            column("visits", BigInteger),
            column("last_at", UtcTime),
        )
        return select(told.c.tail, told.c.place, told.c.visits, told.c.last_at)
    return (
        select(
            PrivateFacts.phone,
            func.max(Place.name),
            func.count(Case.id),
            func.max(Case.received_at),
        )
        .join(Case, Case.id == PrivateFacts.case_id)
        .outerjoin(Place, Place.id == Case.place_id)
        .where(
            PrivateFacts.name == name,
            PrivateFacts.phone.is_not(None),
            _named(reader),
            seen_by(reader.person),
            Case.hides_appellant.is_(False),
        )
        .group_by(PrivateFacts.phone)
        .order_by(func.max(Case.received_at).desc())
        .limit(_MOST_NAMESAKES)
    )


def _visits(reader: Reader) -> Any:
    unit = func.coalesce(Case.lead_unit_id, Case.first_unit_id)
    return (
        select(
            Case.id,
            Case.number,
            Case.seq,
            Case.received_at,
            UnitVersion.short_name,
            Case.status,
        )
        .join(
            UnitVersion,
            and_(UnitVersion.unit_id == unit, today_rows(UnitVersion, day_of(reader.now))),
        )
        .order_by(Case.received_at.desc(), Case.id.desc())
    )


def _counts(
    reader: Reader, mentioned: ColumnElement[bool], limit: ColumnElement[bool]
) -> tuple[int, int]:
    """Return how many cases there are, and how many of them are open."""
    row = reader.session.execute(
        select(
            func.count(Case.id), func.count(Case.id).filter(Case.status.in_(sorted(OPEN)))
        ).where(mentioned, limit)
    ).one()
    return row[0], row[1]


def _counts_of_all(reader: Reader, number: str, mentioned: ColumnElement[bool]) -> tuple[int, int]:
    """Return the same of all that may be mentioned; on the server most of it is out of sight."""
    if not are_kept(reader.session, reader.person):
        return _counts(reader, mentioned, true())
    statuses = array(sorted(OPEN), type_=Text)
    told = func.mentions_of_number(number, statuses).table_valued("counted", "still_open")
    row = reader.session.execute(select(told.c.counted, told.c.still_open)).one()
    return int(row[0]), int(row[1])

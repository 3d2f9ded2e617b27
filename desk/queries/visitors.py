"""Earlier visits of whoever is at the counter (来过的诉求人), within DOMAIN.md 9.4.

Before a case is opened a visit is only number, date, unit and status. Reports and mediations are
never among them; cases of others are counted at most; name and address come back only to someone
who already gave the whole telephone number.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, false, func, or_, select, true
from sqlalchemy import case as first_of
from sqlalchemy.dialects.postgresql import array

from desk.rules.codes import CaseStatus, Purpose
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.identity import normalise_name, normalise_phone
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of
from desk.rules.rights import recused_units
from desk.store.database import Reader
from desk.store.models import Case, Category, Place, PrivateFacts, UnitVersion
from desk.store.models.hall import today_rows
from desk.store.sight import knows_appellant, seen_by

REPEAT_WITHIN = timedelta(days=90)  # DOMAIN.md 6.2
MOST_VISITS = 3
_MOST_NAMESAKES = 4
_MOST_CANDIDATES = 3
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


@dataclass(frozen=True, slots=True)
class RepeatHint:
    """An earlier case that may be about the same thing."""

    visit: Visit
    same_phone: bool
    same_place: bool

    @property
    def likeness(self) -> str:
        """What the two have in common, in words."""
        words = ["同一电话"] * self.same_phone + ["同一类别"] + ["同一地址"] * self.same_place
        return "、".join(words)


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """Another case that may be about the same thing as the one on screen.

    Attributes:
        may_lead: whether this one can still be merged into it.
    """

    visit: Visit
    same_phone: bool
    same_place: bool
    may_lead: bool

    @property
    def likeness(self) -> str:
        """What the two have in common, in words."""
        words = ["同一电话"] * self.same_phone + ["同一地址"] * self.same_place
        return "、".join(words)


def visitor(reader: Reader, phone: str) -> Visitor:
    """Return what may be told about whoever gave this telephone number before."""
    number = normalise_phone(phone)
    if not number:
        return Visitor()
    may_see = and_(seen_by(reader.person), knows_appellant(reader.person))
    mentioned = and_(PrivateFacts.phone == number, _mentionable(reader))
    rows = reader.session.execute(
        _visits(reader).where(mentioned, may_see).limit(MOST_VISITS)
    ).all()
    known, _ = _counts(reader, mentioned, may_see)
    total, all_open = _counts_of_all(reader, number, mentioned)
    last = reader.session.execute(
        select(
            PrivateFacts.name, PrivateFacts.address, Case.place_id, Case.community_id, Case.grid_id
        )
        .join(Case, Case.id == PrivateFacts.case_id)
        .where(mentioned, may_see, Case.hides_appellant.is_(False))
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(1)
    ).first()
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
    rows = reader.session.execute(
        select(
            PrivateFacts.phone,
            func.max(Place.name),
            func.count(Case.id),
            func.max(Case.received_at),
        )
        .join(Case, Case.id == PrivateFacts.case_id)
        .outerjoin(Place, Place.id == Case.place_id)
        .where(
            PrivateFacts.name == wanted,
            PrivateFacts.phone.is_not(None),
            _mentionable(reader),
            seen_by(reader.person),
            Case.hides_appellant.is_(False),
        )
        .group_by(PrivateFacts.phone)
        .order_by(func.max(Case.received_at).desc())
        .limit(_MOST_NAMESAKES)
    )
    return [
        Namesake((phone or "")[-_TAIL:], place or "", count, last_at)
        for phone, place, count, last_at in rows
    ]


def repeat_hint(
    reader: Reader, *, phone: str, place: int | None, category: int | None
) -> RepeatHint | None:
    """Return the latest case of 90 days with the same category and the same phone or place."""
    number = normalise_phone(phone)
    if category is None or not (number or place):
        return None
    same_phone = _same_phone(reader, number)
    same_place = Case.place_id == place if place is not None else false()
    query = (
        _visits(reader)
        .add_columns(same_phone.label("same_phone"), Case.place_id)
        .where(
            or_(same_phone, same_place),
            Case.category_id.in_(_alike(category)),
            Case.received_at >= reader.now - REPEAT_WITHIN,
            _mentionable(reader),
            seen_by(reader.person),
        )
        .limit(1)
    )
    row = reader.session.execute(query).first()
    if row is None:
        return None
    *facts, is_same_phone, its_place = row
    return RepeatHint(
        Visit(*facts),
        same_phone=bool(is_same_phone),
        same_place=place is not None and its_place == place,
    )


def link_candidates(reader: Reader, case_id: int) -> tuple[LinkCandidate, ...]:
    """Return the cases within 90 days that may be about the same thing, the latest first.

    The same telephone, or the same kind of thing in the same place (DOMAIN.md 6.2); merged and
    withdrawn ones are not worth a link.
    """
    phone = first_of((knows_appellant(reader.person), PrivateFacts.phone), else_=None)
    this = reader.session.execute(
        select(phone.label("phone"), Case.place_id, Case.category_id, Case.received_at)
        .join(Case, Case.id == PrivateFacts.case_id)
        .where(Case.id == case_id, seen_by(reader.person))
    ).first()
    if this is None or not (this.phone or this.place_id):
        return ()
    same_phone = _same_phone(reader, this.phone)
    same_place = Case.place_id == this.place_id if this.place_id is not None else false()
    rows = reader.session.execute(
        _visits(reader)
        .add_columns(same_phone.label("same_phone"), Case.place_id)
        .where(
            Case.id != case_id,
            or_(same_phone, and_(same_place, Case.category_id.in_(_alike(this.category_id)))),
            Case.received_at.between(
                this.received_at - REPEAT_WITHIN, this.received_at + REPEAT_WITHIN
            ),
            Case.status.not_in((CaseStatus.MERGED, CaseStatus.WITHDRAWN)),
            _mentionable(reader),
            seen_by(reader.person),
        )
        .limit(_MOST_CANDIDATES)
    )
    return tuple(
        LinkCandidate(
            Visit(*facts),
            same_phone=bool(is_same_phone),
            same_place=this.place_id is not None and place == this.place_id,
            may_lead=facts[-1] in STEP_OF[Deed.MERGE].statuses,
        )
        for *facts, is_same_phone, place in rows
    )


def _same_phone(reader: Reader, number: str | None) -> ColumnElement[bool]:
    """Return the condition that a case is known to be of whoever has this number."""
    if not number:
        return false()
    return and_(PrivateFacts.phone == number, knows_appellant(reader.person))


def _mentionable(reader: Reader) -> ColumnElement[bool]:
    """Leave out what may not even be known to exist: reports, mediations, cases about oneself."""
    person = reader.person
    about_me = or_(
        Case.accused_staff_id == person.staff_id,
        Case.accused_unit_id.in_(sorted(recused_units(person))),
    )
    return and_(
        Case.street_id == person.street_id,
        Case.is_secret.is_(False),
        Case.purpose != Purpose.MEDIATION,
        about_me.is_not(True),
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
        .join(PrivateFacts, PrivateFacts.case_id == Case.id)
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
        select(func.count(Case.id), func.count(Case.id).filter(Case.status.in_(sorted(OPEN))))
        .join(PrivateFacts, PrivateFacts.case_id == Case.id)
        .where(mentioned, limit)
    ).one()
    return row[0], row[1]


def _counts_of_all(reader: Reader, number: str, mentioned: ColumnElement[bool]) -> tuple[int, int]:
    """Return the same of all that may be mentioned; on the server most of it is out of sight."""
    shared = reader.session.get_bind().dialect.name == "postgresql"
    if not shared or reader.person.is_built_in:
        return _counts(reader, mentioned, true())
    statuses = array(sorted(OPEN), type_=Text)
    told = func.mentions_of_number(number, statuses).table_valued("counted", "still_open")
    row = reader.session.execute(select(told.c.counted, told.c.still_open)).one()
    return int(row[0]), int(row[1])


def _alike(category: int) -> Select[int]:
    """Return the category, and those right below it."""
    return select(Category.id).where(or_(Category.id == category, Category.parent_id == category))

"""All that somebody came for, across years, on one page (一人一档), within DOMAIN.md 9.4.

Before a case is opened it is number, date, unit, status and how much was done, never what it is
about; cases of others are counted, reports and cases about the reader do not exist. Each case says
what matched (电话、证件、姓名+地址); what is not certain stands apart until somebody decides.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from desk.rules.codes import CaseStatus, Channel, Role
from desk.rules.identity import fold_width, normalise_name, normalise_phone
from desk.rules.lifecycle import OPEN
from desk.rules.mediation_codes import MediationStatus
from desk.rules.moments import day_of
from desk.rules.reception_codes import VisitMode
from desk.rules.same_person import Found, Group, Said, Sorted, sort_cases
from desk.store.database import Reader
from desk.store.mediation_sight import content_seen_by
from desk.store.models import (
    Case,
    Contact,
    FollowUp,
    Mediation,
    MediationParty,
    Paper,
    PersonLink,
    ReceptionCase,
    Staff,
    UnitVersion,
)
from desk.store.models.hall import today_rows
from desk.store.person_facts import Facts, beginning_of, cases_of_person, is_beginning, named
from desk.store.sight import seen_by

_COMMITTEE = frozenset({Role.MEDIATOR, Role.SECRETARY, Role.DIRECTOR})
_ROUNDS = 3  # links of links; who changed the number more often is linked again


@dataclass(frozen=True, slots=True)
class Likely:
    """Who it may be while the number is still being typed.

    Attributes:
        numbers: how many numbers of earlier visitors begin so.
        times, still_open: of the only one; nothing else is told before the number is whole.
    """

    numbers: int = 0
    times: int = 0
    still_open: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose page is asked for: what stands in the form, or in one case.

    Attributes:
        phone: whole, or its first seven digits and more.
        case: a case that the page is opened from.
    """

    phone: str = ""
    name: str = ""
    place: int | None = None
    address: str = ""
    id_number: str = ""
    case: int | None = None


@dataclass(frozen=True, slots=True)
class PersonCase:
    """One case, without a word of its content."""

    id: int
    number: str
    seq: int
    received_at: datetime
    channel: Channel
    unit: str
    status: CaseStatus
    contacts: int
    follow_ups: int
    papers: int
    group: Group
    words: str
    visit_mode: VisitMode | None = None
    receptions: int = 0

    @property
    def is_open(self) -> bool:
        """Whether somebody still works on it."""
        return self.status in OPEN


@dataclass(frozen=True, slots=True)
class Kept:
    """How many cases of a group the reader may only count."""

    times: int = 0
    still_open: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody said about two cases: who, when, why, and whether it still stands."""

    id: int
    is_same: bool
    number: str
    other_number: str
    reason: str
    who: str
    made_at: datetime
    ended_by: str
    ended_at: datetime | None
    end_reason: str

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class PersonMediation:
    """A mediation of the person's, for whom its content is work."""

    id: int
    number: str
    status: MediationStatus
    received_on: date


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person across years.

    Attributes:
        shown: how lists name the person (陈**); empty where nobody visible gave a name.
        anchor: the case by which the person is named in a decision.
        still_several: more than one number begins as it was typed.
    """

    shown: str = ""
    anchor: int | None = None
    cases: tuple[PersonCase, ...] = ()
    kept: dict[Group, Kept] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    mediations: tuple[PersonMediation, ...] = ()
    still_several: bool = False

    def of(self, group: Group) -> tuple[PersonCase, ...]:
        """Return the cases of a group, the newest first."""
        return tuple(case for case in self.cases if case.group is group)

    @property
    def times(self) -> int:
        """How often this person was here."""
        return len(self.of(Group.SAME)) + self.kept.get(Group.SAME, Kept()).times

    @property
    def still_open(self) -> int:
        """How many of these cases are open."""
        kept = self.kept.get(Group.SAME, Kept()).still_open
        return sum(case.is_open for case in self.of(Group.SAME)) + kept


def likely_visitor(reader: Reader, phone: str) -> Likely:
    """Return what may be told of a number that is still being typed: how often, how many open."""
    found = beginning_of(reader.session, reader.person, digits_of(phone), reader.now)
    if found.numbers != 1:
        return Likely(found.numbers)
    return Likely(1, found.times, found.still_open)


def person_page(reader: Reader, about: Asked) -> PersonPage:
    """Return the page of whoever the form or the case is about."""
    start = digits_of(about.phone)
    typed = is_beginning(start)
    session, person, now = reader.session, reader.person, reader.now
    if typed and beginning_of(session, person, start, now).numbers > 1:
        return PersonPage(still_several=True)
    facts = Facts(
        start if typed else normalise_phone(about.phone),
        about.id_number,
        normalise_name(about.name),
        about.place,
        about.address.strip(),
    )
    anchors = {about.case} if about.case is not None else set()
    found, links = _with_links(reader, facts, anchors)
    said = [Said(one.case_id, one.other_case_id, one.is_same) for one in links if not one.ended_at]
    ordered = sort_cases(found, said, about.case)
    rows = _cases(reader, ordered)
    own = [case for case in rows if case.group is Group.SAME]
    anchor = about.case if about.case in {case.id for case in own} else None
    return PersonPage(
        shown=_shown(reader, [case.id for case in own]),
        anchor=anchor or (own[0].id if own else None),
        cases=rows,
        kept=_kept(ordered),
        decisions=_decisions(reader, [link.id for link in links]),
        mediations=_mediations(reader, [case.id for case in own], facts.phone),
    )


def digits_of(phone: str) -> str:
    """Return the digits of what is written in the field for the telephone so far."""
    return "".join(sign for sign in fold_width(phone) if sign.isdecimal() and sign.isascii())


def _with_links(
    reader: Reader, facts: Facts, anchors: set[int]
) -> tuple[tuple[Found, ...], Sequence[PersonLink]]:
    """Return what is found, also by what stands in the cases that somebody joined to it."""
    found: tuple[Found, ...] = ()
    links: Sequence[PersonLink] = ()
    for _ in range(_ROUNDS):
        found = cases_of_person(reader.session, reader.person, facts, anchors, reader.now)
        seen = {one.case for one in found if one.case is not None}
        links = _links_of(reader, seen | anchors)
        joined = {
            case
            for one in links
            if one.is_same and one.ended_at is None
            for case in (one.case_id, one.other_case_id)
        }
        if joined <= anchors:
            break
        anchors = anchors | joined
    return found, links


def _links_of(reader: Reader, cases: Collection[int]) -> Sequence[PersonLink]:
    """Return what was said about these cases, also what was taken back; both may be asked for."""
    either = or_(PersonLink.case_id.in_(sorted(cases)), PersonLink.other_case_id.in_(sorted(cases)))
    links = reader.session.scalars(
        select(PersonLink)
        .where(PersonLink.street_id == reader.person.street_id, either)
        .order_by(PersonLink.made_at.desc(), PersonLink.id.desc())
    ).all()
    if not links:
        return links
    ends = {case for link in links for case in (link.case_id, link.other_case_id)}
    visible = set(
        reader.session.scalars(
            select(Case.id).where(
                Case.id.in_(sorted(ends)),
                seen_by(reader.person),
                named(reader.session, reader.person, reader.now),
            )
        )
    )
    return [link for link in links if {link.case_id, link.other_case_id} <= visible]


def _cases(reader: Reader, ordered: Sequence[Sorted]) -> tuple[PersonCase, ...]:
    said = {one.found.case: one for one in ordered if one.found.case is not None}
    ids = sorted(said)
    unit = func.coalesce(Case.lead_unit_id, Case.first_unit_id)
    rows = reader.session.execute(
        select(Case.id, Case.number, Case.seq, Case.received_at, Case.channel,
               UnitVersion.short_name, Case.status, Case.visit_mode)
        .join(
            UnitVersion,
            and_(UnitVersion.unit_id == unit, today_rows(UnitVersion, day_of(reader.now))),
        )
        .where(Case.id.in_(ids), seen_by(reader.person))
        .order_by(Case.received_at.desc(), Case.id.desc())
    ).all()  # fmt: skip
    counted = _counted(reader, ids)
    return tuple(
        PersonCase(
            row.id,
            row.number,
            row.seq,
            row.received_at,
            row.channel,
            row.short_name,
            row.status,
            contacts=counted[Contact.__tablename__, row.id],
            follow_ups=counted[FollowUp.__tablename__, row.id],
            papers=counted[Paper.__tablename__, row.id],
            group=said[row.id].group,
            words=said[row.id].words,
            visit_mode=row.visit_mode,
            receptions=counted[ReceptionCase.__tablename__, row.id],
        )
        for row in rows
    )


def _counted(reader: Reader, cases: list[int]) -> Counter[tuple[str, int]]:
    """Return how much was done to each case, in one question."""
    each: list[Any] = [
        select(literal(table.__tablename__), table.case_id, func.count())
        .where(table.case_id.in_(cases))
        .group_by(table.case_id)
        for table in (Contact, FollowUp, Paper, ReceptionCase)
    ]
    rows = reader.session.execute(union_all(*each))
    return Counter({(name, case): count for name, case, count in rows})


def _kept(ordered: Sequence[Sorted]) -> dict[Group, Kept]:
    kept: dict[Group, Kept] = {}
    for one in ordered:
        if one.found.case is None:
            had = kept.get(one.group, Kept())
            kept[one.group] = Kept(had.times + 1, had.still_open + one.found.is_open)
    return kept


def _shown(reader: Reader, cases: Sequence[int]) -> str:
    """Return how lists name the person, as the newest case says it that names anybody."""
    if not cases:
        return ""
    names = reader.session.execute(
        select(Case.id, Case.appellant_shown).where(
            Case.id.in_(cases), Case.is_anonymous.is_(False), Case.hides_appellant.is_(False)
        )
    )
    return max(names, default=(0, ""))[1]


def _decisions(reader: Reader, links: Sequence[int]) -> tuple[Decision, ...]:
    if not links:
        return ()
    one, other, maker, ender = aliased(Case), aliased(Case), aliased(Staff), aliased(Staff)
    rows = reader.session.execute(
        select(
            PersonLink.id,
            PersonLink.is_same,
            one.number,
            other.number,
            PersonLink.reason,
            maker.name,
            PersonLink.made_at,
            func.coalesce(ender.name, ""),
            PersonLink.ended_at,
            func.coalesce(PersonLink.end_reason, ""),
        )
        .join(one, one.id == PersonLink.case_id)
        .join(other, other.id == PersonLink.other_case_id)
        .join(maker, maker.id == PersonLink.made_by)
        .outerjoin(ender, ender.id == PersonLink.ended_by)
        .where(PersonLink.id.in_(links))
        .order_by(PersonLink.made_at.desc(), PersonLink.id.desc())
    )
    return tuple(Decision(*tuple(row)) for row in rows)


def _mediations(reader: Reader, cases: Sequence[int], phone: str) -> tuple[PersonMediation, ...]:
    """Return the person's mediations whose content is the reader's to read."""
    mine: ColumnElement[bool] = Mediation.case_id.in_(cases)
    reads_them = reader.person.is_built_in or reader.person.roles & _COMMITTEE
    if reads_them and phone and not is_beginning(phone):
        parties = select(MediationParty.mediation_id).where(MediationParty.phone == phone)
        mine = or_(mine, Mediation.id.in_(parties))
    rows = reader.session.execute(
        select(Mediation.id, Mediation.number, Mediation.status, Mediation.received_on)
        .where(mine, content_seen_by(reader.person, reader.now))
        .order_by(Mediation.received_on.desc(), Mediation.id.desc())
    )
    return tuple(PersonMediation(*row) for row in rows)

"""Whom a mediation can be given to (可选的人): mediators, secretaries, and who may be invited."""

from dataclasses import dataclass

from sqlalchemy import func, select

from desk.queries.lookups import staff
from desk.rules.codes import Role
from desk.rules.mediation_codes import DisputeKind
from desk.rules.mediation_life import IN_HAND
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Mediation, Mediator
from desk.store.models.hall import today_rows


@dataclass(frozen=True, slots=True)
class MediatorChoice:
    """A mediator to choose, with what he is good at and how much he has in hand."""

    id: int
    name: str
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    in_hand: int


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """A member of staff to choose."""

    id: int
    name: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class MediationPeople:
    """Everybody who can be chosen for a mediation."""

    mediators: tuple[MediatorChoice, ...]
    secretaries: tuple[PersonChoice, ...]
    colleagues: tuple[PersonChoice, ...]


def mediation_people(reader: Reader) -> MediationPeople:
    """Return who can be chosen; a tie to a party is only told when somebody is chosen (回避)."""
    street, today = reader.person.street_id, day_of(reader.now)
    loads = reader.session.execute(
        select(Mediation.mediator_id, func.count(Mediation.id))
        .where(Mediation.street_id == street, Mediation.status.in_(sorted(IN_HAND)))
        .group_by(Mediation.mediator_id)
    )
    in_hand = {row[0]: row[1] for row in loads}
    rows = reader.session.scalars(
        select(Mediator)
        .where(Mediator.street_id == street, today_rows(Mediator, today))
        .order_by(Mediator.name)
    )
    everybody = staff(reader)
    return MediationPeople(
        mediators=tuple(
            MediatorChoice(
                row.id,
                row.name,
                tuple(label(DisputeKind(code)) for code in row.skills or ()),
                tuple(row.languages or ()),
                in_hand.get(row.id, 0),
            )
            for row in rows
        ),
        secretaries=tuple(
            PersonChoice(one.id, one.name, one.unit_id)
            for one in everybody
            if Role.SECRETARY in one.roles
        ),
        colleagues=tuple(PersonChoice(one.id, one.name, one.unit_id) for one in everybody),
    )

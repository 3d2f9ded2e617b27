"""What a booking of a room can choose from (排期可选的): mediations, mediators, recorders."""

from dataclasses import dataclass

from sqlalchemy import case, select

from desk.queries.lookups import staff
from desk.rules.codes import Role
from desk.rules.mediation_life import IN_HAND
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.mediation_sight import content_seen_by, known_to
from desk.store.models import Mediation, MediationContent, MediationParty, Mediator
from desk.store.models.hall import today_rows

_LEADING = frozenset({Role.LEADER, Role.CHIEF})


@dataclass(frozen=True, slots=True)
class MediationChoice:
    """A mediation in hand; its title only for those to whom the content belongs."""

    id: int
    version: int
    number: str
    title: str
    mediator_id: int | None


@dataclass(frozen=True, slots=True)
class RoomOptions:
    """What the form offers.

    Attributes:
        mediators, recorders: names by id, in the order in which they are offered.
        leaders: who may allow hours outside of the opening hours.
    """

    mediations: tuple[MediationChoice, ...]
    mediators: tuple[tuple[int, str], ...]
    recorders: tuple[tuple[int, str], ...]
    leaders: tuple[str, ...]


def room_options(reader: Reader) -> RoomOptions:
    """Return everything that a booking can be made of today."""
    everyone = staff(reader)
    mediators = reader.session.execute(
        select(Mediator.id, Mediator.name)
        .where(
            Mediator.street_id == reader.person.street_id,
            today_rows(Mediator, day_of(reader.now)),
        )
        .order_by(Mediator.name, Mediator.id)
    )
    return RoomOptions(
        _mediations(reader),
        tuple((row.id, row.name) for row in mediators),
        tuple((one.id, one.name) for one in everyone),
        tuple(one.name for one in everyone if one.roles & _LEADING),
    )


def _mediations(reader: Reader) -> tuple[MediationChoice, ...]:
    person, now = reader.person, reader.now
    title = case((content_seen_by(person, now), MediationContent.title), else_=None)
    rows = reader.session.execute(
        select(Mediation, title)
        .join(MediationContent, MediationContent.mediation_id == Mediation.id, isouter=True)
        .where(known_to(person, now), Mediation.status.in_(IN_HAND))
        .order_by(Mediation.year.desc(), Mediation.seq.desc())
    )
    return tuple(
        MediationChoice(
            row.id, row.version, row.number, words or f"{label(row.kind)}纠纷", row.mediator_id
        )
        for row, words in rows
    )


def parties_of(reader: Reader, mediation_id: int) -> tuple[tuple[int, str], ...]:
    """Return the parties of a mediation by id, for those to whom its content belongs."""
    rows = reader.session.execute(
        select(MediationParty.id, MediationParty.name)
        .join(Mediation, Mediation.id == MediationParty.mediation_id)
        .where(
            Mediation.id == mediation_id,
            content_seen_by(reader.person, reader.now),
            MediationParty.left_on.is_(None),
        )
        .order_by(MediationParty.position)
    )
    return tuple((row.id, row.name) for row in rows)

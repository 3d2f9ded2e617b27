"""Where opinions lie (审签在谁处): the desk of each, since when, and the desks it has passed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from desk.rules.codes import Role
from desk.rules.moments import day_of
from desk.rules.sign_route import SignDesk, Stand, signed_by, stand_at
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Deputy, SignStep, Staff, StaffRole
from desk.store.models.hall import today_rows

_BEFORE_THERE_WERE_DESKS = SignDesk(Role.LEADER)


@dataclass(frozen=True, slots=True)
class DeskView:
    """One desk on an opinion's way.

    Attributes:
        whose: “郑伟”, “任一分管领导”, once signed “郑伟（周航代）”.
        owner: the name alone, for “代郑伟”; empty where nobody is named.
        stand: how the reader stands to it.
    """

    whose: str
    owner: str
    owner_id: int | None
    role: Role
    stand: Stand
    arrived_at: datetime | None
    signed_at: datetime | None = None
    signed_by_id: int | None = None
    is_agreed: bool | None = None
    remark: str = ""
    on_paper: bool = False

    def length(self, now: datetime) -> timedelta:
        """Return how long it has lain there, or lay there until it was signed."""
        if self.arrived_at is None:
            return timedelta()
        return max((self.signed_at or now) - self.arrived_at, timedelta())


@dataclass(frozen=True, slots=True)
class Way:
    """The way of one opinion: what was said in earlier rounds, and the desks of this one."""

    earlier: tuple[DeskView, ...]
    desks: tuple[DeskView, ...]

    @property
    def here(self) -> DeskView | None:
        """Return the desk on which it lies; None once all have signed."""
        return next((desk for desk in self.desks if desk.signed_at is None), None)

    @property
    def passed(self) -> tuple[DeskView, ...]:
        """Return the desks that have agreed."""
        return tuple(desk for desk in self.desks if desk.signed_at is not None)


def ways_of(
    reader: Reader, opinions: Collection[int], submitted: Mapping[int, datetime]
) -> dict[int, Way]:
    """Return the ways of opinions by id; one without desks lies where any leader signs.

    Args:
        submitted: when each was handed in.
    """
    rows = reader.session.scalars(
        select(SignStep).where(SignStep.opinion_id.in_(opinions)).order_by(SignStep.seq)
    )
    steps: dict[int, list[SignStep]] = {key: [] for key in opinions}
    for row in rows:
        steps[row.opinion_id].append(row)
    names = _names(reader, (step for found in steps.values() for step in found))
    ways = {key: _way(reader, found, names) for key, found in steps.items()}
    return {
        key: way if way.desks or key not in submitted else _old_way(reader, submitted[key])
        for key, way in ways.items()
    }


def _way(reader: Reader, steps: list[SignStep], names: Mapping[int, str]) -> Way:
    ended = max((step.seq for step in steps if step.is_agreed is False), default=0)
    views = [(step, _view(reader, step, names)) for step in steps]
    return Way(
        earlier=tuple(view for step, view in views if step.seq <= ended and step.signed_at),
        desks=tuple(view for step, view in views if step.seq > ended),
    )


def _old_way(reader: Reader, submitted_at: datetime) -> Way:
    desk = _BEFORE_THERE_WERE_DESKS
    whose = f"任一{label(desk.role)}"
    stand = stand_at(desk, reader.person)
    return Way((), (DeskView(whose, "", None, desk.role, stand, submitted_at),))


def _view(reader: Reader, step: SignStep, names: Mapping[int, str]) -> DeskView:
    owner, hand = names.get(step.signer_id or 0, ""), names.get(step.signed_by or 0, "")
    whose = owner or hand or f"任一{label(step.role)}"
    if hand and owner and hand != owner:
        whose = signed_by(owner, hand)
    return DeskView(
        whose=whose,
        owner=owner,
        owner_id=step.signer_id,
        role=step.role,
        stand=stand_at(SignDesk(step.role, step.signer_id), reader.person),
        arrived_at=step.arrived_at,
        signed_at=step.signed_at,
        signed_by_id=step.signed_by,
        is_agreed=step.is_agreed,
        remark=step.remark or "",
        on_paper=bool(step.on_paper),
    )


def _names(reader: Reader, steps: Iterable[SignStep]) -> dict[int, str]:
    people = {one for step in steps for one in (step.signer_id, step.signed_by) if one}
    rows = reader.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(people)))
    return {key: name for key, name in rows}  # noqa: C416 - a Row is no pair to mypy


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who may have signed in the printed folder, as the office chooses him."""

    staff_id: int
    words: str


def signers_at(reader: Reader, owner_id: int | None, role: Role) -> tuple[Signer, ...]:
    """Return who may sign at a desk today: its owner first, then his deputies."""
    today = day_of(reader.now)
    if owner_id is not None:
        deputies = select(Deputy.deputy_id).where(
            Deputy.principal_id == owner_id, today_rows(Deputy, today)
        )
        people = [owner_id, *reader.session.scalars(deputies)]
    else:
        roles = [Role.CHIEF] if role is Role.CHIEF else [Role.LEADER, Role.CHIEF]
        held = (
            select(StaffRole.staff_id)
            .join(Staff, Staff.id == StaffRole.staff_id)
            .where(
                StaffRole.street_id == reader.person.street_id,
                StaffRole.role.in_(roles),
                today_rows(StaffRole, today),
                today_rows(Staff, today),
            )
            .order_by(StaffRole.staff_id)
        )
        people = list(dict.fromkeys(reader.session.scalars(held)))
    rows = reader.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(people)))
    names = {key: name for key, name in rows}  # noqa: C416 - a Row is no pair to mypy
    return tuple(
        Signer(one, names[one] if one == owner_id or owner_id is None else f"{names[one]}（代）")
        for one in people
    )

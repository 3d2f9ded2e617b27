"""Whose personal data is over its time of keeping, and what was decided about it (抹除)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from desk.rules.deeds import Deed
from desk.rules.moments import day_of, end_of
from desk.rules.privacy_codes import ErasureGround
from desk.rules.retention import years_before
from desk.rules.rights import may_in_hall
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.keeping_times import ENDED_CASES, ENDED_MEDIATIONS, kept_until
from desk.store.mediation_sight import known_to
from desk.store.models import Case, Erasure, Mediation, Staff
from desk.store.sight import seen_by

_MOST = 200
_A_YEAR = timedelta(days=365)  # the shortest time of keeping


@dataclass(frozen=True, slots=True)
class DecidedErasure:
    """One erasure that was granted and not carried out yet."""

    id: int
    number: str
    asked_by: str
    decided_by: str
    decided_at: datetime | None

    @property
    def sentence(self) -> str:
        """Return it as the command line says it."""
        return f"{self.number}：{self.asked_by} 申请，{self.decided_by} 同意。"


@dataclass(frozen=True, slots=True)
class FileOver:
    """A file whose time of keeping is over."""

    number: str
    ended_on: date
    over_on: date
    case_id: int | None = None
    mediation_id: int | None = None

    @property
    def file_id(self) -> int | None:
        """Return the id of the case or of the mediation."""
        return self.case_id if self.case_id is not None else self.mediation_id


@dataclass(frozen=True, slots=True)
class ErasureView:
    """One erasure that somebody asked for, and how far it has come.

    Attributes:
        is_mine: the reader asked for it, so that another person decides.
        counts: how many rows of which table were changed; None until it was carried out.
    """

    id: int
    number: str
    ground: ErasureGround
    reason: str
    asked_by: str
    asked_at: datetime
    is_mine: bool
    is_granted: bool | None
    decided_by: str
    decided_at: datetime | None
    note: str
    counts: Mapping[str, int] | None
    case_id: int | None
    mediation_id: int | None

    @property
    def waits(self) -> bool:
        """Whether nobody has decided yet."""
        return self.is_granted is None

    @property
    def is_decided(self) -> bool:
        """Whether it was granted and not carried out yet."""
        return bool(self.is_granted) and self.counts is None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.waits or self.is_decided

    @property
    def state(self) -> str:
        """Return in words how far it has come."""
        if self.waits:
            return "等您决定" if not self.is_mine else "等另一个人决定"
        if not self.is_granted:
            return "不同意"
        return "已同意，等抹除" if self.counts is None else "已抹除"

    @property
    def told_counts(self) -> tuple[tuple[str, int], ...]:
        """Return how many rows of what were changed, the parts of a file that have a name."""
        return tuple((self.counts or {}).items())


@dataclass(frozen=True, slots=True)
class KeepingDesk:
    """What the page of personal data shows.

    Attributes:
        is_shared: whether whoever maintains the server carries out what was granted.
    """

    over: tuple[FileOver, ...]
    asked: tuple[ErasureView, ...]
    is_shared: bool


def keeping_desk(reader: Reader) -> KeepingDesk:
    """Return what is over its time, and what was asked for, as far as it is the reader's deed."""
    is_shared = reader.session.get_bind().dialect.name == "postgresql"
    return KeepingDesk(files_over(reader), erasures(reader), is_shared)


def file_of_number(reader: Reader, written: str) -> tuple[int | None, int | None]:
    """Return the case, or else the mediation, of exactly this number that the reader may see."""
    person, wanted = reader.person, written.strip()
    case = reader.session.scalar(select(Case.id).where(seen_by(person), Case.number == wanted))
    if case is not None:
        return case, None
    return None, reader.session.scalar(
        select(Mediation.id).where(
            Mediation.street_id == person.street_id,
            known_to(person, reader.now),
            Mediation.number == wanted,
        )
    )


def decided_erasures(reader: Reader) -> list[DecidedErasure]:
    """Return what waits to be erased, oldest first; none for who does not maintain the hall."""
    if not reader.person.is_built_in:
        return []
    asker, decider = aliased(Staff), aliased(Staff)
    number = func.coalesce(Case.number, Mediation.number)
    rows = reader.session.execute(
        select(Erasure.id, number, asker.name, decider.name, Erasure.decided_at)
        .outerjoin(Case, Case.id == Erasure.case_id)
        .outerjoin(Mediation, Mediation.id == Erasure.mediation_id)
        .join(asker, asker.id == Erasure.asked_by)
        .join(decider, decider.id == Erasure.decided_by)
        .where(
            Erasure.street_id == reader.person.street_id,
            Erasure.is_granted.is_(True),
            Erasure.counts.is_(None),
        )
        .order_by(Erasure.decided_at, Erasure.id)
    )
    return [DecidedErasure(*row) for row in rows]


def erased_count(reader: Reader) -> int:
    """Return how many files were erased lawfully."""
    done = select(func.count(Erasure.id)).where(
        Erasure.street_id == reader.person.street_id, Erasure.counts.is_not(None)
    )
    return reader.session.scalar(done) or 0


def erasures(reader: Reader) -> tuple[ErasureView, ...]:
    """Return what was asked for, the newest first; nothing for those whose deed it is not."""
    asker, decider = aliased(Staff), aliased(Staff)
    rows = reader.session.execute(
        select(Erasure, func.coalesce(Case.number, Mediation.number), asker.name, decider.name)
        .outerjoin(Case, Case.id == Erasure.case_id)
        .outerjoin(Mediation, Mediation.id == Erasure.mediation_id)
        .join(asker, asker.id == Erasure.asked_by)
        .outerjoin(decider, decider.id == Erasure.decided_by)
        .where(Erasure.street_id == reader.person.street_id, _may_know(reader))
        .order_by(Erasure.asked_at.desc(), Erasure.id.desc())
        .limit(_MOST)
    )
    me = reader.person.staff_id
    return tuple(
        ErasureView(
            row.id,
            number,
            row.ground,
            row.reason,
            by,
            row.asked_at,
            row.asked_by == me,
            row.is_granted,
            decided or "",
            row.decided_at,
            row.note or "",
            row.counts,
            row.case_id,
            row.mediation_id,
        )
        for row, number, by, decided in rows
    )


def files_over(reader: Reader) -> tuple[FileOver, ...]:
    """Return the files whose time is over and for which nobody has asked, the oldest first."""
    today = day_of(reader.now)
    found = [*_cases_over(reader, today), *_mediations_over(reader, today)]
    return tuple(sorted(found, key=lambda one: (one.over_on, one.number))[:_MOST])


def _cases_over(reader: Reader, today: date) -> list[FileOver]:
    person, session = reader.person, reader.session
    if not may_in_hall(Deed.ERASE, person):
        return []
    years = int(setting(session, person.street_id, "retention_years", today))
    last = end_of(years_before(today, years))
    asked = select(Erasure.case_id).where(
        Erasure.case_id == Case.id, Erasure.is_granted.is_not(False)
    )
    rows = session.scalars(
        select(Case)
        .where(
            seen_by(person),
            Case.status.in_(sorted(ENDED_CASES)),
            func.coalesce(Case.closed_at, Case.changed_at) < last,
            ~asked.exists(),
        )
        .order_by(func.coalesce(Case.closed_at, Case.changed_at), Case.id)
        .limit(_MOST)
    )
    return [
        FileOver(
            case.number,
            day_of(case.closed_at or case.changed_at),
            kept_until(session, person.street_id, case, today) or today,
            case_id=case.id,
        )
        for case in rows
    ]


def _mediations_over(reader: Reader, today: date) -> list[FileOver]:
    person, session = reader.person, reader.session
    if not may_in_hall(Deed.ERASE_MEDIATION, person):
        return []
    asked = select(Erasure.mediation_id).where(
        Erasure.mediation_id == Mediation.id, Erasure.is_granted.is_not(False)
    )
    rows = session.scalars(
        select(Mediation)
        .where(
            Mediation.street_id == person.street_id,
            known_to(person, reader.now),
            Mediation.status.in_(sorted(ENDED_MEDIATIONS)),
            Mediation.changed_at < reader.now - _A_YEAR,
            ~asked.exists(),
        )
        .order_by(Mediation.changed_at, Mediation.id)
    )
    found = []
    for row in rows:
        over = kept_until(session, person.street_id, row, today)
        if over is not None and over <= today:
            ended = row.ended_on or day_of(row.changed_at)
            found.append(FileOver(row.number, ended, over, mediation_id=row.id))
    return found


def _may_know(reader: Reader) -> ColumnElement[bool]:
    person = reader.person
    known = []
    if may_in_hall(Deed.ERASE, person):
        known.append(Erasure.case_id.in_(select(Case.id).where(seen_by(person))))
    if may_in_hall(Deed.ERASE_MEDIATION, person):
        of_his = select(Mediation.id).where(
            Mediation.street_id == person.street_id, known_to(person, reader.now)
        )
        known.append(Erasure.mediation_id.in_(of_his))
    return or_(*known) if known else Erasure.id.is_(None)

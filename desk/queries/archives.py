"""The archive (档案): what is ready, what is still missing in words, and what lies in which box."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from desk.queries.lookups import units
from desk.rules.codes import CaseStatus
from desk.rules.completeness import ArchiveFacts, Missing, missing_for_archive
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.moments import day_of
from desk.store.archive_facts import archive_facts
from desk.store.database import Reader
from desk.store.models import Case
from desk.store.sight import seen_by

_MOST = 300
_ENDED = frozenset(STEP_OF[Deed.ARCHIVE].statuses)


@dataclass(frozen=True, slots=True)
class EndedCase:
    """One case that has come to its end, with what it lacks before it can be archived."""

    case_id: int
    number: str
    seq: int
    version: int
    summary: str
    unit: str
    status: CaseStatus
    ended_at: datetime
    box_number: str
    facts: ArchiveFacts
    missing: Missing

    @property
    def key(self) -> int:
        """By what the line is known: its case."""
        return self.case_id


@dataclass(frozen=True, slots=True)
class ArchivedCase:
    """One case in the archive."""

    case_id: int
    number: str
    year: int
    summary: str
    unit: str
    archive_number: str
    box_number: str
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Shelf:
    """What lies in the archive, as far as it was asked for.

    Attributes:
        count: how many there are; only the newest are listed.
        years, boxes: what can be asked for.
    """

    cases: tuple[ArchivedCase, ...]
    count: int
    years: tuple[int, ...]
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedShelf:
    """Which part of the archive is asked for; nothing said means all of it."""

    year: int | None = None
    box: str = ""
    words: str = ""


def ended_cases(reader: Reader) -> tuple[EndedCase, ...]:
    """Return what can be archived or soon will be, the longest ended first."""
    names = {unit.id: unit.short_name for unit in units(reader)}
    ended_at = func.coalesce(Case.closed_at, Case.received_at)
    cases: Sequence[Case] = reader.session.scalars(
        select(Case)
        .where(seen_by(reader.person), Case.status.in_(sorted(_ENDED)))
        .order_by(ended_at, Case.id)
        .limit(_MOST)
    ).all()
    facts = archive_facts(reader.session, cases, day_of(reader.now))
    return tuple(
        EndedCase(
            case_id=case.id,
            number=case.number,
            seq=case.seq,
            version=case.version,
            summary=case.summary,
            unit=names.get(case.lead_unit_id or case.first_unit_id, ""),
            status=case.status,
            ended_at=case.closed_at or case.received_at,
            box_number=case.box_number or "",
            facts=facts[case.id],
            missing=missing_for_archive(facts[case.id]),
        )
        for case in cases
    )


def shelf(reader: Reader, asked: AskedShelf) -> Shelf:
    """Return what lies in the archive: of a year, in a box, or found by its words or numbers."""
    names = {unit.id: unit.short_name for unit in units(reader)}
    conditions = _conditions(reader, asked)
    rows = reader.session.execute(
        select(
            Case.id,
            Case.number,
            Case.year,
            Case.summary,
            Case.lead_unit_id,
            Case.first_unit_id,
            Case.archive_number,
            Case.box_number,
            func.coalesce(Case.closed_at, Case.received_at).label("ended_at"),
        )
        .where(*conditions)
        .order_by(Case.year.desc(), Case.archive_number.desc(), Case.id.desc())
        .limit(_MOST)
    )
    return Shelf(
        cases=tuple(
            ArchivedCase(
                case_id=row.id,
                number=row.number,
                year=row.year,
                summary=row.summary,
                unit=names.get(row.lead_unit_id or row.first_unit_id, ""),
                archive_number=row.archive_number or "",
                box_number=row.box_number or "",
                ended_at=row.ended_at,
            )
            for row in rows
        ),
        count=reader.session.scalar(select(func.count(Case.id)).where(*conditions)) or 0,
        years=tuple(reader.session.scalars(_known(reader, Case.year).order_by(Case.year.desc()))),
        boxes=tuple(
            reader.session.scalars(
                _known(reader, Case.box_number)
                .where(Case.box_number.is_not(None))
                .order_by(Case.box_number)
            )
        ),
    )


def _known(reader: Reader, column: Any) -> Select[Any]:
    archived = Case.status == CaseStatus.ARCHIVED
    return select(column).where(seen_by(reader.person), archived).distinct()


def _conditions(reader: Reader, asked: AskedShelf) -> list[ColumnElement[bool]]:
    found = [seen_by(reader.person), Case.status == CaseStatus.ARCHIVED]
    if asked.year is not None:
        found.append(Case.year == asked.year)
    if asked.box:
        found.append(Case.box_number == asked.box)
    if words := asked.words.strip():
        found.append(
            or_(
                Case.archive_number.contains(words, autoescape=True),
                Case.number.contains(words, autoescape=True),
                Case.summary.contains(words, autoescape=True),
                Case.box_number == words,
            )
        )
    return found

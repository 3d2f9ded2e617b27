"""Lines of the log as people read them (留痕), for the screen and for paper.

Who did what, when, from which desk, about which file: never what a file says. The auditor does
not open files; their numbers are told to him by a function of the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Text,
    or_,
    select,
    text,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from desk.rules.codes import Role
from desk.rules.deeds import Deed
from desk.rules.moments import end_of, start_of
from desk.rules.rights import Person, may_in_hall, require_hall
from desk.rules.trail import TrailGroup, kinds_of, subject_words
from desk.store.looks import looks_at_files
from desk.store.mediation_sight import known_to
from desk.store.models import Case, Event, Mediation, Staff
from desk.store.patience import takes_long
from desk.store.sight import seen_by

PAGE = 200
_NUMBERS = text("SELECT id, number FROM numbers_audited(CAST(:ids AS bigint[]))")
_MOST_FILES = 20
_NAMED = text("SELECT id FROM files_audited(:number)")


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line of the log.

    Attributes:
        sent_by: who sent it, where that is not who made it.
        happened_at: when it happened, where that is not when it was written down.
    """

    place: int
    at: datetime
    who: str
    subject: str
    title: str
    desk: str
    number: str = ""
    sent_by: str = ""
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AskedTrail:
    """What is looked for."""

    group: TrailGroup = TrailGroup.ALL
    person: int | None = None
    first: date | None = None
    last: date | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """Lines, newest first, and whether there are more."""

    lines: tuple[TrailLine, ...]
    has_more: bool = False


class Asker(Protocol):
    """Who asks, when, and where: a reader, or a transaction that puts lines on paper."""

    @property
    def session(self) -> Session:
        """Return the session."""

    @property
    def person(self) -> Person:
        """Return who asks."""

    @property
    def now(self) -> datetime:
        """Return the server's time."""


@takes_long
def audited_lines(asker: Asker, asked: AskedTrail, *, most: int = PAGE) -> Trail:
    """Return the newest lines that fit.

    Raises:
        NotAllowed: the asker is no auditor.
    """
    require_hall(Deed.AUDIT, asker.person)
    conditions = [_of_group(asked.group)]
    if asked.person is not None:
        conditions.append(or_(Event.made_by == asked.person, Event.sent_by == asked.person))
    if asked.first is not None:
        conditions.append(Event.recorded_at >= start_of(asked.first))
    if asked.last is not None:
        conditions.append(Event.recorded_at < end_of(asked.last))
    if asked.number.strip():
        conditions.append(_about(asker, asked.number.strip()))
    return trail(asker, conditions, most)


def file_looks(asker: Asker, files: Sequence[Any]) -> list[TrailLine]:
    """Return who looked at the contact data of these cases, newest first.

    Args:
        files: rows of id and number, of cases that the asker may see.
    """
    numbers = {row.id: row.number for row in files}
    found = looks_at_files(asker.session, asker.person, numbers)
    return [
        TrailLine(
            one.place,
            one.recorded_at,
            one.name,
            subject_words(one.kind),
            one.title,
            one.desk_name,
            numbers[one.case_id],
        )
        for one in found
    ]


def _of_group(group: TrailGroup) -> ColumnElement[bool]:
    kinds, beginnings = kinds_of(group)
    if not (kinds or beginnings):
        return Event.place > 0
    return or_(
        Event.kind.in_(sorted(kinds)), *(Event.kind.startswith(b) for b in sorted(beginnings))
    )


def trail(asker: Asker, conditions: Sequence[ColumnElement[bool]], most: int) -> Trail:
    """Return the newest lines that fulfil all conditions."""
    made, sent = aliased(Staff), aliased(Staff)
    rows = asker.session.execute(
        select(
            Event.place,
            Event.recorded_at,
            Event.happened_at,
            Event.kind,
            Event.title,
            Event.desk_name,
            Event.result,
            made.name.label("made_by"),
            sent.name.label("sent_by"),
        )
        .join(made, made.id == Event.made_by)
        .join(sent, sent.id == Event.sent_by)
        .where(Event.street_id == asker.person.street_id, *conditions)
        .order_by(Event.place.desc())
        .limit(most + 1)
    ).all()
    files = [_files_of(row.result) for row in rows[:most]]
    numbers = _numbers(asker, {one for some in files for one in some})
    lines = tuple(
        TrailLine(
            row.place,
            row.recorded_at,
            row.made_by,
            subject_words(row.kind),
            row.title,
            row.desk_name,
            _said(numbers, some),
            "" if row.sent_by == row.made_by else row.sent_by,
            None if row.happened_at == row.recorded_at else row.happened_at,
        )
        for row, some in zip(rows, files, strict=False)
    )
    return Trail(lines, len(rows) > most)


def _files_of(result: Any) -> list[int]:
    made = result.get("made", {})
    about = (made.get("case"), made.get("mediation"))
    return [*result["cases"], *result["mediations"], *filter(None, about)]


def _said(numbers: dict[int, str], files: Sequence[int]) -> str:
    known = list(dict.fromkeys(numbers[one] for one in files if one in numbers))
    more = f" 等 {len(known)} 件" if len(known) > 1 else ""
    return f"{known[0]}{more}" if known else ""


def _numbers(asker: Asker, ids: set[int]) -> dict[int, str]:
    """Return the numbers of files, as far as the asker may know of them."""
    if not ids:
        return {}
    if _asks_the_server(asker):
        rows = asker.session.execute(_NUMBERS, {"ids": sorted(ids)})
    else:
        rows = asker.session.execute(
            union_all(
                *(
                    select(table.id, table.number).where(table.id.in_(sorted(ids)), is_known)
                    for table, is_known in _files(asker)
                )
            )
        )
    return {row.id: row.number for row in rows}


def _about(asker: Asker, number: str) -> ColumnElement[bool]:
    """Return the condition that a line names the file whose number has these digits."""
    if _asks_the_server(asker):
        ids = list(asker.session.scalars(_NAMED, {"number": number}))
    else:
        ids = [
            one
            for table, is_known in _files(asker)
            for one in asker.session.scalars(
                select(table.id).where(is_known, table.number.contains(number, autoescape=True))
            )
        ]
    result = type_coerce(Event.result, Text)
    return or_(Event.place < 0, *(result.contains(str(one)) for one in ids[:_MOST_FILES]))


def _asks_the_server(asker: Asker) -> bool:
    """Return whether the numbers come from a function: the auditor himself sees no file."""
    shared = asker.session.get_bind().dialect.name == "postgresql"
    return shared and Role.AUDITOR in asker.person.roles


def _files(asker: Asker) -> Sequence[tuple[Any, ColumnElement[bool]]]:
    """Return the tables of files, each with what the asker may know of it."""
    person = asker.person
    if may_in_hall(Deed.AUDIT, person):
        return [(table, table.street_id == person.street_id) for table in (Case, Mediation)]
    return [(Case, seen_by(person)), (Mediation, known_to(person, asker.now))]

"""Bulletins as they were issued, and what has happened to their cases since (通报、自印发以来)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from desk.queries.bulletin_facts import counts_reports
from desk.queries.figure_measures import received_within
from desk.queries.rate_figures import period_report
from desk.queries.rates import UnitNames
from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_changes import Changed, ChangeKind, gathered, kinds_of, moved_figures
from desk.rules.bulletin_figures import picked
from desk.rules.moments import day_of, in_utc
from desk.store.database import Reader
from desk.store.models import Bulletin, Case, Event, EventCase, Paper, Staff
from desk.store.patience import takes_long
from desk.store.sight import seen_by

_MOST = 200
_WATCHED = (
    *("was_contacted", "resolution", "satisfaction", "counts_in_rates", "is_overdue"),
    *("lead_unit_id", "category_id", "repeat_of_id", "repeat_of_number", "is_national_survey"),
    "status",
)


@dataclass(frozen=True, slots=True)
class BulletinRow:
    """One bulletin in the list.

    Attributes:
        number: None for the picture of a day, which makes itself.
        replaced_by: a newer version of the same days.
    """

    id: int
    kind: BulletinKind
    first: date
    last: date
    number: str | None
    made_at: datetime
    issued_by: str
    is_picture: bool
    replaced_by: int | None
    paper: int | None
    public_paper: int | None
    revision: int


@dataclass(frozen=True, slots=True)
class BulletinFile:
    """One bulletin with what it says, to the letter as it was issued.

    Attributes:
        paper, public_paper: the rows of its papers, where it has any.
    """

    row: BulletinRow
    figures: Mapping[str, Any]
    sentences: Mapping[str, list[str]]
    paper: Mapping[str, Any] | None
    public_paper: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """A case that changed after a bulletin was issued."""

    id: int
    number: str
    unit: str


@dataclass(frozen=True, slots=True)
class BulletinDifferences:
    """What has changed since a bulletin was issued.

    Attributes:
        figures: figures that read otherwise today, in words.
        changes: what happened to its cases, each kind with its cases.
        sees_as_much: whether the reader sees the kinds of cases that were counted then; if not,
            the figures of today would differ for that reason alone and are not told.
    """

    figures: tuple[str, ...]
    changes: tuple[Changed, ...]
    cases: Mapping[int, ChangedCase]
    sees_as_much: bool


def issued_bulletins(reader: Reader) -> tuple[BulletinRow, ...]:
    """Return the latest bulletins and pictures of the street, the newest on top."""
    rows = reader.session.execute(
        _rows(reader).order_by(Bulletin.made_at.desc(), Bulletin.id.desc()).limit(_MOST)
    ).all()
    return tuple(_row(*row) for row in rows)


def bulletin_file(reader: Reader, bulletin: int) -> BulletinFile | None:
    """Return one bulletin, or None where there is none."""
    found = reader.session.execute(_rows(reader).where(Bulletin.id == bulletin)).first()
    if found is None:
        return None
    papers = [
        reader.session.get(Paper, one) if one else None
        for one in (found[0].paper_id, found[0].public_paper_id)
    ]
    rows = [one.row if one is not None else None for one in papers]
    return BulletinFile(_row(*found), found[0].figures, found[0].sentences, *rows)


def issued_for(reader: Reader, kind: BulletinKind, first: date) -> BulletinRow | None:
    """Return the bulletin in force for the days that begin with `first`, if one was issued."""
    wanted = and_(
        Bulletin.kind == kind,
        Bulletin.first_day == first,
        Bulletin.is_made_by_itself.is_(False),
        Bulletin.replaced_by_id.is_(None),
    )
    found = reader.session.execute(_rows(reader).where(wanted)).first()
    return None if found is None else _row(*found)


@takes_long
def bulletin_differences(reader: Reader, bulletin: int) -> BulletinDifferences | None:
    """Return what has changed of a bulletin's days since it was made, leading to the cases."""
    row = reader.session.get(Bulletin, bulletin)
    if row is None or row.street_id != reader.person.street_id or row.is_made_by_itself:
        return None
    first, last = row.first_day, date.fromisoformat(row.figures["counted_to"])
    sees_as_much = counts_reports(reader, first, last) == row.figures["with_reports"]
    moved: list[str] = []
    if sees_as_much:
        now = picked(period_report(reader, first, last)["total"])
        moved = moved_figures(picked(row.figures["total"]), now)
    since = datetime.fromisoformat(row.figures["made"])
    changes = gathered(_changed(reader, first, last, since))
    cases = _named(reader, {case for one in changes for case in one.cases})
    return BulletinDifferences(tuple(moved), tuple(changes), cases, sees_as_much)


def _changed(
    reader: Reader, first: date, last: date, since: datetime
) -> list[tuple[int, ChangeKind]]:
    """Return what happened to each case of these days, as its lines of the log tell it."""
    columns = [getattr(Case, name) for name in _WATCHED]
    lines = (
        select(Case.id, EventCase.version, Event.payload, *columns)
        .join(EventCase, EventCase.case_id == Case.id)
        .join(Event, Event.id == EventCase.event_id)
        .where(
            seen_by(reader.person), received_within(first, last), Event.recorded_at > in_utc(since)
        )
    )
    rows = reader.session.execute(lines.order_by(Case.id, EventCase.version)).all()
    now: dict[int, dict[str, Any]] = {}
    before: dict[int, dict[str, Any]] = {}
    seen_from: dict[int, int] = {}
    for case, version, payload, *values in rows:
        now[case] = dict(zip(_WATCHED, values, strict=True))
        seen_from.setdefault(case, version)
        older = before.setdefault(case, {})
        for name, value in _before_of(payload, case).items():
            older.setdefault(name, value)
    begun = _first_versions(reader, lines.with_only_columns(Case.id))
    found: list[tuple[int, ChangeKind]] = []
    for case, older in before.items():
        is_new = begun[case] == seen_from[case]
        kinds = [ChangeKind.ADDED] if is_new else kinds_of(older, now[case])
        found += [(case, kind) for kind in kinds]
    return found


def _first_versions(reader: Reader, cases: Select[int]) -> dict[int, int]:
    """Return with which version the history of each case begins."""
    rows = reader.session.execute(
        select(EventCase.case_id, func.min(EventCase.version).label("first"))
        .where(EventCase.case_id.in_(cases))
        .group_by(EventCase.case_id)
    )
    return {row.case_id: row.first for row in rows}


def _named(reader: Reader, cases: set[int]) -> dict[int, ChangedCase]:
    names, today = UnitNames(reader), day_of(reader.now)
    rows = reader.session.execute(
        select(Case.id, Case.number, func.coalesce(Case.lead_unit_id, Case.first_unit_id)).where(
            Case.id.in_(sorted(cases))
        )
    )
    return {case: ChangedCase(case, number, names.on(unit, today)) for case, number, unit in rows}


def _before_of(payload: Mapping[str, Any] | None, case: int) -> dict[str, Any]:
    """Return what of a case stood in a line before it; an erased line says nothing.

    Where a line changed several cases, all but the first are told apart by their ids.
    """
    said = (payload or {}).get("before") or {}
    marked = {
        name.removeprefix("cases.").removesuffix(f"@{case}"): value
        for name, value in said.items()
        if name.startswith("cases.") and name.endswith(f"@{case}")
    }
    if marked:
        return marked
    return {
        name.removeprefix("cases."): value
        for name, value in said.items()
        if name.startswith("cases.") and "@" not in name
    }


def _rows(reader: Reader) -> Select[Bulletin, str, int]:
    issuer = aliased(Staff)
    return (
        select(Bulletin, issuer.name, func.coalesce(Paper.revision, 1))
        .outerjoin(issuer, issuer.id == Bulletin.issued_by)
        .outerjoin(Paper, Paper.id == Bulletin.paper_id)
        .where(Bulletin.street_id == reader.person.street_id)
    )


def _row(one: Bulletin, issuer: str | None, revision: int) -> BulletinRow:
    return BulletinRow(
        id=one.id,
        kind=one.kind,
        first=one.first_day,
        last=one.last_day,
        number=one.number,
        made_at=one.issued_at or one.made_at,
        issued_by=issuer or "",
        is_picture=one.is_made_by_itself,
        replaced_by=one.replaced_by_id,
        paper=one.paper_id,
        public_paper=one.public_paper_id,
        revision=revision,
    )

"""Erasing what is personal in a file (抹除), column by column as `rules.personal_data` says.

A file is a case or a mediation. Numbers, times, results and hashes stay, so that figures, the
chain and the archive stay whole. Papers of the hall that name the file (交接班表, 归档目录) lose
their contents and keep their number; handovers lose the lines about it.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Table,
    Text,
    delete,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session

from desk.rules.personal_data import PERSONAL, Fate, Keeping
from desk.store.base import Base, JsonText
from desk.store.erasing_others import blank_handovers, hall_papers
from desk.store.frozen_rows import FrozenRow
from desk.store.models import (
    Attachment,
    BlobChunk,
    Booking,
    BookingSlot,
    Case,
    Clock,
    Event,
    EventCase,
    EventMediation,
    FollowUp,
    IdentityNumber,
    Mediation,
    MediationFile,
    Paper,
    PaperProof,
)
from desk.store.search_docs import search_texts
from desk.store.search_index import put_search_text

ERASED = "已按规定抹除"
# tables that name the case through another one
_THROUGH: dict[str, tuple[str, Any]] = {
    "follow_up_matters": ("follow_up_id", FollowUp),
    "clock_pauses": ("clock_id", Clock),
}
_BOTH = ("case_id", "other_case_id")  # what ties two cases belongs to either
_OF_PAPERS = frozenset({"deliveries", "paper_proofs"})
# the first goes, the second says so, the others are gone through by themselves
_BY_ROWS = frozenset(
    {"identity_numbers", "erasures", "handovers", "papers", "booking_slots", "case_search"}
)
_MAPS = frozenset(
    {"row", "judgement", "exclusions", "rights_signed", "recusal_answers", "signed_by"}
)


@dataclass(slots=True)
class Gone:
    """How much of what went.

    Attributes:
        lines: history lines of other things that named the file, e.g. of a handover.
    """

    counts: dict[str, int] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)


def erase_file(session: Session, file: Case | Mediation) -> Gone:
    """Blank all that is personal about a file and return what was done."""
    session.flush()
    papers = [*session.scalars(_papers_of(file)), *hall_papers(session, file)]
    gone = Counter({"blob_chunks": _drop_bytes(session, file, papers)})
    blanked = update(Paper).where(Paper.id.in_(papers)).values(row={}, scan_sha256=None)
    gone["papers"] = _rows(session, blanked)  # while those whom they name are still known
    gone["events"], lines = _blank_log(session, file)
    own = file.__tablename__
    for table, rules in PERSONAL.items():
        rows = Base.metadata.tables[table]
        names = [n for rule in rules if rule.fate is Fate.ERASE for n in rule.columns]
        if table == own:
            for name in names:
                setattr(file, name, _blank(rows.c[name]))
        elif names and (where := _of_file(rows, file, papers)) is not None:
            values = {n: _blank(rows.c[n]) for n in names if not rows.c[n].foreign_keys
                      or rows.c[n].nullable}  # fmt: skip
            gone[table] += _rows(session, update(rows).where(where).values(values))
    blanked = update(Paper).where(Paper.id.in_(papers)).values(row={}, scan_sha256=None)
    gone["papers"] = _rows(session, blanked)
    gone["identity_numbers"] = _rows(
        session, delete(IdentityNumber).where(_is_of(IdentityNumber, file))
    )
    gone["handovers"] = blank_handovers(session, file, ERASED)
    session.flush()
    session.expire_all()  # what was blanked row by row is read anew
    if isinstance(file, Case):
        put_search_text(session, file, *search_texts(session, file))
    else:
        gone["booking_slots"] = _drop_people(session, file)
    return Gone({table: count for table, count in gone.items() if count}, lines)


def _rows(session: Session, statement: Any) -> int:
    quiet = statement.execution_options(synchronize_session=False)
    return cast("CursorResult[Any]", session.execute(quiet)).rowcount


def _is_of(table: Any, file: Case | Mediation) -> ColumnElement[bool]:
    column = table.case_id if isinstance(file, Case) else table.mediation_id
    return cast("ColumnElement[bool]", column == file.id)


def _papers_of(file: Case | Mediation) -> Any:
    return select(Paper.id).where(_is_of(Paper, file))


def _of_file(rows: Table, file: Case | Mediation, papers: list[int]) -> ColumnElement[bool] | None:
    """Return which rows of a table belong to the file; None where none do."""
    if rows.name in _BY_ROWS:
        return None
    if rows.name in _OF_PAPERS:
        return rows.c.paper_id.in_(papers)
    if isinstance(file, Mediation):
        return rows.c.mediation_id == file.id if "mediation_id" in rows.c else None
    if rows.name in _THROUGH:
        column, parent = _THROUGH[rows.name]
        return rows.c[column].in_(select(parent.id).where(parent.case_id == file.id))
    if any(rule.keeping is Keeping.MEDIATION for rule in PERSONAL[rows.name]):
        return None  # a mediation that came from the case is a file of its own
    named = [rows.c[name] == file.id for name in _BOTH if name in rows.c]
    return or_(*named) if named else None


def _blank(column: Any) -> Any:
    """Return what stands in a column afterwards."""
    if column.nullable:
        return None
    if isinstance(column.type, JsonText | FrozenRow):
        return {} if column.name in _MAPS else []
    return ERASED


def _blank_log(session: Session, file: Case | Mediation) -> tuple[int, list[int]]:
    """Blank what the history lines say; their digests, results and links stay."""
    own: Any
    if isinstance(file, Case):
        own = select(EventCase.event_id).where(EventCase.case_id == file.id)
    else:
        own = select(EventMediation.event_id).where(EventMediation.mediation_id == file.id)
    told = type_coerce(Event.result, Text).contains(str(file.id))
    named = type_coerce(Event.payload, Text).contains(file.number, autoescape=True)
    there = (Event.street_id == file.street_id) & (Event.salt != "")
    others = list(
        session.scalars(select(Event.id).where(there, named, ~told, Event.id.not_in(own)))
    )
    lines = or_(Event.id.in_(own), told, Event.id.in_(others))
    blanked = update(Event).where(lines, there).values(payload={}, salt="")
    return _rows(session, blanked), others


def _drop_people(session: Session, file: Mediation) -> int:
    """Drop by which people its sittings held the time of parties."""
    bookings = select(Booking.id).where(Booking.mediation_id == file.id)
    of_people = BookingSlot.resource.startswith("person:")
    return _rows(
        session, delete(BookingSlot).where(BookingSlot.booking_id.in_(bookings), of_people)
    )


def _drop_bytes(session: Session, file: Case | Mediation, papers: list[int]) -> int:
    """Drop photos, scans and signed papers of the file that nothing else has too."""
    attached = MediationFile if isinstance(file, Mediation) else Attachment
    mine, its_papers = _is_of(attached, file), Paper.id.in_(papers)
    proved = PaperProof.paper_id.in_(papers)
    of_file = _hashes(session, {attached: mine}, its_papers, proved)
    # what another file had too is kept for it, but not for one that was erased before
    every = {one: one.name != ERASED for one in (Attachment, MediationFile)}
    others = _hashes(session, every | {attached: ~mine & every[attached]}, ~its_papers, ~proved)
    others |= set(session.scalars(select(Paper.layout_sha256)))
    alone = sorted(of_file - others)
    return _rows(session, delete(BlobChunk).where(BlobChunk.sha256.in_(alone)))


def _hashes(session: Session, attached: Any, on_paper: Any, proved: Any) -> set[str]:
    found = {
        *session.scalars(select(Paper.scan_sha256).where(on_paper)),
        *session.scalars(select(PaperProof.blob_sha256).where(proved)),
    }
    for table, where in attached.items():
        found.update(session.scalars(select(table.sha256).where(where)))
    return {one for one in found if one}

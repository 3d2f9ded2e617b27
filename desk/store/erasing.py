"""Erasing what is personal in a file (抹除), column by column as `rules.personal_data` says.

Numbers, times, results and hashes stay, so that figures, the chain and the archive stay whole.
"""

from collections import Counter
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

from desk.rules.personal_data import PERSONAL, Fate
from desk.store.base import Base, JsonText
from desk.store.frozen_rows import FrozenRow
from desk.store.models import (
    Attachment,
    BlobChunk,
    Case,
    Clock,
    Event,
    EventCase,
    FollowUp,
    IdentityNumber,
    MediationFile,
    Paper,
    PaperProof,
)

ERASED = "已按规定抹除"
# tables that name the case through another one
_THROUGH: dict[str, tuple[str, Any]] = {
    "follow_up_matters": ("follow_up_id", FollowUp),
    "clock_pauses": ("clock_id", Clock),
    "deliveries": ("paper_id", Paper),
    "paper_proofs": ("paper_id", Paper),
}
_BY_ROWS = frozenset({"identity_numbers", "erasures"})  # the first goes, the second says so
_LOOKS = ("private.looked", "private.revealed", "attachment.taken_out")


def erase_file(session: Session, case: Case) -> dict[str, int]:
    """Blank all that is personal about a case and return how many rows of each table changed."""
    session.flush()
    gone = Counter({"blob_chunks": _drop_bytes(session, case.id)})
    for table, rules in PERSONAL.items():
        rows = Base.metadata.tables[table]
        names = [n for rule in rules if rule.fate is Fate.ERASE for n in rule.columns]
        if table == "cases":
            for name in names:
                setattr(case, name, _blank(rows.c[name]))
        elif (where := _of_case(rows, case.id)) is not None and names:
            values = {n: _blank(rows.c[n]) for n in names if not rows.c[n].foreign_keys
                      or rows.c[n].nullable}  # fmt: skip
            gone[table] += _rows(session, update(rows).where(where).values(values))
    numbers = delete(IdentityNumber).where(IdentityNumber.case_id == case.id)
    gone["identity_numbers"] = _rows(session, numbers)
    gone["events"] = _blank_log(session, case.id)
    return {table: count for table, count in gone.items() if count}


def _rows(session: Session, statement: Any) -> int:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def _of_case(rows: Table, case_id: int) -> ColumnElement[bool] | None:
    if rows.name in _BY_ROWS:
        return None
    if rows.name in _THROUGH:
        column, parent = _THROUGH[rows.name]
        return rows.c[column].in_(select(parent.id).where(parent.case_id == case_id))
    return rows.c.case_id == case_id if "case_id" in rows.c else None


def _blank(column: Any) -> Any:
    """Return what stands in a column afterwards."""
    if column.nullable:
        return None
    if isinstance(column.type, JsonText | FrozenRow):
        return {} if column.name in {"row", "judgement"} else []
    return ERASED


def _blank_log(session: Session, case_id: int) -> int:
    """Blank what the history lines say; their digests, results and links stay."""
    linked = select(EventCase.event_id).where(EventCase.case_id == case_id)
    looked = Event.kind.in_(_LOOKS) & type_coerce(Event.result, Text).contains(str(case_id))
    lines = or_(Event.id.in_(linked), looked)
    blanked = update(Event).where(lines, Event.salt != "").values(payload={}, salt="")
    return _rows(session, blanked.execution_options(synchronize_session=False))


def _drop_bytes(session: Session, case_id: int) -> int:
    """Drop photos, scans and signed papers of the case that nothing else has too."""
    papers = select(Paper.id).where(Paper.case_id == case_id)
    of_case = _hashes(
        session,
        Attachment.case_id == case_id,
        Paper.case_id == case_id,
        PaperProof.paper_id.in_(papers),
    )
    others = _hashes(
        session,
        Attachment.case_id != case_id,
        Paper.case_id.is_distinct_from(case_id),
        PaperProof.paper_id.not_in(papers),
    )
    others |= set(session.scalars(select(MediationFile.sha256)))
    others |= set(session.scalars(select(Paper.layout_sha256)))
    alone = sorted(of_case - others)
    return _rows(session, delete(BlobChunk).where(BlobChunk.sha256.in_(alone)))


def _hashes(session: Session, attached: Any, on_paper: Any, proved: Any) -> set[str]:
    found = {
        *session.scalars(select(Attachment.sha256).where(attached)),
        *session.scalars(select(Paper.scan_sha256).where(on_paper)),
        *session.scalars(select(PaperProof.blob_sha256).where(proved)),
    }
    return {one for one in found if one}

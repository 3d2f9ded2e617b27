"""What may be taken out of the ledgers (导出台账): how much, and who asked or must approve."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from desk.rules.deeds import Deed
from desk.rules.moments import end_of, start_of
from desk.rules.rights import may_in_hall
from desk.store.database import Reader
from desk.store.models import Case, ExportRequest, Staff
from desk.store.patience import takes_long
from desk.store.sight import seen_by
from desk.store.taken_out import rows_alone

_MOST = 50


@dataclass(frozen=True, slots=True)
class AskedExport:
    """One request to take out many rows, and what became of it.

    Attributes:
        narrowed_to: the filter of a board, in words.
    """

    id: int
    kind: str
    first_day: date
    last_day: date
    reason: str
    rows: int
    is_full: bool
    narrowed_to: str
    who: str
    asked_at: datetime
    is_mine: bool
    is_granted: bool | None
    decided_by: str
    note: str
    expires_at: datetime
    used_at: datetime | None

    def state(self, now: datetime) -> str:
        """Return in words where it stands."""
        if self.is_granted is None:
            return "等另一位批准"
        if not self.is_granted:
            return "未批准"
        if self.used_at is not None:
            return "已导出"
        return "已批准，可以导出一次" if self.expires_at >= now else "已过期"

    @property
    def waits(self) -> bool:
        """Whether it waits for somebody's word."""
        return self.is_granted is None


@dataclass(frozen=True, slots=True)
class ExportSize:
    """How many cases a period has, and how many one may still take out alone today."""

    rows: int
    alone: int


@takes_long
def export_size(reader: Reader, first: date, last: date) -> ExportSize:
    """Return how many cases of a period would go out."""
    found = reader.session.scalar(
        select(func.count(Case.id)).where(
            seen_by(reader.person),
            Case.received_at >= start_of(first),
            Case.received_at < end_of(last),
        )
    )
    return ExportSize(found or 0, export_alone(reader))


def export_alone(reader: Reader) -> int:
    """Return how many rows one may still take out today without a second person's approval."""
    return rows_alone(reader.session, reader.person, reader.now)


def asked_exports(reader: Reader) -> tuple[AskedExport, ...]:
    """Return the newest requests, for those who may export; others learn of none."""
    if not may_in_hall(Deed.EXPORT, reader.person):
        return ()
    asker, decider = aliased(Staff), aliased(Staff)
    rows = reader.session.execute(
        select(ExportRequest, asker.name, decider.name)
        .join(asker, asker.id == ExportRequest.asked_by)
        .outerjoin(decider, decider.id == ExportRequest.decided_by)
        .where(ExportRequest.street_id == reader.person.street_id)
        .order_by(ExportRequest.asked_at.desc(), ExportRequest.id.desc())
        .limit(_MOST)
    )
    me = reader.person.staff_id
    return tuple(
        AskedExport(
            id=row.id,
            kind=row.kind,
            first_day=row.first_day,
            last_day=row.last_day,
            reason=row.reason,
            rows=row.rows,
            is_full=row.is_full,
            narrowed_to=row.narrowed_to or "",
            who=who,
            asked_at=row.asked_at,
            is_mine=row.asked_by == me,
            is_granted=row.is_granted,
            decided_by=by or "",
            note=row.note or "",
            expires_at=row.expires_at,
            used_at=row.used_at,
        )
        for row, who, by in rows
    )


def own_login(reader: Reader) -> str:
    """Return the reader's number (工号), as a watermark names him."""
    found = reader.session.scalar(select(Staff.login).where(Staff.id == reader.person.staff_id))
    return found or ""

"""What `check` looks at (体检): constraints, numbers, the history chain, clocks, papers."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, text

from desk.rules.bookings import LIVE_BOOKINGS, is_within
from desk.rules.mediation_papers import DOSSIER
from desk.rules.moments import day_of
from desk.store.blobs import read_blob
from desk.store.booking_facts import people_of
from desk.store.booking_troubles import is_ahead
from desk.store.database import Reader
from desk.store.frozen_rows import is_unreadable
from desk.store.models import (
    Booking,
    BookingSlot,
    Paper,
    PaperProof,
)
from desk.store.open_spans import calendar_spans, known_days, written_spans
from desk.store.patience import takes_long
from desk.store.search_health import unsearchable


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    part: str
    sentence: str


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A paper with the hash it had when it was first rendered."""

    id: int
    code: str
    number: str
    row: dict[str, object]
    layout: str
    sha256: str
    font_set: str


def constraint_findings(reader: Reader) -> list[Finding]:
    """Return broken pages and references of a SQLite file; PostgreSQL keeps its own."""
    if reader.session.get_bind().dialect.name != "sqlite":
        return []
    answer = reader.session.scalars(text("PRAGMA integrity_check")).all()
    found = [Finding("约束", f"数据库文件损坏：{line}") for line in answer if line != "ok"]
    broken = reader.session.execute(text("PRAGMA foreign_key_check")).all()
    return found + [Finding("约束", f"{row[0]} 表有一行指向不存在的记录。") for row in broken]


@takes_long
def search_findings(reader: Reader) -> list[Finding]:
    """Return how many cases cannot be found yet, after an upgrade or a restore."""
    missing = unsearchable(reader.session, reader.person)
    if not missing:
        return []
    said = f"还有 {missing} 件查不到，请在放数据库的机器上运行 rebuild-search，窗口可以照常用。"
    return [Finding("检索", said)]


def booking_findings(reader: Reader) -> list[Finding]:
    """Return bookings and held time that do not fit each other, the people or opening hours."""
    session = reader.session
    stands = Booking.status.in_(sorted(LIVE_BOOKINGS))
    holds = select(BookingSlot.slot).where(BookingSlot.booking_id == Booking.id).exists()
    empty = session.scalar(select(func.count(Booking.id)).where(stands, ~holds))
    stale = session.scalar(select(func.count(Booking.id)).where(~stands, holds))
    found = []
    if empty:
        found.append(Finding("约束", f"{empty} 个调解室预约没有占住时间。"))
    if stale:
        found.append(Finding("约束", f"{stale} 个已结束的调解室预约还占着时间。"))
    return found + list(_people_findings(reader)) + list(_hours_findings(reader))


def _people_findings(reader: Reader) -> Iterator[Finding]:
    """Yield that bookings ahead hold the time of others than those who belong to them."""
    ahead = select(Booking).where(is_ahead(reader.now), Booking.mediation_id.is_not(None))
    wrong = 0
    for booking in reader.session.scalars(ahead).all():
        held = select(BookingSlot.resource).where(
            BookingSlot.booking_id == booking.id, BookingSlot.resource.startswith("person:")
        )
        people = people_of(reader.session, booking.mediation_id).resources
        wrong += set(reader.session.scalars(held.distinct())) != people
    if wrong:
        yield Finding("约束", f"{wrong} 个调解室预约占的不是当事人现在的时间。")


def _hours_findings(reader: Reader) -> Iterator[Finding]:
    """Yield bookings outside opening hours, and open hours that differ from the calendar."""
    session, street = reader.session, reader.person.street_id
    plain = session.scalars(
        select(Booking).where(
            is_ahead(reader.now), Booking.street_id == street, Booking.overtime_by.is_(None)
        )
    ).all()
    days = {*known_days(session, street, day_of(reader.now)), *(_day_of(one) for one in plain)}
    spans = {day: calendar_spans(session, street, day) for day in days}
    written = written_spans(session, street, days)
    differ = sum(spans[day] != written[day] for day in days)
    outside = sum(not is_within(spans[_day_of(one)], one.starts_at, one.ends_at) for one in plain)
    if outside:
        yield Finding("约束", f"{outside} 个调解室预约在开放时间之外，也没有批准加班，须改期。")
    if differ:
        yield Finding("约束", f"{differ} 天的开放时间与日历不一致，请重新保存一次办公时间。")


def _day_of(booking: Booking) -> date:
    return day_of(booking.starts_at)


def kept_findings(reader: Reader) -> list[Finding]:
    """Return papers whose kept bytes are not what was rendered: signed ones, bound dossiers."""
    rows = reader.session.execute(
        select(Paper.number, PaperProof.sha256, PaperProof.blob_sha256)
        .join(PaperProof, PaperProof.paper_id == Paper.id)
        .where(PaperProof.blob_sha256.is_not(None))
        .order_by(Paper.id)
    )
    return [
        Finding("文书", f"{number} 留存的文件与第一次出具时不一致。")
        for number, sha256, kept in rows
        if kept and hashlib.sha256(read_blob(reader.session, kept)).hexdigest() != sha256
    ]


def stored_papers(reader: Reader) -> list[StoredPaper]:
    """Return every paper that was rendered, to be rendered again and compared.

    A bound dossier is not: its parts are, and its bytes are kept.
    """
    rows = reader.session.execute(
        select(
            Paper.id,
            Paper.code,
            Paper.number,
            Paper.row,
            Paper.layout_sha256,
            PaperProof.sha256,
            PaperProof.font_set,
        )
        .join(PaperProof, PaperProof.paper_id == Paper.id)
        .where(Paper.code != DOSSIER)
        .order_by(Paper.id)
    )
    layouts: dict[str, str] = {}
    found = []
    for row in rows:
        kept = row.layout_sha256
        if not row.row or is_unreadable(row.row):  # erased, or no key to render it as it was
            continue
        if kept not in layouts:
            layouts[kept] = read_blob(reader.session, kept).decode()
        found.append(
            StoredPaper(
                row.id, row.code, row.number, row.row, layouts[kept], row.sha256, row.font_set
            )
        )
    return found

"""Papers on their last mile (文书最后一步): what waits for a number, a seal, its way, its scan."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from desk.queries.case_file import CaseFile, case_file
from desk.queries.case_look import case_by_number
from desk.queries.desk_today import DayRow, waiting_day
from desk.queries.lookups import units
from desk.rules.codes import CaseStatus, DeliveryWay, OpinionStatus, PaperState
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of
from desk.rules.notices import NUMBERED
from desk.rules.papers import HANDED_OVER, PAPER_TITLES, SERVED
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Case, Delivery, Opinion, Paper, SealUse, Staff
from desk.store.sight import seen_by, standing_at

_MOST = 300
OPINION = "opinion-notice"
_STILL_TOLD = frozenset({CaseStatus.GUIDED, CaseStatus.MERGED, CaseStatus.CLOSED})
_TOLD_FOR = timedelta(days=90)


class Station(StrEnum):
    """Where a paper waits."""

    NUMBER = "number"  # 等文号
    SEAL = "seal"  # 待盖章
    DELIVER = "deliver"  # 待送达
    SCAN = "scan"  # 已送达未扫回


@dataclass(frozen=True, slots=True)
class WaitingPaper:
    """One paper that waits; no contact data.

    Attributes:
        paper_id: None while its opinion waits for a number.
        since: since when it waits here.
        signed_by: who signed the opinion; he is the one who allowed the seal.
        way: how it was delivered, once it was.
        is_back: its signed copy is here although nobody has said yet how it was delivered.
    """

    case_id: int
    case_number: str
    seq: int
    version: int
    summary: str
    unit: str
    paper_id: int | None
    title: str
    number: str
    since: datetime
    code: str = OPINION
    signed_by: str = ""
    way: DeliveryWay | None = None
    is_back: bool = False

    @property
    def key(self) -> int:
        """By what the line is known: its paper, or its case while there is no paper."""
        return self.paper_id or self.case_id

    @property
    def is_notice(self) -> bool:
        """Whether it goes its own way, whatever becomes of its case (告知书)."""
        return self.code in NUMBERED


@dataclass(frozen=True, slots=True)
class LastMile:
    """All stations, the longest waiting on top, and which seals the hall has."""

    waiting: Mapping[Station, tuple[WaitingPaper, ...]]
    seals: tuple[str, ...]

    def at(self, station: Station) -> tuple[WaitingPaper, ...]:
        """Return what waits at a station."""
        return self.waiting[station]


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """What waits for seal and delivery: cases with their opinions, and notices of other cases."""

    sealing: tuple[DayRow, ...]
    delivering: tuple[DayRow, ...]
    to_seal: tuple[WaitingPaper, ...]
    to_deliver: tuple[WaitingPaper, ...]


@dataclass(frozen=True, slots=True)
class NoticeSeals:
    """Which seals the hall has, and who is likely to have allowed the next one on a notice."""

    seals: tuple[str, ...]
    approved_by: str


def last_mile(reader: Reader) -> LastMile:
    """Return what waits at every station for this reader."""
    names = {unit.id: unit.short_name for unit in units(reader)}
    signed_at = func.coalesce(Opinion.signed_at, Paper.issued_at)
    sealing = _served(reader, Case.status == CaseStatus.SEALING, signed_at)
    sealed_at = func.coalesce(Paper.sealed_at, Paper.issued_at)
    delivering = _served(reader, Case.status == CaseStatus.DELIVERING, sealed_at)
    return LastMile(
        {
            Station.NUMBER: _without_number(reader, names),
            Station.SEAL: _both(
                _rows(reader, sealing, names), _notices(reader, PaperState.TO_SEAL, names)
            ),
            Station.DELIVER: _both(
                _rows(reader, delivering, names), _notices(reader, PaperState.TO_DELIVER, names)
            ),
            Station.SCAN: _not_scanned(reader, names),
        },
        hall_seals(reader),
    )


def office_day(reader: Reader) -> OfficeDay:
    """Return what the office has to seal and to see delivered, each case once."""
    sealing, delivering = (
        waiting_day(reader, {status}) for status in (CaseStatus.SEALING, CaseStatus.DELIVERING)
    )
    names = {unit.id: unit.short_name for unit in units(reader)}
    known = {row.case_id for row in (*sealing, *delivering)}
    to_seal, to_deliver = (
        tuple(row for row in _notices(reader, state, names) if row.case_id not in known)
        for state in (PaperState.TO_SEAL, PaperState.TO_DELIVER)
    )
    return OfficeDay(sealing, delivering, to_seal, to_deliver)


def file_by_number(reader: Reader, written: str) -> CaseFile | None:
    """Return the case that a number or a running number means, if the reader may see it."""
    case = case_by_number(reader, written)
    return case_file(reader, case) if case is not None else None


def hall_seals(reader: Reader) -> tuple[str, ...]:
    """Return the names of the hall's seals, the usual one first."""
    street = reader.person.street_id
    return tuple(setting(reader.session, street, "seals", day_of(reader.now)))


def notice_seals(reader: Reader) -> NoticeSeals:
    """Return the hall's seals, the one on the latest notice first, and who allowed that one."""
    latest = reader.session.execute(
        select(SealUse.seal, SealUse.approved_by)
        .join(Paper, Paper.id == SealUse.paper_id)
        .join(Case, Case.id == SealUse.case_id)
        .where(
            seen_by(reader.person),
            SealUse.street_id == reader.person.street_id,
            SealUse.used_at >= reader.now - _TOLD_FOR,
            Paper.code.in_(sorted(NUMBERED)),
        )
        .order_by(SealUse.used_at.desc(), SealUse.id.desc())
        .limit(1)
    ).first()
    seals = hall_seals(reader)
    if latest is None:
        return NoticeSeals(seals, "")
    return NoticeSeals(
        tuple(sorted(seals, key=lambda seal: seal != latest.seal)), latest.approved_by or ""
    )


def _newest_opinion() -> Any:
    """Return which opinion of a case is the newest of its round."""
    return (
        select(func.max(Opinion.id))
        .where(Opinion.case_id == Case.id, Opinion.round_no == Case.round_no)
        .correlate(Case)
        .scalar_subquery()
    )


def _letter_of_round() -> ColumnElement[bool]:
    return and_(
        Paper.case_id == Case.id,
        Paper.round_no == Case.round_no,
        Paper.code.in_(SERVED),
        Paper.state != PaperState.VOID,
    )


def _both(
    opinions: tuple[WaitingPaper, ...], notices: tuple[WaitingPaper, ...]
) -> tuple[WaitingPaper, ...]:
    """Return both kinds in one queue, the longest waiting on top."""
    return tuple(sorted((*opinions, *notices), key=lambda row: (row.since, row.key)))


def notice_waits(reader: Reader, states: Collection[PaperState]) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a notice of the case is in one of these states.

    There are two, to be asked one after the other: open cases stand in a small index of their
    own. Of others only those of the last months are looked at; what is older waits in vain.
    """
    notice = and_(
        Paper.case_id == Case.id, Paper.code.in_(sorted(NUMBERED)), Paper.state.in_(sorted(states))
    )
    recently = and_(
        Case.status.in_(sorted(_STILL_TOLD)), Case.received_at >= reader.now - _TOLD_FOR
    )
    return tuple(
        and_(seen_by(reader.person), notice, which) for which in (standing_at(OPEN), recently)
    )


def _notices(
    reader: Reader, state: PaperState, names: Mapping[int, str]
) -> tuple[WaitingPaper, ...]:
    since = func.coalesce(Paper.sealed_at, Paper.issued_at)
    found = [
        row
        for condition in notice_waits(reader, {state})
        for row in reader.session.execute(
            select(
                *_case_columns(),
                Paper.id.label("paper_id"),
                Paper.code,
                Paper.number,
                since.label("since"),
                Paper.scan_sha256,
            )
            .join(Paper, Paper.case_id == Case.id)
            .where(condition)
            .order_by(since, Paper.id)
            .limit(_MOST)
        )
    ]
    return tuple(
        WaitingPaper(
            **_paper_values(row, names), since=row.since, is_back=row.scan_sha256 is not None
        )
        for row in found
    )


def _case_columns() -> tuple[Any, ...]:
    return (
        Case.id,
        Case.number.label("case_number"),
        Case.seq,
        Case.version,
        Case.summary,
        Case.lead_unit_id,
        Case.first_unit_id,
    )


def _without_number(reader: Reader, names: Mapping[int, str]) -> tuple[WaitingPaper, ...]:
    letter = select(Paper.id).where(_letter_of_round()).correlate(Case).exists()
    found = reader.session.execute(
        select(*_case_columns(), Opinion.title, Opinion.signed_at, Staff.name)
        .join(Opinion, Opinion.id == _newest_opinion())
        .join(Staff, Staff.id == Opinion.signed_by, isouter=True)
        .where(
            seen_by(reader.person),
            Case.status == CaseStatus.SEALING,
            Opinion.status == OpinionStatus.SIGNED,
            ~letter,
        )
        .order_by(Opinion.signed_at, Case.id)
        .limit(_MOST)
    )
    return tuple(
        WaitingPaper(
            **_case_values(row, names),
            paper_id=None,
            title=row.title,
            number="",
            since=row.signed_at,
            signed_by=row.name or "",
        )
        for row in found
    )


def _served(reader: Reader, condition: ColumnElement[bool], since: Any) -> Select[Any]:
    return (
        select(
            *_case_columns(),
            Paper.id.label("paper_id"),
            Paper.code,
            Paper.number,
            since.label("since"),
            Staff.name,
        )
        .join(Paper, _letter_of_round())
        .join(Opinion, Opinion.id == _newest_opinion(), isouter=True)
        .join(Staff, Staff.id == Opinion.signed_by, isouter=True)
        .where(seen_by(reader.person), condition)
        .order_by(since, Paper.id)
        .limit(_MOST)
    )


def _rows(reader: Reader, query: Select[Any], names: Mapping[int, str]) -> tuple[WaitingPaper, ...]:
    return tuple(
        WaitingPaper(
            **_case_values(row, names),
            paper_id=row.paper_id,
            title=PAPER_TITLES[row.code],
            number=row.number,
            since=row.since,
            signed_by=row.name or "",
        )
        for row in reader.session.execute(query)
    )


def _not_scanned(reader: Reader, names: Mapping[int, str]) -> tuple[WaitingPaper, ...]:
    found = reader.session.execute(
        select(
            *_case_columns(),
            Paper.id.label("paper_id"),
            Paper.code,
            Paper.number,
            Delivery.delivered_at,
            Delivery.way,
        )
        .join(Paper, Paper.case_id == Case.id)
        .join(Delivery, Delivery.paper_id == Paper.id)
        .where(
            seen_by(reader.person),
            Paper.code.in_(HANDED_OVER),
            Paper.state == PaperState.DELIVERED,
            Case.status != CaseStatus.ARCHIVED,
        )
        .order_by(Delivery.delivered_at, Paper.id)
        .limit(_MOST)
    )
    return tuple(
        WaitingPaper(**_paper_values(row, names), since=row.delivered_at, way=row.way)
        for row in found
    )


def _paper_values(row: Any, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        **_case_values(row, names),
        "paper_id": row.paper_id,
        "code": row.code,
        "title": PAPER_TITLES[row.code],
        "number": row.number,
    }


def _case_values(row: Any, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "case_id": row.id,
        "case_number": row.case_number,
        "seq": row.seq,
        "version": row.version,
        "summary": row.summary,
        "unit": names.get(row.lead_unit_id or row.first_unit_id, ""),
    }

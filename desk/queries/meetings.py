"""Meetings with their minutes (会商、议事会), newest first; they go with what they were about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select

from desk.queries.case_rows import has_rows
from desk.rules.deeds import Deed
from desk.rules.leader_case_codes import MeetingKind
from desk.rules.meetings import Decision
from desk.rules.rights import may, may_in_hall
from desk.store.database import Reader
from desk.store.meeting_sight import meeting_seen_by
from desk.store.models import Case, Meeting
from desk.store.transaction import stand_of


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting as it was written down.

    Attributes:
        changed_at: when the minutes were last written; a correction names it.
        may_correct: whether the reader may correct them.
    """

    id: int
    kind: MeetingKind
    title: str
    held_at: datetime
    place: str
    chair: str
    recorder: str
    attendees: str
    minutes: str
    decisions: tuple[Decision, ...]
    changed_at: datetime
    paper_id: int | None
    may_correct: bool


def meetings(
    reader: Reader,
    *,
    case: int | None = None,
    topic: int | None = None,
    whistle: int | None = None,
) -> tuple[MeetingView, ...]:
    """Return the meetings about one case, topic or whistle that the reader may read of."""
    which = and_(
        Meeting.case_id.is_not_distinct_from(case),
        Meeting.topic_id.is_not_distinct_from(topic),
        Meeting.whistle_id.is_not_distinct_from(whistle),
        meeting_seen_by(reader.person),
    )
    found = reader.session.scalars(
        select(Meeting).where(which).order_by(Meeting.held_at.desc(), Meeting.id.desc())
    ).all()
    return _views(found, may_correct=_may_correct(reader, case))


def meetings_of(reader: Reader, case: Case, *, may_correct: bool) -> tuple[MeetingView, ...]:
    """Return the meetings about a case that the asking query has made sure of."""
    if not has_rows(reader, Meeting, case.id):
        return ()
    about: ColumnElement[bool] = Meeting.case_id == case.id
    found = reader.session.scalars(
        select(Meeting).where(about).order_by(Meeting.held_at.desc(), Meeting.id.desc())
    ).all()
    return _views(found, may_correct=may_correct)


def _may_correct(reader: Reader, case_id: int | None) -> bool:
    if case_id is None:
        return may_in_hall(Deed.RECORD_MEETING, reader.person)
    case = reader.session.get(Case, case_id)
    return case is not None and may(
        Deed.HOLD_MEETING, stand_of(reader.session, case), reader.person
    )


def _views(rows: Sequence[Meeting], *, may_correct: bool) -> tuple[MeetingView, ...]:
    return tuple(
        MeetingView(
            id=row.id,
            kind=row.kind,
            title=row.title,
            held_at=row.held_at,
            place=row.place,
            chair=row.chair,
            recorder=row.recorder,
            attendees=row.attendees,
            minutes=row.minutes,
            decisions=tuple(Decision.from_plain(one) for one in row.decisions or ()),
            changed_at=row.changed_at,
            paper_id=row.paper_id,
            may_correct=may_correct,
        )
        for row in rows
    )

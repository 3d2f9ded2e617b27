"""The row of the minutes of a meeting (会商、议事纪要), of a case or of the hall."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.meetings import Decision
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.store.models import Case, Meeting, Topic, Whistle
from desk.store.paper_source import Row, Source


def meeting_minutes(source: Source) -> Row:
    """Return the row of a meeting about a case; without one, of the newest of the case."""
    row: Meeting = source.about or source.all(Meeting)[-1]
    return minutes_row(source.tx.session, row, source.case)


def minutes_row(session: Session, row: Meeting, case: Case | None) -> Row:
    """Return the row of any meeting; what it was about is named as its page names it."""
    decided = [Decision.from_plain(one) for one in row.decisions or ()]
    return {
        "kind": label(row.kind),
        "title": row.title,
        "about": _about(session, row, case),
        "held_at": f"{in_shanghai(row.held_at):%Y-%m-%dT%H:%M}",
        "place": row.place,
        "chair": row.chair,
        "attendees": row.attendees,
        "minutes": row.minutes,
        "decisions": [
            {
                "text": one.text,
                "who": one.who or None,
                "until": f"{one.until:%Y-%m-%d}" if one.until else None,
            }
            for one in decided
        ],
        "recorder": row.recorder,
    }


def _about(session: Session, row: Meeting, case: Case | None) -> str | None:
    if case is not None:
        return f"诉求 {case.number}　{case.summary}"
    if row.topic_id is not None:
        return f"专题 {session.scalar(select(Topic.name).where(Topic.id == row.topic_id))}"
    if row.whistle_id is not None:
        number = session.scalar(select(Whistle.number).where(Whistle.id == row.whistle_id))
        return f"哨单 {number}"
    return None

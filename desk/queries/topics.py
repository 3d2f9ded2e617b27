"""Topics with their cases, places and weeks (专题); all see and count only their own cases."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from desk.queries.case_rows import has_rows
from desk.queries.lookups import units
from desk.rules.codes import CaseStatus
from desk.rules.deeds import Deed
from desk.rules.moments import day_of
from desk.rules.pinyin import initials, syllables
from desk.rules.proactive_codes import PlanState
from desk.rules.rights import may_in_hall
from desk.rules.search_text import canonical, search_terms
from desk.rules.topics import TopicState
from desk.store.database import Reader
from desk.store.models import Case, Category, Place, Staff, Topic, TopicCase, TopicPlan
from desk.store.topic_sight import case_shown_in_topics, topic_seen_by

WEEKS_SHOWN = 12
_MOST, _MOST_HITS = 500, 5


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic as a line.

    Attributes:
        cases: how many of its cases the reader sees, without those that ask for the contrary.
    """

    id: int
    name: str
    state: TopicState
    lead: str
    cases: int
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A case of a topic, or of a proposal."""

    case: int
    seq: int
    number: str
    summary: str
    received_at: datetime
    status: CaseStatus
    place: str
    category: str
    unit: str
    is_opposite: bool = False
    removed: str = ""  # when, by whom and why it was taken out


@dataclass(frozen=True, slots=True)
class TopicFile:
    """All of one topic, as far as the reader sees its cases.

    Attributes:
        weeks: Mondays with the cases of their week, oldest first.
        places: places with their counts, most first.
        may_keep: whether the reader may change it.
    """

    id: int
    version: int
    name: str
    state: TopicState
    note: str
    lead_id: int | None
    lead: str
    opened_by: str
    opened_at: datetime
    closed_by: str
    closed_at: datetime | None
    closing_note: str
    cases: tuple[TopicLine, ...]
    removed: tuple[TopicLine, ...]
    weeks: tuple[tuple[date, int], ...]
    places: tuple[tuple[str, int], ...]
    may_keep: bool


@dataclass(frozen=True, slots=True)
class TopicOfCase:
    """A topic that a case is in."""

    id: int
    name: str
    state: TopicState
    is_opposite: bool
    plan: PlanState | None = None  # how far its plan has come, if it has one


@dataclass(frozen=True, slots=True)
class TopicHit:
    """A topic whose name was searched for.

    Attributes:
        words: what to mark, as it was searched.
    """

    id: int
    name: str
    state: TopicState
    opened_at: datetime
    words: tuple[str, ...]


def topics_named(reader: Reader, text: str) -> tuple[TopicHit, ...]:
    """Return the topics whose name has all words of `text`, or their pinyin; open ones first."""
    words = tuple(term.word for term in search_terms(text))
    if not words:
        return ()
    names = reader.session.execute(
        select(Topic.id, Topic.name).where(Topic.street_id == reader.person.street_id)
    )
    fitting = [topic for topic, name in names if _is_called(name, words)]
    rows = reader.session.execute(
        select(Topic.id, Topic.name, Topic.state, Topic.opened_at)
        .where(Topic.id.in_(fitting), topic_seen_by(reader.person))
        .order_by(Topic.state == TopicState.CLOSED, Topic.opened_at.desc(), Topic.id.desc())
        .limit(_MOST_HITS)
    )
    return tuple(TopicHit(*row, words) for row in rows)


def _is_called(name: str, words: tuple[str, ...]) -> bool:
    called = canonical((name, initials(name), syllables(name)))
    return all(word in called for word in words)


def topics(reader: Reader) -> tuple[TopicRow, ...]:
    """Return the topics the reader may know of: open ones first, the newest on top."""
    short = {unit.id: unit.short_name for unit in units(reader)}
    count = (
        select(func.count(TopicCase.id))
        .join(Case, Case.id == TopicCase.case_id)
        .where(
            TopicCase.topic_id == Topic.id,
            TopicCase.removed_at.is_(None),
            TopicCase.is_opposite.is_(False),
            case_shown_in_topics(reader.person),
        )
        .scalar_subquery()
    )
    rows = reader.session.execute(
        select(
            Topic.id,
            Topic.name,
            Topic.state,
            Topic.lead_unit_id,
            count,
            Topic.opened_at,
            Topic.closed_at,
        )
        .where(topic_seen_by(reader.person))
        .order_by(Topic.state == TopicState.CLOSED, Topic.opened_at.desc(), Topic.id.desc())
        .limit(_MOST)
    )
    return tuple(
        TopicRow(topic, name, state, short.get(lead or 0, ""), cases, opened, closed)
        for topic, name, state, lead, cases, opened, closed in rows
    )


def topic_file(reader: Reader, topic_id: int) -> TopicFile | None:
    """Return one topic, or None where the reader may not know of it."""
    topic = reader.session.scalar(
        select(Topic).where(Topic.id == topic_id, topic_seen_by(reader.person))
    )
    if topic is None:
        return None
    people = {row.id: row.name for row in reader.session.execute(select(Staff.id, Staff.name))}
    lines = _lines_of_topic(reader, topic.id, people)
    there = tuple(line for line in lines if not line.removed)
    again = {line.case for line in there}
    counted = [line for line in there if not line.is_opposite]
    places = Counter(line.place for line in counted if line.place)
    return TopicFile(
        id=topic.id,
        version=topic.version,
        name=topic.name,
        state=topic.state,
        note=topic.note or "",
        lead_id=topic.lead_unit_id,
        lead=next((u.short_name for u in units(reader) if u.id == topic.lead_unit_id), ""),
        opened_by=people.get(topic.opened_by, ""),
        opened_at=topic.opened_at,
        closed_by=people.get(topic.closed_by or 0, ""),
        closed_at=topic.closed_at,
        closing_note=topic.closing_note or "",
        cases=there,
        removed=tuple(line for line in lines if line.removed and line.case not in again),
        weeks=_weeks([line.received_at for line in counted], day_of(reader.now)),
        places=tuple(places.most_common()),
        may_keep=may_in_hall(Deed.KEEP_TOPICS, reader.person),
    )


def topic_lines(reader: Reader, cases: Collection[int]) -> tuple[TopicLine, ...]:
    """Return cases as lines, newest first; those that the reader may not see are left out."""
    rows = _cases(reader, Case.id.in_(sorted(cases)[-_MOST:]))
    return tuple(rows[case] for case in sorted(rows, key=lambda c: rows[c].received_at)[::-1])


def topics_of_case(reader: Reader, case_id: int) -> tuple[TopicOfCase, ...]:
    """Return the topics that a case the reader sees is in, the newest first."""
    if not has_rows(reader, TopicCase, case_id):
        return ()
    rows = reader.session.execute(
        select(Topic.id, Topic.name, Topic.state, TopicCase.is_opposite, TopicPlan.state)
        .join(TopicCase, TopicCase.topic_id == Topic.id)
        .outerjoin(TopicPlan, TopicPlan.topic_id == Topic.id)
        .join(Case, Case.id == TopicCase.case_id)
        .where(
            TopicCase.case_id == case_id,
            TopicCase.removed_at.is_(None),
            case_shown_in_topics(reader.person),
        )
        .order_by(TopicCase.added_at.desc(), Topic.id)
    )
    return tuple(TopicOfCase(*row) for row in rows)


def _lines_of_topic(reader: Reader, topic_id: int, people: dict[int, str]) -> list[TopicLine]:
    rows = reader.session.scalars(
        select(TopicCase)
        .where(TopicCase.topic_id == topic_id)
        .order_by(TopicCase.added_at.desc(), TopicCase.id.desc())
    ).all()
    known = _cases(reader, Case.id.in_(select(TopicCase.case_id).where(
        TopicCase.topic_id == topic_id
    )))  # fmt: skip
    found = [_with(known[row.case_id], row, people) for row in rows if row.case_id in known]
    return sorted(found, key=lambda line: (line.received_at, line.case), reverse=True)


def _with(line: TopicLine, row: TopicCase, people: dict[int, str]) -> TopicLine:
    removed = ""
    if row.removed_at is not None:
        who = people.get(row.removed_by or 0, "")
        removed = f"{day_of(row.removed_at):%m-%d} {who}移出"
        removed += f"：{row.removal_note}" if row.removal_note else ""
    return TopicLine(
        line.case,
        line.seq,
        line.number,
        line.summary,
        line.received_at,
        line.status,
        line.place,
        line.category,
        line.unit,
        row.is_opposite,
        removed,
    )


def _cases(reader: Reader, which: ColumnElement[bool]) -> dict[int, TopicLine]:
    short = {unit.id: unit.short_name for unit in units(reader)}
    rows = reader.session.execute(
        select(
            Case.id,
            Case.seq,
            Case.number,
            Case.summary,
            Case.received_at,
            Case.status,
            Place.name,
            Category.name,
            Case.lead_unit_id,
        )
        .outerjoin(Place, Place.id == Case.place_id)
        .join(Category, Category.id == Case.category_id)
        .where(which, case_shown_in_topics(reader.person))
    )
    return {
        case: TopicLine(
            case,
            seq,
            number,
            summary,
            received,
            status,
            place or "",
            category,
            short.get(lead or 0, ""),
        )
        for case, seq, number, summary, received, status, place, category, lead in rows
    }


def _weeks(moments: list[datetime], today: date) -> tuple[tuple[date, int], ...]:
    """Return the last weeks by their Mondays, or more where the topic is older, at most a year."""
    monday = today - timedelta(days=today.weekday())
    days = [day_of(at) for at in moments]
    mondays = Counter(day - timedelta(days=day.weekday()) for day in days)
    first = min([*mondays, monday - timedelta(weeks=WEEKS_SHOWN - 1)])
    first = max(first, monday - timedelta(weeks=51))
    weeks = (monday - first).days // 7 + 1
    return tuple(
        (first + timedelta(weeks=n), mondays[first + timedelta(weeks=n)]) for n in range(weeks)
    )

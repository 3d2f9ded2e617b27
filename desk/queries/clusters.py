"""What may be one thing behind many cases (可能的类案), for the dispatchers and the leaders.

Only the last weeks are read, so a hall of any size takes the same time. Appellants are told apart
by a key that never leaves this module; whoever may not see a case has it in no count either.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from desk.queries.topics import TopicRow, topics
from desk.rules.clusters import (
    WEEK,
    Cluster,
    Sign,
    Spotted,
    clusters,
    has_word,
    reason_words,
    rising,
)
from desk.rules.codes import CaseStatus
from desk.rules.deeds import Deed
from desk.rules.likeness import Wish, opposed, wishes
from desk.rules.moments import day_of
from desk.rules.rights import may_in_hall
from desk.rules.topics import TopicState, topic_name
from desk.store.case_words import case_words
from desk.store.contacts_told import same_callers
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import (
    Case,
    Category,
    ClusterDismissal,
    Place,
    Staff,
    Topic,
    TopicCase,
)
from desk.store.topic_sight import case_shown_in_topics, topic_seen_by

WEEKS_SHOWN = 8
_MOST = 4000  # cases looked through; a large street has 1110 a month (DOMAIN.md 8.2)
_LETTERS = 300
_MOST_ALIKE = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic that could be opened, or cases that could be put into one.

    Attributes:
        reason: why, in words.
        weeks: cases of the same sign in each of the last weeks, the present one last.
        topic: the open topic they would be put into, None for a new one.
    """

    sign: Sign
    name: str
    reason: str
    cases: tuple[int, ...]
    opposite: tuple[int, ...]
    weeks: tuple[int, ...]
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A proposal that was set aside, by whom, when and why."""

    id: int
    name: str
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _OpenTopic:
    id: int
    name: str
    sign: Sign
    known: frozenset[int]  # cases that are in it, or were taken out of it


@dataclass(frozen=True, slots=True)
class _Names:
    places: Mapping[int, str]
    categories: Mapping[int, str]
    above: Mapping[int, int]  # the housing estate of a building

    def of(self, sign: Sign) -> tuple[str, str]:
        """Return a sign's place and what it is about, in words."""
        about = self.categories.get(sign.category or 0, "") or sign.word or ""
        return self.places.get(sign.place or 0, ""), about

    def estate(self, place: int | None) -> int | None:
        """Return the housing estate that a place belongs to, itself where it is one."""
        return None if place is None else self.above.get(place, place)


@dataclass(frozen=True, slots=True)
class TopicBoard:
    """All that the page of topics lists."""

    topics: tuple[TopicRow, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    aside: tuple[Dismissed, ...] = ()


def topic_board(reader: Reader) -> TopicBoard:
    """Return topics, what may be one, and what was set aside, as far as the reader may know."""
    return TopicBoard(topics(reader), proposals(reader), dismissed_proposals(reader))


def proposals(reader: Reader) -> tuple[Proposal, ...]:
    """Return what may be a topic, for whoever may open one; the rest get nothing."""
    if not may_in_hall(Deed.KEEP_TOPICS, reader.person):
        return ()
    today, street = day_of(reader.now), reader.person.street_id
    windows = setting(reader.session, street, "cluster_windows", today)
    rule = setting(reader.session, street, "rising_topics", today)
    names = _names(reader)
    longest = max(days for days, _ in windows)
    days = max(2 * longest, WEEK.days * max(rule[1] + 1, WEEKS_SHOWN))
    spotted = _spotted(reader, names, reader.now - timedelta(days=days))
    weeks = _Weeks(spotted, reader.now)
    opened = _open_topics(reader, names)
    known = frozenset[int]().union(*(topic.known for topic in opened))
    fresh = [one for one in spotted if one.case not in known]
    joining = [
        _joining(topic, alike, names, weeks)
        for topic in opened
        if (alike := _alike(topic, fresh, reader.now - timedelta(days=longest)))
    ]
    taken = {case for one in joining for case in (*one.cases, *one.opposite)}
    rest = [one for one in fresh if one.case not in taken]
    dismissed = _dismissed(reader, names)
    found = clusters(rest, reader.now, windows, opposed=_Sides(), dismissed=dismissed)
    found += rising(rest, reader.now, rule, dismissed=dismissed, told=found)
    return (
        *joining,
        *(_proposal(one, names, weeks, rule[1]) for one in found),
    )


def dismissed_proposals(reader: Reader) -> tuple[Dismissed, ...]:
    """Return what was set aside lately and could come again, the last on top."""
    if not may_in_hall(Deed.KEEP_TOPICS, reader.person):
        return ()
    names = _names(reader)
    rows = reader.session.execute(
        select(ClusterDismissal, Staff.name)
        .join(Staff, Staff.id == ClusterDismissal.dismissed_by)
        .where(
            ClusterDismissal.street_id == reader.person.street_id,
            ClusterDismissal.withdrawn_at.is_(None),
        )
        .order_by(ClusterDismissal.dismissed_at.desc())
        .limit(50)
    )
    return tuple(
        Dismissed(row.id, topic_name(*names.of(_sign(row))), row.reason, who, row.dismissed_at)
        for row, who in rows
    )


class _Sides:
    """Says whether two cases want the contrary of each other; each text is read once."""

    def __init__(self) -> None:
        self._wishes: dict[int, tuple[Wish, ...]] = {}

    def __call__(self, one: Spotted, other: Spotted) -> bool:
        """Return whether they stand against each other about something that both name."""
        return opposed(self._of(one), self._of(other), 0.0, 1.0) is not None

    def _of(self, one: Spotted) -> tuple[Wish, ...]:
        if one.case not in self._wishes:
            self._wishes[one.case] = wishes(one.text)
        return self._wishes[one.case]


def _spotted(reader: Reader, names: _Names, since: datetime) -> list[Spotted]:
    rows = reader.session.execute(
        select(
            Case.id,
            Case.received_at,
            Case.place_id,
            Case.category_id,
            Case.version,
            func.substr(Case.details, 1, _LETTERS),
        )
        .where(
            case_shown_in_topics(reader.person),
            Case.received_at > since,
            Case.status != CaseStatus.WITHDRAWN,
        )
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(_MOST)
    ).all()
    words = case_words(reader.session, [(row.id, row.version) for row in rows])
    whose = same_callers(reader.session, reader.person, [row.id for row in rows])
    return [
        Spotted(
            case,
            at,
            names.estate(place),
            category,
            whose.get(case, str(case)),
            text,
            words.get(case, frozenset()),
        )
        for case, at, place, category, _version, text in rows
    ]


def _names(reader: Reader) -> _Names:
    street = reader.person.street_id
    places = reader.session.execute(
        select(Place.id, Place.name, Place.parent_id).where(Place.street_id == street)
    ).all()
    categories = reader.session.execute(
        select(Category.id, Category.name).where(Category.street_id == street)
    )
    return _Names(
        {row.id: row.name for row in places},
        {row.id: row.name for row in categories},
        {row.id: row.parent_id for row in places if row.parent_id is not None},
    )


def _open_topics(reader: Reader, names: _Names) -> list[_OpenTopic]:
    rows = reader.session.execute(
        select(Topic, TopicCase.case_id)
        .outerjoin(TopicCase, TopicCase.topic_id == Topic.id)
        .where(topic_seen_by(reader.person), Topic.state == TopicState.OPEN)
        .order_by(Topic.opened_at.desc(), Topic.id)
    )
    known: defaultdict[int, set[int]] = defaultdict(set)
    found = {}
    for topic, case in rows:
        found[topic.id] = topic
        known[topic.id].add(case)
    return [
        _OpenTopic(one.id, one.name, _sign(one, names), frozenset(known[one.id]))
        for one in found.values()
    ]


def _dismissed(reader: Reader, names: _Names) -> dict[Sign, datetime]:
    rows = reader.session.scalars(
        select(ClusterDismissal)
        .where(
            ClusterDismissal.street_id == reader.person.street_id,
            ClusterDismissal.withdrawn_at.is_(None),
        )
        .order_by(ClusterDismissal.dismissed_at)
    )
    return {_sign(row, names): row.dismissed_at for row in rows}


def _sign(row: Topic | ClusterDismissal, names: _Names | None = None) -> Sign:
    place = names.estate(row.place_id) if names is not None else row.place_id
    return Sign(place, row.category_id, row.word)


def _alike(topic: _OpenTopic, fresh: Sequence[Spotted], since: datetime) -> list[Spotted]:
    """Return newer cases of the sign that an open topic was opened by, newest first."""
    return [one for one in fresh if one.at > since and _has(one, topic.sign)][:_MOST_ALIKE]


def _has(one: Spotted, sign: Sign) -> bool:
    if sign == Sign():
        return False
    return (
        (sign.place is None or one.place == sign.place)
        and (sign.category is None or one.category == sign.category)
        and (sign.word is None or has_word(one, sign.word))
    )


class _Weeks:
    """How many cases of a sign came in each of the last weeks; every case is looked at once."""

    def __init__(self, spotted: Iterable[Spotted], now: datetime) -> None:
        self._by_week: list[tuple[Spotted, int]] = []
        self._of: defaultdict[Sign, list[int]] = defaultdict(lambda: [0] * WEEKS_SHOWN)
        for one in spotted:
            ago = (now - one.at) // WEEK
            if not 0 <= ago < WEEKS_SHOWN:
                continue
            week = WEEKS_SHOWN - 1 - ago
            self._by_week.append((one, week))
            for place in {one.place, None}:
                self._of[Sign(place, one.category)][week] += 1
            self._of[Sign(one.place)][week] += 1

    def of(self, sign: Sign) -> tuple[int, ...]:
        """Return the counts of a sign, the present week last."""
        if sign.word is None and sign != Sign():
            return tuple(self._of[sign])
        counts = [0] * WEEKS_SHOWN
        for one, week in self._by_week:
            counts[week] += _has(one, sign)
        return tuple(counts)


def _joining(topic: _OpenTopic, alike: Sequence[Spotted], names: _Names, weeks: _Weeks) -> Proposal:
    about = "、".join(filter(None, names.of(topic.sign)))
    return Proposal(
        topic.sign,
        topic.name,
        f"专题“{topic.name}”之外，又有 {len(alike)} 件{about}的诉求，可以列入",
        tuple(one.case for one in alike),
        (),
        weeks.of(topic.sign),
        topic.id,
    )


def _proposal(one: Cluster, names: _Names, weeks: _Weeks, compared: int) -> Proposal:
    place, about = names.of(one.sign)
    return Proposal(
        one.sign,
        topic_name(place, about),
        reason_words(one, place, about, weeks=compared),
        one.cases,
        one.opposite,
        weeks.of(one.sign),
    )

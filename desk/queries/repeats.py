"""Which earlier cases may be the one that is being written down (重复件提示), and why, in words.

Found by telephone, by a telephone with one digit wrong, by name and place, by place, and by the
rarest words of the text among the street's cases of the last 90 days; then judged one by one
(`rules.repeats`). Before a case is opened only number, day, unit and status are told, of cases that
are kept from the reader nothing of their words; reports, mediations and cases about the reader
himself are never mentioned (DOMAIN.md 9.4).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import case, or_, select

from desk.queries.repeat_probe import AskedRepeat, Estates, estates_of, probe
from desk.queries.visitors import Visit
from desk.rules.codes import CaseStatus
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.identity import normalise_name, normalise_phone
from desk.rules.likeness import Frequencies
from desk.rules.moments import day_of
from desk.rules.repeats import (
    MOST,
    Appeal,
    Judged,
    PersonTie,
    PlaceTie,
    Relation,
    RepeatNumbers,
    Ties,
    appeal,
    judge,
    unseen_words,
)
from desk.rules.topics import TopicState
from desk.store.case_words import case_words
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.identities import has_number
from desk.store.models import (
    Case,
    Category,
    IdentityNumber,
    RepeatVerdict,
    Staff,
    Topic,
    TopicCase,
    UnitVersion,
)
from desk.store.models.hall import today_rows
from desk.store.person_facts import mentionable, named
from desk.store.repeat_field import ENDED
from desk.store.repeat_ties import Tie, Who, ties_of
from desk.store.sight import seen_by
from desk.store.topic_sight import topic_seen_by

_LEARN_FROM = 1200  # the latest cases tell how rare a word is
_AHEAD = timedelta(days=1)  # clocks of two machines differ


@dataclass(frozen=True, slots=True)
class RepeatCandidate:
    """An earlier case that may be the same, without a word of its content.

    Attributes:
        words: what the two have in common, person, place and matter each said.
        may_open: whether the reader sees the case; else it can neither be opened nor linked.
        may_lead: whether this one can still be merged into it.
        topic, topic_name: the open topic in which it is handled with others, if there is one.
    """

    visit: Visit
    relation: Relation
    words: str
    may_open: bool = True
    may_lead: bool = False
    topic: int | None = None
    topic_name: str = ""


@dataclass(frozen=True, slots=True)
class SaidNoRepeat:
    """Somebody said that a case is not a repeat of the one asked for."""

    other: int
    number: str
    who: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class _Search:
    """What is looked for, ready to be compared; `kinds` are its category and those below it."""

    sought: AskedRepeat
    mine: Appeal
    estates: Estates
    kinds: frozenset[int]

    def bonds(self, tie: Tie) -> Ties:
        place = self.estates.tie(self.sought.place, tie.place, same_building=tie.same_building)
        return Ties(tie.person, place)

    def judged(
        self, tie: Tie, text: str, known: Frequencies, numbers: RepeatNumbers
    ) -> Judged | None:
        category = self.sought.category if tie.category in self.kinds else tie.category
        names = self.estates.called(self.sought.place, tie.place)
        theirs = appeal(text, category=category, without=names)
        return judge(self.mine, theirs, self.bonds(tie), known, numbers)


def text_frequencies(reader: Reader) -> Frequencies:
    """Return in how many of the latest cases that the reader sees each word stands."""
    rows = reader.session.execute(
        select(Case.id, Case.version)
        .where(seen_by(reader.person), mentionable(reader.person))
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(_LEARN_FROM)
    ).all()
    words = case_words(reader.session, [(row.id, row.version) for row in rows])
    counts = Counter(chain.from_iterable(words.values()))
    return Frequencies(len(words), counts)


def repeat_candidates(
    reader: Reader, sought: AskedRepeat, known: Frequencies | None = None
) -> tuple[RepeatCandidate, ...]:
    """Return up to five earlier cases that may be this one, the surest first.

    Args:
        known: how rare words are, where it was counted before; else it is counted now.
    """
    numbers = repeat_numbers(reader)
    span = (reader.now - timedelta(days=numbers.days), reader.now + _AHEAD)
    return _found(reader, sought, known or text_frequencies(reader), numbers, span)


def repeats_of_case(reader: Reader, case_id: int) -> tuple[RepeatCandidate, ...]:
    """Return the same for a case that is kept already, before and after it, but not its links."""
    row = reader.session.execute(
        select(
            Case.place_id, Case.category_id, Case.details, Case.received_at, Case.repeat_of_id
        ).where(Case.id == case_id, seen_by(reader.person))
    ).first()
    if row is None:
        return ()
    numbers = repeat_numbers(reader)
    window = timedelta(days=numbers.days)
    sought = AskedRepeat(
        place=row.place_id, category=row.category_id, text=row.details, case=case_id
    )
    span = (row.received_at - window, row.received_at + window)
    repeats = select(Case.id).where(Case.repeat_of_id == case_id)
    linked = {row.repeat_of_id, *reader.session.scalars(repeats)}
    found = _found(reader, sought, text_frequencies(reader), numbers, span)
    return tuple(one for one in found if one.visit.id not in linked)


def said_no_repeats(reader: Reader, case_id: int) -> tuple[SaidNoRepeat, ...]:
    """Return of which other cases somebody said that they are not this one; it can be undone."""
    other = case(
        (RepeatVerdict.case_id == case_id, RepeatVerdict.other_id), else_=RepeatVerdict.case_id
    )
    this = select(Case.id).where(Case.id == case_id, seen_by(reader.person)).exists()
    rows = reader.session.execute(
        select(Case.id, Case.number, Staff.name, RepeatVerdict.said_at)
        .select_from(RepeatVerdict)
        .join(Case, Case.id == other)
        .join(Staff, Staff.id == RepeatVerdict.said_by)
        .where(
            or_(RepeatVerdict.case_id == case_id, RepeatVerdict.other_id == case_id),
            RepeatVerdict.taken_back_at.is_(None),
            seen_by(reader.person),
            mentionable(reader.person),
            this,
        )
        .order_by(RepeatVerdict.said_at.desc())
    )
    return tuple(SaidNoRepeat(*row) for row in rows)


def repeat_numbers(reader: Reader) -> RepeatNumbers:
    """Return window, weights and limits as the hall sets them."""
    street, today = reader.person.street_id, day_of(reader.now)
    limits = setting(reader.session, street, "repeat_limits", today)
    return RepeatNumbers(
        days=int(setting(reader.session, street, "repeat_days", today)),
        weights=setting(reader.session, street, "repeat_weights", today),
        **limits,
    )


def _found(
    reader: Reader,
    sought: AskedRepeat,
    known: Frequencies,
    numbers: RepeatNumbers,
    span: tuple[datetime, datetime],
) -> tuple[RepeatCandidate, ...]:
    estates = estates_of(reader)
    mine = appeal(sought.text, category=sought.category, without=estates.called(sought.place))
    search = _Search(sought, mine, estates, _kinds(reader, sought.category))
    alike = probe(reader, sought, mine, known, span, estates)
    ties = _ties(reader, sought, span, alike)
    said = _said(reader, [tie.case for tie in ties if tie.is_seen])
    judged = [
        (verdict.worth, tie, verdict)
        for tie in ties
        if tie.case in said
        and (verdict := search.judged(tie, said[tie.case], known, numbers)) is not None
    ]
    judged.sort(key=lambda one: (-one[0], -one[1].received_at.timestamp()))
    units = _units(reader)
    shown = _with_topics(
        reader, [_candidate(tie, verdict, units) for _, tie, verdict in judged[:MOST]]
    )
    hidden = _unseen(search, ties, units)
    return tuple([*shown, *hidden][:MOST])


def _ties(
    reader: Reader, sought: AskedRepeat, span: tuple[datetime, datetime], alike: Sequence[int]
) -> list[Tie]:
    """Return every case that may be the same, without those said not to be and those that ended."""
    same_number = _of_identity(reader, sought)
    wanted = {*alike, *same_number}
    ties = ties_of(reader.session, reader.person, _who(sought), span, wanted, reader.now)
    return [
        replace(tie, person=PersonTie.IDENTITY)
        if tie.case in same_number and tie.person is not PersonTie.PHONE
        else tie
        for tie in ties
        if not tie.is_dismissed and tie.status not in ENDED
    ]


def _candidate(tie: Tie, verdict: Judged, units: Mapping[int, str]) -> RepeatCandidate:
    return RepeatCandidate(
        _visit(tie, units),
        verdict.relation,
        verdict.words,
        may_lead=tie.status in STEP_OF[Deed.MERGE].statuses,
    )


def _with_topics(reader: Reader, shown: Sequence[RepeatCandidate]) -> list[RepeatCandidate]:
    """Name the open topic of each, where it is in one."""
    rows = reader.session.execute(
        select(TopicCase.case_id, Topic.id, Topic.name)
        .join(Topic, Topic.id == TopicCase.topic_id)
        .where(
            TopicCase.case_id.in_([one.visit.id for one in shown]),
            TopicCase.removed_at.is_(None),
            Topic.state == TopicState.OPEN,
            topic_seen_by(reader.person),
        )
    )
    named = {row.case_id: (row.id, row.name) for row in rows}
    return [
        replace(one, topic=named[one.visit.id][0], topic_name=named[one.visit.id][1])
        if one.visit.id in named
        else one
        for one in shown
    ]


def _unseen(
    search: _Search, ties: Sequence[Tie], units: Mapping[int, str]
) -> list[RepeatCandidate]:
    """Return what may be said of cases kept from the reader: the same person, place or kind."""
    found = []
    for tie in ties:
        bonds = search.bonds(tie)
        same_category = tie.category in search.kinds
        is_here = bonds.place in {PlaceTie.PLACE, PlaceTie.BUILDING}
        if not tie.is_seen and (same_category or is_here):
            words = unseen_words(bonds, same_category=same_category)
            found.append(
                RepeatCandidate(_visit(tie, units), Relation.REPEAT, words, may_open=False)
            )
    return found


def _visit(tie: Tie, units: Mapping[int, str]) -> Visit:
    return Visit(
        tie.case,
        tie.number,
        tie.seq,
        tie.received_at,
        units.get(tie.unit, ""),
        CaseStatus(tie.status),
    )


def _who(sought: AskedRepeat) -> Who:
    phones = (normalise_phone(sought.phone), normalise_phone(sought.other_phone))
    return Who(
        tuple(dict.fromkeys(number for number in phones if number)),
        normalise_name(sought.name),
        sought.place,
        sought.address,
        sought.case,
    )


def _kinds(reader: Reader, category: int | None) -> frozenset[int]:
    """Return a category and those right below it."""
    if category is None:
        return frozenset()
    below = select(Category.id).where(
        or_(Category.id == category, Category.parent_id == category),
        Category.street_id == reader.person.street_id,
    )
    return frozenset(reader.session.scalars(below))


def _units(reader: Reader) -> dict[int, str]:
    rows = reader.session.execute(
        select(UnitVersion.unit_id, UnitVersion.short_name).where(
            UnitVersion.street_id == reader.person.street_id,
            today_rows(UnitVersion, day_of(reader.now)),
        )
    )
    return {row.unit_id: row.short_name for row in rows}


def _said(reader: Reader, cases: Collection[int]) -> dict[int, str]:
    rows = reader.session.execute(
        select(Case.id, Case.details).where(
            Case.id.in_(list(cases)), seen_by(reader.person).is_(True)
        )
    )
    return {row.id: row.details for row in rows}


def _of_identity(reader: Reader, sought: AskedRepeat) -> set[int]:
    """Return the cases of exactly this identity number that the reader sees (盲索引)."""
    if not sought.id_number:
        return set()
    found = has_number(reader.session, reader.person.street_id, sought.id_number)
    rows = reader.session.scalars(
        select(IdentityNumber.case_id)
        .join(Case, Case.id == IdentityNumber.case_id)
        .where(found, seen_by(reader.person), named(reader.session, reader.person, reader.now))
    )
    return {one for one in rows if one is not None}

"""Letters to units (表扬书、提醒函): the lists, one letter, and what a new one would say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from desk.queries.lookups import units
from desk.queries.topics import TopicLine, topic_lines
from desk.rules.assessment_codes import LetterKind, LetterState, ReminderProblem
from desk.rules.codes import CaseStatus, Resolution, Satisfaction
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.errors import RuleBroken
from desk.rules.letter_settings import REMINDERS_OFTEN
from desk.rules.letters import (
    DAYS_TO_RECTIFY,
    MOVES,
    NOT_IN_LETTERS,
    complaint,
    gravity,
    praise,
    quarter_of,
    say_often,
    words_of,
)
from desk.rules.moments import day_of, in_utc, start_of
from desk.rules.rights import may_in_hall, require_hall
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.letter_facts import letter_cases
from desk.store.models import Case, CaseUnit, Letter, LetterCase, Paper, Staff
from desk.store.sight import letter_seen_by
from desk.store.topic_sight import case_shown_in_topics

_MOST = 300
_OFFERED, _DAYS = 100, 90  # the newest cases that a letter could be about, and how far back


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter as a line.

    Attributes:
        problems: of a reminder, in the order of the form.
        is_ours: it is addressed to the reader's own unit.
    """

    id: int
    kind: LetterKind
    state: LetterState
    number: str
    unit_id: int
    unit: str
    problems: tuple[ReminderProblem, ...]
    cases: int
    issued_at: datetime
    due_on: date | None
    is_ours: bool


@dataclass(frozen=True, slots=True)
class LetterBoard:
    """All letters that the reader may know of, the newest first.

    Attributes:
        often: of which unit there were many reminders in this quarter, a sentence each.
        may_write: whether the reader issues letters.
    """

    letters: tuple[LetterLine, ...] = ()
    often: tuple[str, ...] = ()
    may_write: bool = False

    def of(self, kind: LetterKind) -> list[LetterLine]:
        """Return the letters of a kind; what waits for something stands above what is done."""
        found = [one for one in self.letters if one.kind is kind]
        return sorted(found, key=lambda one: not waits(one.kind, one.state))


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFile:
    """One letter with all that became of it.

    Attributes:
        version: letters have none; what was drafted about one stays with it.
        said: what was done, oldest first: when, and in words.
    """

    id: int
    version: int = 0
    kind: LetterKind
    state: LetterState
    number: str
    unit: str
    person: str
    facts: str
    problems: tuple[ReminderProblem, ...]
    due_on: date | None
    issued_at: datetime
    measures: str
    responsible: str
    rectified_on: date | None
    said: tuple[tuple[datetime, str], ...]
    paper_id: int
    cases: tuple[TopicLine, ...]
    may_steer: bool
    may_answer: bool


@dataclass(frozen=True, slots=True)
class LetterChoice:
    """A case that a letter could be about.

    Attributes:
        said: what the letter would say of it.
        written: the number of a letter of this kind that names it already.
    """

    case: int
    seq: int
    summary: str
    unit_id: int
    unit: str
    said: str
    written: str


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """What a letter about some cases would say, and to whom it could go.

    Attributes:
        units: those that had a part in all of them, the lead first.
        lead: the unit that leads all of them, if one does.
    """

    facts: str = ""
    problems: tuple[ReminderProblem, ...] = ()
    units: tuple[tuple[int, str], ...] = ()
    lead: int | None = None
    due_on: date | None = None


def waits(kind: LetterKind, state: LetterState) -> bool:
    """Return whether something is still to be done: delivered, and a reminder answered."""
    is_reminder = kind is LetterKind.REMINDER
    return state is LetterState.ISSUED or (is_reminder and state is LetterState.DELIVERED)


def letter_board(reader: Reader) -> LetterBoard:
    """Return the letters that the reader may know of."""
    short = {one.id: one.short_name for one in units(reader)}
    own = reader.person.unit_ids
    rows = reader.session.execute(
        select(Letter, Paper.number)
        .join(Paper, Paper.id == Letter.paper_id)
        .where(letter_seen_by(reader.person))
        .order_by(Letter.issued_at.desc(), Letter.id.desc())
        .limit(_MOST)
    )
    lines = tuple(
        LetterLine(
            row.id,
            row.kind,
            row.state,
            number,
            row.unit_id,
            short.get(row.unit_id, "（已撤销的单位）"),
            _problems(row),
            row.named_cases,
            row.issued_at,
            row.due_on,
            row.unit_id in own,
        )
        for row, number in rows
    )
    may_write = may_in_hall(Deed.STEER, reader.person)
    return LetterBoard(lines, _often(reader, lines) if may_write else (), may_write)


def letter_file(reader: Reader, letter_id: int) -> LetterFile | None:
    """Return one letter, or None where the reader may not know of it."""
    found = reader.session.execute(
        select(Letter, Paper.number)
        .join(Paper, Paper.id == Letter.paper_id)
        .where(Letter.id == letter_id, letter_seen_by(reader.person))
    ).one_or_none()
    if found is None:
        return None
    letter, number = found
    cases = reader.session.scalars(
        select(LetterCase.case_id).where(LetterCase.letter_id == letter.id)
    ).all()
    short = {one.id: one.short_name for one in units(reader)}
    may_steer = may_in_hall(Deed.STEER, reader.person)
    is_ours = letter.unit_id in reader.person.unit_ids
    may_answer = may_steer or (is_ours and may_in_hall(Deed.ANSWER_LETTER, reader.person))
    is_open = LetterState.RECTIFIED in MOVES[letter.state]
    return LetterFile(
        id=letter.id,
        kind=letter.kind,
        state=letter.state,
        number=number,
        unit=short.get(letter.unit_id, "（已撤销的单位）"),
        person=letter.person or "",
        facts=letter.facts,
        problems=_problems(letter),
        due_on=letter.due_on,
        issued_at=letter.issued_at,
        measures=letter.measures or "",
        responsible=letter.responsible or "",
        rectified_on=letter.rectified_on,
        said=_said(letter, _names(reader)),
        paper_id=letter.paper_id or 0,
        cases=topic_lines(reader, cases),
        may_steer=may_steer,
        may_answer=may_answer and is_open and letter.kind is LetterKind.REMINDER,
    )


def letter_choices(reader: Reader, kind: LetterKind) -> tuple[LetterChoice, ...]:
    """Return the newest cases that a letter of this kind could be about.

    The newest stand first; of a reminder the gravest.

    Raises:
        NotAllowed: the reader writes no letters.
    """
    require_hall(Deed.STEER, reader.person)
    since = reader.now - timedelta(days=_DAYS)
    cases = reader.session.scalars(
        select(Case)
        .where(_may_be_named(reader), Case.received_at >= since, _fits(kind))
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(_OFFERED)
    ).all()
    found = list(zip(cases, letter_cases(reader.session, cases, None, reader.now), strict=True))
    if kind is LetterKind.REMINDER:
        found.sort(key=lambda one: gravity(one[1]), reverse=True)
    written = _written(reader, kind, [case.id for case in cases])
    short = {one.id: one.short_name for one in units(reader)}
    say = praise if kind is LetterKind.COMMENDATION else complaint
    return tuple(
        LetterChoice(
            case.id,
            case.seq,
            case.summary,
            case.lead_unit_id or case.first_unit_id,
            short.get(case.lead_unit_id or case.first_unit_id, ""),
            say(fact),
            written.get(case.id, ""),
        )
        for case, fact in found
    )


def letter_draft(
    reader: Reader, kind: LetterKind, cases: tuple[int, ...], unit: int | None = None
) -> LetterDraft:
    """Return what a letter about these cases would say.

    Raises:
        NotAllowed: the reader writes no letters.
        RuleBroken: one of them may not be named in a letter.
    """
    require_hall(Deed.STEER, reader.person)
    rows = reader.session.scalars(
        select(Case).where(Case.id.in_(cases), _may_be_named(reader)).order_by(Case.received_at)
    ).all()
    if len(rows) != len(set(cases)):
        raise RuleBroken(NOT_IN_LETTERS, field="cases")
    facts = words_of(kind, letter_cases(reader.session, rows, unit, reader.now))
    leads = {case.lead_unit_id or case.first_unit_id for case in rows}
    return LetterDraft(
        facts.facts,
        facts.problems,
        _common_units(reader, rows),
        leads.pop() if len(leads) == 1 else None,
        day_of(reader.now) + timedelta(days=DAYS_TO_RECTIFY),
    )


def _may_be_named(reader: Reader) -> ColumnElement[bool]:
    """Return the condition on `cases` that the reader's letters may name them."""
    return and_(
        case_shown_in_topics(reader.person),
        Case.accused_unit_id.is_(None),
        Case.accused_staff_id.is_(None),
        Case.status.in_(sorted(STEP_OF[Deed.WRITE_LETTER].statuses)),
    )


def _fits(kind: LetterKind) -> ColumnElement[bool]:
    content = {Satisfaction.SATISFIED, Satisfaction.FAIRLY}
    if kind is LetterKind.COMMENDATION:
        return and_(
            Case.resolution == Resolution.YES,
            Case.satisfaction.in_(sorted(content)),
            Case.is_overdue.is_(False),
            Case.status.in_([CaseStatus.CLOSED, CaseStatus.ARCHIVED]),
        )
    return or_(
        Case.is_overdue.is_(True),
        Case.was_contacted.is_(False),
        Case.satisfaction == Satisfaction.DISSATISFIED,
        Case.resolution == Resolution.NO,
    )


def _written(reader: Reader, kind: LetterKind, cases: Collection[int]) -> Mapping[int, str]:
    rows = reader.session.execute(
        select(LetterCase.case_id, Paper.number)
        .join(Letter, Letter.id == LetterCase.letter_id)
        .join(Paper, Paper.id == Letter.paper_id)
        .where(
            LetterCase.case_id.in_(cases),
            Letter.kind == kind,
            Letter.state != LetterState.REVOKED,
            letter_seen_by(reader.person),
        )
    )
    return {row.case_id: row.number for row in rows}


def _common_units(reader: Reader, cases: Collection[Case]) -> tuple[tuple[int, str], ...]:
    involved: list[set[int]] = [set() for _ in cases]
    at = {case.id: n for n, case in enumerate(cases)}
    rows = reader.session.execute(
        select(CaseUnit.case_id, CaseUnit.unit_id).where(CaseUnit.case_id.in_(at))
    )
    for row in rows:
        involved[at[row.case_id]].add(row.unit_id)
    common = set.intersection(*involved) if involved else set()
    leads = {case.lead_unit_id or case.first_unit_id for case in cases}
    named = [(one.id, one.short_name) for one in units(reader) if one.id in common]
    return tuple(sorted(named, key=lambda one: one[0] not in leads))


def _often(reader: Reader, lines: Collection[LetterLine]) -> tuple[str, ...]:
    today = day_of(reader.now)
    limit = int(setting(reader.session, reader.person.street_id, REMINDERS_OFTEN, today))
    first, after = (in_utc(start_of(day)) for day in quarter_of(today))
    counts: dict[str, int] = {}
    for one in lines:
        if one.kind is LetterKind.REMINDER and one.state is not LetterState.REVOKED:
            counts[one.unit] = counts.get(one.unit, 0) + (first <= one.issued_at < after)
    said = (say_often(unit, count, limit) for unit, count in counts.items())
    return tuple(sentence for sentence in said if sentence)


def _problems(letter: Letter) -> tuple[ReminderProblem, ...]:
    return tuple(ReminderProblem(code) for code in letter.problems)


def _names(reader: Reader) -> Mapping[int, str]:
    return {row.id: row.name for row in reader.session.execute(select(Staff.id, Staff.name))}


def _said(letter: Letter, names: Mapping[int, str]) -> tuple[tuple[datetime, str], ...]:
    def who(staff: int | None) -> str:
        return names.get(staff or 0, "")

    steps = (
        (letter.issued_at, f"{who(letter.issued_by)}签发"),
        (letter.delivered_at, f"{who(letter.delivered_by)}送达，交{letter.delivered_to}"),
        (letter.rectified_at, f"{who(letter.rectified_by)}填整改反馈"),
        (letter.revoked_at, f"{who(letter.revoked_by)}撤销：{letter.revoke_note}"),
    )
    return tuple((at, words) for at, words in steps if at is not None)

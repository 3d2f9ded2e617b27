"""Talks with units (约谈): whom the rule names, what was decided, what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from desk.queries.lookups import units
from desk.queries.rate_figures import beside_of, period_figures
from desk.queries.rates import UnitNames
from desk.rules.assessment_codes import TalkDecision
from desk.rules.deeds import Deed
from desk.rules.letter_settings import TALK_RULE
from desk.rules.moments import day_of
from desk.rules.rate_groups import GroupBy
from desk.rules.rates_report import Figures, report_of
from desk.rules.rights import OVERSEERS, may_in_hall, require_hall
from desk.rules.talks import TalkRule, UnitStanding, candidates, show_rule
from desk.rules.three_rates import Weighed
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Paper, Staff, UnitTalk
from desk.store.patience import takes_long
from desk.store.rate_rules import hall_rate_rules

_MOST = 200
_DECEMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFile:
    """A unit that was put forward for a month: decided on or not, held or not.

    Attributes:
        id: below 0 while nobody has decided.
        is_late: what was promised is not there yet, and its day is over.
    """

    id: int
    version: int = 0
    unit_id: int
    unit: str
    month: str
    why: str
    figures: str
    decision: TalkDecision | None = None
    reason: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    held_at: datetime | None = None
    place: str = ""
    talked_by: str = ""
    attended: str = ""
    minutes: str = ""
    promised: str = ""
    due_on: date | None = None
    kept_on: date | None = None
    kept_note: str = ""
    paper_id: int | None = None
    number: str = ""
    is_late: bool = False

    @property
    def waits(self) -> bool:
        """Whether something is still to be done: decided, held, or kept."""
        is_promised = bool(self.promised) and self.kept_on is None
        return self.decision in {None, TalkDecision.TALK} or is_promised


@dataclass(frozen=True, slots=True)
class TalkBoard:
    """Whom the rule names for a month, and all talks, the newest first.

    Attributes:
        rule: the hall's rule in words.
        units: whom somebody may put forward himself, id and name.
    """

    month: str = ""
    rule: str = ""
    named: tuple[TalkFile, ...] = ()
    talks: tuple[TalkFile, ...] = ()
    units: tuple[tuple[int, str], ...] = ()
    may_steer: bool = False


def talk_board(reader: Reader, month: str | None = None) -> TalkBoard:
    """Return the talks that the reader may know of; candidates only for those who decide.

    Args:
        month: whose figures name candidates (“2026-10”); the last whole one unless said otherwise.
    """
    talks = _talks(reader)
    if not may_in_hall(Deed.STEER, reader.person):
        return TalkBoard(talks=talks)
    month = month or last_month(day_of(reader.now))
    named = talk_candidates(reader, month)
    decided = {(one.unit_id, one.month) for one in talks}
    rule = setting(reader.session, reader.person.street_id, TALK_RULE, month_days(month)[1])
    return TalkBoard(
        month,
        show_rule(rule),
        tuple(one for one in named if (one.unit_id, one.month) not in decided),
        talks,
        tuple((one.id, one.short_name) for one in units(reader)),
        may_steer=True,
    )


@takes_long
def talk_candidates(reader: Reader, month: str) -> tuple[TalkFile, ...]:
    """Return the units that the hall's rule names for a month, the lowest first.

    Raises:
        NotAllowed: the reader decides on no talks.
    """
    require_hall(Deed.STEER, reader.person)
    first, last = month_days(month)
    rule = setting(reader.session, reader.person.street_id, TALK_RULE, last)
    rows = _rows_by_unit(reader, first, last)
    standings = (
        UnitStanding(unit, row["received"], row["rank"], row["score"]) for unit, row in rows.items()
    )
    short = {one.id: one.short_name for one in units(reader)}
    return tuple(
        TalkFile(
            id=-one.unit,
            unit_id=one.unit,
            unit=short[one.unit],
            month=month,
            why=one.why,
            figures=say_figures(rows[one.unit]),
        )
        for one in candidates(standings, TalkRule(**rule))
        if one.unit in short  # a unit that is no more is not talked to
    )


def _rows_by_unit(reader: Reader, first: date, last: date) -> dict[int, dict[str, Any]]:
    """Return each unit's row of the report on a month, whatever the unit was called in it.

    A report is told by names: a unit that was renamed in mid-month has two lines there, and stands
    here in one.
    """
    rules = hall_rate_rules(reader.session, reader.person.street_id)
    found = period_figures(reader, first, last)
    names = UnitNames(reader)
    groups: dict[str, Weighed] = {}
    for name, group in found.rows.items():
        owners = {unit for unit, _, _ in names.called(name, first, last) if unit is not None}
        if len(owners) == 1:  # what is “未注明” is nobody's
            key = str(owners.pop())
            groups[key] = groups[key] + group if key in groups else group
    figures = Figures(found.months, found.levels, groups)
    beside = beside_of(reader, (first, last), GroupBy.UNIT)
    by_id = replace(beside, bonus=_by_unit(names, beside.bonus, (first, last)))
    report = report_of(figures, first=first, last=last, rules=rules, beside=by_id)
    return {int(row["key"]): row for row in report["rows"]}


def _by_unit(
    names: UnitNames, points: Mapping[str, Fraction], period: tuple[date, date]
) -> dict[str, Fraction]:
    """Return points by unit instead of by its name."""
    return {
        str(unit): hundredths
        for name, hundredths in points.items()
        for unit, _, _ in names.called(name, *period)
    }


def month_days(month: str) -> tuple[date, date]:
    """Return the first and the last day of a month: “2026-10”."""
    year, number = map(int, month.split("-"))
    after = date(year + number // _DECEMBER, number % _DECEMBER + 1, 1)
    return date(year, number, 1), after - timedelta(days=1)


def say_figures(row: Mapping[str, Any]) -> str:
    """Say a unit's row of a report in one line; what nobody rated is “—”."""

    def said(key: str) -> str:
        return f"{row[key]}%" if row[key] is not None else "—"

    return (
        f"受理 {row['received']} 件，有评价 {row['visited']} 件，响应率 {said('response_rate')}，"
        f"解决率 {said('resolution_rate')}，满意率 {said('satisfaction_rate')}"
    )


def _talks(reader: Reader) -> tuple[TalkFile, ...]:
    short = {one.id: one.short_name for one in units(reader)}
    today = day_of(reader.now)
    rows = reader.session.execute(
        select(UnitTalk, Staff.name, Paper.number)
        .join(Staff, Staff.id == UnitTalk.decided_by)
        .outerjoin(Paper, Paper.id == UnitTalk.paper_id)
        .where(_seen(reader))
        .order_by(UnitTalk.month.desc(), UnitTalk.id.desc())
        .limit(_MOST)
    )
    return tuple(
        TalkFile(
            id=row.id,
            unit_id=row.unit_id,
            unit=short.get(row.unit_id, "（已撤销的单位）"),
            month=row.month,
            why=row.why,
            figures=row.figures or "",
            decision=row.decision,
            reason=row.reason or "",
            decided_by=who,
            decided_at=row.decided_at,
            held_at=row.held_at,
            place=row.place or "",
            talked_by=row.talked_by or "",
            attended=row.attended or "",
            minutes=row.minutes or "",
            promised=row.promised or "",
            due_on=row.due_on,
            kept_on=row.kept_on,
            kept_note=row.kept_note or "",
            paper_id=row.paper_id,
            number=number or "",
            is_late=row.kept_on is None and row.due_on is not None and row.due_on < today,
        )
        for row, who, number in rows
    )


def _seen(reader: Reader) -> ColumnElement[bool]:
    person = reader.person
    street = UnitTalk.street_id == person.street_id
    if person.is_built_in or person.seeing_roles & OVERSEERS:
        return street
    own = UnitTalk.unit_id.in_(person.unit_ids)
    return and_(street, own, UnitTalk.decision != TalkDecision.NO_TALK)


def last_month(day: date) -> str:
    """Return the month before that of a day: “2026-10”."""
    last = day.replace(day=1) - timedelta(days=1)
    return f"{last:%Y-%m}"

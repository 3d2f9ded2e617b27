"""Which unit a case probably belongs to (建议主办), with the hall's own reasons (DOMAIN.md 9.6)."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Subquery, func, select

from desk.queries.lookups import UnitChoice, units
from desk.queries.suggestions import place_names, unit_use
from desk.rules.chief_dispatch import Asked, goes_unasked
from desk.rules.codes import AssignmentRole, AssignmentStatus, UnitKind
from desk.rules.moments import day_of
from desk.rules.suggestions import Likely, Suggester, quoted
from desk.store.database import Reader
from desk.store.models import Assignment, Case, Category
from desk.store.people import units_about
from desk.store.sight import seen_by

_MOST = 9  # as many as there are digits to press
_LOOKED_BACK = timedelta(days=365)
_LOOKED_AT, _MANY = 500, 400  # the newest of the category: older ones say little of who has it now
_TEXT_COUNTS_AS = 4  # cases of the same category: with many of these, what is written says little
_CLEAR = 0.5  # of the same category: why is said already
_SPEAKS = 0.3  # how likely the words must make a unit for them to be named
_NOT_LEADS = frozenset({UnitKind.STREET, UnitKind.GRID, UnitKind.INSPECTION})
_TO_INSPECTORS = "举报件和反映本街道单位、人员的件转纪工委"


@dataclass(frozen=True, slots=True)
class DispatchHint:
    """A unit to dispatch to.

    Attributes:
        short: the same without the unit's name.
        reason: why, from this hall's own cases: “同类 41 件中 38 件归城建办，退回 1 件”.
        is_inspection: it is the inspectors', who have what is confidential as a matter of course.
    """

    unit_id: int
    name: str
    reason: str
    short: str = ""
    is_inspection: bool = False

    @property
    def beside_name(self) -> str:
        """Return the reason where the unit's name stands right beside it."""
        return self.short or self.reason

    def goes_out(self, asked: Asked | None) -> bool:
        """Return whether a case for which somebody may be asked goes to this unit at once."""
        return goes_unasked(asked, {UnitKind.INSPECTION} if self.is_inspection else ())


@dataclass(frozen=True, slots=True)
class _Facts:
    category_id: int
    own_unit_id: int | None
    community_id: int | None
    accused_unit_id: int | None
    accused_staff_id: int | None
    is_secret: bool
    details: str
    lead_unit_id: int | None

    @property
    def is_confidential(self) -> bool:
        """Whether it is a report, or about one of the street's own units or people (9.4)."""
        return self.is_secret or bool(self.accused_unit_id or self.accused_staff_id)


def dispatch_hints(reader: Reader, case_id: int) -> tuple[DispatchHint, ...]:
    """Return the units that such cases went to, the likeliest first.

    Never the accused one, nor the one that leads the case now: nobody sends it there again.

    The category's own history counts most; where it has little, the words of the text decide. What
    is about the street's own people goes to the inspectors before anybody else (9.4).
    """
    facts = _facts(reader, case_id)
    if facts is None:
        return ()
    found = (*_inspectors(reader, facts), *_usual(reader, facts, case_id))
    return tuple(hint for hint in found if hint.unit_id != facts.lead_unit_id)


def _inspectors(reader: Reader, facts: _Facts) -> tuple[DispatchHint, ...]:
    if not facts.is_confidential:
        return ()
    recused = _recused(reader, facts)
    return tuple(
        DispatchHint(unit.id, unit.short_name, _TO_INSPECTORS, _TO_INSPECTORS, is_inspection=True)
        for unit in units(reader)
        if unit.kind is UnitKind.INSPECTION and unit.id not in recused
    )


def _usual(reader: Reader, facts: _Facts, case_id: int) -> tuple[DispatchHint, ...]:
    """Return the units that have such cases in this hall."""
    alike = _alike(reader, facts, case_id)
    went, returned = _went(reader, alike), _returned(reader, alike)
    total = sum(went.values())
    known = {unit.id: unit for unit in units(reader) if unit.kind not in _NOT_LEADS}
    told = _told(reader, facts.details, case_id, known)
    shares = {
        unit: went[unit] - returned.get(unit, 0) + _TEXT_COUNTS_AS * told.shares.get(unit, 0.0)
        for unit in known
    }
    words = {unit: said for unit, said in told.words.items() if went[unit] <= total * _CLEAR}
    shorts = {
        unit: _short(total, count, returned.get(unit, 0))
        for unit, count in went.most_common()
        if unit in known
    }
    others = {facts.own_unit_id: "这一类别的对口单位", facts.community_id: "诉求所在的社区"}
    offered = sorted({*shorts, *words}, key=lambda unit: (-shares[unit], unit))
    recused = _recused(reader, facts)
    return tuple(
        _hint(known[unit], went[unit], shorts.get(unit, ""), words.get(unit, ""), others)
        for unit in dict.fromkeys((*offered, *others))
        if unit in known and unit not in recused
    )[: _MOST - 1]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the words of a text say: how likely each unit is, and why, for the likely ones."""

    shares: dict[int, float]
    words: dict[int, str]


def _told(reader: Reader, details: str, case_id: int, known: dict[int, UnitChoice]) -> _Told:
    suggester = Suggester(
        {unit: (one.short_name,) for unit, one in known.items()},
        unit_use(reader, without=case_id),
        places=place_names(reader),
    )
    found = suggester.suggest(details)
    shares = suggester.shares(found)
    words = {one.label: _because(one) for one in found if one.here and shares[one.label] >= _SPEAKS}
    return _Told(shares, words)


def _because(one: Likely) -> str:
    return f"{quoted(one.words)}多归这里（近期 {one.with_words} 件中 {one.here} 件）"


def _hint(
    unit: UnitChoice, count: int, short: str, words: str, others: dict[int | None, str]
) -> DispatchHint:
    reason = short.replace(f"中 {count} 件", f"中 {count} 件归{unit.short_name}", 1)
    own = "" if reason or words else others.get(unit.id, "")
    return DispatchHint(
        unit.id,
        unit.short_name,
        "；".join(filter(None, (reason, words, own))),
        "；".join(filter(None, (short, words))),
    )


def _facts(reader: Reader, case_id: int) -> _Facts | None:
    row = reader.session.execute(
        select(
            Case.category_id,
            Category.unit_id,
            Case.community_id,
            Case.accused_unit_id,
            Case.accused_staff_id,
            Case.is_secret,
            Case.details,
            Case.lead_unit_id,
        )
        .join(Category, Category.id == Case.category_id)
        .where(Case.id == case_id, seen_by(reader.person))
    ).first()
    return None if row is None else _Facts(*row)


def _alike(reader: Reader, facts: _Facts, case_id: int) -> Subquery:
    """Return the newest cases of the category that the reader sees; so many tell enough."""
    return (
        select(Case.id, Case.lead_unit_id)
        .where(
            seen_by(reader.person),
            Case.category_id == facts.category_id,
            Case.id != case_id,
            Case.received_at >= reader.now - _LOOKED_BACK,
        )
        .order_by(Case.received_at.desc())
        .limit(_LOOKED_AT)
        .subquery()
    )


def _went(reader: Reader, alike: Subquery) -> Counter[int]:
    unit, count = alike.c.lead_unit_id, func.count(alike.c.id)
    went = select(unit, count).where(unit.is_not(None)).group_by(unit)
    rows = reader.session.execute(went.order_by(count.desc(), unit))
    return Counter({unit: count for unit, count in rows if unit is not None})


def _returned(reader: Reader, alike: Subquery) -> dict[int, int]:
    rows = reader.session.execute(
        select(Assignment.unit_id, func.count(Assignment.id))
        .join(alike, alike.c.id == Assignment.case_id)
        .where(
            Assignment.role == AssignmentRole.LEAD,
            Assignment.status == AssignmentStatus.RETURNED,
        )
        .group_by(Assignment.unit_id)
    )
    return {unit: count for unit, count in rows}  # noqa: C416 - a Row is no pair to mypy


def _recused(reader: Reader, facts: _Facts) -> frozenset[int]:
    """Return the units that may not have the case: it is about them (回避)."""
    if facts.accused_unit_id is None:
        return frozenset()
    return units_about(reader.session, facts.accused_unit_id, day_of(reader.now))


def _short(total: int, count: int, returned: int) -> str:
    alike = f"最近的同类 {total} 件" if total >= _MANY else f"同类 {total} 件"
    said = f"{alike}中 {count} 件"
    return f"{said}，退回 {returned} 件" if returned else f"{said}，没有退回"


@dataclass(frozen=True, slots=True)
class DispatchOptions:
    """Everything the dispatcher may choose from, with the hints on top.

    Attributes:
        lead: the unit that leads the case now; none before it was sent.
    """

    hints: tuple[DispatchHint, ...]
    units: tuple[UnitChoice, ...]
    grids: tuple[UnitChoice, ...]
    lead: int | None = None


def dispatch_options(reader: Reader, case_id: int) -> DispatchOptions:
    """Return the units a case may be sent to; the accused one is not among them.

    The inspectors are, where the case is about the street's own people, or a report.
    """
    facts = _facts(reader, case_id)
    recused = _recused(reader, facts) if facts is not None else frozenset()
    everyone = [unit for unit in units(reader) if unit.id not in recused]
    others = _NOT_LEADS
    if facts is not None and facts.is_confidential:
        others -= {UnitKind.INSPECTION}
    return DispatchOptions(
        hints=dispatch_hints(reader, case_id),
        units=tuple(unit for unit in everyone if unit.kind not in others),
        grids=tuple(unit for unit in everyone if unit.kind is UnitKind.GRID),
        lead=facts.lead_unit_id if facts is not None else None,
    )

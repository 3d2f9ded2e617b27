"""All that came from a place, across years (一地一档), and how neighbours were helped there.

Figures by month and category, the open ones one may see by number alone, and of solved cases what
was done and said, without a person or a door (DOMAIN.md 9.4).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select

from desk.queries.lookups import units
from desk.rules.codes import CaseStatus
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of
from desk.rules.topics import TopicState
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Case, Category, Place, Topic, UnitVersion
from desk.store.models.hall import today_rows
from desk.store.person_facts import mentionable
from desk.store.place_facts import SolvedThere, SpanCount, cases_of_places, solved_there
from desk.store.sight import seen_by, standing_at
from desk.store.topic_sight import topic_seen_by

_MONTHS = 12
_LINES = 6  # categories with a line of their own
_MOST_OPEN = 8
_MOST_SOLVED = 3
_MOST_CLUSTERS = 4
OTHERS = "其他类别"


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category at a place: the last twelve months, and all there ever was."""

    category: int | None
    name: str
    months: tuple[int, ...]
    total: int
    still_open: int


@dataclass(frozen=True, slots=True)
class OpenThere:
    """An open case at the place, without its content."""

    id: int
    number: str
    seq: int
    received_at: datetime
    unit: str
    status: CaseStatus


@dataclass(frozen=True, slots=True)
class Neighbour:
    """How a case of the same kind was solved there (邻居的同类件是这样办好的).

    Attributes:
        case: its id, where the reader may open it.
        days: from the reception to the end; the same day is one.
    """

    case: int | None
    category: str
    unit: str
    closed_on: date
    days: int
    measures: str
    answer: str


@dataclass(frozen=True, slots=True)
class ClusterThere:
    """What many came for at the place lately, or what is a topic there already (类案).

    Attributes:
        place, category: the sign by which a proposal is found.
        name: of the category; empty where a topic is of no category.
        count: how many came within so many `days`.
        topic, topic_name: the open topic, where the reader may know of one.
    """

    place: int
    category: int | None
    name: str
    days: int
    count: int
    topic: int | None = None
    topic_name: str = ""


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One place across years.

    Attributes:
        months: the first days of the last twelve months.
        years: how many came in which year, the newest first.
        open: those one may see; `still_open` counts all.
        within: the estate that a building belongs to, or nothing.
    """

    id: int
    name: str
    within: str
    community: str
    months: tuple[date, ...]
    lines: tuple[CategoryLine, ...]
    years: tuple[tuple[int, int], ...]
    total: int
    still_open: int
    open: tuple[OpenThere, ...]
    neighbours: tuple[Neighbour, ...]
    category: str
    clusters: tuple[ClusterThere, ...] = ()


def place_page(reader: Reader, place: int, category: int | None = None) -> PlacePage | None:
    """Return the page of a place, or None where the street has none such.

    Args:
        category: of which solved cases are told; without it, the one that comes most often.
    """
    session, person = reader.session, reader.person
    here = session.get(Place, place)
    if here is None or here.street_id != person.street_id:
        return None
    places = _with_buildings(reader, place)
    names = _category_names(reader)
    windows = setting(session, person.street_id, "cluster_windows", day_of(reader.now))
    days = max(days for days, _ in windows)
    months = _last_months(day_of(reader.now))
    since = reader.now - timedelta(days=days)
    counts = cases_of_places(session, person, places, months, since)
    lines = _lines(counts, months, names)
    category = category or next((line.category for line in lines), None)
    kinds = _alike(reader, category) if category is not None else []
    unit_names = {unit.id: unit.short_name for unit in units(reader)}
    within = session.get(Place, here.parent_id) if here.parent_id is not None else None
    years = Counter[int]()
    for one in counts:
        years[one.start.year] += one.counted
    return PlacePage(
        id=place,
        name=here.name,
        within=within.name if within is not None else "",
        community=unit_names.get(here.community_id, ""),
        months=months,
        lines=lines,
        years=tuple(sorted(years.items(), reverse=True)),
        total=years.total(),
        still_open=sum(one.still_open for one in counts),
        open=_open_there(reader, places),
        neighbours=_neighbours(reader, places, kinds, names, unit_names),
        category=names.get(category or 0, ""),
        clusters=_clusters(reader, here, counts, names, (days, min(least for _, least in windows))),
    )


def neighbours_of(reader: Reader, place: int, category: int) -> tuple[Neighbour, ...]:
    """Return how neighbours' cases of this category were solved there, the newest first."""
    places, kinds = _with_buildings(reader, place), _alike(reader, category)
    unit_names = {unit.id: unit.short_name for unit in units(reader)}
    return _neighbours(reader, places, kinds, _category_names(reader), unit_names)


def _clusters(
    reader: Reader,
    here: Place,
    counts: Sequence[SpanCount],
    names: dict[int, str],
    rule: tuple[int, int],
) -> tuple[ClusterThere, ...]:
    """Return what came often within the longest window, and the open topics of the place."""
    days, least = rule
    estate = here.parent_id or here.id
    rows = reader.session.execute(
        select(Topic.category_id, Topic.id, Topic.name)
        .where(
            Topic.place_id.in_({estate, here.id}),
            Topic.state == TopicState.OPEN,
            topic_seen_by(reader.person),
        )
        .order_by(Topic.opened_at)
    )
    topics: dict[int | None, tuple[int, str]] = {row[0]: (row[1], row[2]) for row in rows}
    lately = Counter[int]()
    for one in counts:
        lately[one.category_id] += one.lately
    often = [kind for kind, count in lately.most_common() if count >= least and kind not in topics]
    return tuple(
        ClusterThere(
            estate,
            kind,
            names.get(kind or 0, ""),
            days,
            lately[kind or 0],
            *topics.get(kind, (None, "")),
        )
        for kind in [*topics, *often][:_MOST_CLUSTERS]
    )


def _with_buildings(reader: Reader, place: int) -> list[int]:
    """Return the place with those that belong to it, and theirs."""
    street = Place.street_id == reader.person.street_id
    found, fresh = [place], [place]
    while fresh:
        below = select(Place.id).where(street, Place.parent_id.in_(fresh), Place.id.not_in(found))
        fresh = list(reader.session.scalars(below))
        found += fresh
    return found


def _category_names(reader: Reader) -> dict[int, str]:
    rows = reader.session.execute(
        select(Category.id, Category.name).where(Category.street_id == reader.person.street_id)
    )
    return {row.id: row.name for row in rows}


def _alike(reader: Reader, category: int) -> list[int]:
    """Return the category, and those right below it."""
    same = or_(Category.id == category, Category.parent_id == category)
    return list(reader.session.scalars(select(Category.id).where(same)))


def _last_months(today: date) -> tuple[date, ...]:
    last = today.year * 12 + today.month - 1
    return tuple(date(at // 12, at % 12 + 1, 1) for at in range(last - _MONTHS + 1, last + 1))


def _lines(
    counts: tuple[SpanCount, ...], months: tuple[date, ...], names: dict[int, str]
) -> tuple[CategoryLine, ...]:
    """Return a line for each of the largest categories, and one for the rest together."""
    of: dict[int, list[SpanCount]] = defaultdict(list)
    for one in counts:
        of[one.category_id].append(one)
    by_size = sorted(of, key=lambda kind: (-sum(one.counted for one in of[kind]), kind))
    lines = [_line(kind, names.get(kind, ""), of[kind], months) for kind in by_size[:_LINES]]
    rest = [one for kind in by_size[_LINES:] for one in of[kind]]
    return (*lines, _line(None, OTHERS, rest, months)) if rest else tuple(lines)


def _line(
    category: int | None, name: str, counts: list[SpanCount], months: tuple[date, ...]
) -> CategoryLine:
    by_month = Counter[date]()
    for one in counts:
        by_month[one.start] += one.counted
    return CategoryLine(
        category,
        name,
        tuple(by_month[month] for month in months),
        sum(one.counted for one in counts),
        sum(one.still_open for one in counts),
    )


def _open_there(reader: Reader, places: list[int]) -> tuple[OpenThere, ...]:
    unit = func.coalesce(Case.lead_unit_id, Case.first_unit_id)
    rows = reader.session.execute(
        select(
            Case.id, Case.number, Case.seq, Case.received_at, UnitVersion.short_name, Case.status
        )
        .join(
            UnitVersion,
            and_(UnitVersion.unit_id == unit, today_rows(UnitVersion, day_of(reader.now))),
        )
        .where(
            Case.place_id.in_(places),
            standing_at(OPEN),
            mentionable(reader.person),
            seen_by(reader.person),
        )
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(_MOST_OPEN)
    )
    return tuple(OpenThere(*row) for row in rows)


def _neighbours(
    reader: Reader,
    places: list[int],
    kinds: list[int],
    names: dict[int, str],
    unit_names: dict[int, str],
) -> tuple[Neighbour, ...]:
    found = solved_there(reader.session, reader.person, places, kinds, _MOST_SOLVED * 2)
    told = [one for one in found if one.measures or one.decision]
    return tuple(_neighbour(one, names, unit_names) for one in told[:_MOST_SOLVED])


def _neighbour(one: SolvedThere, names: dict[int, str], unit_names: dict[int, str]) -> Neighbour:
    closed = day_of(one.closed_at)
    return Neighbour(
        one.case,
        names.get(one.category_id, ""),
        unit_names.get(one.unit_id, ""),
        closed,
        (closed - day_of(one.received_at)).days + 1,
        one.measures if one.measures != one.decision else "",
        one.decision or one.measures,
    )


def site_of_case(reader: Reader, case_id: int) -> tuple[int | None, int | None]:
    """Return place and category of a case; neither of one that the reader may not see."""
    row = reader.session.execute(
        select(Case.place_id, Case.category_id).where(Case.id == case_id, seen_by(reader.person))
    ).first()
    return (row.place_id, row.category_id) if row is not None else (None, None)

"""The roster on screen (值班表): a month of cells, its gaps, and who is there now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk.queries.administration import Record, Register
from desk.queries.lookups import StaffChoice, staff, units
from desk.rules.clock_codes import DutyPart
from desk.rules.codes import Role
from desk.rules.moments import day_of, in_shanghai
from desk.rules.roster import OnDuty, duty_days, may_keep_post, missing_parts, write_people
from desk.rules.wording import label
from desk.rules.working_days import Calendar
from desk.store.database import Reader
from desk.store.hall_rules import hall_calendar
from desk.store.models import DutyPost, DutyShift
from desk.store.roster_rows import (
    WEEKDAYS,
    day_mark,
    last_day_of_month,
    post_of,
    posts_on,
    present_shifts,
)

_ONE_DAY = timedelta(days=1)
_OFFERED = 9  # one digit each
_NEVER_THERE = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.OUTSIDER})
_DAY_BEGINS, _DAY_ENDS = time(8), time(18)  # where the hall's own hours say nothing


@dataclass(frozen=True, slots=True)
class DutyName:
    """One name in a cell; `staff_id` where it is one of the street's own."""

    person: str
    part: DutyPart
    is_lead: bool
    staff_id: int | None


@dataclass(frozen=True, slots=True)
class DutyCell:
    """A post on a day.

    Attributes:
        ids: the rows behind it, which a change must have seen.
        is_needed: whether somebody must be there.
    """

    post: int
    day: date
    people: tuple[DutyName, ...] = ()
    ids: tuple[int, ...] = ()
    phone: str = ""
    note: str = ""
    is_needed: bool = False

    @property
    def text(self) -> str:
        """The cell as people write it."""
        return write_people([OnDuty(one.person, one.part, one.is_lead) for one in self.people])


@dataclass(frozen=True, slots=True)
class DutyPostView:
    """A post of the roster: its head, whom it may be given to, and whether the reader may."""

    id: int
    name: str
    phone: str
    may_write: bool
    has_turns: bool
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutyDay:
    """A day of the roster: 休 or 班 where it is not what the week says."""

    day: date
    weekday: str
    mark: str
    is_rest: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A day on which nobody is named."""

    post_id: int
    post: str
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class DutyMonth:
    """A month of the roster."""

    first: date
    posts: tuple[DutyPostView, ...]
    days: tuple[DutyDay, ...]
    cells: dict[tuple[int, date], DutyCell]
    gaps: tuple[Gap, ...]

    def cell(self, post_id: int, day: date) -> DutyCell:
        """Return the cell of a post on a day."""
        return self.cells[post_id, day]

    def day(self, day: date) -> DutyDay:
        """Return what is known of a day of this month."""
        return self.days[day.day - 1]


@dataclass(frozen=True, slots=True)
class OnDutyNow:
    """Somebody who is on duty at this moment."""

    post: str
    unit_id: int
    person: str
    staff_id: int | None
    part: DutyPart
    phone: str
    is_lead: bool


def duty_month(reader: Reader, *, first: date) -> DutyMonth:
    """Return the roster of the month that `first` lies in."""
    first = first.replace(day=1)
    last = last_day_of_month(first)
    street = reader.person.street_id
    calendar = hall_calendar(reader.session, street, day_of(reader.now))
    rows = posts_on(reader.session, street, max(first, min(last, day_of(reader.now))))
    days = [first + _ONE_DAY * n for n in range(last.day)]
    cells = _cells(reader, rows, days, calendar)
    return DutyMonth(
        first,
        _post_views(reader, rows),
        tuple(
            DutyDay(
                day,
                f"周{WEEKDAYS[day.weekday()]}",
                day_mark(day, calendar),
                not calendar.is_working_day(day),
            )
            for day in days
        ),
        cells,
        tuple(_gaps(rows, days, cells)),
    )


def on_duty(reader: Reader) -> tuple[OnDutyNow, ...]:
    """Return who is on duty at this moment, after the roster (值班表)."""
    now = in_shanghai(reader.now)
    today = now.date()
    rows = posts_on(reader.session, reader.person.street_id, today)
    posts = {row.id: row for row in rows}
    calendar = hall_calendar(reader.session, reader.person.street_id, today)
    shifts = present_shifts(reader.session, tuple(posts), today - _ONE_DAY, today)
    return tuple(
        OnDutyNow(
            posts[shift.post_id].name,
            posts[shift.post_id].unit_id,
            shift.person,
            shift.staff_id,
            shift.part,
            shift.phone or posts[shift.post_id].phone or "",
            shift.is_lead,
        )
        for shift in shifts
        if _is_there(posts[shift.post_id], shift, now, calendar)
    )


def post_register(reader: Reader) -> Register:
    """Return the posts of today as the administration lists them."""
    rows = posts_on(reader.session, reader.person.street_id, day_of(reader.now))
    people = {one.id: f"{one.name}（{one.login}）" for one in staff(reader)}
    names = {one.id: one.name for one in units(reader)}
    records = tuple(
        Record(
            row.id,
            row.name,
            " · ".join(filter(None, (names.get(row.unit_id, ""), _kind(row), row.phone))),
            {
                "值班岗位": row.name,
                "单位": names.get(row.unit_id, ""),
                "电话": row.phone or "",
                "24 小时": _yes(row.is_round_clock),
                "夜里要有人": _yes(row.needs_night),
                "每周几": "" if row.weekday is None else f"周{WEEKDAYS[row.weekday]}",
                "时间": row.hours or "",
                "节假日": label(row.holiday_way),
                "轮值人员": "、".join(people[one] for one in row.turn if one in people),
                "接访地点": row.reception_place or "",
                "排列顺序": str(row.position),
            },
        )
        for row in rows
    )
    ids = {name: key for key, name in (names | people).items()}
    return Register(
        records,
        {"单位": tuple(names.values()), "轮值人员": tuple(people.values())},
        ids,
    )


def _post_views(reader: Reader, rows: Sequence[DutyPost]) -> tuple[DutyPostView, ...]:
    people = staff(reader)
    return tuple(
        DutyPostView(
            row.id,
            row.name,
            row.phone or "",
            may_keep_post(reader.person, row.unit_id),
            bool(row.turn),
            _offered(row, people),
        )
        for row in rows
    )


def _offered(row: DutyPost, people: Sequence[StaffChoice]) -> tuple[str, ...]:
    """Return whom a post is given to most often: those that take turns, then its unit."""
    names = {one.id: one.name for one in people}
    in_turn = [names[one] for one in row.turn if one in names]
    own = [one.name for one in people if one.unit_id == row.unit_id and one.roles - _NEVER_THERE]
    return tuple(dict.fromkeys([*in_turn, *own]))[:_OFFERED]


def _cells(
    reader: Reader, rows: Sequence[DutyPost], days: Sequence[date], calendar: Calendar
) -> dict[tuple[int, date], DutyCell]:
    found: dict[tuple[int, date], list[DutyShift]] = {}
    for shift in present_shifts(reader.session, [row.id for row in rows], days[0], days[-1]):
        found.setdefault((shift.post_id, shift.day), []).append(shift)
    cells = {}
    for row in rows:
        needed = set(duty_days(post_of(row), days[0], days[-1], calendar))
        for day in days:
            shifts = found.get((row.id, day), [])
            cells[row.id, day] = DutyCell(
                row.id,
                day,
                tuple(DutyName(s.person, s.part, s.is_lead, s.staff_id) for s in shifts),
                tuple(sorted(shift.id for shift in shifts)),
                next((shift.phone for shift in shifts if shift.phone), ""),
                next((shift.note for shift in shifts if shift.note), ""),
                day in needed,
            )
    return cells


def _gaps(
    rows: Sequence[DutyPost], days: Sequence[date], cells: dict[tuple[int, date], DutyCell]
) -> list[Gap]:
    found = []
    for day in days:
        for row in rows:
            cell = cells[row.id, day]
            missing = missing_parts(post_of(row), [one.part for one in cell.people])
            if cell.is_needed and missing:
                words = (
                    "没有人"
                    if DutyPart.WHOLE in missing
                    else f"缺{'、'.join(label(part) for part in missing)}"
                )
                found.append(Gap(row.id, row.name, day, words))
    return found


def _is_there(post: DutyPost, shift: DutyShift, now: datetime, calendar: Calendar) -> bool:
    """Whether somebody named for a day is there now; a night ends on the morning after."""
    is_today = shift.day == now.date()
    begins, ends = _bounds(now.date(), calendar)
    if shift.part is DutyPart.NIGHT:
        return now.time() >= ends if is_today else now.time() < begins
    if not is_today:
        return False
    if post.hours:
        spans = (span.split("-") for span in post.hours.split(","))
        return any(a <= f"{now:%H:%M}" < b for a, b in spans)
    if shift.part is DutyPart.WHOLE and post.is_round_clock:
        return True
    return begins <= now.time() < ends


def _bounds(day: date, calendar: Calendar) -> tuple[time, time]:
    """Return when the day's duty begins and ends: the hall's first and last hour of a workday."""
    hours = calendar.hours_on(day)
    ends = hours[-1][1] if hours else _DAY_ENDS
    return (hours[0][0] if hours else _DAY_BEGINS), ends


def _kind(row: DutyPost) -> str:
    if row.weekday is not None:
        return f"每周{WEEKDAYS[row.weekday]}"
    return "24 小时" if row.is_round_clock else "工作日"


def _yes(value: object) -> str:
    return "是" if value else ""

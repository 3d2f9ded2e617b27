"""When a room may be booked, and what is only advised against (排期规则, DOMAIN.md 6.6, 9.4).

A quarter of an hour is the smallest piece of time. A booking holds the quarters of its rooms
with the time for clearing them before and after, and the quarters of its people without.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from desk.rules.errors import RuleBroken
from desk.rules.identity import mask_name
from desk.rules.mediation_codes import BookingStatus, TieKind
from desk.rules.moments import day_of, in_shanghai
from desk.rules.wording import label
from desk.rules.working_days import Calendar

S = BookingStatus

SLOT_MINUTES = 15
SLOT = timedelta(minutes=SLOT_MINUTES)
_SECONDS = SLOT_MINUTES * 60
HIDDEN_PEOPLE = "不公开"

# Only these hold their quarters of an hour.
LIVE_BOOKINGS = frozenset({S.PROVISIONAL, S.CONFIRMED, S.RUNNING})

# The single source, as for cases: the actions ask it, triggers are generated from it.
BOOKING_MOVES: Mapping[BookingStatus, frozenset[BookingStatus]] = MappingProxyType(
    {
        S.PROVISIONAL: frozenset({S.CONFIRMED, S.RUNNING, S.EXPIRED, S.CANCELLED, S.MOVED}),
        S.CONFIRMED: frozenset({S.RUNNING, S.HELD, S.NO_SHOW, S.CANCELLED, S.MOVED}),
        S.RUNNING: frozenset({S.HELD, S.NO_SHOW}),
        **dict.fromkeys((S.HELD, S.NO_SHOW, S.CANCELLED, S.EXPIRED, S.MOVED), frozenset()),
    }
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What stands in the way of a booking: never by whom, never what about.

    Attributes:
        field: which wish it is about: room, caucus_room, mediator, recorder or mediation.
        what: the wished room, or whom it is about in words: 调解员钱惠, 来的人里有一位.
        room: the name of the room that is booked then.
        desk_name: the desk that booked it.
        buffer_minutes: the time for clearing the room before and after.
    """

    field: str
    what: str
    room: str
    starts_at: datetime
    ends_at: datetime
    desk_name: str
    buffer_minutes: int = 0


class SlotTaken(RuleBroken):
    """Somebody else was there first; nothing was saved.

    Attributes:
        taken: what stands in the way, earliest first.
    """

    def __init__(self, sentence: str, taken: tuple[Taken, ...]) -> None:
        super().__init__(sentence, field=taken[0].field if taken else "room")
        self.taken = taken


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to book.

    Attributes:
        booking: the booking that would be moved: its own time is free for it.
        attendees: 0 = whoever belongs to the mediation.
    """

    room: int
    starts_at: datetime
    ends_at: datetime
    mediation: int | None = None
    caucus_room: int | None = None
    mediator: int | None = None
    recorder: int | None = None
    attendees: int = 0
    needs_access: bool = False
    staggers: bool = False
    overtime_by: str = ""
    booking: int | None = None


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """What the rules need to know of a room."""

    id: int
    name: str
    capacity: int
    is_accessible: bool
    buffer_minutes: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Somebody whose disputes the mediator may not take (回避)."""

    kind: TieKind
    name: str
    person_key: str | None = None


@dataclass(frozen=True, slots=True)
class Host:
    """The mediator of a booking; `duty` are his hours that day as moments.

    `staff` is his account: a mediator cannot write the record of another sitting meanwhile.
    """

    id: int
    name: str
    duty: tuple[tuple[datetime, datetime], ...]
    ties: tuple[Tie, ...] = ()
    staff: int | None = None

    @property
    def resources(self) -> tuple[str, ...]:
        """Return what he is called in the table of slots."""
        account = () if self.staff is None else (f"staff:{self.staff}",)
        return (f"mediator:{self.id}", *account)


@dataclass(frozen=True, slots=True)
class People:
    """The parties of a mediation with those who come along: how many, and who in keys.

    `keys` are also those of agents, guardians and interpreters: without them there is no sitting.
    `names` are the parties' own; `shown` names them as a board does: 张某、某单位.
    """

    keys: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    shown: tuple[str, ...] = ()
    count: int = 0
    birth_years: tuple[int, ...] = ()

    @property
    def resources(self) -> frozenset[str]:
        """Return what they are called in the table of slots."""
        return frozenset(f"person:{key}" for key in self.keys)

    def on_board(self, *, is_private: bool) -> str:
        """Return how the grid names them; not at all where it is 不公开."""
        return "" if is_private else "、".join(self.shown)[:200]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A wish with everything that the rules must know of it.

    Attributes:
        neighbours: the other bookings of the room on that day.
    """

    wish: Wish
    room: RoomFacts
    calendar: Calendar
    caucus: RoomFacts | None = None
    host: Host | None = None
    recorder: str = ""
    people: People = People()
    neighbours: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def attendees(self) -> int:
        """How many people will be in the room."""
        return self.wish.attendees or max(1, self.expected)

    @property
    def expected(self) -> int:
        """How many belong to it: parties and companions, mediator, recorder."""
        staff = (self.host is not None) + bool(self.recorder)
        return self.people.count + staff

    @property
    def buffer_minutes(self) -> int:
        """How long the rooms are cleared before and after; the longer one counts for both."""
        return max(room.buffer_minutes for room in (self.room, self.caucus) if room is not None)

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return day_of(self.wish.starts_at)

    def resources(self) -> dict[str, range]:
        """Return every resource with the quarters that it gives: rooms longer than people."""
        wish = self.wish
        rooms = slots_between(wish.starts_at, wish.ends_at, self.buffer_minutes)
        plain = slots_between(wish.starts_at, wish.ends_at)
        needed = {room_resource(room.id): rooms for room in (self.room, self.caucus) if room}
        if self.host:
            needed |= dict.fromkeys(self.host.resources, plain)
        if wish.recorder:
            needed[f"staff:{wish.recorder}"] = plain
        return needed | dict.fromkeys(self.people.resources, plain)

    def at(self, starts_at: datetime, ends_at: datetime) -> "Meeting":
        """Return the same meeting at another time."""
        return replace(self, wish=replace(self.wish, starts_at=starts_at, ends_at=ends_at))


def room_resource(room_id: int) -> str:
    """Return what a room is called in the table of slots."""
    return f"room:{room_id}"


def slot_of(moment: datetime) -> int:
    """Return the quarter of an hour in which a moment lies, counted since 1970."""
    return int(moment.timestamp()) // _SECONDS


def slots_between(starts_at: datetime, ends_at: datetime, buffer_minutes: int = 0) -> range:
    """Return the quarters from a start to an end that is not included (左闭右开)."""
    clearing = buffer_minutes // SLOT_MINUTES
    return range(slot_of(starts_at) - clearing, slot_of(ends_at) + clearing)


def say_span(starts_at: datetime, ends_at: datetime) -> str:
    """Say a time on the grid: “09:30–10:45”."""
    return f"{in_shanghai(starts_at):%H:%M}–{in_shanghai(ends_at):%H:%M}"


def say_day(day: date) -> str:
    """Say a day on the grid: “11 月 3 日”."""
    return f"{day.month} 月 {day.day} 日"


def shown_party(name: str, *, is_person: bool) -> str:
    """Return a party as a board shows it: “张某”, “某单位”."""
    return f"{mask_name(name).split('*')[0]}某" if is_person else "某单位"


def require_booking_move(current: BookingStatus, target: BookingStatus) -> None:
    """Raise RuleBroken unless a booking may go from `current` to `target`."""
    if target not in BOOKING_MOVES[current]:
        raise RuleBroken(
            f"这次安排现在是“{label(current)}”，不能转为“{label(target)}”。请刷新后再看。"
        )


def require_time(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raise RuleBroken unless a time lies on the grid, within one day, and not in the past."""
    if any(int(moment.timestamp()) % _SECONDS for moment in (starts_at, ends_at)):
        raise RuleBroken("时间请取整到一刻钟，例如 09:15。", field="starts_at")
    if ends_at <= starts_at:
        raise RuleBroken("结束时间要晚于开始时间。", field="ends_at")
    if day_of(starts_at) != day_of(ends_at):
        raise RuleBroken("一次安排不能跨到第二天，请分成两次。", field="ends_at")
    if slot_of(starts_at) < slot_of(now):
        raise RuleBroken("这个时间已经过去，请另选一个。", field="starts_at")


def require_allowed(meeting: Meeting) -> None:
    """Keep the hard rules 3 to 5 of DOMAIN.md 6.6; rules 1 and 2 are held by the table of slots.

    Raises:
        RuleBroken: too many people, the hall is closed, or the mediator must stand back.
    """
    if meeting.caucus is not None and meeting.caucus.id == meeting.room.id:
        raise RuleBroken("背靠背间要另选一间，不能和主室相同。", field="caucus_room")
    if meeting.attendees > meeting.room.capacity:
        raise RuleBroken(
            f"{meeting.room.name}最多 {meeting.room.capacity} 人，"
            f"这次要到 {meeting.attendees} 人。请换一间大的，或减少到场人数。",
            field="attendees",
        )
    if not meeting.wish.overtime_by:
        _require_open(meeting)
    if meeting.host is not None:
        tie = tie_between(meeting.host.ties, meeting.people)
        if tie is not None:
            raise RuleBroken(
                f"调解员{meeting.host.name}与一方当事人或其代理人有“{label(tie.kind)}”登记，应当回避。"
                "请换一位调解员。",
                field="mediator",
            )


def _require_open(meeting: Meeting) -> None:
    wish, calendar = meeting.wish, meeting.calendar
    closed = closed_reason(calendar, meeting.day)
    if closed:
        said = f"{say_day(meeting.day)}{closed}。"
    elif is_within(open_quarters(calendar, meeting.day), wish.starts_at, wish.ends_at):
        return
    else:
        spans = "、".join(say_span(*window) for window in calendar.windows_on(meeting.day))
        said = f"大厅当天开放 {spans}。"
    raise RuleBroken(f"{said}这个时段要用，请先由领导批准加班，再写上批准人。", field="overtime_by")


def closed_reason(calendar: Calendar, day: date) -> str:
    """Return why the hall is closed on a day: “休息日不开放”; empty where it is open."""
    if calendar.is_working_day(day):
        return ""
    return "休息日不开放" if not calendar.weekly[day.weekday()] else "节假日不开放"


def tie_between(ties: Iterable[Tie], people: People) -> Tie | None:
    """Return a tie that keeps a mediator from these people (DOMAIN.md 6.6 rule 5).

    By key where the register has one, of agents too; by name alone where it has none.
    """
    for tie in ties:
        by_name = tie.person_key is None and tie.name in people.names
        if by_name or tie.person_key in people.keys:
            return tie
    return None


def open_quarters(calendar: Calendar, day: date) -> tuple[range, ...]:
    """Return the whole quarters in which the hall is open on a day; what touches is one span."""
    spans: list[range] = []
    for opens_at, closes_at in sorted(calendar.windows_on(day)):
        span = range(-(-int(opens_at.timestamp()) // _SECONDS), slot_of(closes_at))
        if spans and span.start <= spans[-1].stop:
            spans[-1] = range(spans[-1].start, max(span.stop, spans[-1].stop))
        elif span:
            spans.append(span)
    return tuple(spans)


def is_within(spans: Iterable[range], starts_at: datetime, ends_at: datetime) -> bool:
    """Return whether a time lies in one of the spans with its every quarter."""
    wanted = slots_between(starts_at, ends_at)
    return any(span.start <= wanted.start and wanted.stop <= span.stop for span in spans)

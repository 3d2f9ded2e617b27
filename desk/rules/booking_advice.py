"""What a secretary should think of before booking (排期提醒, DOMAIN.md 6.6 rules 6 and 7, 9.4).

Advice never refuses: it stands beside the form, and in the answer to whoever saved all the same.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from desk.rules.bookings import SLOT, Meeting
from desk.rules.moments import SHANGHAI
from desk.rules.working_days import missing_year_warning

MOST_IN_A_ROW = 3
LONGEST_MINUTES = 120
NOON, AFTER_NOON, LATE = time(12), time(14), time(17)
OLD = 70


def advice(meeting: Meeting) -> tuple[str, ...]:
    """Return what is advised against, in sentences; empty where all is well."""
    found = (rule(meeting) for rule in _RULES)
    return tuple(sentence for sentence in found if sentence)


def _staggering(meeting: Meeting) -> str:
    if not meeting.wish.staggers:
        return ""
    if meeting.caucus is not None:
        return "本案双方需错开入场，请通知双方前后错开 15 分钟，分别到主室和背靠背间。"
    return "本案双方需错开入场，请通知双方前后错开 15 分钟，最好再订一间背靠背间。"


def _in_a_row(meeting: Meeting) -> str:
    wish = meeting.wish
    pause = timedelta(minutes=2 * meeting.buffer_minutes) + SLOT
    others = sorted(meeting.neighbours)
    first = _reach([(b, a) for a, b in reversed(others)], wish.starts_at, pause, back=True)
    last = _reach(others, wish.ends_at, pause, back=False)
    count = first + 1 + last
    if count <= MOST_IN_A_ROW:
        return ""
    return f"{meeting.room.name}这样会连排 {count} 场，中间没有休息，建议换一间或错开。"


def _reach(
    spans: list[tuple[datetime, datetime]], edge: datetime, pause: timedelta, *, back: bool
) -> int:
    """Count the bookings that follow each other from an edge on, without a longer pause."""
    count = 0
    for near, far in spans:
        apart = edge - near if back else near - edge
        if timedelta() <= apart <= pause:
            count, edge = count + 1, far
    return count


def _length(meeting: Meeting) -> str:
    minutes = int((meeting.wish.ends_at - meeting.wish.starts_at).total_seconds()) // 60
    if minutes <= LONGEST_MINUTES:
        return ""
    return f"这一场排了 {minutes} 分钟，超过 {LONGEST_MINUTES} 分钟，建议分成两场。"


def _noon(meeting: Meeting) -> str:
    if not _touches(meeting, NOON, AFTER_NOON):
        return ""
    return "占用了 12:00–14:00，双方可能来不及吃饭，请先问过双方。"


def _elders(meeting: Meeting) -> str:
    born = meeting.day.year - OLD
    old = any(year <= born for year in meeting.people.birth_years)
    if not old or not _touches(meeting, LATE, time(23, 59)):
        return ""
    return f"当事人里有 {OLD} 岁以上的老人，最好不要排到 17:00 以后。"


def _access(meeting: Meeting) -> str:
    if not meeting.wish.needs_access or meeting.room.is_accessible:
        return ""
    return f"有人需要无障碍通行，{meeting.room.name}没有无障碍条件，建议换一间。"


def _duty(meeting: Meeting) -> str:
    host, wish = meeting.host, meeting.wish
    if host is None or any(a <= wish.starts_at and wish.ends_at <= b for a, b in host.duty):
        return ""
    return f"调解员{host.name}这个时段不当班，请先和本人说好。"


def _namesakes(meeting: Meeting) -> str:
    ties = meeting.host.ties if meeting.host is not None else ()
    if not any(tie.name in meeting.people.names for tie in ties):
        return ""
    return "回避名单里有与当事人同名的人，请核对是不是同一个人。"


def _everybody(meeting: Meeting) -> str:
    if meeting.attendees >= meeting.expected:
        return ""
    return f"按登记要到 {meeting.expected} 人，现在写的是 {meeting.attendees} 人，请核对。"


def _year(meeting: Meeting) -> str:
    day: date = meeting.day
    missing = meeting.calendar.missing_years(day, day)
    return missing_year_warning(missing[0]) if missing else ""


_RULES: tuple[Callable[[Meeting], str], ...] = (
    _staggering,
    _in_a_row,
    _length,
    _noon,
    _elders,
    _access,
    _duty,
    _namesakes,
    _everybody,
    _year,
)


def _touches(meeting: Meeting, start: time, end: time) -> bool:
    day = meeting.day
    a, b = (datetime.combine(day, at, SHANGHAI) for at in (start, end))
    return meeting.wish.starts_at < b and meeting.wish.ends_at > a

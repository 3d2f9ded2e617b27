"""Appointments and reception days (预约与接访): half hours with places, who may receive whom.

Nobody is blamed for not coming: the time is free again, and a new one is found at once.
Sources: DOMAIN.md 002-16, 004-2, 9.1, 9.4.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from desk.rules.codes import Channel, Role
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of, in_shanghai, start_of
from desk.rules.reception_codes import AppointmentState, ReceptionOutcome, VisitMode
from desk.rules.rights import CaseStand, Person, is_recused
from desk.rules.wording import label
from desk.rules.working_days import Calendar, Window

SLOT = timedelta(minutes=30)
_OFFERED = 3
S = AppointmentState
# what may become of an appointment; who came late after all, came
MOVES: Mapping[AppointmentState, frozenset[AppointmentState]] = MappingProxyType(
    {
        S.BOOKED: frozenset({S.CAME, S.NOT_COME, S.CANCELLED}),
        S.NOT_COME: frozenset({S.CAME, S.BOOKED}),
        S.CAME: frozenset({S.BOOKED}),
        S.CANCELLED: frozenset(),
    }
)
_FACE_TO_FACE = frozenset({Channel.VISIT, Channel.LEADER_DAY})
RECEIVERS = frozenset({Role.LEADER, Role.CHIEF})
_FOLLOWED = frozenset({ReceptionOutcome.ASSIGNED, ReceptionOutcome.MEETING})


@dataclass(frozen=True, slots=True)
class Slot:
    """A half hour of a book of appointments.

    Attributes:
        capacity: how many may come then.
        taken: the places that somebody has, from 1.
    """

    starts_at: datetime
    capacity: int
    taken: frozenset[int] = frozenset()

    @property
    def free(self) -> int:
        """How many more may come."""
        return max(self.capacity - len(self.taken), 0)

    @property
    def seat(self) -> int:
        """The first place that nobody has."""
        return next(n for n in range(1, len(self.taken) + 2) if n not in self.taken)


def half_hours(windows: Sequence[Window]) -> tuple[datetime, ...]:
    """Return when the half hours of some open hours begin; a rest of less is none."""
    found = []
    for opens, closes in windows:
        at = opens
        while at + SLOT <= closes:
            found.append(at)
            at += SLOT
    return tuple(found)


def windows_of(hours: str | None, day: date, calendar: Calendar) -> tuple[Window, ...]:
    """Return when somebody receives on a day: at the post's own hours, else the hall's."""
    if not hours:
        return calendar.windows_on(day)
    found = []
    for span in hours.split(","):
        begin, end = span.split("-")
        found.append((_at(day, begin), _at(day, end)))
    return tuple(found)


def _at(day: date, words: str) -> datetime:
    hours, minutes = (int(part) for part in words.split(":"))
    return start_of(day) + timedelta(hours=hours, minutes=minutes)


def next_free(slots: Sequence[Slot], wanted: datetime, now: datetime) -> tuple[Slot, ...]:
    """Return the next few half hours with a free place, those from `wanted` on first."""
    open_ones = [slot for slot in slots if slot.free and slot.starts_at + SLOT > now]
    later = [slot for slot in open_ones if slot.starts_at >= wanted]
    earlier = [slot for slot in reversed(open_ones) if slot.starts_at < wanted]
    return tuple((later + earlier)[:_OFFERED])


def require_slot(
    slots: Sequence[Slot], wanted: datetime, *, now: datetime, ahead_days: int
) -> Slot:
    """Return the half hour that somebody wants.

    Raises:
        RuleBroken: beside `starts_at`: it is over, too far ahead, outside the hours, or full;
            the sentence names the next free one.
    """
    if wanted + SLOT <= now:
        raise RuleBroken("这个时间已经过了，请选后面的空档。", field="starts_at")
    if (day_of(wanted) - day_of(now)).days > ahead_days:
        raise RuleBroken(f"最多提前 {ahead_days} 天预约，请选近一些的日子。", field="starts_at")
    found = next((slot for slot in slots if slot.starts_at == wanted), None)
    if found is not None and found.free:
        return found
    offered = "、".join(
        f"{in_shanghai(one.starts_at):%H:%M}" for one in next_free(slots, wanted, now)
    )
    instead = f"这天还有空的：{offered}。" if offered else "这天没有空档了，请换一天。"
    full = "已经约满" if found is not None else "不接待"
    raise RuleBroken(f"{in_shanghai(wanted):%H:%M} {full}。{instead}", field="starts_at")


def require_move(current: AppointmentState, target: AppointmentState) -> None:
    """Refuse what an appointment cannot become any more.

    Raises:
        RuleBroken: it says what it is now.
    """
    if target not in MOVES[current]:
        raise RuleBroken(f"这个预约{label(current)}，请刷新后看看现在的情况。")


def require_visitor(name: str, matter: str) -> None:
    """Refuse an appointment that says not who comes, or about what.

    Raises:
        RuleBroken: `field` names what to write.
    """
    if not name.strip():
        raise RuleBroken("请写来的人怎么称呼，例如 陈女士。", field="name")
    if not matter.strip():
        raise RuleBroken("请写一句来办什么事，当天不用再问。", field="matter")


def visit_mode_of(channel: Channel, *, has_appointment: bool, has_agent: bool) -> VisitMode | None:
    """Return how somebody came; None for calls, letters and the like, unless by an agent."""
    if has_agent:
        return VisitMode.AGENT
    if channel not in _FACE_TO_FACE:
        return None
    return VisitMode.APPOINTMENT if has_appointment else VisitMode.ON_SITE


def may_receive(leader: Person, case: CaseStand) -> bool:
    """Return whether a leader may get a case: never one about himself or his unit (回避)."""
    return not is_recused(case, leader)


def is_his_day(person: Person, receivers: Collection[int | None]) -> bool:
    """Return whether a reception day is somebody's own, or of whom he stands in for."""
    return bool({person.staff_id, *person.acts_for} & set(receivers))


def require_word(
    opinion: str, outcome: ReceptionOutcome, *, has_unit: bool, due_on: date | None, today: date
) -> None:
    """Refuse a record that says not what was decided, or not who does it until when.

    Raises:
        RuleBroken: `field` names what to write.
    """
    if not opinion.strip():
        raise RuleBroken("请写领导怎么说、怎么定的，印在登记表上。", field="opinion")
    if outcome in _FOLLOWED and not has_unit:
        raise RuleBroken("交办、会商要写由哪个单位跟进。", field="follow_unit")
    if has_unit and due_on is None:
        raise RuleBroken("请写跟进到哪一天，例如 11-30。", field="follow_due")
    if due_on is not None and due_on < today:
        raise RuleBroken("跟进期限不能早于今天。", field="follow_due")

"""Who must be on duty when (值班表): parts of the day, weekly duties, gaps, taking turns.

A cell of the roster is written as people write it on paper: “李敏、张三（夜）、★王主任”; ★ is the
leader in charge (带班领导).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice

from desk.rules.clock_codes import DutyPart
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.identity import fold_width
from desk.rules.mediation_codes import HolidayWay, RepeatRule
from desk.rules.rights import Person, may_in_hall
from desk.rules.series import Repeat, days_of, held_on
from desk.rules.wording import from_label, label
from desk.rules.working_days import Calendar

LEAD_MARK = "★"
MOST_PEOPLE = 8
_LONGEST_NAME = 50
_BETWEEN = re.compile(r"[、,，；;\s]+")
_MARKED = re.compile(r"(.+?)\((.+?)\)")
_SHORT = {"夜": DutyPart.NIGHT, "白": DutyPart.DAY, "日": DutyPart.DAY, "全": DutyPart.WHOLE}
_WEEK = timedelta(days=7)
_AHEAD = timedelta(days=1)
_DAY_AND_NIGHT = (DutyPart.DAY, DutyPart.NIGHT)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """One name in a cell of the roster."""

    person: str
    part: DutyPart = DutyPart.WHOLE
    is_lead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a post asks of the roster.

    Attributes:
        is_round_clock: somebody is there day and night, on days of rest too.
        needs_night: a night without a name is a gap.
        weekday: for a weekly duty, 0 = Monday (领导周四接访).
        holiday_way: what becomes of a weekly duty on a day of rest.
    """

    is_round_clock: bool = False
    needs_night: bool = False
    weekday: int | None = None
    holiday_way: HolidayWay = HolidayWay.SKIP


def may_keep_post(person: Person, unit_id: int) -> bool:
    """Return whether somebody writes this post's roster: all of them, or those of his own unit."""
    own = may_in_hall(Deed.KEEP_ROSTER, person) and unit_id in person.unit_ids
    return own or may_in_hall(Deed.KEEP_POSTS, person)


def read_people(text: str) -> tuple[OnDuty, ...]:
    """Return the names that a cell means, in their order.

    Raises:
        RuleBroken: beside the field `people`, with what cannot be read.
    """
    plain = fold_width(text).replace("*", LEAD_MARK)
    found = tuple(_read_one(word) for word in _BETWEEN.split(plain) if word)
    if len(found) > MOST_PEOPLE:
        raise RuleBroken(f"一格最多写 {MOST_PEOPLE} 人。", field="people")
    if len({(one.person, one.part) for one in found}) < len(found):
        raise RuleBroken("同一个人写了两次，请删去一处。", field="people")
    return found


def _read_one(word: str) -> OnDuty:
    is_lead = word.startswith(LEAD_MARK)
    name, part = word.removeprefix(LEAD_MARK), DutyPart.WHOLE
    if marked := _MARKED.fullmatch(name):
        name, part = marked[1], _part(marked[2])
    if not name or len(name) > _LONGEST_NAME or "(" in name or ")" in name:
        raise RuleBroken(
            f"没看懂“{word}”。姓名之间用“、”隔开，夜班写作 张三（夜），带班领导前面写 ★。",
            field="people",
        )
    return OnDuty(name, part, is_lead)


def _part(word: str) -> DutyPart:
    if word in _SHORT:
        return _SHORT[word]
    try:
        return from_label(DutyPart, word)
    except RuleBroken as unknown:
        raise RuleBroken(
            f"括号里的“{word}”看不懂，请写 白、夜 或 全天。", field="people"
        ) from unknown


def write_people(people: Collection[OnDuty]) -> str:
    """Return names as a cell shows them, day before night, who leads in front."""
    order = list(DutyPart)
    ranked = sorted(people, key=lambda one: (not one.is_lead, order.index(one.part)))
    return "、".join(_write_one(one) for one in ranked)


def _write_one(one: OnDuty) -> str:
    part = "" if one.part is DutyPart.WHOLE else f"（{label(one.part)[0]}）"
    return f"{LEAD_MARK if one.is_lead else ''}{one.person}{part}"


def duty_days(post: Post, first: date, last: date, calendar: Calendar) -> tuple[date, ...]:
    """Return the days from `first` to `last` on which somebody must be at the post."""
    every = [first + _AHEAD * n for n in range((last - first).days + 1)]
    if post.weekday is not None:
        # a duty may have moved into this span from a holiday before it
        before = first - 2 * _WEEK
        repeat = Repeat(RepeatRule.WEEKLY, before, weekdays=(post.weekday,), until=last)
        taken: set[date] = set(days_of(repeat))
        held = {held_on(day, calendar, post.holiday_way, taken) for day in days_of(repeat)}
        return tuple(day for day in every if day in held)
    if post.is_round_clock:
        return tuple(every)
    return tuple(day for day in every if calendar.is_working_day(day))


def missing_parts(post: Post, there: Collection[DutyPart]) -> tuple[DutyPart, ...]:
    """Return which parts of a day of duty nobody is named for."""
    if DutyPart.WHOLE in there:
        return ()
    if not there:
        return (DutyPart.WHOLE,)
    needed = _DAY_AND_NIGHT if post.is_round_clock and post.needs_night else (DutyPart.DAY,)
    return tuple(part for part in needed if part not in there)


def in_turns(order: Sequence[int], days: Sequence[date], last: int | None) -> dict[date, int]:
    """Return who is on duty on which day when people take turns, going on after `last`.

    Raises:
        RuleBroken: nobody takes turns at this post yet.
    """
    if not order:
        raise RuleBroken("这个岗位还没有写轮值人员。请先在“管理 · 值班岗位”里按次序写上。")
    start = (order.index(last) + 1) % len(order) if last in order else 0
    return dict(zip(days, islice(cycle(order), start, None), strict=False))

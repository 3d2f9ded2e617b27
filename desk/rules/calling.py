"""Whether residents may be rung now, and if not why and from when (打不打电话, DOMAIN.md 9.2)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from desk.rules.codes import ContactWay, Urgency
from desk.rules.moments import SHANGHAI, day_of, in_shanghai

# Seeds; a hall sets its own under the same names in lower case (`hall_settings.py`).
FOLLOWUP_ATTEMPTS = 3  # in vain, before a case is closed unrated (DOMAIN.md 4.1)
FOLLOWUP_PARTS = 2  # at how many times of day these were made (不同时段)
QUIET_HOURS = (22, 8)  # from ten in the evening to eight in the morning
CALLS_PER_DAY = 3  # to one number, by all units together
FACE_TO_FACE = frozenset({ContactWay.FACE, ContactWay.HOME, ContactWay.SITE})  # 见面
# what stands in the place of a reason where nobody of the hall rang: it is no call of ours
RANG_IN = "诉求人自己打来的"


class CallBar(StrEnum):
    """What speaks against ringing now."""

    NO_NUMBER = "no_number"  # 没有留电话
    DO_NOT_CALL = "do_not_call"  # 请勿再打
    CAP = "cap"  # 今天打够了
    QUIET = "quiet"  # 夜间


@dataclass(frozen=True, slots=True)
class CallRules:
    """What the hall allows itself."""

    quiet: tuple[int, int] = QUIET_HOURS
    per_day: int = CALLS_PER_DAY


@dataclass(frozen=True, slots=True)
class CallWish:
    """A wish not to be rung (请勿再打).

    Attributes:
        where: the other case on which it was recorded; empty for this one.
    """

    at: datetime
    note: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known of one number.

    Attributes:
        calls: the latest attempts to ring it, about whichever case.
    """

    has_number: bool
    urgency: Urgency
    calls: tuple[datetime, ...] = ()
    wish: CallWish | None = None

    def made_today(self, now: datetime) -> int:
        """Return how often the number was rung today, answered or not."""
        return sum(day_of(call) == day_of(now) for call in self.calls)


@dataclass(frozen=True, slots=True)
class CallAdvice:
    """Whether to ring now, in one sentence; `from_at` is None where waiting does not help."""

    bar: CallBar | None
    sentence: str
    from_at: datetime | None

    @property
    def may_ring(self) -> bool:
        """Whether nothing speaks against ringing now."""
        return self.bar is None

    @property
    def needs_reason(self) -> bool:
        """Whether somebody who rings all the same has to write down why."""
        return self.bar is not None and self.bar is not CallBar.NO_NUMBER


def may_ring(now: datetime, urgency: Urgency, quiet: tuple[int, int] = QUIET_HOURS) -> bool:
    """Return whether the hour allows to ring an appellant; for an urgent case it always does."""
    return urgency is Urgency.URGENT or not _is_quiet(now, quiet)


def call_advice(facts: CallFacts, rules: CallRules, now: datetime) -> CallAdvice:
    """Return whether the number may be rung now, why not, and from when.

    A wish not to be rung goes before all else, the cap before the hour; an urgent case is exempt
    from quiet hours alone (DOMAIN.md 9.2).
    """
    if not facts.has_number:
        return CallAdvice(CallBar.NO_NUMBER, "没有留电话，请上门，或等他来厅时再说。", None)
    if facts.wish is not None:
        return CallAdvice(CallBar.DO_NOT_CALL, _say_wish(facts.wish, now), None)
    made = facts.made_today(now)
    if made >= rules.per_day:
        tomorrow = datetime.combine(day_of(now) + timedelta(days=1), time(), SHANGHAI)
        start = _first_allowed(tomorrow, facts.urgency, rules.quiet)
        hour = in_shanghai(start).hour
        said = f"今天已打 {made} 次，每天最多 {rules.per_day} 次，明天 {hour} 点以后再打。"
        return CallAdvice(CallBar.CAP, said, start)
    if not may_ring(now, facts.urgency, rules.quiet):
        start = _first_allowed(now, facts.urgency, rules.quiet)
        what = "夜间" if rules.quiet[0] > rules.quiet[1] else "不打电话的钟点"
        said = f"现在是{what}，{in_shanghai(start).hour} 点以后再打。"
        return CallAdvice(CallBar.QUIET, said, start)
    return CallAdvice(
        None, f"这个号码今天打过 {made} 次，现在可以打。" if made else "现在可以打。", now
    )


def contact_unit(lead: int | None, first: int) -> int:
    """Return whose the one contact clock is: the lead's; the first unit's until it was sent."""
    return lead or first


def spaced_number(phone: str) -> str:
    """Return a number in groups that can be dialled while reading: 138 0000 0031."""
    if re.fullmatch(r"1\d{10}", phone):
        return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    return phone


class DayPart(StrEnum):
    """Times of day at which people are at home or not (不同时段)."""

    MORNING = "上午"
    AFTERNOON = "下午"
    EVENING = "晚上"


def day_part(moment: datetime) -> DayPart:
    """Return the time of day of a moment."""
    hour = in_shanghai(moment).hour
    if hour < 12:  # noqa: PLR2004 - noon
        return DayPart.MORNING
    return DayPart.AFTERNOON if hour < 18 else DayPart.EVENING  # noqa: PLR2004 - dusk


def next_part(attempts: Sequence[datetime], now: datetime) -> DayPart:
    """Return at which time of day to ring next: the one tried least, the soonest of these."""
    parts = list(DayPart)
    tried = [day_part(attempt) for attempt in attempts]
    here = parts.index(day_part(now))
    coming = parts[here:] + parts[:here]
    return min(coming, key=tried.count)


@dataclass(frozen=True, slots=True)
class GivingUp:
    """When a case is closed unrated because nobody answered (多次没接，办结).

    Attributes:
        needed: how many attempts in vain.
        parts: at how many times of day; one attempt has only one.
    """

    needed: int = FOLLOWUP_ATTEMPTS
    parts: int = FOLLOWUP_PARTS

    def bar(self, attempts: Sequence[datetime], now: datetime, made: int = 0) -> str:
        """Return why it may not be closed yet and when to try next; empty: it may.

        Args:
            attempts: when nobody answered, as far as each was recorded.
            made: how many there were, where more is known of than that.
        """
        count = max(made, len(attempts))
        next_one = f"下一次宜在{next_part(attempts, now)}"
        if count < self.needed:
            return (
                f"没有联系上的，要在不同时段打至少 {self.needed} 次才能办结，"
                f"现在打了 {count} 次；{next_one}。"
            )
        tried = [part for part in DayPart if part in set(map(day_part, attempts))]
        wanted = min(self.parts, self.needed)
        if len(tried) >= wanted:
            return ""
        return (
            f"打了 {count} 次，都在{'、'.join(tried)}；要在至少 {wanted} 个时段（上午、下午、晚上）"
            f"打过才能办结，{next_one}。"
        )


def say_attempts(attempts: Sequence[datetime], now: datetime) -> str:
    """Say when somebody was rung in vain, and when to try next (“已打 2 次：昨天下午、…”)."""
    if not attempts:
        return ""
    said = "、".join(_say_part(attempt, now) for attempt in sorted(attempts))
    return f"已打 {len(attempts)} 次：{said}；下一次宜在{next_part(attempts, now)}"


def _is_quiet(now: datetime, quiet: tuple[int, int]) -> bool:
    hour, (begins, ends) = in_shanghai(now).hour, quiet
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends


def _first_allowed(start: datetime, urgency: Urgency, quiet: tuple[int, int]) -> datetime:
    """Return the first moment from `start` on at which the hour allows to ring."""
    if may_ring(start, urgency, quiet):
        return start
    wall = in_shanghai(start).replace(minute=0, second=0, microsecond=0)
    return wall + timedelta(hours=(quiet[1] - wall.hour) % 24)


def _say_wish(wish: CallWish, now: datetime) -> str:
    day = _say_day(wish.at, now)
    note = f"（{wish.note}）" if wish.note else ""
    if wish.where:
        return f"此号码在 {wish.where} 记有请勿再打{note}。请上门、书面，或等他来厅。"
    return f"诉求人{day}说过请勿再打{note}。请上门、书面，或等他来厅。"


def _say_part(moment: datetime, now: datetime) -> str:
    return f"{_say_day(moment, now)}{day_part(moment)}"


def _say_day(moment: datetime, now: datetime) -> str:
    day, today = day_of(moment), day_of(now)
    near = {today: "今天", today - timedelta(days=1): "昨天"}
    return near.get(day, f"{day.month} 月 {day.day} 日")

"""What a mediation reminds its people of (调解提醒, DOMAIN.md 6.5, 6.6): instalments, court, visit.

Reminders are worked out when they are read; nothing has to be sent and nothing can be forgotten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desk.rules.booking_troubles import TROUBLE_WORDS, TroubledBooking, say_when
from desk.rules.moments import day_of
from desk.rules.money import show_amount


class ReminderKind(StrEnum):
    """What falls due."""

    INSTALMENT = "instalment"  # 分期
    COURT = "court"  # 司法确认
    FOLLOW_UP = "follow_up"  # 回访
    BOOKING = "booking"  # 排期须换人、须改期


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due on a day."""

    kind: ReminderKind
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class DueInstalment:
    """An instalment that is not paid in full: its place, its day, what is still due, in fen."""

    seq: int
    due_on: date
    left_fen: int


def reminders(
    today: date,
    *,
    instalments: Sequence[DueInstalment] = (),
    instalment_days: int,
    court_last: date | None = None,
    court_days: int,
    follow_up_on: date | None = None,
) -> tuple[Due, ...]:
    """Return what is due today, overdue, or near, the earliest first.

    Args:
        instalment_days: so many days before an instalment it is said.
        court_last: the last day for 司法确认; None where nobody can or need go there any more.
        court_days: so many days before that it is said.
        follow_up_on: when the follow-up falls due.
    """
    found = [
        Due(
            ReminderKind.INSTALMENT,
            one.due_on,
            f"第 {one.seq} 期 {show_amount(one.left_fen)}，{_when(one.due_on, today)}",
        )
        for one in instalments
        if one.due_on <= today + timedelta(days=instalment_days)
    ]
    if court_last is not None and today <= court_last <= today + timedelta(days=court_days):
        words = f"司法确认要双方一起申请，{_when(court_last, today)}"
        found.append(Due(ReminderKind.COURT, court_last, words))
    if follow_up_on is not None:
        words = f"回访，{_when(follow_up_on, today)}"
        found.append(Due(ReminderKind.FOLLOW_UP, follow_up_on, words))
    return tuple(sorted(found, key=lambda due: due.on))


def booking_reminder(one: TroubledBooking) -> Due:
    """Return the reminder of a booking that cannot stay as it is."""
    when = say_when(one.starts_at, one.ends_at, one.room)
    words = f"{when} {TROUBLE_WORDS[one.trouble]}"
    return Due(ReminderKind.BOOKING, day_of(one.starts_at), words)


def _when(on: date, today: date) -> str:
    left = (on - today).days
    if left < 0:
        return f"已过 {-left} 天"
    return "今天到期" if left == 0 else f"{on:%m-%d} 到期，还有 {left} 天"

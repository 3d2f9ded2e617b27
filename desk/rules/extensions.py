"""Requests for more time and pauses (延期、挂账、暂停): what may be asked, granted, and said of it.

Internal limits may be extended and stand still; a limit set by law only as the law says
(DOMAIN.md 2.8, 4.5, 6.1 #11 #12).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from desk.rules.clock_codes import ExtensionKind, ExtensionReason, ExtensionState, PauseReason
from desk.rules.codes import ClockKind
from desk.rules.errors import RuleBroken
from desk.rules.moments import say_due
from desk.rules.wording import label

# Limits of the work itself; who must be called or answered within minutes gets no extension.
EXTENDABLE = frozenset({ClockKind.VERIFY, ClockKind.HANDLE, ClockKind.OPINION, ClockKind.SETTLE})
# A request that nobody has decided yet.
PENDING = frozenset({ExtensionState.OFFICE, ExtensionState.LEADER})
# What a unit may pause for; 挂账 is granted by a leader and pauses by itself.
ASKED_PAUSES = (PauseReason.MATERIALS, PauseReason.APPRAISAL, PauseReason.WISHED)
# Reasons on the appellant's side: no unit on the case can go on, so that all of them wait.
OF_THE_APPELLANT = frozenset({PauseReason.MATERIALS, PauseReason.WISHED})
_R = ExtensionReason
REASONS: Mapping[ExtensionKind, tuple[ExtensionReason, ...]] = MappingProxyType(
    {
        ExtensionKind.EXTEND: tuple(_R),
        ExtensionKind.PARK: (  # 挂账原因, DOMAIN.md 5.4
            _R.WORKS,
            _R.SEASON,
            _R.HISTORY,
            _R.OWNERSHIP,
            _R.FUNDS,
            _R.LITIGATION,
            _R.DEMOLITION,
        ),
    }
)
_LONGEST_PARKING = 366  # days until a parked case is looked at again


@dataclass(frozen=True, slots=True, kw_only=True)
class Extendable:
    """One running limit, as far as its extension depends on it.

    Attributes:
        due_at: when it is due now.
        due_by_rule: when it were due without any extension, its pauses counted.
        is_legal: whether the law sets it.
        most_days: how many days the law, or its rule, lets it be extended by.
    """

    kind: ClockKind
    due_at: datetime
    due_by_rule: datetime
    is_legal: bool = False
    most_days: int | None = None

    def latest(self, own_days: int) -> datetime | None:
        """Return until when it may be extended in all; None where the law knows no extension.

        Args:
            own_days: how long the hall lets its own limits be extended.
        """
        days = self.most_days
        if days is None:
            if self.is_legal:
                return None
            days = own_days
        return self.due_by_rule + timedelta(days=days)


def require_reason(kind: ExtensionKind, reason: ExtensionReason, explanation: str) -> None:
    """Raise RuleBroken unless the reason is one of this kind of request and is explained."""
    if reason not in REASONS[kind]:
        words = "、".join(label(one) for one in REASONS[kind])
        raise RuleBroken(f"{label(kind)}的理由请从这些里选：{words}。", field="reason")
    if not explanation.strip():
        raise RuleBroken(
            "请写明具体情况：卡在哪里、打算怎么办。审批的人要看。", field="explanation"
        )


def require_until(limit: Extendable, until: datetime | None, now: datetime, own_days: int) -> None:
    """Raise RuleBroken unless a limit may be extended until then.

    Raises:
        RuleBroken: no moment, one that is not later, or one later than the law or the hall allows.
    """
    name, latest = label(limit.kind), limit.latest(own_days)
    if latest is None:
        raise RuleBroken(
            f"“{name}”是法定时限，规定里没有可以延长的话，不能延期，请按期办理。",
            field="clock_kind",
        )
    if until is None:
        raise RuleBroken("请写明延到什么时候。", field="until")
    if until <= max(limit.due_at, now):
        due = say_due(limit.due_at, seen_at=now)
        raise RuleBroken(f"拟延至的时间要晚于原期限（{due}），也要晚于现在。", field="until")
    if until > latest:
        most = (latest - limit.due_by_rule).days
        last = say_due(latest, seen_at=now)
        who = f"“{name}”是法定时限，依规最多延长" if limit.is_legal else f"“{name}”最多延长"
        raise RuleBroken(f"{who} {most} 天，最晚到 {last}。请改早一些。", field="until")


def require_review_day(review_on: date | None, today: date) -> None:
    """Raise RuleBroken unless a parked case is looked at again on a day to come, within a year."""
    if review_on is None or review_on <= today:
        raise RuleBroken("请写明哪天复核，要在今天以后。", field="review_on")
    if review_on > today + timedelta(days=_LONGEST_PARKING):
        raise RuleBroken("复核日期最晚写到一年以内，到时可以再挂。", field="review_on")


def require_shortened(
    kind: ExtensionKind, asked: date | datetime | None, granted: date | datetime | None
) -> None:
    """Raise RuleBroken where more is granted than was asked for; a leader may only shorten it.

    Both are days, or both are moments.
    """
    field = "until" if kind is ExtensionKind.EXTEND else "review_on"
    if granted is not None and asked is not None and granted > asked:
        raise RuleBroken("可以改早，不能比申请的还晚。要更晚请退回重新申请。", field=field)


def require_told(*, is_told: bool, is_anonymous: bool) -> None:
    """Raise RuleBroken while the appellant does not know of it: he is told the reason first."""
    if not (is_told or is_anonymous):
        raise RuleBroken("还没有告知诉求人理由，不能批准。请先联系诉求人，记下告知的方式和时间。")


def comes_late(due_at: datetime, now: datetime, ahead_hours: int) -> bool:
    """Return whether a request comes later before the limit than the hall wants it to."""
    return now > due_at - timedelta(hours=ahead_hours)


def granted_words(
    kind: ExtensionKind, until: datetime | None, review_on: date | None, *, seen_at: datetime
) -> str:
    """Return what was granted: “延期至 11 月 9 日 18:00”, “挂账，12 月 1 日复核”."""
    if kind is ExtensionKind.EXTEND and until is not None:
        return f"延期至 {say_due(until, seen_at=seen_at)}"
    day = f"，{review_on.month} 月 {review_on.day} 日复核" if review_on else ""
    return f"{label(kind)}{day}"


def paused_too_long(since: datetime, now: datetime, days: int) -> bool:
    """Return whether a pause lasts longer than the hall lets one go by unseen."""
    return now - since > timedelta(days=days)

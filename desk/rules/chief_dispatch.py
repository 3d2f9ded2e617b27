"""Who is waited for before a case goes out (一把手派单), so that the hour is kept all the same.

The first leader is asked; without a word his deputies are; when the limit for dispatching is about
to be missed, or nobody is left to ask, the dispatchers send the case themselves (DOMAIN.md 9.5).

What is confidential goes to the inspectors, or to whom its keepers name: for their word it waits
as long as it takes (DOMAIN.md 9.4).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk.rules.codes import CaseStatus, Role, UnitKind
from desk.rules.moments import say_moment
from desk.rules.rights import CaseStand, Person, decides_where


class Turn(StrEnum):
    """Whose word a proposed dispatch waits for; the chief may give his until it has gone out."""

    CHIEF = "chief"  # 一把手
    DEPUTY = "deputy"  # 代理人
    DISPATCHER = "dispatcher"  # 信联办直接派出
    KEEPERS = "keepers"  # 纪工委、分管领导或主要领导


class Asked(StrEnum):
    """Whose word a case needs before it goes out."""

    CHIEF = "chief"  # 一把手
    KEEPERS = "keepers"  # 纪工委、分管领导或主要领导


def who_is_asked(case: CaseStand, person: Person, *, asks_chief: bool) -> Asked | None:
    """Return whose word the case needs before this person sends it to a unit; None: nobody's.

    Args:
        asks_chief: whether the hall has its first leader confirm what is dispatched.
    """
    if case.is_confidential:
        return None if decides_where(case, person) else Asked.KEEPERS
    is_asked = asks_chief and case.status is CaseStatus.RECEIVED
    return Asked.CHIEF if is_asked and Role.CHIEF not in person.seeing_roles else None


def goes_unasked(asked: Asked | None, kinds: Collection[UnitKind]) -> bool:
    """Return whether units of these kinds may have the case without anybody's word.

    The inspectors have what is confidential as a matter of course (转纪工委).
    """
    only_inspectors = set(kinds) == {UnitKind.INSPECTION}
    return asked is None or (asked is Asked.KEEPERS and only_inspectors)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dispatch that waits for the first leader.

    Attributes:
        proposed_at: since when; None while nothing has been proposed.
        near_at: from when on the limit for dispatching is about to be missed; None without one.
        minutes: for how long the chief alone is waited for.
        has_deputy: whether anybody stands in for him today.
    """

    proposed_at: datetime | None
    near_at: datetime | None
    minutes: int
    has_deputy: bool

    @property
    def patience_ends(self) -> datetime | None:
        """Return when the chief has been waited for long enough."""
        if self.proposed_at is None:
            return None
        return self.proposed_at + timedelta(minutes=self.minutes)

    @property
    def direct_from(self) -> datetime | None:
        """Return from when on the dispatchers may send the case themselves."""
        patience = self.patience_ends
        if patience is not None and not self.has_deputy:
            return patience if self.near_at is None else min(patience, self.near_at)
        if self.near_at is None and patience is not None:
            return patience + timedelta(minutes=self.minutes)  # the deputies get as long
        return self.near_at

    def turn(self, now: datetime) -> Turn:
        """Return whose turn it is; as time passes it goes on, and never back."""
        if self.direct_from is not None and now >= self.direct_from:
            return Turn.DISPATCHER
        if self.has_deputy and self.patience_ends is not None and now >= self.patience_ends:
            return Turn.DEPUTY
        return Turn.CHIEF

    def why_direct(self, now: datetime) -> str:
        """Return what the history says of a case sent without the chief's word."""
        if self.patience_ends is not None and now >= self.patience_ends:
            return f"一把手未在 {self.minutes} 分钟内确认，按代理规则直接派出。"
        return "分拨时限将到，一把手还没有确认，按代理规则直接派出。"

    def why_not_yet(self, now: datetime) -> str:
        """Return why the dispatchers may not send the case themselves yet, and from when on."""
        if self.direct_from is None:
            return "请先拟派，由一把手确认。"
        whom = "代理人" if self.turn(now) is Turn.DEPUTY else "一把手"
        since = say_moment(self.direct_from, seen_at=now)
        return f"还在等{whom}确认，{since} 起可以直接派出。"

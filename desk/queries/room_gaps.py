"""Where the same people could meet instead, and what to think of before saving (空档)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to book; the same fields as the request's.

    Attributes:
        booking: the booking that would be moved: its own time is free for it.
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
    booking: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A time at which a fitting room and all the people are free.

    Attributes:
        why: a few words: “同一时间 · 无障碍”, “晚 4 小时”, “次日最早”.
    """

    room_id: int
    room: str
    caucus_room_id: int | None
    starts_at: datetime
    ends_at: datetime
    why: str


# nearest_gaps(reader, wish) -> tuple[Gap, ...]   three at most, nearest first
# booking_advice(reader, wish) -> tuple[str, ...] the soft rules' sentences, before saving

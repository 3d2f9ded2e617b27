"""A plain model of a hall's rooms: lists and comparisons, nothing of the program.

Times are minutes from midnight of the Monday in question; people are words.
"""

from dataclasses import dataclass, field

BUFFERS = {"第一调解室": 15, "第二调解室": 15, "背靠背间": 15, "老梁工作室": 0}
LIVE = {"provisional", "confirmed", "running"}
OPEN = ((9 * 60, 12 * 60), (14 * 60, 18 * 60))
HOLD = 30
DAY = 24 * 60


@dataclass
class Plan:
    """One booking as the model remembers it."""

    id: int
    rooms: tuple
    start: int
    end: int
    people: frozenset
    status: str = "confirmed"
    until: int | None = None
    series: int | None = None
    mediation: int | None = None

    @property
    def buffer(self):
        return max(BUFFERS[room] for room in self.rooms)

    @property
    def is_live(self):
        return self.status in LIVE


@dataclass
class RoomModel:
    """All bookings of a hall."""

    plans: list = field(default_factory=list)

    def expired(self, now):
        """Return what was held for too long and not released yet."""
        return [plan for plan in self.plans if plan.status == "provisional" and plan.until <= now]

    def release(self, now):
        """Release what was held for too long."""
        for plan in self.expired(now):
            plan.status = "expired"

    def is_open(self, plan):
        """Return whether the hall is open for all of a booking."""
        day, start = divmod(plan.start, DAY)
        end = plan.end - day * DAY
        return day % 7 < 5 and any(a <= start and end <= b for a, b in OPEN)

    def is_free(self, plan, now, *, without=(), also=()):
        """Return whether nothing else meets a booking in a room or in somebody."""
        late = self.expired(now)
        others = [one for one in self.plans if one.is_live and one not in late]
        others = [one for one in others if one not in without] + list(also)
        return not any(meet(plan, other) for other in others)

    def later(self, plan, now):
        """Return the later bookings of a series that can still be moved or cancelled."""
        late = self.expired(now)
        found = [
            one
            for one in self.plans
            if plan.series is not None
            and one.series == plan.series
            and one.start > plan.start
            and one.status in {"provisional", "confirmed"}
            and one not in late
        ]
        return sorted(found, key=lambda one: one.start)


def meet(one, other):
    """Return whether two bookings meet: rooms with their clearing, people without."""
    cleared = one.buffer + other.buffer
    in_room = set(one.rooms) & set(other.rooms)
    if in_room and one.start < other.end + cleared and other.start < one.end + cleared:
        return True
    both = one.people & other.people
    return bool(both) and one.start < other.end and other.start < one.end

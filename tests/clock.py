"""A clock that stands still until a test moves it, so that no test ever waits."""

from datetime import datetime, timedelta

from desk.rules.moments import SHANGHAI


class HandClock:
    """Call it for the time, as the program calls its clock."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self) -> datetime:
        """Return the time at which the clock stands."""
        return self._now

    def set(self, moment: str) -> datetime:
        """Set it to a moment in the hall, written as `2026-11-02 09:00`, and return that."""
        self._now = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        return self._now

    def forward(self, **span: float) -> datetime:
        """Move it on by a span such as `hours=2` (negative: back) and return the new time."""
        self._now += timedelta(**span)
        return self._now

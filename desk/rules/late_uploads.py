"""What reached the server later than the desk had saved it (离线补录): flagged, and judged fairly.

Limits go on counting from when the resident came (DOMAIN.md 9.2; RELIABILITY.md 4.5): that is what
he was promised. But a limit that had run out before the server knew of the case says nothing about
any unit: it counts neither as kept nor as missed.
"""

from datetime import datetime, timedelta

from desk.rules.moments import say_moment

_LATE = timedelta(minutes=2)  # less may be the way to the server, or two clocks that differ


def is_late_upload(saved_at: datetime | None, now: datetime) -> bool:
    """Return whether a desk had to keep it before the server took it."""
    return saved_at is not None and now - saved_at > _LATE


def late_words(saved_at: datetime, now: datetime) -> str:
    """Return what the history says of it."""
    return f"离线补录：{say_moment(saved_at, seen_at=now)} 存在本机，联网后上传。"


def ran_out_unknown(due_at: datetime, uploaded_at: datetime | None) -> bool:
    """Return whether a limit had run out before the server knew of the case."""
    return uploaded_at is not None and due_at <= uploaded_at

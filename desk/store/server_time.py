"""The time that counts (服务器时间): the server's on PostgreSQL, the machine's on one file."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.clock import machine_now
from desk.rules.moments import in_utc

Clock = Callable[[], datetime]


def server_now(session: Session, clock: Clock | None = None) -> datetime:
    """Return what time it is for the hall.

    Args:
        clock: an injected clock takes the place of every other.
    """
    if clock is not None:
        return clock()
    if session.get_bind().dialect.name == "sqlite":
        return machine_now()
    # the moment itself, not that at which the transaction began: it may have waited for a lock
    moment: Any = session.scalar(select(func.clock_timestamp()))
    return in_utc(moment)

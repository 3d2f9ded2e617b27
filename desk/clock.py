"""The clock of a workstation, for the few places that have no database to ask for the time."""

import time
from datetime import UTC, datetime


def machine_now() -> datetime:
    """Return what this machine believes the time to be; limits on a server never run on it."""
    return datetime.now(UTC)


def steady_seconds() -> float:
    """Return seconds that only ever pass, whoever sets the clock of this machine.

    They pass while it sleeps too, where the system can tell.
    """
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()

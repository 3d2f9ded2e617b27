"""The clock of a workstation, for the few places that have no database to ask for the time."""

from datetime import UTC, datetime


def machine_now() -> datetime:
    """Return what this machine believes the time to be; limits never run on it."""
    return datetime.now(UTC)

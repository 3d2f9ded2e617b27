"""How long somebody waits for the server (耐心): a window three seconds, a year's figures longer.

Kept apart from the watchdog, so that a desk on one file loads no driver of a server.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar, cast

Query = TypeVar("Query", bound=Callable[..., Any])
SILENCE = 3.0  # seconds; what a window waits for
LONG = 300.0  # seconds; a statement that is known to take its time
_patience: ContextVar[float] = ContextVar("patience", default=0.0)


@contextmanager
def patient(seconds: float = LONG) -> Iterator[None]:
    """Let statements of this thread be silent for longer: counting a year, binding a book."""
    before = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(before)


def patience() -> float:
    """Return for how many seconds statements of this thread may be silent."""
    return _patience.get()


def takes_long(query: Query) -> Query:
    """Declare that the statements of a query may be silent for longer: a year, a whole log."""

    @wraps(query)
    def patiently(*arguments: Any, **named: Any) -> Any:
        with patient():
            return query(*arguments, **named)

    return cast("Query", patiently)

"""Row ids minted by the program, so that files merge without renumbering (HOUSE.md decision 6).

63 bits: 41 of milliseconds since 2024, 10 of workstation, 12 of a counter. Ids rise with time on
one workstation and never meet those of another.
"""

import secrets
import threading
import time

_EPOCH_MS = 1_704_067_200_000  # 2024-01-01T00:00:00Z
_COUNTER_BITS = 12
_STATION_BITS = 10


class IdMint:
    """Mints ids for one workstation; safe to use from several threads."""

    def __init__(self, station: int) -> None:
        self._station = station % (1 << _STATION_BITS)
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        """Return an id larger than every id this mint has given."""
        with self._lock:
            now = (time.time_ns() // 1_000_000 - _EPOCH_MS) << _COUNTER_BITS
            self._last = max(self._last + 1, now)
            ticks, counter = self._last >> _COUNTER_BITS, self._last & ((1 << _COUNTER_BITS) - 1)
            return (ticks << _STATION_BITS | self._station) << _COUNTER_BITS | counter


_mint = IdMint(secrets.randbelow(1 << _STATION_BITS))


def new_id() -> int:
    """Return a fresh id; the workstation part is drawn at each start of the program."""
    return _mint.next()

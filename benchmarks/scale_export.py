"""One export in a process of its own: how long, how many rows, how much memory at most.

Run by `benchmarks.scale`: python -m benchmarks.scale_export URL FIRST LAST
"""

import json
import resource
import sys
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path

from desk.exchange.export_ledger import WantedLedger, ledger_sheet
from desk.store.database import Reader
from desk.store.signing_in import sign_in_built_in


def main() -> None:
    """Print what it took as JSON; the log of the database gets no line."""
    url, first, last = sys.argv[1], *map(date.fromisoformat, sys.argv[2:4])
    database = sign_in_built_in(url)
    wanted = WantedLedger(first, last, "量一量要多久")
    database.read(_look)
    before = _most()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        sheet = database.read(partial(ledger_sheet, wanted=wanted))
        path = Path(folder) / "ledger.xlsx"
        rows = sheet.written(path, sheet.request(database.person.staff_id)).rows
        took, size = time.perf_counter() - begun, path.stat().st_size
    database.close()
    print(json.dumps(
        {"rows": rows, "seconds": took, "before": before, "peak": _most(), "bytes": size}
    ))  # fmt: skip


def _look(reader: Reader) -> object:
    """Load what any read loads."""
    return ledger_sheet(reader, WantedLedger(date(1990, 1, 1), date(1990, 1, 1), "先读一次"))


def _most() -> float:
    """Return the most memory that was used so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

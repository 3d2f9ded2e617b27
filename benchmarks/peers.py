"""The same work done by other means: register, open the list, find a fragment, count a month.

Beside the program on both engines: Tryton's server on the same PostgreSQL, asked over its own
protocol as its client does; Qt's QSqlTableModel on a SQLite table; a ledger kept in a workbook
through openpyxl. All hold the same invented appeals. Tryton is installed for the run into a folder
that goes with it (needs a package index).

Run: python -m benchmarks.peers [--cases 10000] [--times 10]
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.peer_ledger import WorkbookLedger
from benchmarks.peer_table import TableModel
from benchmarks.peer_tryton import Tryton
from benchmarks.saving import clerk_of, intake_of
from benchmarks.server import Server, running_server
from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.queries.case_board import BoardFilter, board_page
from desk.queries.rate_figures import period_report
from desk.queries.search import find
from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.models import Case, PrivateFacts
from desk.store.signing_in import sign_in

FRAGMENT = "桂"
ABSENT = "鼋鼍"


class Peer(Protocol):
    """One way to keep a hall's appeals."""

    def register(self, n: int) -> object:
        """Take in one appeal."""

    def first_page(self) -> object:
        """Open the list: what stands on the first screen."""

    def find(self, fragment: str) -> object:
        """Find by a fragment of a name."""

    def month(self) -> object:
        """Count how many of a month were answered, solved, satisfied."""


class CaseDesk:
    """The program itself, as a clerk and a leader see it."""

    def __init__(self, clerk: Database, leader: Database) -> None:
        self._clerk, self._leader = clerk, leader
        today = clerk.now().date()
        self._first, self._last = today.replace(day=1), today

    def register(self, n: int) -> object:
        """Save it with number, papers, clocks and history."""
        return self._clerk.carry_out(intake_of(self._clerk, n))

    def first_page(self) -> object:
        """Read the first page of the board."""
        return self._leader.read(lambda reader: board_page(reader, BoardFilter()))

    def find(self, fragment: str) -> object:
        """Ask as the search box does."""
        return self._leader.read(lambda reader: find(reader, fragment, most=50))

    def month(self) -> object:
        """Count by the rules of the three rates."""
        first, last = self._first, self._last
        return self._leader.read(lambda reader: period_report(reader, first, last))


def main() -> None:
    """Print medians in milliseconds, and the ratio to the program on its file."""
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=int, default=10_000)
    options.add_argument("--times", type=int, default=10)
    chosen = options.parse_args()
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory()))
        server = ends.enter_context(running_server())
        peers = dict(filled(folder, server, chosen.cases, ends))
        print(f"{chosen.cases:,} appeals; median of {chosen.times} in ms (ratio to SQLite)")
        for name, work in WORKS.items():
            print(name)
            took = {who: median(peer, work, chosen.times) for who, peer in peers.items()}
            base = took["Case Desk, SQLite"]
            for who, one in took.items():
                print(f"  {who:<24} {one:>10.1f}  {one / base:>8.1f} ×", flush=True)


def filled(folder: Path, server: Server, cases: int, ends: ExitStack) -> Iterator[tuple[str, Peer]]:
    """Yield each way with its name, all holding the same appeals."""
    file = f"sqlite:///{folder / 'hall.db'}"
    build_demo(file, cases=cases)
    leader = leader_of(file)
    yield "Case Desk, SQLite", CaseDesk(clerk_of(file), leader)
    shared = server.create("hall")
    build_demo(shared, cases=cases)
    as_clerk, as_leader = (
        sign_in(server.url("hall", login), login, DEMO_PASSWORD) for login in ("1001", "1013")
    )
    ends.callback(as_clerk.close)
    ends.callback(as_leader.close)
    yield "Case Desk, PostgreSQL", CaseDesk(as_clerk, as_leader)
    rows = appeals(file)
    yield "QSqlTableModel, SQLite", TableModel(folder / "table.db", rows)
    yield "workbook, openpyxl", WorkbookLedger(folder / "ledger.xlsx", rows)
    yield "Tryton, PostgreSQL", ends.enter_context(Tryton.running(folder, server, rows))


def leader_of(url: str) -> Database:
    """Return the file as a leader sees it."""
    return sign_in(url, "1013", DEMO_PASSWORD)


def appeals(url: str) -> list[Mapping[str, object]]:
    """Return the appeals as plain rows."""
    engine = make_engine(url)
    wanted = (
        select(
            Case.number,
            PrivateFacts.name,
            PrivateFacts.phone,
            PrivateFacts.address,
            Case.details,
            Case.lead_unit_id,
            Case.received_at,
            Case.closed_at,
            Case.was_contacted,
            Case.resolution,
            Case.satisfaction,
        )
        .join(PrivateFacts, PrivateFacts.case_id == Case.id)
        .order_by(Case.received_at)
    )
    with Session(engine) as session:
        rows: list[Mapping[str, object]] = [
            {
                "number": row.number,
                "name": row.name or "",
                "phone": row.phone or "",
                "address": row.address or "",
                "details": row.details,
                "unit": str(row.lead_unit_id or ""),
                "received_at": row.received_at,
                "closed_at": row.closed_at,
                "responded": bool(row.was_contacted),
                "solved": row.resolution == "yes",
                "satisfied": row.satisfaction == "satisfied",
            }
            for row in session.execute(wanted)
        ]
    engine.dispose()
    return rows


WORKS: Mapping[str, Callable[[Peer, int], object]] = {
    "register": lambda peer, n: peer.register(n),
    "open the list": lambda peer, _: peer.first_page(),
    "find by a fragment of a name": lambda peer, _: peer.find(FRAGMENT),
    "find what is not there": lambda peer, _: peer.find(ABSENT),
    "count a month": lambda peer, _: peer.month(),
}


def median(peer: Peer, work: Callable[[Peer, int], object], times: int) -> float:
    """Return the median time of one in milliseconds; what takes very long is asked less often."""
    taken: list[float] = []
    for n in range(times):
        begun = time.perf_counter()
        work(peer, n)
        taken.append((time.perf_counter() - begun) * 1000)
        if sum(taken) > 30_000:
            break
    return statistics.median(taken)


if __name__ == "__main__":
    main()

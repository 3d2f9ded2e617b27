"""A primary dies and its standby takes over, again and again, while desks take in appeals.

Two real servers are set up by the hall's own scripts, with TLS and synchronous replication. Desks
save through one address that names both. The primary is killed (all its processes at once), fenced,
and the standby promoted; the dead one comes back as standby, and next time it is the other's turn.

Run: python -m benchmarks.failover [--kills 20] [--desks 3]
"""

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select

from desk.actions.intake import Appellant, RegisterCase
from desk.clock import machine_now
from desk.exchange.organisation import write_template
from desk.rules.codes import Channel, Exit
from desk.rules.errors import DatabaseAway
from desk.store.database import Database, Reader
from desk.store.models import Category
from desk.store.signing_in import sign_in
from tests.scripts.hall_server import SCRIPTS, HallServer, both, kill, password_of
from tests.street_book import STREET, fill

Answer = TypeVar("Answer")
LOGIN = "1001"
SILENCE = 3.0  # seconds after which a desk gives a silent server up
CALM = 25  # intakes between two kills
PATIENCE = 60.0


@dataclass
class Report:
    """What the drill found."""

    kills: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)  # command → number told to the desk
    lost: int = 0
    changed: int = 0
    doubled: int = 0
    gaps: int = 0
    after_kill: list[float] = field(default_factory=list)
    after_promotion: list[float] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Yield the figures."""
        yield f"kills of the primary: {self.kills}"
        yield f"intakes acknowledged: {len(self.acknowledged)}"
        yield f"acknowledged and lost: {self.lost}, numbers changed: {self.changed}"
        yield f"taken twice: {self.doubled}, gaps in the numbers: {self.gaps}"
        for words, found in (
            ("the kill", self.after_kill),
            ("the promotion was commanded", self.after_promotion),
        ):
            p50, p95 = statistics.median(found), _p95(found)
            yield (
                f"first acknowledgement after {words}: p50 {p50:.2f} s, p95 {p95:.2f} s, "
                f"max {max(found):.2f} s"
            )


class Desk(threading.Thread):
    """One desk that saves one intake after the other and repeats what was not acknowledged."""

    def __init__(self, url: str, report: Report, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self._url, self._report, self._stop_asked = url, report, stop
        self.acknowledged_at: list[float] = []

    def run(self) -> None:
        """Save until asked to stop; a command that is under way is brought to its end."""
        database = self._until_done(
            lambda: sign_in(self._url, LOGIN, STREET["统一初始密码"], silence=SILENCE)
        )
        category = self._until_done(lambda: database.read(_category))
        while not self._stop_asked.is_set():
            request = _intake(database, category)
            changes = self._until_done(partial(database.carry_out, request))
            self._report.acknowledged[str(request.command)] = str(changes.made["number"])
            self.acknowledged_at.append(time.monotonic())
        database.close()

    @staticmethod
    def _until_done(work: Callable[[], Answer]) -> Answer:
        """Ask again until the server has answered, as a desk's outbox does."""
        while True:
            try:
                return work()
            except DatabaseAway:
                time.sleep(0.05)


def _category(reader: Reader) -> int:
    return reader.session.scalars(select(Category.id).order_by(Category.id)).first() or 0


def drill(
    primary: HallServer, standby: HallServer, *, kills: int, desks: int = 3, seed: int = 1
) -> Report:
    """Kill whichever is the primary `kills` times and return what became of the intakes."""
    chance, report, stop = random.Random(seed), Report(), threading.Event()
    url = both(LOGIN, primary, standby)
    working = [Desk(url, report, stop) for _ in range(desks)]
    for one in working:
        one.start()
    for _ in range(kills):
        _wait_for(partial(_has, report, len(report.acknowledged) + CALM))
        time.sleep(chance.random() * 0.2)
        _fail_over(primary, standby, working, report)
        primary, standby = standby, primary
    stop.set()
    for one in working:
        one.join(PATIENCE)
        assert not one.is_alive(), "a desk still waits for its answer"
    _compare(primary, report)
    return report


def _has(report: Report, least: int) -> bool | None:
    return len(report.acknowledged) >= least or None


def _intake(database: Database, category: int) -> RegisterCase:
    return RegisterCase(
        made_by=database.person.staff_id,
        happened_at=machine_now(),
        exit=Exit.TRANSFER,
        channel=Channel.VISIT,
        details="7 栋电梯反复停在 3、4 层之间。请求尽快修好。",
        category=category,
        first_unit=database.person.home_unit_id,
        appellant=Appellant(name="陈桂芳", phone="13800000023", address="榕荫里小区 7 栋"),
    )


@contextmanager
def _two_servers(folder: Path) -> Iterator[tuple[HallServer, HallServer]]:
    """Give a primary with a founded street and the standby that it waits for at every save."""
    first, second = HallServer(folder / "a"), HallServer(folder / "b")
    try:
        first.install()
        workbook = folder / "street.xlsx"
        write_template(workbook)
        fill(workbook)
        first.run("first-administrator.sh", "--workbook", str(workbook))
        second.be_like(first)
        password = password_of(first.run("standby-setup.sh", "--prepare"))
        where = ["--primary-port", str(first.port), "--root-certificate", str(first.root)]
        second.run("standby-setup.sh", "--follow", "127.0.0.1", *where, given=password)
        first.run("standby-setup.sh", "--synchronous")
        yield first, second
    finally:
        for server in (first, second):
            server.stop()


def _fail_over(
    primary: HallServer, standby: HallServer, working: Sequence[Desk], report: Report
) -> None:
    """Kill the primary, let the standby take over, and let the dead one come back."""
    killed = time.monotonic()
    kill(primary)
    fence = f"{SCRIPTS / 'server-fence.sh'} --config {primary.config}"
    commanded = time.monotonic()
    standby.run("standby-promote.sh", "--fence", fence)
    first = _wait_for(lambda: _first_after(working, commanded))
    report.kills += 1
    report.after_kill.append(first - killed)
    report.after_promotion.append(first - commanded)
    password = password_of(standby.run("standby-setup.sh", "--prepare"))
    back = ["--primary", "127.0.0.1", "--primary-port", str(standby.port)]
    primary.run("standby-rejoin.sh", *back, given=password)
    standby.run("standby-setup.sh", "--synchronous")


def _first_after(working: Sequence[Desk], moment: float) -> float | None:
    """Return when the first desk got an answer after a moment."""
    found = [at for one in working for at in list(one.acknowledged_at) if at > moment]
    return min(found, default=None)


def _wait_for(look: Callable[[], Answer | None]) -> Answer:
    until = time.monotonic() + PATIENCE
    while (found := look()) is None:
        assert time.monotonic() < until, "nothing happens any more"
        time.sleep(0.005)
    return found


def _compare(server: HallServer, report: Report) -> None:
    """Compare what the desks were told with what the last primary holds."""
    told = "SELECT command::text, result::json -> 'made' ->> 'number' FROM events"
    held = {str(command): str(number) for command, number in server.ask(told) if number}
    for command, number in report.acknowledged.items():
        report.lost += command not in held
        report.changed += command in held and held[command] != number
    ((cases, numbers, last),) = server.ask(
        "SELECT count(*), count(DISTINCT number), max(seq) FROM cases"
    )
    report.doubled = int(str(cases)) - len(held)
    report.gaps = int(str(last)) - int(str(numbers))


def _p95(found: Sequence[float]) -> float:
    return sorted(found)[max(0, round(len(found) * 0.95) - 1)]


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--desks", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="hall-") as folder:
        Path(folder).chmod(0o755)
        with _two_servers(Path(folder)) as servers:
            found = drill(*servers, kills=chosen.kills, desks=chosen.desks)
        print(*found.lines(), sep="\n")


if __name__ == "__main__":
    main()

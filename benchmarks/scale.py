"""Every board, page, figure and export at several sizes, and how each grows with the cases.

Made are one database per size – on one file by the demo, on a server by copies of one – or those
that exist already are asked, from the smallest to the largest. Each line is asked about another
case each time, as the person whose line it is and with that person's rights. Exports and the
window run in processes of their own, so that their memory can be read.

Run: python -m benchmarks.scale [--engine postgresql|sqlite] [--cases 10000 100000 1000000]
     python -m benchmarks.scale --database sqlite:////a.db --database postgresql://…/b
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from math import ceil, log10
from pathlib import Path

from sqlalchemy.engine import make_url

from benchmarks.million import multiply
from benchmarks.million_file import multiply_file
from benchmarks.scale_questions import (
    CLERK,
    DISPATCHER,
    Question,
    Sample,
    questions,
    sample_of,
    today_of,
)
from benchmarks.server import running_server
from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.store.database import Database
from desk.store.engine import WRITES, make_engine
from desk.store.rate_marks import recount
from desk.store.signing_in import sign_in

SIZES = (10_000, 100_000, 1_000_000)
BASE = 2000  # cases that the demo invents for a server; all others are copies of them
INVENTED = 200_000  # cases that the demo itself fills a file with
LONGEST = 20.0  # seconds; what is slow is asked less often
ROOT = Path(__file__).parent.parent


@dataclass
class Measured:
    """What one database answered: by line p50 and p95, or one figure."""

    cases: int
    lines: dict[str, tuple[float, ...]] = field(default_factory=dict)


def main() -> None:
    """Print the table of all sizes."""
    options = argparse.ArgumentParser()
    options.add_argument("--engine", choices=["postgresql", "sqlite"], default="postgresql")
    options.add_argument("--cases", type=int, nargs="+", default=list(SIZES))
    options.add_argument("--database", action="append", default=[], metavar="URL")
    options.add_argument("--times", type=int, default=40)
    options.add_argument("--only", default="", help="only lines in which this stands")
    options.add_argument("--own-time", action="store_true", help="of this process, not by the wall")
    chosen = options.parse_args()
    made = partial(_made, chosen.engine)
    ways = [partial(_existing, url) for url in chosen.database] or [
        partial(made, cases) for cases in sorted(chosen.cases)
    ]
    found = []
    for way in ways:
        with way() as url:
            found.append(measured(url, chosen))
    print_table(sorted(found, key=lambda one: one.cases))


@contextmanager
def _existing(url: str) -> Iterator[str]:
    yield url


@contextmanager
def _made(engine: str, cases: int) -> Iterator[str]:
    """Make a database for as long as it is measured."""
    begun = time.perf_counter()
    with _file(cases) if engine == "sqlite" else _server(cases) as url:
        _say(f"{cases:,} cases made in {time.perf_counter() - begun:.0f} s")
        yield url


@contextmanager
def _file(cases: int) -> Iterator[str]:
    """Make one file: by the demo, beyond what it invents in minutes by copies for what is read."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "hall.db"
        url = f"sqlite:///{file}"
        build_demo(url, cases=cases if cases <= INVENTED else BASE)
        if cases > INVENTED:
            multiply_file(file, cases, base=BASE)
            _count_anew(url)
        yield url


@contextmanager
def _server(cases: int) -> Iterator[str]:
    with running_server() as server:
        url = server.create("million")
        build_demo(url, cases=min(BASE, cases))
        if cases > BASE:
            with server.superuser("million") as connection:
                multiply(connection, cases, base=BASE, streets=1)
            _count_anew(url)
            with server.superuser("million") as connection:
                connection.execute("VACUUM ANALYZE rate_marks, rate_days")
                connection.execute("CHECKPOINT")
        yield url


def _count_anew(url: str) -> None:
    """Make the sums of the figures, as copies are made without triggers."""
    engine = make_engine(url)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        recount(connection)
    engine.dispose()


def measured(url: str, chosen: argparse.Namespace) -> Measured:
    """Ask a database everything."""
    clock = time.process_time if chosen.own_time else time.perf_counter
    desks = _Desks(url)
    today = today_of(desks.of(CLERK))
    sample = sample_of(url, chosen.times, today)
    found = Measured(sample.cases)
    for question in questions(sample, desks.of(CLERK)):
        if chosen.only in question.name and question.asks:
            found.lines[question.name] = asked(desks.of(question.login), question, clock)
            _tell(question.name, found.lines[question.name])
    desks.close()
    for name, figures in _in_processes(url, sample, chosen.only):
        found.lines[name] = figures
        _tell(name, figures)
    return found


class _Desks:
    """The database as each person sees it who asks."""

    def __init__(self, url: str) -> None:
        self._url, self._open = url, dict[str, Database]()

    def of(self, login: str) -> Database:
        """Return the database as somebody sees it."""
        if login not in self._open:
            url = as_login(self._url, login)
            self._open[login] = sign_in(url, login, DEMO_PASSWORD)
        return self._open[login]

    def close(self) -> None:
        """Let go of all connections."""
        for database in self._open.values():
            database.close()


def as_login(url: str, login: str) -> str:
    """Return an address under somebody's own login, where the database has logins."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return url
    return parsed.set(username=login).render_as_string(hide_password=False)


def asked(
    database: Database, question: Question, clock: Callable[[], float]
) -> tuple[float, float]:
    """Return p50 and p95 in milliseconds, after once that warms up."""
    database.read(question.asks[0])
    taken: list[float] = []
    for ask in question.asks:
        begun = clock()
        database.read(ask)
        taken.append((clock() - begun) * 1000)
        if sum(taken) > LONGEST * 1000:
            break
    ordered = sorted(taken)
    return statistics.median(ordered), ordered[ceil(0.95 * len(ordered)) - 1]


def _in_processes(url: str, sample: Sample, only: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield figures of exports, and the memory of a window."""
    last = sample.today.replace(day=1) - timedelta(days=1)
    for name, first in (("一个月", last.replace(day=1)), ("一年", last - timedelta(days=364))):
        if only in f"导出·{name}":
            took = _in_process("scale_export", url, str(first), str(last))
            rows = max(1.0, took["rows"])
            yield f"导出·{name} 件数", (took["rows"],)
            yield f"导出·{name} 秒", (took["seconds"],)
            yield f"导出·{name} 件/秒", (rows / took["seconds"],)
            yield f"导出·{name} 内存增量 MB", (took["peak"] - took["before"],)
    if only in "窗口内存":
        took = _in_process("scale_window", as_login(url, DISPATCHER), DISPATCHER)
        yield "窗口内存·登录后 MB", (took["start"],)
        yield "窗口内存·看板 MB", (took["board"],)
        yield "窗口内存·十个案件卷后 MB", (took["files"],)


def _in_process(module: str, *arguments: str) -> dict[str, float]:
    """Return what another process measured."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *arguments],
        check=True,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def print_table(found: Sequence[Measured]) -> None:
    """Print each line with its growth: by which factor it rises with ten times the cases."""
    heads = "".join(f"{one.cases:>22,}" for one in found)
    print(f"\n{'p50 / p95 in ms':<34}{heads}   per tenfold")
    for name in found[-1].lines:
        cells = "".join(f"{_figures(one.lines.get(name, ())):>22}" for one in found)
        print(f"{name:<34}{cells}   {growth(found, name)}")


def growth(found: Sequence[Measured], name: str) -> str:
    """Return the factor by which the first figure of a line rises per tenfold."""
    first, last = found[0], found[-1]
    if name not in first.lines or last.cases <= first.cases:
        return ""
    before, after = first.lines[name][0], last.lines[name][0]
    steps = log10(last.cases / first.cases)
    return f"× {(after / before) ** (1 / steps):.2f}" if before > 0 and after > 0 else ""


def _figures(several: tuple[float, ...]) -> str:
    return " / ".join(f"{one:,.1f}" for one in several)


def _tell(name: str, figures: tuple[float, ...]) -> None:
    _say(f"  {name:<30} {_figures(figures)}")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

"""All running clocks counted anew, part by part, against one case in each transaction.

The alternative is the obvious way: after a change of limits open every case, count its clocks and
commit. Both write the same rows and the same kind of history.

Run: python -m benchmarks.recompute [--clocks 100000] [--database postgresql://…]
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, literal, select
from sqlalchemy.orm import Session

from desk.actions.recomputing import RecomputeClocks
from desk.actions.time_rules import SetTimeRule
from desk.demo.build import build_demo
from desk.queries.time_rules import CountAnew, Part, count_part
from desk.rules.codes import ClockKind
from desk.rules.lifecycle import FINISHED
from desk.rules.moments import day_of
from desk.store.base import Base
from desk.store.database import Database, Reader
from desk.store.engine import WRITES
from desk.store.hall_rules import hall_calendar, time_rules
from desk.store.models import CalendarDay, Case, Clock
from desk.store.signing_in import sign_in_built_in

APART = 10**15  # between the ids of a case and of its next double
SINGLY = 400  # cases that the alternative is given; its rate does not depend on how many


def main() -> None:
    """Print how long counting, and counting and writing, took on both ways."""
    options = argparse.ArgumentParser()
    options.add_argument("--clocks", type=int, default=100_000)
    options.add_argument("--database")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.database or f"sqlite:///{Path(folder) / 'bench.db'}"
        database = prepared(url, chosen.clocks)
        total = database.read(partial(clocks_of, kinds=()))
        print(f"{database.engine.dialect.name}: {total:,} clocks run")
        report("nothing has changed", database, CountAnew(), total)
        close_a_day(database)
        report("a day is closed", database, CountAnew(), total)
        halve_handling(database)
        wanted = CountAnew((ClockKind.HANDLE,))
        handling = database.read(partial(clocks_of, kinds=(ClockKind.HANDLE,)))
        alone = one_by_one(database, wanted)
        together = report("handling takes half as long", database, wanted, handling)
        print(f"cases written per second, in parts / one by one: {together / alone:.1f}")
        database.close()


def prepared(url: str, clocks: int) -> Database:
    """Build a small hall and double its open cases until so many clocks run."""
    build_demo(url, cases=400)
    database = sign_in_built_in(url)
    there = database.read(partial(clocks_of, kinds=()))
    last = database.read(lambda reader: reader.session.scalar(select(func.max(Case.id)))) or 0
    with database.engine.execution_options(**{WRITES: True}).begin() as connection:
        for number in range(1, -(-clocks // there)):
            double(connection, number, last)
    return database


def double(connection: Connection, number: int, last: int) -> None:
    """Insert every open case up to the last one once more, with its clocks and its history."""
    cases, clocks, links = (table(name) for name in ("cases", "clocks", "event_cases"))
    aside = literal(APART * number)
    open_cases = select(cases.c.id).where(cases.c.id <= last, cases.c.status.not_in(FINISHED))
    copied(connection, cases, cases.c.id.in_(open_cases), {
        "id": cases.c.id + aside,
        "number": cases.c.number + f"#{number}",
        "seq": cases.c.seq + 1_000_000 * number,
    })  # fmt: skip
    copied(connection, clocks, clocks.c.case_id.in_(open_cases), {
        "id": clocks.c.id + aside,
        "case_id": clocks.c.case_id + aside,
        "assignment_id": literal(None),
    })  # fmt: skip
    copied(connection, links, links.c.case_id.in_(open_cases), {
        "case_id": links.c.case_id + aside,
    })  # fmt: skip


def table(name: str) -> Table:
    """Return a table by its name."""
    return Base.metadata.tables[name]


def copied(connection: Connection, rows: Table, which: Any, changed: dict[str, Any]) -> None:
    """Insert rows once more, some columns otherwise."""
    columns = [changed.get(column.name, column).label(column.name) for column in rows.columns]
    names = [column.name for column in rows.columns]
    connection.execute(insert(rows).from_select(names, select(*columns).where(which)))


def clocks_of(reader: Reader, kinds: tuple[ClockKind, ...]) -> int:
    """Return how many clocks run."""
    query = select(func.count(Clock.id)).join(
        Case, (Case.id == Clock.case_id) & (Case.round_no == Clock.round_no)
    )
    query = query.where(Clock.stopped_at.is_(None), Clock.set_aside_at.is_(None))
    return reader.session.scalar(query.where(Clock.kind.in_(kinds)) if kinds else query) or 0


def close_a_day(database: Database) -> None:
    """Close the hall on the next day it would work, so that limits in working days move."""
    street, today = database.person.street_id, day_of(database.now())
    with Session(database.engine.execution_options(**{WRITES: True})) as session, session.begin():
        calendar = hall_calendar(session, street, today)
        day = next(calendar.working_days(today + timedelta(days=1)))
        session.add(CalendarDay(street_id=street, day=day, is_working=False, reason="停电检修"))


def halve_handling(database: Database) -> None:
    """Let every limit of handling be half as long from today on."""
    today = day_of(database.now())
    known = database.read(lambda r: time_rules(r.session, r.person.street_id, today))
    for row, rule in known.items():
        if rule.kind is ClockKind.HANDLE:
            limit = replace(rule, value=rule.value // 2)
            request = SetTimeRule(**by_me(database), rule=row, limit=limit, valid_from=today)
            database.carry_out(request)


def by_me(database: Database) -> dict[str, Any]:
    """Return the head of a request."""
    return {"made_by": database.person.staff_id, "happened_at": database.now()}


def parts(database: Database, wanted: CountAnew) -> Iterator[Part]:
    """Yield every part, as the window asks for them."""
    after: int | None = 0
    while after is not None:
        part = database.read(partial(count_part, how=wanted, after=after))
        yield part
        after = part.after


def report(what: str, database: Database, wanted: CountAnew, clocks: int) -> float:
    """Go through all clocks in parts; return how many changed cases were written a second."""
    writing, changed, slowest = 0.0, 0, 0.0
    begun = time.perf_counter()
    for part in parts(database, wanted):
        if part.changed:
            start = time.perf_counter()
            request = RecomputeClocks(**by_me(database), cases=part.changed, kinds=wanted.kinds)
            database.carry_out(request)
            slowest = max(slowest, time.perf_counter() - start)
            writing += time.perf_counter() - start
        changed += len(part.changed)
    seconds = time.perf_counter() - begun
    rate = changed / writing if writing else 0.0
    print(
        f"{what}: {changed:,} cases come out otherwise; {seconds:.1f} s, "
        f"{clocks / seconds:,.0f} clocks/s; {rate:,.0f} cases/s written, "
        f"the slowest part {slowest * 1000:.0f} ms"
    )
    return rate


def one_by_one(database: Database, wanted: CountAnew) -> float:
    """Write the first cases each in a transaction of its own; return how many a second."""
    changed: list[int] = []
    for part in parts(database, wanted):
        changed += part.changed
        if len(changed) >= SINGLY:
            break
    begun = time.perf_counter()
    for case in changed[:SINGLY]:
        request = RecomputeClocks(**by_me(database), cases=(case,), kinds=wanted.kinds)
        database.carry_out(request)
    seconds = time.perf_counter() - begun
    done = min(len(changed), SINGLY)
    print(f"one by one: {done} cases in {seconds:.1f} s, {done / seconds:,.0f} cases/s")
    return done / seconds


if __name__ == "__main__":
    main()

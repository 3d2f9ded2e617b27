"""Six desks save the same slot at the same instant: our bookings against check-then-insert.

The alternative is what most schedulers do: look whether the room is free, then insert a row, one
statement each and nothing else. It is quick, and it books a room twice.

Run: python -m benchmarks.bookings [--rounds 50] [--database postgresql://…]
"""

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from desk.actions.bookings import BookRoom
from desk.actions.rooms import SetRoom
from desk.demo.build import build_demo
from desk.rules.bookings import SlotTaken
from desk.rules.mediation_codes import BookingPurpose, RoomKind
from desk.rules.moments import day_of, start_of
from desk.rules.working_days import built_in_calendar
from desk.store.database import Database
from desk.store.engine import WRITES, make_engine
from desk.store.signing_in import sign_in_built_in

DESKS, SLOTS = 6, 20
STARTS = (540, 630, 840, 930)  # 09:00, 10:30, 14:00, 15:30; each for 45 minutes
LENGTH = timedelta(minutes=45)
OURS = """
SELECT count(*) FROM bookings a JOIN bookings b ON a.id < b.id AND a.room_id = b.room_id
WHERE a.status = 'confirmed' AND b.status = 'confirmed'
  AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
"""
NAIVE = """
SELECT count(*) FROM bench_bookings a JOIN bench_bookings b ON a.id < b.id AND a.room = b.room
WHERE a.starts < b.ends AND b.starts < a.ends
"""
NAIVE_TABLE = "CREATE TABLE bench_bookings (id {} PRIMARY KEY, room bigint, starts int, ends int)"
CHECK = (
    "SELECT count(*) FROM bench_bookings WHERE room = :room AND starts < :ends AND ends > :starts"
)
INSERT = "INSERT INTO bench_bookings (room, starts, ends) VALUES (:room, :starts, :ends)"


@dataclass(frozen=True)
class Run:
    """What every desk does: the rooms in turn, in each the same slots."""

    url: str
    rooms: tuple[int, ...]
    starts: tuple[datetime, ...]


@dataclass(frozen=True)
class Told:
    """What one desk got: bookings, refusals that name a desk, refusals for being busy."""

    won: int
    told: int
    busy: int
    seconds: float
    slowest: float


def main() -> None:
    """Print throughput, refusals and double bookings of both."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=50)
    options.add_argument("--database")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.database or f"sqlite:///{Path(folder) / 'bench.db'}"
        run = prepared(url, chosen.rounds)
        wanted = chosen.rounds * SLOTS
        print(f"{chosen.rounds} rounds, {SLOTS} slots, {DESKS} processes: {wanted} slots to win")
        ours = report("bookings of the hall", race(our_desk, run), count(url, OURS))
        naive = report("check, then insert", race(naive_desk, run), count(url, NAIVE))
        print(f"seconds of the hall's bookings / check-then-insert: {ours / naive:.1f}")


def prepared(url: str, rounds: int) -> Run:
    """Found the street with one room for each round, and the naive table."""
    build_demo(url, cases=0)
    database = sign_in_built_in(url)
    rooms = tuple(
        database.carry_out(
            SetRoom(
                made_by=database.person.staff_id,
                happened_at=database.now(),
                name=f"比试间 {number}",
                kind=RoomKind.MEDIATION,
                capacity=8,
            )
        ).made["room"]
        for number in range(rounds)
    )
    serial = "bigserial" if database.engine.dialect.name == "postgresql" else "integer"
    with database.engine.begin() as connection:
        connection.execute(text(NAIVE_TABLE.format(serial)))
    today = day_of(database.now())
    database.close()
    days = built_in_calendar().working_days(today)
    starts = tuple(
        start_of(day) + timedelta(minutes=minutes)
        for day in (next(days) for _ in range(SLOTS // len(STARTS)))
        for minutes in STARTS
    )
    return Run(url, rooms, starts)


def race(desk: Callable[[Run, int, Barrier], Told], run: Run) -> list[Told]:
    """Let all desks run, each in a process of its own."""
    several = multiprocessing.get_context("spawn")
    gate, answers = several.Barrier(DESKS), several.Queue()
    processes = [
        several.Process(target=_answer, args=(desk, run, number, gate, answers))
        for number in range(DESKS)
    ]
    for process in processes:
        process.start()
    told: list[Told] = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    return told


def _answer(desk: Any, run: Run, number: int, gate: Barrier, answers: Any) -> None:
    answers.put(desk(run, number, gate))


def our_desk(run: Run, number: int, gate: Barrier) -> Told:
    """Save every slot through the hall's own action."""
    built_in = sign_in_built_in(run.url)
    person = replace(built_in.person, desk_name=f"窗口 {number + 1}")
    database = Database(built_in.engine, person)

    def save(room: int, starts_at: datetime) -> str:
        request = BookRoom(
            made_by=person.staff_id,
            happened_at=datetime.now(UTC),
            room=room,
            starts_at=starts_at,
            ends_at=starts_at + LENGTH,
            attendees=4,
            purpose=BookingPurpose.CONSULTATION,
            title="个案会商",
        )
        try:
            database.carry_out(request)
        except SlotTaken as taken:
            return "told" if "窗口" in str(taken) else "busy"
        return "won"

    return _all_slots(run, gate, save)


def naive_desk(run: Run, _number: int, gate: Barrier) -> Told:
    """Save every slot by looking first."""
    engine = make_engine(run.url)
    writer = engine.execution_options(**{WRITES: True})

    def save(room: int, starts_at: datetime) -> str:
        starts = int(starts_at.timestamp())
        values = {"room": room, "starts": starts, "ends": starts + int(LENGTH.total_seconds())}
        try:
            with engine.connect() as connection:
                if connection.execute(text(CHECK), values).scalar():
                    return "told"
            with writer.begin() as connection:
                connection.execute(text(INSERT), values)
        except OperationalError:
            return "busy"
        return "won"

    return _all_slots(run, gate, save)


def _all_slots(run: Run, gate: Barrier, save: Callable[[int, datetime], str]) -> Told:
    found, took = [], []
    gate.wait()
    begun = time.perf_counter()
    for room in run.rooms:
        for starts_at in run.starts:
            gate.wait()
            start = time.perf_counter()
            found.append(save(room, starts_at))
            took.append(time.perf_counter() - start)
    seconds = time.perf_counter() - begun
    kinds = {kind: found.count(kind) for kind in ("won", "told", "busy")}
    return Told(**kinds, seconds=seconds, slowest=max(took))


def count(url: str, query: str) -> int:
    """Return how many pairs of bookings overlap."""
    engine = make_engine(url)
    with engine.connect() as connection:
        found = int(connection.execute(text(query)).scalar() or 0)
    engine.dispose()
    return found


def report(what: str, told: list[Told], overlaps: int) -> float:
    """Print what the desks got, and return how long the slowest of them took."""
    seconds = max(one.seconds for one in told)
    won, said, busy = (sum(getattr(one, kind) for one in told) for kind in ("won", "told", "busy"))
    slowest = max(one.slowest for one in told) * 1000
    print(
        f"{what}: {won} won, {said} told who was first, {busy} merely failed; "
        f"{overlaps} overlapping pairs; {seconds:.1f} s, {(won + said + busy) / seconds:.0f} "
        f"requests/s, the slowest {slowest:.0f} ms"
    )
    return seconds


if __name__ == "__main__":
    main()

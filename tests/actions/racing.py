"""Desks in processes of their own that save bookings at the same instant."""

import multiprocessing
from dataclasses import dataclass, replace
from datetime import datetime

from desk.actions.bookings import BookRoom
from desk.rules.bookings import SlotTaken
from desk.rules.mediation_codes import BookingPurpose
from desk.rules.rights import Person
from desk.store.database import Database
from desk.store.engine import make_engine

PATIENCE = 60  # seconds after which the others are not waited for any longer
# Desks of their own: forked from a server that has read the libraries, but nothing of the program,
# for every desk draws its own number when it starts (`store/ids.py`).
DESKS = multiprocessing.get_context("forkserver")
DESKS.set_forkserver_preload(["sqlalchemy.orm", "psycopg", "chinese_calendar"])


@dataclass(frozen=True)
class Wanted:
    """One booking that a desk wants: which room, whose mediator, from when to when."""

    room: int
    mediator: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Race:
    """What every desk does with one database: one wish after the other, all at once."""

    url: str
    now: datetime
    people: tuple[Person, ...]  # one for each desk
    wishes: tuple[tuple[Wanted, ...], ...]  # for each desk as many as there are slots


def race(races):
    """Let desks save all wishes; return for each race what each desk was told, slot by slot."""
    desks = len(races[0].people)
    gate = DESKS.Barrier(desks)
    answers = DESKS.Queue()
    running = [
        DESKS.Process(target=_desk, args=(number, races, gate, answers), daemon=True)
        for number in range(desks)
    ]
    for process in running:
        process.start()
    told = dict(answers.get(timeout=PATIENCE) for _ in running)
    for process in running:
        process.join(PATIENCE)
    answers.close()
    answers.join_thread()
    return [[told[number][place] for number in range(desks)] for place in range(len(races))]


def _desk(number, races, gate, answers):
    answers.put((number, [_save_all(number, one, gate) for one in races]))


def _save_all(number, one, gate):
    person = replace(one.people[number], desk_name=f"窗口 {number + 1}")
    database = Database(make_engine(one.url), person, clock=lambda: one.now)
    database.now()  # connected before the start
    told = [_save(database, wanted, gate) for wanted in one.wishes[number]]
    database.close()
    return told


def _save(database, wanted, gate):
    """Return None for whoever got it, else the sentence for the loser."""
    request = BookRoom(
        made_by=database.person.staff_id,
        happened_at=database.now(),
        room=wanted.room,
        mediator=wanted.mediator,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        purpose=BookingPurpose.CONSULTATION,
        title="个案会商",
    )
    gate.wait(PATIENCE)
    try:
        database.carry_out(request)
    except SlotTaken as taken:
        return str(taken)
    return None

"""Six desks in processes of their own save the same slot at the same instant: one gets it."""

import re
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.rules.bookings import LIVE_BOOKINGS
from desk.store.engine import make_engine
from desk.store.models import Booking, BookingSlot
from tests.actions.racing import Race, Wanted, race
from tests.actions.rooms import GU, LAO_LIANG, MENG, QIAN, ROOMS, Rooms, at
from tests.actions.work import FENG, ZHOU
from tests.small_hall import SmallHall

PEOPLE = (ZHOU, FENG, MENG, GU, QIAN, ZHOU)
SLOTS, ROUNDS = 20, 1
STARTS = ("09:00", "10:30", "14:00", "15:30")  # four a day on the five days of a week
TAKEN = re.compile(r"(?:已被|由)(窗口 \d)(?:占下|登记)")


def furnished(url, clock):
    engine = make_engine(url)
    return Rooms(SmallHall(engine, clock), clock).furnish(), engine


def wishes_of(rooms, number):
    """Return what one desk wants: even slots the same room, odd ones the same mediator only."""
    ids = [rooms.room_ids[name] for name in ROOMS]
    wanted = []
    for slot in range(SLOTS * ROUNDS):
        week, day = divmod(slot // len(STARTS), 5)
        starts_at = at(STARTS[slot % len(STARTS)]) + timedelta(weeks=week, days=day)
        room = ids[number % len(ids)] if slot % 2 else ids[slot // 2 % len(ids)]
        mediator = rooms.mediator_ids[LAO_LIANG]
        wanted.append(Wanted(room, mediator, starts_at, starts_at + timedelta(minutes=45)))
    return tuple(wanted)


def test_whoever_comes_second_gets_nothing_and_is_told_by_which_desk(
    sqlite_hall_url, postgres_hall_url, clock
):
    now = clock.set("2026-11-02 08:00")
    halls = [furnished(url, clock) for url in (sqlite_hall_url, postgres_hall_url)]
    races = tuple(
        Race(
            url,
            now,
            tuple(rooms.hall.person(name) for name in PEOPLE),
            tuple(wishes_of(rooms, number) for number in range(len(PEOPLE))),
        )
        for url, (rooms, _) in zip((sqlite_hall_url, postgres_hall_url), halls, strict=True)
    )

    for told, (rooms, engine) in zip(race(races), halls, strict=True):
        winners = set()
        for slot in range(SLOTS * ROUNDS):
            answers = [desk[slot] for desk in told]
            (winner,) = [number for number, answer in enumerate(answers) if answer is None]
            by = {TAKEN.search(answer)[1] for answer in answers if answer is not None}
            assert by == {f"窗口 {winner + 1}"}
            winners.add(winner)
        with Session(engine) as session:
            live = select(func.count(Booking.id)).where(Booking.status.in_(LIVE_BOOKINGS))
            assert session.scalar(live) == SLOTS * ROUNDS
            # 45 minutes and, but for the studio, a quarter before and after; the mediator's own
            assert session.scalar(
                select(func.count()).select_from(BookingSlot)
            ) > 6 * session.scalar(live)
        assert rooms.overlaps() == 0
        assert len(winners) > 1
        engine.dispose()

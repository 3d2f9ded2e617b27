"""Outside opening hours nobody books a room, not even by foreign SQL (DOMAIN.md 6.6 rule 4)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.rules.bookings import slot_of
from desk.rules.errors import RuleBroken
from desk.store.engine import make_engine
from desk.store.models import Booking
from desk.store.open_spans import hold_calendar, rewrite_open_spans, written_spans
from desk.store.transaction import Transaction
from tests.actions.rooms import FIRST, SECOND, Rooms, at
from tests.actions.work import XU
from tests.small_hall import SmallHall

SHIFT = "INSERT INTO booking_slots SELECT street_id, resource, slot + :quarters, :id FROM held"
HELD = "CREATE TEMPORARY TABLE held AS SELECT * FROM booking_slots WHERE booking_id = :booking"
SPAN = (
    "INSERT INTO open_spans (street_id, day, first_slot, end_slot, parts) "
    "VALUES (:street, :day, :first, :end, :parts)"
)
FRIDAY, SATURDAY, HOLIDAY = "2026-10-09", "2026-10-10", "2026-10-01"  # the Saturday is worked
CLOSED = (
    f"{HOLIDAY} 10:00",
    "2026-10-11 10:00",  # a Sunday
    f"{FRIDAY} 12:45",
    f"{SATURDAY} 11:30",  # into the lunch break
    f"{FRIDAY} 18:00",
    f"{FRIDAY} 08:15",
)


@pytest.fixture
def rooms(hall, clock):
    clock.set("2026-09-28 08:00")
    return Rooms(hall, clock).furnish()


@pytest.fixture
def booked(rooms):
    """An hour on an ordinary Friday, from ten to eleven."""
    return rooms.booked(FIRST, f"{FRIDAY} 10:00", f"{FRIDAY} 11:00")


@pytest.fixture
def again(rooms, booked):
    """Book the hour of Friday again at another time, as another program would."""

    def run(start, new=7, **changed):
        apart = at(start) - at(f"{FRIDAY} 10:00")
        moments = {"starts_at": at(start), "ends_at": at(start) + timedelta(hours=1)}
        told = {name: f"'{moment.isoformat(sep=' ')}'" for name, moment in moments.items()}
        names = [column.name for column in Booking.__table__.columns]
        values = told | {"id": ":id"} | changed
        into = f"INSERT INTO bookings ({', '.join(names)})"
        copy = f"{into} SELECT {', '.join(values.get(n, n) for n in names)} FROM bookings"
        named = {"booking": booked, "id": new, "quarters": apart // timedelta(minutes=15)}
        with rooms.hall.engine.begin() as connection:
            for words in (HELD, SHIFT, f"{copy} WHERE id = :booking"):
                used = {name: value for name, value in named.items() if f":{name}" in words}
                connection.execute(text(words), used)
            connection.execute(text("DROP TABLE held"))

    return run


def spans(rooms, day):
    """Return the open hours of a day as the table has them, in words."""
    on = date.fromisoformat(day)
    with Session(rooms.hall.engine) as session:
        found = written_spans(session, rooms.hall.street_id, [on])[on]
    midnight = slot_of(at("00:00", day))
    return [f"{(one.start - midnight) / 4:g}-{(one.stop - midnight) / 4:g}" for one in found]


def test_no_program_books_a_room_while_the_hall_is_closed(again):
    for new, start in enumerate(CLOSED, start=7):
        for nobody in ("NULL", "''"):
            with pytest.raises(DatabaseError, match="不在大厅开放的时段内"):
                again(start, new, overtime_by=nobody)
        again(start, new, overtime_by="'郑伟'")


def test_a_worked_saturday_is_open_as_the_notice_says(rooms, again):
    rooms.booked(SECOND, f"{SATURDAY} 09:00", f"{SATURDAY} 10:00")
    assert spans(rooms, SATURDAY) == ["9-12", "14-18"]
    again(f"{SATURDAY} 14:00")
    assert rooms.overlaps() == 0


def test_what_is_over_or_cancelled_may_lie_anywhere(again):
    again(f"{HOLIDAY} 10:00", status="'cancelled'")


def test_a_day_is_written_when_it_is_booked_and_anew_when_the_hours_change(rooms, booked):
    assert spans(rooms, FRIDAY) == ["9-12", "14-18"]
    assert spans(rooms, SATURDAY) == []
    set_hours(rooms, "09:50-12:00,12:00-13:10")
    assert spans(rooms, FRIDAY) == ["10-13"]  # whole quarters, and what touches is one span
    rooms.booked(SECOND, f"{FRIDAY} 11:30", f"{FRIDAY} 12:30")
    with pytest.raises(RuleBroken, match="大厅当天开放"):
        rooms.book(SECOND, f"{FRIDAY} 14:00", f"{FRIDAY} 15:00")
    rooms.booked(SECOND, f"{HOLIDAY} 10:00", f"{HOLIDAY} 11:00", overtime_by="郑伟")
    assert spans(rooms, HOLIDAY) == []


def test_a_day_that_somebody_else_wrote_is_put_right_by_the_next_booking(rooms, booked):
    with rooms.hall.engine.begin() as connection:
        connection.execute(text("DELETE FROM open_spans"))
    rooms.booked(SECOND, f"{FRIDAY} 14:00", f"{FRIDAY} 15:00")
    assert spans(rooms, FRIDAY) == ["9-12", "14-18"]


def test_a_day_is_only_written_as_a_whole(rooms, booked):
    midnight = slot_of(at("00:00", FRIDAY))
    with pytest.raises(DatabaseError, match="只能整天重写"):
        execute(rooms, "UPDATE open_spans SET end_slot = end_slot + 8")
    for first, end, parts in ((72, 80, 2), (72, 80, 3), (48, 56, 2)):  # the evening, the noon
        with pytest.raises(DatabaseError, match="只能整天重写"):
            span(rooms, midnight + first, midnight + end, parts)
    assert spans(rooms, FRIDAY) == ["9-12", "14-18"]
    execute(rooms, "DELETE FROM open_spans")
    for first, end, sentence in (
        (90, 98, "不在这一天之内"),
        (-4, 4, "不在这一天之内"),
        (4, 4, "(?i)check"),
    ):
        with pytest.raises(DatabaseError, match=sentence):
            span(rooms, midnight + first, midnight + end, 1)
    span(rooms, midnight + 40, midnight + 48, 2)
    with pytest.raises(DatabaseError, match="只能整天重写"):
        span(rooms, midnight + 44, midnight + 52, 2)
    span(rooms, midnight + 56, midnight + 72, 2)
    assert spans(rooms, FRIDAY) == ["10-12", "14-18"]


def test_who_changes_the_calendar_waits_for_the_bookings_under_way(postgres_hall_url, clock):
    engine = make_engine(postgres_hall_url)
    hall = SmallHall(engine, clock)
    with Session(engine) as first, Session(engine) as second, Session(engine) as third:
        one, other, changes = (
            Transaction(session, hall.person(XU), clock()) for session in (first, second, third)
        )
        hold_calendar(one)
        hold_calendar(other)  # bookings do not wait for each other
        third.execute(text("SET LOCAL lock_timeout = '50ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            rewrite_open_spans(changes, changes.today)
        for session in (first, second, third):
            session.rollback()
        rewrite_open_spans(changes, changes.today)
        second.execute(text("SET LOCAL lock_timeout = '50ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            hold_calendar(Transaction(second, hall.person(XU), clock()))
    engine.dispose()


def set_hours(rooms, value):
    rooms.ask(XU, SetSetting, key="opening_hours", value=value)


def execute(rooms, words, **named):
    with rooms.hall.engine.begin() as connection:
        connection.execute(text(words), named)


def span(rooms, first, end, parts):
    words = SPAN.replace(":day", f"'{FRIDAY}'")
    execute(rooms, words, first=first, end=end, parts=parts, street=rooms.hall.street_id)

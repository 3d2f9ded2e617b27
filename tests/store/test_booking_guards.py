"""Foreign SQL cannot double-book a room either: the database itself refuses (DOMAIN.md 6.6)."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from desk.actions.mediators import SetMediatorTie
from desk.rules.mediation_codes import TieKind
from desk.store.models import Booking
from tests.actions.rooms import CAUCUS, FIRST, GU, LAO_LIANG, MENG, Rooms

OF_BOOKING = "WHERE booking_id = :booking"
CANCEL = "UPDATE bookings SET status = 'cancelled' WHERE id = :booking"
FREE = f"DELETE FROM booking_slots {OF_BOOKING}"
TAKE_LATER = (
    "INSERT INTO booking_slots SELECT street_id, resource, slot + 960, {} "
    f"FROM booking_slots {OF_BOOKING}"
)


@pytest.fixture
def rooms(hall, clock):
    clock.set("2026-11-02 08:00")
    return Rooms(hall, clock).furnish()


@pytest.fixture
def foreign(rooms):
    """Run statements as another program would, in one transaction, and commit."""

    def run(*statements, **values):
        with rooms.hall.engine.begin() as connection:
            for statement in statements:
                named = {name: value for name, value in values.items() if f":{name}" in statement}
                connection.execute(text(statement), named)

    return run


@pytest.fixture
def refuses(foreign):
    def run(sentence, *statements, **values):
        with pytest.raises(DatabaseError, match=sentence):
            foreign(*statements, **values)

    return run


def copy(**changed):
    """Return a statement that writes a booking again, under another id and with some changes."""
    changed |= {"id": ":id"}
    names = [column.name for column in Booking.__table__.columns]
    values = ", ".join(str(changed.get(name, name)) for name in names)
    into = f"INSERT INTO bookings ({', '.join(names)})"
    return f"{into} SELECT {values} FROM bookings WHERE id = :booking"


def group_booking(rooms):
    mediation = rooms.mediation()
    return rooms.booked(FIRST, "09:00", "10:00", mediation, caucus_room=CAUCUS, recorder=MENG)


def test_foreign_sql_cannot_take_or_free_a_time(rooms, foreign, refuses):
    booking = group_booking(rooms)
    held = rooms.slots(booking)
    for sentence, statement in (
        ("不能释放时段", FREE),
        ("只能占住或释放", f"UPDATE booking_slots SET slot = slot + 96 {OF_BOOKING}"),
        ("登记后不能更改", "UPDATE bookings SET room_id = caucus_room_id"),
        ("登记后不能更改", "UPDATE bookings SET ends_at = made_at"),
        ("记录不能删除", "DELETE FROM bookings"),
        ("没有占住时段", copy()),
        ("没有占住时段", copy(status="'provisional'")),
        ("超过房间容量", copy(status="'cancelled'", attendees=9)),
        ("时段要先于排期占住", TAKE_LATER.format("booking_id")),
        ("(?i)foreign key", TAKE_LATER.format(7)),
        ("(?i)unique", TAKE_LATER.replace("+ 960", "").format(7)),
    ):
        refuses(sentence, statement, booking=booking, id=7)
    assert rooms.slots(booking) == held

    foreign(CANCEL, booking=booking)
    refuses(
        "状态流转不允许",
        "UPDATE bookings SET status = 'confirmed' WHERE id = :booking",
        booking=booking,
    )
    foreign(FREE, booking=booking)
    assert rooms.slots(booking) == {}


@pytest.mark.parametrize("lost", ["room:{first}", "room:{caucus}", "mediator:%", "staff:%"])
def test_a_booking_without_a_part_of_its_time_is_refused(rooms, foreign, refuses, lost):
    booking = group_booking(rooms)
    lost = lost.format(first=rooms.room_ids[FIRST], caucus=rooms.room_ids[CAUCUS])
    keep = f"CREATE TEMPORARY TABLE held AS SELECT * FROM booking_slots {OF_BOOKING}"
    take = "INSERT INTO booking_slots SELECT street_id, resource, slot, :id FROM held"
    short = (
        f"{take} WHERE resource NOT LIKE :lost "
        "OR slot <> (SELECT min(slot) FROM held WHERE resource LIKE :lost)"
    )
    values = {"booking": booking, "id": 7, "lost": lost}
    again = copy(status="'confirmed'")
    refuses("没有占住时段", keep, CANCEL, FREE, short, again, **values)
    foreign(
        keep.replace("held", "whole"), CANCEL, FREE, take.replace("held", "whole"), again, **values
    )
    assert rooms.overlaps() == 0


def test_a_mediator_with_a_tie_is_refused_by_name_and_by_key(rooms, foreign, refuses):
    mediation = rooms.mediation(("13800000071", "13800000072"))
    booking = rooms.booked(FIRST, "09:00", "10:00", mediation)
    tied = {"kind": TieKind.RELATIVE, "mediator": rooms.mediator_ids[LAO_LIANG]}
    tie = rooms.ask(GU, SetMediatorTie, name="李国强", **tied).made["tie"]
    liang = copy(status="'cancelled'", mediator_id=rooms.mediator_ids[LAO_LIANG])
    refuses("应当回避", liang, booking=booking, id=7)
    foreign("UPDATE mediator_ties SET valid_to = '2026-11-01' WHERE id = :tie", tie=tie)
    foreign(liang, booking=booking, id=7)

    rooms.ask(GU, SetMediatorTie, name="某人", phone="13800000071", **tied)
    with_people = f"{TAKE_LATER.format(':id')} AND resource LIKE 'person:%'"
    refuses("应当回避", with_people, liang, booking=booking, id=8)


def test_a_day_on_which_the_hall_is_closed_needs_somebody_who_allowed_it(rooms, foreign, refuses):
    booking = rooms.booked(FIRST, "1 09:00", "1 10:00")
    closed = (
        "INSERT INTO calendar_days (street_id, day, is_working, hours, reason) "
        "VALUES (:street, :day, :is_working, NULL, '停电')"
    )
    tuesday = (rooms.monday + timedelta(days=1)).isoformat()
    foreign(closed, street=rooms.hall.street_id, day=tuesday, is_working=False)
    refuses("当天不开放", copy(status="'cancelled'"), booking=booking, id=7)
    foreign(copy(status="'cancelled'", overtime_by="'郑伟'"), booking=booking, id=7)

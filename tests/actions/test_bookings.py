"""A room is booked with everybody who must be there, once, and the loser is told by which desk."""

import pytest

from desk.actions.bookings import ConfirmBooking, ReleaseExpired
from desk.rules.bookings import SlotTaken
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.mediation_codes import BookingPurpose, BookingStatus, MediationStatus
from tests.actions.rooms import CAUCUS, FIRST, LAO_LIANG, MENG, QIAN, SECOND, STUDIO, Rooms
from tests.actions.work import LI, ZHAO, ZHOU


@pytest.fixture
def rooms(hall, clock):
    clock.set("2026-11-02 08:00")
    return Rooms(hall, clock).furnish()


def test_a_booking_holds_rooms_with_clearing_and_people_without(rooms):
    mediation = rooms.mediation()
    answer = rooms.book(FIRST, "09:30", "10:30", mediation, caucus_room=CAUCUS, recorder=MENG)
    booking = rooms.booking(answer.made["booking"])
    assert rooms.slots(booking.id) == {"mediator": 4, "person": 8, "room": 12, "staff": 4}
    assert (booking.title, booking.shown_people, booking.desk_name) == (
        "邻里纠纷",
        "张某、李某",
        "信联办",
    )
    assert (booking.attendees, booking.status) == (4, BookingStatus.CONFIRMED)
    assert answer.title == "已确认 第一调解室 11 月 2 日 09:30–10:30"
    assert rooms.row(mediation).status is MediationStatus.SCHEDULED

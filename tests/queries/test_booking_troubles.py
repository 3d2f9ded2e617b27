"""What is booked and cannot stay is marked until it is moved, for those whom it concerns."""

from datetime import date

import pytest

from desk.actions.administration import SetSetting
from desk.actions.mediators import EndMediatorTie, SetMediatorTie
from desk.queries.mediation_file import mediation_file
from desk.queries.mediation_list import mediation_list
from desk.queries.mediation_reminders import mediation_reminders
from desk.queries.room_day import day_view, earlier_versions
from desk.rules.booking_troubles import BookingTrouble
from desk.rules.mediation_codes import TieKind
from tests.actions.rooms import FIRST, GU, LAO_LIANG, MENG, QIAN, SECOND, Rooms
from tests.actions.work import FENG, XU, ZHENG

TIE, HOURS = BookingTrouble.TIE, BookingTrouble.HOURS


@pytest.fixture
def rooms(hall, clock):
    clock.set("2026-11-02 08:00")
    return Rooms(hall, clock).furnish()


@pytest.fixture
def tied(rooms):
    """A mediation booked with a mediator who turns out to be a relative, and the tie."""
    mediation = rooms.mediation()
    rooms.booked(FIRST, "09:00", "10:00", mediation)
    mediator = rooms.mediator_ids[QIAN]
    kin = {"mediator": mediator, "kind": TieKind.RELATIVE, "name": "李国强"}
    return mediation, rooms.ask(GU, SetMediatorTie, **kin).made["tie"]


def marks(rooms, who=MENG, day=date(2026, 11, 2)):
    view = rooms.desk(who).read(lambda reader: day_view(reader, day))
    return [one.trouble for one in view.bookings]


def next_steps(rooms, who=MENG):
    rows = rooms.desk(who).read(mediation_list)
    return [row.lacks for row in sorted(rows, key=lambda row: row.seq)]


def reminded(rooms, who=MENG):
    return [(one.title, one.due.words) for one in rooms.desk(who).read(mediation_reminders)]


def test_a_booking_against_a_tie_is_marked_until_another_mediator_has_it(rooms, tied):
    mediation, _ = tied
    rooms.booked(SECOND, "10:30", "11:30", rooms.mediation(("13800000033",) * 2, LAO_LIANG))
    assert marks(rooms) == marks(rooms, QIAN) == [TIE, None]
    assert marks(rooms, FENG) == marks(rooms, ZHENG) == [None, None]
    assert next_steps(rooms) == ["排期须换调解员", "等开调"]
    assert next_steps(rooms, ZHENG) == ["等开调", "等开调"]
    words = "11 月 2 日 09:00–10:00 第一调解室 须换调解员"
    assert reminded(rooms) == reminded(rooms, QIAN) == [("楼上漏水赔偿", words)]
    assert reminded(rooms, ZHENG) == []

    file = rooms.desk(MENG).read(lambda reader: mediation_file(reader, mediation))
    assert [one.trouble for one in file.body.bookings] == [TIE]
    old = rooms.desk(MENG).read(lambda reader: day_view(reader, date(2026, 11, 2))).bookings[0]
    new = rooms.move(old.id, FIRST, "09:00", "10:00", mediator=LAO_LIANG).made["booking"]
    assert marks(rooms) == [None, None]
    assert next_steps(rooms) == ["等开调", "等开调"]
    assert reminded(rooms) == []
    (before,) = rooms.desk(MENG).read(lambda reader: earlier_versions(reader, new))
    assert (before.id, before.trouble) == (old.id, None)
    assert rooms.booking(new).mediation_id == mediation


def test_a_tie_that_ends_before_the_day_or_is_of_another_person_marks_nothing(rooms, tied):
    other = {"mediator": rooms.mediator_ids[QIAN], "kind": TieKind.INTEREST}
    rooms.ask(GU, SetMediatorTie, name="李国强", phone="13800000099", **other)
    rooms.ask(GU, EndMediatorTie, tie=tied[1])
    assert marks(rooms) == [None]


def test_what_runs_or_is_over_is_marked_no_more(rooms, tied):
    rooms.clock.set("2026-11-02 10:00")
    assert marks(rooms) == [None]
    assert reminded(rooms) == []


def test_everybody_sees_that_the_hall_is_closed_then(rooms):
    rooms.booked(FIRST, "3 10:00", "3 11:00")
    rooms.booked(SECOND, "3 10:00", "3 11:00", overtime_by="郑伟")
    rooms.ask(XU, SetSetting, key="opening_hours", value="14:00-18:00")
    thursday = date(2026, 11, 5)
    assert marks(rooms, FENG, thursday) == [HOURS, None]
    rooms.ask(XU, SetSetting, key="opening_hours", value="09:00-18:00")
    assert marks(rooms, FENG, thursday) == [None, None]

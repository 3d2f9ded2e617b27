"""The schedule of the rooms and the cards at their doors: nobody is named who asked not to be."""

import pytest
from sqlalchemy.orm import Session

from desk.actions.room_papers import IssueDoorSign, IssueRoomSchedule
from desk.forms.row_keys import keys
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Paper
from tests.actions.rooms import CAUCUS, FIRST, MENG, SECOND, STUDIO
from tests.actions.work import ZHAO


def issued(rooms, request, who=MENG, **more):
    """Print something of the rooms and return its row."""
    made = rooms.ask(who, request, **more).made
    with Session(rooms.hall.engine) as session:
        return session.get(Paper, made["paper"]).row


def at(row, hour, room):
    """Return what stands in a room at an hour."""
    (line,) = [line for line in row["hours"] if line["time"].startswith(f"{hour:02}:")]
    return line["at"][row["rooms"].index(room)]


def test_a_meeting_stands_in_the_hour_it_begins_and_its_end_in_the_next(rooms):
    mediation = rooms.mediation()
    rooms.book(FIRST, "09:30", "11:15", mediation, caucus_room=CAUCUS)

    row = issued(rooms, IssueRoomSchedule, day=rooms.monday)

    assert set(row) == keys("room-schedule")
    assert (row["day"], row["weekday"]) == (rooms.monday.isoformat(), "周一")
    assert at(row, 9, FIRST) == "09:30–11:15 调解\n张某、李某\n调解员 钱惠"
    assert at(row, 9, CAUCUS).startswith("09:30–11:15 调解（分室）")
    assert at(row, 10, FIRST) == at(row, 11, FIRST) == "至 11:15"
    assert at(row, 12, FIRST) == at(row, 9, SECOND) == ""
    assert [line["time"] for line in row["hours"]][:2] == ["09:00–10:00", "10:00–11:00"]


def test_who_asked_not_to_be_public_is_not_named_at_the_door(rooms):
    rooms.book(STUDIO, "14:00", "15:00", rooms.mediation(is_private=True), is_provisional=True)

    row = issued(rooms, IssueRoomSchedule, day=rooms.monday)

    assert at(row, 14, STUDIO) == "14:00–15:00 调解\n不公开\n调解员 钱惠\n（预占）"


def test_a_day_off_without_bookings_shows_the_usual_hours(rooms):
    sunday = rooms.monday.fromordinal(rooms.monday.toordinal() + 6)

    row = issued(rooms, IssueRoomSchedule, day=sunday)

    assert (row["weekday"], len(row["hours"])) == ("周日", 9)


def test_a_card_says_who_sits_there(rooms):
    row = issued(rooms, IssueDoorSign, name="钱惠", role="人民调解员")

    assert set(row) == keys("door-sign")
    assert (row["name"], row["role"], row["note"]) == ("钱惠", "人民调解员", None)
    with pytest.raises(RuleBroken, match="请写姓名或房间名"):
        issued(rooms, IssueDoorSign, name=" ")


def test_only_who_books_rooms_prints_their_schedule(rooms):
    with pytest.raises(NotAllowed):
        issued(rooms, IssueRoomSchedule, who=ZHAO, day=rooms.monday)
    with pytest.raises(NotAllowed):
        issued(rooms, IssueDoorSign, who=ZHAO, name="钱惠")

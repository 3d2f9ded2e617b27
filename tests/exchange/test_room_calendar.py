"""A room's bookings go into other programs' calendars, with names as 张某 and 不公开 as such."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from desk.exchange.room_calendar import CalendarWish, calendar_file
from tests.actions.rooms import CAUCUS, FIRST, LAO_LIANG, MENG, STUDIO, Rooms, at
from tests.actions.work import FENG, ZHOU

WEEK = (date(2026, 11, 2), date(2026, 11, 6))
LONG = "与物业、业委会会商电梯更新，请带合同；另议“停车,收费”方案" * 3


@pytest.fixture
def rooms(hall, clock):
    clock.set("2026-11-02 08:00")
    rooms = Rooms(hall, clock).furnish()
    rooms.booked(FIRST, "09:30", "10:45", rooms.mediation(), caucus_room=CAUCUS)
    hidden = rooms.mediation(("13800000033",) * 2, is_private=True, mediator=LAO_LIANG)
    rooms.booked(STUDIO, "2026-11-04 14:00", "2026-11-04 15:00", hidden, is_provisional=True)
    gone = rooms.booked(FIRST, "2026-11-05 09:00", "2026-11-05 10:00")
    rooms.cancel(gone)
    rooms.book(FIRST, "2026-11-06 09:00", "2026-11-06 10:00", title=LONG)
    rooms.book(FIRST, "2026-11-09 09:00", "2026-11-09 10:00")
    return rooms


def events(rooms, who=MENG, **more):
    """Return the events as the library reads them back, by summary."""
    content = rooms.desk(who).read(lambda r: calendar_file(r, CalendarWish(*WEEK, **more)))
    calendar = Calendar.from_ical(content)
    assert content == calendar.to_ical()
    assert max(len(line) for line in content.split(b"\r\n")) <= 75  # however long a title is
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def test_a_week_is_read_back_as_it_was_booked(rooms):
    found = events(rooms)
    assert list(found) == ["邻里纠纷 · 张某、李某", "调解（不公开）", LONG]
    leak = found["邻里纠纷 · 张某、李某"]
    assert leak["DTSTART"].dt == at("09:30")
    assert leak["DTSTART"].dt.tzinfo == ZoneInfo("Asia/Shanghai")
    assert leak["DTEND"].dt - leak["DTSTART"].dt == timedelta(minutes=75)
    assert str(leak["LOCATION"]) == "青榕街道群众诉求服务大厅 第一调解室、背靠背间"
    assert "调解员：钱惠" in str(leak["DESCRIPTION"])
    assert [str(event["STATUS"]) for event in found.values()] == [
        "CONFIRMED",
        "TENTATIVE",
        "CONFIRMED",
    ]
    assert len({event["UID"] for event in found.values()}) == 3


def test_a_file_tells_each_reader_only_what_is_asked_for_and_may_be_read(rooms):
    assert list(events(rooms, room=rooms.room_ids[CAUCUS])) == ["邻里纠纷 · 张某、李某"]
    assert list(events(rooms, mediator=rooms.mediator_ids[LAO_LIANG])) == ["调解（不公开）"]

    by_dispatcher, by_office = events(rooms, ZHOU), events(rooms, FENG)
    assert "邻里纠纷" in by_dispatcher
    assert "调解" in by_office
    content = rooms.desk(FENG).read(lambda r: calendar_file(r, CalendarWish(*WEEK))).decode()
    assert not [word for word in ("张某", "李某", "张春兰", "邻里") if word in content]

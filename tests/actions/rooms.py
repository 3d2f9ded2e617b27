"""Rooms, people and bookings in the small hall, by their names and times of day."""

from datetime import date, datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desk.actions.booking_changes import CancelBooking, MoveBooking
from desk.actions.bookings import BookRoom
from desk.actions.mediation_opening import AcceptMediation, OpenMediation
from desk.actions.mediation_parties import PartyFacts
from desk.actions.mediation_people import AssignMediator
from desk.actions.mediators import SetMediator
from desk.actions.rooms import SetRoom
from desk.rules.mediation_codes import (
    BookingPurpose,
    BookingStatus,
    DisputeKind,
    PartySide,
    RoomKind,
)
from desk.rules.moments import SHANGHAI, day_of
from desk.rules.working_days import built_in_calendar
from desk.store.models import Booking, BookingSlot, Mediation, MediationParty
from tests.actions.work import XU, Work

QIAN, MENG, GU = "钱惠", "孟瑶", "顾敏"  # mediator, secretary, director
LAO_LIANG = "梁德福"  # a mediator who is not of the staff
FIRST, SECOND, CAUCUS, STUDIO = "第一调解室", "第二调解室", "背靠背间", "老梁工作室"
ROOMS = {  # name: kind, capacity, accessible, minutes of clearing
    FIRST: (RoomKind.MEDIATION, 8, True, 15),
    SECOND: (RoomKind.MEDIATION, 6, False, 15),
    CAUCUS: (RoomKind.CAUCUS, 6, False, 15),
    STUDIO: (RoomKind.MEDIATION, 6, True, 0),
}
MONDAY = "2026-11-02"
# Pairs of live bookings that share a room, a mediator or a recorder at one moment: never any.
OVERLAPS = """
SELECT count(*) FROM bookings a JOIN bookings b ON a.id < b.id AND a.street_id = b.street_id
WHERE a.status IN ('provisional', 'confirmed', 'running')
  AND b.status IN ('provisional', 'confirmed', 'running')
  AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
  AND (a.room_id = b.room_id OR a.room_id = b.caucus_room_id OR a.caucus_room_id = b.room_id
    OR a.caucus_room_id = b.caucus_room_id OR a.mediator_id = b.mediator_id
    OR a.recorder_id = b.recorder_id)
"""


def at(words, day=MONDAY):
    """Return a moment written as “09:30” (on Monday) or “2026-11-03 09:30”."""
    said = words if len(words) > 5 else f"{day} {words}"
    return datetime.fromisoformat(said).replace(tzinfo=SHANGHAI)


class Rooms(Work):
    """Books rooms of the small hall; rooms and mediators are there after `furnish`.

    Times of day are meant on Monday of the present week, “2 09:00” on its Wednesday.
    """

    monday = date.fromisoformat(MONDAY)

    def next_week(self):
        """Go on to eight on Monday of the next week that is worked as weeks usually are."""
        day = max(day_of(self.clock()), date(2026, 5, 4))
        self.monday = day + timedelta(days=7 - day.weekday())
        calendar = built_in_calendar()
        usual = [True] * 5 + [False] * 2
        while [calendar.is_working_day(self.monday + timedelta(days=n)) for n in range(7)] != usual:
            self.monday += timedelta(days=7)
        self.clock.set(f"{self.monday} 08:00")

    def at(self, words):
        """Return a moment of this week: “09:30”, “2 09:30” (Wednesday), or a whole date."""
        if len(words) > 10:
            return at(words)
        day, _, hours = words.rpartition(" ")
        return at(hours, self.monday + timedelta(days=int(day or 0)))

    def furnish(self):
        """Write rooms and mediators down."""
        self.room_ids = {
            name: self.ask(
                XU,
                SetRoom,
                name=name,
                kind=kind,
                capacity=capacity,
                is_accessible=accessible,
                buffer_minutes=buffer,
                position=position,
            ).made["room"]
            for position, (name, (kind, capacity, accessible, buffer)) in enumerate(ROOMS.items())
        }
        self.mediator_ids = {
            QIAN: self.ask(GU, SetMediator, name=QIAN, staff=self.staff(QIAN)).made["mediator"],
            LAO_LIANG: self.ask(GU, SetMediator, name=LAO_LIANG).made["mediator"],
        }
        return self

    def mediation(self, phones=("13800000031", "13800000032"), mediator=QIAN, **more):
        """Return the id of an accepted mediation between people with these phones."""
        names = ("张春兰", "李国强", "王秀英", "赵德海")
        parties = tuple(
            PartyFacts(
                side=PartySide.RESPONDENT if place else PartySide.APPLICANT,
                name=names[place],
                phone=phone,
                address="青榕花园 7 栋 401",
            )
            for place, phone in enumerate(phones)
        )
        facts = {
            "kind": DisputeKind.NEIGHBOURS,
            "title": "楼上漏水赔偿",
            "facts": "楼上卫生间漏水，吊顶和墙面发霉。",
            "requests": ("赔偿损失",),
            "parties": parties,
        }
        opened = self.ask(MENG, OpenMediation, **(facts | more)).made["mediation"]
        consents = tuple(party.id for party in self.parties(opened))
        self.ask(MENG, AcceptMediation, mediation=opened, seen=1, consents=consents)
        if mediator is not None:
            chosen = self.mediator_ids[mediator]
            seen = self.row(opened).version
            self.ask(MENG, AssignMediator, mediation=opened, seen=seen, mediator=chosen)
        return opened

    def where(self, room, start, end, **more):
        """Return an arrangement in words as the fields of a request."""
        if "caucus_room" in more:
            more["caucus_room"] = self.room_ids[more["caucus_room"]]
        if "mediator" in more:
            more["mediator"] = self.mediator_ids[more["mediator"]]
        if "recorder" in more:
            more["recorder"] = self.staff(more["recorder"])
        return {
            "room": self.room_ids[room],
            "starts_at": self.at(start),
            "ends_at": self.at(end),
        } | more

    def book(self, room, start, end, mediation=None, who=MENG, **more):
        """Book a room and return the answer; without a mediation it is for a consultation."""
        facts = self.where(room, start, end, **more)
        if mediation is None:
            facts = {"purpose": BookingPurpose.CONSULTATION, "title": "个案会商"} | facts
        else:
            facts = {"mediation": mediation, "seen": self.row(mediation).version} | facts
        return self.ask(who, BookRoom, **facts)

    def booked(self, *args, **more):
        """Book a room and return the booking's id."""
        return self.book(*args, **more).made["booking"]

    def move(self, booking, room, start, end, who=MENG, **more):
        """Move a booking and return the answer."""
        facts = self.where(room, start, end, **more)
        return self.change(MoveBooking, booking, who, **facts)

    def cancel(self, booking, who=MENG, **more):
        """Cancel a booking and return the answer."""
        return self.change(CancelBooking, booking, who, **({"reason": "当事人临时有事"} | more))

    def change(self, request, booking, who=MENG, **more):
        """Carry out a request about a booking that the asker has just seen."""
        more.setdefault("seen", self.booking(booking).version)
        return self.ask(who, request, booking=booking, **more)

    def row(self, mediation):
        """Return a mediation as it now stands."""
        with Session(self.hall.engine) as session:
            return session.get(Mediation, mediation)

    def booking(self, booking):
        """Return a booking as it now stands."""
        with Session(self.hall.engine) as session:
            return session.get(Booking, booking)

    def status(self, booking):
        """Return where a booking stands."""
        return BookingStatus(self.booking(booking).status)

    def parties(self, mediation):
        """Return the parties of a mediation in their order."""
        with Session(self.hall.engine) as session:
            query = select(MediationParty).where(MediationParty.mediation_id == mediation)
            return session.scalars(query.order_by(MediationParty.position)).all()

    def slots(self, booking):
        """Return what a booking holds: how many quarters by kind of resource."""
        with Session(self.hall.engine) as session:
            rows = session.scalars(
                select(BookingSlot.resource).where(BookingSlot.booking_id == booking)
            ).all()
        kinds = [row.partition(":")[0] for row in rows]
        return {kind: kinds.count(kind) for kind in sorted(set(kinds))}

    def overlaps(self):
        """Return how many pairs of live bookings meet in a room or in a person."""
        with self.hall.engine.connect() as connection:
            return connection.execute(text(OVERLAPS)).scalar()

"""Rooms, mediators and bookings (调解室、调解员、排期).

One slot table holds the hard rules on both engines (HOUSE.md decision 13): a resource is a room,
a mediator, a recorder or a person, and nobody has the same quarter of an hour twice.
"""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.mediation_codes import (
    BookingPurpose,
    BookingStatus,
    HolidayWay,
    RepeatRule,
    RoomKind,
    TieKind,
)
from desk.store.base import Base, Json, Moment, Ref, RowId, ShortText, enum_column


class Room(Base):
    """A room that can be booked; a studio bears its host's name (老梁工作室)."""

    __tablename__ = "rooms"
    __table_args__ = (CheckConstraint("capacity > 0", "capacity_positive"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    name: Mapped[ShortText]
    kind: Mapped[RoomKind] = enum_column(RoomKind)
    capacity: Mapped[int]
    is_accessible: Mapped[bool]  # 无障碍
    records: Mapped[bool]  # 录音录像
    has_access_control: Mapped[bool]  # 门禁
    host_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("mediators.id"))
    place: Mapped[str | None] = mapped_column(String(100))  # 二楼东侧
    buffer_minutes: Mapped[int]  # 前后清场;a multiple of 15
    position: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Mediator(Base):
    """Somebody who mediates, of the staff or not (调解员)."""

    __tablename__ = "mediators"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    staff_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"), index=True)
    name: Mapped[ShortText]
    phone: Mapped[str | None] = mapped_column(String(40))
    skills: Mapped[Json]  # codes of DisputeKind
    languages: Mapped[Json]  # words: 粤语、手语
    duty: Mapped[Json]  # {"0": "09:00-12:00,14:00-18:00", …} weekdays; {} = opening hours
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class MediatorTie(Base):
    """Somebody whose disputes a mediator may not take (回避名单)."""

    __tablename__ = "mediator_ties"
    __table_args__ = (Index(None, "mediator_id"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    mediator_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediators.id"))
    kind: Mapped[TieKind] = enum_column(TieKind)
    name: Mapped[ShortText]
    person_key: Mapped[str | None] = mapped_column(String(80))  # as in booking_slots
    valid_to: Mapped[date | None]


class BookingSeries(Base):
    """A series of bookings (周期预订), expanded into bookings of their own."""

    __tablename__ = "booking_series"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    rule: Mapped[RepeatRule] = enum_column(RepeatRule)
    every: Mapped[int]  # every n days, weeks or months
    weekdays: Mapped[Json]  # 0 = Monday
    nth: Mapped[int | None]  # the nth weekday of a month; -1 = the last
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    count: Mapped[int | None]
    holiday_way: Mapped[HolidayWay] = enum_column(HolidayWay)
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]


class Booking(Base):
    """One booking of a room, perhaps with a caucus room, for people, from one time to another."""

    __tablename__ = "bookings"
    __table_args__ = (
        Index(None, "street_id", "starts_at"),
        Index(None, "room_id", "starts_at"),
        Index(None, "mediation_id"),
        CheckConstraint("ends_at > starts_at", "ends_later"),
        CheckConstraint("attendees > 0", "attendees_positive"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    room_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("rooms.id"))
    caucus_room_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("rooms.id"))
    purpose: Mapped[BookingPurpose] = enum_column(BookingPurpose)
    mediation_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("mediations.id"))
    title: Mapped[ShortText]  # shown on the grid; names only as 张某, 不公开 hides them
    shown_people: Mapped[ShortText]
    status: Mapped[BookingStatus] = enum_column(BookingStatus)
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    buffer_minutes: Mapped[int]
    mediator_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("mediators.id"))
    recorder_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    attendees: Mapped[int]
    needs_access: Mapped[bool]  # 有人用轮椅
    staggers: Mapped[bool]  # 双方错开入场
    hold_until: Mapped[Moment | None]  # 预占到期
    overtime_by: Mapped[str | None] = mapped_column(String(100))  # 加班由谁批准
    series_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("booking_series.id"), index=True
    )
    occurrence_on: Mapped[date | None]  # the day the series' rule gives
    moved_to_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("bookings.id"))
    end_reason: Mapped[str | None] = mapped_column(String(200))  # 取消、改期、爽约的原因
    absent: Mapped[Json]  # names of parties who did not come
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]
    desk_name: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column()

    __mapper_args__: dict[str, Any] = {"version_id_col": version}  # noqa: RUF012


class OpenSpan(Base):
    """Open quarters of an hour of a day, as the hall's calendar has them (开放时段).

    Counted like slots; `parts` says how many spans the day has, so that a day is only ever
    written anew as a whole.
    """

    __tablename__ = "open_spans"
    __table_args__ = (
        CheckConstraint("end_slot > first_slot", "ends_later"),
        CheckConstraint("parts > 0", "parts_positive"),
    )

    street_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    first_slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    end_slot: Mapped[int]
    parts: Mapped[int]


class BookingSlot(Base):
    """A quarter of an hour of one resource, taken by one booking.

    `resource` is `room:ID`, `mediator:ID`, `staff:ID` or `person:KEY`; `slot` counts quarters of
    an hour since 1970 (UTC). The primary key is the rule: nobody and no room twice.
    """

    __tablename__ = "booking_slots"
    __table_args__ = (Index(None, "booking_id"),)

    street_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    resource: Mapped[str] = mapped_column(String(100), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    booking_id: Mapped[int] = mapped_column(  # the slots come first, then the booking itself
        BigInteger, ForeignKey("bookings.id", deferrable=True, initially="DEFERRED")
    )

"""Appointments and leaders' reception days (预约与接访): who comes when, what a leader said."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.reception_codes import (
    AgentRelation,
    AppointmentState,
    AppointmentWay,
    ReceptionOrigin,
    ReceptionOutcome,
)
from desk.store.base import Base, Json, LongText, Moment, Ref, RowId, enum_column

_HOLDS = text("state IN ('booked', 'came')")


class ReceptionDay(Base):
    """A day on which a leader receives people (接访日); who it is stands on the roster."""

    __tablename__ = "reception_days"
    __table_args__ = (UniqueConstraint("post_id", "day"), Index(None, "street_id", "day"))

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    post_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("duty_posts.id"))
    day: Mapped[date]
    place: Mapped[str] = mapped_column(String(100))
    note: Mapped[str | None] = mapped_column(String(200))
    opened_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    opened_at: Mapped[Moment]


class Appointment(Base):
    """Somebody will come at an hour (预约); once it is a case, the case alone says who and what."""

    __tablename__ = "appointments"
    __table_args__ = (
        Index(None, "street_id", "starts_at"),
        Index(None, "reception_day_id"),
        Index(None, "case_id"),
        # nobody gets a place that somebody else has, on either engine
        Index("uq_appointments_place", "book_id", "starts_at", "seat", unique=True,
              sqlite_where=_HOLDS, postgresql_where=_HOLDS),
    )  # fmt: skip

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    reception_day_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("reception_days.id")
    )
    book_id: Mapped[Ref]  # the reception day, or the street for the counter's own book
    starts_at: Mapped[Moment]
    seat: Mapped[int]  # which of the places of this half hour
    state: Mapped[AppointmentState] = enum_column(AppointmentState)
    way: Mapped[AppointmentWay] = enum_column(AppointmentWay)
    name: Mapped[str | None] = mapped_column(String(100))
    phone: Mapped[str | None] = mapped_column(String(40))
    matter: Mapped[LongText | None]
    needs: Mapped[Json]  # 所需服务: list of words
    accused_unit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    accused_staff_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]
    moved: Mapped[int]  # how often it was put off
    ended_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    ended_at: Mapped[Moment | None]
    end_note: Mapped[str | None] = mapped_column(String(200))
    case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"))
    forgotten_at: Mapped[Moment | None]  # when who and what was blanked


class ReceptionCase(Base):
    """A case before a leader: what he said and decided, and who does what until when."""

    __tablename__ = "reception_cases"
    __table_args__ = (
        UniqueConstraint("reception_day_id", "case_id"),
        Index(None, "case_id"),
        Index(None, "street_id", "follow_due"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    reception_day_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("reception_days.id"))
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    origin: Mapped[ReceptionOrigin] = enum_column(ReceptionOrigin)
    why: Mapped[str | None] = mapped_column(String(200))  # why it was brought forward
    added_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    added_at: Mapped[Moment]
    removed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    removed_at: Mapped[Moment | None]
    leader_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    leader_name: Mapped[str | None] = mapped_column(String(100))  # as it was then
    received_at: Mapped[Moment | None]
    opinion: Mapped[LongText | None]  # 领导意见
    outcome: Mapped[ReceptionOutcome | None] = enum_column(ReceptionOutcome)
    follow_unit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    follow_person: Mapped[str | None] = mapped_column(String(100))
    follow_due: Mapped[date | None]
    recorded_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    recorded_at: Mapped[Moment | None]
    done_on: Mapped[date | None]
    done_note: Mapped[LongText | None]
    done_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))


class CaseAgent(Base):
    """Who came for the appellant (委托代办), what he may do, and the paper that says so."""

    __tablename__ = "case_agents"

    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), primary_key=True)
    street_id: Mapped[Ref]
    name: Mapped[str | None] = mapped_column(String(100))
    relation: Mapped[AgentRelation] = enum_column(AgentRelation)
    phone: Mapped[str | None] = mapped_column(String(40))
    powers: Mapped[Json]  # codes of AgentPower
    paper: Mapped[str | None] = mapped_column(String(200))  # 授权材料
    added_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    added_at: Mapped[Moment]

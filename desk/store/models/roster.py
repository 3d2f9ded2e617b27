"""Who is on duty (值班表): posts, weekly duties, and the single days of the roster."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.clock_codes import DutyPart
from desk.rules.mediation_codes import HolidayWay
from desk.store.base import Base, Json, Moment, Ref, RowId, ShortText, enum_column


class DutyPost(Base):
    """A post somebody is on duty for: 街道值班室, 社区, 执法队, 领导接访."""

    __tablename__ = "duty_posts"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    name: Mapped[ShortText]
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    phone: Mapped[str | None] = mapped_column(String(40))
    is_round_clock: Mapped[bool]  # 24 小时
    needs_night: Mapped[bool]  # a gap at night is listed
    weekday: Mapped[int | None]  # weekly posts only, 0 = Monday (领导周四接访)
    hours: Mapped[str | None] = mapped_column(String(120))
    holiday_way: Mapped[HolidayWay] = enum_column(HolidayWay)
    reception_place: Mapped[str | None] = mapped_column(String(100))  # 领导接访: where it is
    turn: Mapped[Json]  # staff ids that take turns, in their order
    position: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class DutyShift(Base):
    """Who is on duty at a post on a day; a row that was replaced is marked, and stays."""

    __tablename__ = "duty_shifts"
    __table_args__ = (Index(None, "street_id", "day"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    post_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("duty_posts.id"))
    day: Mapped[date]
    part: Mapped[DutyPart] = enum_column(DutyPart)
    staff_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    person: Mapped[str] = mapped_column(String(100))  # name as written; also of outsiders
    phone: Mapped[str | None] = mapped_column(String(40))
    is_lead: Mapped[bool]  # 带班领导
    note: Mapped[str | None] = mapped_column(String(200))
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]
    replaced_at: Mapped[Moment | None]

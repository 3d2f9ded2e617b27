"""The hall itself: street, units, staff, addresses, and everything a hall may set differently."""

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.clock_codes import RuleSet
from desk.rules.codes import (
    Channel,
    ClockEvent,
    ClockKind,
    Role,
    SpanUnit,
    UnitKind,
    Urgency,
)
from desk.store.base import Base, Json, LongText, Moment, Ref, RowId, ShortText, enum_column


class Street(Base):
    """A subdistrict (街道): the tenant; everything else carries its id."""

    __tablename__ = "streets"

    id: Mapped[RowId]
    name: Mapped[ShortText]
    city: Mapped[ShortText]
    district: Mapped[ShortText]
    hall_name: Mapped[ShortText]
    is_demo: Mapped[bool]


class Unit(Base):
    """A unit that can be responsible for a case; its name lives in `unit_versions`."""

    __tablename__ = "units"
    __table_args__ = (Index(None, "street_id", "kind"),)

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    kind: Mapped[UnitKind] = enum_column(UnitKind)
    successor_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    is_always_open: Mapped[bool]  # 24 小时值守


class UnitVersion(Base):
    """What a unit was called, and where it belonged, from one day to another."""

    __tablename__ = "unit_versions"
    __table_args__ = (
        UniqueConstraint("unit_id", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", "valid_to_later"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    name: Mapped[ShortText]
    short_name: Mapped[ShortText]
    parent_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    phone: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(String(200))
    opening_hours: Mapped[str | None] = mapped_column(String(120))  # none: the hall's
    households: Mapped[int | None]
    position: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Staff(Base):
    """A member of staff; never deleted, only ended."""

    __tablename__ = "staff"
    __table_args__ = (
        UniqueConstraint("street_id", "login"),
        # on a server that several streets share, too: it is what one logs in as
        Index(
            "ix_staff_login",
            "login",
            unique=True,
            sqlite_where=text("NOT is_built_in"),
            postgresql_where=text("NOT is_built_in"),
        ),
        CheckConstraint("login <> ''", "login_not_empty"),
    )

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    login: Mapped[str] = mapped_column(String(40))  # 工号, ASCII
    name: Mapped[ShortText]
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    desk_name: Mapped[str | None] = mapped_column(String(40))  # 窗口 2
    phone: Mapped[str | None] = mapped_column(String(40))  # office number, printed on papers
    is_built_in: Mapped[bool]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class StaffSecret(Base):
    """The password verifier of SQLite mode; apart, so that staff rows can be read freely."""

    __tablename__ = "staff_secrets"

    staff_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"), primary_key=True)
    street_id: Mapped[Ref]
    verifier: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool]
    changed_at: Mapped[Moment]


class StaffRole(Base):
    """A role that a member of staff holds; outside staff only until a day (驻场第三方)."""

    __tablename__ = "staff_roles"
    __table_args__ = (UniqueConstraint("staff_id", "role", "valid_from"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    staff_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    role: Mapped[Role] = enum_column(Role)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Place(Base):
    """A housing estate or building (小区、楼栋): choosing it brings community and grid."""

    __tablename__ = "places"
    __table_args__ = (UniqueConstraint("street_id", "name"),)

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    name: Mapped[ShortText]
    parent_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    grid_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    is_border: Mapped[bool]  # 交界地段:先核实点位
    pinyin: Mapped[ShortText]
    valid_to: Mapped[date | None]


class Category(Base):
    """One category of appeals (诉求分类), two or three levels deep; retired, never deleted."""

    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("street_id", "parent_id", "name"),)

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    parent_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("categories.id"))
    name: Mapped[ShortText]
    pinyin: Mapped[ShortText]
    unit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    position: Mapped[int]
    valid_to: Mapped[date | None]


class Letterhead(Base):
    """Under whose name papers go out (抬头、代字); street and committee are never mixed."""

    __tablename__ = "letterheads"
    __table_args__ = (UniqueConstraint("street_id", "body", "valid_from"),)

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    body: Mapped[str] = mapped_column(String(24))  # street / committee
    issuer: Mapped[ShortText]  # 青榕街道办事处
    prefix: Mapped[str] = mapped_column(String(24))  # 青榕
    phone: Mapped[ShortText]
    address: Mapped[ShortText]
    query_hint: Mapped[ShortText]  # 查询方式
    seal_mm: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class TimeRuleRow(Base):
    """One limit as data (DOMAIN.md 4.4, 9.2)."""

    __tablename__ = "time_rules"
    __table_args__ = (
        Index(None, "street_id", "kind", "valid_from"),
        CheckConstraint("value > 0", "value_positive"),
    )

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    kind: Mapped[ClockKind] = enum_column(ClockKind)
    unit: Mapped[SpanUnit] = enum_column(SpanUnit)
    value: Mapped[int]
    start_event: Mapped[ClockEvent] = enum_column(ClockEvent)
    stop_event: Mapped[ClockEvent | None] = enum_column(ClockEvent, named="stop_event")
    urgency: Mapped[Urgency | None] = enum_column(Urgency)
    is_complex: Mapped[bool | None]
    channel: Mapped[Channel | None] = enum_column(Channel)
    category_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("categories.id"))
    is_again: Mapped[bool | None]
    rollover: Mapped[bool]
    pausable: Mapped[bool]
    is_legal: Mapped[bool]
    most_days: Mapped[int | None]
    remind_value: Mapped[int]
    remind_unit: Mapped[SpanUnit] = enum_column(SpanUnit, named="remind_unit")
    rule_set: Mapped[RuleSet] = enum_column(RuleSet)
    source: Mapped[ShortText]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class CalendarDay(Base):
    """A day on which this street's hall differs from the national calendar."""

    __tablename__ = "calendar_days"

    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]
    hours: Mapped[str | None] = mapped_column(String(120))  # 09:00-12:00,14:00-18:00
    reason: Mapped[ShortText]


class CalendarNotice(Base):
    """The holidays of a year as a notice gives them (放假通知); the newest of a year counts."""

    __tablename__ = "calendar_notices"
    __table_args__ = (Index(None, "street_id", "year"),)

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    year: Mapped[int]
    source: Mapped[ShortText]  # 国办发明电〔2026〕×号
    holidays: Mapped[Json]  # [ISO day, festival] …
    shifts: Mapped[Json]  # [ISO day, festival, opening hours in words or "" for the usual ones] …
    imported_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    imported_at: Mapped[Moment]


class Setting(Base):
    """One setting of the hall, from a day on (weights, quiet hours, opening hours …)."""

    __tablename__ = "settings"
    __table_args__ = (UniqueConstraint("street_id", "key", "valid_from"),)

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    key: Mapped[str] = mapped_column(String(60))
    value: Mapped[Json]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class FormLayout(Base):
    """A layout of a paper that the hall uses instead of ours, from a day on."""

    __tablename__ = "form_layouts"
    __table_args__ = (UniqueConstraint("street_id", "code", "valid_from"),)

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    code: Mapped[str] = mapped_column(String(40))
    toml: Mapped[LongText]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Counter(Base):
    """The last number given out for a kind of number in a year; never reused, never skipped."""

    __tablename__ = "counters"
    __table_args__ = (CheckConstraint("last >= 0", "last_not_negative"),)

    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


def today_rows(model: Any, on: date) -> Any:
    """Return the condition that a dated row of `model` is valid on `on`."""
    return (model.valid_from <= on) & ((model.valid_to.is_(None)) | (model.valid_to > on))

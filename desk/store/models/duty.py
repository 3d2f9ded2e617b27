"""What surrounds the cases: who stands in for whom, teams, matter directory, texts, shifts."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.codes import KeptKind, LibraryKind
from desk.store.base import Base, Json, LongText, Moment, Ref, RowId, ShortText, enum_column


class LeaderArea(Base):
    """Which units a leader answers for (领导包片): it decides who signs (DOMAIN.md 9.2)."""

    __tablename__ = "leader_areas"
    __table_args__ = (Index(None, "street_id", "unit_id"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    leader_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Deputy(Base):
    """Who stands in for whom, from one day to another (代理人)."""

    __tablename__ = "deputies"
    __table_args__ = (CheckConstraint("principal_id <> deputy_id", "somebody_else"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    principal_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"), index=True)
    reason: Mapped[str | None] = mapped_column(String(200))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Team(Base):
    """A team that can be called in (应急抢修、业务导师、技术保障队伍, DOMAIN.md 001-13)."""

    __tablename__ = "teams"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    name: Mapped[ShortText]
    kind: Mapped[ShortText]
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    phone: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(String(200))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class ServiceItem(Base):
    """A matter that others handle (事项目录): where to go, whom to ask, what to bring."""

    __tablename__ = "service_items"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    name: Mapped[ShortText]
    pinyin: Mapped[ShortText]
    unit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    office: Mapped[str | None] = mapped_column(String(200))  # where it is no unit of ours
    contact: Mapped[str | None] = mapped_column(String(100))  # 对接人
    phone: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(String(200))
    hours: Mapped[str | None] = mapped_column(String(120))
    materials: Mapped[Json]  # list of words
    basis: Mapped[str | None] = mapped_column(String(200))
    position: Mapped[int]
    valid_to: Mapped[date | None]


class LibraryText(Base):
    """A text of the answer library (答复口径库): kept with its source and its validity."""

    __tablename__ = "library_texts"
    __table_args__ = (Index(None, "street_id", "kind"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    kind: Mapped[LibraryKind] = enum_column(LibraryKind)
    title: Mapped[ShortText]
    body: Mapped[LongText]
    source: Mapped[str | None] = mapped_column(String(200))
    category_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("categories.id"))
    pinyin: Mapped[ShortText]
    written_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class KeptItem(Base):
    """An original, a key or another thing that somebody of the hall keeps (保管)."""

    __tablename__ = "kept_items"
    __table_args__ = (Index(None, "holder_id", "given_back_at"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"), index=True)
    kind: Mapped[KeptKind] = enum_column(KeptKind)
    name: Mapped[ShortText]
    holder_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    taken_at: Mapped[Moment]
    given_back_at: Mapped[Moment | None]
    given_back_to: Mapped[str | None] = mapped_column(String(100))
    note: Mapped[str | None] = mapped_column(String(200))


class Handover(Base):
    """One change of shift (交班): what was handed over, by whom, taken over by whom."""

    __tablename__ = "handovers"
    __table_args__ = (Index(None, "to_id", "taken_at"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    from_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    to_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    written_at: Mapped[Moment]
    taken_at: Mapped[Moment | None]
    withdrawn_at: Mapped[Moment | None]
    note: Mapped[LongText | None]
    row: Mapped[Json]  # open work, promised calls and kept things as they were
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))

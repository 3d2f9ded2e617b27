"""Looks at personal data, exports that need a second person, erasures, keys (个人信息)."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.privacy_codes import ErasureGround, IdentityOwner
from desk.store.base import Base, Json, LongText, Moment, Ref, RowId, ShortText, enum_column


class CaseLook(Base):
    """Somebody looked at who the appellant is, for a while: with a reason, or as his own work."""

    __tablename__ = "case_looks"
    __table_args__ = (
        Index(None, "staff_id", "until", "case_id"),
        Index(None, "street_id", "looked_at"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), index=True)
    staff_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    reason: Mapped[ShortText]
    looked_at: Mapped[Moment]
    until: Mapped[Moment]


class IdentityKey(Base):
    """Which key identity numbers are encrypted with; the key itself is never in the database."""

    __tablename__ = "identity_keys"
    __table_args__ = (UniqueConstraint("street_id", "key_id"),)

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    key_id: Mapped[str] = mapped_column(String(16))  # a fingerprint: a wrong key is known at once
    algorithm: Mapped[str] = mapped_column(String(40))
    # its recovery sheet was printed and put away (恢复单已打印并封存)
    put_away_at: Mapped[Moment | None]
    put_away_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))


class IdentityNumber(Base):
    """An encrypted identity number (证件号码); “plain” waits for a desk that has the key."""

    __tablename__ = "identity_numbers"
    __table_args__ = (
        Index(None, "street_id", "blind_index"),
        Index(None, "case_id"),
        Index(None, "mediation_id"),
        CheckConstraint("(case_id IS NULL) <> (mediation_id IS NULL)", "of_one_file"),
    )

    owner_id: Mapped[RowId]  # of the case, the party, the companion
    street_id: Mapped[Ref]
    owner: Mapped[IdentityOwner] = enum_column(IdentityOwner)
    case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"))
    mediation_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("mediations.id"))
    algorithm: Mapped[str] = mapped_column(String(40))
    key_id: Mapped[str | None] = mapped_column(String(16))
    cipher: Mapped[LongText]
    blind_index: Mapped[str | None] = mapped_column(String(32))


class ExportRequest(Base):
    """A ledger of more rows than one person may take out alone (导出申请)."""

    __tablename__ = "export_requests"
    __table_args__ = (Index(None, "street_id", "asked_at"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    kind: Mapped[str] = mapped_column(String(40))
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[ShortText]
    rows: Mapped[int]
    is_full: Mapped[bool]  # names and numbers in full, not masked
    narrowed_to: Mapped[LongText | None]  # of a board: its filter in words
    asked_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    asked_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    decided_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    decided_at: Mapped[Moment | None]
    is_granted: Mapped[bool | None]
    note: Mapped[str | None] = mapped_column(String(200))
    used_at: Mapped[Moment | None]


class Erasure(Base):
    """A lawful erasure of a file's personal data (抹除): asked by one, approved by another."""

    __tablename__ = "erasures"
    __table_args__ = (
        Index(None, "case_id"),
        Index(None, "mediation_id"),
        Index(None, "street_id", "asked_at"),
        CheckConstraint("(case_id IS NULL) <> (mediation_id IS NULL)", "of_one_file"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"))
    mediation_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("mediations.id"))
    ground: Mapped[ErasureGround] = enum_column(ErasureGround)
    reason: Mapped[ShortText]
    asked_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    asked_at: Mapped[Moment]
    decided_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    decided_at: Mapped[Moment | None]
    is_granted: Mapped[bool | None]
    note: Mapped[str | None] = mapped_column(String(200))
    counts: Mapped[Json | None]  # how much of what went

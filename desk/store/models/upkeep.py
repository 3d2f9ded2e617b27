"""What keeps the database sound (维护): its version, its copies and drills, passwords of before."""

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.codes import UpkeepKind
from desk.store.base import Base, Moment, Ref, RowId, enum_column


class SchemaInfo(Base):
    """Which schema this is, and the oldest program that may still write to it: one row."""

    __tablename__ = "schema_info"

    version: Mapped[str] = mapped_column(String(40), primary_key=True)
    min_client: Mapped[str] = mapped_column(String(40))


class UpkeepRun(Base):
    """One nightly copy or one restore drill of the server, written by its scripts."""

    __tablename__ = "upkeep_runs"
    __table_args__ = (Index(None, "kind", "happened_at"),)

    id: Mapped[RowId]
    kind: Mapped[UpkeepKind] = enum_column(UpkeepKind)
    happened_at: Mapped[Moment]
    is_good: Mapped[bool]
    file: Mapped[str] = mapped_column(String(400))
    size: Mapped[int] = mapped_column(BigInteger)
    sentence: Mapped[str] = mapped_column(String(400))


class OldPassword(Base):
    """The verifier of a password that somebody had, so that he does not take it again."""

    __tablename__ = "old_passwords"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    staff_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"), index=True)
    verifier: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[Moment]

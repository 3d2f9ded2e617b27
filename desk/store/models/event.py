"""The one log (留痕): one line per command, chained by hashes (HOUSE.md decision 3)."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.base import Base, Json, Moment, Ref, RowId, ShortText


class Event(Base):
    """One command carried out: who, when, what, with its answer; never changed.

    `salt` and `payload` may be blanked by a lawful erasure; the chain hashes `digest` only, so
    it stays whole.
    """

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("street_id", "place"),
        Index(None, "street_id", "recorded_at"),
        Index(None, "street_id", "kind", "recorded_at"),
    )

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    command: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(60))
    title: Mapped[ShortText]
    is_of_hall: Mapped[bool]  # about the hall, not about a case or a mediation: all may read it
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    sent_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    desk_name: Mapped[str] = mapped_column(String(60))
    happened_at: Mapped[Moment]
    recorded_at: Mapped[Moment]
    payload: Mapped[Json]
    result: Mapped[Json]
    salt: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))
    session_user: Mapped[str] = mapped_column(String(63))
    place: Mapped[int]  # position in the street's chain, from 1
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class EventCase(Base):
    """Which version of which case a command led to."""

    __tablename__ = "event_cases"
    __table_args__ = (Index(None, "event_id"),)

    case_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    street_id: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("events.id"))


class ChainHead(Base):
    """The last link of a street's chain; its row lock keeps the links in line."""

    __tablename__ = "chain_heads"

    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"), primary_key=True)
    place: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class ChainAnchor(Base):
    """Where a street's chain stood at the end of a day (锚点); written once, never changed.

    A trigger writes it with the first line of a later day. It only shows between which days a
    tampering lies: whoever can change the log can change this too, so the same anchors are kept
    on every desktop and on paper.
    """

    __tablename__ = "chain_anchors"

    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    place: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    written_at: Mapped[Moment]
    written_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))

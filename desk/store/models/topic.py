"""Topics (专题): many cases about one thing, and proposals that were set aside with a reason."""

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.topics import TopicState
from desk.store.base import Base, LongText, Moment, Ref, RowId, ShortText, enum_column

_THERE = text("removed_at IS NULL")


class Topic(Base):
    """One thing that many people complain of, handled as one (专题, DOMAIN.md 002-25, 001-12)."""

    __tablename__ = "topics"
    __table_args__ = (Index(None, "street_id", "state", "opened_at"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    name: Mapped[ShortText]
    place_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    category_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("categories.id"))
    word: Mapped[str | None] = mapped_column(String(40))  # what the proposal was found by
    lead_unit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    state: Mapped[TopicState] = enum_column(TopicState)
    note: Mapped[LongText | None]
    opened_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    opened_at: Mapped[Moment]
    closed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    closed_at: Mapped[Moment | None]
    closing_note: Mapped[LongText | None]
    changed_at: Mapped[Moment]
    version: Mapped[int]


class TopicCase(Base):
    """A case in a topic; what was taken out again stays as a row with who, when and why."""

    __tablename__ = "topic_cases"
    __table_args__ = (
        Index("uq_topic_cases_there", "topic_id", "case_id", unique=True,
              sqlite_where=_THERE, postgresql_where=_THERE),
        Index(None, "case_id"),
    )  # fmt: skip

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    topic_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("topics.id"))
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    is_opposite: Mapped[bool]  # asks for the contrary: shown, not counted on the same side
    added_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    added_at: Mapped[Moment]
    removed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    removed_at: Mapped[Moment | None]
    removal_note: Mapped[str | None] = mapped_column(String(200))


class ClusterDismissal(Base):
    """A proposal that somebody looked at and set aside (不是类案): by place, category or word."""

    __tablename__ = "cluster_dismissals"
    __table_args__ = (Index(None, "street_id", "dismissed_at"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    place_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    category_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("categories.id"))
    word: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(200))
    dismissed_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    dismissed_at: Mapped[Moment]
    withdrawn_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    withdrawn_at: Mapped[Moment | None]

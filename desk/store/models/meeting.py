"""Meetings (会商、议事协商会): about a case, a topic or a whistle, with minutes and decisions."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.leader_case_codes import MeetingKind
from desk.store.base import Base, Json, LongText, Moment, Ref, RowId, ShortText, enum_column

_ABOUT_ONE = (
    "CASE WHEN case_id IS NULL THEN 0 ELSE 1 END + CASE WHEN topic_id IS NULL THEN 0 ELSE 1 END "
    "+ CASE WHEN whistle_id IS NULL THEN 0 ELSE 1 END <= 1"
)


class Meeting(Base):
    """One meeting; corrected minutes are the next revision of its paper."""

    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint(_ABOUT_ONE, "about_one"),
        Index(None, "case_id"),
        Index(None, "topic_id"),
        Index(None, "whistle_id"),
        Index(None, "street_id", "held_at"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"))
    topic_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("topics.id"))
    whistle_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("whistles.id"))
    kind: Mapped[MeetingKind] = enum_column(MeetingKind)
    title: Mapped[ShortText]
    held_at: Mapped[Moment]
    place: Mapped[str] = mapped_column(String(100))
    chair: Mapped[str] = mapped_column(String(100))
    attendees: Mapped[LongText]
    minutes: Mapped[LongText]
    decisions: Mapped[Json]  # list of {text, who, until}
    recorder: Mapped[str] = mapped_column(String(100))
    recorded_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    recorded_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))

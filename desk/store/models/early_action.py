"""Findings without an appellant, and the walks they come from (未诉先办、走访)."""

from datetime import date

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.early_action_codes import (
    DiscoverWay,
    EarlyActionState,
    QuestionnaireKind,
    VisitConcern,
    VisitResult,
    VisitState,
)
from desk.store.base import Base, Json, LongText, Moment, Ref, RowId, ShortText, enum_column


class EarlyAction(Base):
    """Something found and dealt with before anybody complained (未诉先办, DOMAIN.md 002-15)."""

    __tablename__ = "early_actions"
    __table_args__ = (
        UniqueConstraint("street_id", "year", "seq"),
        UniqueConstraint("street_id", "outside_number"),
        Index(None, "street_id", "found_at", "id"),
        Index(None, "street_id", "state", "recheck_on"),
        Index(None, "place_id", "found_at"),
        Index(None, "case_id"),
        Index(None, "visit_id"),
        Index(None, "whistle_id"),
        Index(None, "topic_id"),
        CheckConstraint("situation <> ''", "situation_not_empty"),
        CheckConstraint("seq > 0", "seq_positive"),
    )

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    number: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    seq: Mapped[int]
    outside_number: Mapped[str | None] = mapped_column(String(60))  # as a ledger names it
    content_hash: Mapped[str | None] = mapped_column(String(64))  # of the ledger row last imported
    is_imported: Mapped[bool]

    found_at: Mapped[Moment]
    way: Mapped[DiscoverWay] = enum_column(DiscoverWay)
    found_by: Mapped[str | None] = mapped_column(String(100))  # whoever saw it; staff, no resident
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    grid_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    place_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    address: Mapped[ShortText | None]
    category_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("categories.id"))
    situation: Mapped[LongText]
    concern: Mapped[VisitConcern | None] = enum_column(VisitConcern)
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))  # 处置单位
    measure: Mapped[LongText | None]
    note: Mapped[LongText | None]

    state: Mapped[EarlyActionState] = enum_column(EarlyActionState)
    recorded_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    recorded_at: Mapped[Moment]
    resolved_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    resolved_at: Mapped[Moment | None]
    recheck_on: Mapped[date | None]  # by when somebody looks again; none for what was imported
    rechecked_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    rechecked_at: Mapped[Moment | None]
    recheck_note: Mapped[LongText | None]
    void_reason: Mapped[str | None] = mapped_column(String(200))

    # what became of it
    visit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("visits.id"))
    case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"))
    whistle_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("whistles.id"))
    topic_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("topics.id"))
    linked_numbers: Mapped[str | None] = mapped_column(String(400))  # 关联诉求外部编号

    changed_at: Mapped[Moment]
    version: Mapped[int]


class Questionnaire(Base):
    """What is asked at the door, from a day on (走访问卷、入户十问); ours where there is none."""

    __tablename__ = "questionnaires"
    __table_args__ = (UniqueConstraint("street_id", "kind", "valid_from"),)

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    kind: Mapped[QuestionnaireKind] = enum_column(QuestionnaireKind)
    questions: Mapped[Json]  # as `rules.questionnaires` writes them
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Visit(Base):
    """One walk from door to door (走访): a sheet that is carried along and typed back in."""

    __tablename__ = "visits"
    __table_args__ = (
        Index(None, "street_id", "state", "planned_on"),
        Index(None, "community_id", "visited_on"),
    )

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    number: Mapped[str] = mapped_column(String(40))  # of its sheet
    kind: Mapped[QuestionnaireKind] = enum_column(QuestionnaireKind)
    questions: Mapped[Json]  # as they stand on its sheet
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    grid_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    state: Mapped[VisitState] = enum_column(VisitState)
    planned_on: Mapped[date]
    planned_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    visited_on: Mapped[date | None]
    walkers: Mapped[str | None] = mapped_column(String(100))  # 走访人
    entered_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    entered_at: Mapped[Moment | None]
    cancel_reason: Mapped[str | None] = mapped_column(String(200))
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))
    changed_at: Mapped[Moment]
    version: Mapped[int]


class VisitEntry(Base):
    """One door of a walk: what was said there, never who said it."""

    __tablename__ = "visit_entries"
    __table_args__ = (
        UniqueConstraint("visit_id", "seq"),
        Index(None, "place_id", "visit_id"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    visit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("visits.id"))
    seq: Mapped[int]
    place_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    household: Mapped[str] = mapped_column(String(40))  # 2-301
    result: Mapped[VisitResult | None] = enum_column(VisitResult)
    answers: Mapped[Json]  # for each question the number of the answer, 0: not asked
    concern: Mapped[VisitConcern | None] = enum_column(VisitConcern)
    remark: Mapped[LongText | None]
    early_action_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("early_actions.id"), index=True
    )

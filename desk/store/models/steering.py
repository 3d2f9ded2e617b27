"""How work is steered (督办、催办、表扬提醒、约谈、研判): who was told what, what came of it."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.assessment_codes import (
    HonourKind,
    LetterKind,
    LetterState,
    SupervisionSource,
    SupervisionState,
    TalkDecision,
    UrgingWay,
)
from desk.store.base import Base, Json, LongText, Moment, Ref, RowId, ShortText, enum_column


class Supervision(Base):
    """A matter that must be settled and reported on (督办, DOMAIN.md 2.6), ours or from above."""

    __tablename__ = "supervisions"
    __table_args__ = (
        Index(None, "street_id", "state", "due_at"),
        Index(None, "case_id"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    source: Mapped[SupervisionSource] = enum_column(SupervisionSource)
    outside_number: Mapped[str | None] = mapped_column(String(60))  # 上级来文编号
    state: Mapped[SupervisionState] = enum_column(SupervisionState)
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    grounds: Mapped[Json]  # codes of SupervisionGround
    requirement: Mapped[LongText]
    due_at: Mapped[Moment]
    copied_to: Mapped[str | None] = mapped_column(String(200))  # 抄送
    issued_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    issued_at: Mapped[Moment]
    taken_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    taken_at: Mapped[Moment | None]
    report: Mapped[LongText | None]  # 反馈结果
    reported_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    reported_at: Mapped[Moment | None]
    ended_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    ended_at: Mapped[Moment | None]  # 销号、撤销
    end_note: Mapped[str | None] = mapped_column(String(200))
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))


class Urging(Base):
    """Somebody was asked to hurry (催办): by telephone, in writing, before all (通报)."""

    __tablename__ = "urgings"
    __table_args__ = (Index(None, "case_id", "made_at"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    way: Mapped[UrgingWay] = enum_column(UrgingWay)
    note: Mapped[LongText]
    due_at: Mapped[Moment | None]  # the limit in question
    explain_by: Mapped[Moment | None]  # until when a notice is to be answered
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]
    explanation: Mapped[LongText | None]
    explained_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    explained_at: Mapped[Moment | None]
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))


class Letter(Base):
    """A commendation or a reminder to a unit (表扬书、提醒函, DOMAIN.md 2.12)."""

    __tablename__ = "letters"
    __table_args__ = (Index(None, "street_id", "kind", "issued_at"), Index(None, "unit_id"))

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    kind: Mapped[LetterKind] = enum_column(LetterKind)
    state: Mapped[LetterState] = enum_column(LetterState)
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    person: Mapped[str | None] = mapped_column(String(100))  # 同志: only where somebody writes it
    facts: Mapped[LongText]
    problems: Mapped[Json]  # codes of ReminderProblem
    due_on: Mapped[date | None]  # 整改期限
    named_cases: Mapped[int]  # how many it names, also to whom some are kept from
    issued_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    issued_at: Mapped[Moment]
    delivered_to: Mapped[str | None] = mapped_column(String(100))
    delivered_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    delivered_at: Mapped[Moment | None]
    measures: Mapped[LongText | None]  # 整改措施
    responsible: Mapped[str | None] = mapped_column(String(100))
    rectified_on: Mapped[date | None]
    rectified_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    rectified_at: Mapped[Moment | None]
    revoked_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    revoked_at: Mapped[Moment | None]
    revoke_note: Mapped[str | None] = mapped_column(String(200))
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))


class LetterCase(Base):
    """A case that a letter is about."""

    __tablename__ = "letter_cases"
    __table_args__ = (Index(None, "case_id"),)

    letter_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("letters.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), primary_key=True)
    street_id: Mapped[Ref]


class UnitTalk(Base):
    """A unit that the rule named for a talk, what people decided, and what was said (约谈)."""

    __tablename__ = "unit_talks"
    __table_args__ = (
        Index(None, "street_id", "month"),
        Index("uq_unit_talks_unit_id_month", "unit_id", "month", unique=True),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    month: Mapped[str] = mapped_column(String(7))
    why: Mapped[ShortText]  # the rule's words, as they were then
    figures: Mapped[str | None] = mapped_column(String(200))  # the month in one line
    decision: Mapped[TalkDecision] = enum_column(TalkDecision)
    reason: Mapped[str | None] = mapped_column(String(200))
    decided_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    decided_at: Mapped[Moment]
    held_at: Mapped[Moment | None]
    place: Mapped[str | None] = mapped_column(String(100))
    talked_by: Mapped[str | None] = mapped_column(String(100))  # 约谈人, as on paper
    attended: Mapped[str | None] = mapped_column(String(200))
    minutes: Mapped[LongText | None]
    promised: Mapped[LongText | None]
    due_on: Mapped[date | None]  # 承诺落实的期限
    kept_on: Mapped[date | None]  # 已落实
    kept_note: Mapped[LongText | None]
    kept_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    recorded_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))


class ReviewTask(Base):
    """A decision of the monthly review that became a task (研判会任务, DOMAIN.md 9.5)."""

    __tablename__ = "review_tasks"
    __table_args__ = (Index(None, "street_id", "due_on"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    decided_on: Mapped[date]
    text: Mapped[LongText]
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    due_on: Mapped[date]
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]
    done_on: Mapped[date | None]
    done_note: Mapped[LongText | None]
    done_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))


class Honour(Base):
    """Who was named for an honour of the year, by whom and why (先进办件集体、最美办件人)."""

    __tablename__ = "honours"
    __table_args__ = (Index(None, "street_id", "year"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    year: Mapped[int]
    kind: Mapped[HonourKind] = enum_column(HonourKind)
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    person: Mapped[str | None] = mapped_column(String(100))
    reason: Mapped[LongText]
    named_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    named_at: Mapped[Moment]
    is_given: Mapped[bool]
    given_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    withdrawn_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    withdrawn_at: Mapped[Moment | None]
    withdraw_note: Mapped[str | None] = mapped_column(String(200))

"""How cases are assessed (考评): requests to leave one out or to rate it again, and points."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.assessment_codes import RequestKind, RequestState
from desk.rules.codes import Resolution, Satisfaction
from desk.store.base import Base, Json, LongText, Moment, Ref, RowId, enum_column

PENDING = "state IN ('unit', 'area', 'chief', 'office')"


class AssessmentRequest(Base):
    """A request to leave a case out of the rates, or to count a new rating (剔除、差评申诉)."""

    __tablename__ = "assessment_requests"
    __table_args__ = (
        Index(None, "case_id", "asked_at"),
        Index(None, "street_id", "state", "asked_at"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    round_no: Mapped[int]
    kind: Mapped[RequestKind] = enum_column(RequestKind)
    state: Mapped[RequestState] = enum_column(RequestState)
    month: Mapped[str] = mapped_column(String(7))  # the month whose figures move: “2026-06”
    rules_name: Mapped[str] = mapped_column(String(100))  # 剔除口径（版本）
    reasons: Mapped[Json]  # codes of ExclusionReason; empty for an appeal
    facts: Mapped[LongText]  # 事实与证据
    evidence: Mapped[Json]  # ids of attachments
    was_contacted: Mapped[bool | None]  # the rating as it was when this was asked
    resolution: Mapped[Resolution | None] = enum_column(Resolution)
    satisfaction: Mapped[Satisfaction | None] = enum_column(Satisfaction)
    new_contacted: Mapped[bool | None]
    new_resolution: Mapped[Resolution | None] = enum_column(Resolution, named="new_resolution")
    new_satisfaction: Mapped[Satisfaction | None] = enum_column(
        Satisfaction, named="new_satisfaction"
    )
    asked_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    asked_at: Mapped[Moment]
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    leader_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))  # whose desk
    decided_at: Mapped[Moment | None]
    figures: Mapped[Json | None]  # the month's figures before and after
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))


class AssessmentStep(Base):
    """What one desk said to such a request; a line stays as it was written."""

    __tablename__ = "assessment_steps"
    __table_args__ = (Index(None, "request_id", "happened_at"), Index(None, "case_id"))

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    request_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("assessment_requests.id"))
    desk: Mapped[RequestState] = enum_column(RequestState)
    staff_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    for_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))  # 代签
    is_passed: Mapped[bool]
    note: Mapped[LongText | None]
    happened_at: Mapped[Moment]


class BonusPoint(Base):
    """Points that a unit was given for a month (加分, DOMAIN.md 001-12): shown beside the score."""

    __tablename__ = "bonus_points"
    __table_args__ = (Index(None, "street_id", "month"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    month: Mapped[str] = mapped_column(String(7))
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    hundredths: Mapped[int]  # 20 is 0.2 points; less than nothing takes away
    reason: Mapped[str] = mapped_column(String(200))
    case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"))
    topic_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("topics.id"))
    approved_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    given_at: Mapped[Moment]
    withdrawn_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    withdrawn_at: Mapped[Moment | None]


class RateRuleSet(Base):
    """One set of rules of assessment (考评规则), from the first of a month on."""

    __tablename__ = "rate_rule_sets"
    __table_args__ = (UniqueConstraint("street_id", "valid_from"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    valid_from: Mapped[date]
    value: Mapped[Json]  # `rules.rate_rules.plain_rules`
    set_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    set_at: Mapped[Moment]

"""Handling a case: rounds, units' parts, clocks, contacts, opinions, follow-ups."""

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

from desk.rules.clock_codes import PauseReason
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    ClockKind,
    ContactResult,
    ContactWay,
    Discontent,
    DispatchMode,
    FirstHeard,
    FollowUpWay,
    HandlingResult,
    NextStep,
    OpinionStatus,
    Resolution,
    ReturnReason,
    Role,
    Satisfaction,
    SpanUnit,
)
from desk.store.base import Base, Json, LongText, Moment, Ref, RowId, ShortText, enum_column

# rated, and not 双是; whoever asks says it in these very words, else no engine takes the index
RATED_BADLY = (
    "satisfaction IN ('dissatisfied', 'fairly', 'satisfied') AND (satisfaction = 'dissatisfied' "
    "OR resolution IS NULL OR resolution NOT IN ('explained', 'yes'))"
)
_PROMISED = text("called_back_at IS NULL AND call_back_at IS NOT NULL")
_ACTIVE_LEAD = text("role = 'lead' AND status NOT IN ('returned', 'replaced')")


_RUNNING = text("stopped_at IS NULL AND set_aside_at IS NULL")
_SIGNED = text("status = 'signed'")


class Round(Base):
    """One round of handling (第 n 轮); a second one follows a bad follow-up."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    number: Mapped[int]
    started_at: Mapped[Moment]
    reason: Mapped[str | None] = mapped_column(String(200))
    dispatched_at: Mapped[Moment | None]
    verified_at: Mapped[Moment | None]
    verify_note: Mapped[LongText | None]
    handled_at: Mapped[Moment | None]
    measures: Mapped[LongText | None]
    late_reason: Mapped[LongText | None]
    result: Mapped[HandlingResult | None] = enum_column(HandlingResult)


class Assignment(Base):
    """One unit's part in a round (派单): its own status, its own clocks."""

    __tablename__ = "assignments"
    __table_args__ = (
        Index(None, "case_id", "round_no"),
        Index(None, "unit_id", "status"),
        Index("uq_assignments_one_lead", "case_id", "round_no", unique=True,
              sqlite_where=_ACTIVE_LEAD, postgresql_where=_ACTIVE_LEAD),
    )  # fmt: skip

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    round_no: Mapped[int]
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    role: Mapped[AssignmentRole] = enum_column(AssignmentRole)
    status: Mapped[AssignmentStatus] = enum_column(AssignmentStatus)
    mode: Mapped[DispatchMode | None] = enum_column(DispatchMode)
    handler_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    dispatched_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    dispatched_at: Mapped[Moment]
    accepted_at: Mapped[Moment | None]
    reported_at: Mapped[Moment | None]
    feedback: Mapped[LongText | None]
    return_reason: Mapped[ReturnReason | None] = enum_column(ReturnReason)
    return_note: Mapped[LongText | None]
    requirements: Mapped[Json]
    instruction: Mapped[LongText | None]  # 拟办意见
    result: Mapped[HandlingResult | None] = enum_column(HandlingResult)  # of a supporting unit
    team_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("teams.id"))
    reason: Mapped[str | None] = mapped_column(String(200))  # why it was added or dropped
    ended_at: Mapped[Moment | None]  # handed to somebody else, or dropped
    ended_from: Mapped[AssignmentStatus | None] = enum_column(AssignmentStatus)


class Clock(Base):
    """One limit running on a case; every instant at which its colour changes is stored."""

    __tablename__ = "clocks"
    __table_args__ = (
        Index(None, "case_id", "round_no", "kind"),
        Index("ix_clocks_running", "street_id", "kind",
              sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        CheckConstraint("due_at >= started_at", "due_after_start"),
    )  # fmt: skip

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    round_no: Mapped[int]
    assignment_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("assignments.id"))
    kind: Mapped[ClockKind] = enum_column(ClockKind)
    rule_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("time_rules.id"))
    rule_text: Mapped[ShortText]  # 紧急件 2 小时办理完毕
    unit: Mapped[SpanUnit] = enum_column(SpanUnit)
    is_applicable: Mapped[bool]
    started_at: Mapped[Moment]
    original_due_at: Mapped[Moment]
    extended_to: Mapped[Moment | None]  # 延期批准到
    due_at: Mapped[Moment]
    half_at: Mapped[Moment]
    near_at: Mapped[Moment]
    day_ends: Mapped[Json]  # for working days: the end of each day that counts
    remind_at: Mapped[Moment | None]  # when people are reminded, in the rule's own time
    guessed_year: Mapped[int | None]  # the first year it reaches into without known holidays
    stopped_at: Mapped[Moment | None]
    paused_since: Mapped[Moment | None]
    pause_reason: Mapped[str | None] = mapped_column(String(120))
    set_aside_at: Mapped[Moment | None]  # stopped with the case (合并、撤回); an undo frees it


class ClockPause(Base):
    """A span in which a clock stood still."""

    __tablename__ = "clock_pauses"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    clock_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("clocks.id"), index=True)
    from_at: Mapped[Moment]
    until_at: Mapped[Moment | None]
    reason: Mapped[PauseReason] = enum_column(PauseReason)
    note: Mapped[str | None] = mapped_column(String(200))
    told_way: Mapped[ContactWay | None] = enum_column(ContactWay)  # 已告知诉求人
    told_at: Mapped[Moment | None]
    begun_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    ended_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))


class Contact(Base):
    """One attempt to reach the appellant; every unit on the case sees all of them."""

    __tablename__ = "contacts"
    __table_args__ = (
        Index(None, "case_id", "happened_at"),
        Index("ix_contacts_promised", "street_id", "call_back_at",
              sqlite_where=_PROMISED, postgresql_where=_PROMISED),
    )  # fmt: skip

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    round_no: Mapped[int]
    staff_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    happened_at: Mapped[Moment]
    way: Mapped[ContactWay] = enum_column(ContactWay)
    result: Mapped[ContactResult] = enum_column(ContactResult)
    note: Mapped[LongText | None]
    call_back_at: Mapped[Moment | None]  # 答应过的回电
    called_back_at: Mapped[Moment | None]
    over_reason: Mapped[str | None] = mapped_column(String(200))  # 超次数、请勿再打时的理由
    call_owner_id: Mapped[int | None] = mapped_column(  # who took the promise over (交班)
        BigInteger, ForeignKey("staff.id")
    )


class Opinion(Base):
    """A draft of the 处理意见书 and its way through sign-off; one row per version."""

    __tablename__ = "opinions"
    __table_args__ = (
        UniqueConstraint("case_id", "round_no", "revision"),
        Index(None, "signed_by", "signed_at"),
        Index("ix_opinions_signed", "street_id", "signed_at",
              sqlite_where=_SIGNED, postgresql_where=_SIGNED),
    )  # fmt: skip

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    round_no: Mapped[int]
    revision: Mapped[int]
    status: Mapped[OpinionStatus] = enum_column(OpinionStatus)
    title: Mapped[ShortText]
    acceptance: Mapped[LongText]  # 一、诉求事项及受理情况
    findings: Mapped[LongText]  # 二、调查核实情况
    decision: Mapped[LongText]  # 三、处理意见及依据
    basis: Mapped[LongText | None]
    next_measures: Mapped[LongText | None]  # 四、后续措施及时限
    remedy: Mapped[LongText | None]  # 五、救济途径
    result: Mapped[HandlingResult] = enum_column(HandlingResult)
    written_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    written_at: Mapped[Moment]
    submitted_at: Mapped[Moment | None]
    signed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    signed_at: Mapped[Moment | None]
    remark: Mapped[LongText | None]  # 批注 / 退回理由
    items: Mapped[Json | None]  # what is answered matter by matter (逐项答复)
    number: Mapped[str | None] = mapped_column(String(60))


class FollowUp(Base):
    """One follow-up with the appellant (回访); the record's number is that of its paper."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        UniqueConstraint("case_id", "seq"),
        Index("ix_follow_ups_bad", "street_id", "happened_at", "case_id",
              sqlite_where=text(RATED_BADLY), postgresql_where=text(RATED_BADLY)),
    )  # fmt: skip

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    round_no: Mapped[int]
    seq: Mapped[int]
    staff_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    happened_at: Mapped[Moment]
    way: Mapped[FollowUpWay] = enum_column(FollowUpWay)
    is_reached: Mapped[bool]
    minutes: Mapped[int | None]
    failed_calls: Mapped[int]
    was_contacted: Mapped[bool | None]
    first_heard: Mapped[FirstHeard | None] = enum_column(FirstHeard)
    resolution: Mapped[Resolution | None] = enum_column(Resolution)
    satisfaction: Mapped[Satisfaction | None] = enum_column(Satisfaction)
    stars: Mapped[Json]  # 处置速度、处置效果、服务体验、反馈质量: 1–5 or null
    discontent: Mapped[Discontent | None] = enum_column(Discontent)
    discontent_note: Mapped[str | None] = mapped_column(String(200))
    suggestion: Mapped[LongText | None]
    next_step: Mapped[NextStep | None] = enum_column(NextStep)


class FollowUpMatter(Base):
    """What the appellant said of one matter in a follow-up (逐项回访)."""

    __tablename__ = "follow_up_matters"

    follow_up_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("follow_ups.id"), primary_key=True
    )
    matter_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("matters.id"), primary_key=True)
    street_id: Mapped[Ref]
    resolution: Mapped[Resolution] = enum_column(Resolution)
    note: Mapped[str | None] = mapped_column(String(200))


class SignStep(Base):
    """One desk on an opinion's way through sign-off (审签环节): whose, since when, what he said."""

    __tablename__ = "sign_steps"
    __table_args__ = (
        UniqueConstraint("opinion_id", "seq"),
        Index(None, "street_id", "signer_id", "signed_at"),
        Index(None, "signed_by", "signed_at", "opinion_id"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), index=True)
    opinion_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("opinions.id"))
    seq: Mapped[int]
    role: Mapped[Role] = enum_column(Role)
    signer_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    arrived_at: Mapped[Moment | None]
    signed_at: Mapped[Moment | None]
    signed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    is_agreed: Mapped[bool | None]
    remark: Mapped[LongText | None]
    on_paper: Mapped[bool | None]  # signed in the printed folder (签批夹)
    entered_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))


class DispatchProposal(Base):
    """A dispatch that waits for the first leader's word (一把手派单)."""

    __tablename__ = "dispatch_proposals"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), index=True)
    proposed_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    proposed_at: Mapped[Moment]
    row: Mapped[Json]  # the dispatch as it was proposed
    decided_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    decided_at: Mapped[Moment | None]
    is_confirmed: Mapped[bool | None]  # None: undecided, or closed without his word
    note: Mapped[LongText | None]

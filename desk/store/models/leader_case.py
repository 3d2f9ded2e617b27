"""Cases led by a leader (提级、领导包案): who leads, the team, the plan and what was done."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.leader_case_codes import (
    CheckAnswer,
    Checklist,
    CheckOccasion,
    LeaderOutcome,
    TeamRole,
)
from desk.store.base import Base, LongText, Moment, Ref, RowId, ShortText, enum_column

_GOES_ON = text("concluded_at IS NULL")
_THERE = text("until IS NULL")


class LeaderCase(Base):
    """A case that a leader took into his own hands (领导包案, DOMAIN.md 2.10)."""

    __tablename__ = "leader_cases"
    __table_args__ = (
        Index("uq_leader_cases_goes_on", "case_id", unique=True,
              sqlite_where=_GOES_ON, postgresql_where=_GOES_ON),
        Index(None, "case_id"),
        Index("ix_leader_cases_open", "street_id", "leader_id",
              sqlite_where=_GOES_ON, postgresql_where=_GOES_ON),
    )  # fmt: skip

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    reason: Mapped[LongText]  # 提级原因
    leader_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    started_on: Mapped[date]
    planned_until: Mapped[date]  # 计划化解日期
    raised_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    raised_at: Mapped[Moment]
    outcome: Mapped[LeaderOutcome | None] = enum_column(LeaderOutcome)
    conclusion: Mapped[LongText | None]  # 化解结论
    concluded_on: Mapped[date | None]
    concluded_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    concluded_at: Mapped[Moment | None]
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))


class TeamMember(Base):
    """Somebody in the team of such a case (专班), its leader among them; who left stays as a row.

    People from outside (人大代表) have no row in `staff`; then `name` and `office` say who it is.
    """

    __tablename__ = "team_members"
    __table_args__ = (
        Index(None, "case_id"),
        Index("uq_team_members_leader", "leader_case_id", unique=True,
              sqlite_where=text("role = 'leader' AND until IS NULL"),
              postgresql_where=text("role = 'leader' AND until IS NULL")),
        Index("ix_team_members_there", "street_id", "staff_id",
              sqlite_where=_THERE, postgresql_where=_THERE),
    )  # fmt: skip

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    leader_case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("leader_cases.id"))
    role: Mapped[TeamRole] = enum_column(TeamRole)
    staff_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    name: Mapped[str] = mapped_column(String(100))
    office: Mapped[str | None] = mapped_column(String(100))  # 单位、职务
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(200))  # why he left, or handed it over
    added_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    added_at: Mapped[Moment]
    ended_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))


class LeaderStep(Base):
    """A step of the plan (计划), and what was done and came of it (过程记录: 日期、动作、结果)."""

    __tablename__ = "leader_steps"
    __table_args__ = (Index(None, "case_id"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    leader_case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("leader_cases.id"))
    action: Mapped[LongText]
    due_on: Mapped[date | None]  # planned until; None for what came up by itself
    done_on: Mapped[date | None]
    result: Mapped[LongText | None]
    is_dropped: Mapped[bool]  # not wanted any more; the result says why
    planned_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    planned_at: Mapped[Moment]
    done_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    done_at: Mapped[Moment | None]


class CheckLine(Base):
    """One line of a checklist as somebody went through it (五包落实、三问核查).

    Nothing is overwritten: of a line the newest row counts, the earlier ones are its history.
    """

    __tablename__ = "check_lines"
    __table_args__ = (Index(None, "case_id"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    leader_case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("leader_cases.id"))
    checklist: Mapped[Checklist] = enum_column(Checklist)
    occasion: Mapped[CheckOccasion] = enum_column(CheckOccasion)
    words: Mapped[ShortText]  # the line as the hall had it that day
    answer: Mapped[CheckAnswer | None] = enum_column(CheckAnswer)
    responsible: Mapped[str | None] = mapped_column(String(100))  # 责任人
    note: Mapped[LongText | None]  # 进展、说明
    on_day: Mapped[date]
    said_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    said_at: Mapped[Moment]

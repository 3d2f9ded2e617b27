"""Plans of topics, opinions of meetings, three lists (主动治理、意见征集、三张清单)."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.proactive_codes import (
    AnswerWay,
    DemandState,
    GatheringKind,
    PlanState,
    ProjectState,
    ResourceKind,
    ResourceState,
)
from desk.store.base import Base, LongText, Moment, Ref, RowId, ShortText, enum_column


class TopicPlan(Base):
    """What is done about a topic before the next complaint (治理方案, DOMAIN.md 003-11, 9.5).

    Place, category and word say which cases count when its effect is measured; where all of them
    are empty, the cases of the topic do.
    """

    __tablename__ = "topic_plans"
    __table_args__ = (UniqueConstraint("topic_id"), Index(None, "street_id", "state"))

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    topic_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("topics.id"))
    goal: Mapped[LongText]
    place_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    category_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("categories.id"))
    word: Mapped[str | None] = mapped_column(String(40))
    window_days: Mapped[int]  # how many days before and after are compared
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # as planned
    planned_fen: Mapped[int | None] = mapped_column(BigInteger)
    funds_from: Mapped[str | None] = mapped_column(String(100))
    state: Mapped[PlanState] = enum_column(PlanState)
    finished_on: Mapped[date | None]
    finished_note: Mapped[LongText | None]
    finished_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    look_due_on: Mapped[date | None]  # when somebody is to look again
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    version: Mapped[int]


class PlanUnit(Base):
    """A unit that answers for a plan beside the one that leads the topic (责任单位)."""

    __tablename__ = "plan_units"
    __table_args__ = (UniqueConstraint("plan_id", "unit_id"), Index(None, "topic_id"))

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    plan_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("topic_plans.id"))
    topic_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("topics.id"))
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))


class PlanMeasure(Base):
    """One thing to do in a plan: by whom, by when, and what came of it (措施)."""

    __tablename__ = "plan_measures"
    __table_args__ = (Index(None, "plan_id", "due_on"), Index(None, "street_id", "due_on"))

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    plan_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("topic_plans.id"))
    topic_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("topics.id"))
    text: Mapped[LongText]
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    person: Mapped[str | None] = mapped_column(String(60))
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    result: Mapped[LongText | None]
    spent_fen: Mapped[int | None] = mapped_column(BigInteger)
    reported_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]
    dropped_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    dropped_at: Mapped[Moment | None]


class PlanLook(Base):
    """A second look at what was reported as solved (复看); a line stays as it was written."""

    __tablename__ = "plan_looks"
    __table_args__ = (Index(None, "plan_id", "looked_at"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    plan_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("topic_plans.id"))
    topic_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("topics.id"))
    looked_on: Mapped[date]
    is_solved: Mapped[bool]
    note: Mapped[LongText]
    looked_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    looked_at: Mapped[Moment]


class Gathering(Base):
    """A meeting from which opinions were brought back (意见征集的一次, DOMAIN.md 9.5)."""

    __tablename__ = "gatherings"
    __table_args__ = (Index(None, "street_id", "held_on"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    kind: Mapped[GatheringKind] = enum_column(GatheringKind)
    name: Mapped[ShortText]
    held_on: Mapped[date]
    place: Mapped[str | None] = mapped_column(String(200))
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))  # who held it
    attendees: Mapped[int | None]
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    version: Mapped[int]


class GatheredOpinion(Base):
    """One opinion of a meeting: answered there, or by a unit within a limit (004-3)."""

    __tablename__ = "gathered_opinions"
    __table_args__ = (
        Index(None, "gathering_id", "seq"),
        Index(None, "street_id", "due_on"),
        Index(None, "case_id"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    gathering_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("gatherings.id"))
    host_unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    seq: Mapped[int]
    said_by: Mapped[str | None] = mapped_column(String(60))  # “3 号楼代表”, no name
    text: Mapped[LongText]
    way: Mapped[AnswerWay] = enum_column(AnswerWay)
    unit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    due_on: Mapped[date | None]
    answer: Mapped[LongText | None]
    answered_on: Mapped[date | None]
    answered_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"))  # it became
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]
    withdrawn_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    withdrawn_at: Mapped[Moment | None]


class Demand(Base):
    """What a unit or community needs and cannot do alone (需求出题, DOMAIN.md 000-5)."""

    __tablename__ = "demands"
    __table_args__ = (Index(None, "street_id", "state", "raised_at"), Index(None, "whistle_id"))

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    title: Mapped[ShortText]
    details: Mapped[LongText | None]
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    wanted_by: Mapped[date | None]
    state: Mapped[DemandState] = enum_column(DemandState)
    whistle_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("whistles.id"))
    end_note: Mapped[LongText | None]
    ended_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    ended_at: Mapped[Moment | None]
    raised_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    raised_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    version: Mapped[int]


class OfferedResource(Base):
    """What a unit, enterprise or group offers (资源); the unit is who keeps in touch with it."""

    __tablename__ = "offered_resources"
    __table_args__ = (Index(None, "street_id", "state", "raised_at"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    kind: Mapped[ResourceKind] = enum_column(ResourceKind)
    title: Mapped[ShortText]
    details: Mapped[LongText | None]
    offered_by: Mapped[str] = mapped_column(String(100))
    phone: Mapped[str | None] = mapped_column(String(40))  # of the office
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    open_until: Mapped[date | None]
    state: Mapped[ResourceState] = enum_column(ResourceState)
    end_note: Mapped[LongText | None]
    ended_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    ended_at: Mapped[Moment | None]
    raised_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    raised_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    version: Mapped[int]


class JointProject(Base):
    """Demands and resources brought together (共驻共建项目, DOMAIN.md 003-10)."""

    __tablename__ = "joint_projects"
    __table_args__ = (Index(None, "street_id", "state", "made_at"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    title: Mapped[ShortText]
    details: Mapped[LongText | None]
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))  # who leads
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[ProjectState] = enum_column(ProjectState)
    end_note: Mapped[LongText | None]
    ended_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    ended_at: Mapped[Moment | None]
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    version: Mapped[int]


class ProjectLink(Base):
    """A demand that a project meets, or a resource that it uses."""

    __tablename__ = "project_links"
    __table_args__ = (
        CheckConstraint("(demand_id IS NULL) <> (resource_id IS NULL)", "one_of_two"),
        Index(None, "project_id"),
        Index(None, "demand_id"),
        Index(None, "resource_id"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("joint_projects.id"))
    demand_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("demands.id"))
    resource_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("offered_resources.id"))

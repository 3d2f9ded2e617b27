"""One appeal brought to the hall (诉求), its matters and the people and units around it."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.codes import (
    CaseStatus,
    Channel,
    ClockKind,
    ConfirmWay,
    Discontent,
    DispatchMode,
    Exit,
    GuideWay,
    HandlingResult,
    IdKind,
    Purpose,
    Resolution,
    Satisfaction,
    Sex,
    SourceLevel,
    Urgency,
)
from desk.rules.privacy_codes import IdentityOwner
from desk.rules.reception_codes import VisitMode
from desk.rules.withdrawal import Withdrawer
from desk.store.base import (
    Base,
    Json,
    LongText,
    Moment,
    Ref,
    RowId,
    ShortText,
    enum_column,
    where_there_is,
)
from desk.store.models.numbered import HasNumber

CLOSED_FOR_BOARDS = ("closed", "archived", "guided", "merged", "withdrawn")
_OPEN = text(f"status NOT IN {CLOSED_FOR_BOARDS}")
_SOLVED = text("resolution = 'yes'")
_GUIDED = text("status = 'guided'")
_UNASKED = text("status = 'closed' AND exit = 'on_spot' AND satisfaction IS NULL")
# as `sight.confidential` asks for it, word for word
_ACCUSED = "accused_unit_id IS NOT NULL OR accused_staff_id IS NOT NULL"


class Case(Base):
    """One appeal, from intake to archive; the facts that may be shown on a board."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("street_id", "year", "seq"),
        # after the key of the board all that its counts ask for: they never read the rows
        Index("ix_cases_open_due", "street_id", "status", "next_due_at", "id", "next_near_at",
              "is_secret", "handler_id", "first_responder_id", "lead_unit_id", "first_unit_id",
              "accused_staff_id", "accused_unit_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_cases_open_unit", "lead_unit_id", "next_due_at", "id",
              sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_cases_open_handler", "handler_id", "next_due_at", "id",
              sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(None, "street_id", "received_at", "id"),
        Index(None, "street_id", "closed_at"),
        Index(None, "street_id", "number"),
        Index(None, "category_id", "received_at"),  # where the newest of a category went
        # what a place is counted by, without reading a row
        Index("ix_cases_of_place", "place_id", "received_at", "category_id", "status", "street_id",
              "is_secret", "purpose", "accused_staff_id", "accused_unit_id"),
        Index("ix_cases_open_place", "place_id", "received_at",
              sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_cases_solved_there", "place_id", "category_id", "closed_at",
              sqlite_where=_SOLVED, postgresql_where=_SOLVED),
        where_there_is("repeat_of_id"),
        where_there_is("same_visit_id"),
        where_there_is("merged_into_id"),
        Index("ix_cases_guided", "first_unit_id", "received_at",
              sqlite_where=_GUIDED, postgresql_where=_GUIDED),
        Index("ix_cases_unasked", "street_id", "closed_at",
              sqlite_where=_UNASKED, postgresql_where=_UNASKED),
        Index("ix_cases_confidential", "street_id", "received_at",
              sqlite_where=text(f"is_secret = 1 OR {_ACCUSED}"),
              postgresql_where=text(f"is_secret = true OR {_ACCUSED}")),
        CheckConstraint("summary <> ''", "summary_not_empty"),
        CheckConstraint("details <> ''", "details_not_empty"),
        CheckConstraint("seq > 0", "seq_positive"),
        ForeignKeyConstraint(  # no change without a history line, on either engine
            ["id", "version"],
            ["event_cases.case_id", "event_cases.version"],
            deferrable=True,
            initially="DEFERRED",
        ),
    )  # fmt: skip

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    number: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    seq: Mapped[int]

    channel: Mapped[Channel] = enum_column(Channel)
    platform: Mapped[str | None] = mapped_column(String(60))  # 来源平台
    visit_mode: Mapped[VisitMode | None] = enum_column(VisitMode)  # of visits alone (来访方式)
    source_level: Mapped[SourceLevel] = enum_column(SourceLevel)
    exit: Mapped[Exit] = enum_column(Exit)
    purpose: Mapped[Purpose] = enum_column(Purpose)
    category_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("categories.id"))
    summary: Mapped[ShortText]
    details: Mapped[LongText]
    request: Mapped[LongText | None]

    appellant_shown: Mapped[ShortText]  # 陈**, or 匿名
    is_anonymous: Mapped[bool]
    headcount: Mapped[int]
    needs: Mapped[Json]  # 所需服务: list of words
    place_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    community_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    grid_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))

    first_responder_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    first_responder_name: Mapped[ShortText]  # as it was then; ledgers name people long gone
    first_responder_reason: Mapped[str | None] = mapped_column(String(200))
    first_unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    recorder_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    received_at: Mapped[Moment]
    recorded_at: Mapped[Moment]
    uploaded_at: Mapped[Moment | None]  # came from a desk that was offline (离线补录)
    is_backfilled: Mapped[bool]  # 补录 or 导入
    is_imported: Mapped[bool]

    urgency: Mapped[Urgency] = enum_column(Urgency)
    is_complex: Mapped[bool]
    is_graded: Mapped[bool]
    judgement: Mapped[Json]
    accused_unit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    accused_staff_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    is_secret: Mapped[bool]  # 举报件
    hides_appellant: Mapped[bool]  # 诉求人要求保密

    status: Mapped[CaseStatus] = enum_column(CaseStatus)
    mode: Mapped[DispatchMode | None] = enum_column(DispatchMode)
    round_no: Mapped[int]
    lead_unit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    handler_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    return_count: Mapped[int]  # 退回: what the units handed back
    redirect_count: Mapped[int] = mapped_column(server_default=text("0"))  # 改派
    result: Mapped[HandlingResult | None] = enum_column(HandlingResult)
    answer: Mapped[LongText | None]  # 现场答复 or 引导解释
    guided_to: Mapped[str | None] = mapped_column(String(200))
    guide_way: Mapped[GuideWay | None] = enum_column(GuideWay)
    has_arrived: Mapped[bool | None]
    arrival_checked_at: Mapped[Moment | None]
    guide_person: Mapped[str | None] = mapped_column(String(100))  # 对接人
    guide_phone: Mapped[str | None] = mapped_column(String(40))
    service_item_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("service_items.id"))
    occurred: Mapped[str | None] = mapped_column(String(120))  # 事发时间, as it was told
    litigation: Mapped[str | None] = mapped_column(String(200))  # 是否已在诉讼、仲裁、复议

    next_clock: Mapped[ClockKind | None] = enum_column(ClockKind)
    next_due_at: Mapped[Moment | None]
    next_half_at: Mapped[Moment | None]
    next_near_at: Mapped[Moment | None]
    is_overdue: Mapped[bool]  # any limit that people were promised was ever missed

    was_contacted: Mapped[bool | None]
    resolution: Mapped[Resolution | None] = enum_column(Resolution)
    satisfaction: Mapped[Satisfaction | None] = enum_column(Satisfaction)
    discontent: Mapped[Discontent | None] = enum_column(Discontent)
    discontent_note: Mapped[str | None] = mapped_column(String(200))
    counts_in_rates: Mapped[bool]
    excluded_reason: Mapped[str | None] = mapped_column(String(200))
    key_reason: Mapped[str | None] = mapped_column(String(200))  # 重点件, and why
    is_national_survey: Mapped[bool]
    repeat_of_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"))
    repeat_of_number: Mapped[str | None] = mapped_column(String(60))  # as a ledger names it
    tags: Mapped[Json]
    note: Mapped[LongText | None]
    archive_number: Mapped[str | None] = mapped_column(String(60))
    box_number: Mapped[str | None] = mapped_column(String(60))  # 档案盒号
    said_solved: Mapped[bool | None]  # the three questions (三问) as they were last answered
    said_exhausted: Mapped[bool | None]
    said_satisfied: Mapped[bool | None]
    same_visit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"))
    merged_into_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"))
    set_aside_from: Mapped[CaseStatus | None] = enum_column(CaseStatus)  # where an undo leads
    withdraw_reason: Mapped[str | None] = mapped_column(String(200))
    withdraw_way: Mapped[ConfirmWay | None] = enum_column(ConfirmWay)
    withdraw_by: Mapped[Withdrawer | None] = enum_column(Withdrawer)
    withdraw_confirmed_at: Mapped[Moment | None]
    do_not_call_at: Mapped[Moment | None]  # 请勿再打
    do_not_call_note: Mapped[str | None] = mapped_column(String(200))
    closed_at: Mapped[Moment | None]

    changed_at: Mapped[Moment]
    version: Mapped[int] = mapped_column()

    __mapper_args__: dict[str, Any] = {"version_id_col": version}  # noqa: RUF012


class PrivateFacts(HasNumber, Base):
    """Who the appellant is and how to reach him: read only for one's own work, or with a reason."""

    __tablename__ = "private_facts"
    owner_kind = IdentityOwner.APPELLANT
    __table_args__ = (
        Index(None, "phone", "case_id"),
        where_there_is("other_phone"),
        Index(None, "name", "case_id"),
    )

    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), primary_key=True)
    street_id: Mapped[Ref]
    name: Mapped[str | None] = mapped_column(String(100))
    phone: Mapped[str | None] = mapped_column(String(40))
    other_phone: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[ShortText | None]
    site: Mapped[ShortText | None]  # 事发地址, where it differs
    workplace: Mapped[ShortText | None]
    sex: Mapped[Sex | None] = enum_column(Sex)
    birth_year: Mapped[int | None]
    id_kind: Mapped[IdKind | None] = enum_column(IdKind)
    guardian: Mapped[str | None] = mapped_column(String(100))
    representatives: Mapped[str | None] = mapped_column(String(200))
    other_party: Mapped[str | None] = mapped_column(String(200))


class CaseUnit(Base):
    """A unit that was once involved keeps sight of the case (HOUSE.md decision 2)."""

    __tablename__ = "case_units"
    __table_args__ = (Index(None, "unit_id", "case_id"),)

    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"), primary_key=True)
    street_id: Mapped[Ref]
    since: Mapped[Moment]


class Matter(Base):
    """One matter of an appeal (事项), answered on its own."""

    __tablename__ = "matters"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    seq: Mapped[int]
    content: Mapped[LongText]
    unit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    result: Mapped[HandlingResult | None] = enum_column(HandlingResult)
    answer: Mapped[LongText | None]
    basis: Mapped[LongText | None]
    is_solved: Mapped[bool | None]  # the unit's own word
    resolution: Mapped[Resolution | None] = enum_column(Resolution)  # the appellant's latest word
    round_no: Mapped[int | None]  # the round in which it is being handled; None: the first
    answered_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    answered_at: Mapped[Moment | None]
    added_at: Mapped[Moment | None]  # where it came up after the intake


class OutsideNumber(Base):
    """A number another system gave the same appeal (外部编号)."""

    __tablename__ = "outside_numbers"
    __table_args__ = (UniqueConstraint("street_id", "platform", "number"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), index=True)
    platform: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(60))
    content_hash: Mapped[str | None] = mapped_column(String(64))  # of the ledger row last imported


class CaseAlias(Base):
    """A number the case had before its own (暂存号), or before a server was restored."""

    __tablename__ = "case_aliases"
    __table_args__ = (Index(None, "street_id", "number"),)

    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(60), primary_key=True)
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    given_at: Mapped[Moment]


class CaseSearch(Base):
    """The canonical text by which a case is found (PERFORMANCE.md 2); `store.search_index` writes.

    Attributes:
        is_kept: the text also says who brought the case, though he asked to be hidden: it is found
            by those whose work the case is. A case that hides nobody has no such row.
        seek: newer cases have a higher one, by the moment of reception.
        fields: for each line of the text which fact it is.
    """

    __tablename__ = "case_search"
    __table_args__ = (Index(None, "street_id", "seek"),)

    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), primary_key=True)
    is_kept: Mapped[bool] = mapped_column(primary_key=True)
    street_id: Mapped[Ref]
    seek: Mapped[int] = mapped_column(BigInteger)
    doc: Mapped[LongText]
    fields: Mapped[LongText]

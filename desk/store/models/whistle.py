"""Whistles (吹哨报到): who called whom, who came, who does what, what came of it."""

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.codes import Satisfaction
from desk.rules.whistle_codes import WhistleKind, WhistleResult, WhistleState
from desk.store.base import Base, LongText, Moment, Ref, RowId, ShortText, enum_column


class Whistle(Base):
    """A call of one unit to others to come and settle a matter (哨单, DOMAIN.md 2.7)."""

    __tablename__ = "whistles"
    __table_args__ = (
        Index(None, "street_id", "state", "raised_at"),
        Index("uq_whistles_street_id_number", "street_id", "number", unique=True),
        Index("uq_whistles_street_id_outside_number", "street_id", "outside_number", unique=True),
        Index(None, "place_id"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    number: Mapped[str] = mapped_column(String(60))
    outside_number: Mapped[str | None] = mapped_column(String(60))  # as an imported ledger has it
    content_hash: Mapped[str | None] = mapped_column(String(64))  # of the imported line
    is_imported: Mapped[bool]
    level: Mapped[str] = mapped_column(String(40))  # 社区→街道: one of the hall's own levels
    kind: Mapped[WhistleKind] = enum_column(WhistleKind)
    state: Mapped[WhistleState] = enum_column(WhistleState)
    caller_unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    caller: Mapped[str] = mapped_column(String(100))  # 吹哨人
    caller_phone: Mapped[str | None] = mapped_column(String(40))  # an office's
    raised_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    raised_at: Mapped[Moment]
    place_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    site: Mapped[ShortText]  # 地点
    matter: Mapped[LongText]  # 事由
    steps_taken: Mapped[LongText | None]  # 已采取措施
    risen_from_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("whistles.id"))
    review_note: Mapped[str | None] = mapped_column(String(200))
    reviewed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    reviewed_at: Mapped[Moment | None]
    consultation: Mapped[LongText | None]  # 现场会商意见
    consulted_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    consulted_at: Mapped[Moment | None]
    result: Mapped[WhistleResult | None] = enum_column(WhistleResult)
    result_note: Mapped[LongText | None]
    resolved_at: Mapped[Moment | None]  # 化解时间
    concluded_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    concluded_at: Mapped[Moment | None]
    is_responsive: Mapped[bool | None]  # 评价：响应 是/否
    satisfaction: Mapped[Satisfaction | None] = enum_column(Satisfaction)
    rating_note: Mapped[str | None] = mapped_column(String(200))
    rated_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    rated_at: Mapped[Moment | None]
    filed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    filed_at: Mapped[Moment | None]
    withdrawn_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    withdrawn_at: Mapped[Moment | None]
    withdraw_note: Mapped[str | None] = mapped_column(String(200))
    remark: Mapped[LongText | None]  # 备注
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))
    changed_at: Mapped[Moment]
    version: Mapped[int]


class WhistleCase(Base):
    """A case that a whistle was raised for."""

    __tablename__ = "whistle_cases"
    __table_args__ = (Index(None, "case_id"),)

    whistle_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("whistles.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), primary_key=True)
    street_id: Mapped[Ref]


class WhistleUnit(Base):
    """A called unit (被吹哨单位): its response is counted on its own."""

    __tablename__ = "whistle_units"
    __table_args__ = (
        Index("uq_whistle_units_whistle_id_unit_id", "whistle_id", "unit_id", unique=True),
        Index(None, "unit_id"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    whistle_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("whistles.id"))
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    place_in_list: Mapped[int]
    required_at: Mapped[Moment | None]  # 要求到场时间; an old ledger may not know it
    contact: Mapped[str | None] = mapped_column(String(100))  # 联系人, an office's
    called_at: Mapped[Moment | None]  # when 信联办 agreed: from then on it counts
    arrived_at: Mapped[Moment | None]  # when the first of its people came
    withdrawn_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    withdrawn_at: Mapped[Moment | None]  # taken off the list before it was called


class WhistleArrival(Base):
    """Somebody of a called unit who came (报到签到), or the document with which it answered."""

    __tablename__ = "whistle_arrivals"
    __table_args__ = (Index(None, "whistle_id"), Index(None, "sha256"))

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    whistle_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("whistles.id"))
    whistle_unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("whistle_units.id"))
    name: Mapped[str] = mapped_column(String(100))
    post: Mapped[str | None] = mapped_column(String(60))
    arrived_at: Mapped[Moment]
    is_from_paper: Mapped[bool]  # signed on paper, typed in later
    document: Mapped[str | None] = mapped_column(String(100))  # 复函、签到表: of a unit outside
    sha256: Mapped[str | None] = mapped_column(String(64), ForeignKey("blobs.sha256"))
    recorded_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    recorded_at: Mapped[Moment]
    removed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    removed_at: Mapped[Moment | None]


class WhistleDuty(Base):
    """What a unit does about it by when (责任分工), as agreed on the spot."""

    __tablename__ = "whistle_duties"
    __table_args__ = (Index(None, "whistle_id"), Index(None, "unit_id"))

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    whistle_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("whistles.id"))
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    matter: Mapped[ShortText]
    due_at: Mapped[Moment | None]
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]
    done_note: Mapped[str | None] = mapped_column(String(200))
    done_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    done_at: Mapped[Moment | None]
    removed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    removed_at: Mapped[Moment | None]

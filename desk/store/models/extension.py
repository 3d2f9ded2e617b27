"""Requests for more time (延期、挂账、退单申请) and who decided them (DOMAIN.md 2.8)."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.clock_codes import ExtensionKind, ExtensionReason, ExtensionState
from desk.rules.codes import ClockKind, ContactWay
from desk.store.base import Base, LongText, Moment, Ref, RowId, enum_column


class ExtensionRequest(Base):
    """One form for three uses: more time, parking, handing back; each row one request."""

    __tablename__ = "extension_requests"
    __table_args__ = (
        Index(None, "case_id", "asked_at"),
        Index(None, "street_id", "state", "review_on"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    round_no: Mapped[int]
    kind: Mapped[ExtensionKind] = enum_column(ExtensionKind)
    clock_kind: Mapped[ClockKind | None] = enum_column(ClockKind)  # which limit; none for 退回
    state: Mapped[ExtensionState] = enum_column(ExtensionState)
    reason: Mapped[ExtensionReason] = enum_column(ExtensionReason)
    explanation: Mapped[LongText]
    due_before: Mapped[Moment | None]  # the limit as it was when this was asked
    until_at: Mapped[Moment | None]  # 拟延至
    granted_until: Mapped[Moment | None]  # 批准延至, where the leader shortened it too
    review_on: Mapped[date | None]  # 挂账复核日期
    told_way: Mapped[ContactWay | None] = enum_column(ContactWay)  # 已告知诉求人
    told_at: Mapped[Moment | None]
    told_note: Mapped[str | None] = mapped_column(String(200))
    asked_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    asked_at: Mapped[Moment]
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    head_name: Mapped[str | None] = mapped_column(String(100))  # 部门负责人 who agreed
    office_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    office_at: Mapped[Moment | None]
    office_note: Mapped[str | None] = mapped_column(String(200))
    leader_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))  # whose desk
    leader_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    leader_at: Mapped[Moment | None]
    leader_note: Mapped[str | None] = mapped_column(String(200))
    reviewed_at: Mapped[Moment | None]  # the parked case was looked at again
    ended_at: Mapped[Moment | None]  # the parked case came back
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))

"""What is done in a mediation: sessions, agreement, performance, court (会次、协议、履行)."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.codes import Satisfaction
from desk.rules.mediation_codes import (
    ConfirmationKind,
    ConfirmationResult,
    MediationFileKind,
    Performance,
)
from desk.store.base import Base, Json, LongText, Moment, Ref, RowId, ShortText, enum_column


class MediationSession(Base):
    """One sitting (会次) with its record (调解笔录), written while people talk."""

    __tablename__ = "mediation_sessions"
    __table_args__ = (UniqueConstraint("mediation_id", "seq"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    mediation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediations.id"))
    seq: Mapped[int]
    booking_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("bookings.id"))
    place: Mapped[ShortText]
    reason: Mapped[ShortText]  # 事由
    started_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    mediator_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediators.id"))
    recorder: Mapped[ShortText]
    attended: Mapped[Json]  # [{party, companion, name, role, came_at, left_at}]
    invited: Mapped[Json]  # 应邀参加的人员: list of words
    rights_signed: Mapped[Json]  # {party id: true} 权利义务告知书已签
    recusal_answers: Mapped[Json]  # {party id: {asks: bool, reason: words}} 是否申请回避
    blocks: Mapped[Json]  # 笔录: [{who, text, at}]
    result: Mapped[LongText | None]  # 调解结果
    saved_at: Mapped[Moment]
    saved_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))


class CaucusNote(Base):
    """A note of a private talk with one side (背靠背): behind a second lock, for its mediator only.

    Never in the record, the search, exports or differences; the history says only that a note was
    written.
    """

    __tablename__ = "caucus_notes"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    mediation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediations.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("mediation_sessions.id"))
    party_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediation_parties.id"))
    text: Mapped[LongText]
    written_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    written_at: Mapped[Moment]


class MediationInquiry(Base):
    """An inquiry outside the sittings (调查记录)."""

    __tablename__ = "mediation_inquiries"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    mediation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediations.id"), index=True)
    asked_at: Mapped[Moment]
    place: Mapped[ShortText]
    present: Mapped[ShortText]  # 参加人
    asked: Mapped[ShortText]  # 被调查人
    text: Mapped[LongText]
    inquirer: Mapped[ShortText]
    recorder: Mapped[ShortText]
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))


class MediationAgreement(Base):
    """The agreement (调解协议), as a draft beside the record and then as it was signed."""

    __tablename__ = "mediation_agreements"

    mediation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("mediations.id"), primary_key=True
    )
    street_id: Mapped[Ref]
    facts: Mapped[LongText]  # 纠纷主要事实、争议事项
    terms: Mapped[LongText]  # 达成如下协议
    way: Mapped[LongText]  # 履行方式
    term: Mapped[LongText]  # 履行时限
    payer_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("mediation_parties.id"))
    payee_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("mediation_parties.id"))
    signed_by: Mapped[Json]  # {party id: way} 签名、盖章或按指印
    signed_at: Mapped[Moment | None]
    saved_at: Mapped[Moment]
    saved_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))


class Instalment(Base):
    """One instalment of what was agreed (分期), with what was paid."""

    __tablename__ = "instalments"
    __table_args__ = (
        UniqueConstraint("mediation_id", "seq"),
        Index(None, "street_id", "due_on"),
        CheckConstraint("amount_fen > 0", "amount_positive"),
        CheckConstraint("paid_fen >= 0", "paid_not_negative"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    mediation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediations.id"))
    seq: Mapped[int]
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    due_on: Mapped[date]
    paid_fen: Mapped[int] = mapped_column(BigInteger)
    paid_on: Mapped[date | None]
    urged_on: Mapped[date | None]  # 督促
    note: Mapped[str | None] = mapped_column(String(200))


class JudicialConfirmation(Base):
    """An application to the court to confirm an agreement (司法确认)."""

    __tablename__ = "judicial_confirmations"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    mediation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediations.id"), index=True)
    kind: Mapped[ConfirmationKind] = enum_column(ConfirmationKind)
    court: Mapped[ShortText]
    applied_on: Mapped[date]
    result: Mapped[ConfirmationResult | None] = enum_column(ConfirmationResult)
    result_on: Mapped[date | None]
    result_number: Mapped[str | None] = mapped_column(String(60))  # 裁定书文号
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))


class MediationFollowUp(Base):
    """A follow-up after an agreement (调解回访记录)."""

    __tablename__ = "mediation_followups"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    mediation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediations.id"), index=True)
    visited_on: Mapped[date]
    way: Mapped[ShortText]
    performance: Mapped[Performance] = enum_column(Performance)
    satisfaction: Mapped[Satisfaction] = enum_column(Satisfaction)
    went_to_court: Mapped[bool]
    trouble: Mapped[LongText | None]  # 有无激化、遗留隐患
    measures: Mapped[LongText | None]
    visited_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))


class MediationFile(Base):
    """A file in the dossier (卷内材料): identity, evidence, receipts, signed papers."""

    __tablename__ = "mediation_files"
    __table_args__ = (UniqueConstraint("mediation_id", "sha256"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    mediation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediations.id"))
    kind: Mapped[MediationFileKind] = enum_column(MediationFileKind)
    party_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("mediation_parties.id"))
    name: Mapped[ShortText]
    sha256: Mapped[str] = mapped_column(String(64), ForeignKey("blobs.sha256"), index=True)
    added_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    added_at: Mapped[Moment]
    withdrawn_reason: Mapped[str | None] = mapped_column(String(200))

"""A people's mediation (人民调解), its parties, and who may read it.

What leaders and statistics may see is in `mediations`; everything confidential is in tables of
their own (HOUSE.md decision 1, DOMAIN.md 9.4).
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.codes import Sex
from desk.rules.mediation_codes import (
    AgreementKind,
    CompanionRole,
    Difficulty,
    DisputeKind,
    EndReason,
    EntrustedBy,
    HelperRole,
    MediationSource,
    MediationStatus,
    PartyKind,
    PartySide,
    Performance,
)
from desk.rules.privacy_codes import IdentityOwner
from desk.store.base import Base, Json, LongText, Moment, Ref, RowId, ShortText, enum_column
from desk.store.models.numbered import HasNumber


class Mediation(Base):
    """One mediation, from application to archive: what may be counted and shown to leaders."""

    __tablename__ = "mediations"
    __table_args__ = (
        UniqueConstraint("street_id", "year", "seq"),
        Index(None, "street_id", "status", "due_on"),
        Index(None, "street_id", "received_on"),
        Index(None, "mediator_id", "status"),
        CheckConstraint("seq > 0", "seq_positive"),
        ForeignKeyConstraint(  # no change without a history line, on either engine
            ["id", "version"],
            ["event_mediations.mediation_id", "event_mediations.version"],
            deferrable=True,
            initially="DEFERRED",
        ),
    )

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    number: Mapped[str] = mapped_column(String(60))  # 卷号:青榕人调字〔2026〕第12号
    year: Mapped[int]
    seq: Mapped[int]
    outside_number: Mapped[str | None] = mapped_column(String(60))  # 台账原卷号
    content_hash: Mapped[str | None] = mapped_column(String(64))  # of the ledger row last imported
    case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"), index=True)

    status: Mapped[MediationStatus] = enum_column(MediationStatus)
    kind: Mapped[DisputeKind] = enum_column(DisputeKind)
    source: Mapped[MediationSource] = enum_column(MediationSource)
    entrusted_by: Mapped[EntrustedBy | None] = enum_column(EntrustedBy)
    difficulty: Mapped[Difficulty] = enum_column(Difficulty)
    community_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    is_private: Mapped[bool]  # 不公开:看板上只写“不公开”
    staggers: Mapped[bool]  # 需错开入场;不存理由
    is_imported: Mapped[bool]

    received_on: Mapped[date]
    registered_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    registered_at: Mapped[Moment]
    accepted_on: Mapped[date | None]  # 受理日:30 日起算
    due_on: Mapped[date | None]
    original_due_on: Mapped[date | None]
    exclusions: Mapped[Json]  # the five exclusions as they were ticked: {code: bool}
    refusal_reason: Mapped[str | None] = mapped_column(String(200))
    guidance: Mapped[str | None] = mapped_column(String(200))  # 引导去处

    mediator_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("mediators.id"))
    secretary_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))

    agreement_kind: Mapped[AgreementKind | None] = enum_column(AgreementKind)
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)  # 协议金额,分
    effective_on: Mapped[date | None]  # 协议生效日:司法确认 30 日起算
    performance: Mapped[Performance | None] = enum_column(Performance)
    end_reason: Mapped[EndReason | None] = enum_column(EndReason)
    was_told_court: Mapped[bool | None]  # 已告知诉讼、仲裁途径
    confirmed_on: Mapped[date | None]  # 司法确认有效
    ended_on: Mapped[date | None]  # 结案日期
    follow_up_due_on: Mapped[date | None]
    dossier_number: Mapped[str | None] = mapped_column(String(60))
    retention: Mapped[str | None] = mapped_column(String(40))  # 保管期限
    archived_at: Mapped[Moment | None]

    changed_at: Mapped[Moment]
    version: Mapped[int] = mapped_column()

    __mapper_args__: dict[str, Any] = {"version_id_col": version}  # noqa: RUF012


class MediationContent(Base):
    """What a dispute is about: only for those to whom the content belongs."""

    __tablename__ = "mediation_contents"

    mediation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("mediations.id"), primary_key=True
    )
    street_id: Mapped[Ref]
    title: Mapped[ShortText]  # 纠纷名称:房屋漏水赔偿
    facts: Mapped[LongText]  # 纠纷简要情况
    requests: Mapped[Json]  # 申请事项:list of words
    site: Mapped[ShortText | None]
    note: Mapped[LongText | None]
    situation: Mapped[LongText | None]  # 卷宗情况说明


class MediationParty(HasNumber, Base):
    """A party of a dispute (当事人): a person or an organisation."""

    __tablename__ = "mediation_parties"
    owner_kind = IdentityOwner.PARTY
    __table_args__ = (UniqueConstraint("mediation_id", "position"), Index(None, "name"))

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    mediation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediations.id"))
    position: Mapped[int]
    side: Mapped[PartySide] = enum_column(PartySide)
    kind: Mapped[PartyKind] = enum_column(PartyKind)
    name: Mapped[ShortText]
    sex: Mapped[Sex | None] = enum_column(Sex)
    ethnicity: Mapped[str | None] = mapped_column(String(40))
    birth_year: Mapped[int | None]
    occupation: Mapped[str | None] = mapped_column(String(100))
    phone: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[ShortText | None]
    serve_address: Mapped[ShortText | None]  # 送达地址确认
    represented_by: Mapped[str | None] = mapped_column(String(100))  # 法定代表人
    needs: Mapped[str | None] = mapped_column(String(100))  # 轮椅、手语
    agreed_on: Mapped[date | None]  # 同意调解
    agreed_longer_on: Mapped[date | None]  # 同意延长
    no_shows: Mapped[int]
    left_on: Mapped[date | None]  # 退出调解


class MediationCompanion(HasNumber, Base):
    """Who comes along with a party: agent, guardian, interpreter."""

    __tablename__ = "mediation_companions"
    owner_kind = IdentityOwner.COMPANION

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    mediation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediations.id"), index=True)
    party_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediation_parties.id"))
    role: Mapped[CompanionRole] = enum_column(CompanionRole)
    name: Mapped[ShortText]
    phone: Mapped[str | None] = mapped_column(String(40))
    powers: Mapped[str | None] = mapped_column(String(200))  # 委托权限
    left_on: Mapped[date | None]


class MediationHelper(Base):
    """Who helps with this mediation by invitation; staff among them may read its content."""

    __tablename__ = "mediation_helpers"
    __table_args__ = (Index(None, "staff_id", "until"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    mediation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediations.id"), index=True)
    role: Mapped[HelperRole] = enum_column(HelperRole)
    staff_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    name: Mapped[ShortText]
    invited_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    since: Mapped[Moment]
    until: Mapped[Moment | None]  # 邀请结束


class MediationLook(Base):
    """Somebody looked at a mediation that is not his, with a reason (写理由查看)."""

    __tablename__ = "mediation_looks"
    __table_args__ = (Index(None, "staff_id", "until"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    mediation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mediations.id"), index=True)
    staff_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    reason: Mapped[ShortText]
    looked_at: Mapped[Moment]
    until: Mapped[Moment]


class EventMediation(Base):
    """Which version of which mediation a command led to."""

    __tablename__ = "event_mediations"
    __table_args__ = (Index(None, "event_id"),)

    mediation_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    street_id: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("events.id"))

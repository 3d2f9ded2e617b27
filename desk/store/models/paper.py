"""Papers, what was printed and delivered, and the bytes of attachments and scans."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.codes import AttachmentKind, DeliveryWay, PaperState
from desk.store.base import Base, Moment, Ref, RowId, ShortText, enum_column, where_there_is
from desk.store.frozen_rows import FrozenRow


class Paper(Base):
    """A numbered paper with the data frozen when it was issued (HOUSE.md decision 10)."""

    __tablename__ = "papers"
    __table_args__ = (
        Index(None, "case_id", "code"),
        Index(None, "street_id", "number"),
        where_there_is("mediation_id"),
        where_there_is("scan_sha256"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"))
    mediation_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("mediations.id"))
    # kept from whom the letter is kept from; no key, since the letter has one to its paper
    letter_id: Mapped[int | None] = mapped_column(BigInteger)
    round_no: Mapped[int]  # 0 for a paper of the hall or of a mediation
    code: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(60))
    revision: Mapped[int]
    replaces_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))
    state: Mapped[PaperState] = enum_column(PaperState)
    row: Mapped[Any] = mapped_column(FrozenRow)
    layout_sha256: Mapped[str] = mapped_column(String(64), ForeignKey("blobs.sha256"), index=True)
    issued_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    issued_at: Mapped[Moment]
    sealed_at: Mapped[Moment | None]
    scan_sha256: Mapped[str | None] = mapped_column(String(64), ForeignKey("blobs.sha256"))
    box_number: Mapped[str | None] = mapped_column(String(60))


class PaperProof(Base):
    """The hash of a paper's PDF as it was first rendered, and its bytes where it is signed."""

    __tablename__ = "paper_proofs"

    paper_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("papers.id"), primary_key=True)
    street_id: Mapped[Ref]
    sha256: Mapped[str] = mapped_column(String(64))
    font_set: Mapped[str] = mapped_column(String(64))
    blob_sha256: Mapped[str | None] = mapped_column(
        String(64), ForeignKey("blobs.sha256"), index=True
    )
    rendered_at: Mapped[Moment]


class PrintLine(Base):
    """One print of a paper (print_log): who, when, where, how many copies."""

    __tablename__ = "print_log"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    paper_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("papers.id"), index=True)
    printed_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    printed_at: Mapped[Moment]
    printer: Mapped[ShortText]
    copies: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


class Delivery(Base):
    """How a paper was served on the appellant (送达)."""

    __tablename__ = "deliveries"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    paper_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("papers.id"), index=True)
    way: Mapped[DeliveryWay] = enum_column(DeliveryWay)
    delivered_at: Mapped[Moment]
    delivered_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    tracking: Mapped[str | None] = mapped_column(String(60))
    witness: Mapped[str | None] = mapped_column(String(100))
    note: Mapped[str | None] = mapped_column(String(200))


class Blob(Base):
    """Bytes kept once, by content (HOUSE.md decision 11)."""

    __tablename__ = "blobs"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    street_id: Mapped[Ref]
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(60))


class BlobChunk(Base):
    """At most 1 MB of a blob."""

    __tablename__ = "blob_chunks"
    __table_args__ = (CheckConstraint("length(bytes) <= 1048576", "chunk_size"),)

    sha256: Mapped[str] = mapped_column(String(64), ForeignKey("blobs.sha256"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    street_id: Mapped[Ref]
    bytes: Mapped[bytes] = mapped_column(LargeBinary)


class Attachment(Base):
    """A photo, recording or scan that belongs to a case."""

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("case_id", "sha256"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    name: Mapped[ShortText]
    sha256: Mapped[str] = mapped_column(String(64), ForeignKey("blobs.sha256"), index=True)
    added_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    added_at: Mapped[Moment]
    kind: Mapped[AttachmentKind | None] = enum_column(AttachmentKind)
    masks_id: Mapped[int | None] = mapped_column(  # this is that one with faces and plates hidden
        BigInteger, ForeignKey("attachments.id")
    )
    withdrawn_at: Mapped[Moment | None]  # 撤下: added by mistake; kept for the trace, never shown


class Material(Base):
    """Material the appellant handed in (收取材料): name, copies, original or copy."""

    __tablename__ = "materials"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), index=True)
    name: Mapped[ShortText]
    copies: Mapped[int]
    is_original: Mapped[bool]


class SealUse(Base):
    """One use of a seal (用印登记); the program keeps no picture of any seal."""

    __tablename__ = "seal_uses"
    __table_args__ = (Index(None, "street_id", "used_at"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("cases.id"))
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"), index=True)
    seal: Mapped[ShortText]  # 街道办事处公章
    title: Mapped[ShortText]  # what was sealed
    copies: Mapped[int]
    applicant_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    approved_by: Mapped[str | None] = mapped_column(String(100))
    used_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    used_at: Mapped[Moment]
    note: Mapped[str | None] = mapped_column(String(200))

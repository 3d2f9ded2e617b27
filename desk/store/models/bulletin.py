"""Bulletins as they were issued (日通报、周分析、月研判): facts and words, kept for good."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.rules.assessment_codes import BulletinKind
from desk.store.base import Base, Json, Moment, Ref, RowId, enum_column

_PICTURE = text("is_made_by_itself")


class Bulletin(Base):
    """A bulletin: its figures when it was issued; what changes later shows as a difference."""

    __tablename__ = "bulletins"
    __table_args__ = (
        Index(None, "street_id", "kind", "first_day"),
        Index("uq_bulletins_one_picture", "street_id", "first_day", unique=True,
              sqlite_where=_PICTURE, postgresql_where=_PICTURE),
    )  # fmt: skip

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    kind: Mapped[BulletinKind] = enum_column(BulletinKind)
    first_day: Mapped[date]
    last_day: Mapped[date]
    rules_name: Mapped[str] = mapped_column(String(200))
    figures: Mapped[Json]  # as `main.py bulletin … .json` writes them
    sentences: Mapped[Json]  # section → sentences as they were edited
    is_made_by_itself: Mapped[bool]  # the picture of 23:00 (001-5)
    issued_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    issued_at: Mapped[Moment | None]
    made_at: Mapped[Moment]
    paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))
    public_paper_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("papers.id"))
    replaced_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("bulletins.id"))
    number: Mapped[str | None] = mapped_column(String(60))

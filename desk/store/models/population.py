"""How many people live where (常住人口): what 万人诉求比 is reckoned with."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.base import Base, Ref, RowId


class ResidentCount(Base):
    """How many people live in a community or grid, from one day to another.

    Without a unit it is the whole street: its number need not be the sum of its communities'.
    """

    __tablename__ = "resident_counts"
    __table_args__ = (
        Index("uq_resident_counts_unit_id_valid_from", "unit_id", "valid_from", unique=True),
        Index(
            "uq_resident_counts_street",
            "street_id",
            "valid_from",
            unique=True,
            sqlite_where=text("unit_id IS NULL"),
            postgresql_where=text("unit_id IS NULL"),
        ),
        CheckConstraint("residents > 0", "residents_positive"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", "valid_to_later"),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    unit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("units.id"))
    residents: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

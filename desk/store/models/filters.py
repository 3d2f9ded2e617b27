"""Filters of the boards that somebody has given a name (常用筛选)."""

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.base import Base, Json, Moment, Ref, RowId


class SavedFilter(Base):
    """One filter with its name; of its owner alone, or of everybody.

    Attributes:
        board: where it is offered, a code of `rules.saved_filters.BoardKind`.
        chosen: what was chosen, by the names of `rules.saved_filters.PARTS`.
        removed_at: since when it is not offered any more; it can be brought back.
    """

    __tablename__ = "saved_filters"
    __table_args__ = (Index(None, "street_id", "board"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    owner_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    board: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(String(40))
    chosen: Mapped[Json]
    is_shared: Mapped[bool]
    position: Mapped[int]
    saved_at: Mapped[Moment]
    removed_at: Mapped[Moment | None]


class FilterDefault(Base):
    """With which filter somebody begins on a board; with none, if he says so."""

    __tablename__ = "filter_defaults"

    staff_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"), primary_key=True)
    board: Mapped[str] = mapped_column(String(24), primary_key=True)
    street_id: Mapped[Ref]
    filter_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("saved_filters.id"))

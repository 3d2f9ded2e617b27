"""Who works in a grid, what is expected there, and the monthly evaluation (网格)."""

from datetime import date

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

from desk.rules.grid_codes import GridListKind, GridPostKind
from desk.store.base import Base, Json, LongText, Moment, Ref, RowId, ShortText, enum_column


class GridPost(Base):
    """Somebody's post in a grid, or at the head of a community; ended, never deleted."""

    __tablename__ = "grid_posts"
    __table_args__ = (
        UniqueConstraint("id", "community_id"),
        Index(None, "street_id", "unit_id"),
        Index(None, "staff_id"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", "valid_to_later"),
        CheckConstraint("households IS NULL OR households > 0", "households_positive"),
    )

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    unit_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))  # grid or community
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("units.id"))
    kind: Mapped[GridPostKind] = enum_column(GridPostKind)
    title: Mapped[str | None] = mapped_column(String(40))  # 小巷管家, 老主任 …
    staff_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    name: Mapped[str] = mapped_column(String(100))
    phone: Mapped[str | None] = mapped_column(String(40))  # office number, hung up in public
    area: Mapped[ShortText | None]  # 负责范围: buildings, or the households somebody looks after
    households: Mapped[int | None]  # 包联户数
    is_public: Mapped[bool]  # on the card and the signs
    position: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]  # the first day without
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]


class GridList(Base):
    """The duties or the items of evaluation from a day on; ours where there is none."""

    __tablename__ = "grid_lists"
    __table_args__ = (UniqueConstraint("street_id", "kind", "valid_from"),)

    id: Mapped[RowId]
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    kind: Mapped[GridListKind] = enum_column(GridListKind)
    items: Mapped[Json]  # as `rules.grid_lists` writes them
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class GridEvaluation(Base):
    """How one person's month was (月度评价): for himself and the community's secretary alone.

    A correction is another row with a higher revision; the last one counts.
    """

    __tablename__ = "grid_evaluations"
    __table_args__ = (
        UniqueConstraint("post_id", "month", "revision"),
        Index(None, "street_id", "community_id", "month"),
        Index(None, "staff_id"),
        # what hangs on a post is its community's
        ForeignKeyConstraint(
            ["post_id", "community_id"], ["grid_posts.id", "grid_posts.community_id"]
        ),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    post_id: Mapped[Ref]
    community_id: Mapped[Ref]
    staff_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    month: Mapped[str] = mapped_column(String(7))
    revision: Mapped[int]
    items: Mapped[Json]  # [item, most points] … as they were asked that month
    scores: Mapped[Json]  # points for each
    remark: Mapped[LongText | None]
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]

"""How the forms of other platforms look (平台格式): columns that come in, blocks that go out."""

from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.base import Base, Json, Ref, RowId


class PlatformForm(Base):
    """One form of another platform, for the whole hall.

    Attributes:
        is_import: its columns are read into a ledger (来源); else blocks are copied out (回填).
        kind: into which ledger it is read, or which one the blocks are taken from.
        lines: pairs of a heading of theirs and the list of our columns behind it.
        fixed: what holds for all rows of an import, by our column.
        separator: what stands between several of our columns in one block.
        valid_to: since when it is not offered any more.
    """

    __tablename__ = "platform_forms"
    __table_args__ = (Index(None, "street_id", "is_import"),)

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    is_import: Mapped[bool]
    name: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(24))
    lines: Mapped[Json]
    fixed: Mapped[Json]
    separator: Mapped[str] = mapped_column(String(8))
    valid_to: Mapped[date | None]

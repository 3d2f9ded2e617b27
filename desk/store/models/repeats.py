"""What was said of two cases that looked like one (重复件的判断): 不是重复, until taken back."""

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.base import Base, Moment, Ref, RowId


class RepeatVerdict(Base):
    """Somebody said that a case is not a repeat of another one (不是重复); never proposed again.

    A verdict that was taken back stays, with who took it back.
    """

    __tablename__ = "repeat_verdicts"

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), index=True)
    other_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), index=True)
    said_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    said_at: Mapped[Moment]
    taken_back_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    taken_back_at: Mapped[Moment | None]

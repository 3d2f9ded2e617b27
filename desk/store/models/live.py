"""Who has which case open now (正在查看): a row per desk while its page is open, then gone."""

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.base import Base, Moment, Ref


class OpenCase(Base):
    """The case that a desk shows; deleted when the page is left, and never counted or kept."""

    __tablename__ = "open_cases"

    desk: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    street_id: Mapped[Ref]
    staff_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), index=True)
    since: Mapped[Moment]
    seen_at: Mapped[Moment]  # the last sign of life of the desk
    writing: Mapped[str] = mapped_column(String(40))  # the deed that is being written, or nothing

"""Who is the same person (同一人): said by somebody, with a reason, and taken back the same way."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.base import Base, Moment, Ref, RowId, ShortText

_STANDS = text("ended_at IS NULL")


class PersonLink(Base):
    """Somebody said that the appellants of two cases are, or are not, the same person.

    Attributes:
        case_id: the older of the two, by its id.
        is_same: 是同一人; otherwise 不是同一人.
        ended_at: when it was taken back; the row stays.
    """

    __tablename__ = "person_links"
    __table_args__ = (
        CheckConstraint("case_id < other_case_id", "in_order"),
        Index(None, "other_case_id"),
        Index(
            "uq_person_links_standing",
            "case_id",
            "other_case_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[RowId]
    street_id: Mapped[Ref]
    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    other_case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"))
    is_same: Mapped[bool]
    reason: Mapped[ShortText]
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"))
    made_at: Mapped[Moment]
    ended_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("staff.id"))
    ended_at: Mapped[Moment | None]
    end_reason: Mapped[str | None] = mapped_column(String(200))

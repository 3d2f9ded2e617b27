"""What two people decided to erase (抹除), and what is over its time of keeping."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from desk.store.database import Reader
from desk.store.models import Case, Erasure, Staff


@dataclass(frozen=True, slots=True)
class DecidedErasure:
    """One erasure that was granted and not carried out yet."""

    id: int
    number: str
    asked_by: str
    decided_by: str
    decided_at: datetime | None

    @property
    def sentence(self) -> str:
        """Return it as the command line says it."""
        return f"{self.number}：{self.asked_by} 申请，{self.decided_by} 同意。"


def decided_erasures(reader: Reader) -> list[DecidedErasure]:
    """Return what waits to be erased, oldest first; none for who does not maintain the hall."""
    if not reader.person.is_built_in:
        return []
    asker, decider = aliased(Staff), aliased(Staff)
    rows = reader.session.execute(
        select(Erasure.id, Case.number, asker.name, decider.name, Erasure.decided_at)
        .join(Case, Case.id == Erasure.case_id)
        .join(asker, asker.id == Erasure.asked_by)
        .join(decider, decider.id == Erasure.decided_by)
        .where(
            Erasure.street_id == reader.person.street_id,
            Erasure.is_granted.is_(True),
            Erasure.counts.is_(None),
        )
        .order_by(Erasure.decided_at, Erasure.id)
    )
    return [DecidedErasure(*row) for row in rows]


def erased_count(reader: Reader) -> int:
    """Return how many files were erased lawfully."""
    done = select(func.count(Erasure.id)).where(
        Erasure.street_id == reader.person.street_id, Erasure.counts.is_not(None)
    )
    return reader.session.scalar(done) or 0

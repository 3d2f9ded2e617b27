"""The matters of a case (事项), and the other cases of the same visit (同一次来访)."""

from collections.abc import Mapping

from sqlalchemy import literal, select, union_all

from desk.queries.case_views import MatterView, SameVisitView
from desk.store.aliases import alias_of
from desk.store.database import Reader
from desk.store.models import Case, Matter, Staff
from desk.store.sight import seen_by

_Other = alias_of(Case)


def matters_of(reader: Reader, case_id: int, units: Mapping[int, str]) -> tuple[MatterView, ...]:
    """Return the matters of a case in the order in which they were said."""
    rows = reader.session.execute(
        select(Matter, Staff.name)
        .outerjoin(Staff, Staff.id == Matter.answered_by)
        .where(Matter.case_id == case_id)
        .order_by(Matter.seq)
    )
    return tuple(
        MatterView(
            id=row.id,
            seq=row.seq,
            content=row.content,
            unit_id=row.unit_id,
            unit=units.get(row.unit_id or 0, ""),
            result=row.result,
            answer=row.answer or "",
            basis=row.basis or "",
            is_solved=row.is_solved,
            resolution=row.resolution,
            round_no=row.round_no or 1,
            answered_by=name or "",
            answered_at=row.answered_at,
            added_at=row.added_at,
        )
        for row, name in rows
    )


def same_visit_of(reader: Reader, case: Case) -> tuple[SameVisitView, ...]:
    """Return the other cases of the same visit, as far as they may be seen."""
    first = case.same_visit_id or case.id
    rows = reader.session.execute(
        select(Case.id, Case.number, Case.seq, Case.summary, Case.status)
        .where(
            seen_by(reader.person),
            # not joined by OR: every case of the street would be read
            Case.id.in_(
                union_all(
                    select(literal(first)),
                    select(_Other.id).where(_Other.same_visit_id == first),
                )
            ),
            Case.id != case.id,
        )
        .order_by(Case.id)
    )
    return tuple(SameVisitView(*row) for row in rows)

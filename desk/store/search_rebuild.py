"""Writes anew by what cases are found (重建检索), beside open desks: in parts, each one short.

What stands there rightly is not touched, so a rebuild that was stopped goes on where it ended.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from desk.rules.search_text import SearchText
from desk.store.engine import WRITES
from desk.store.models import Case, CaseSearch
from desk.store.search_docs import search_texts
from desk.store.search_index import put_search_text

AT_ONCE = 200  # cases in one transaction: a tenth of a second or two on a slow disk


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many cases a rebuild has looked at, and how many texts it wrote."""

    cases: int
    written: int


def rebuild_search(engine: Engine, told: Callable[[int, int], None]) -> Rebuilt:
    """Look at the text of every case, the newest first, and write those that are not right.

    Args:
        told: hears how many are done of how many.
    """
    with Session(engine) as session:
        cases = list(session.scalars(select(Case.id).order_by(Case.received_at.desc())))
    done = written = 0
    for some in _parts(cases):
        wrong = _wrong(engine, some)
        if wrong:
            written += _write(engine, wrong)
        done += len(some)
        told(done, len(cases))
    return Rebuilt(done, written)


def _wrong(engine: Engine, cases: Sequence[int]) -> list[int]:
    """Return the cases whose text is missing or another one; desks go on writing meanwhile."""
    with Session(engine) as session:
        return [case.id for case in _read(session, cases) if _is_wrong(session, case)]


def _write(engine: Engine, cases: Sequence[int]) -> int:
    """Write the texts of cases as they are now, in one short transaction."""
    with Session(engine.execution_options(**{WRITES: True})) as session, session.begin():
        for case in _read(session, cases):
            put_search_text(session, case, *search_texts(session, case))
    return len(cases)


def _read(session: Session, cases: Sequence[int]) -> Iterable[Case]:
    return session.scalars(select(Case).where(Case.id.in_(cases)).order_by(Case.received_at)).all()


def _is_wrong(session: Session, case: Case) -> bool:
    kept = {
        row.is_kept: SearchText(row.doc, row.fields)
        for row in session.execute(
            select(CaseSearch.is_kept, CaseSearch.doc, CaseSearch.fields).where(
                CaseSearch.case_id == case.id
            )
        )
    }
    return (kept.get(False), kept.get(True)) != search_texts(session, case)


def _parts(cases: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(cases), AT_ONCE):
        yield cases[start : start + AT_ONCE]

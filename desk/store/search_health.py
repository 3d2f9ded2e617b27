"""How many cases cannot be found yet (检索完整性): a number, also for who sees no case."""

from sqlalchemy import func, not_, select
from sqlalchemy.orm import Session

from desk.rules.rights import Person
from desk.store.models import Case, CaseSearch

UNSEARCHABLE = """
CREATE OR REPLACE FUNCTION unsearchable_cases() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT count(*) FROM cases c WHERE c.street_id = my_street())
    - (SELECT count(*) FROM case_search s WHERE s.street_id = my_street() AND NOT s.is_kept);
END $$
"""


def unsearchable(session: Session, person: Person) -> int:
    """Return how many cases of the street have no text by which they are found."""
    if session.get_bind().dialect.name == "postgresql" and not person.is_built_in:
        return session.scalar(select(func.unsearchable_cases())) or 0
    cases = select(func.count(Case.id)).where(Case.street_id == person.street_id)
    texts = select(func.count(CaseSearch.case_id)).where(
        CaseSearch.street_id == person.street_id, not_(CaseSearch.is_kept)
    )
    return (session.scalar(cases) or 0) - (session.scalar(texts) or 0)

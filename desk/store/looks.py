"""Who looked at the contact data of cases (查看记录): lines of the log that move no version.

On the shared database only the looker and the auditor read such a line; whoever the case belongs
to, and who oversees it, is told its head by a function.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desk.rules.rights import Person
from desk.rules.trail import LOOKED
from desk.store.models import Event, Staff

LOOKS_AT_FILES = """
CREATE OR REPLACE FUNCTION looks_at_files(p_cases bigint[])
RETURNS TABLE (place integer, recorded_at timestamptz, kind varchar, title varchar,
  desk_name varchar, name varchar, case_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.place, e.recorded_at, e.kind, e.title, e.desk_name, s.name, c.id
  FROM events e JOIN staff s ON s.id = e.made_by
    JOIN cases c ON c.id = (e.result::json -> 'made' ->> 'case')::bigint
  WHERE e.street_id = (SELECT my_street()) AND e.kind IN ('person.looked', 'private.looked',
      'private.revealed')
    AND c.id = ANY (p_cases) AND c.street_id = (SELECT my_street())
    AND (c.recorder_id = (SELECT my_staff())
      OR (NOT c.is_secret AND (SELECT oversees())) OR (c.is_secret AND (SELECT keeps_secrets())))
    AND (c.accused_staff_id IS NULL OR c.accused_staff_id <> (SELECT my_staff()))
    AND (c.accused_unit_id IS NULL
      OR c.accused_unit_id <> ALL ((SELECT my_recused_units())::bigint[]))
  ORDER BY e.place DESC
$$
"""
_ON_THE_SERVER = text("SELECT * FROM looks_at_files(CAST(:ids AS bigint[]))")


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a case's contact data."""

    place: int
    recorded_at: datetime
    kind: str
    title: str
    desk_name: str
    name: str
    case_id: int


def looks_at_files(session: Session, person: Person, cases: Collection[int]) -> list[Look]:
    """Return who looked at the contact data of these cases, newest first.

    Args:
        cases: ids of cases that the person may see.
    """
    if not cases:
        return []
    if session.get_bind().dialect.name == "postgresql" and not person.is_built_in:
        rows = session.execute(_ON_THE_SERVER, {"ids": sorted(cases)})
        return [Look(*row) for row in rows]
    query = (
        select(
            Event.place,
            Event.recorded_at,
            Event.kind,
            Event.title,
            Event.desk_name,
            Staff.name,
            Event.result,
        )
        .join(Staff, Staff.id == Event.made_by)
        .where(Event.street_id == person.street_id, Event.kind.in_(sorted(LOOKED)))
        .order_by(Event.place.desc())
    )
    found = ((row, row.result["made"].get("case")) for row in session.execute(query))
    return [
        Look(row.place, row.recorded_at, row.kind, row.title, row.desk_name, row.name, case)
        for row, case in found
        if case in cases
    ]

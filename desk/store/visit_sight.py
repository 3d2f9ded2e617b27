"""Who sees findings and walks (未诉先办、走访), as SQL: the same words as in `row_conditions`.

What is found is told to all who work in the street, unless it became a case that is kept from the
asker. What was said at the doors stays with the community and with those who oversee the street.
"""

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from desk.rules.deeds import WORKING_ROLES
from desk.rules.rights import OVERSEERS, Person
from desk.store.models import Case, EarlyAction, Visit, VisitEntry
from desk.store.sight import seen_by


def finding_seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition on `early_actions` that the person may know of the finding."""
    street = EarlyAction.street_id == person.street_id
    if person.is_built_in:
        return street
    if not person.seeing_roles & WORKING_ROLES:
        return and_(street, EarlyAction.id.is_(None))
    shown = exists(select(Case.id).where(Case.id == EarlyAction.case_id, seen_by(person)))
    return and_(street, or_(EarlyAction.case_id.is_(None), shown))


def visit_seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition on `visits` that the person may read what was said there."""
    everywhere = person.is_built_in or bool(person.seeing_roles & OVERSEERS)
    here = true() if everywhere else Visit.community_id.in_(person.unit_ids | person.units_above)
    return and_(Visit.street_id == person.street_id, here)


def entry_seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition on `visit_entries`: what was said goes with what was found there."""
    shown = exists(
        select(EarlyAction.id)
        .where(EarlyAction.id == VisitEntry.early_action_id, finding_seen_by(person))
        .correlate(VisitEntry)  # the number of the finding may be read beside it
    )
    return or_(VisitEntry.early_action_id.is_(None), shown)

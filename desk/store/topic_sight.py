"""Who sees a topic (专题), as SQL: the same words as its policy in `row_rights`.

Whoever sees one of its cases, opened it, or works in a unit that leads it or answers for its plan;
of its cases everybody sees and counts only his own. Reports and mediations never show in one, even
if they became that only afterwards (DOMAIN.md 9.4).
"""

from sqlalchemy import ColumnElement, and_, exists, or_, select

from desk.rules.codes import Purpose
from desk.rules.rights import Person
from desk.store.models import Case, PlanUnit, Topic, TopicCase
from desk.store.sight import seen_by


def case_shown_in_topics(person: Person) -> ColumnElement[bool]:
    """Return the condition on `cases` that the person may meet the case in a topic."""
    return and_(seen_by(person), Case.is_secret.is_(False), Case.purpose != Purpose.MEDIATION)


def topic_seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition on `topics` that the person may know of the topic."""
    shown = exists(
        select(TopicCase.id)
        .join(Case, Case.id == TopicCase.case_id)
        .where(TopicCase.topic_id == Topic.id, case_shown_in_topics(person))
    )
    answers = exists(
        select(PlanUnit.id).where(
            PlanUnit.topic_id == Topic.id, PlanUnit.unit_id.in_(person.unit_ids)
        )
    )
    leads = Topic.lead_unit_id.in_(person.unit_ids)
    mine = or_(Topic.opened_by == person.staff_id, leads, answers, shown)
    return and_(Topic.street_id == person.street_id, mine)

"""Who sees a meeting (会商、议事会), as SQL: the same words as its policy in `leader_rights`.

A meeting goes with what it was about: whoever sees the case, the topic or the whistle reads what
was said there. One about none of them is for those who oversee the hall, and whoever wrote it.
"""

from sqlalchemy import ColumnElement, and_, or_, select, true

from desk.rules.rights import OVERSEERS, Person
from desk.store.models import Case, Meeting, Topic, Whistle
from desk.store.sight import seen_by
from desk.store.topic_sight import topic_seen_by
from desk.store.whistle_sight import whistle_seen_by


def meeting_seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition on `meetings` that the person may read the minutes."""
    of_case = Meeting.case_id.in_(select(Case.id).where(seen_by(person)))
    of_topic = Meeting.topic_id.in_(select(Topic.id).where(topic_seen_by(person)))
    of_whistle = Meeting.whistle_id.in_(select(Whistle.id).where(whistle_seen_by(person)))
    about_none = and_(
        Meeting.case_id.is_(None), Meeting.topic_id.is_(None), Meeting.whistle_id.is_(None)
    )
    oversees = person.is_built_in or bool(person.seeing_roles & OVERSEERS)
    general = and_(about_none, true() if oversees else Meeting.recorded_by == person.staff_id)
    return and_(Meeting.street_id == person.street_id, or_(of_case, of_topic, of_whistle, general))

"""All that a database tells of its cases, without the ids that differ between databases."""

from collections import defaultdict
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from desk.store.database import Database
from desk.store.models import (
    Assignment,
    Case,
    Category,
    Clock,
    Contact,
    Event,
    EventCase,
    FollowUp,
    Matter,
    Opinion,
    OutsideNumber,
    PrivateFacts,
    Round,
    UnitVersion,
)

TOLD_BY = (PrivateFacts, Matter, Round, Assignment, Contact, Opinion, FollowUp, Clock)
# Who carried out the import, when, and under which internal numbers.
OWN_TO_A_DATABASE = {
    "id", "street_id", "case_id", "number", "seq", "version", "recorded_at", "changed_at",
    "recorder_id", "staff_id", "written_by", "dispatched_by", "rule_id", "assignment_id",
    "first_responder_id",
}  # fmt: skip


def facts_of(database: Database) -> dict[tuple[str, str], dict[str, Any]]:
    """Return every case's facts by platform and outside number."""

    def query(reader: Any) -> dict[tuple[str, str], dict[str, Any]]:
        session: Session = reader.session
        names = dict(session.execute(select(UnitVersion.unit_id, UnitVersion.name)).all())
        names |= dict(session.execute(select(Category.id, Category.name)).all())
        cases = {case.id: case for case in session.scalars(select(Case))}
        told: dict[int, dict[str, Any]] = defaultdict(lambda: defaultdict(list))
        for model in TOLD_BY:
            for row in session.scalars(select(model)):
                told[row.case_id][model.__tablename__].append(_plain(row, names))
        return {
            (number.platform, number.number): {
                **_plain(cases[number.case_id], names),
                **{k: sorted(v, key=str) for k, v in told[number.case_id].items()},
            }
            for number in session.scalars(select(OutsideNumber))
        }

    return database.read(query)


def only_case(database: Database, number: str) -> dict[str, Any]:
    """Return the facts of the one case with this outside number."""
    found = [facts for (_, known), facts in facts_of(database).items() if known == number]
    assert len(found) == 1
    return found[0]


def history(database: Database, number: str) -> list[str]:
    """Return the titles of the lines in the history of the case, in their order."""

    def query(reader: Any) -> list[str]:
        return list(
            reader.session.scalars(
                select(Event.title)
                .join(EventCase, EventCase.event_id == Event.id)
                .join(OutsideNumber, OutsideNumber.case_id == EventCase.case_id)
                .where(OutsideNumber.number == number)
                .order_by(EventCase.version)
            )
        )

    return database.read(query)


def count(database: Database, model: Any) -> int:
    """Return how many rows a table has."""
    return database.read(lambda r: len(r.session.scalars(select(model)).all()))


def _plain(row: Any, names: dict[int, str]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for column in inspect(type(row)).column_attrs:
        if column.key not in OWN_TO_A_DATABASE:
            value = getattr(row, column.key)
            plain[column.key] = names.get(value, value) if column.key.endswith("_id") else value
    return plain

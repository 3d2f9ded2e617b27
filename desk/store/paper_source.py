"""Where the rows of papers come from: a case, its facts, and all that hangs on it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from desk.rules.codes import ClockKind, Sex
from desk.rules.moments import in_shanghai
from desk.store.looked_up import rows_of
from desk.store.models import (
    Attachment,
    Case,
    Category,
    Clock,
    Letterhead,
    Material,
    Matter,
    PrivateFacts,
    Staff,
)
from desk.store.people import staff_name
from desk.store.unit_names import unit_name, unit_phone

Row = dict[str, Any]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Writing:
    """Where a paper is written: in a transaction when it is issued, in a reader as a draft."""

    session: Session
    street_id: int
    today: date
    person_name: str
    known: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """Return what `make` finds, looked up once for all papers written here."""
        if key not in self.known:
            self.known[key] = make()
        found: Found = self.known[key]
        return found

    def name(self, facts: PrivateFacts) -> None:
        """Write papers about this appellant, whoever else may read who he is."""
        self.known["facts", facts.case_id] = facts


@dataclass(frozen=True, slots=True)
class Source:
    """Everything a row is made from."""

    tx: Writing
    case: Case
    facts: PrivateFacts
    head: Letterhead
    about: Any
    rows: dict[Any, list[Any]] = field(default_factory=dict)

    def unit(self, unit_id: int | None) -> str | None:
        """Return a unit's name, or None."""
        return unit_name(self.tx.session, unit_id, self.tx.today) or None

    def staff(self, staff_id: int | None) -> str | None:
        """Return the name of a member of staff, or None."""
        return None if staff_id is None else staff_name(self.tx.session, staff_id)

    def all(self, table: Any) -> list[Any]:
        """Return the case's rows of a table, oldest first."""
        if table not in self.rows:
            self.rows[table] = rows_of(self.tx.session, table, self.case.id)
        return self.rows[table]

    def due(self, kind: ClockKind, part: int | None = None) -> str | None:
        """Return when a clock of the present round falls due: the case's own, or one part's."""
        clock = next(
            (
                clock
                for clock in reversed(self.all(Clock))
                if clock.kind is kind
                and clock.round_no == self.case.round_no
                and clock.assignment_id == part
            ),
            None,
        )
        return on_paper(clock.due_at) if clock and clock.is_applicable else None


def on_paper(moment: datetime | None) -> str | None:
    """Return a moment as rows carry it: Shanghai time to the minute."""
    return None if moment is None else f"{in_shanghai(moment):%Y-%m-%dT%H:%M}"


def category_words(tx: Writing, category_id: int) -> str:
    """Return a category with its parent: “物业与小区 / 电梯”."""

    def read() -> str:
        category = tx.session.get_one(Category, category_id)
        if category.parent_id is None:
            return category.name
        return f"{tx.session.get_one(Category, category.parent_id).name} / {category.name}"

    return tx.once(("category", category_id), read)


def guided_words(case: Case) -> str:
    """Return where an appellant was sent, to whom, under which number."""
    return "，".join(filter(None, (case.guided_to, case.guide_person, case.guide_phone)))


def phone_of(source: Source, unit_id: int | None) -> str | None:
    """Return the office number that is printed: the unit's own, else the street's."""
    if unit_id is None:
        return source.head.phone
    return unit_phone(source.tx.session, unit_id, source.tx.today) or source.head.phone


def materials(source: Source) -> list[Row]:
    """Return what the appellant handed in."""
    return [
        {"name": m.name, "copies": m.copies, "kind": "原件" if m.is_original else "复印件"}
        for m in source.all(Material)
    ]


def attachments(source: Source) -> list[Attachment]:
    """Return the attachments that a paper lists: no masked copies, and nothing taken down."""
    rows: list[Attachment] = source.all(Attachment)
    return [row for row in rows if row.masks_id is None and row.withdrawn_at is None]


def promise(source: Source) -> Row:
    """Return who will handle the case and by when, as the receipt says it."""
    case = source.case
    unit_id = case.lead_unit_id or case.first_unit_id
    return {
        "lead_unit": source.unit(unit_id),
        "unit_phone": phone_of(source, unit_id),
        "promised_by": source.due(ClockKind.HANDLE),
        "ask_how": source.head.query_hint,
    }


def several(source: Source) -> list[str]:
    """Return the matters of a case that has more than one."""
    matters = [matter.content for matter in source.all(Matter)]
    return matters if len(matters) > 1 else []


def handler_of(source: Source) -> tuple[str, str]:
    """Return who answers for the case, and the office number under which he is reached."""
    staff = source.case.handler_id or source.case.first_responder_id
    row = source.tx.session.get(Staff, staff) if staff else None
    name = row.name if row else source.case.first_responder_name
    unit_id = source.case.lead_unit_id or source.case.first_unit_id
    return name, (row.phone if row and row.phone else phone_of(source, unit_id)) or ""


def salutation(facts: PrivateFacts) -> str:
    """Return how the appellant is addressed: 王桂兰女士."""
    if not facts.name:
        return "诉求人"
    titles = {Sex.FEMALE: "女士", Sex.MALE: "先生"}
    return facts.name + (titles.get(facts.sex, "") if facts.sex else "")

"""All that an action may touch: the session, who acts, when, and the cases it opened."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Integer, Text, cast, func, inspect, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.moments import in_shanghai
from desk.rules.rights import NOT_FOUND, CaseStand, Part, Person, may_see, require
from desk.store.looked_up import rows_of
from desk.store.models import (
    Assignment,
    Case,
    CaseUnit,
    Counter,
    Event,
    EventCase,
    EventMediation,
    Mediation,
    Staff,
)
from desk.store.sealing import require_unsealed
from desk.store.stale import Since, stale

# what needs nobody's contact data
_UNDER_SEAL = frozenset({Deed.SCAN_BACK})

Found = TypeVar("Found")


def stand_of(session: Session, case: Case) -> CaseStand:
    """Return what the rights table needs to know of a case."""
    parts = rows_of(session, Assignment, case.id)
    units = rows_of(session, CaseUnit, case.id)
    return CaseStand(
        status=case.status,
        first_unit_id=case.first_unit_id,
        first_responder_id=case.first_responder_id,
        involved_units=frozenset(row.unit_id for row in units),
        parts=tuple(
            Part(part.unit_id, part.role, part.status)
            for part in parts
            if part.round_no == case.round_no
        ),
        is_secret=case.is_secret,
        accused_unit_id=case.accused_unit_id,
        accused_staff_id=case.accused_staff_id,
        recorder_id=case.recorder_id,
    )


@dataclass(slots=True)
class Transaction:
    """One transaction: who acts, at which server time, on which cases and mediations."""

    session: Session
    person: Person
    now: datetime
    touched: list[Case | Mediation] = field(default_factory=list)
    _before: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)
    _known: dict[Hashable, Any] = field(default_factory=dict)

    @property
    def street_id(self) -> int:
        """Return the tenant of everything this transaction writes."""
        return self.person.street_id

    @property
    def is_shared(self) -> bool:
        """Whether this is the shared server, where everybody logs in as himself."""
        return self.session.get_bind().dialect.name == "postgresql"

    def require_maintainer(self, sentence: str) -> None:
        """Refuse what on a shared server only whoever maintains the database may do.

        Raises:
            NotAllowed: a member of staff asks for it there.
        """
        if self.is_shared and not self.person.is_built_in:
            raise NotAllowed(sentence)

    @property
    def today(self) -> date:
        """Return the hall's date."""
        return in_shanghai(self.now).date()

    def open_case(self, case_id: int, seen: int | None, deed: Deed) -> Case:
        """Return the case to change.

        Args:
            seen: the version the asker had on screen; None only for what merely adds to a case.

        Raises:
            StaleCase: it is no longer what the asker saw.
            NotAllowed: the asker may not do this deed to it now, or it is under seal.
        """
        # locked, so that a colleague's change is waited for and then named, not run into
        case = self._known_case(case_id, with_for_update=True)
        stand = stand_of(self.session, case)
        # who may no longer see it is not told what happened to it either
        if seen is not None and case.version != seen and may_see(stand, self.person):
            raise self._stale(case, seen)
        require(deed, stand, self.person)
        if deed not in _UNDER_SEAL:
            require_unsealed(self.session, case, self.person, self.now)
        self.touch(case)
        return case

    def look_at(self, case_id: int, deed: Deed) -> Case:
        """Return a case that does not change, so that nobody's open form becomes stale.

        Raises:
            NotAllowed: the asker may not do this deed to it now.
        """
        case = self._known_case(case_id)
        require(deed, stand_of(self.session, case), self.person)
        return case

    def earlier_case(self, case_id: int, *, field: str, what: str = "关联的原件") -> Case:
        """Return a case that another one repeats, or is merged into.

        Raises:
            RuleBroken: there is none, or the asker may not know of it.
        """
        found = self.session.get(Case, case_id)
        if found is None or found.street_id != self.street_id:
            raise RuleBroken(f"找不到要{what}，请核对编号。", field=field)
        if not may_see(stand_of(self.session, found), self.person):
            raise RuleBroken(f"找不到要{what}，请核对编号。", field=field)
        return found

    def own(
        self, table: type[Found], row_id: int, sentence: str, *, field: str | None = None
    ) -> Found:
        """Return a row of this street.

        Raises:
            RuleBroken: there is none; it says `sentence`, beside `field`.
        """
        found = self.session.get(table, row_id)
        if found is None or getattr(found, "street_id", None) != self.street_id:
            raise RuleBroken(sentence, field=field)
        return found

    def touch(self, case: Case | Mediation) -> None:
        """Count a case or a mediation as changed: its version moves, the history names it."""
        if case not in self.touched:
            self.watch(case)
            self.touched.append(case)
        case.changed_at = self.now
        flag_modified(case, "changed_at")  # two commands within one tick of the clock count too

    def watch(self, row: Any) -> None:
        """Remember a row's values, so that the history line shows before and after."""
        self._before.append((row, _values(row)))

    def add(self, *rows: Any) -> None:
        """Insert rows now, so that later rows may refer to them."""
        self.session.add_all(rows)
        self.session.flush()

    def involve(self, case: Case, unit_id: int) -> None:
        """Give a unit lasting sight of the case."""

        def read() -> set[int]:
            return {row.unit_id for row in rows_of(self.session, CaseUnit, case.id)}

        known = self.once(("involved", case.id), read)
        if unit_id not in known:
            known.add(unit_id)
            self.session.add(
                CaseUnit(case_id=case.id, unit_id=unit_id, street_id=self.street_id, since=self.now)
            )

    def next_number(self, kind: str, year: int) -> int:
        """Return the next number of a kind in a year; held until the transaction ends."""
        key = {"street_id": self.street_id, "kind": kind, "year": year}
        if self.is_shared:  # a clerk's login may not touch the counters themselves
            number = func.next_number(self.street_id, cast(kind, Text), year, type_=Integer)
            return int(self.session.scalar(select(number)) or 0)
        counter = self.session.get(Counter, key)
        if counter is None:
            counter = Counter(**key, last=0)
            self.add(counter)
        counter.last += 1
        self.session.flush()
        return counter.last

    def add_unless_there(self, table: Any, *rows: dict[str, Any]) -> None:
        """Insert rows; those that another desk inserts at the same moment are left as they are."""
        insert = postgresql_insert(table) if self.is_shared else sqlite_insert(table)
        self.session.execute(insert.on_conflict_do_nothing(), list(rows))

    def rows(self, table: type[Found], case: Case) -> list[Found]:
        """Return all rows of a table that belong to a case, the oldest first."""
        return rows_of(self.session, table, case.id)

    def once(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """Return what `make` finds, looked up only once in this transaction."""
        if key not in self._known:
            self._known[key] = make()
        found: Found = self._known[key]
        return found

    def links(self, line: Event) -> list[EventCase | EventMediation]:
        """Return what ties a history line to the new versions of all that was touched."""
        about = {"street_id": self.street_id, "event_id": line.id}
        return [
            EventCase(case_id=row.id, version=row.version, **about)
            if isinstance(row, Case)
            else EventMediation(mediation_id=row.id, version=row.version, **about)
            for row in self.touched
        ]

    def differences(self) -> dict[str, dict[str, Any]]:
        """Return before and after of every watched row that changed.

        Where several rows of a table were watched, all but the first are told apart by their ids:
        “cases.status@12”.
        """
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        first: dict[str, Any] = {}
        for row, old in self._before:
            is_first = first.setdefault(row.__tablename__, row) is row
            suffix = "" if is_first else f"@{inspect(row).identity[0]}"
            for name, value in _values(row).items():
                if value != old[name] and name not in {"version", "changed_at"}:
                    key = f"{row.__tablename__}.{name}{suffix}"
                    before.setdefault(key, old[name])
                    after[key] = value
        return {"before": before, "after": after}

    def _known_case(self, case_id: int, *, with_for_update: bool = False) -> Case:
        case = self.session.get(Case, case_id, with_for_update=with_for_update)
        if case is None or case.street_id != self.street_id:
            raise NotAllowed(NOT_FOUND)
        return case

    def _stale(self, case: Case, seen: int) -> StaleCase:
        rows = self.session.execute(
            select(Event.title, Staff.name, Event.recorded_at, Event.payload)
            .join(EventCase, EventCase.event_id == Event.id)
            .join(Staff, Staff.id == Event.made_by)
            .where(EventCase.case_id == case.id, EventCase.version > seen)
            .order_by(EventCase.version)
        )
        return stale(case.number, (Since(*row) for row in rows))


def _values(row: Any) -> dict[str, Any]:
    return {
        column.key: _plain(getattr(row, column.key)) for column in inspect(type(row)).column_attrs
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value

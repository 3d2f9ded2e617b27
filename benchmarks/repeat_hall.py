"""A hall of one file with the pool of a labelled set, so that repeats are found end to end."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.repeat_set import Made, Query
from desk.actions.intake import Appellant, RegisterCase
from desk.queries.repeat_probe import AskedRepeat
from desk.rules.codes import Channel, Exit
from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.upgrade import upgrade
from tests.clock import HandClock
from tests.small_hall import SmallHall, found_small_hall

NOON = "2026-11-20 12:00"
_FIRST = 1_000_000  # above the ids of the set, below those the program mints


def new_hall(folder: Path) -> SmallHall:
    """Found the small hall in a new file."""
    clock = HandClock(datetime.now().astimezone())
    clock.set(NOON)
    url = f"sqlite:///{folder / 'repeats.db'}"
    upgrade(url)
    engine = make_engine(url)
    found_small_hall(engine, clock)
    return SmallHall(engine, clock)


class RepeatHall:
    """The small hall, its estates and cases those of the set; 周航 sees them all."""

    def __init__(self, hall: SmallHall, places: Sequence[str], pool: Sequence[Made]) -> None:
        self._hall, self._clock = hall, hall.clock
        self._file = str(hall.engine.url.database)
        self._places: dict[str, int] = {}
        self._topics: dict[str, int] = {}
        self._template = self._registered()
        self._fill(places, pool)

    def desk(self, name: str = "周航") -> Database:
        """Return the database as one of the staff sees it."""
        return self._hall.sign_in(name)

    def asked(self, query: Query) -> AskedRepeat:
        """Return what the clerk has typed when this appeal comes in."""
        made = query.made
        return AskedRepeat(
            phone=made.phone,
            name=made.name,
            address=made.address,
            place=self._places[made.place],
            category=self._topics.get(made.pattern.topic) if query.knows_category else None,
            text=made.text,
        )

    def number_of(self, case: int) -> int:
        """Return which case of the set a found one is."""
        return case - _FIRST

    def _registered(self) -> int:
        request = RegisterCase(
            **self._hall.by("李敏"),
            exit=Exit.TRANSFER,
            channel=Channel.VISIT,
            details="样子。",
            category=self._hall.category("楼道漏电"),
            first_unit=self._hall.unit("信联办"),
            place=self._hall.place("青榕花园"),
            appellant=Appellant(name="样子"),
        )
        made = self._hall.sign_in("李敏").carry_out(request).made["case"]
        assert isinstance(made, int)
        return made

    def _fill(self, places: Sequence[str], pool: Sequence[Made]) -> None:
        """Copy the registered case for every one of the set, past guards and links."""
        connection = sqlite3.connect(self._file)
        place = self._row(connection, "places", "name", "青榕花园")
        category = self._row(connection, "categories", "name", "楼道漏电")
        case = self._row(connection, "cases", "id", self._template)
        facts = self._row(connection, "private_facts", "case_id", self._template)
        for at, name in enumerate(places, start=1):
            there = connection.execute("SELECT id FROM places WHERE name = ?", (name,)).fetchone()
            self._places[name] = there[0] if there else _FIRST + at
            if there:
                continue
            self._add(connection, "places", place | {"id": _FIRST + at, "name": name})
        for at, topic in enumerate(sorted({one.pattern.topic for one in pool}), start=1):
            self._topics[topic] = _FIRST + at
            self._add(connection, "categories", category | {"id": _FIRST + at, "name": topic})
        for one in pool:
            at_noon = self._clock() - timedelta(days=one.days_ago, minutes=one.id % 300)
            own = {
                "id": _FIRST + one.id,
                "seq": 100_000 + one.id,
                "number": f"青榕首〔2026〕{100_000 + one.id}号",
                "details": one.text,
                "summary": one.text[:40],
                "place_id": self._places[one.place],
                "category_id": self._topics[one.pattern.topic],
                "received_at": at_noon.astimezone(UTC).isoformat(timespec="microseconds"),
            }
            self._add(connection, "cases", case | own)
            person = {"name": one.name, "phone": one.phone, "address": one.address}
            self._add(connection, "private_facts", facts | person | {"case_id": _FIRST + one.id})
        connection.commit()
        connection.execute("ANALYZE")
        connection.close()

    @staticmethod
    def _row(
        connection: sqlite3.Connection, table: str, key: str, value: object
    ) -> dict[str, object]:
        query = f"SELECT * FROM {table} WHERE {key} = ?"  # noqa: S608 - names of our own tables
        found = connection.execute(query, (value,))
        names = [one[0] for one in found.description]
        return dict(zip(names, found.fetchone(), strict=True))

    @staticmethod
    def _add(connection: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - our own tables
        connection.execute(statement, list(row.values()))

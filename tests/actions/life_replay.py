"""The history alone (留痕重放): rebuilds cases and all that hangs on them, line by line.

`Replay.read` folds what was written since; after each step the folded rows must be those of the
tables. Words are not told twice: they are folded back from the tables by what each line says they
were before (`fold_back`).
"""

from datetime import date, datetime

from sqlalchemy import inspect, select

from desk.store.models import Case, Event, EventCase
from desk.store.rows_told import ROWS_TOLD, columns_told, key_told

PASSING = {"version", "changed_at"}


class Replay:
    """Cases and their rows as the lines of the log tell them."""

    def __init__(self):
        self.rows = {table.__tablename__: {} for table in ROWS_TOLD}
        self.place = 0

    def read(self, session):
        """Fold the lines that were written since; return which rows they tell of."""
        told = set()
        lines = select(Event).where(Event.place > self.place).order_by(Event.place)
        for line in session.scalars(lines):
            self.place = line.place
            for table, rows in line.payload.get("rows", {}).items():
                for key, values in rows.items():
                    self.rows[table].setdefault(key, {}).update(values)
                    told.add((table, key))
            for case, name, value in _sides(line, "after"):
                self.rows["cases"][str(case)][name] = value
                told.add(("cases", str(case)))
        return told

    def require_same(self, tables):
        """Raise AssertionError unless what the newest lines tell stands in the tables."""
        told = self.read(tables.session)
        for table in ROWS_TOLD:
            name, held = table.__tablename__, tables.held(table)
            assert held.keys() <= self.rows[name].keys(), name
            assert not tables.is_whole or held.keys() == self.rows[name].keys(), name
            for key in held.keys() & {key for where, key in told if where == name}:
                self._require(table, held[key])

    def require_all(self, tables):
        """Raise AssertionError unless the tables hold just what the log tells, row by row."""
        self.require_same(tables)
        for table in ROWS_TOLD:
            for row in tables.held(table).values():
                self._require(table, row)

    def _require(self, table, row):
        told = self.rows[table.__tablename__][key_told(row)]
        for name in columns_told(table):
            said, stands = _instant(told.get(name)), _instant(getattr(row, name))
            assert said == stands, f"{table.__tablename__}.{name}: {said} {stands}"


def fold_back(session, case, seen):
    """Raise AssertionError unless a case, folded back line by line, was as it was seen."""
    now = facts_of(session.get(Case, case))
    lines = session.execute(
        select(EventCase.version, Event)
        .join(Event, Event.id == EventCase.event_id)
        .where(EventCase.case_id == case)
        .order_by(EventCase.version.desc())
    ).all()
    assert lines[0][0] == session.get(Case, case).version
    assert len({version for version, _ in lines}) == len(lines)
    for version, line in lines:
        if version in seen:
            assert now == seen[version], line.kind
        now |= {name: _instant(value) for one, name, value in _sides(line, "before") if one == case}


def facts_of(row):
    """Return every column of a case, words included."""
    names = [column.key for column in inspect(Case).columns if column.key not in PASSING]
    return {name: _instant(getattr(row, name)) for name in names}


def _sides(line, side):
    """Return of which case a line says what: the case, the column, the value."""
    found = []
    for key, value in (line.payload.get(side) or {}).items():
        table, _, name = key.partition(".")
        name, _, other = name.partition("@")
        if table == "cases":
            found.append((int(other) if other else line.result["cases"][0], name, value))
    return found


def _instant(value):
    if isinstance(value, str) and len(value) > 18 and value[10:11] == "T":
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return value.timestamp()
    return value.isoformat() if isinstance(value, date) else value

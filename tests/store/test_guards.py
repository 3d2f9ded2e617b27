"""Foreign SQL cannot rewrite the record: the database itself refuses (HOUSE.md decision 12)."""

import re
from itertools import permutations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from desk.rules.codes import CaseStatus
from desk.rules.lifecycle import MOVES
from desk.store.chain import GENESIS
from desk.store.guards import guard_names, postgresql_guards, sqlite_guards
from tests.actions.conftest import MORNING, shared_hall
from tests.actions.work import S, Work

__all__ = ["shared_hall"]

NEXT = "version = version + 1"
PUT = f"UPDATE cases SET status = :status, {NEXT} WHERE id = :case"
LINK = (
    "INSERT INTO event_cases (case_id, version, street_id, event_id) "
    "SELECT case_id, version + 1, street_id, event_id FROM event_cases "
    "WHERE case_id = :case ORDER BY version DESC LIMIT 1"
)


def run(hall, statement, **values):
    """Run a statement as another program would, and commit."""
    with hall.engine.begin() as connection:
        return connection.execute(text(statement), values)


@pytest.fixture(scope="module")
def closed(shared_hall):
    """A hall with a closed case, of which no refused statement changes anything."""
    shared_hall.clock.set(MORNING)
    work = Work(shared_hall, shared_hall.clock)
    return work, work.to(S.CLOSED)


def test_the_guards_in_the_database_are_the_generated_ones(engine):
    generated = sqlite_guards() if engine.dialect.name == "sqlite" else postgresql_guards()
    wanted = set(re.findall(r"CREATE (?:CONSTRAINT )?TRIGGER (\w+)", "\n".join(generated)))

    with engine.connect() as connection:
        assert guard_names(connection) == wanted
        if engine.dialect.name == "sqlite":
            rows = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'"))
            assert {row.sql for row in rows} == set(generated)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE events SET title = 'x'", "记录只能追加"),
        ("UPDATE events SET hash = digest", "记录只能追加"),
        ("DELETE FROM events", "记录不能删除"),
        ("UPDATE events SET made_by = sent_by, place = place + 1", "记录只能追加"),
        ("UPDATE event_cases SET version = version + 1", "记录只能追加"),
        ("DELETE FROM event_cases", "记录不能删除"),
        ("UPDATE case_units SET since = since", "记录只能追加"),
        ("DELETE FROM case_units", "记录不能删除"),
        ("DELETE FROM contacts", "记录不能删除"),
        ("DELETE FROM cases", "记录不能删除"),
        ("DELETE FROM papers", "记录不能删除"),
        ("DELETE FROM opinions", "记录不能删除"),
        ("DELETE FROM follow_ups", "记录不能删除"),
        ("DELETE FROM rounds", "记录不能删除"),
        ("DELETE FROM assignments", "记录不能删除"),
        ("DELETE FROM clocks", "记录不能删除"),
        ("DELETE FROM counters", "记录不能删除"),
        ("UPDATE counters SET last = last + 2", "编号只能逐一递增"),
        ("UPDATE counters SET last = last - 1", "编号只能逐一递增"),
        ("UPDATE counters SET last = last", "编号只能逐一递增"),
        (f"UPDATE cases SET status = 'signing', {NEXT}", "状态流转不允许"),
        ("UPDATE cases SET version = version + 2", "版本号必须加一"),
        ("UPDATE cases SET note = 'x'", "版本号必须加一"),
        (f"UPDATE cases SET number = 'x', {NEXT}", "登记后不能更改"),
        (f"UPDATE cases SET seq = seq + 1, {NEXT}", "登记后不能更改"),
        (f"UPDATE cases SET first_responder_id = NULL, {NEXT}", "登记后不能更改"),
        (f"UPDATE cases SET first_unit_id = lead_unit_id, {NEXT}", "登记后不能更改"),
        ("UPDATE papers SET number = 'x'", "登记后不能更改"),
        ("UPDATE papers SET row = '{}'", "登记后不能更改"),
        ("UPDATE opinions SET revision = 9", "登记后不能更改"),
    ],
)
def test_foreign_sql_is_refused_and_changes_nothing(closed, statement, sentence):
    work, case = closed
    before = work.case(case)

    with pytest.raises(DatabaseError, match=sentence):
        run(work.hall, statement)

    after = work.case(case)
    assert (after.version, after.status, after.number) == (
        before.version,
        before.status,
        before.number,
    )


def test_a_change_of_a_case_without_a_line_in_the_history_is_refused_at_the_end(work):
    case = work.register()

    with pytest.raises(DatabaseError, match=r"(?i)foreign key"):
        run(work.hall, f"UPDATE cases SET note = 'x', {NEXT} WHERE id = :case", case=case)

    assert work.case(case).note is None


def test_the_databases_table_of_moves_is_that_of_the_rules(work):
    """Each move is tried on the database itself, inside a transaction that is taken back."""
    case = work.register()
    wrong = []
    for current, target in permutations(CaseStatus, 2):
        with work.hall.engine.connect() as connection, connection.begin() as attempt:
            _stand_at(connection, case, current)
            try:
                connection.execute(text(PUT), {"status": target.value, "case": case})
                allowed = True
            except DatabaseError:
                allowed = False
            attempt.rollback()
        if allowed != (target in MOVES[current]):
            wrong.append((current, target, allowed))
    assert not wrong


def _stand_at(connection, case, status):
    """Bring a case to a status past the guard, with its line, so that the guard can be put back."""
    sqlite = connection.dialect.name == "sqlite"
    off = "DROP TRIGGER guard_cases_move"
    connection.execute(text(off if sqlite else "ALTER TABLE cases DISABLE TRIGGER USER"))
    connection.execute(text(LINK), {"case": case})
    connection.execute(text(PUT), {"status": status.value, "case": case})
    if sqlite:
        guard = next(sql for sql in sqlite_guards() if "guard_cases_move" in sql)
        connection.exec_driver_sql(guard)
    else:
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        connection.execute(text("ALTER TABLE cases ENABLE TRIGGER USER"))
        connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))


def test_a_counter_only_rises_by_one(work):
    run(
        work.hall,
        "INSERT INTO counters (street_id, kind, year, last) VALUES (:s, 'case', 2026, 7)",
        s=work.hall.street_id,
    )

    run(work.hall, "UPDATE counters SET last = last + 1")

    assert work.case(work.register()).seq == 9


def test_the_first_line_of_a_street_begins_its_chain(hall):
    with hall.engine.connect() as connection:
        line = connection.execute(text("SELECT place, previous_hash, hash, kind FROM events")).one()
        head = connection.execute(text("SELECT place, hash FROM chain_heads")).one()

    assert (line.place, line.previous_hash, line.kind) == (1, GENESIS, "street.founded")
    assert (head.place, head.hash) == (1, line.hash)

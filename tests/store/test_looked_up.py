"""What a transaction has read or written it does not ask the database again (本次已查)."""

from collections import Counter

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from desk.rules.codes import Channel, Exit
from desk.store.hall_rules import setting
from desk.store.looked_up import keep_rows, rows_of
from desk.store.models import Matter, Setting
from tests.actions.work import LI, S, Work

KEY = "undo_seconds"
KEYS = "identity_keys"  # a hall of one file makes its first key with its first number


@pytest.fixture
def work(sqlite_hall, clock):
    return Work(sqlite_hall, clock)


@pytest.fixture
def twice(work):
    """What was read more than once in one transaction that writes."""
    seen, found = Counter(), []
    within = [False]

    def note(_connection, _cursor, statement, parameters, _context, _many):
        if statement.startswith("BEGIN"):
            within[0] = statement == "BEGIN IMMEDIATE"
            seen.clear()
        question = (statement, str(parameters))
        if within[0] and statement.startswith("SELECT") and KEYS not in statement:
            seen[question] += 1
            found.extend([question] if seen[question] > 1 else [])

    event.listen(work.hall.engine, "before_cursor_execute", note)
    return found


@pytest.mark.parametrize("way_out", list(Exit))
def test_taking_an_appeal_in_asks_nothing_twice(work, twice, way_out):
    words = {"answer": "已答复。", "guided_to": "住建局"}
    work.register(exit=way_out, channel=Channel.VISIT, **words)
    assert twice == []


def test_no_step_of_a_life_asks_anything_twice(work, twice):
    work.to(S.ARCHIVED)
    assert twice == []


def test_a_setting_that_was_just_written_counts_at_once(work):
    hall, today = work.hall, work.clock().date()
    with Session(hall.engine) as session:
        before = setting(session, hall.street_id, KEY, today)
        row = Setting(id=1, street_id=hall.street_id, key=KEY, value=before + 7, valid_from=today)
        session.add(row)
        assert setting(session, hall.street_id, KEY, today) == before + 7
        row.value = before + 9
        assert setting(session, hall.street_id, KEY, today) == before + 9
        session.rollback()
        assert setting(session, hall.street_id, KEY, today) == before


def test_rows_of_a_case_are_those_written_and_not_those_deleted(work):
    case = work.register(matters=("漏电。", "照明。"))
    with Session(work.hall.engine) as session:
        keep_rows(session)
        first, second = rows_of(session, Matter, case)
        session.add(
            Matter(
                id=second.id + 1,
                street_id=work.hall.street_id,
                case_id=case,
                seq=3,
                content="井盖。",
            )
        )
        assert [row.seq for row in rows_of(session, Matter, case)] == [1, 2, 3]
        session.flush()
        session.delete(first)
        assert [row.seq for row in rows_of(session, Matter, case)] == [2, 3]


def test_the_server_compiles_none_of_our_questions(hall):
    if_shared = "SHOW jit" if hall.engine.dialect.name == "postgresql" else "SELECT 'off'"
    with hall.sign_in(LI).engine.connect() as connection:
        assert connection.scalar(text(if_shared)) == "off"

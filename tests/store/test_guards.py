"""Foreign SQL cannot rewrite the record: the database itself refuses (HOUSE.md decision 12)."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from desk.store.chain import GENESIS


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE events SET title = 'x'", "记录只能追加"),
        ("UPDATE events SET hash = digest", "记录只能追加"),
        ("DELETE FROM events", "记录不能删除"),
        ("UPDATE events SET made_by = sent_by, place = place + 1", "记录只能追加"),
    ],
)
def test_a_line_of_the_history_cannot_be_changed_or_removed(hall, statement, sentence):
    with pytest.raises(DatabaseError, match=sentence), hall.engine.begin() as connection:
        connection.execute(text(statement))


def test_a_counter_only_rises_by_one_and_stays(hall):
    with hall.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO counters (street_id, kind, year, last) VALUES (:s, 'case', 2026, 7)"),
            {"s": hall.street_id},
        )

    def refused(statement):
        with pytest.raises(DatabaseError), hall.engine.begin() as connection:
            connection.execute(text(statement))

    refused("UPDATE counters SET last = 9")
    refused("UPDATE counters SET last = 6")
    refused("DELETE FROM counters")
    with hall.engine.begin() as connection:
        connection.execute(text("UPDATE counters SET last = last + 1"))


def test_the_first_line_of_a_street_begins_its_chain(hall):
    with hall.engine.connect() as connection:
        line = connection.execute(text("SELECT place, previous_hash, hash, kind FROM events")).one()
        head = connection.execute(text("SELECT place, hash FROM chain_heads")).one()

    assert (line.place, line.previous_hash, line.kind) == (1, GENESIS, "street.founded")
    assert (head.place, head.hash) == (1, line.hash)

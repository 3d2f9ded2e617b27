"""Column kinds and ids: moments with a zone, canonical JSON, 63-bit ids that never meet."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from desk.rules.moments import SHANGHAI
from desk.store.base import JsonText, UtcTime, canonical_json
from desk.store.engine import WRITES, make_engine, sqlite_path
from desk.store.ids import IdMint, new_id

TABLE = Table("column_kinds", MetaData(), Column("id", Integer, primary_key=True),
              Column("at", UtcTime), Column("value", JsonText))  # fmt: skip


@pytest.fixture
def keep(engine):
    """Keep a moment and a value, and return what comes back."""
    writer = engine.execution_options(**{WRITES: True})
    with writer.begin() as connection:
        TABLE.create(connection)

    def run(at, value=None):
        with writer.begin() as connection:
            connection.execute(TABLE.delete())
            connection.execute(insert(TABLE).values(id=1, at=at, value=value))
            return connection.execute(select(TABLE.c.at, TABLE.c.value)).one()

    return run


def test_moments_come_back_in_utc_to_the_microsecond(keep):
    at = datetime(2026, 11, 2, 9, 5, 0, 123456, tzinfo=SHANGHAI)

    back = keep(at).at

    assert back == at
    assert back.tzinfo is UTC
    assert keep(None).at is None


def test_a_moment_without_its_zone_is_refused(keep):
    with pytest.raises(StatementError, match="must carry its zone"):
        keep(datetime(2026, 11, 2, 9, 5))  # noqa: DTZ001 - that is the mistake


def test_moments_compare_right_whatever_their_zones(engine, keep):
    at = datetime(2026, 11, 2, 0, 30, tzinfo=SHANGHAI)
    keep(at)

    with engine.connect() as connection:
        later = select(TABLE.c.id).where(TABLE.c.at > at.astimezone(UTC) - timedelta(seconds=1))
        assert connection.scalar(later) == 1
        earlier = select(TABLE.c.id).where(TABLE.c.at > at + timedelta(seconds=1))
        assert connection.scalar(earlier) is None


def test_plain_data_is_kept_as_the_one_canonical_text(keep):
    value = {"乙": [1, None, True], "甲": "字\n“”"}

    assert keep(None, value).value == value
    assert keep(None, None).value is None
    assert canonical_json(value) == '{"乙":[1,null,true],"甲":"字\\n“”"}'


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(max_examples=30)  # each is a tree of many
@given(json_values)
def test_canonical_text_does_not_depend_on_the_order_of_keys(value):
    def turned(part):
        if isinstance(part, dict):
            return {key: turned(part[key]) for key in reversed(part)}
        return [turned(inner) for inner in part] if isinstance(part, list) else part

    assert canonical_json(turned(value)) == canonical_json(value)


def test_ids_of_many_threads_never_meet_and_fit_63_bits():
    with ThreadPoolExecutor(8) as pool:
        made = [found for part in pool.map(lambda _: [new_id() for _ in range(3000)], range(8))
                for found in part]  # fmt: skip

    assert len(set(made)) == len(made)
    assert all(0 < found < 2**63 for found in made)


def test_ids_rise_on_one_workstation_and_differ_between_two():
    first, second = IdMint(3), IdMint(4)
    made = [first.next() for _ in range(10_000)]

    assert made == sorted(set(made))
    assert not set(made) & {second.next() for _ in range(10_000)}
    assert IdMint(3 + 1024).next() >> 12 & 1023 == 3


def test_ids_last_for_decades(monkeypatch):
    far = datetime(2090, 1, 1, tzinfo=UTC)
    monkeypatch.setattr("time.time_ns", lambda: int(far.timestamp() * 1e9))

    assert 0 < IdMint(1023).next() < 2**63


def test_a_sqlite_file_is_always_opened_safely(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'hall.db'}")
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    engine.dispose()

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    assert sqlite_path("postgresql://x/y") is None
    assert sqlite_path("sqlite://") is None

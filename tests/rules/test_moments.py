from datetime import UTC, date, datetime

import pytest

from desk.rules.moments import SHANGHAI, day_of, end_of, from_wall, in_shanghai, in_utc


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="zone"):
        in_shanghai(datetime(2026, 1, 1))  # noqa: DTZ001 - the naive value is the point


def test_the_day_is_the_one_shanghai_has():
    assert day_of(datetime(2026, 12, 31, 16, tzinfo=UTC)) == date(2027, 1, 1)
    assert day_of(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == date(2026, 12, 31)


def test_the_end_of_a_day_is_the_start_of_the_next():
    assert end_of(date(2026, 12, 31)) == datetime(2027, 1, 1, tzinfo=SHANGHAI)


def test_a_wall_time_is_read_as_shanghai_and_a_full_moment_is_kept():
    wall = datetime(2026, 8, 3, 9, 5)  # noqa: DTZ001 - a wall time has no zone
    assert in_utc(from_wall(wall)) == datetime(2026, 8, 3, 1, 5, tzinfo=UTC)
    assert from_wall(datetime(2026, 8, 3, 1, 5, tzinfo=UTC)).hour == 9

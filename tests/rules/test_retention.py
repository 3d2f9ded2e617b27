"""How long files are kept, to the day, and since when they are under seal."""

from datetime import date, timedelta

import pytest

from desk.rules.retention import is_sealed_by, retention_years, years_after, years_before


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("永久", None),
        ("长期", 30),
        ("短期", 10),
        ("短期 5 年", 5),
        ("30年", 30),
        ("至 2036 年", None),
    ],
)
def test_the_words_on_the_cover_are_years(words, years):
    assert retention_years(words) == years


def test_the_anniversary_of_a_leap_day_is_the_28th():
    assert years_after(date(2024, 2, 29), 2) == date(2026, 2, 28)
    assert years_after(date(2024, 2, 28), 4) == date(2028, 2, 28)


def test_what_is_old_enough_is_what_has_had_its_anniversary():
    day = date(2023, 12, 20)
    while day < date(2029, 3, 5):
        for years in (0, 1, 2, 4):
            last = years_before(day, years)
            assert years_after(last, years) <= day, day
            if (day.month, day.day) != (2, 28):
                assert years_after(last + timedelta(days=1), years) > day, day
        day += timedelta(days=1)


def test_a_file_is_under_seal_from_its_anniversary_on():
    ended = date(2026, 11, 2)
    assert not is_sealed_by(ended, 2, date(2028, 11, 1))
    assert is_sealed_by(ended, 2, date(2028, 11, 2))
    assert is_sealed_by(ended, 0, ended)

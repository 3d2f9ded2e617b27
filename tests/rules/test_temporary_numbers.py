"""A temporary number that was misread or mistyped is never taken for another one."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desk.rules.temporary_numbers import read_temporary_number, temporary_number

NUMBERS = st.builds(
    temporary_number,
    st.integers(0, 9999),
    st.dates(date(2026, 1, 1), date(2060, 12, 31)),
    st.integers(1, 99999),
)


def test_a_number_says_station_day_and_turn():
    assert temporary_number(4821, date(2026, 11, 22), 3) == "T-4821-261122-003-26"


@given(NUMBERS)
def test_a_number_is_read_however_it_is_typed(number):
    for typed in (number, number.lower(), number.replace("-", ""), f" {number} "):
        assert read_temporary_number(typed) == number


@given(NUMBERS, st.data())
def test_one_wrong_digit_is_found(number, data):
    places = [at for at, mark in enumerate(number) if mark.isdigit()]
    at = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([mark for mark in "0123456789" if mark != number[at]]))
    assert read_temporary_number(number[:at] + digit + number[at + 1 :]) is None


@given(NUMBERS, st.data())
def test_two_digits_that_changed_places_are_found(number, data):
    places = [at for at, mark in enumerate(number) if mark.isdigit()]
    one, other = data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))
    marks = list(number)
    marks[one], marks[other] = marks[other], marks[one]
    swapped = "".join(marks)
    assert read_temporary_number(swapped) == (number if swapped == number else None)


def test_other_words_are_no_temporary_number():
    assert [
        read_temporary_number(text) for text in ("", "T", "青榕〔2026〕12号", "13800000000")
    ] == [None] * 4

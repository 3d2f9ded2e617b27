"""What must hold for every limit, whatever the calendar and the pauses."""

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.rules.calendar_files import read_calendar
from desk.rules.codes import SpanUnit
from desk.rules.moments import SHANGHAI, day_of, end_of, last_day_of
from desk.rules.spans import Span, days_between, due, time_between
from desk.rules.working_days import built_in_calendar

HALL = built_in_calendar()
SAID = {
    "weekly": {
        "mon": ["08:00-12:00", "14:00-18:00"],
        "tue": ["08:00-18:00"],
        "sat": ["20:00-24:00"],
        "sun": ["00:00-02:00"],
    },
    "holidays": ["2026-05-04", "2026-02-17", "2025-10-06"],
    "shifts": {
        "2026-05-06": ["09:00-09:30"],
        "2025-10-04": ["16:00-17:00", "09:00-10:00"],
        "2026-02-16": [],
    },
}
ODD = read_calendar(json.dumps(SAID))
DAYS = {SpanUnit.DAY, SpanUnit.WORKING_DAY}
MINUTE, ONE_DAY = timedelta(minutes=1), timedelta(days=1)
LEAD = 25 * 24 * 60  # minutes by which pauses lie earlier where a limit counts back

calendars = st.sampled_from([HALL, ODD])
minutes = st.integers(0, 60 * 24 * 400)
units = st.sampled_from(list(SpanUnit))


def moment(minute: int) -> datetime:
    return datetime(2025, 9, 1, tzinfo=SHANGHAI) + timedelta(minutes=minute)


def stretch(start: int, length: int) -> tuple[datetime, datetime]:
    return moment(start), moment(start + length)


spans = st.builds(
    lambda unit, n: Span(n % 12 + 1 if unit in DAYS else n, unit), units, st.integers(1, 90)
)
# pauses, as minutes from the start of the limit on and their length: near enough to matter
near = st.tuples(st.integers(-3 * 24 * 60, 25 * 24 * 60), st.integers(0, 60 * 24 * 6))
pauses = st.lists(near, max_size=4)


def beside(start: int, offsets: list[tuple[int, int]]) -> list[tuple[datetime, datetime]]:
    return [stretch(start + offset, length) for offset, length in offsets]


@given(minutes, spans, calendars, pauses)
def test_what_was_added_can_be_measured_again(start, span, calendar, offsets):
    stops = beside(start, offsets)
    end = due(moment(start), span, calendar, pauses=stops).at
    if span.unit in DAYS:
        counted = days_between(moment(start), end, span.unit, calendar, stops)
        assert len(counted) == span.amount
        assert counted[-1] == end
    else:
        assert time_between(moment(start), end, span.unit, calendar, stops) == span.length


@given(minutes, spans, calendars, pauses, near)
def test_a_further_pause_never_makes_a_deadline_earlier(start, span, calendar, offsets, extra):
    stops, more = beside(start, offsets), beside(start, [*offsets, extra])
    before = due(moment(start), span, calendar, pauses=stops).at
    assert due(moment(start), span, calendar, pauses=more).at >= before


@given(minutes, spans, calendars, near, st.floats(0, 1))
def test_splitting_a_pause_changes_nothing(start, span, calendar, whole, share):
    [(a, b)] = beside(start, [whole])
    middle = a + (b - a) * share
    assert due(moment(start), span, calendar, pauses=[(a, b)]) == due(
        moment(start), span, calendar, pauses=[(middle, b), (a, middle)]
    )


@given(minutes, st.integers(0, 60 * 24 * 20), spans, calendars, pauses, st.booleans())
def test_starting_later_never_ends_earlier(start, later, span, calendar, offsets, rollover):
    stops = beside(start, offsets)
    early = due(moment(start), span, calendar, pauses=stops, rollover=rollover).at
    late = due(moment(start + later), span, calendar, pauses=stops, rollover=rollover).at
    assert late >= early


@given(minutes, spans, calendars)
def test_a_longer_span_never_ends_earlier_and_none_ends_before_it_starts(start, span, calendar):
    longer = Span(span.amount + 1, span.unit)
    end = due(moment(start), span, calendar).at
    assert moment(start) <= end < due(moment(start), longer, calendar).at


@given(minutes, st.integers(1, 40), calendars)
@pytest.mark.parametrize("unit", [SpanUnit.HOUR, SpanUnit.WORKING_HOUR, SpanUnit.WORKING_MINUTE])
def test_counting_back_undoes_counting_forward(unit, start, amount, calendar):
    end = due(moment(start), Span(amount, unit), calendar).at
    again = due(end, Span(-amount, unit), calendar).at
    assert time_between(again, end, unit, calendar) == Span(amount, unit).length
    assert again >= moment(start)


@given(minutes, spans, calendars, pauses, st.booleans())
def test_working_limits_end_inside_open_hours(start, span, calendar, offsets, rollover):
    stops = beside(start, offsets)
    at = due(moment(start), span, calendar, pauses=stops, rollover=rollover).at
    if span.unit in {SpanUnit.WORKING_DAY, SpanUnit.WORKING_HOUR, SpanUnit.WORKING_MINUTE}:
        day = (at - timedelta(microseconds=1)).date()
        assert any(a < at <= b for a, b in calendar.windows_on(day))


@given(minutes, st.integers(-60, 60), calendars)
def test_rolling_over_lands_on_a_working_day_and_never_turns_round(start, amount, calendar):
    span = Span(amount, SpanUnit.DAY)
    plain = due(moment(start), span, calendar).at
    rolled = due(moment(start), span, calendar, rollover=True).at
    assert calendar.is_working_day(last_day_of(rolled))
    assert rolled <= plain if amount < 0 else rolled >= plain


@given(minutes, spans, calendars, pauses, near)
def test_counting_back_a_further_pause_never_makes_a_moment_later(
    start, span, calendar, offsets, extra
):
    back = Span(-span.amount, span.unit)
    stops, more = beside(start - LEAD, offsets), beside(start - LEAD, [*offsets, extra])
    before = due(moment(start), back, calendar, pauses=stops).at
    assert due(moment(start), back, calendar, pauses=more).at <= before


@given(minutes, st.integers(1, 30), calendars)
def test_working_days_forwards_and_back_return_to_the_same_day(start, amount, calendar):
    day = calendar.on_or_after(day_of(moment(start)))
    there = calendar.working_day_after(day, amount)
    assert calendar.working_day_after(there, -amount) == day


@given(minutes, spans, pauses, st.randoms(use_true_random=False))
def test_the_order_in_which_days_and_pauses_are_named_does_not_matter(start, span, offsets, chance):
    stops = beside(start, offsets)

    def shuffled(rows):
        rows = list(rows)
        chance.shuffle(rows)
        return rows

    other = read_calendar(
        json.dumps(
            {
                "shifts": {day: shuffled(SAID["shifts"][day]) for day in shuffled(SAID["shifts"])},
                "holidays": shuffled(SAID["holidays"]),
                "weekly": {day: shuffled(SAID["weekly"][day]) for day in shuffled(SAID["weekly"])},
            }
        )
    )
    assert other == ODD
    assert due(moment(start), span, other, pauses=shuffled(stops)) == due(
        moment(start), span, ODD, pauses=stops
    )


@given(minutes, st.integers(-12, 12), pauses)
def test_calendar_days_are_those_that_do_not_end_in_a_pause(start, amount, offsets):
    stops = beside(start if amount > 0 else start - LEAD, offsets)
    day, left = day_of(moment(start)), abs(amount)
    while left:
        day += ONE_DAY if amount > 0 else -ONE_DAY
        left -= not any(a < end_of(day) <= b for a, b in stops)
    assert due(moment(start), Span(amount, SpanUnit.DAY), HALL, pauses=stops).at == end_of(day)


@settings(max_examples=25)
@given(minutes, st.integers(1, 500), calendars, pauses)
def test_walking_minute_by_minute_comes_to_the_same_end(start, amount, calendar, offsets):
    stops = beside(start, offsets)
    at, left = moment(start), amount
    while left:
        is_open = any(a <= at < b for a, b in calendar.windows_on(at.date()))
        left -= is_open and not any(a <= at < b for a, b in stops)
        at += MINUTE
    span = Span(amount, SpanUnit.WORKING_MINUTE)
    assert due(moment(start), span, calendar, pauses=stops).at == at

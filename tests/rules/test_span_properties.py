"""What must hold for every limit, whatever the calendar and the pauses."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.calendar_files import read_calendar
from desk.rules.codes import SpanUnit
from desk.rules.moments import SHANGHAI
from desk.rules.spans import Span, days_between, due, time_between
from desk.rules.working_days import built_in_calendar

HALL = built_in_calendar()
ODD = read_calendar(
    '{"weekly": {"mon": ["08:00-12:00", "14:00-18:00"], "tue": ["08:00-18:00"], '
    '"sat": ["20:00-24:00"], "sun": ["00:00-02:00"]}, "holidays": ["2026-05-04"], '
    '"shifts": {"2026-05-06": ["09:00-09:30"]}}'
)
DAYS = {SpanUnit.DAY, SpanUnit.WORKING_DAY}

calendars = st.sampled_from([HALL, ODD])
minutes = st.integers(0, 60 * 24 * 400)
units = st.sampled_from(list(SpanUnit))
stretches = st.tuples(minutes, st.integers(0, 60 * 24 * 12))


def moment(minute: int) -> datetime:
    return datetime(2025, 9, 1, tzinfo=SHANGHAI) + timedelta(minutes=minute)


def stretch(start: int, length: int) -> tuple[datetime, datetime]:
    return moment(start), moment(start + length)


spans = st.builds(
    lambda unit, n: Span(n % 12 + 1 if unit in DAYS else n, unit), units, st.integers(1, 90)
)
pauses = st.lists(stretches.map(lambda s: stretch(*s)), max_size=4)


@given(minutes, spans, calendars, pauses)
def test_what_was_added_can_be_measured_again(start, span, calendar, stops):
    end = due(moment(start), span, calendar, pauses=stops).at
    if span.unit in DAYS:
        counted = days_between(moment(start), end, span.unit, calendar, stops)
        assert len(counted) == span.amount
        assert counted[-1] == end
    else:
        assert time_between(moment(start), end, span.unit, calendar, stops) == span.length


@given(minutes, spans, calendars, pauses, stretches)
def test_a_further_pause_never_makes_a_deadline_earlier(start, span, calendar, stops, extra):
    before = due(moment(start), span, calendar, pauses=stops).at
    assert due(moment(start), span, calendar, pauses=[*stops, stretch(*extra)]).at >= before


@given(minutes, spans, calendars, stretches, st.floats(0, 1))
def test_splitting_a_pause_changes_nothing(start, span, calendar, whole, share):
    a, b = stretch(*whole)
    middle = a + (b - a) * share
    assert due(moment(start), span, calendar, pauses=[(a, b)]) == due(
        moment(start), span, calendar, pauses=[(middle, b), (a, middle)]
    )


@given(minutes, st.integers(0, 60 * 24 * 20), spans, calendars, pauses, st.booleans())
def test_starting_later_never_ends_earlier(start, later, span, calendar, stops, rollover):
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
def test_working_limits_end_inside_open_hours(start, span, calendar, stops, rollover):
    at = due(moment(start), span, calendar, pauses=stops, rollover=rollover).at
    if span.unit in {SpanUnit.WORKING_DAY, SpanUnit.WORKING_HOUR, SpanUnit.WORKING_MINUTE}:
        day = (at - timedelta(microseconds=1)).date()
        assert any(a < at <= b for a, b in calendar.windows_on(day))

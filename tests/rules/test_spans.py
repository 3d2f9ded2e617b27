from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from desk.rules.calendar_files import read_calendar
from desk.rules.codes import SpanUnit
from desk.rules.errors import RuleBroken
from desk.rules.moments import SHANGHAI
from desk.rules.spans import Span, days_between, due, parse_span, point_between, time_between
from desk.rules.working_days import ALL_DAY, built_in_calendar

HALL = built_in_calendar()  # 9:00–12:00, 14:00–18:00
UNTIMED = built_in_calendar(ALL_DAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def ends(start: str, span: str, calendar=HALL, *, pauses=(), rollover=False) -> str:
    stops = [(at(a), at(b)) for a, b in pauses]
    result = due(at(start), parse_span(span), calendar, pauses=stops, rollover=rollover)
    return f"{result.at.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90m", Span(90, SpanUnit.MINUTE)),
        ("5h", Span(5, SpanUnit.HOUR)),
        ("5wh", Span(5, SpanUnit.WORKING_HOUR)),
        ("210wm", Span(210, SpanUnit.WORKING_MINUTE)),
        ("3wd", Span(3, SpanUnit.WORKING_DAY)),
        ("60d", Span(60, SpanUnit.DAY)),
        ("-3wd", Span(-3, SpanUnit.WORKING_DAY)),
        ("+2H", Span(2, SpanUnit.HOUR)),
        (" ３ｗｄ ", Span(3, SpanUnit.WORKING_DAY)),
    ],
)
def test_spans_are_read(text, span):
    assert parse_span(text) == span


@pytest.mark.parametrize("text", ["", "3", "wd", "3 天", "1.5h", "²d", "--3d", "3w", "3dd"])
def test_other_texts_are_refused_with_an_example(text):
    with pytest.raises(RuleBroken, match="请写成 90m"):
        parse_span(text)


@pytest.mark.parametrize("text", ["99999999d", "36601wd", "878401h"])
def test_spans_of_more_than_a_century_are_refused(text):
    with pytest.raises(RuleBroken, match="最多推算一百年"):
        parse_span(text)


@pytest.mark.parametrize(
    ("start", "span", "result"),
    [
        # the golden cases of DOMAIN.md 4.5
        ("2026-09-24T10:00", "3wd", "2026-09-30T18:00"),
        ("2026-09-18T10:00", "3wd", "2026-09-22T18:00"),
        ("2026-04-30T10:00", "3wd", "2026-05-08T18:00"),
        ("2026-09-24T10:00", "72h", "2026-09-27T10:00"),
        # midnight, new year, leap day
        ("2026-11-23T23:55", "10m", "2026-11-24T00:05"),
        ("2026-12-31T23:30", "2h", "2027-01-01T01:30"),
        ("2024-02-28T10:00", "1d", "2024-03-01T00:00"),
        ("2024-02-28T10:00", "2wd", "2024-03-01T18:00"),
        ("2024-02-28T10:00", "24h", "2024-02-29T10:00"),
        ("2023-12-29T10:00", "1wd", "2024-01-02T18:00"),
        ("2024-12-31T23:59", "1wd", "2025-01-02T18:00"),
        # weekends that are worked, 2024–2026
        ("2024-02-02T16:00", "1wd", "2024-02-04T18:00"),
        ("2025-01-24T16:00", "1wd", "2025-01-26T18:00"),
        ("2026-02-13T16:00", "1wd", "2026-02-14T18:00"),
        ("2026-02-14T16:00", "1wd", "2026-02-24T18:00"),
        # working hours
        ("2026-03-06T10:00", "2wh", "2026-03-06T12:00"),
        ("2026-03-06T10:00", "121wm", "2026-03-06T14:01"),
        ("2026-03-06T10:00", "6wh", "2026-03-06T18:00"),
        ("2026-03-06T10:00", "361wm", "2026-03-09T09:01"),
        ("2026-03-06T12:30", "1wh", "2026-03-06T15:00"),
        ("2026-03-07T12:30", "1wh", "2026-03-09T10:00"),
        ("2026-03-06T18:00", "3wh", "2026-03-09T12:00"),
        # backwards
        ("2026-03-09T10:00", "-90m", "2026-03-09T08:30"),
        ("2026-03-09T10:00", "-1wh", "2026-03-09T09:00"),
        ("2026-03-09T10:00", "-2wh", "2026-03-06T17:00"),
        ("2026-03-09T10:00", "-1wd", "2026-03-06T18:00"),
        ("2026-03-09T10:00", "-1d", "2026-03-09T00:00"),
        # nothing to count
        ("2026-03-07T10:00", "0wh", "2026-03-07T10:00"),
        ("2026-03-06T10:00", "0wd", "2026-03-06T18:00"),
    ],
)
def test_when_a_span_ends(start, span, result):
    assert ends(start, span) == result


@pytest.mark.parametrize(
    ("start", "span", "result"),
    [
        ("2026-08-03T10:00", "60d", "2026-10-09T00:00"),  # 24:00 of 10-08
        ("2026-04-01T10:00", "30d", "2026-05-07T00:00"),  # 24:00 of 05-06
        ("2026-03-02T10:00", "1d", "2026-03-04T00:00"),
        ("2026-10-10T10:00", "-5d", "2026-10-01T00:00"),  # 24:00 of 09-30
        ("2026-09-24T10:00", "72h", "2026-09-27T10:00"),
        ("2026-09-24T10:00", "3wd", "2026-09-30T18:00"),
    ],
)
def test_only_calendar_days_roll_over_a_day_of_rest(start, span, result):
    assert ends(start, span, rollover=True) == result
    assert ends("2026-08-03T10:00", "60d") == "2026-10-03T00:00"


def test_without_hours_a_working_day_ends_at_midnight():
    assert ends("2026-09-24T10:00", "3wd", UNTIMED) == "2026-10-01T00:00"


@pytest.mark.parametrize("span", ["1wh", "90wm"])
def test_without_hours_nothing_can_be_counted_in_working_hours(span):
    with pytest.raises(RuleBroken, match="没有写工作时段"):
        ends("2026-09-24T10:00", span, UNTIMED)


@pytest.mark.parametrize(
    ("span", "pauses", "result"),
    [
        # minutes and hours stand still
        ("2h", [("2026-03-02T10:30", "2026-03-02T13:00")], "2026-03-02T14:30"),
        ("2h", [("2026-03-02T09:00", "2026-03-02T11:00")], "2026-03-02T13:00"),
        ("2h", [("2026-03-02T12:00", "2026-03-02T13:00")], "2026-03-02T12:00"),
        ("2h", [("2026-03-01T10:30", "2026-03-01T13:00")], "2026-03-02T12:00"),
        ("4wh", [("2026-03-02T11:00", "2026-03-02T15:00")], "2026-03-02T18:00"),
        ("4wh", [("2026-03-02T12:00", "2026-03-02T14:00")], "2026-03-02T16:00"),
        # a day counts only if the clock runs when it ends
        ("3wd", [("2026-03-03T09:00", "2026-03-03T17:00")], "2026-03-05T18:00"),
        ("3wd", [("2026-03-03T09:00", "2026-03-03T18:00")], "2026-03-06T18:00"),
        ("3wd", [("2026-03-03T10:00", "2026-03-04T10:00")], "2026-03-06T18:00"),
        ("3wd", [("2026-03-03T10:00", "2026-03-05T15:00")], "2026-03-09T18:00"),
        ("3wd", [("2026-03-07T00:00", "2026-03-09T00:00")], "2026-03-05T18:00"),
        ("3d", [("2026-03-03T10:00", "2026-03-05T15:00")], "2026-03-08T00:00"),
        ("3d", [("2026-03-03T00:00", "2026-03-04T00:00")], "2026-03-07T00:00"),
        # touching and overlapping pauses are one
        (
            "2h",
            [("2026-03-02T11:00", "2026-03-02T12:00"), ("2026-03-02T10:30", "2026-03-02T11:30")],
            "2026-03-02T13:30",
        ),
        # backwards
        ("-2h", [("2026-03-02T08:00", "2026-03-02T09:00")], "2026-03-02T07:00"),
        ("-1wd", [("2026-02-27T00:00", "2026-03-01T00:00")], "2026-02-26T18:00"),
    ],
)
def test_paused_time_does_not_count(span, pauses, result):
    assert ends("2026-03-02T10:00", span, pauses=pauses) == result


def test_a_pause_that_ends_before_it_starts_is_refused():
    with pytest.raises(RuleBroken, match="暂停的结束时刻早于开始时刻"):
        ends("2026-03-02T10:00", "2h", pauses=[("2026-03-02T11:00", "2026-03-02T10:00")])


@pytest.mark.parametrize(
    ("start", "span", "years"),
    [
        ("2026-12-31T10:00", "3wd", ["2027"]),
        ("2026-12-31T16:00", "3wh", ["2027"]),
        ("2003-12-31T10:00", "1wd", []),
        ("2026-12-30T10:00", "1wd", []),
        ("2027-01-04T10:00", "-1wd", ["2027"]),
        ("2026-12-31T16:00", "2wh", []),
        ("2004-01-02T10:00", "-4wh", ["2003"]),
        ("2026-12-31T10:00", "72h", []),
        ("2026-12-31T10:00", "3d", []),
    ],
)
def test_years_without_a_notice_are_never_guessed_in_silence(start, span, years):
    warnings = due(at(start), parse_span(span), HALL).warnings
    assert len(warnings) == len(years)
    assert all(any(year in warning for warning in warnings) for year in years)


def test_rolling_over_asks_only_about_the_last_day():
    rolled = due(at("2026-12-03T10:00"), parse_span("30d"), HALL, rollover=True)
    assert [warning[:4] for warning in rolled.warnings] == ["2027"]
    early = due(at("2027-12-03T10:00"), parse_span("-400d"), HALL, rollover=True)
    assert early.warnings == ()


def test_a_calendar_file_covers_only_the_years_it_names():
    weekly = '{"weekly": {"mon": ["08:00-12:00"]}, "holidays": ["2026-03-09"]}'
    calendar = read_calendar(weekly)
    assert due(at("2026-03-02T10:00"), parse_span("1wd"), calendar).warnings == ()
    assert ends("2026-03-02T10:00", "1wd", calendar) == "2026-03-16T12:00"
    assert due(at("2025-03-03T10:00"), parse_span("1wd"), calendar).warnings != ()


def test_moments_of_any_zone_are_counted_in_shanghai():
    start = datetime(2026, 9, 24, 16, 30, tzinfo=UTC)  # 00:30 of the 25th, a holiday
    assert due(start, parse_span("1d"), HALL).at == at("2026-09-27T00:00")


@pytest.mark.parametrize("start", ["1899-12-31T23:59", "2200-01-01T00:00"])
def test_impossible_years_are_refused(start):
    with pytest.raises(RuleBroken, match="请检查年份"):
        ends(start, "1d")
    with pytest.raises(RuleBroken, match="请检查年份"):
        ends("2026-03-02T10:00", "1d", pauses=[(start, start)])


@pytest.mark.parametrize(
    ("start", "span", "result"),
    [
        ("1900-01-01T00:00", "1d", "1900-01-03T00:00"),
        ("2199-12-31T23:59", "1h", "2200-01-01T00:59"),
        ("2026-03-02T10:00", "36600d", "2126-05-18T00:00"),
    ],
)
def test_the_first_and_the_last_that_can_be_reckoned(start, span, result):
    assert ends(start, span) == result


@pytest.mark.parametrize("span", ["1000wh", "-1000wh"])
def test_a_calendar_that_hardly_opens_is_not_searched_for_ever(span):
    rare = read_calendar('{"weekly": {"mon": ["09:00-09:01"]}}')
    with pytest.raises(RuleBroken, match="推算不到那么远"):
        ends("2026-03-02T10:00", span, rare)


def test_time_and_days_that_count_between_two_moments():
    start, end = at("2026-03-06T10:00"), at("2026-03-09T10:00")
    assert time_between(start, end, SpanUnit.HOUR, HALL) == timedelta(days=3)
    assert time_between(start, end, SpanUnit.WORKING_HOUR, HALL) == timedelta(hours=7)
    assert time_between(start, end, SpanUnit.WORKING_DAY, HALL) == timedelta(hours=7)
    pause = [(at("2026-03-06T11:00"), at("2026-03-06T15:00"))]
    assert time_between(start, end, SpanUnit.WORKING_HOUR, HALL, pause) == timedelta(hours=5)
    assert days_between(start, at("2026-03-10T18:00"), SpanUnit.WORKING_DAY, HALL) == (
        at("2026-03-09T18:00"),
        at("2026-03-10T18:00"),
    )


def test_a_share_of_a_limit_is_a_share_of_the_time_that_counts():
    start, end = at("2026-03-06T16:00"), at("2026-03-09T18:00")  # 2 + 7 hours
    half = point_between(start, end, Fraction(1, 2), SpanUnit.WORKING_DAY, HALL)
    assert half == at("2026-03-09T11:30")
    most = point_between(start, end, Fraction(4, 5), SpanUnit.WORKING_DAY, HALL)
    assert most == at("2026-03-09T16:12")
    clock = point_between(start, end, Fraction(1, 2), SpanUnit.HOUR, HALL)
    assert clock == at("2026-03-08T05:00")

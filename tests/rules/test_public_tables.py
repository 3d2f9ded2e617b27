"""The tables of public test suites: their inputs, their results, and why ours differ."""

from datetime import timedelta
from itertools import islice, pairwise

import pytest

from desk.rules.codes import SpanUnit
from desk.rules.errors import RuleBroken
from desk.rules.spans import due, parse_span, time_between
from tests.rules.span_tables import calendars_of, length, moment, pauses_of, table, window

SUITES = {name: table(name) for name in ("zammad", "znuny", "glpi", "biz")}
CALENDARS = {name: calendars_of(suite) for name, suite in SUITES.items()}
MINUTE = timedelta(minutes=1)


def rows(kind, columns):
    """Return the rows of a kind from all suites: calendar, pauses, inputs, what we answer."""
    found = []
    for name, suite in SUITES.items():
        for part in suite.get(kind, []):
            for row in part["rows"]:
                what, calendar, *inputs = row[:columns]
                theirs, *ours = row[columns:]
                assert not ours or (ours[0] != theirs and ours[1] in suite["reasons"]), row
                answer = ours[0] if ours else theirs
                pauses = pauses_of(part.get("pauses", []))
                said = f"{name}: {part.get('what', '')} {what}"
                values = (CALENDARS[name][calendar], pauses, *inputs, answer)
                found.append(pytest.param(*values, id=said))
    return found


@pytest.mark.parametrize(("calendar", "pauses", "start", "span", "answer"), rows("due", 4))
def test_when_limits_of_public_suites_end(calendar, pauses, start, span, answer):
    assert due(moment(start), parse_span(span), calendar, pauses=pauses).at == moment(answer)


@pytest.mark.parametrize(
    ("calendar", "pauses", "unit", "start", "end", "answer"), rows("between", 5)
)
def test_how_much_time_public_suites_measure(calendar, pauses, unit, start, end, answer):
    kind = parse_span(f"1{unit}").unit
    counted = time_between(moment(start), moment(end), kind, calendar, pauses)
    assert counted == length(answer)


@pytest.mark.parametrize(("calendar", "pauses", "at", "is_open"), rows("open", 3))
def test_when_public_suites_are_open(calendar, pauses, at, is_open):
    minute = (moment(at), moment(at) + MINUTE)
    counted = time_between(*minute, SpanUnit.WORKING_MINUTE, calendar, pauses)
    assert (counted == MINUTE) is is_open


@pytest.mark.parametrize(
    ("calendar", "day", "is_worked"),
    [
        pytest.param(CALENDARS[name][calendar], *row, id=f"{name}: {calendar} {row[0]}")
        for name, suite in SUITES.items()
        for part in suite.get("days", [])
        for calendar, *row in part["rows"]
    ],
)
def test_which_days_public_suites_work(calendar, day, is_worked):
    assert calendar.is_working_day(moment(day).date()) is is_worked


@pytest.mark.parametrize("walk", SUITES["biz"]["walk"], ids=lambda walk: walk["what"])
def test_how_public_suites_walk_over_open_hours(walk):
    calendar = CALENDARS["biz"][walk["calendar"]]
    pauses = pauses_of(walk.get("pauses", []))
    origin, back = moment(walk["origin"]), walk.get("back", False)
    windows = [window(text) for text in walk["theirs"]]

    if not pauses:
        assert list(islice(calendar.windows(origin, back=back), len(windows))) == windows
    edges = sorted({origin, *(edge for pair in windows for edge in pair)})
    for a, b in pairwise(edges):
        counted = time_between(a, b, SpanUnit.WORKING_MINUTE, calendar, pauses)
        assert counted == (b - a if (a, b) in windows else timedelta())


@pytest.mark.parametrize("span", ["2y", "invalid", "2", "unsupported2h"])
def test_units_that_public_suites_refuse_are_refused(span):
    with pytest.raises(RuleBroken):
        parse_span(span)

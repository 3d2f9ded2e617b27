"""Our own table of limits: worked weekends, midnight, new year, pauses, years without a notice."""

import pytest

from desk.rules.spans import due, parse_span
from desk.rules.working_days import built_in_calendar, missing_year_warning
from tests.rules.span_tables import calendars_of, moment, pauses_of, table

TABLE = table("hall")
CALENDARS = {"hall": built_in_calendar(), **calendars_of(TABLE)}


@pytest.mark.parametrize(
    ("part", "row"),
    [
        pytest.param(part, row, id=f"{part['what']}: {row[0]}")
        for part in TABLE["due"]
        for row in part["rows"]
    ],
)
def test_when_our_limits_end_and_what_is_said_about_them(part, row):
    _, calendar, start, span, answer, *rollover = row
    end = due(
        moment(start),
        parse_span(span),
        CALENDARS[calendar],
        pauses=pauses_of(part.get("pauses", [])),
        rollover=part.get("rollover", False) or rollover == ["rollover"],
    )

    assert end.at == moment(answer)
    assert end.warnings == tuple(missing_year_warning(year) for year in part.get("years", []))

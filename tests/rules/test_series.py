"""Series fall on the days that an independent expander gives; days off go as the hall says."""

import random
from datetime import date, datetime, time, timedelta

import pytest
from dateutil import rrule

from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import HolidayWay, RepeatRule
from desk.rules.series import (
    LONGEST_DAYS,
    MOST_OCCURRENCES,
    Occurrence,
    Repeat,
    days_of,
    planned,
)
from desk.rules.working_days import built_in_calendar

R = RepeatRule
HOW_MANY = 3000
MONDAY = date(2026, 9, 21)  # in the week before the October holidays of 2026


def random_series(random_one):
    rule = random_one.choice(list(RepeatRule))
    starts_on = date(2025, 1, 1) + timedelta(days=random_one.randrange(900))
    repeat = {
        "rule": rule,
        "starts_on": starts_on,
        "every": random_one.choice([1, 1, 1, 2, 3, 5, 12]),
    }
    if rule is R.WEEKLY:
        repeat["weekdays"] = tuple(random_one.sample(range(7), random_one.randint(1, 5)))
    if rule is R.MONTHLY_WEEKDAY:
        repeat["weekdays"] = (random_one.randrange(7),)
        repeat["nth"] = random_one.choice([1, 2, 3, 4, 5, -1])
    if random_one.random() < 0.5:
        repeat["count"] = random_one.randint(1, 60)
    else:
        repeat["until"] = starts_on + timedelta(days=random_one.randrange(LONGEST_DAYS))
    return Repeat(**repeat)


def independent(repeat):
    """Return the days that python-dateutil gives for the same rule."""
    kinds = {R.DAILY: rrule.DAILY, R.WEEKLY: rrule.WEEKLY}
    more = {}
    if repeat.rule is R.WEEKLY:
        more["byweekday"] = repeat.weekdays
    if repeat.rule is R.MONTHLY_DAY:
        more["bymonthday"] = repeat.starts_on.day
    if repeat.rule is R.MONTHLY_WEEKDAY:
        more["byweekday"] = rrule.weekday(repeat.weekdays[0], repeat.nth)
    end = repeat.until or repeat.starts_on + timedelta(days=LONGEST_DAYS)
    found = rrule.rrule(
        kinds.get(repeat.rule, rrule.MONTHLY),
        dtstart=datetime.combine(repeat.starts_on, time(9)),
        interval=repeat.every,
        until=datetime.combine(end, time(23)),
        **more,
    )
    return tuple(moment.date() for moment in found)[: repeat.count]


def test_thousands_of_random_series_agree_with_an_independent_expander():
    luck = random.Random(5545)  # noqa: S311 - the same series on every machine
    several = [random_series(luck) for _ in range(HOW_MANY)]
    differing = [one for one in several if days_of(one) != independent(one)]

    assert differing == []
    assert {one.rule for one in several} == set(RepeatRule)
    assert sum(len(days_of(one)) for one in several) > 20 * HOW_MANY


def weekly(*weekdays, starts_on=MONDAY, **more):
    return Repeat(R.WEEKLY, starts_on, weekdays=weekdays, **more)


def days(repeat, way):
    return [one.day for one in planned(repeat, built_in_calendar(), way)]


def test_on_holidays_a_series_is_skipped_moved_on_or_kept():
    thursdays = weekly(3, count=3)  # 24 September, 1 and 8 October

    assert days(thursdays, HolidayWay.SKIP) == [date(2026, 9, 24), None, date(2026, 10, 8)]
    assert days(thursdays, HolidayWay.KEEP) == list(days_of(thursdays))
    with_friday = weekly(3, starts_on=date(2026, 9, 28), count=1)
    assert planned(with_friday, built_in_calendar(), HolidayWay.SHIFT) == (
        Occurrence(date(2026, 10, 1), date(2026, 10, 8)),
    )


def test_what_moves_on_to_a_day_that_the_series_has_already_is_left_out():
    assert days(weekly(3, count=3), HolidayWay.SHIFT) == [
        date(2026, 9, 24),
        None,
        date(2026, 10, 8),
    ]
    daily = Repeat(R.DAILY, date(2026, 10, 1), count=4)
    assert days(daily, HolidayWay.SHIFT) == [date(2026, 10, 8), None, None, None]


@pytest.mark.parametrize(
    ("repeat", "field"),
    [
        (weekly(3), "count"),
        (weekly(3, count=1, until=MONDAY), "count"),
        (weekly(3, count=0), "count"),
        (weekly(3, count=MOST_OCCURRENCES + 1), "count"),
        (weekly(3, until=MONDAY - timedelta(days=1)), "until"),
        (weekly(3, until=MONDAY + timedelta(days=LONGEST_DAYS + 1)), "until"),
        (weekly(7, count=1), "weekdays"),
        (weekly(count=1), "weekdays"),
        (Repeat(R.MONTHLY_WEEKDAY, MONDAY, weekdays=(1, 2), nth=1, count=1), "nth"),
        (Repeat(R.MONTHLY_WEEKDAY, MONDAY, weekdays=(1,), nth=6, count=1), "nth"),
        (Repeat(R.MONTHLY_WEEKDAY, MONDAY, weekdays=(1,), count=1), "nth"),
        (weekly(6, until=MONDAY), "until"),
        (Repeat(R.DAILY, MONDAY, until=MONDAY + timedelta(days=MOST_OCCURRENCES)), "until"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_beside_its_field(repeat, field):
    with pytest.raises(RuleBroken) as refusal:
        planned(repeat, built_in_calendar(), HolidayWay.SKIP)
    assert refusal.value.field == field

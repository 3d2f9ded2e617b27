"""Whom a limit reminds, when, and in which words."""

from datetime import date, datetime, timedelta

import pytest

from desk.rules.clock_reminders import (
    OwnLimit,
    Stage,
    TellingHours,
    bundle_words,
    limit_words,
    promised_limit,
    tally,
    telling_hours,
    untold,
    wake_at,
)
from desk.rules.codes import Urgency
from desk.rules.machine_clock import machine_clock_words
from desk.rules.moments import SHANGHAI
from desk.rules.tally import Tally
from desk.rules.working_days import built_in_calendar

QUIET = (22, 8)


def at(clock, day=2):
    return datetime.fromisoformat(f"2026-11-{day:02} {clock}").replace(tzinfo=SHANGHAI)


def limit(number=1, *, due="09:10", near="09:08", remind=None, urgency=Urgency.FAST, case=None):
    return OwnLimit(
        key=f"clock:{number}",
        case_id=case or number,
        seq=400 + number,
        name="联系",
        summary="楼道漏电",
        urgency=urgency,
        near_at=at(near),
        due_at=at(due),
        remind_at=at(remind) if remind else None,
    )


def hours(now, *, on_duty=False):
    return telling_hours(now, built_in_calendar(), QUIET, is_on_duty=on_duty)


OPEN = hours(at("09:00"))


@pytest.mark.parametrize(
    ("clock", "stage"),
    [
        ("09:07", None),
        ("09:08", Stage.NEAR),
        ("09:10", Stage.NEAR),  # what ends now is still kept
        ("09:10:01", Stage.OVER),
    ],
)
def test_a_limit_is_near_after_four_fifths_and_over_after_its_end(clock, stage):
    assert limit().stage(at(clock)) is stage


def test_the_rules_own_reminder_is_a_stage_before_or_after_four_fifths():
    early = limit(remind="09:05")
    assert early.stage(at("09:06")) is Stage.REMIND
    assert early.stage(at("09:09")) is Stage.NEAR
    assert limit(remind="09:09").stage(at("09:09")) is Stage.REMIND
    assert limit(remind="09:30").next_at(at("09:09")) > at("09:10")  # after the end: no reminder


def test_each_stage_is_told_once_and_a_moved_limit_anew():
    one = limit()
    known = set(one.marks(at("09:08")))
    assert untold([one], OPEN, known, at("09:09")) == []
    assert untold([one], OPEN, known, at("09:11")) == [one]
    moved = limit(due="09:20", near="09:08")
    assert untold([moved], OPEN, known, at("09:09")) == [moved]


def test_the_first_due_is_told_on_top():
    late, soon = limit(1, due="09:30"), limit(2, due="09:10")
    assert untold([late, soon], OPEN, (), at("09:09")) == [soon, late]


def test_the_next_look_is_when_something_becomes_near_over_or_the_hall_opens():
    now = at("09:00")
    assert wake_at([limit(), limit(2, near="09:05")], OPEN, now) == at("09:05")
    assert wake_at([], OPEN, now) == at("18:00")
    assert limit().next_at(at("09:11")) is None


@pytest.mark.parametrize(
    ("clock", "day", "is_open", "is_quiet", "changes"),
    [
        ("09:00", 2, True, False, at("18:00")),
        ("12:30", 2, True, False, at("18:00")),  # over lunch people are there
        ("18:00", 2, False, False, at("22:00")),
        ("22:30", 2, False, True, at("00:00", 3)),
        ("03:00", 3, False, True, at("08:00", 3)),
        ("08:00", 3, False, False, at("09:00", 3)),
        ("10:00", 7, False, False, at("22:00", 7)),  # a Saturday
    ],
)
def test_a_day_has_its_opening_its_closing_and_its_quiet_hours(
    clock, day, is_open, is_quiet, changes
):
    found = hours(at(clock, day))
    assert (found.is_open, found.is_quiet, found.changes_at) == (is_open, is_quiet, changes)


def test_outside_the_hours_only_urgent_cases_are_told_and_all_to_who_is_on_duty():
    night = hours(at("23:00"))
    assert not night.tells(limit())
    assert night.tells(limit(urgency=Urgency.URGENT))
    assert hours(at("23:00"), on_duty=True).tells(limit())
    assert hours(at("10:00")).tells(limit())


def test_a_hall_that_is_open_at_night_keeps_its_quiet_hours():
    open_at_night = TellingHours(
        is_open=True, is_quiet=True, is_on_duty=False, changes_at=at("08:00", 3)
    )
    assert not open_at_night.tells(limit())


def test_a_promised_call_is_told_at_its_hour_and_missed_ten_minutes_later():
    call = promised_limit(
        contact_id=7, case_id=1, seq=402, summary="", urgency=Urgency.FAST, at=at("10:00")
    )
    assert (call.stage(at("10:00")), call.stage(at("10:11"))) == (Stage.NEAR, Stage.OVER)
    assert limit_words(call, at("10:00")) == "00402 回电 将到期，限 10:10"


def test_cases_are_counted_and_not_limits():
    now = at("09:09")
    two_of_one = [limit(1, due="09:08", near="09:05", case=5), limit(2, case=5), limit(3)]
    assert tally(two_of_one, now) == Tally(over=1, near=1)
    assert tally([limit()], at("09:00")) == Tally()


def test_words_say_how_many_and_which_is_first():
    assert limit_words(limit(), at("09:08")) == "00401 联系 将到期，限 09:10"
    assert limit_words(limit(), at("09:11")) == "00401 联系 已超期，限 09:10"
    far = promised_limit(
        contact_id=7, case_id=9, seq=9, summary="", urgency=Urgency.FAST, at=at("08:00", 3)
    )
    three = [limit(number, due=f"09:{number}0") for number in (4, 3, 5)]
    assert bundle_words(three, at("09:20")) == "3 件将到期，最早 09:30"
    assert bundle_words(three, at("09:35")) == "1 件已超期，2 件将到期，最早 09:30"
    assert bundle_words([limit(), limit(2, due="23:59")], at("20:00", 2)).endswith("最早 09:10")
    assert bundle_words([limit(), far], at("08:00", 3)) == "1 件已超期，1 件将到期，最早 11 月 2 日"
    assert Tally(2, 3).short() == "（2 超期，3 将到期）"
    assert (Tally().short(), Tally().words()) == ("", "")


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(minutes=2), ""),
        (timedelta(minutes=-2), ""),
        (timedelta(minutes=5, seconds=3), "快 5 分钟"),
        (-timedelta(minutes=2, seconds=1), "慢 2 分钟"),
        (timedelta(minutes=119), "快 119 分钟"),
        (timedelta(hours=5), "快 5 小时"),
        (-timedelta(days=20, hours=3), "慢 20 天"),
    ],
)
def test_a_wrong_clock_is_said_with_its_direction(ahead, words):
    said = machine_clock_words(ahead)
    sentence = f"本机时钟比服务器{words}，时限以服务器为准。请校准本机时间。"
    assert said == (sentence if words else "")


def test_the_calendar_of_these_tests_is_an_ordinary_week():
    assert built_in_calendar().windows_on(date(2026, 11, 2))
    assert not built_in_calendar().windows_on(date(2026, 11, 7))

"""Nobody is rung at night, too often, or against his wish; numbers are read in groups."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.calling import (
    CallBar,
    CallFacts,
    CallRules,
    CallWish,
    DayPart,
    GivingUp,
    call_advice,
    day_part,
    may_ring,
    next_part,
    say_attempts,
    spaced_number,
)
from desk.rules.codes import Urgency
from desk.rules.moments import day_of

MIDNIGHT = datetime(2026, 11, 1, 16, tzinfo=UTC)  # in Shanghai, 2 November
NOON = MIDNIGHT + timedelta(hours=12)
NIGHT = MIDNIGHT + timedelta(hours=23)
USUAL = CallRules()

moments = st.integers(0, 9999).map(lambda minutes: MIDNIGHT + timedelta(minutes=minutes))
hours = st.integers(0, 23)
rules = st.builds(CallRules, quiet=st.tuples(hours, hours), per_day=st.integers(1, 9))
facts = st.builds(
    CallFacts,
    has_number=st.just(True),
    urgency=st.sampled_from(Urgency),
    calls=st.lists(moments, max_size=12).map(tuple),
)


def number(**more):
    return CallFacts(**({"has_number": True, "urgency": Urgency.FAST} | more))


def minutes_ago(*back, now=NOON):
    return tuple(now - timedelta(minutes=minutes) for minutes in back)


@pytest.mark.parametrize(
    ("hour", "may"), [(0, False), (7, False), (8, True), (12, True), (21, True), (22, False)]
)
def test_from_ten_to_eight_only_urgent_cases_are_rung(hour, may):
    at = MIDNIGHT + timedelta(hours=hour)

    assert may_ring(at, Urgency.ROUTINE) is may
    assert may_ring(at, Urgency.URGENT)


@pytest.mark.parametrize(("hour", "may"), [(11, True), (12, False), (13, False), (14, True)])
def test_a_hall_may_keep_other_hours_quiet(hour, may):
    at = MIDNIGHT + timedelta(hours=hour)

    assert may_ring(at, Urgency.FAST, (12, 14)) is may


def test_a_hall_whose_quiet_hours_end_when_they_begin_has_none():
    assert may_ring(MIDNIGHT, Urgency.FAST, (8, 8))


@pytest.mark.parametrize(
    ("found", "at", "bar", "sentence"),
    [
        (number(), NOON, None, "现在可以打。"),
        (number(calls=minutes_ago(9)), NOON, None, "这个号码今天打过 1 次，现在可以打。"),
        (
            number(calls=minutes_ago(9, 90, 200)),
            NOON,
            CallBar.CAP,
            "今天已打 3 次，每天最多 3 次，明天 8 点以后再打。",
        ),
        (
            number(calls=minutes_ago(9, 90, 200), urgency=Urgency.URGENT),
            NOON,
            CallBar.CAP,
            "今天已打 3 次，每天最多 3 次，明天 0 点以后再打。",
        ),
        (number(), NIGHT, CallBar.QUIET, "现在是夜间，8 点以后再打。"),
        (number(urgency=Urgency.URGENT), NIGHT, None, "现在可以打。"),
        (
            number(wish=CallWish(NOON, "家里有病人")),
            NOON,
            CallBar.DO_NOT_CALL,
            "诉求人今天说过请勿再打（家里有病人）。请上门、书面，或等他来厅。",
        ),
        (
            number(wish=CallWish(NOON - timedelta(days=40)), urgency=Urgency.URGENT),
            NOON,
            CallBar.DO_NOT_CALL,
            "诉求人9 月 23 日说过请勿再打。请上门、书面，或等他来厅。",
        ),
        (
            number(wish=CallWish(NOON, where="00398")),
            NOON,
            CallBar.DO_NOT_CALL,
            "此号码在 00398 记有请勿再打。请上门、书面，或等他来厅。",
        ),
        (
            number(has_number=False),
            NOON,
            CallBar.NO_NUMBER,
            "没有留电话，请上门，或等他来厅时再说。",
        ),
    ],
)
def test_one_sentence_says_whether_to_ring_why_not_and_from_when(found, at, bar, sentence):
    advice = call_advice(found, USUAL, at)

    assert (advice.bar, advice.sentence) == (bar, sentence)
    assert advice.may_ring is (bar is None)
    assert advice.needs_reason is (bar not in {None, CallBar.NO_NUMBER})


def test_a_hall_with_a_quiet_noon_does_not_call_it_night():
    advice = call_advice(number(), CallRules(quiet=(12, 14)), NOON)

    assert advice.sentence == "现在是不打电话的钟点，14 点以后再打。"


@given(facts, rules, moments)
def test_from_the_moment_that_is_named_on_the_number_may_be_rung(found, allowed, now):
    advice = call_advice(found, allowed, now)

    assert advice.from_at is not None
    assert advice.from_at >= now
    later = call_advice(
        CallFacts(True, found.urgency, tuple(c for c in found.calls if c <= now)),
        allowed,
        advice.from_at,
    )
    assert later.may_ring


@given(facts, rules, moments)
def test_nobody_is_rung_oftener_than_the_hall_allows(found, allowed, now):
    made = sum(day_of(call) == day_of(now) for call in found.calls)

    advice = call_advice(found, allowed, now)

    assert not advice.may_ring or made < allowed.per_day
    assert advice.may_ring or made >= allowed.per_day or found.urgency is not Urgency.URGENT


@given(facts, rules, moments)
def test_a_wish_not_to_be_rung_holds_at_every_hour_for_every_case(found, allowed, now):
    wished = CallFacts(True, found.urgency, found.calls, CallWish(now))

    advice = call_advice(wished, allowed, now)

    assert (advice.bar, advice.from_at) == (CallBar.DO_NOT_CALL, None)
    assert advice.needs_reason


def test_a_mobile_number_is_read_in_groups_and_any_other_as_it_stands():
    assert spaced_number("13800000031") == "138 0000 0031"
    assert spaced_number("0755-20000001") == "0755-20000001"


@pytest.mark.parametrize(
    ("hour", "part"),
    [(8, DayPart.MORNING), (12, DayPart.AFTERNOON), (17, DayPart.AFTERNOON), (18, DayPart.EVENING)],
)
def test_a_day_has_three_times_to_ring(hour, part):
    assert day_part(MIDNIGHT + timedelta(hours=hour)) is part


def test_calls_in_vain_are_said_with_the_time_of_day_to_try_next():
    yesterday = MIDNIGHT - timedelta(hours=9)
    morning = MIDNIGHT + timedelta(hours=9)

    assert say_attempts([], NOON) == ""
    assert (
        say_attempts([morning, yesterday], NOON) == "已打 2 次：昨天下午、今天上午；下一次宜在晚上"
    )


@given(st.lists(moments, max_size=9), moments)
def test_no_time_of_day_is_tried_again_before_the_others(attempts, now):
    tried = [day_part(attempt) for attempt in attempts]

    chosen = next_part(attempts, now)

    assert tried.count(chosen) == min(tried.count(part) for part in DayPart)


@pytest.mark.parametrize(
    ("rules", "hours", "made", "bar"),
    [
        (GivingUp(), (), 0, ("没有联系上的，要在不同时段打至少 3 次才能办结，"
            "现在打了 0 次；下一次宜在下午。")),
        (GivingUp(), (9, 15), 2, ("没有联系上的，要在不同时段打至少 3 次才能办结，"
            "现在打了 2 次；下一次宜在晚上。")),
        (
            GivingUp(parts=3),
            (9, 10, 15),
            0,
            ("打了 3 次，都在上午、下午；"
            "要在至少 3 个时段（上午、下午、晚上）打过才能办结，下一次宜在晚上。"),
        ),
        (GivingUp(), (9, 10, 15), 0, ""),
        (GivingUp(), (9, 15), 3, ""),  # more calls are known of than were recorded one by one
        (GivingUp(parts=1), (9, 10, 11), 0, ""),
        (GivingUp(needed=1), (9,), 0, ""),  # one attempt has one time of day
    ],
)  # fmt: skip
def test_a_case_is_given_up_after_enough_calls_at_different_times_of_day(rules, hours, made, bar):
    attempts = [MIDNIGHT + timedelta(hours=hour) for hour in hours]

    assert rules.bar(attempts, NOON + timedelta(hours=4), made) == bar

"""一把手派单: who is waited for, and that the hour is kept whatever happens."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.chief_dispatch import Turn, Waiting

NINE = datetime(2026, 11, 2, 1, tzinfo=UTC)  # 09:00 in Shanghai
ORDER = list(Turn)

minutes = st.integers(1, 60)
moments = st.integers(0, 24 * 60).map(lambda m: NINE + timedelta(minutes=m))
waits = st.builds(
    Waiting,
    proposed_at=st.none() | moments,
    near_at=st.none() | moments,
    minutes=minutes,
    has_deputy=st.booleans(),
)


def at(hour, minute=0):
    return NINE.replace(hour=hour - 8, minute=minute)


def hour(*, has_deputy=True, proposed="5"):
    """Return what was taken in at nine with an hour to dispatch, of which 48 minutes is 80 %."""
    proposed_at = at(9, int(proposed)) if proposed else None
    return Waiting(proposed_at, near_at=at(9, 48), minutes=30, has_deputy=has_deputy)


def test_the_chief_is_asked_first_then_his_deputies_then_the_case_goes_out():
    waiting = hour()

    assert waiting.turn(at(9, 34)) is Turn.CHIEF
    assert waiting.turn(at(9, 35)) is Turn.DEPUTY
    assert waiting.turn(at(9, 47)) is Turn.DEPUTY
    assert waiting.turn(at(9, 48)) is Turn.DISPATCHER
    assert waiting.why_direct(at(9, 48)) == "一把手未在 30 分钟内确认，按代理规则直接派出。"


def test_where_nobody_stands_in_the_dispatchers_need_not_wait_longer():
    assert hour(has_deputy=False).turn(at(9, 35)) is Turn.DISPATCHER


def test_a_late_proposal_goes_out_before_the_limit_is_missed():
    waiting = hour(proposed="40")

    assert waiting.turn(at(9, 47)) is Turn.CHIEF
    assert waiting.turn(at(9, 48)) is Turn.DISPATCHER
    assert waiting.why_direct(at(9, 48)).startswith("分拨时限将到")


def test_without_a_limit_the_deputies_get_as_long_as_the_chief():
    waiting = Waiting(at(9), near_at=None, minutes=30, has_deputy=True)

    assert waiting.turn(at(9, 59)) is Turn.DEPUTY
    assert waiting.turn(at(10)) is Turn.DISPATCHER
    alone = Waiting(at(9), near_at=None, minutes=30, has_deputy=False)
    assert alone.turn(at(9, 30)) is Turn.DISPATCHER


@pytest.mark.parametrize(
    ("waiting", "now", "sentence"),
    [
        (hour(), at(9, 10), "还在等一把手确认，09:48 起可以直接派出。"),
        (hour(), at(9, 40), "还在等代理人确认，09:48 起可以直接派出。"),
        (Waiting(None, None, 30, has_deputy=True), at(9), "请先拟派，由一把手确认。"),
    ],
)
def test_the_dispatchers_are_told_from_when_on_they_may_send(waiting, now, sentence):
    assert waiting.why_not_yet(now) == sentence


@given(waits, moments)
def test_whatever_is_proposed_goes_out_in_time(waiting, now):
    if waiting.near_at is not None and now >= waiting.near_at:
        assert waiting.turn(now) is Turn.DISPATCHER
    if waiting.proposed_at is not None:
        assert waiting.direct_from is not None


@given(waits, moments, moments)
def test_the_turn_goes_on_and_never_back(waiting, one, other):
    earlier, later = sorted((one, other))
    assert ORDER.index(waiting.turn(earlier)) <= ORDER.index(waiting.turn(later))


@given(waits, moments)
def test_a_deputy_is_asked_only_where_there_is_one_and_the_chief_had_his_minutes(waiting, now):
    if waiting.turn(now) is Turn.DEPUTY:
        assert waiting.has_deputy
        assert now >= waiting.proposed_at + timedelta(minutes=waiting.minutes)

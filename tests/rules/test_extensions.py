"""More time (延期、挂账): which limits may be extended, how far, and what must be said first."""

from datetime import date, datetime, timedelta

import pytest

from desk.rules.clock_codes import ExtensionKind, ExtensionReason, PauseReason
from desk.rules.codes import ClockKind
from desk.rules.errors import RuleBroken
from desk.rules.extensions import (
    ASKED_PAUSES,
    REASONS,
    Extendable,
    comes_late,
    granted_words,
    paused_too_long,
    require_reason,
    require_review_day,
    require_shortened,
    require_told,
    require_until,
)
from desk.rules.moments import SHANGHAI

NOW = datetime(2026, 11, 4, 16, 40, tzinfo=SHANGHAI)
DUE = datetime(2026, 11, 5, 9, 5, tzinfo=SHANGHAI)
DAY = timedelta(days=1)
TODAY = date(2026, 11, 4)
EXTEND, PARK = ExtensionKind.EXTEND, ExtensionKind.PARK


def limit(**more):
    facts = {"kind": ClockKind.HANDLE, "due_at": DUE, "due_by_rule": DUE}
    return Extendable(**(facts | more))


def legal(most_days):
    return limit(kind=ClockKind.SETTLE, is_legal=True, most_days=most_days)


def test_an_internal_limit_is_extended_as_far_as_the_hall_lets_it():
    require_until(limit(), DUE + 15 * DAY, NOW, 15)
    with pytest.raises(RuleBroken, match=r"最多延长 15 天，最晚到 11 月 20 日 09:05") as refused:
        require_until(limit(), DUE + 15 * DAY + timedelta(minutes=1), NOW, 15)
    assert refused.value.field == "until"


def test_several_extensions_count_together():
    again = limit(due_at=DUE + 10 * DAY)
    require_until(again, DUE + 15 * DAY, NOW, 15)
    with pytest.raises(RuleBroken, match="最多延长 15 天"):
        require_until(again, DUE + 16 * DAY, NOW, 15)


@pytest.mark.parametrize("until", [None, DUE, DUE - DAY, NOW])
def test_more_time_means_later_than_the_limit_and_later_than_now(until):
    with pytest.raises(RuleBroken) as refused:
        require_until(limit(), until, NOW, 15)
    assert refused.value.field == "until"


def test_a_limit_that_has_passed_is_extended_beyond_now():
    with pytest.raises(RuleBroken, match="也要晚于现在"):
        require_until(limit(), DUE + DAY, DUE + 2 * DAY, 15)


def test_a_legal_limit_is_extended_as_far_as_the_law_says():
    require_until(legal(30), DUE + 30 * DAY, NOW, 15)
    with pytest.raises(RuleBroken, match=r"是法定时限，依规最多延长 30 天，最晚到 12 月 5 日"):
        require_until(legal(30), DUE + 31 * DAY, NOW, 400)


def test_a_legal_limit_without_a_word_on_extensions_is_not_extended():
    with pytest.raises(RuleBroken, match="没有可以延长的话") as refused:
        require_until(legal(None), DUE + DAY, NOW, 15)
    assert refused.value.field == "clock_kind"


def test_a_case_is_parked_for_the_reasons_of_the_list_and_never_without_words():
    for reason in REASONS[PARK]:
        require_reason(PARK, reason, "等总管改造")
    for kind, reason, said, field in (
        (PARK, ExtensionReason.OTHER, "等", "reason"),
        (PARK, ExtensionReason.WORKS, " ", "explanation"),
        (EXTEND, ExtensionReason.OTHER, "", "explanation"),
    ):
        with pytest.raises(RuleBroken) as refused:
            require_reason(kind, reason, said)
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("day", "is_good"),
    [
        (None, False),
        (TODAY, False),
        (TODAY + DAY, True),
        (TODAY + 366 * DAY, True),
        (TODAY + 367 * DAY, False),
    ],
)
def test_a_parked_case_is_looked_at_again_within_a_year(day, is_good):
    if is_good:
        require_review_day(day, TODAY)
        return
    with pytest.raises(RuleBroken) as refused:
        require_review_day(day, TODAY)
    assert refused.value.field == "review_on"


def test_a_leader_may_shorten_what_was_asked_for_but_not_lengthen_it():
    require_shortened(EXTEND, DUE, DUE - DAY)
    require_shortened(EXTEND, DUE, None)
    require_shortened(EXTEND, None, DUE)
    for kind, asked, granted, field in (
        (EXTEND, DUE, DUE + DAY, "until"),
        (PARK, TODAY, TODAY + DAY, "review_on"),
    ):
        with pytest.raises(RuleBroken, match="不能比申请的还晚") as refused:
            require_shortened(kind, asked, granted)
        assert refused.value.field == field


def test_nothing_is_granted_before_the_appellant_knows_why():
    require_told(is_told=True, is_anonymous=False)
    require_told(is_told=False, is_anonymous=True)
    with pytest.raises(RuleBroken, match="还没有告知诉求人"):
        require_told(is_told=False, is_anonymous=False)


def test_a_request_is_late_when_the_hall_says_so():
    assert not comes_late(DUE, DUE, 0)
    assert comes_late(DUE, DUE + timedelta(seconds=1), 0)
    assert comes_late(DUE, DUE - timedelta(hours=23), 24)
    assert not comes_late(DUE, DUE - timedelta(hours=24), 24)


def test_what_was_granted_is_said_shortly():
    later = DUE + 5 * DAY
    assert granted_words(EXTEND, later, None, seen_at=NOW) == "延期至 11 月 10 日 09:05"
    assert granted_words(PARK, None, date(2026, 12, 1), seen_at=NOW) == "挂账，12 月 1 日复核"
    assert granted_words(PARK, None, None, seen_at=NOW) == "挂账"


def test_nobody_pauses_for_parking_by_hand():
    assert PauseReason.PARKED not in ASKED_PAUSES
    assert paused_too_long(NOW, NOW + 6 * DAY, 5)
    assert not paused_too_long(NOW, NOW + 5 * DAY, 5)

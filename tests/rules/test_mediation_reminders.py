"""Each instalment, the thirty days for the court and the visit are said before they are over."""

from datetime import date, datetime, timedelta

import pytest

from desk.rules.booking_troubles import BookingTrouble, TroubledBooking
from desk.rules.mediation_reminders import (
    DueInstalment,
    ReminderKind,
    booking_reminder,
    reminders,
)
from desk.rules.moments import SHANGHAI

TODAY = date(2026, 11, 20)


def said(**facts):
    return [due.words for due in reminders(TODAY, instalment_days=7, court_days=10, **facts)]


def plan(*days):
    return [
        DueInstalment(seq, TODAY + timedelta(days=day), 100_000)
        for seq, day in enumerate(days, start=1)
    ]


def test_instalments_are_said_a_week_before_and_until_they_are_paid():
    assert said(instalments=plan(-3, 0, 7, 8)) == [
        "第 1 期 1,000 元，已过 3 天",
        "第 2 期 1,000 元，今天到期",
        "第 3 期 1,000 元，11-27 到期，还有 7 天",
    ]


def test_the_court_is_said_in_its_last_days_and_not_afterwards():
    near = said(court_last=TODAY + timedelta(days=10))
    assert near == ["司法确认要双方一起申请，11-30 到期，还有 10 天"]
    assert said(court_last=TODAY) == ["司法确认要双方一起申请，今天到期"]
    assert said(court_last=TODAY + timedelta(days=11)) == []
    assert said(court_last=TODAY - timedelta(days=1)) == []


def test_what_is_due_first_stands_first():
    found = reminders(
        TODAY,
        instalments=plan(2),
        instalment_days=7,
        court_last=TODAY + timedelta(days=1),
        court_days=10,
        follow_up_on=TODAY - timedelta(days=1),
    )

    assert [due.kind for due in found] == [
        ReminderKind.FOLLOW_UP,
        ReminderKind.COURT,
        ReminderKind.INSTALMENT,
    ]
    assert found[0].words == "回访，已过 1 天"


@pytest.mark.parametrize(
    ("trouble", "words"), [(BookingTrouble.TIE, "须换调解员"), (BookingTrouble.HOURS, "须改期")]
)
def test_a_booking_that_cannot_stay_is_said_with_its_time_and_room(trouble, words):
    starts_at = datetime(2026, 11, 3, 9, 30, tzinfo=SHANGHAI)
    ends_at = starts_at + timedelta(hours=1)
    one = TroubledBooking(1, 2, "第 12 号", "第一调解室", starts_at, ends_at, trouble)
    due = booking_reminder(one)
    assert (due.kind, due.on) == (ReminderKind.BOOKING, date(2026, 11, 3))
    assert due.words == f"11 月 3 日 09:30–10:30 第一调解室 {words}"

"""Nobody is rung at night unless it is urgent, and numbers are read in groups."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.rules.calling import may_ring, spaced_number
from desk.rules.codes import Urgency

MIDNIGHT = datetime(2026, 11, 1, 16, tzinfo=UTC)  # in Shanghai


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


def test_a_mobile_number_is_read_in_groups_and_any_other_as_it_stands():
    assert spaced_number("13800000031") == "138 0000 0031"
    assert spaced_number("0755-20000001") == "0755-20000001"

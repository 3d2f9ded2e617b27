"""Outside staff are nothing else beside, and end by themselves within a year."""

from datetime import date, timedelta

import pytest

from desk.rules.codes import Role
from desk.rules.deeds import HALL_DEEDS, STEPS, Deed
from desk.rules.errors import RuleBroken
from desk.rules.outside_staff import LONGEST, require_terms

TODAY = date(2026, 11, 2)
TOMORROW = TODAY + timedelta(days=1)
OUTSIDE = (Role.OUTSIDER,)


@pytest.mark.parametrize(
    ("roles", "valid_to", "field"),
    [
        (OUTSIDE, None, "valid_to"),
        (OUTSIDE, TODAY, "valid_to"),
        (OUTSIDE, TODAY + LONGEST + timedelta(days=1), "valid_to"),
        ((Role.OUTSIDER, Role.CLERK), TOMORROW, "roles"),
        ((Role.CLERK,), TODAY, "valid_to"),
    ],
)
def test_terms_that_do_not_hold_are_refused_at_their_field(roles, valid_to, field):
    with pytest.raises(RuleBroken) as refused:
        require_terms(roles, valid_to, TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("roles", "valid_to"),
    [
        (OUTSIDE, TOMORROW),
        (OUTSIDE, TODAY + LONGEST),
        ((Role.CLERK,), None),
        ((Role.CLERK,), TODAY + 9 * LONGEST),
    ],
)
def test_terms_that_hold_pass(roles, valid_to):
    assert require_terms(roles, valid_to, TODAY) is None


def test_outside_staff_take_in_read_their_own_trail_and_nothing_else():
    of_cases = {step.deed for step in STEPS if Role.OUTSIDER in step.roles}
    of_the_hall = {deed for deed, roles in HALL_DEEDS.items() if Role.OUTSIDER in roles}
    assert of_cases == set()
    assert of_the_hall == {Deed.REGISTER, Deed.OWN_TRAIL}

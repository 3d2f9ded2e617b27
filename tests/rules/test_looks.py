"""How often a day somebody may look before the inspectors are told."""

import pytest

from desk.rules.codes import Role
from desk.rules.errors import RuleBroken
from desk.rules.looks import SEED, allowance, read_quota, show_quota


def test_one_number_is_for_everybody_and_a_role_may_have_its_own():
    quota = read_quota("20、档案员 60 次，承办人 5")

    assert allowance(quota, {Role.CLERK}) == 20
    assert allowance(quota, {Role.ARCHIVIST, Role.HANDLER}) == 60
    assert allowance(quota, {Role.HANDLER}) == 5
    assert show_quota(quota) == "20、档案员 60、承办人 5"
    assert read_quota(show_quota(SEED)) == dict(SEED)


@pytest.mark.parametrize("said", ["档案员 60", "20、档案 60", "20、档案员", "9999", ""])
def test_what_is_no_quota_is_refused_with_an_example(said):
    with pytest.raises(RuleBroken) as refused:
        read_quota(said)
    assert refused.value.field == "value"

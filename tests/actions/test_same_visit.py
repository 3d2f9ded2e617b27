"""Several appeals of one visit: each a case of its own, all knowing of the first."""

import pytest

from desk.queries.case_file import case_file
from desk.rules.codes import Purpose
from desk.rules.errors import RuleBroken
from tests.actions.work import CHEN, LI, ZHOU


def seen(work, who, case):
    return [other.id for other in work.desk(who).read(lambda r: case_file(r, case)).same_visit]


def test_every_further_appeal_of_a_visit_names_the_first(work):
    first = work.register()
    second = work.register(same_visit=first)
    third = work.register(same_visit=second)

    assert work.case(first).same_visit_id is None
    assert {work.case(case).same_visit_id for case in (second, third)} == {first}


def test_the_cases_of_a_visit_are_shown_both_ways(work):
    first = work.register()
    second = work.register(same_visit=first)
    third = work.register(same_visit=first)

    assert seen(work, ZHOU, first) == [second, third]
    assert seen(work, ZHOU, second) == [first, third]
    assert seen(work, ZHOU, work.register()) == []


def test_a_report_of_the_same_visit_is_not_shown_to_who_may_not_know_of_it(work):
    first = work.register(community=work.unit("榕东社区"))
    report = work.register(same_visit=first, purpose=Purpose.REPORT)

    assert seen(work, LI, first) == [report]
    assert seen(work, CHEN, first) == []


@pytest.mark.parametrize("other", [1, None])
def test_a_visit_that_nobody_knows_of_is_refused(work, other):
    secret = work.register(purpose=Purpose.REPORT) if other is None else other

    with pytest.raises(RuleBroken, match="找不到") as refused:
        work.register(CHEN, same_visit=secret, first_unit=work.unit("榕东社区"))

    assert refused.value.field == "same_visit"

"""举报件、反映本街道单位人员的件: the inspectors get them through the windows (DOMAIN.md 9.4)."""

import pytest

from desk.actions.handling import AcceptAssignment
from desk.rules.codes import CaseStatus, Purpose
from desk.rules.deeds import Deed


@pytest.mark.parametrize("who", ["秦岚", "郑伟"])
def test_a_report_is_given_to_the_inspectors_and_they_take_it(life, clerk_of, who):
    case = life.register(purpose=Purpose.REPORT)
    clerk_of(who, case).opens(Deed.DISPATCH).fills(lead=("纪工委",), urgency=1).done()
    assert life.case(case).lead_unit_id == life.hall.unit("纪工委")

    life.do("秦岚", AcceptAssignment, case)

    assert life.case(case).status is CaseStatus.ACCEPTED


def test_the_dispatchers_give_a_complaint_about_a_unit_to_the_inspectors(life, clerk_of):
    case = life.register(accused_unit=life.hall.unit("城建办"))
    clerk_of("周航", case).opens(Deed.DISPATCH).fills(lead=("纪工委",), urgency=1).done()
    assert life.case(case).lead_unit_id == life.hall.unit("纪工委")

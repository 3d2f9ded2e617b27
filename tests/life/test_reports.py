"""举报件、反映本街道单位人员的件: the inspectors get them through the windows (DOMAIN.md 9.4)."""

import pytest
from PySide6.QtWidgets import QLabel

from desk.actions.handling import AcceptAssignment
from desk.queries.dispatch_state import confirms_now
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


@pytest.mark.parametrize("who", ["秦岚", "郑伟", "王磊"])
def test_to_another_unit_it_goes_by_the_word_of_the_inspectors_or_a_leader(life, clerk_of, who):
    case = life.register(accused_unit=life.hall.unit("城建办"))
    sends = clerk_of("周航", case).opens(Deed.DISPATCH)
    said = [one.text() for one in sends.panel.findChildren(QLabel)]
    assert any("转纪工委可直接派出；派给别的单位，先报纪工委或领导指定。" in one for one in said)
    sends.fills(lead=("纪工委",), urgency=1)
    assert sends.panel.button.text() == "分拨"
    sends.fills(lead=("执法队",))
    assert sends.panel.button.text() == "拟派，报纪工委或领导指定"
    sends.done()
    assert life.case(case).status is CaseStatus.RECEIVED
    assert life.hall.sign_in(who).read(confirms_now)

    clerk_of(who, case).opens(Deed.CONFIRM_DISPATCH).fills(word=1).done()

    assert life.case(case).lead_unit_id == life.hall.unit("综合行政执法队")


def test_the_dispatchers_pass_a_complaint_that_is_out_on_to_nobody_else(life, clerk_of):
    case = life.register(accused_unit=life.hall.unit("城建办"))
    clerk_of("秦岚", case).opens(Deed.DISPATCH).fills(lead=("执法队",), urgency=1).done()
    sentence = (
        "此件是举报件或反映本街道单位、人员的，除转纪工委外，"
        "由纪工委或领导改派、加派，请报他们决定。"
    )

    clerk = clerk_of("周航", case).opens(Deed.ADD_SUPPORT)
    clerk.fills(units=("榕东社区",), reason="请到场")
    clerk.refused("units", sentence)
    clerk = clerk_of("周航", case).opens(Deed.DISPATCH)
    clerk.fills(lead=("榕东社区",), reason="执法队忙")
    clerk.refused("lead", sentence)
    clerk.fills(lead=("纪工委",)).done()

    assert life.case(case).lead_unit_id == life.hall.unit("纪工委")

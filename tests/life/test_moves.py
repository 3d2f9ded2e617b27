"""A case takes every move of its life through the windows, on both engines."""

import pytest

from desk.actions.followup import RecordFollowUp
from desk.actions.set_aside import MergeCase, WithdrawCase
from desk.rules.codes import CaseStatus as S
from desk.rules.codes import ConfirmWay, Exit, NextStep, Resolution, Satisfaction
from tests.life.moves import CHAPTERS, MAIN


def begun(life, status, main):
    """Return a case at a status, by the actions alone."""
    if status is S.GUIDED:
        return life.register(exit=Exit.GUIDANCE, answer="归中心管。", guided_to="市公积金中心")
    if status is S.MERGED:
        case = life.at("opinion")
        life.do("周航", MergeCase, case, into=main, reason="同一处")
        return case
    if status is S.WITHDRAWN:
        case = life.register()
        life.do("李敏", WithdrawCase, case, reason="不办了", way=ConfirmWay.IN_PERSON)
        return case
    if status is S.CLOSED:
        case = life.at("follow_up")
        said = {"resolution": Resolution.YES, "satisfaction": Satisfaction.SATISFIED}
        said |= {"was_contacted": True, "next_step": NextStep.CLOSE}
        life.do("吴芳", RecordFollowUp, case, is_reached=True, **said)
        return case
    return life.at(status.value)


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_case_goes_by_keys_from_step_to_step(life, clerk_of, name):
    chapter = CHAPTERS[name]
    main = life.at("opinion" if chapter.begins is S.MERGED else "received")
    case = begun(life, chapter.begins, main)
    if chapter.begins is S.MERGED:
        life._to_signing(main)
    for step in chapter.steps:
        life.hall.clock.forward(seconds=5)
        clerk = clerk_of(step.who, main if step.on_main else case).opens(step.deed)
        if clerk.panel is not None:
            number = f"{life.case(main).seq:05}"
            said = {name: number if v == MAIN else v for name, v in step.fields.items()}
            clerk.fills(**said).done()
        assert life.case(case).status is step.to, step

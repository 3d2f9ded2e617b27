"""“不是重复” is remembered with who and when, can be taken back, and is never proposed again."""

import pytest

from desk.actions.repeat_verdicts import SayNoRepeat, TakeBackNoRepeat
from desk.actions.set_aside import LinkRepeat
from desk.rules.errors import RuleBroken
from desk.store.models import RepeatVerdict
from tests.actions.work import LI, ZHOU


def verdicts(work, case):
    return work.all(RepeatVerdict, case)


def test_what_is_no_repeat_is_kept_with_who_said_so(work):
    case, other = work.register(), work.register()

    work.ask(ZHOU, SayNoRepeat, case, other=other)
    work.ask(ZHOU, SayNoRepeat, case, other=other)

    (said,) = verdicts(work, case)
    assert (said.other_id, said.said_by) == (other, work.staff(ZHOU))
    assert said.taken_back_at is None


def test_it_can_be_taken_back_from_either_side_and_the_row_stays(work):
    case, other = work.register(), work.register()
    work.ask(ZHOU, SayNoRepeat, case, other=other)

    work.ask(LI, TakeBackNoRepeat, other, other=case)

    (said,) = verdicts(work, case)
    assert (said.said_by, said.taken_back_by) == (work.staff(ZHOU), work.staff(LI))
    with pytest.raises(RuleBroken, match="没有记过"):
        work.ask(LI, TakeBackNoRepeat, case, other=other)


def test_it_cannot_be_said_of_the_case_itself_nor_of_one_it_is_linked_to(work):
    case, other = work.register(), work.register()
    with pytest.raises(RuleBroken, match="不能是此件自己"):
        work.ask(ZHOU, SayNoRepeat, case, other=case)
    work.ask(ZHOU, LinkRepeat, case, earlier=other)
    for one, two in ((case, other), (other, case)):
        with pytest.raises(RuleBroken, match="请先取消关联"):
            work.ask(ZHOU, SayNoRepeat, one, other=two)
    with pytest.raises(RuleBroken, match="找不到要对照的件"):
        work.ask(ZHOU, SayNoRepeat, case, other=1)


def test_what_was_said_beside_the_form_is_kept_with_the_case(work):
    other = work.register()

    case = work.register(no_repeats=(other, 1))

    (said,) = verdicts(work, case)
    assert (said.other_id, said.said_by) == (other, work.staff(LI))

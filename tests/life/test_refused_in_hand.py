"""联系、核实、办理、事项: what a unit that has a case in hand is told when something is missing."""

import pytest

from desk.actions.contacts import DoNotCall
from desk.actions.handling import AcceptAssignment
from desk.rules.codes import CaseStatus, ContactResult
from desk.rules.deeds import Deed

BOTH = ("路灯不亮", "电梯停运")


@pytest.fixture
def two(life):
    """A case of two matters: 城建办 leads, 执法队 answers the second."""
    case = life.register(matters=BOTH)
    second = life.matters(case)[1].id
    enforcement = life.hall.unit("综合行政执法队")
    given = ((second, enforcement),)
    life.dispatch_to("城建办", case, supports=(enforcement,), matters=given)
    return case


def test_a_part_is_accepted_once(life, clerk_of):
    case = life.at("dispatched")
    clerk = clerk_of("赵强", case)
    life.do("赵强", AcceptAssignment, case)
    clerk.opens(Deed.ACCEPT)
    assert "刚有变化" in clerk.told()
    assert not clerk.may(Deed.ACCEPT)
    assert life.case(case).status is CaseStatus.ACCEPTED


def test_who_rings_too_often_or_against_a_wish_says_why(life, clerk_of):
    case = life.at("accepted")
    clerk = clerk_of("赵强", case).opens(Deed.CONTACT, ContactResult.NO_ANSWER)
    clerk.fills(note="响了八声")
    life.do("赵强", DoNotCall, case, is_wanted=True, note="白天上班")
    clerk.refused(  # at once: two who rang have both rung, so nobody is overtaken
        "over_reason",
        "诉求人今天说过请勿再打（白天上班）。请上门、书面，或等他来厅。"
        "已经打了的，请写一句为什么，这次联系照样记下。",
    )
    clerk.fills(over_reason="他来电要我们回").done()


def test_a_wish_not_to_be_rung_is_kept_once_and_lifted_with_a_word(life, clerk_of):
    case = life.at("accepted")
    clerk = clerk_of("赵强", case).opens(Deed.DO_NOT_CALL).fills(note="白天上班")
    life.do("李敏", DoNotCall, case, is_wanted=True, note="他说的")
    clerk.overtaken()
    clerk.refused("note", "这一件已经记了请勿再打，不用再记。")
    clerk.keys("Escape")

    clerk.opens(Deed.DO_NOT_CALL).fills(note="")
    clerk.refused("note", "请写一句为什么又可以打，例如“诉求人来电说可以打”。")
    clerk.fills(note="他来电说可以打")
    life.do("李敏", DoNotCall, case, is_wanted=False, note="可以打了")
    clerk.overtaken()
    clerk.refused("note", "这一件没有记请勿再打，不用撤。")


def test_what_was_found_is_written_down(life, clerk_of):
    clerk = clerk_of("赵强", life.at("accepted")).opens(Deed.VERIFY)
    clerk.refused("note", "请写下核实到的情况，意见书会用到。")
    clerk.fills(note="配电箱外壳带电").done()


def test_handling_ends_with_result_words_and_a_reason_for_being_late(life, clerk_of):
    case = life.at("handling")
    clerk = clerk_of("赵强", case).opens(Deed.FINISH)
    clerk.refused("result", "请选办理结果。")
    clerk.fills(result=1)
    clerk.refused("measures", "请写下怎么办的、办到什么程度。")
    clerk.fills(measures="已换线路")
    life.hall.clock.forward(hours=30)
    clerk.refused("late_reason", "已超过办理时限。请写明原因，只问这一次。")
    clerk.fills(late_reason="等配件").done()


def test_handling_waits_for_who_helps(life, clerk_of):
    case = life.register()
    enforcement = life.hall.unit("综合行政执法队")
    life.dispatch_to("城建办", case, supports=(enforcement,))
    life.do("赵强", AcceptAssignment, case)
    life._to_handling(case)
    clerk = clerk_of("赵强", case).opens(Deed.FINISH).fills(result=1, measures="已换线路")
    clerk.refused("", "执法队还没有反馈，请先催一催，或请信联办撤下协办。")


def test_every_matter_gets_its_own_result_and_answer(life, clerk_of, two):
    life.do("赵强", AcceptAssignment, two)
    first, second = (row.id for row in life.matters(two))
    clerk = clerk_of("赵强", two).opens(Deed.ANSWER_MATTER)
    clerk.refused("", "请至少写一个事项的结果和答复。")
    clerk.fills(**{f"answer_{first}": "灯换好了"})
    clerk.refused(f"result_{first}", "事项 1（城建办）还没有办理结果，请补上。")
    clerk.fills(**{f"result_{first}": 1}).done()

    clerk.opens(Deed.ANSWER_MATTER).fills(**{f"result_{second}": 1})
    clerk.refused(f"answer_{second}", "事项 2（执法队）还没有答复，请补上。")


def test_who_has_not_accepted_or_lost_a_matter_does_not_answer_it(life, clerk_of, two):
    second = life.matters(two)[1].id
    life.do("赵强", AcceptAssignment, two)
    assert not clerk_of("孙浩", two).may(Deed.ANSWER_MATTER)
    life.do("孙浩", AcceptAssignment, two)
    clerk = clerk_of("孙浩", two).opens(Deed.ANSWER_MATTER)
    clerk.fills(**{f"result_{second}": 1, f"answer_{second}": "电梯好了"})
    other = clerk_of("周航", two).opens(Deed.ASSIGN_MATTER)
    other.refused("", "各事项的承办单位都没有变，请先改选单位。")
    other.fills(**{f"unit_{second}": 1}).done()
    clerk.resumes()
    clerk.overtaken()
    clerk.refused(f"answer_{second}", "事项 2 由城建办答复，您写的内容还在，可以发给他们。")


def test_a_matter_goes_only_to_who_is_on_the_case(life, clerk_of):
    case = life.register(matters=BOTH)
    life.dispatch_to("城建办", case, supports=(life.hall.unit("综合行政执法队"),))
    first = life.matters(case)[0].id
    clerk = clerk_of("周航", case).opens(Deed.ASSIGN_MATTER).fills(**{f"unit_{first}": 2})
    life.dispatch_to("城建办", case, reason="不用双派")
    clerk.overtaken()
    clerk.refused(f"unit_{first}", "执法队还没有参加这一件，请先分拨或加派，再把事项交给它。")
    assert not clerk_of("周航", case).may(Deed.ASSIGN_MATTER)


def test_what_comes_up_is_written_line_by_line_and_has_an_end(life, clerk_of):
    case = life.at("accepted")
    clerk = clerk_of("赵强", case).opens(Deed.ADD_MATTER)
    clerk.refused("contents", "请写下新提出的事项，一行一件。")
    clerk.fills(contents="\n".join(f"第 {n} 件事" for n in range(1, 100)))
    clerk.refused("contents", "一件最多 99 个事项，请另开一件。")
    clerk.fills(contents="门禁坏了").done()

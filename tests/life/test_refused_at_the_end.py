"""回访、归档、引导: what is told when a case is to end and something is still open."""

from desk.actions.contacts import DoNotCall
from desk.actions.followup import MatterWord, RecordFollowUp
from desk.rules.codes import (
    CaseStatus,
    Discontent,
    Exit,
    NextStep,
    Resolution,
    Satisfaction,
)
from desk.rules.deeds import Deed
from desk.ui.widgets.conflict_view import Keep
from tests.ui.case_life import STAGES

S = CaseStatus


def test_every_question_of_the_follow_up_is_asked(life, clerk_of):
    case = life.at("follow_up")
    clerk = clerk_of("吴芳", case).opens(Deed.FOLLOW_UP)
    clerk.refused("is_reached", "请选有没有联系上。")
    clerk.fills(is_reached=1)
    clerk.refused("was_contacted", "请问一句“有没有人联系过您”，再选是或否。")
    clerk.fills(was_contacted=2)
    clerk.refused("resolution", "请选问题是否解决。")
    clerk.fills(resolution=2)
    clerk.refused("satisfaction", "请选满意度；不愿评价选“未评价”。")
    clerk.fills(satisfaction=3)
    clerk.refused("discontent", "不满意要选一个原因，好决定下一步。")
    clerk.fills(discontent=1)
    clerk.refused("next_step", "请选办结归档还是二次办理。")
    clerk.fills(next_step=2, minutes="三")
    clerk.refused("minutes", "请填数字，不填可空着。")
    clerk.fills(minutes="3").done()
    assert life.case(case).status is S.HANDLING


def test_every_matter_is_asked_about(life, clerk_of):
    case = life.at("follow_up", matters=("路灯不亮", "电梯停运"))
    first, second = (row.id for row in life.matters(case))
    clerk = clerk_of("吴芳", case).opens(Deed.FOLLOW_UP)
    clerk.fills(is_reached=1, was_contacted=1, **{f"matter_{first}": 1})
    clerk.refused(f"matter_{second}", "事项 2 还没有问，请问过再存。")
    clerk.fills(**{f"matter_{second}": 1}, satisfaction=1, next_step=1).done()


def test_who_was_not_reached_after_all_gave_no_answers(life, clerk_of):
    case = life.at("follow_up")
    clerk = clerk_of("吴芳", case).opens(Deed.FOLLOW_UP)
    clerk.fills(is_reached=1, was_contacted=1, resolution=1, satisfaction=1)
    clerk.fills(is_reached=2).done()  # the line broke: what cannot be seen any more is not sent
    assert life.case(case).satisfaction is None


def test_who_asked_not_to_be_rung_is_followed_up_with_a_reason(life, clerk_of):
    case = life.at("follow_up")
    clerk = clerk_of("吴芳", case).opens(Deed.FOLLOW_UP).fills(is_reached=2)
    life.do("李敏", DoNotCall, case, is_wanted=True, note="白天上班")
    clerk.overtaken()
    said = "诉求人今天说过请勿再打（白天上班）。请上门、书面，或等他来厅。"
    clerk.refused("over_reason", f"{said}已经打了的，请写一句为什么，这次联系照样记下。")
    clerk.fills(over_reason="他约的").done()


def test_what_was_settled_in_an_earlier_round_is_not_asked_about_again(life, clerk_of):
    case = life.at("follow_up", matters=("路灯不亮", "电梯停运"))
    first, second = (row.id for row in life.matters(case))
    clerk = clerk_of("吴芳", case).opens(Deed.FOLLOW_UP)
    clerk.fills(is_reached=1, was_contacted=1, **{f"matter_{first}": 1, f"matter_{second}": 2})
    clerk.fills(satisfaction=3, discontent=1, next_step=2)
    words = (MatterWord(first, Resolution.YES), MatterWord(second, Resolution.NO))
    said = {"was_contacted": True, "satisfaction": Satisfaction.DISSATISFIED, "matters": words}
    said |= {"discontent": Discontent.NOT_SOLVED, "next_step": NextStep.AGAIN}
    life.do("吴芳", RecordFollowUp, case, is_reached=True, **said)
    for stage in STAGES[STAGES.index("opinion") :]:
        life._step(stage, case)
    clerk.overtaken()
    clerk.refused("", "有事项不在这一轮里，请刷新后再问。")


def test_matters_of_an_earlier_round_are_not_answered_anew(life, clerk_of):
    case = life.at("handling", matters=("路灯不亮", "电梯停运"))
    first, second = (row.id for row in life.matters(case))
    clerk = clerk_of("赵强", case).opens(Deed.ANSWER_MATTER)
    clerk.fills(**{f"result_{first}": 1, f"answer_{first}": "灯换好了"})
    for stage in STAGES[STAGES.index("opinion") :]:
        life._step(stage, case)
    words = (MatterWord(first, Resolution.YES), MatterWord(second, Resolution.NO))
    said = {"was_contacted": True, "satisfaction": Satisfaction.DISSATISFIED, "matters": words}
    said |= {"discontent": Discontent.NOT_SOLVED, "next_step": NextStep.AGAIN}
    life.do("吴芳", RecordFollowUp, case, is_reached=True, **said)
    clerk.finish()
    sheet = clerk.page.host.sheet
    for name in sheet._parts:
        sheet.choose(name, Keep.MINE)
    sheet.finish()
    clerk.quiet()
    clerk.refused("", "所选的事项不在这一轮里，请刷新后再看。")


def test_what_is_not_answered_is_not_archived(life, clerk_of):
    case = life.register(exit=Exit.ON_SPOT, answer="当面说明了。")
    clerk = clerk_of("何平", case).opens(Deed.ARCHIVE)
    clerk.refused("", "还不能归档：三问还没有答完：诉求是否解决、办法是否穷尽。")
    clerk.fills(is_solved=1, is_exhausted=1, archive_number="A-1").done()

    other = life.register(exit=Exit.ON_SPOT, answer="当面说明了。")
    clerk = clerk_of("何平", other).opens(Deed.ARCHIVE)
    clerk.fills(is_solved=1, is_exhausted=1, archive_number="A-1")
    number = life.case(case).number
    clerk.refused("archive_number", f"归档号 A-1 已给了 {number}，请核对。")
    clerk.fills(archive_number="A-2").done()


def test_who_did_not_arrive_is_not_left_without_a_word(life, clerk_of):
    case = life.register(exit=Exit.GUIDANCE, answer="归中心管。", guided_to="市公积金中心")
    clerk = clerk_of("李敏", case).opens(Deed.CHECK_ARRIVAL)
    clerk.refused("asked_way", "请选怎么问的：打电话问诉求人也算一次联系。")
    clerk.fills(asked_way=2)
    clerk.refused("answer", "请选到了没有；可以打电话问对接人或诉求人。")
    clerk.fills(answer=2)
    clerk.refused("note", "没有到达的，请写一句接下来怎么办（改为受理、本人不再去等）。")
    clerk.fills(note="那边不接，改为受理")
    life.do("李敏", DoNotCall, case, is_wanted=True, note="白天上班")
    clerk.overtaken()
    said = "诉求人今天说过请勿再打（白天上班）。请上门、书面，或等他来厅。"
    clerk.refused("over_reason", f"{said}已经打了的，请写一句为什么，这次联系照样记下。")
    clerk.fills(over_reason="他约的").done()

    clerk.opens(Deed.TAKE_IN)
    clerk.refused("reason", "请写明为什么改为受理，例如对方单位不接。")
    clerk.fills(reason="那边不接").done()
    assert life.case(case).status is S.RECEIVED

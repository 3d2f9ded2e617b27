"""一件来访从柜台走到档案: one walk-in from the counter to the archive, by keys alone."""

from PySide6.QtCore import Qt

from tests.stories.reading import assert_papers_are_whole

Key = Qt.Key
PHONE, NAME = "13800000023", "陈桂芳"
ADDRESS = "青榕花园 7 栋 2 单元 401"
WORDS = "楼道灯座漏电，孩子摸到发麻，物业和施工队互相推，请求尽快修好。"
CLERK, DISPATCHER, OFFICE, BUILDING, ENFORCEMENT, LEADER = (
    "1001",
    "1004",
    "1005",
    "1006",
    "1007",
    "1013",
)


def test_a_walk_in_goes_from_the_counter_to_the_archive(open_program, street_url, pdf_queue):
    someone = open_program(street_url)
    number = takes_in(someone, pdf_queue)
    is_dispatched_to_two(someone, number)
    is_accepted_contacted_and_verified(someone, number)
    is_handled_by_both(someone, number)
    is_answered(someone, number, "已更换灯座和漏电保护器，请物业今后先断电再报修。")
    is_rung_back_dissatisfied(someone, number)
    is_handled_again(someone, number)
    is_answered(someone, number, "已逐层换完，一年内再漏电由城建办直接处理。")
    is_rung_back_satisfied(someone, number)
    is_archived(someone, number)

    papers = someone.print_all_papers()

    assert [paper.code for paper in papers] == [
        *("intake-sheet", "receipt", "dispatch-slip", "dispatch-slip"),
        *("opinion-notice", "opinion-sheet", "followup-record") * 2,
    ]
    assert_papers_are_whole(papers, case=someone.front.file.id, number=number, name=NAME)
    printed = pdf_queue.papers(len(papers) + 1)  # the intake sheet came by itself at the counter
    assert len(printed) == len(papers) + 1


def takes_in(someone, pdf_queue):
    someone.sign_in(CLERK)
    someone.take_in(phone=PHONE, name=NAME, address=ADDRESS, words=WORDS)
    someone.press(Key.Key_F7)
    number = someone.saved_number()
    pdf_queue.papers(1)
    someone.find(number)
    assert someone.status() == "待分拨"
    assert someone.steps() == ["接通", "没接", "号码错"]
    someone.make_way_for(BUILDING).look_for(number)
    assert someone.found() == []  # not his case yet
    someone.press(Key.Key_Escape)
    return number


def is_dispatched_to_two(someone, number):
    someone.make_way_for(LEADER).find(number)
    assert someone.steps() == []
    someone.make_way_for(DISPATCHER).find(number)
    assert "分拨" in someone.steps()
    someone.alt("F")
    someone.pick("lead", "城建办")
    someone.pick("supports", "综合行政执法队")
    someone.fill("instruction", "请城建办牵头，今天先断电。")
    someone.finish()
    assert someone.history()[0].startswith("双派")


def is_accepted_contacted_and_verified(someone, number):
    someone.make_way_for(BUILDING).find(number)
    assert someone.status() == "待签收"
    assert someone.steps()[0] == "签收"
    someone.alt("Q")
    assert "签收" not in someone.steps()
    someone.do("W", words="响了八声没有人接")
    someone.do("L", words="约好今天十点到场")
    someone.do("H", words="二层灯座进水，外壳带电，已先断电。")
    assert someone.status() == "办理中"
    assert someone.history()[:3] == ["核实", "联系 接通", "联系 没人接"]


def is_handled_by_both(someone, number):
    someone.make_way_for(ENFORCEMENT).find(number)
    assert someone.steps()[0] == "签收"
    someone.alt("Q")
    assert "协办反馈" in someone.steps()
    assert "办理完毕" not in someone.steps()
    someone.do("B", words="已要求施工队停工并恢复线路。")
    someone.make_way_for(BUILDING).find(number)
    is_finished(someone, "已更换灯座并复测，绝缘正常。")


def is_handled_again(someone, number):
    someone.make_way_for(BUILDING).find(number)
    assert someone.status() == "办理中"
    is_finished(someone, "已把三到六层的灯座一并换掉，逐层复测正常。")


def is_finished(someone, words):
    assert "办理完毕" in someone.steps()
    someone.alt("B")
    someone.choose("result", 1)
    someone.fill("measures", words)
    someone.finish()
    assert someone.status() == "待写意见书"


def is_answered(someone, number, decision):
    """Written, signed, sealed and delivered, each by whose task it is."""
    assert someone.steps() == ["意见书"]
    someone.alt("Y")
    someone.ctrl("A")
    someone.say(decision)
    someone.finish()
    assert someone.steps() == []
    someone.make_way_for(LEADER)
    someone.alt("4")
    someone.press(Key.Key_Return)
    someone.find(number)
    assert someone.status() == "待盖章"
    assert someone.steps() == []
    someone.make_way_for(OFFICE).find(number)
    assert someone.steps() == ["盖章"]
    someone.do("I")
    someone.make_way_for(CLERK).find(number)
    assert someone.steps() == ["送达"]
    someone.do("V")
    assert someone.status() == "待回访"


def is_rung_back_dissatisfied(someone, number):
    assert "回访" in someone.steps()
    someone.alt("R")
    someone.choose("is_reached", 1)
    someone.choose("was_contacted", 1)
    someone.choose("resolution", 2)
    someone.choose("satisfaction", 3)
    someone.choose("discontent", 1)
    someone.fill("suggestion", "三层以上的灯座也要换。")
    someone.choose("next_step", 2)
    someone.finish()
    assert someone.status() == "办理中"


def is_rung_back_satisfied(someone, number):
    someone.alt("5")
    for answer in "1111":
        someone.press(getattr(Key, f"Key_{answer}"))
    someone.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    someone.find(number)
    assert someone.status() == "已办结"
    assert "归档" not in someone.steps()


def is_archived(someone, number):
    someone.make_way_for(DISPATCHER).find(number)
    assert someone.steps()[0] == "归档"
    someone.alt("A")
    for question in ("is_solved", "is_exhausted", "is_satisfied"):
        someone.go_to(question)
        someone.press(Key.Key_Space)
    someone.finish()
    assert someone.status() == "已归档"
    assert someone.steps() == []
    assert someone.history()[0].startswith("归档")
    assert someone.history()[-1].startswith("首问受理")
